//! Remembers what was made lately, so that it need not be made again.

use std::collections::HashMap;

/// Values by their text, forgotten all at once when there are too many.
#[derive(Debug)]
pub struct Recent<T> {
    values: HashMap<String, T>,
    most: usize,
}

impl<T> Recent<T> {
    /// Remembers at most `most` values.
    pub fn new(most: usize) -> Self {
        Self {
            values: HashMap::new(),
            most,
        }
    }

    /// The value for `text`, made if it is not remembered.
    pub fn get(&mut self, text: &str, make: impl FnOnce() -> T) -> &T {
        if self.values.len() >= self.most && !self.values.contains_key(text) {
            self.values.clear();
        }
        self.values.entry(text.to_owned()).or_insert_with(make)
    }
}
