//! Consequences that were found before, by the rules that count before and after.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reeve_analysis::{Cache, Universe};
use reeve_domain::project::Semantics;

use super::Consequence;

/// How many lists of rules and how many consequences are kept.
const KEPT: usize = 50_000;

/// Numbers up to here part the two sides of a key.
const FIRST: u32 = 1;

/// Consequences that were found before. They hold for one universe and one semantics.
#[derive(Default)]
pub(crate) struct KnownConsequences {
    world: Option<(Universe, Semantics)>,
    /// Lists of rules by their text, numbered.
    lists: HashMap<Box<str>, u32>,
    next: u32,
    found: HashMap<Box<[u32]>, Arc<Consequence>>,
    analysis: Arc<Cache>,
}

impl KnownConsequences {
    /// Forgets everything that was found in another world.
    pub fn enter(&mut self, universe: &Universe, semantics: Semantics) -> Arc<Cache> {
        let same = self
            .world
            .as_ref()
            .is_some_and(|(known, order)| known == universe && *order == semantics);
        if !same || self.found.len() >= KEPT || self.lists.len() >= KEPT {
            *self = Self {
                world: Some((universe.clone(), semantics)),
                // Numbers are never given twice: whoever still holds one finds nothing by it.
                next: self.next,
                ..Self::default()
            };
        }
        Arc::clone(&self.analysis)
    }

    /// The number of a list of rules with this text.
    pub fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.lists.get(text) {
            return *number;
        }
        self.next = self.next.wrapping_add(1);
        let number = self.next.wrapping_add(FIRST);
        self.lists.insert(text.into(), number);
        number
    }

    pub fn get(&self, key: &[u32]) -> Option<Arc<Consequence>> {
        self.found.get(key).cloned()
    }

    pub fn keep(&mut self, key: Box<[u32]>, consequence: Arc<Consequence>) {
        self.found.insert(key, consequence);
    }
}

/// What is kept is only ever whole, so a panic elsewhere spoils nothing.
pub(super) fn lock(known: &Mutex<KnownConsequences>) -> MutexGuard<'_, KnownConsequences> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
