//! Reads the text of a regular expression into a tree.

use super::reader::{GroupKind, Reader};
use super::{Irregular, ParseError, Parsed, Regex, UnitSet, class};
use crate::glob::units::glyph;

/// How many groups may be open at once.
const DEPTH_LIMIT: usize = 400;

/// Parses `text` as `new RegExp(text)` would.
///
/// Two groups of one name are refused even in different branches, as all of Node up to 22 does.
pub fn parse(text: &[u16]) -> Result<Parsed, ParseError> {
    let mut reader = Reader::new(text);
    let mut open: Vec<Group> = Vec::new();
    let mut level = Level::default();
    while let Some(unit) = reader.peek() {
        match glyph(unit) {
            '(' => {
                let group = Group {
                    kind: reader.open_group()?,
                    outside: std::mem::take(&mut level),
                };
                open.push(group);
                if open.len() > DEPTH_LIMIT {
                    return Err(ParseError::TooDeep);
                }
            }
            ')' => {
                reader.advance();
                let group = open.pop().ok_or(ParseError::Invalid)?;
                let body = std::mem::replace(&mut level, group.outside).finish();
                level.push_group(group.kind, body, &mut reader)?;
            }
            '|' => {
                reader.advance();
                level.next_branch();
            }
            _ => level.push_plain(&mut reader)?,
        }
    }
    reader.check_references()?;
    if !open.is_empty() {
        return Err(ParseError::Invalid);
    }
    reader.irregular.sort_unstable();
    reader.irregular.dedup();
    Ok(Parsed {
        regex: level.finish(),
        irregular: reader.irregular,
    })
}

struct Group {
    kind: GroupKind,
    outside: Level,
}

/// What has been read between two parentheses.
#[derive(Default)]
struct Level {
    branches: Vec<Regex>,
    terms: Vec<Regex>,
}

impl Level {
    fn next_branch(&mut self) {
        let branch = sequence(std::mem::take(&mut self.terms));
        self.branches.push(branch);
    }

    fn finish(mut self) -> Regex {
        self.next_branch();
        match self.branches.len() {
            1 => self.branches.pop().unwrap_or(Regex::Empty),
            _ => Regex::Choice(self.branches),
        }
    }

    fn push_group(
        &mut self,
        kind: GroupKind,
        body: Regex,
        reader: &mut Reader<'_>,
    ) -> Result<(), ParseError> {
        let term = match kind {
            GroupKind::Plain => body,
            GroupKind::LookAhead { negative } => Regex::LookAhead {
                body: Box::new(body),
                negative,
            },
            GroupKind::LookBehind => {
                reader.irregular.push(Irregular::LookBehind);
                self.terms.push(Regex::Empty);
                return reader.refuse_quantifier();
            }
        };
        let term = reader.quantify(term)?;
        self.terms.push(term);
        Ok(())
    }

    /// Reads one term that opens and closes no group.
    fn push_plain(&mut self, reader: &mut Reader<'_>) -> Result<(), ParseError> {
        let Some(unit) = reader.peek() else {
            return Ok(());
        };
        let atom = match glyph(unit) {
            '*' | '+' | '?' => return Err(ParseError::Invalid),
            '{' if reader.interval().is_some() => return Err(ParseError::Invalid),
            '^' | '$' => {
                reader.advance();
                self.terms.push(if glyph(unit) == '^' {
                    Regex::Start
                } else {
                    Regex::End
                });
                return Ok(());
            }
            '\\' => {
                reader.advance();
                if reader.read_word_boundary() {
                    return Ok(());
                }
                reader.read_escaped_atom()?
            }
            '[' => {
                reader.advance();
                Regex::Unit(class::read(reader)?)
            }
            '.' => {
                reader.advance();
                Regex::Unit(UnitSet::dot())
            }
            _ => {
                reader.advance();
                Regex::Unit(UnitSet::single(unit))
            }
        };
        let term = reader.quantify(atom)?;
        self.terms.push(term);
        Ok(())
    }
}

fn sequence(mut terms: Vec<Regex>) -> Regex {
    match terms.len() {
        0 => Regex::Empty,
        1 => terms.pop().unwrap_or(Regex::Empty),
        _ => Regex::Sequence(terms),
    }
}
