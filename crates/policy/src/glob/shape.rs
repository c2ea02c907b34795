//! The shapes of pattern that people write most, each with a matcher of its own.
//!
//! Each is exact for every value, odd ones included; the tests hold all of them to the automaton.
//! Anything else is not a shape.

/// A common shape with the literal text it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// No wildcard: nothing but the text itself.
    Literal,
    /// `X/**`: `X`, or below it at any depth.
    Below(String),
    /// `**`: any depth.
    AnyDepth,
    /// `X/*` or `*`: one segment after the text, which ends in a slash or is empty.
    Segment(String),
    /// `X*` without a slash.
    Starting(String),
    /// `/X*`.
    StartingInPath(String),
    /// `*X` without a slash.
    Ending(String),
}

impl Shape {
    /// The shape of `pattern`, if it has one.
    pub(super) fn of(pattern: &str) -> Option<Self> {
        if pattern.starts_with("./") || pattern.contains(is_special) {
            return None;
        }
        let stars = pattern.matches('*').count();
        match stars {
            0 => Some(Self::Literal),
            1 => Self::with_one_star(pattern),
            2 if pattern == "**" => Some(Self::AnyDepth),
            2 => {
                let above = pattern
                    .strip_suffix("/**")
                    .filter(|above| !above.starts_with('.'))?;
                Some(Self::Below(above.to_owned()))
            }
            _ => None,
        }
    }

    fn with_one_star(pattern: &str) -> Option<Self> {
        if let Some(ending) = pattern
            .strip_prefix('*')
            .filter(|ending| !ending.is_empty())
        {
            let plain = !ending.contains(['/', '.']);
            return plain.then(|| Self::Ending(ending.to_owned()));
        }
        let text = pattern
            .strip_suffix('*')
            .filter(|text| !text.starts_with('.'))?
            .to_owned();
        match text.as_bytes() {
            [] | [.., b'/'] => Some(Self::Segment(text)),
            [.., b'/', b'.'] => None,
            _ if text.contains('/') => Some(Self::StartingInPath(text)),
            _ => Some(Self::Starting(text)),
        }
    }

    /// Whether the pattern of this shape matches `value`, which is not empty and not the pattern.
    pub(super) fn matches(&self, value: &str) -> bool {
        match self {
            Self::Literal => false,
            Self::Below(above) => rest(value, above).is_some_and(|rest| {
                rest.is_empty() || (rest.first() == Some(&b'/') && is_visible_path(rest))
            }),
            Self::AnyDepth => !value.starts_with('.') && is_visible_path(value.as_bytes()),
            Self::Segment(before) => {
                rest(value, before).is_some_and(|rest| starts_visibly(rest) && is_segment(rest))
            }
            Self::Starting(text) => rest(value, text).is_some_and(|rest| !rest.contains(&b'/')),
            Self::StartingInPath(text) => rest(value, text).is_some_and(is_segment),
            Self::Ending(text) => {
                let before = value.as_bytes().strip_suffix(text.as_bytes());
                before.is_some_and(|before| !before.contains(&b'/'))
                    && starts_visibly(value.as_bytes())
            }
        }
    }
}

/// Whether a character keeps a pattern from being of a shape, the star and dot apart.
fn is_special(char: char) -> bool {
    matches!(
        char,
        '?' | '['
            | ']'
            | '('
            | ')'
            | '{'
            | '}'
            | '!'
            | '+'
            | '@'
            | '|'
            | '\\'
            | '"'
            | '$'
            | '^'
            | '\0'
            | '\n'
            | '\r'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// What follows `start` in `value`.
fn rest<'v>(value: &'v str, start: &str) -> Option<&'v [u8]> {
    // Comparing nothing at the place of an unallocated text is slow on some processors.
    if start.is_empty() {
        return Some(value.as_bytes());
    }
    value.as_bytes().strip_prefix(start.as_bytes())
}

/// No segment after a slash starts with a dot, and there is no line terminator.
fn is_visible_path(path: &[u8]) -> bool {
    let mut before = 0;
    let mut two_before = 0;
    path.iter().all(|byte| {
        let refused = match byte {
            b'.' => before == b'/',
            b'\n' | b'\r' => true,
            // U+2028 and U+2029 end in these bytes.
            0xA8 | 0xA9 => before == 0x80 && two_before == 0xE2,
            _ => false,
        };
        two_before = std::mem::replace(&mut before, *byte);
        !refused
    })
}

/// There is a first character, and it is neither a dot nor a line terminator.
fn starts_visibly(text: &[u8]) -> bool {
    !matches!(
        text,
        [] | [b'.' | b'\n' | b'\r', ..] | [0xE2, 0x80, 0xA8 | 0xA9, ..]
    )
}

/// No slash, except perhaps at the end.
fn is_segment(text: &[u8]) -> bool {
    !text.strip_suffix(b"/").unwrap_or(text).contains(&b'/')
}
