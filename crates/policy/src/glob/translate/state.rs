//! The tokenizer's state: moving through the pattern, reading and writing tokens.

use super::token::{Group, Id, Kind, OpenBrace, Opened, Token};
use super::{Quirk, STAR, Untranslatable};
use crate::glob::units::{Units, glyph};

/// The token before the first one.
pub(super) const START: Id = 0;

/// What a unit is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Nothing,
    Brackets,
    Quotes,
}

/// The state of one reading; units are consumed from `next` on.
pub(super) struct Parser<'a> {
    pub(super) input: &'a [u16],
    /// Index of the first unit not yet consumed; past the end once the server's parser would be lost.
    pub(super) next: usize,
    /// Where the pattern proper begins, after `!` and `./`.
    pub(super) start: usize,
    pub(super) output: Units,
    pub(super) negated: bool,
    /// The output must be put together again from the tokens.
    pub(super) rebuild: bool,
    pub(super) inside: Inside,
    /// Open parentheses; a surplus of closing ones makes it negative.
    pub(super) parens: i32,
    arena: Vec<Token>,
    pub(super) tokens: Vec<Id>,
    pub(super) prev: Id,
    pub(super) groups: Vec<Group>,
    pub(super) braces: Vec<OpenBrace>,
    pub(super) opened: Vec<Opened>,
    pub(super) quirks: Vec<Quirk>,
    pub(super) failure: Option<Untranslatable>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(input: &'a [u16]) -> Self {
        Self {
            input,
            next: 0,
            start: 0,
            output: Units::new(),
            negated: false,
            rebuild: false,
            inside: Inside::Nothing,
            parens: 0,
            arena: vec![Token::new(Kind::Start, Units::new(), Some(Units::new()))],
            tokens: vec![START],
            prev: START,
            groups: Vec::new(),
            braces: Vec::new(),
            opened: Vec::new(),
            quirks: Vec::new(),
            failure: None,
        }
    }
}

/// Moving through the pattern.
impl Parser<'_> {
    pub(super) fn at_end(&self) -> bool {
        self.next == self.input.len()
    }

    /// The unit `ahead` places further on, 1 being the next one to be consumed.
    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.input
            .get(self.next + ahead - 1)
            .map(|unit| glyph(*unit))
    }

    /// Consumes a unit; past the end it still counts one, as the server's parser does.
    pub(super) fn advance(&mut self) -> Option<u16> {
        self.next += 1;
        self.input.get(self.next - 1).copied()
    }

    pub(super) fn remaining(&self) -> &[u16] {
        self.input.get(self.next..).unwrap_or_default()
    }

    /// Whether the next two units are `(` and something other than `?`.
    pub(super) fn opens_plain_group(&self) -> bool {
        self.peek(1) == Some('(') && self.peek(2) != Some('?')
    }
}

/// Reading and writing tokens.
impl Parser<'_> {
    pub(super) fn token(&self, id: Id) -> &Token {
        static NOTHING: Token = Token {
            kind: Kind::Start,
            value: Units::new(),
            output: None,
            previous: None,
            star: false,
            posix: false,
        };
        self.arena.get(id).unwrap_or(&NOTHING)
    }

    pub(super) fn change(&mut self, id: Id, change: impl FnOnce(&mut Token)) {
        if let Some(token) = self.arena.get_mut(id) {
            change(token);
        }
    }

    pub(super) fn prev(&self) -> &Token {
        self.token(self.prev)
    }

    /// Adds `units` to the previous token and to the output.
    pub(super) fn extend_prev(&mut self, units: &[u16]) {
        self.change(self.prev, |prev| prev.value.push_units(units));
        self.output.push_units(units);
    }

    pub(super) fn open(&mut self, what: Opened) {
        self.opened.push(what);
    }

    pub(super) fn close(&mut self) {
        self.opened.pop();
    }

    pub(super) fn push_text(&mut self, value: Units) {
        self.push(Token::new(Kind::Text, value, None), false);
    }

    pub(super) fn push_token(
        &mut self,
        kind: Kind,
        value: &str,
        output: Option<&str>,
        in_group: bool,
    ) {
        self.push(
            Token::new(kind, Units::from(value), output.map(Units::from)),
            in_group,
        );
    }

    /// Adds a token; `in_group` marks the tokens of `@(`, `!(` and their like.
    pub(super) fn push(&mut self, mut token: Token, in_group: bool) -> Id {
        self.demote_globstar(token.kind, in_group);
        if let Some(group) = self.groups.last_mut().filter(|_| token.kind != Kind::Paren) {
            group.inner.push_units(token.value.as_slice());
        }
        self.output.push_units(token.written().as_slice());
        if self.prev().kind == Kind::Text && token.kind == Kind::Text {
            self.merge_text(&token);
            return self.prev;
        }
        token.previous = Some(self.prev);
        self.arena.push(token);
        self.prev = self.arena.len() - 1;
        self.tokens.push(self.prev);
        self.prev
    }

    /// Two stars are one unless a slash, or the end of a group or brace, follows them.
    fn demote_globstar(&mut self, next: Kind, in_group: bool) {
        let ends_brace = !self.braces.is_empty() && matches!(next, Kind::Comma | Kind::Brace);
        let ends_group = in_group || (!self.groups.is_empty() && next == Kind::Paren);
        let stays = matches!(next, Kind::Slash | Kind::Paren) || ends_brace || ends_group;
        if self.prev().kind != Kind::Globstar || stays {
            return;
        }
        self.output.drop_last(self.prev().output_len());
        self.output.push_str(STAR);
        self.change(self.prev, |prev| {
            prev.kind = Kind::Star;
            prev.value = Units::from("*");
            prev.output = Some(Units::from(STAR));
        });
    }

    /// Appends to the previous text token. Where that had no output of its own, its text is not
    /// part of its output from now on, nor are the escapes of the new text; both show if the output
    /// is put together again.
    fn merge_text(&mut self, text: &Token) {
        let loses = self.prev().output.is_none() && !self.prev().value.is_empty();
        if loses || *text.written() != text.value {
            self.quirks.push(Quirk::LostText);
        }
        self.change(self.prev, |prev| {
            prev.value.push_units(text.value.as_slice());
            prev.output
                .get_or_insert_default()
                .push_units(text.value.as_slice());
        });
    }
}
