//! Character classes in square brackets.

use super::escape::{self, Escape};
use super::reader::Reader;
use super::{ParseError, UnitSet};
use crate::glob::units::glyph;

/// Reads the class whose `[` was just consumed, its `]` included.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<UnitSet, ParseError> {
    let negated = reader.take('^');
    let mut ranges = Vec::new();
    while !reader.sees(']') {
        let first = read_member(reader)?;
        if !reader.take('-') {
            push(&mut ranges, &first);
        } else if reader.sees(']') {
            push(&mut ranges, &first);
            push(&mut ranges, &Escape::Unit(u16::from(b'-')));
        } else {
            let second = read_member(reader)?;
            push_range(&mut ranges, &first, &second)?;
        }
    }
    reader.advance();
    let set = UnitSet::new(ranges);
    Ok(if negated { set.complement() } else { set })
}

fn read_member(reader: &mut Reader<'_>) -> Result<Escape, ParseError> {
    match reader.advance() {
        None => Err(ParseError::Invalid),
        Some(unit) if glyph(unit) == '\\' => escape::read(reader, true),
        Some(unit) => Ok(Escape::Unit(unit)),
    }
}

fn push_range(
    ranges: &mut Vec<(u16, u16)>,
    first: &Escape,
    second: &Escape,
) -> Result<(), ParseError> {
    match (first, second) {
        (Escape::Unit(low), Escape::Unit(high)) if low > high => Err(ParseError::Invalid),
        (Escape::Unit(low), Escape::Unit(high)) => {
            ranges.push((*low, *high));
            Ok(())
        }
        // With a set at either end, the hyphen stands for itself.
        _ => {
            push(ranges, first);
            push(ranges, &Escape::Unit(u16::from(b'-')));
            push(ranges, second);
            Ok(())
        }
    }
}

fn push(ranges: &mut Vec<(u16, u16)>, member: &Escape) {
    match member {
        Escape::Unit(unit) => ranges.push((*unit, *unit)),
        Escape::Set(set) => ranges.extend_from_slice(set.ranges()),
    }
}
