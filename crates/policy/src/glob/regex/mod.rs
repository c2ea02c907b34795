//! JavaScript regular expressions without flags, as text and as a tree.
//!
//! The grammar is ECMAScript's with its Annex B, as V8 reads it; whether a text is valid agrees
//! with `new RegExp(text)`. Nothing here knows about globs.

pub(super) mod backtrack;
mod class;
mod escape;
mod parse;
mod reader;
mod unit_set;

#[cfg(test)]
mod tests;

pub use parse::parse;
pub use unit_set::UnitSet;

/// A regular expression as a tree. Groups leave no trace, nor does greediness: both only matter to
/// what is captured, not to whether there is a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Regex {
    /// Matches the empty text.
    Empty,
    /// One unit out of a set.
    Unit(UnitSet),
    /// One after the other.
    Sequence(Vec<Regex>),
    /// Any one of them.
    Choice(Vec<Regex>),
    /// A number of times, without limit if there is no `max`.
    Repeat {
        /// What is repeated.
        body: Box<Regex>,
        /// At least so often.
        min: u32,
        /// At most so often.
        max: Option<u32>,
    },
    /// Matches the empty text if the body matches what follows, or if it does not.
    LookAhead {
        /// What is looked for.
        body: Box<Regex>,
        /// Whether it must not be there.
        negative: bool,
    },
    /// The beginning of the text.
    Start,
    /// The end of the text.
    End,
}

/// A valid regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The tree; what cannot be told by an automaton stands in it as [`Regex::Empty`].
    pub regex: Regex,
    /// What cannot be told by an automaton, in order of appearance and without repetition.
    pub irregular: Vec<Irregular>,
}

/// A part of a regular expression that the automaton has no means to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Irregular {
    /// `\1` or `\k<name>`: the text of a group, once more.
    BackReference,
    /// `\b` or `\B`.
    WordBoundary,
    /// `(?<=…)` or `(?<!…)`.
    LookBehind,
}

/// Why a text was not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// JavaScript refuses it.
    Invalid,
    /// It is nested deeper than is followed here.
    TooDeep,
    /// A group has a name in other letters than ASCII, which is not followed here.
    ForeignName,
}
