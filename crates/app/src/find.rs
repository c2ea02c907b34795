//! Finds members, roles and folders by what was typed.

pub use reeve_store::lookup::{Hits, MemberHit, RoleHit};

use crate::error::DeedError;
use crate::reeve::Reeve;

/// How many of each kind are found.
const FOUND: usize = 6;

impl Reeve {
    /// What `text` finds, a few of each kind, best first.
    pub fn find(&self, text: &str) -> Result<Hits, DeedError> {
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(snapshot.lookup(text, FOUND)?))
    }
}
