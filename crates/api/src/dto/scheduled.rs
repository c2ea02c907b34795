//! Grants that begin later.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef};
use super::privilege::{DurationDraft, RuleView};
use super::workspace::AccessKind;

/// A grant that begins later. It waits in the workspace: a server would make it effective at once.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScheduledView {
    /// Its id.
    pub id: String,
    /// Who shall have it.
    pub member: MemberRef,
    /// What it is.
    pub what: AccessKind,
    /// The name of the privilege or role.
    pub title: String,
    /// When it shall begin.
    pub starts_at: String,
    /// When it shall end; `None` if it is permanent from then on.
    pub ends_at: Option<String>,
    /// How long, as it was written.
    pub range: Option<String>,
    /// Where it stands.
    pub standing: ScheduledStanding,
    /// Why it could not begin, as a sentence.
    pub trouble: Option<String>,
    /// The rules of a privilege in words; none for a role.
    pub rules: Vec<RuleView>,
    /// Why it shall be given.
    pub reason: String,
    /// The ticket it is for.
    pub ticket: String,
}

/// Where a scheduled grant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ScheduledStanding {
    /// Its start lies ahead.
    Waiting,
    /// Its start has passed without its having begun; it begins when somebody says so.
    Late,
    /// Its end has passed as well.
    Missed,
}

/// Everything that is scheduled.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScheduledGrants {
    /// The soonest first.
    pub grants: Vec<ScheduledView>,
}

/// Names one scheduled grant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduledRequest {
    /// Its id.
    pub scheduled: String,
}

/// Gives a role at an instant to come.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScheduleRoleRequest {
    /// Who shall have it.
    pub member: String,
    /// The id of the role.
    pub role: String,
    /// When it shall begin.
    pub start: String,
    /// How long.
    pub duration: DurationDraft,
    /// Why.
    pub reason: String,
}

/// How an attempt to schedule a role went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum ScheduleRoleAnswer {
    /// It waits.
    Scheduled {
        /// What was done, as a sentence for a toast.
        sentence: String,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// Nothing was changed.
    Refused {
        /// What is wrong, per field: `role`, `start` or `duration`.
        problems: Vec<FieldProblem>,
    },
}
