//! What is known about the rules of a role while they are edited: cells, findings, and doubts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::privilege::FolderReach;

/// Rules being edited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewRoleRequest {
    /// The rules, as JSON text.
    pub rules: String,
    /// The rules that are open, for whose patterns the folders are looked up.
    pub open: Vec<u32>,
    /// For whom templates are filled in.
    pub member: Option<String>,
}

/// What is known about rules being edited.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleReview {
    /// Why the text holds no list of rules, if it does not.
    pub unreadable: Option<String>,
    /// The cells of the permission table with any access to speak of.
    pub cells: Vec<CellView>,
    /// What is to be said about the rules.
    pub findings: Vec<FindingView>,
    /// Values that name nothing in the project.
    pub doubts: Vec<DoubtView>,
    /// What the patterns of the open rules reach, by `rule/property/operator`.
    pub reaches: Vec<FolderReach>,
}

/// Access to one action on one subject.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CellView {
    /// The subject on the wire.
    pub subject: String,
    /// The action on the wire.
    pub action: String,
    /// The access.
    pub access: CellAccess,
}

/// The state of a cell; none if no rule is about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CellAccess {
    /// No rule can allow it, and none forbids it.
    None,
    /// Allowed whatever the attributes.
    Allow,
    /// Allowed for some attributes; nothing is forbidden.
    Conditional,
    /// Forbidden whatever the attributes, or nothing allows it.
    Forbid,
    /// Allowed for some attributes and forbidden for others.
    Mixed,
    /// The server fails on some attributes, or it is not known.
    Unknown,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FindingSeverity {
    /// A server does not take the rules.
    Refused,
    /// They open more or forbid less than they read.
    Dangerous,
    /// A part of them can never have an effect.
    Ineffective,
    /// They work otherwise than most expect.
    Surprising,
}

/// One thing to know about rules.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// How much it matters.
    pub severity: FindingSeverity,
    /// What kind of finding it is; stable.
    pub code: String,
    /// The rule it is about, from 0; `None` if it is about all.
    pub rule: Option<u32>,
    /// Where in the rule.
    pub path: Vec<String>,
    /// What is the matter, as a sentence.
    pub message: String,
    /// What to do about it, as a sentence.
    pub remedy: String,
}

/// A value that names nothing in the project.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoubtView {
    /// The rule, from 0.
    pub rule: u32,
    /// The property.
    pub property: String,
    /// The operator on the wire.
    pub operator: String,
    /// What, as a sentence.
    pub message: String,
}
