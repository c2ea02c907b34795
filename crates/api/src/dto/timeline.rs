//! What is timed, as bars, and what the end of each means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{Kind, MemberRef};
use super::role_effect::EffectChange;

/// Asks for a slice of the bars that touch a span of time, the soonest end first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelineRequest {
    /// Where the span begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// Only bars of this kind.
    pub kind: Option<BarKind>,
    /// How many to pass over.
    pub offset: u32,
    /// How many, at most 500.
    pub limit: u32,
}

/// Kinds of bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BarKind {
    /// Timed role assignments.
    Role,
    /// Timed privileges.
    Privilege,
    /// Timed folder grants.
    FolderGrant,
    /// Grants that begin later.
    Scheduled,
}

/// A slice of the bars.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    /// The bars, the soonest end first; those without an end last.
    pub rows: Vec<BarView>,
    /// How many there are.
    pub total: u32,
    /// Whether the total is exact.
    pub total_is_exact: bool,
}

/// Something timed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BarView {
    /// The id of the assignment, the privilege, the folder grant or the scheduled grant.
    pub id: String,
    /// What it is.
    pub what: BarWhat,
    /// Whose it is.
    pub member: MemberRef,
    /// The slug of the role or privilege; what a folder grant gives.
    pub slug: String,
    /// The name shown; the folder of a folder grant.
    pub title: String,
    /// When it began or begins, if that is known.
    pub start: Option<String>,
    /// When it ends; only what is scheduled may have no end.
    pub end: Option<String>,
}

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BarWhat {
    /// A role.
    Role,
    /// An additional privilege.
    Privilege,
    /// A folder grant.
    FolderGrant,
    /// A role that is given later.
    ScheduledRole,
    /// A privilege that is given later.
    ScheduledPrivilege,
}

/// Asks what ends mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndEffectsRequest {
    /// The ends.
    pub ends: Vec<EndRef>,
}

/// An end of something of a member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndRef {
    /// Whose it is.
    pub member: String,
    /// What that member is.
    pub kind: Kind,
    /// When it ends.
    pub end: String,
}

/// What ends mean.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndEffects {
    /// In the order of the ends; fewer than were asked about if that took too long for one answer, at
    /// least one.
    pub effects: Vec<EndEffectView>,
}

/// What an end means for those whose access it is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndEffectView {
    /// The gravest that happens to one of them.
    pub effect: EffectKind,
    /// How grave it is: the higher, the graver.
    pub weight: u32,
    /// It in a few words.
    pub sentence: String,
    /// What is no longer allowed, the first few pieces.
    pub lost: Vec<EffectChange>,
    /// In how many pieces something is no longer allowed.
    pub lost_count: u32,
    /// What becomes allowed, the first few pieces.
    pub gained: Vec<EffectChange>,
    /// In how many pieces something becomes allowed.
    pub gained_count: u32,
    /// Why it is not certain that this is all.
    pub doubt: Option<String>,
    /// For how many something changes or may change; of a group, of its members.
    pub affected: u32,
    /// How many were looked at: one, or the members of a group.
    pub looked_at: u32,
    /// Whether a group has more members than were looked at.
    pub has_more: bool,
    /// How much else of the same member ends at the same instant.
    pub together: u32,
}

/// Kinds of consequences, the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EffectKind {
    /// Nothing changes.
    Nothing,
    /// It could not be found out.
    Unsure,
    /// Something is no longer allowed.
    Loses,
    /// Something becomes allowed, because a Forbid ends.
    Gains,
    /// Some is lost, and some becomes allowed.
    LosesAndGains,
    /// Nothing is allowed any more.
    LosesEverything,
}

/// Asks what ends in a span of time, and what that means.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpiringRequest {
    /// Where the span begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// Only ends of this kind.
    pub kind: Option<BarKind>,
    /// Where to go on: `next` of the answer before, 0 at first.
    pub offset: u32,
}

/// What ends, as far as it was looked into.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpiringPage {
    /// What ends, the soonest first.
    pub rows: Vec<ExpiringRow>,
    /// How much ends in all.
    pub total: u32,
    /// Where to go on; `None` at the end.
    pub next: Option<u32>,
}

/// Something that ends, with what that means.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpiringRow {
    /// What ends.
    pub bar: BarView,
    /// What its end means.
    pub effect: EndEffectView,
}
