//! The history: what was done to the access of a project, append-only.

use chrono::{DateTime, Utc};

use crate::id::{HistoryId, MemberId};

/// One entry of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its id.
    pub id: HistoryId,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What was done, as `kind of object.deed`, such as `privilege.attach`.
    pub deed: String,
    /// Whose access it concerns, if it concerns one member's.
    pub member: Option<MemberId>,
    /// The id of the object that changed.
    pub object: String,
    /// The name of that object when it changed, for reading.
    pub title: String,
    /// The object before, as JSON text; `None` if it was made.
    pub before: Option<String>,
    /// The object after, as JSON text; `None` if it was removed.
    pub after: Option<String>,
    /// Why, in the admin's words.
    pub reason: String,
    /// The entry that this one takes back, if it is an undo.
    pub undoes: Option<HistoryId>,
}
