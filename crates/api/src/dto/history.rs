//! The history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::MemberRef;
use super::privilege::RuleView;

/// Which entries of the history are wanted. What is empty leaves nothing out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryFilter {
    /// Only what concerns this member.
    pub member: Option<String>,
    /// Only what concerns this role: itself, or who has it.
    pub role: Option<String>,
    /// Only these deeds, such as `privilege.attach`.
    pub deeds: Vec<String>,
    /// Only entries with all of these words.
    pub text: String,
}

/// Asks for a slice of the history, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryRequest {
    /// Only what concerns this member.
    pub member: Option<String>,
    /// Only what concerns this role: itself, or who has it.
    #[serde(default)]
    pub role: Option<String>,
    /// Only these deeds, such as `privilege.attach`; all if none is named.
    #[serde(default)]
    pub deeds: Vec<String>,
    /// Only entries with all of these words.
    #[serde(default)]
    pub text: String,
    /// Where the slice before left off: its `older`.
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
    /// Where to go on for older ones. A search that finds little pauses after a while, so there may
    /// be a place to go on with few entries or none.
    pub older: Option<String>,
}

/// What there is to filter the history by.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryChoices {
    /// The kinds of deeds that were done.
    pub deeds: Vec<DeedChoice>,
}

/// A kind of deed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeedChoice {
    /// What is changed, such as `Additional Privileges`.
    pub group: String,
    /// What is done, such as `Attached`.
    pub title: String,
    /// The deed, such as `privilege.attach`.
    pub deed: String,
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
    /// Who did it; empty if that was not recorded.
    pub author: String,
    /// Why.
    pub reason: String,
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

/// Asks for one entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryEntryRequest {
    /// The entry.
    pub history: String,
}

/// One entry with what it changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntryDetail {
    /// The entry.
    pub entry: HistoryEntryView,
    /// Its number in the history, from 1.
    pub number: u32,
    /// The hash of the entry and, through it, of every entry before.
    pub fingerprint: String,
    /// What it changed; `None` if what was kept cannot be read.
    pub changes: Option<Vec<ThingChangeView>>,
    /// Everything before, as indented JSON.
    pub before: Option<String>,
    /// Everything after, as indented JSON.
    pub after: Option<String>,
}

/// What happened to one thing.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ThingChangeView {
    /// What kind of thing it is, in a word or two.
    pub kind: String,
    /// Its name.
    pub title: String,
    /// Whether it was made, changed or removed.
    pub fate: ThingFate,
    /// What its fields say on each side: those that differ, or all if it was made or removed.
    pub fields: Vec<FieldChange>,
    /// Its rules, if it has some.
    pub rules: Vec<RuleChangeView>,
}

/// What happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ThingFate {
    /// It did not exist before.
    Made,
    /// It is another.
    Changed,
    /// It does not exist any more.
    Removed,
}

/// A field on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    /// The name of the field.
    pub label: String,
    /// What it said; nothing if the thing did not exist, or the field was empty.
    pub before: Option<FieldValue>,
    /// What it says then.
    pub after: Option<FieldValue>,
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum FieldValue {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// A name on the wire.
    Code {
        /// The name.
        text: String,
    },
    /// An instant.
    Instant {
        /// The instant.
        at: String,
    },
    /// An end, with the range as it was written.
    Until {
        /// The end.
        end: String,
        /// The range, such as `1h`.
        range: Option<String>,
    },
}

/// A rule of one side or both.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleChangeView {
    /// What happened to it.
    pub fate: RuleFate,
    /// The rule in words.
    pub rule: RuleView,
}

/// What happened to a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RuleFate {
    /// It stayed where it was.
    Kept,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is where it was not before.
    MovedHere,
    /// It was here and is elsewhere now.
    MovedAway,
}

/// Which side of an entry is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HistorySide {
    /// How things were before it.
    Before,
    /// How things were after it.
    After,
}

/// Asks what restoring would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviewRestoreRequest {
    /// The entry.
    pub history: String,
    /// Which side of it.
    pub side: HistorySide,
}

/// What restoring would do.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RestorePreview {
    /// What would change, from how it is now; empty if everything is as it was.
    pub changes: Vec<ThingChangeView>,
    /// Why it cannot be done, as a sentence.
    pub refusal: Option<String>,
}

/// Brings things back to how they were before or after an entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RestoreRequest {
    /// The entry.
    pub history: String,
    /// Which side of it.
    pub side: HistorySide,
    /// Why.
    pub reason: String,
}

/// Asks for the history as a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportHistoryRequest {
    /// Which entries.
    pub filter: HistoryFilter,
    /// The form of the file.
    pub format: HistoryFormat,
}

/// The form of a file with the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HistoryFormat {
    /// JSON, with all it takes to compute the hashes again.
    Json,
    /// Comma-separated values.
    Csv,
}

/// A file to be saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFile {
    /// A name for it.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// How many entries it has.
    pub entries: u32,
}

/// Asks whether the history is as it was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckHistoryRequest {
    /// Whether to look at all of it, and not only at what was added since the last check.
    pub whole: bool,
}

/// Whether the history is as it was written.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryCheck {
    /// How many entries there are.
    pub entries: u32,
    /// The hash of the last entry, which vouches for all before.
    pub fingerprint: String,
    /// Where the chain is broken, oldest first, at most a hundred; none if it is whole.
    pub breaks: Vec<HistoryBreak>,
    /// When all of it was looked at last.
    pub checked_at: String,
}

/// A place where the history was changed by something else than Reeve.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum HistoryBreak {
    /// The entry is not as it was written.
    Changed {
        /// Its number.
        number: u32,
        /// The entry.
        history: String,
        /// When it says it happened.
        at: String,
        /// The name of what it says was changed.
        title: String,
    },
    /// Entries are gone.
    Missing {
        /// The number of the first.
        first: u32,
        /// The number of the last.
        last: u32,
    },
}
