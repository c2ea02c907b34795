//! The tokenizer: reads the pattern unit by unit and writes the output as it goes.

use super::state::{Inside, Parser, START};
use super::token::{Kind, Opened};
use super::{
    DOT_LITERAL, OPEN_LIMIT, QUESTION, QUESTION_NO_DOT, Quirk, SLASH_LITERAL, Translation,
    Untranslatable,
};
use crate::glob::units::{Units, glyph, is_word};

impl Parser<'_> {
    /// Reads the whole pattern.
    pub(super) fn run(mut self) -> Result<Translation, Untranslatable> {
        while !self.at_end() {
            if self.next > self.input.len() {
                return Err(Untranslatable::NeverEnds);
            }
            self.read_token();
            let open = self
                .braces
                .len()
                .max(usize::try_from(self.parens).unwrap_or(0));
            if open > OPEN_LIMIT {
                return Err(Untranslatable::TooLarge);
            }
            if let Some(failure) = self.failure {
                return Err(failure);
            }
        }
        self.finish();
        self.quirks.sort_unstable();
        self.quirks.dedup();
        Ok(Translation {
            output: self.output,
            negated: self.negated,
            quirks: self.quirks,
        })
    }

    fn read_token(&mut self) {
        let Some(unit) = self.advance() else { return };
        match glyph(unit) {
            '\0' => {}
            '\\' => self.read_escape(),
            _ if self.inside == Inside::Brackets && !self.closes_bracket(unit) => {
                self.read_in_brackets(unit);
            }
            '"' => self.toggle_quotes(),
            _ if self.inside == Inside::Quotes => self.read_quoted(unit),
            '(' => self.open_paren(),
            ')' => self.close_paren(),
            '[' => self.open_bracket(),
            ']' => self.close_bracket(),
            '{' => self.open_brace(),
            '}' => self.close_brace(),
            ',' => self.read_comma(),
            '/' => self.read_slash(),
            '.' => self.read_dot(),
            '?' => self.read_question(),
            '!' => self.read_bang(),
            '+' => self.read_plus(),
            '*' => self.read_star(),
            '@' if self.opens_plain_group() => self.push_token(Kind::At, "@", Some(""), true),
            '|' | '@' => self.push_text(Units::from(unit)),
            _ => self.read_text(unit),
        }
    }

    fn read_escape(&mut self) {
        let mut value = Units::from("\\");
        match self.peek(1) {
            Some('/' | '.' | ';') => return,
            None => {
                value.push_str("\\");
                self.push_text(value);
                return;
            }
            Some(_) => {}
        }
        let run = self
            .remaining()
            .iter()
            .take_while(|unit| glyph(**unit) == '\\')
            .count();
        if run > 2 {
            self.next += run;
            if !run.is_multiple_of(2) {
                value.push_str("\\");
            }
        }
        if let Some(unit) = self.advance() {
            value.push(unit);
        }
        if self.inside == Inside::Brackets {
            self.extend_prev(value.as_slice());
        } else {
            self.push_text(value);
        }
    }

    fn toggle_quotes(&mut self) {
        let quoted = self.inside == Inside::Quotes;
        self.inside = if quoted {
            Inside::Nothing
        } else {
            Inside::Quotes
        };
    }

    fn read_quoted(&mut self, unit: u16) {
        let escaped = escape_regex(&[unit]);
        self.extend_prev(escaped.as_slice());
    }

    fn read_comma(&mut self) {
        let splits = self.opened.last() == Some(&Opened::Brace);
        let brace = self.braces.last_mut().filter(|_| splits);
        let output = if let Some(brace) = brace {
            brace.comma = true;
            "|"
        } else {
            ","
        };
        self.push_token(Kind::Comma, ",", Some(output), false);
    }

    fn read_slash(&mut self) {
        if self.prev().kind == Kind::Dot && self.next == self.start + 2 {
            // `./` at the beginning: forget it.
            self.start = self.next;
            self.output = Units::new();
            self.tokens.pop();
            self.prev = START;
            return;
        }
        self.push_token(Kind::Slash, "/", Some(SLASH_LITERAL), false);
    }

    fn read_dot(&mut self) {
        let prev_kind = self.prev().kind;
        if prev_kind == Kind::Dot && self.grow_range() {
            return;
        }
        let open = self.parens + i32::try_from(self.braces.len()).unwrap_or(i32::MAX);
        let plain = open == 0 && !matches!(prev_kind, Kind::Start | Kind::Slash);
        let kind = if plain { Kind::Text } else { Kind::Dot };
        self.push_token(kind, ".", Some(DOT_LITERAL), false);
    }

    fn read_question(&mut self) {
        let prev = self.prev();
        let (prev_kind, after_open) = (prev.kind, prev.value.is("("));
        if !after_open && self.opens_plain_group() {
            self.open_group(Kind::Question);
        } else if prev_kind == Kind::Paren {
            let output = if self.escapes_question(after_open) {
                r"\?"
            } else {
                "?"
            };
            self.push_token(Kind::Text, "?", Some(output), false);
        } else {
            let at_segment_start = matches!(prev_kind, Kind::Slash | Kind::Start);
            let output = if at_segment_start {
                QUESTION_NO_DOT
            } else {
                QUESTION
            };
            self.push_token(Kind::Question, "?", Some(output), false);
        }
    }

    /// Whether a `?` right after a parenthesis is no part of a raw group such as `(?:` or `(?<name>`.
    fn escapes_question(&self, after_open: bool) -> bool {
        let next = self.peek(1);
        let raw_group = matches!(next, Some('!' | '=' | '<' | ':'));
        (after_open && !raw_group)
            || (next == Some('<') && !has_named_group_or_look_behind(self.remaining()))
    }

    fn read_bang(&mut self) {
        let raw_group =
            self.peek(2) == Some('?') && matches!(self.peek(3), Some('!' | '=' | '<' | ':'));
        if self.peek(1) == Some('(') && !raw_group {
            self.open_group(Kind::Negate);
        } else if self.next == 1 {
            self.negate();
        } else {
            self.read_text(u16::from(b'!'));
        }
    }

    fn negate(&mut self) {
        let mut count = 1;
        while self.peek(1) == Some('!') && (self.peek(2) != Some('(') || self.peek(3) == Some('?'))
        {
            self.next += 1;
            self.start += 1;
            count += 1;
        }
        if count % 2 == 1 {
            self.negated = true;
            self.start += 1;
        }
    }

    fn read_plus(&mut self) {
        let prev = self.prev();
        let (prev_kind, after_open) = (prev.kind, prev.value.is("("));
        if self.opens_plain_group() {
            self.open_group(Kind::Plus);
        } else if after_open {
            self.push_token(Kind::Plus, "+", Some(r"\+"), false);
        } else if self.parens > 0 || matches!(prev_kind, Kind::Bracket | Kind::Paren | Kind::Brace)
        {
            self.push_token(Kind::Plus, "+", None, false);
        } else {
            self.push_token(Kind::Plus, r"\+", None, false);
        }
    }

    fn read_text(&mut self, unit: u16) {
        let mut value = Units::new();
        if matches!(glyph(unit), '$' | '^') {
            value.push_str("\\");
        }
        value.push(unit);
        let run = self
            .remaining()
            .iter()
            .take_while(|unit| !is_special(**unit))
            .count();
        value.push_units(self.remaining().get(..run).unwrap_or_default());
        self.next += run;
        self.push_text(value);
    }

    fn finish(&mut self) {
        if self.inside == Inside::Brackets {
            self.escape_last('[', 1);
        }
        self.escape_last('(', usize::try_from(self.parens).unwrap_or(0));
        self.escape_last('{', self.braces.len());
        if matches!(self.prev().kind, Kind::Star | Kind::Bracket) {
            self.push_token(Kind::MaybeSlash, "", Some(r"\/?"), false);
        }
        if self.rebuild {
            let written = self
                .tokens
                .iter()
                .flat_map(|id| self.token(*id).written().as_slice());
            self.output = Units::from(written.copied().collect::<Vec<_>>());
        } else {
            self.quirks.retain(|quirk| *quirk != Quirk::LostText);
        }
    }

    /// Puts a backslash before the last `count` occurrences of `wanted` that have none.
    fn escape_last(&mut self, wanted: char, count: usize) {
        let (mut reversed, mut left) = (Vec::with_capacity(self.output.len() + count), count);
        let mut units = self.output.as_slice().iter().rev().peekable();
        while let Some(unit) = units.next() {
            reversed.push(*unit);
            let escaped = units.peek().is_some_and(|before| glyph(**before) == '\\');
            if left > 0 && glyph(*unit) == wanted && !escaped {
                reversed.push(u16::from(b'\\'));
                left -= 1;
            }
        }
        reversed.reverse();
        self.output = Units::from(reversed);
    }
}

/// Escapes what is special in a regular expression.
pub(super) fn escape_regex(units: &[u16]) -> Units {
    let mut escaped = Units::new();
    for unit in units {
        if is_regex_special(*unit) {
            escaped.push_str("\\");
        }
        escaped.push(*unit);
    }
    escaped
}

pub(super) fn is_regex_special(unit: u16) -> bool {
    "-*+?.^${}(|)[]".contains(glyph(unit))
}

/// Whether the unit ends a run of plain text.
fn is_special(unit: u16) -> bool {
    "@![].,$*+?^{}()|\\/".contains(glyph(unit))
}

/// Whether `<!`, `<=` or `<word>` stands anywhere in `rest`.
fn has_named_group_or_look_behind(rest: &[u16]) -> bool {
    let after_each = rest
        .iter()
        .enumerate()
        .filter(|(_, unit)| glyph(**unit) == '<');
    after_each
        .filter_map(|(at, _)| rest.get(at + 1..))
        .any(|after| {
            let name = after.iter().take_while(|unit| is_word(**unit)).count();
            let end = after.get(name).map(|unit| glyph(*unit));
            matches!(after.first().map(|unit| glyph(*unit)), Some('!' | '='))
                || (name > 0 && end == Some('>'))
        })
}
