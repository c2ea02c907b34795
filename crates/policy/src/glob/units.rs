//! Text as the server's engine sees it: a row of UTF-16 units, surrogates included.
//!
//! JavaScript strings and flagless regular expressions count units, so an emoji is two of them.
//! Nothing here knows what the text means.

use std::fmt;

/// A growable row of UTF-16 units; unlike `String` it may hold a lone surrogate.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Units(Vec<u16>);

impl Units {
    /// An empty row.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The units as a slice.
    pub fn as_slice(&self) -> &[u16] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the row spells exactly `text`.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0.iter().copied().eq(text.encode_utf16())
    }

    pub(super) fn push(&mut self, unit: u16) {
        self.0.push(unit);
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.0.extend(text.encode_utf16());
    }

    pub(super) fn push_units(&mut self, units: &[u16]) {
        self.0.extend_from_slice(units);
    }

    pub(super) fn contains(&self, glyph: char) -> bool {
        self.position(glyph).is_some()
    }

    pub(super) fn position(&self, wanted: char) -> Option<usize> {
        self.0.iter().position(|unit| glyph(*unit) == wanted)
    }

    pub(super) fn last_position(&self, wanted: char) -> Option<usize> {
        self.0.iter().rposition(|unit| glyph(*unit) == wanted)
    }

    /// The row from `start` on, empty when `start` lies past the end (`slice(start)`).
    pub(super) fn tail(&self, start: usize) -> Units {
        Self(self.0.get(start..).unwrap_or_default().to_vec())
    }

    /// Keeps the first `count` units (`slice(0, count)`).
    pub(super) fn keep(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// Drops `count` units from the end as JavaScript's `slice(0, -count)` does: dropping none drops all.
    pub(super) fn drop_last(&mut self, count: usize) {
        let kept = if count == 0 {
            0
        } else {
            self.0.len().saturating_sub(count)
        };
        self.0.truncate(kept);
    }
}

impl From<&str> for Units {
    fn from(text: &str) -> Self {
        Self(text.encode_utf16().collect())
    }
}

impl From<u16> for Units {
    fn from(unit: u16) -> Self {
        Self(vec![unit])
    }
}

impl From<Vec<u16>> for Units {
    fn from(units: Vec<u16>) -> Self {
        Self(units)
    }
}

impl fmt::Display for Units {
    /// Writes the text, a lone surrogate as U+FFFD.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        char::decode_utf16(self.0.iter().copied()).try_for_each(|decoded| {
            write!(
                formatter,
                "{}",
                decoded.unwrap_or(char::REPLACEMENT_CHARACTER)
            )
        })
    }
}

/// The character of one unit, U+FFFD for a surrogate; meant for comparing with ASCII.
pub(super) fn glyph(unit: u16) -> char {
    char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether a regular expression's `\w` takes the unit.
pub(super) fn is_word(unit: u16) -> bool {
    let glyph = glyph(unit);
    glyph.is_ascii_alphanumeric() || glyph == '_'
}

/// Whether the unit ends a line, so that `.` refuses it.
pub(super) fn is_line_terminator(unit: u16) -> bool {
    matches!(glyph(unit), '\n' | '\r' | '\u{2028}' | '\u{2029}')
}
