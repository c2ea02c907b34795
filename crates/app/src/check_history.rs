//! Checks that nobody changed the history: every entry is chained to the one before it.

use chrono::{DateTime, Utc};
pub use reeve_store::chain::{ChainBreak, Fingerprint, Link};
use reeve_store::workspace::Workspace;

use crate::error::DeedError;
use crate::reeve::Reeve;

/// How much of the history is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// What was added since the last check of this workspace; all of it if there was none.
    New,
    /// All of it.
    Whole,
}

/// Whether the history is as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryCheck {
    /// How many entries there are.
    pub entries: u64,
    /// The last entry, which vouches for all before.
    pub head: Link,
    /// Where the chain is broken, oldest first.
    pub breaks: Vec<ChainBreak>,
    /// When all of it was looked at last.
    pub checked_at: DateTime<Utc>,
}

impl Reeve {
    /// Checks the history of the open workspace. What is broken stays as it is.
    pub fn check_history(&self, effort: Effort) -> Result<HistoryCheck, DeedError> {
        let now = self.now();
        let workspace = self.workspace()?;
        let known = match effort {
            Effort::New => self.known_check(&workspace),
            Effort::Whole => None,
        };
        let from = known.as_ref().map_or(Link::START, |known| known.head);
        let found = workspace
            .reader()
            .read(|snapshot| snapshot.check_chain(from))?;
        let check = HistoryCheck {
            entries: found.entries + known.as_ref().map_or(0, |known| known.entries),
            head: found.head,
            breaks: found.breaks,
            checked_at: known.map_or(now, |known| known.checked_at),
        };
        self.remember_check(&workspace, &check);
        Ok(check)
    }

    /// The last check, if it found nothing: what was broken once is looked at again.
    fn known_check(&self, workspace: &Workspace) -> Option<HistoryCheck> {
        let last = self.last_check();
        let (path, check) = last.as_ref()?;
        (path == workspace.path() && check.breaks.is_empty()).then(|| check.clone())
    }

    fn remember_check(&self, workspace: &Workspace, check: &HistoryCheck) {
        *self.last_check() = Some((workspace.path().to_owned(), check.clone()));
    }
}
