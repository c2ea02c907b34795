//! Shapes that several answers share.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request that asks for nothing in particular.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Nothing {}

/// Which data a query reads or an act touches. An act that touches a topic makes every query that
/// reads it stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Topic {
    /// Which workspace is open, and its project.
    Workspace,
    /// Environments, folders and tags.
    Places,
    /// Users, identities, groups and who is in them.
    Members,
    /// Roles and their assignments.
    Roles,
    /// Additional privileges.
    Privileges,
    /// The history.
    History,
    /// Tests of access.
    Tests,
    /// Connections, the link to a server, and what is under way there.
    Remote,
    /// The filters that were kept.
    Filters,
    /// What the user prefers on this computer.
    Preferences,
    /// What counts now: something ended, or the clock was changed.
    Time,
}

/// The payload of the `changed` event.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// What is stale.
    pub topics: Vec<Topic>,
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A person.
    User,
    /// A machine identity.
    Identity,
    /// A group.
    Group,
}

/// Enough of a member to name it and go to it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberRef {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The name shown.
    pub name: String,
}

/// Where something timed stands now.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum Standing {
    /// It counts and has no end.
    Permanent,
    /// It counts until `end`.
    Active {
        /// When it ends.
        end: String,
        /// The range as it was written, such as `1h`.
        range: Option<String>,
    },
    /// It ended.
    Ended {
        /// When it ended.
        end: String,
        /// The range as it was written.
        range: Option<String>,
    },
    /// It is timed and has no end time, which the server reads as not active.
    NeverActive,
}

/// Something wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// Path of the field, such as `slug` or `policies.0.conditions.1.value`.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// An answer with nothing to say but what was written to the history.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// The entry of the history, which `undo` takes.
    pub history: String,
    /// What was done, as a sentence for a toast.
    pub sentence: String,
}
