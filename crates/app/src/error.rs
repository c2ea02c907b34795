//! What a deed can fail with when its request was sound.

use reeve_policy::read::ReadError;
pub use reeve_store::error::StoreError;

/// Why a deed was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DeedError {
    /// No workspace is open.
    #[error("no workspace is open")]
    NoWorkspace,
    /// The thing asked for is not in the workspace, or no longer.
    #[error("the {what} does not exist any more")]
    Missing {
        /// What kind of thing, in a word.
        what: &'static str,
    },
    /// Something else changed in the meantime.
    #[error("{sentence}")]
    Conflict {
        /// What changed, as a sentence.
        sentence: String,
    },
    /// A later question took the place of this one, so the work for it ended.
    #[error("a later question took the place of this one")]
    Superseded,
    /// The disk refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rules that are stored are not rules.
    #[error("the rules of `{slug}` cannot be read")]
    UnreadableRules {
        /// The slug of the role or privilege.
        slug: String,
        /// Where reading stopped.
        source: ReadError,
    },
}

impl DeedError {
    /// Whether the same request may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}
