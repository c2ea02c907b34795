//! Escapes: what a backslash makes of the unit behind it.

use super::reader::Reader;
use super::{ParseError, UnitSet};
use crate::glob::units::glyph;

/// What an escape stands for, inside and outside of classes.
pub(super) enum Escape {
    Unit(u16),
    Set(UnitSet),
}

/// Reads the escape whose backslash was just consumed.
///
/// `in_class` matters for `\b` and for what `\c` takes; back-references and assertions are the
/// caller's.
pub(super) fn read(reader: &mut Reader<'_>, in_class: bool) -> Result<Escape, ParseError> {
    let Some(unit) = reader.peek() else {
        return Err(ParseError::Invalid);
    };
    if let Some(set) = named_set(glyph(unit)) {
        reader.advance();
        return Ok(Escape::Set(set));
    }
    let value = match glyph(unit) {
        '0'..='7' => return Ok(Escape::Unit(octal(reader))),
        'c' => return Ok(Escape::Unit(control_letter(reader, in_class))),
        'k' if reader.has_names() => return Err(ParseError::Invalid),
        'b' if in_class => 0x08,
        'f' => 0x0C,
        'n' => 0x0A,
        'r' => 0x0D,
        't' => 0x09,
        'v' => 0x0B,
        'x' => return Ok(Escape::Unit(hexadecimal(reader, 2).unwrap_or(unit))),
        'u' => return Ok(Escape::Unit(hexadecimal(reader, 4).unwrap_or(unit))),
        _ => unit,
    };
    reader.advance();
    Ok(Escape::Unit(value))
}

fn named_set(letter: char) -> Option<UnitSet> {
    let ranges: &[(u16, u16)] = match letter.to_ascii_lowercase() {
        'd' => &[(0x30, 0x39)],
        'w' => &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
        's' => &[
            (0x09, 0x0D),
            (0x20, 0x20),
            (0xA0, 0xA0),
            (0x1680, 0x1680),
            (0x2000, 0x200A),
            (0x2028, 0x2029),
            (0x202F, 0x202F),
            (0x205F, 0x205F),
            (0x3000, 0x3000),
            (0xFEFF, 0xFEFF),
        ],
        _ => return None,
    };
    let set = UnitSet::new(ranges.to_vec());
    Some(if letter.is_ascii_uppercase() {
        set.complement()
    } else {
        set
    })
}

/// Up to three octal digits with a value below 256.
fn octal(reader: &mut Reader<'_>) -> u16 {
    let mut value = 0;
    for _ in 0..3 {
        let digit = reader.peek().and_then(|unit| glyph(unit).to_digit(8));
        let Some(digit) = digit
            .and_then(|digit| u16::try_from(digit).ok())
            .filter(|_| value < 32)
        else {
            break;
        };
        value = value * 8 + digit;
        reader.advance();
    }
    value
}

/// At the `c` of `\c`: the control unit, or the backslash itself if no letter follows.
fn control_letter(reader: &mut Reader<'_>, in_class: bool) -> u16 {
    let letter = reader.peek_at(1);
    let takes = letter.is_some_and(|unit| {
        let glyph = glyph(unit);
        glyph.is_ascii_alphabetic() || (in_class && (glyph.is_ascii_digit() || glyph == '_'))
    });
    match letter {
        Some(unit) if takes => {
            reader.advance();
            reader.advance();
            unit & 0x1F
        }
        _ => u16::from(b'\\'),
    }
}

/// At the `x` or `u`: consumes it, and the `digits` behind it if they are all there.
fn hexadecimal(reader: &mut Reader<'_>, digits: usize) -> Option<u16> {
    reader.advance();
    let value = (0..digits).try_fold(0_u16, |value, ahead| {
        let digit = glyph(reader.peek_at(ahead)?).to_digit(16)?;
        Some(value * 16 + u16::try_from(digit).ok()?)
    })?;
    for _ in 0..digits {
        reader.advance();
    }
    Some(value)
}
