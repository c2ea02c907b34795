//! The global search behind the command palette.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::MemberRef;

/// Looks for something by its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FindRequest {
    /// What was typed.
    pub text: String,
}

/// What was found, a few of each kind, best first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindAnswer {
    /// Members.
    pub members: Vec<FoundMember>,
    /// Folders.
    pub folders: Vec<FoundFolder>,
}

/// A member that was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundMember {
    /// The member.
    pub member: MemberRef,
    /// What stands beside the name.
    pub detail: String,
}

/// A folder that was found.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundFolder {
    /// The slug of its environment.
    pub environment: String,
    /// Its path.
    pub path: String,
}
