//! Regular expressions in conditions. The server's API lets none in; its library would evaluate
//! them, so the plain ones are evaluated here and all others are reported as not reproducible.

use reeve_domain::value::Value;

use super::program::ServerFault;

/// A regular expression.
#[derive(Debug)]
pub(crate) enum Pattern {
    /// Reproduced exactly, for ASCII texts without control characters.
    Plain(Plain),
    /// Not reproduced.
    Unsupported,
}

/// Single characters, each perhaps repeated. The positions reached are the bits of one word.
#[derive(Debug)]
pub(crate) struct Plain {
    parts: Box<[Part]>,
    from_start: bool,
    to_end: bool,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    /// `None` for any character.
    byte: Option<u8>,
    may_repeat: bool,
    may_be_absent: bool,
}

impl Pattern {
    /// Reads the expression with the options beside it.
    pub fn new(pattern: &str, options: Option<&Value>) -> Result<Self, ServerFault> {
        if pattern.starts_with(['*', '+', '?']) {
            return Err(ServerFault::InvalidPattern);
        }
        if options.is_some_and(Value::is_truthy) {
            return Ok(Self::Unsupported);
        }
        Ok(Plain::new(pattern).map_or(Self::Unsupported, Self::Plain))
    }

    /// Whether it is found in `text`; `None` if that is not reproduced.
    pub fn is_found_in(&self, text: &str) -> Option<bool> {
        match self {
            Self::Plain(plain) if text.bytes().all(|b| (b' '..=b'~').contains(&b)) => {
                Some(plain.is_found_in(text))
            }
            Self::Plain(_) | Self::Unsupported => None,
        }
    }
}

impl Plain {
    /// Letters, digits, a few signs, dots, anchors at the ends, `*` and `+` after a character.
    fn new(pattern: &str) -> Option<Self> {
        let body = pattern.strip_prefix('^').unwrap_or(pattern);
        let from_start = body.len() < pattern.len();
        let inner = body.strip_suffix('$').unwrap_or(body);
        let mut parts: Vec<Part> = Vec::new();
        let mut repeatable = false;
        for byte in inner.bytes() {
            match byte {
                b'*' | b'+' if repeatable => {
                    let last = parts.last_mut()?;
                    last.may_repeat = true;
                    last.may_be_absent = byte == b'*';
                    repeatable = false;
                }
                b'.' | b'_' | b'-' | b'/' | b' ' | b':' | b',' => {
                    parts.push(Part::once((byte != b'.').then_some(byte)));
                    repeatable = true;
                }
                byte if byte.is_ascii_alphanumeric() => {
                    parts.push(Part::once(Some(byte)));
                    repeatable = true;
                }
                _ => return None,
            }
        }
        // One bit for each part and one for the end.
        (parts.len() < 64).then(|| Self {
            parts: parts.into(),
            from_start,
            to_end: inner.len() < body.len(),
        })
    }

    fn is_found_in(&self, text: &str) -> bool {
        let end = 1_u64 << self.parts.len();
        let mut reached = self.skip_absent(1);
        for byte in text.bytes() {
            if reached & end != 0 && !self.to_end {
                return true;
            }
            reached = self.skip_absent(self.step(reached, byte));
        }
        reached & end != 0
    }

    fn step(&self, reached: u64, byte: u8) -> u64 {
        let mut next = u64::from(!self.from_start);
        for (at, part) in self.parts.iter().enumerate() {
            if reached & (1 << at) != 0 && part.byte.is_none_or(|wanted| wanted == byte) {
                next |= 1 << (at + 1);
                if part.may_repeat {
                    next |= 1 << at;
                }
            }
        }
        next
    }

    fn skip_absent(&self, mut reached: u64) -> u64 {
        for (at, part) in self.parts.iter().enumerate() {
            if part.may_be_absent && reached & (1 << at) != 0 {
                reached |= 1 << (at + 1);
            }
        }
        reached
    }
}

impl Part {
    fn once(byte: Option<u8>) -> Self {
        Self {
            byte,
            may_repeat: false,
            may_be_absent: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_expressions_are_answered_and_others_are_not() {
        for (pattern, text, answer) in [
            ("^d", "dev", Some(true)),
            ("^d", "prod", Some(false)),
            ("d", "prod", Some(true)),
            ("d$", "prod", Some(true)),
            ("o$", "prod", Some(false)),
            ("^a.*z$", "a/b/z", Some(true)),
            ("^a.*z$", "a/b/y", Some(false)),
            ("^ab+c$", "abbbc", Some(true)),
            ("^ab+c$", "ac", Some(false)),
            ("^ab*c$", "ac", Some(true)),
            ("aab", "aaab", Some(true)),
            ("^a.*z$", "a\nz", None),
            ("[a-c]", "a", None),
            ("", "", Some(true)),
            ("^$", "x", Some(false)),
        ] {
            let compiled = Pattern::new(pattern, None).unwrap();
            assert_eq!(compiled.is_found_in(text), answer, "{pattern} {text}");
        }
    }
}
