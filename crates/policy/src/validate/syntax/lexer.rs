//! Cuts a text into the tokens of the template language (Handlebars 4.7).

use super::token::Token;
use crate::compile::is_blank;

/// What the text at hand is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    Template,
    EscapedTemplate,
    Raw,
}

/// The rest of a text, and what it is.
pub struct Lexer<'a> {
    rest: &'a str,
    states: Vec<State>,
}

/// The text cannot be cut further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexicalError;

impl<'a> Lexer<'a> {
    /// A lexer at the start of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            states: Vec::new(),
        }
    }

    /// The next token; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Token>, LexicalError> {
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            }
            let token = match self.states.last().copied().unwrap_or(State::Text) {
                State::Text => self.text(),
                State::EscapedTemplate => Some(self.escaped_template()),
                State::Raw => Some(self.raw()?),
                State::Template => self.template()?,
            };
            if token.is_some() {
                return Ok(token);
            }
        }
    }

    fn text(&mut self) -> Option<Token> {
        let Some((before, _)) = self.rest.split_once("{{") else {
            self.rest = "";
            return Some(Token::Content);
        };
        self.skip(before.len());
        let (content, state) = if before.ends_with("\\\\") {
            (before.len() - 1, State::Template)
        } else if before.ends_with('\\') {
            (before.len() - 1, State::EscapedTemplate)
        } else {
            (before.len(), State::Template)
        };
        self.states.push(state);
        (content > 0).then_some(Token::Content)
    }

    /// Text after a backslash, up to the next template.
    fn escaped_template(&mut self) -> Token {
        self.states.pop();
        let begins = ["{{", "\\{{", "\\\\{{"];
        let end = self
            .rest
            .char_indices()
            .skip(2)
            .map(|(at, _)| at)
            .find(|at| {
                let rest = self.rest.get(*at..).unwrap_or_default();
                begins.iter().any(|begin| rest.starts_with(begin))
            })
            .unwrap_or(self.rest.len());
        self.skip(end);
        Token::Content
    }

    fn raw(&mut self) -> Result<Token, LexicalError> {
        if let Some(after) = self.rest.strip_prefix("{{{{") {
            match after.strip_prefix('/') {
                None if after.is_empty() => return Err(LexicalError),
                None => {
                    self.rest = after;
                    self.states.push(State::Raw);
                    return Ok(Token::Content);
                }
                Some(name) => return self.end_of_raw(name),
            }
        }
        let (before, _) = self.rest.split_once("{{{{").ok_or(LexicalError)?;
        self.skip(before.len());
        Ok(Token::Content)
    }

    fn end_of_raw(&mut self, from_name: &'a str) -> Result<Token, LexicalError> {
        let (name, after) = from_name.split_at(name_length(from_name));
        let after = after.strip_prefix("}}}}").filter(|_| !name.is_empty());
        let Some(after) = after else {
            return self.raw_braces();
        };
        self.rest = after;
        self.states.pop();
        if self.states.last() == Some(&State::Raw) {
            return Ok(Token::Content);
        }
        Ok(Token::EndRawBlock(name.to_owned()))
    }

    /// `{{{{/` that ends nothing is text up to the next four braces, which may begin one brace on.
    fn raw_braces(&mut self) -> Result<Token, LexicalError> {
        let later = self.rest.get(1..).and_then(|rest| rest.find("{{{{"));
        self.skip(later.ok_or(LexicalError)? + 1);
        Ok(Token::Content)
    }

    fn template(&mut self) -> Result<Option<Token>, LexicalError> {
        if self.rest.starts_with("{{") {
            return self.opening();
        }
        if self.take("}}}}") {
            self.states.pop();
            self.states.push(State::Raw);
            return Ok(Some(Token::CloseRawBlock));
        }
        if self.take("}}}") || self.take("}~}}") {
            self.states.pop();
            return Ok(Some(Token::CloseUnescaped));
        }
        if self.take("}}") || self.take("~}}") {
            self.states.pop();
            return Ok(Some(Token::Close));
        }
        let blank = self.rest.len() - self.rest.trim_start_matches(is_blank).len();
        if blank > 0 {
            self.skip(blank);
            return Ok(None);
        }
        Ok(Some(self.inside()))
    }

    /// A token that starts with `{{`.
    fn opening(&mut self) -> Result<Option<Token>, LexicalError> {
        if self.take("{{{{") {
            return Ok(Some(Token::OpenRawBlock));
        }
        let whole = self.rest;
        self.take("{{");
        self.take("~");
        if self.rest.starts_with("!--") {
            self.rest = whole;
            return self.long_comment().map(Some);
        }
        if self.rest.starts_with('!')
            && let Some((_, after)) = self.rest.split_once("}}")
        {
            self.rest = after;
            self.states.pop();
            return Ok(Some(Token::Comment));
        }
        if self.inverse() {
            self.states.pop();
            return Ok(Some(Token::Inverse));
        }
        let decorator = |this: &mut Self| this.take("*");
        Ok(Some(if self.take(">") {
            Token::OpenPartial
        } else if self.take("#>") {
            Token::OpenPartialBlock
        } else if self.take("#") {
            Token::OpenBlock {
                decorator: decorator(self),
            }
        } else if self.take("/") {
            Token::OpenEndBlock
        } else if self.take("^") {
            Token::OpenInverse
        } else if self.else_word() {
            Token::OpenInverseChain
        } else if self.take("{") {
            Token::OpenUnescaped
        } else if self.take("&") {
            Token::Open {
                escaped: false,
                decorator: false,
            }
        } else {
            Token::Open {
                escaped: true,
                decorator: decorator(self),
            }
        }))
    }

    /// A comment that only `--}}` ends.
    fn long_comment(&mut self) -> Result<Token, LexicalError> {
        let plain = self.rest.find("--}}").map(|at| at + 4);
        let tilde = self.rest.find("--~}}").map(|at| at + 5);
        let end = match (plain, tilde) {
            (Some(plain), Some(tilde)) => plain.min(tilde),
            (end, None) | (None, end) => end.ok_or(LexicalError)?,
        };
        self.skip(end);
        self.states.pop();
        Ok(Token::Comment)
    }

    /// Takes the rest of `{{^}}` or `{{else}}`, if that is what stands here.
    fn inverse(&mut self) -> bool {
        let word = self
            .rest
            .strip_prefix('^')
            .or_else(|| self.rest.trim_start_matches(is_blank).strip_prefix("else"));
        let end = word.and_then(|after| {
            let after = after.trim_start_matches(is_blank);
            after.strip_prefix('~').unwrap_or(after).strip_prefix("}}")
        });
        if let Some(end) = end {
            self.rest = end;
        }
        end.is_some()
    }

    /// Takes `else`, if it stands here as a word.
    fn else_word(&mut self) -> bool {
        let after = self
            .rest
            .trim_start_matches(is_blank)
            .strip_prefix("else")
            .filter(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
        if let Some(after) = after {
            self.rest = after;
        }
        after.is_some()
    }

    /// A token between the braces.
    fn inside(&mut self) -> Token {
        for (text, token) in [
            ("(", Token::OpenCall),
            (")", Token::CloseCall),
            ("=", Token::Equals),
            ("..", Token::Name("..".to_owned(), false)),
        ] {
            if self.take(text) {
                return token;
            }
        }
        if self.take(".") {
            return if self.rest.starts_with(ends_name) {
                Token::Name(".".to_owned(), false)
            } else {
                Token::Separator('.')
            };
        }
        if self.take("/") {
            return Token::Separator('/');
        }
        for quote in ['"', '\''] {
            if let Some(inner) = self.quoted(quote, quote) {
                return Token::Text(unescaped(inner, &[quote]));
            }
        }
        if self.take("@") {
            return Token::AtSign;
        }
        self.word()
    }

    fn word(&mut self) -> Token {
        for (text, token) in [
            ("true", Token::Bool(true)),
            ("false", Token::Bool(false)),
            ("undefined", Token::Undefined),
            ("null", Token::Null),
        ] {
            let after = self.rest.strip_prefix(text);
            if let Some(after) = after.filter(|after| after.starts_with(ends_literal)) {
                self.rest = after;
                return token;
            }
        }
        if let Some(number) = self.number() {
            return Token::Number(number);
        }
        if let Some(after) = self.block_params() {
            self.rest = after;
            return Token::OpenBlockParams;
        }
        if self.take("|") {
            return Token::CloseBlockParams;
        }
        let (name, after) = self.rest.split_at(name_length(self.rest));
        if !name.is_empty() && after.starts_with(ends_name) {
            self.rest = after;
            return Token::Name(name.to_owned(), false);
        }
        if let Some(inner) = self.quoted('[', ']') {
            return Token::Name(unescaped(inner, &['\\', ']']), true);
        }
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        self.skip(first);
        Token::Invalid
    }

    fn number(&mut self) -> Option<f64> {
        let digits =
            |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let unsigned = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let whole = digits(unsigned);
        let fraction = unsigned
            .get(whole..)
            .and_then(|after| after.strip_prefix('.'))
            .map_or(0, digits);
        let fraction = if fraction > 0 { fraction + 1 } else { 0 };
        let length = self.rest.len() - unsigned.len() + whole + fraction;
        let (number, after) = self.rest.split_at_checked(length)?;
        if whole == 0 || !after.starts_with(ends_literal) {
            return None;
        }
        self.rest = after;
        number.parse().ok()
    }

    fn block_params(&self) -> Option<&'a str> {
        let after = self.rest.strip_prefix("as")?;
        let bar = after.trim_start_matches(is_blank);
        (bar.len() < after.len()).then_some(bar)?.strip_prefix('|')
    }

    /// Takes what stands between `open` and `close`. A backslash protects `close`, unless the text
    /// would then not end.
    fn quoted(&mut self, open: char, close: char) -> Option<&'a str> {
        let inner = self.rest.strip_prefix(open)?;
        let mut protected = None;
        let mut after_backslash = false;
        let mut end = None;
        for (at, character) in inner.char_indices() {
            if character == close && !after_backslash {
                end = Some(at);
                break;
            }
            if character == close {
                protected = Some(at);
            }
            after_backslash = character == '\\';
        }
        let inner = inner.get(..end.or(protected)?)?;
        self.skip(open.len_utf8() + inner.len() + close.len_utf8());
        Some(inner)
    }

    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}

/// `text` with the backslash taken from before each of `protected`.
fn unescaped(text: &str, protected: &[char]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(next) if character == '\\' && protected.contains(next) => {
                result.extend(characters.next());
            }
            _ => result.push(character),
        }
    }
    result
}

/// The length in bytes of the name that `text` starts with.
fn name_length(text: &str) -> usize {
    text.find(|c: char| is_blank(c) || "!\"#%&'()*+,./;<=>@[\\]^`{|}~".contains(c))
        .unwrap_or(text.len())
}

fn ends_name(character: char) -> bool {
    is_blank(character) || "=~}/.)|".contains(character)
}

fn ends_literal(character: char) -> bool {
    is_blank(character) || "~})".contains(character)
}
