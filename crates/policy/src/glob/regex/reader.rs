//! Reads the smallest parts of a regular expression: groups' openings, atoms, quantifiers.

use super::escape::{self, Escape};
use super::{Irregular, ParseError, Regex, UnitSet};
use crate::glob::units::{Units, glyph};

/// Larger bounds of a repeat count as this one.
const REPEAT_LIMIT: u32 = 0x7FFF_FFFF;

/// What a parenthesis opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    Plain,
    LookAhead { negative: bool },
    LookBehind,
}

/// The text and how far it has been read.
pub(super) struct Reader<'a> {
    text: &'a [u16],
    at: usize,
    /// Number of capturing groups in the whole text.
    groups: u32,
    named: bool,
    names: Vec<Units>,
    references: Vec<Units>,
    pub(super) irregular: Vec<Irregular>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a [u16]) -> Self {
        let (groups, named) = count_groups(text);
        Self {
            text,
            at: 0,
            groups,
            named,
            names: Vec::new(),
            references: Vec::new(),
            irregular: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> Option<u16> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<u16> {
        self.text.get(self.at + ahead).copied()
    }

    pub(super) fn advance(&mut self) -> Option<u16> {
        let unit = self.peek();
        self.at += usize::from(unit.is_some());
        unit
    }

    pub(super) fn sees(&self, wanted: char) -> bool {
        self.peek().is_some_and(|unit| glyph(unit) == wanted)
    }

    /// Consumes `wanted` if it is next.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.sees(wanted);
        self.at += usize::from(found);
        found
    }

    /// Whether any group has a name, which makes `\k` strict.
    pub(super) fn has_names(&self) -> bool {
        self.named
    }

    pub(super) fn open_group(&mut self) -> Result<GroupKind, ParseError> {
        self.advance();
        if !self.take('?') {
            return Ok(GroupKind::Plain);
        }
        match self.advance().map(glyph) {
            Some(':') => Ok(GroupKind::Plain),
            Some('=') => Ok(GroupKind::LookAhead { negative: false }),
            Some('!') => Ok(GroupKind::LookAhead { negative: true }),
            Some('<') if self.take('=') || self.take('!') => Ok(GroupKind::LookBehind),
            Some('<') => {
                let name = self.read_name()?;
                if self.names.contains(&name) {
                    return Err(ParseError::Invalid);
                }
                self.names.push(name);
                Ok(GroupKind::Plain)
            }
            _ => Err(ParseError::Invalid),
        }
    }

    /// Reads a group's name and its `>`.
    pub(super) fn read_name(&mut self) -> Result<Units, ParseError> {
        let mut name = Units::new();
        loop {
            let Some(unit) = self.advance() else {
                return Err(ParseError::Invalid);
            };
            match glyph(unit) {
                '>' if !name.is_empty() => return Ok(name),
                'A'..='Z' | 'a'..='z' | '$' | '_' => name.push(unit),
                '0'..='9' if !name.is_empty() => name.push(unit),
                '\\' => return Err(ParseError::ForeignName),
                other if !other.is_ascii() => return Err(ParseError::ForeignName),
                _ => return Err(ParseError::Invalid),
            }
        }
    }

    pub(super) fn check_references(&self) -> Result<(), ParseError> {
        let known = self.references.iter().all(|name| self.names.contains(name));
        if known {
            Ok(())
        } else {
            Err(ParseError::Invalid)
        }
    }

    /// After a backslash: notes a word boundary. It takes no quantifier.
    pub(super) fn read_word_boundary(&mut self) -> bool {
        let found = self.take('b') || self.take('B');
        if found {
            self.irregular.push(Irregular::WordBoundary);
        }
        found
    }

    pub(super) fn read_escaped_atom(&mut self) -> Result<Regex, ParseError> {
        if self.sees('k') && self.named {
            self.advance();
            if !self.take('<') {
                return Err(ParseError::Invalid);
            }
            let name = self.read_name()?;
            self.references.push(name);
            self.irregular.push(Irregular::BackReference);
            return Ok(Regex::Empty);
        }
        if self.read_group_number() {
            self.irregular.push(Irregular::BackReference);
            return Ok(Regex::Empty);
        }
        Ok(match escape::read(self, false)? {
            Escape::Unit(unit) => Regex::Unit(UnitSet::single(unit)),
            Escape::Set(set) => Regex::Unit(set),
        })
    }

    /// Consumes a decimal number that some group has.
    fn read_group_number(&mut self) -> bool {
        let digits = self.text.get(self.at..).unwrap_or_default().iter();
        let digits: Vec<u32> = digits.map_while(|unit| glyph(*unit).to_digit(10)).collect();
        let number = digits.iter().fold(0_u32, |number, digit| {
            number.saturating_mul(10).saturating_add(*digit)
        });
        let found = digits.first().is_some_and(|first| *first != 0) && number <= self.groups;
        if found {
            self.at += digits.len();
        }
        found
    }

    pub(super) fn quantify(&mut self, body: Regex) -> Result<Regex, ParseError> {
        let (min, max) = match self.peek().map(glyph) {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.interval() {
                Some((min, max, length)) => {
                    // The last unit is consumed below.
                    self.at += length - 1;
                    (min, max)
                }
                None => return Ok(body),
            },
            _ => return Ok(body),
        };
        self.advance();
        self.take('?');
        if max.is_some_and(|max| max < min) {
            return Err(ParseError::Invalid);
        }
        Ok(Regex::Repeat {
            body: Box::new(body),
            min,
            max,
        })
    }

    pub(super) fn refuse_quantifier(&mut self) -> Result<(), ParseError> {
        match self.quantify(Regex::Empty)? {
            Regex::Empty => Ok(()),
            _ => Err(ParseError::Invalid),
        }
    }

    /// The bounds of `{n}`, `{n,}` or `{n,m}` that stands here, and its length.
    pub(super) fn interval(&self) -> Option<(u32, Option<u32>, usize)> {
        let mut rest = self
            .text
            .get(self.at + 1..)?
            .iter()
            .map(|unit| glyph(*unit))
            .peekable();
        let mut length = 1;
        let mut number = || {
            let mut value = None;
            while let Some(digit) = rest.peek().and_then(|glyph| glyph.to_digit(10)) {
                value = Some(
                    value
                        .unwrap_or(0_u32)
                        .saturating_mul(10)
                        .saturating_add(digit)
                        .min(REPEAT_LIMIT),
                );
                rest.next();
                length += 1;
            }
            let end = rest.next();
            length += 1;
            (value, end)
        };
        let (min, end) = number();
        let min = min?;
        let (max, end) = if end == Some(',') {
            number()
        } else {
            (Some(min), end)
        };
        (end == Some('}')).then_some((min, max, length))
    }
}

/// Counts the capturing groups of `text` and tells whether any has a name.
pub(super) fn count_groups(text: &[u16]) -> (u32, bool) {
    let (mut count, mut named, mut in_class) = (0, false, false);
    let mut units = text.iter().map(|unit| glyph(*unit)).peekable();
    while let Some(unit) = units.next() {
        match unit {
            '\\' => {
                units.next();
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let mut captures = true;
                if units.next_if_eq(&'?').is_some() {
                    captures = units.next_if_eq(&'<').is_some()
                        && !matches!(units.peek(), Some('=' | '!'));
                    named |= captures;
                }
                count += u32::from(captures);
            }
            _ => {}
        }
    }
    (count, named)
}
