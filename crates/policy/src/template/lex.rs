//! Cuts a template into tokens, as the lexer of Handlebars 4.7 (MIT) does.
//!
//! What only blocks, partials, decorators and raw blocks use is not followed: the first such token
//! ends the reading as unsupported.

use super::TemplateFault;
use crate::compile::is_blank;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Text to copy.
    Content(String),
    /// A comment; whether it eats blanks before and after itself.
    Comment {
        before: bool,
        after: bool,
    },
    /// `{{`, `{{{`, `{{&`; whether its value is escaped, and whether blanks before it are eaten.
    Open {
        form: Form,
        strip: bool,
    },
    /// `}}` or `}}}`; whether blanks after it are eaten.
    Close {
        triple: bool,
        strip: bool,
    },
    OpenParameter,
    CloseParameter,
    Equals,
    /// A name; `literal` if it was written in brackets, where `this` and dots mean nothing.
    Name {
        name: String,
        literal: bool,
    },
    Separator(char),
    At,
    Text(String),
    /// A number, `true`, `false`, `null` or `undefined`.
    Word(String),
    End,
}

/// How a value is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `{{…}}`
    Escaped,
    /// `{{&…}}`
    Ampersand,
    /// `{{{…}}}`
    Triple,
}

/// The tokens of a text.
pub(super) struct Tokens {
    pub tokens: Vec<Token>,
    /// Whether text that follows could change them: a quote or bracket after a backslash ends its
    /// token only because no other one follows.
    pub open_ended: bool,
}

/// Cuts `text`.
pub(super) fn tokens(text: &str) -> Result<Tokens, TemplateFault> {
    let mut lexer = Lexer {
        rest: text,
        tokens: Vec::new(),
        open_ended: false,
    };
    while !lexer.rest.is_empty() {
        lexer.content()?;
    }
    lexer.tokens.push(Token::End);
    Ok(Tokens {
        tokens: lexer.tokens,
        open_ended: lexer.open_ended,
    })
}

struct Lexer<'a> {
    rest: &'a str,
    tokens: Vec<Token>,
    open_ended: bool,
}

impl<'a> Lexer<'a> {
    /// Text up to the next `{{`, and that expression unless a backslash keeps it as text.
    fn content(&mut self) -> Result<(), TemplateFault> {
        let Some(at) = self.rest.find("{{") else {
            let rest = std::mem::take(&mut self.rest);
            return self.push_content(rest);
        };
        let (before, rest) = self.rest.split_at(at);
        self.rest = rest;
        if before.ends_with("\\\\") {
            self.push_content(before.get(..at - 1).unwrap_or_default())?;
            self.expression()
        } else if let Some(plain) = before.strip_suffix('\\') {
            self.push_content(plain)?;
            self.kept()
        } else {
            self.push_content(before)?;
            self.expression()
        }
    }

    /// An expression that stays as text, up to the next one.
    fn kept(&mut self) -> Result<(), TemplateFault> {
        let body = self.rest.get(2..).unwrap_or_default();
        let end = body.find("{{").map_or(self.rest.len(), |at| {
            let before = body.get(..at).unwrap_or_default();
            let backslashes = before.len() - before.trim_end_matches('\\').len();
            at + 2 - backslashes.min(2)
        });
        let (kept, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.push_content(kept)
    }

    fn push_content(&mut self, text: &str) -> Result<(), TemplateFault> {
        if text.contains('\0') {
            return Err(TemplateFault::Invalid);
        }
        if !text.is_empty() {
            self.tokens.push(Token::Content(text.to_owned()));
        }
        Ok(())
    }

    /// From `{{` to the end of the expression.
    fn expression(&mut self) -> Result<(), TemplateFault> {
        let open = self.open()?;
        let is_comment = matches!(open, Token::Comment { .. });
        self.tokens.push(open);
        if is_comment {
            return Ok(());
        }
        loop {
            match self.token()? {
                None => {}
                Some(token) => {
                    let ends = matches!(token, Token::Close { .. });
                    self.tokens.push(token);
                    if ends {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn token(&mut self) -> Result<Option<Token>, TemplateFault> {
        let Some(first) = self.rest.chars().next() else {
            return Err(TemplateFault::Invalid);
        };
        Ok(Some(match first {
            '(' => self.taken(1, Token::OpenParameter),
            ')' => self.taken(1, Token::CloseParameter),
            '{' => return Err(TemplateFault::Invalid),
            '}' | '~' => return self.close().map(Some),
            '=' => self.taken(1, Token::Equals),
            '.' => self.dot(),
            '/' => self.taken(1, Token::Separator('/')),
            c if is_blank(c) => {
                self.rest = self.rest.trim_start_matches(is_blank);
                return Ok(None);
            }
            '"' | '\'' => return self.text(first).map(Some),
            '@' => self.taken(1, Token::At),
            '[' => return self.literal_name().map(Some),
            '|' => return Err(TemplateFault::Invalid),
            _ => return self.word_or_name().map(Some),
        }))
    }

    fn taken(&mut self, length: usize, token: Token) -> Token {
        self.rest = self.rest.get(length..).unwrap_or_default();
        token
    }

    /// What begins with `{{`: an expression, a comment, or something that is not followed.
    fn open(&mut self) -> Result<Token, TemplateFault> {
        if self.rest.starts_with("{{{{") {
            return Err(TemplateFault::Unsupported);
        }
        let body = self.rest.get(2..).unwrap_or_default();
        let (strip, body) = match body.strip_prefix('~') {
            Some(body) => (true, body),
            None => (false, body),
        };
        if body.starts_with('!') {
            return self.comment(strip, body);
        }
        // Without a block, which is not followed, there is nothing to end and no other case.
        if body.starts_with('/') || is_else(body) || is_other_case(body) {
            return Err(TemplateFault::Invalid);
        }
        if body.starts_with(['>', '#', '^', '*']) {
            return Err(TemplateFault::Unsupported);
        }
        let (form, body) = match (body.strip_prefix('{'), body.strip_prefix('&')) {
            (Some(body), _) => (Form::Triple, body),
            (_, Some(body)) => (Form::Ampersand, body),
            _ => (Form::Escaped, body),
        };
        self.rest = body;
        Ok(Token::Open { form, strip })
    }

    /// `body` begins with the exclamation mark.
    fn comment(&mut self, before: bool, body: &'a str) -> Result<Token, TemplateFault> {
        let end = if body.starts_with("!--") {
            // The dashes that open may not close: the lexer goes back to the braces and looks for
            // two dashes, an optional tilde and two braces from there.
            let plain = body.get(1..).unwrap_or_default();
            dashed_end(plain).map(|end| end + 1)
        } else {
            body.find("}}").map(|at| at + 2)
        };
        let Some((comment, rest)) = end.and_then(|end| body.split_at_checked(end)) else {
            return Err(TemplateFault::Invalid);
        };
        self.rest = rest;
        let inner = comment.strip_suffix("}}").unwrap_or(comment);
        Ok(Token::Comment {
            before,
            after: inner.ends_with('~'),
        })
    }

    fn close(&mut self) -> Result<Token, TemplateFault> {
        for (sign, triple, strip) in [
            ("}}}}", false, false),
            ("}~}}", true, true),
            ("}}}", true, false),
            ("~}}", false, true),
            ("}}", false, false),
        ] {
            if self.rest.starts_with(sign) {
                if sign == "}}}}" {
                    return Err(TemplateFault::Invalid);
                }
                return Ok(self.taken(sign.len(), Token::Close { triple, strip }));
            }
        }
        Err(TemplateFault::Invalid)
    }

    fn dot(&mut self) -> Token {
        if self.rest.starts_with("..") {
            return self.taken(2, name(".."));
        }
        let after = self.rest.chars().nth(1);
        if after.is_some_and(ends_name) {
            self.taken(1, name("."))
        } else {
            self.taken(1, Token::Separator('.'))
        }
    }

    /// Text in quotes.
    fn text(&mut self, quote: char) -> Result<Token, TemplateFault> {
        let text = self.enclosed(quote)?;
        let text = text.replace(&format!("\\{quote}"), &quote.to_string());
        Ok(Token::Text(text))
    }

    /// A name in brackets.
    fn literal_name(&mut self) -> Result<Token, TemplateFault> {
        let written = self.enclosed(']')?;
        if written.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            return Err(TemplateFault::Unsupported);
        }
        Ok(Token::Name {
            name: unescape_brackets(written),
            literal: true,
        })
    }

    /// What stands between the next character and `end`. The sign after a backslash belongs to it,
    /// if another one follows.
    fn enclosed(&mut self, end: char) -> Result<&'a str, TemplateFault> {
        let body = self.rest.get(1..).unwrap_or_default();
        let mut last = None;
        let mut escaped = false;
        let before = self.open_ended;
        self.open_ended = true;
        for (at, character) in body.char_indices() {
            if character == end {
                last = Some(at);
                if !escaped {
                    self.open_ended = before;
                    break;
                }
            }
            escaped = character == '\\';
        }
        let at = last.ok_or(TemplateFault::Invalid)?;
        self.rest = body.get(at + 1..).unwrap_or_default();
        Ok(body.get(..at).unwrap_or_default())
    }

    fn word_or_name(&mut self) -> Result<Token, TemplateFault> {
        if let Some(length) = word_length(self.rest) {
            let word = self.rest.get(..length).unwrap_or_default().to_owned();
            return Ok(self.taken(length, Token::Word(word)));
        }
        if let Some(after) = self.rest.strip_prefix("as")
            && after.starts_with(is_blank)
            && after.trim_start_matches(is_blank).starts_with('|')
        {
            return Err(TemplateFault::Invalid);
        }
        // The longest run of letters that something which ends a name follows.
        let run = self.rest.find(|c| !is_name(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(run);
        if run.is_empty() || !rest.starts_with(ends_name) {
            return Err(TemplateFault::Invalid);
        }
        self.rest = rest;
        Ok(name(run))
    }
}

fn name(name: &str) -> Token {
    Token::Name {
        name: name.to_owned(),
        literal: false,
    }
}

/// The end of a comment in dashes, counted from the first dash.
fn dashed_end(body: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = body.get(from..)?.find("--") {
        let after = from + at + 2;
        let rest = body.get(after..)?;
        for sign in ["~}}", "}}"] {
            if rest.starts_with(sign) {
                return Some(after + sign.len());
            }
        }
        from += at + 1;
    }
    None
}

/// Whether an expression begins with the word `else`.
fn is_else(body: &str) -> bool {
    body.trim_start_matches(is_blank)
        .strip_prefix("else")
        .is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
}

/// Whether an expression is `{{^}}`.
fn is_other_case(body: &str) -> bool {
    body.strip_prefix('^').is_some_and(|after| {
        let after = after.trim_start_matches(is_blank);
        after.strip_prefix('~').unwrap_or(after).starts_with("}}")
    })
}

/// The length of a number or of a word that stands for a value, if one stands here.
fn word_length(rest: &str) -> Option<usize> {
    let ends =
        |after: &str| after.starts_with(|c: char| matches!(c, '~' | '}' | ')') || is_blank(c));
    for word in ["true", "false", "undefined", "null"] {
        if rest.strip_prefix(word).is_some_and(ends) {
            return Some(word.len());
        }
    }
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = usize::from(rest.starts_with('-'));
    let whole = digits(rest.get(sign..)?);
    if whole == 0 {
        return None;
    }
    let mut length = sign + whole;
    if let Some(fraction) = rest.get(length..)?.strip_prefix('.') {
        let places = digits(fraction);
        if places > 0 {
            length += 1 + places;
        }
    }
    rest.get(length..).is_some_and(ends).then_some(length)
}

fn unescape_brackets(written: &str) -> String {
    let mut name = String::with_capacity(written.len());
    let mut characters = written.chars().peekable();
    while let Some(character) = characters.next() {
        let escapes = character == '\\' && matches!(characters.peek(), Some('\\' | ']'));
        if escapes {
            name.extend(characters.next());
        } else {
            name.push(character);
        }
    }
    name
}

/// Whether a character may stand in a name.
fn is_name(c: char) -> bool {
    !is_blank(c)
        && !matches!(
            c,
            '!' | '"' | '#' | '%'..=',' | '.' | '/' | ';'..='>' | '@' | '['..='^' | '`' | '{'..='~'
        )
}

/// Whether a character may follow a name.
fn ends_name(c: char) -> bool {
    matches!(c, '=' | '~' | '}' | '/' | '.' | ')' | '|') || is_blank(c)
}
