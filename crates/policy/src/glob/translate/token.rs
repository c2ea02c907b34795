//! What the tokenizer keeps of the pattern it has read.

use crate::glob::units::Units;

/// Where a token lives in the parser's arena.
pub(super) type Id = usize;

/// What a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The beginning of the pattern.
    Start,
    Text,
    Slash,
    Dot,
    /// The two dots of a range in braces.
    Dots,
    Star,
    Globstar,
    Question,
    Plus,
    At,
    Negate,
    Bracket,
    Paren,
    Brace,
    Comma,
    /// The optional slash after a pattern that ends in a star or class.
    MaybeSlash,
}

/// One token; `output` falls back to `value` where nothing was written.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) value: Units,
    pub(super) output: Option<Units>,
    pub(super) previous: Option<Id>,
    /// Grew from two stars or more.
    pub(super) star: bool,
    /// A class with something like `[:` in it.
    pub(super) posix: bool,
}

impl Token {
    pub(super) fn new(kind: Kind, value: Units, output: Option<Units>) -> Self {
        Self {
            kind,
            value,
            output,
            previous: None,
            star: false,
            posix: false,
        }
    }

    /// What the token writes.
    pub(super) fn written(&self) -> &Units {
        self.output.as_ref().unwrap_or(&self.value)
    }

    pub(super) fn output_len(&self) -> usize {
        self.output.as_ref().map_or(0, Units::len)
    }

    pub(super) fn append_output(&mut self, text: &str) {
        self.output.get_or_insert_default().push_str(text);
    }
}

/// A group opened by `!(`, `?(`, `+(`, `*(` and not yet closed.
pub(super) struct Group {
    pub(super) kind: Kind,
    /// How many parentheses were open outside.
    pub(super) parens: i32,
    /// The values of the tokens inside.
    pub(super) inner: Units,
    /// Where the group's first unit stands in the pattern.
    pub(super) start: usize,
}

/// A `{` not yet closed.
pub(super) struct OpenBrace {
    pub(super) token: Id,
    pub(super) comma: bool,
    pub(super) dots: bool,
    /// Length of the output when the brace was met.
    pub(super) output_index: usize,
    /// Number of tokens when the brace was met.
    pub(super) tokens_index: usize,
}

/// What was opened last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    Bracket,
    Paren,
    Brace,
}
