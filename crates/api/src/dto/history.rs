//! The history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::MemberRef;

/// Asks for a slice of the history, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryRequest {
    /// Only what concerns this member.
    pub member: Option<String>,
    /// Only what is older than this entry.
    pub before: Option<String>,
    /// How many, at most 200.
    pub limit: u32,
}

/// A slice of the history.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// The entries, newest first.
    pub entries: Vec<HistoryEntryView>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One entry.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntryView {
    /// Its id.
    pub id: String,
    /// When.
    pub at: String,
    /// What was done, such as `privilege.attach`.
    pub deed: String,
    /// What was done, as a sentence.
    pub sentence: String,
    /// Whose access it concerns.
    pub member: Option<MemberRef>,
    /// Why.
    pub reason: String,
    /// The object before, as indented JSON.
    pub before: Option<String>,
    /// The object after, as indented JSON.
    pub after: Option<String>,
    /// Whether it can be taken back now.
    pub can_undo: bool,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Takes back what an entry of the history did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UndoRequest {
    /// The entry.
    pub history: String,
}
