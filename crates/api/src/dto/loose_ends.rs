//! What hangs loose in a project.

use serde::Serialize;
use ts_rs::TS;

use super::common::MemberRef;

/// What hangs loose: the first few of each kind, at most 50, and how many there are.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LooseEnds {
    /// Groups that nobody is in, by name.
    pub empty_groups: Vec<MemberRef>,
    /// How many such groups there are.
    pub empty_group_count: u32,
    /// Members with roles, none of them permanent; whose last role ends first comes first.
    pub only_timed: Vec<OnlyTimedMember>,
    /// How many such members there are.
    pub only_timed_count: u32,
    /// Roles and privileges with rules about places that the project does not have.
    pub nowhere: Vec<NowhereRow>,
    /// How many such roles and privileges there are.
    pub nowhere_count: u32,
}

/// A member all of whose roles are timed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnlyTimedMember {
    /// Who it is.
    pub member: MemberRef,
    /// When the last of its roles ends or ended; `None` if none ever counts.
    pub until: Option<String>,
}

/// A role or privilege with rules about places that the project does not have.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NowhereRow {
    /// The id of the role or privilege.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Whose privilege it is; `None` for a role.
    pub member: Option<MemberRef>,
    /// The first such place, in a sentence.
    pub sentence: String,
    /// How many of its rules are about such a place.
    pub rules: u32,
}
