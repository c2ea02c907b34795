//! A member being written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{Done, FieldProblem, Kind};

/// A member being written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberDraft {
    /// The member that is changed; `None` if one is added.
    pub member: Option<String>,
    /// The revision of the member that the change began from; `None` if one is added.
    pub revision: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The name shown.
    pub name: String,
    /// The e-mail address of a user, the slug of a group.
    pub handle: String,
    /// What a user signs in with; the e-mail address if it is empty.
    pub username: String,
    /// How an identity proves who it is.
    pub auth_methods: Vec<String>,
    /// Keys and values that templates may use.
    pub metadata: Vec<MetadataDraft>,
    /// The id of the first role; not used for a change.
    pub role: Option<String>,
    /// The ids of who is in the group from the start; not used for a change.
    pub members: Vec<String>,
}

/// A key with its value, being written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetadataDraft {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// What is wrong with a draft.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberCheck {
    /// What keeps it from being saved.
    pub problems: Vec<FieldProblem>,
    /// What can be saved but is probably not meant.
    pub warnings: Vec<FieldProblem>,
}

/// How saving went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum WriteMemberAnswer {
    /// It is saved.
    Saved {
        /// The id of the member.
        member: String,
        /// What was done; `None` if nothing was different.
        done: Option<Done>,
    },
    /// It cannot be saved; nothing was changed.
    Refused {
        /// What is wrong.
        check: MemberCheck,
    },
    /// Somebody else changed it since; nothing was changed.
    Overtaken,
}
