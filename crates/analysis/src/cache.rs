//! What is made once and used by many analyses: automata and the cells of texts.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reeve_policy::glob::{Automaton, Glob};

use crate::cells::text::{TextCells, TextKey};
use crate::universe::Form;

/// What is made once and used by many analyses. It can be shared between threads; it forgets
/// everything when it has grown large.
#[derive(Debug, Default)]
pub struct Cache {
    globs: Mutex<BTreeMap<Box<str>, Arc<Glob>>>,
    forms: Mutex<BTreeMap<Form, Option<Arc<Automaton>>>>,
    texts: Mutex<BTreeMap<TextKey, Arc<TextCells>>>,
}

/// How many patterns, forms and lists of cells are kept at most.
const KEPT: (usize, usize, usize) = (4_096, 64, 512);

impl Cache {
    /// A cache with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The pattern, prepared by whoever asked first.
    pub(crate) fn glob(&self, pattern: &str, glob: &Arc<Glob>) -> Arc<Glob> {
        let mut globs = lock(&self.globs);
        if let Some(known) = globs.get(pattern) {
            return Arc::clone(known);
        }
        if globs.len() >= KEPT.0 {
            globs.clear();
        }
        globs.insert(pattern.into(), Arc::clone(glob));
        Arc::clone(glob)
    }

    /// The automaton of a form, if it has one.
    pub(crate) fn form(&self, form: &Form) -> Option<Arc<Automaton>> {
        if let Some(known) = lock(&self.forms).get(form) {
            return known.clone();
        }
        let made = Automaton::of_regex(form.expression()).map(Arc::new);
        let mut forms = lock(&self.forms);
        if forms.len() >= KEPT.1 {
            forms.clear();
        }
        forms.insert(form.clone(), made.clone());
        made
    }

    pub(crate) fn texts(&self, key: &TextKey) -> Option<Arc<TextCells>> {
        lock(&self.texts).get(key).cloned()
    }

    pub(crate) fn keep_texts(&self, key: TextKey, cells: TextCells) -> Arc<TextCells> {
        let mut texts = lock(&self.texts);
        if texts.len() >= KEPT.2 {
            texts.clear();
        }
        Arc::clone(texts.entry(key).or_insert_with(|| Arc::new(cells)))
    }
}

/// What is kept is only ever whole, so a panic elsewhere spoils nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
