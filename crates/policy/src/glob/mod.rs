//! Globs, matched exactly as the server matches them.
//!
//! The server calls `picomatch.isMatch(value, pattern, { strictSlashes: false })` (3.0.1). Common
//! shapes have a matcher of their own. All else is translated into picomatch's regular expression
//! and run as an automaton, from left to right where it is small and the value is ASCII; what no
//! automaton can follow is tried way by way. Plain patterns without a small automaton, or on other
//! values, go to globset. All give the same answers; what none of them can give is refused with a
//! reason. Nothing here knows about rules.

mod alphabet;
mod ambiguity;
pub mod automaton;
mod bits;
mod byte_table;
mod diagnosis;
mod exact;
mod plain;
mod program;
pub mod regex;
mod risky;
mod shape;
mod simulation;
pub mod translate;
pub mod units;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

pub use alphabet::{Alphabet, Class};
pub use automaton::{Automaton, State};
use byte_table::ByteTable;
pub use diagnosis::Diagnosis;
use exact::Exact;
use plain::Plain;
use shape::Shape;

/// A pattern, ready to be matched. Reading it never fails and never loops.
#[derive(Clone, Debug)]
pub struct Glob {
    pattern: String,
    lane: Lane,
    table: OnceLock<Option<ByteTable>>,
    exact: OnceLock<Result<Exact, Unreproducible>>,
    diagnoses: OnceLock<Vec<Diagnosis>>,
}

/// Who answers for the pattern.
#[derive(Clone, Debug)]
enum Lane {
    Shape(Shape),
    Plain(Plain),
    Exact,
}

/// Why the server's answer cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Unreproducible {
    /// The pattern refers back to what a group matched.
    #[error("the pattern refers back to one of its groups")]
    BackReference,
    /// The pattern asks for a word boundary.
    #[error("the pattern asks for a word boundary")]
    WordBoundary,
    /// The pattern looks behind.
    #[error("the pattern looks behind")]
    LookBehind,
    /// A group of the pattern has a name in other letters than ASCII.
    #[error("the pattern names a group in letters other than ASCII")]
    ForeignGroupName,
    /// The server's parser does not end.
    #[error("the server never finishes reading the pattern")]
    NeverEnds,
    /// The server throws, whatever the value.
    #[error("the server fails on the pattern, whatever the value")]
    ServerFails,
    /// The pattern is longer or nested deeper than is followed.
    #[error("the pattern is too large to follow")]
    TooLarge,
    /// The pattern has no automaton of acceptable size and the value is too long to do without.
    #[error("pattern and value together are too much work")]
    TooMuchWork,
    /// The pattern has no automaton of acceptable size; single values can still be matched.
    #[error("the pattern needs too many states")]
    TooManyStates,
}

impl Glob {
    /// Reads `pattern`.
    pub fn new(pattern: &str) -> Self {
        let lane = if translate::is_refused_by_server(pattern) {
            Lane::Exact
        } else if let Some(shape) = Shape::of(pattern) {
            Lane::Shape(shape)
        } else {
            Plain::of(pattern).map_or(Lane::Exact, Lane::Plain)
        };
        Self {
            pattern: pattern.to_owned(),
            lane,
            table: OnceLock::new(),
            exact: OnceLock::new(),
            diagnoses: OnceLock::new(),
        }
    }

    /// The pattern as it was given.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether the server would find that `value` matches.
    #[inline]
    pub fn matches(&self, value: &str) -> Result<bool, Unreproducible> {
        match &self.lane {
            Lane::Shape(shape) => Ok(self.shortcut(value).unwrap_or_else(|| shape.matches(value))),
            Lane::Plain(_) | Lane::Exact => {
                match self.table().and_then(|table| table.matches(value)) {
                    Some(answer) => Ok(answer),
                    None => self.matches_without_table(value),
                }
            }
        }
    }

    fn matches_without_table(&self, value: &str) -> Result<bool, Unreproducible> {
        let plain = match &self.lane {
            Lane::Plain(plain) => self.shortcut(value).or_else(|| plain.matches(value)),
            Lane::Shape(_) | Lane::Exact => None,
        };
        plain.map_or_else(|| self.matches_exactly(value), Ok)
    }

    /// What a person should know about the pattern, in the order of weight.
    pub fn diagnoses(&self) -> &[Diagnosis] {
        self.diagnoses
            .get_or_init(|| diagnosis::diagnose(&self.pattern))
    }

    /// The automaton of exactly the values that match: the text of the pattern is one of them, the
    /// empty value is not.
    pub fn automaton(&self) -> Result<&Automaton, Unreproducible> {
        self.exact().as_ref().map_err(|reason| *reason)?.automaton()
    }

    /// The answers that need no regular expression: the empty texts and the pattern itself.
    fn shortcut(&self, value: &str) -> Option<bool> {
        if value.is_empty() || self.pattern.is_empty() {
            return Some(false);
        }
        (value == self.pattern).then_some(true)
    }

    /// As [`Glob::matches`], by the exact engine alone.
    fn matches_exactly(&self, value: &str) -> Result<bool, Unreproducible> {
        let exact = self.exact();
        // The server reads the pattern before it looks at the value.
        if let Err(lost @ (Unreproducible::NeverEnds | Unreproducible::ServerFails)) = exact {
            return Err(*lost);
        }
        match self.shortcut(value) {
            Some(answer) => Ok(answer),
            None => exact.as_ref().map_err(|reason| *reason)?.matches(value),
        }
    }

    /// The table of the exact automaton, if both can be made.
    fn table(&self) -> Option<&ByteTable> {
        let make = || ByteTable::of(self.automaton().ok()?);
        self.table.get_or_init(make).as_ref()
    }

    fn exact(&self) -> &Result<Exact, Unreproducible> {
        self.exact.get_or_init(|| Exact::new(&self.pattern))
    }
}
