//! Changing how long privileges and role assignments count.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::act::MemberSelection;
use super::common::{Done, FieldProblem, MemberRef, Standing};
use super::workspace::AccessKind;

/// Asks for a change of lifetimes, or what it would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeLifetimeRequest {
    /// What is changed.
    pub targets: LifetimeTargets,
    /// What is done.
    pub act: LifetimeAct,
    /// Why; kept in the history.
    pub reason: String,
    /// The preview that was agreed to; without one it is done as it stands.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub seen: Option<SeenLifetimes>,
}

/// What an act is done to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum LifetimeTargets {
    /// These.
    Grants {
        /// Each once.
        grants: Vec<GrantRef>,
    },
    /// All that is timed and that chosen members have themselves: what still counts, or for renewing
    /// and removing what has ended.
    Members {
        /// The members.
        selection: MemberSelection,
        /// Whether their privileges are meant.
        privileges: bool,
        /// Whether their roles are meant.
        roles: bool,
    },
}

/// Names something that gives access for a time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantRef {
    /// What it is.
    pub what: AccessKind,
    /// The id of the assignment or privilege.
    pub id: String,
}

/// What is done to lifetimes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum LifetimeAct {
    /// Gives a later end.
    Extend {
        /// The end.
        end: EndDraft,
    },
    /// Gives an earlier end; one to what is permanent.
    Shorten {
        /// The end.
        end: EndDraft,
    },
    /// Ends it now.
    EndNow,
    /// Begins its duration again.
    Restart {
        /// Another duration than its own.
        range: Option<String>,
    },
    /// Begins what has ended again.
    Renew {
        /// Another duration than its own.
        range: Option<String>,
    },
    /// Takes the end away.
    MakePermanent,
    /// Takes the whole grant away.
    Remove,
}

/// A new end, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum EndDraft {
    /// So much later or earlier than the present end.
    By {
        /// The range as typed, such as `1h`.
        range: String,
    },
    /// So long from now.
    In {
        /// The range as typed.
        range: String,
    },
    /// At an instant.
    At {
        /// The instant.
        end: String,
    },
}

/// Identifies a preview, as it was answered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeenLifetimes {
    /// The instant from which its ends are counted.
    pub at: String,
    /// What tells it from any other.
    pub digest: String,
}

/// What a change of lifetimes would do.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LifetimePreview {
    /// Identifies it, for doing exactly this.
    pub seen: SeenLifetimes,
    /// What is wrong with the act itself; the field is `duration`.
    pub problems: Vec<FieldProblem>,
    /// How many grants would change.
    pub changed: u32,
    /// How many members have them.
    pub members: u32,
    /// What is passed over, by reason.
    pub passed_over: Vec<GrantsPassedOver>,
    /// How many of the grants named do not exist any more.
    pub gone: u32,
    /// Grant by grant, those that change first, at most 1000.
    pub rows: Vec<LifetimeRow>,
}

/// Grants that stay as they are for one reason.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GrantsPassedOver {
    /// Why, as a sentence.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// What becomes of one grant.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LifetimeRow {
    /// The grant.
    pub grant: GrantRef,
    /// Who has it.
    pub member: MemberRef,
    /// The name of the privilege or role.
    pub title: String,
    /// How long it counts.
    pub before: Standing,
    /// What becomes of it.
    pub outcome: LifetimeOutcome,
}

/// What becomes of a grant.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum LifetimeOutcome {
    /// It counts as long as this.
    Changed {
        /// How long.
        after: Standing,
    },
    /// It is taken away.
    Removed,
    /// It stays as it is.
    PassedOver {
        /// Why, as a sentence.
        reason: String,
    },
}

/// How a change of lifetimes went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum ChangeLifetimeAnswer {
    /// It was done, to what it could be done to.
    Done {
        /// What was done, with the entry that `undo` takes.
        done: Done,
        /// What it did.
        preview: LifetimePreview,
    },
    /// It could be done to nothing, so nothing was changed.
    Nothing {
        /// Why.
        preview: LifetimePreview,
    },
    /// What was seen is not how it stands any more, so nothing was changed.
    Moved {
        /// How it stands.
        preview: LifetimePreview,
    },
}
