//! Matches what no automaton can follow (references back, boundaries of words, looks behind) the
//! way JavaScript does: by trying one way after the other.
//!
//! It says whether there is a match, for one value at a time; it cannot say anything about all
//! values. Its time is bounded by counting steps.

mod code;
mod run;
mod tree;

use code::Instruction;

/// An expression, ready to be matched.
#[derive(Clone, Debug)]
pub struct Backtracker {
    code: Vec<Instruction>,
    /// Number of capturing groups, the whole match not counted.
    groups: usize,
    loops: usize,
}

/// Matching takes more steps than allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManySteps;

impl Backtracker {
    /// Prepares `text`, which must be a valid expression without group names in other letters than
    /// ASCII: [`super::parse`] accepts it.
    pub fn new(text: &[u16]) -> Option<Self> {
        let (node, groups) = tree::parse(text)?;
        let (code, loops) = code::compile(&node);
        Some(Self {
            code,
            groups,
            loops,
        })
    }

    /// Whether `value` has a match anywhere, in at most `limit` steps.
    pub fn is_found_in(&self, value: &[u16], limit: usize) -> Result<bool, TooManySteps> {
        run::is_found(self, value, limit)
    }
}
