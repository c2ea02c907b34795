//! Whose turn it is: a later question of one kind ends the work for an earlier one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many questions of one kind began; only the last one counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Arc<AtomicU64>);

/// The turn of one question.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    turns: &'a Turns,
    number: u64,
}

impl Turns {
    /// Begins a turn; the one before is over.
    pub fn next(&self) -> Turn<'_> {
        Turn {
            turns: self,
            number: self.0.fetch_add(1, Ordering::SeqCst) + 1,
        }
    }
}

impl Turn<'_> {
    /// Whether a later question came.
    pub fn is_over(&self) -> bool {
        self.turns.0.load(Ordering::SeqCst) != self.number
    }
}
