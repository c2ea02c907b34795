//! What a member can do at all.

use serde::Serialize;
use ts_rs::TS;

use super::privilege::RuleView;
use super::simulate::{SourceView, TextPart};

/// Every subject and action with the access to it and the rules behind.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EffectivePermissions {
    /// The instant for which it was asked.
    pub at: String,
    /// The subjects, in the order of the catalogue; those that only the rules know come last.
    pub subjects: Vec<SubjectAccess>,
    /// The rules behind the cells.
    pub rules: Vec<RuleBehindCell>,
    /// What is worth knowing about all of it.
    pub notes: Vec<Vec<TextPart>>,
    /// Whether templates stand as they are written, because this is a group.
    pub as_written: bool,
}

/// The access to one subject.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubjectAccess {
    /// The name on the wire.
    pub subject: String,
    /// The name shown.
    pub title: String,
    /// The area it is grouped under; empty for what the catalogue does not know.
    pub area: String,
    /// Whether the catalogue knows it.
    pub known: bool,
    /// Its actions.
    pub actions: Vec<ActionAccess>,
}

/// The access to one action.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionAccess {
    /// The name on the wire.
    pub action: String,
    /// The name shown.
    pub title: String,
    /// Whether newer actions replace it.
    pub legacy: bool,
    /// The access.
    pub access: AccessState,
    /// The rules behind it in the order in which they are tried, as places in the list of rules.
    pub rules: Vec<u32>,
}

/// The access to a subject and action, over all places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AccessState {
    /// Allowed everywhere.
    Allow,
    /// Allowed where conditions hold.
    Conditional,
    /// Allowed in some places and forbidden in others.
    Mixed,
    /// Forbidden.
    Forbid,
    /// Nothing allows it.
    None,
    /// It cannot be known.
    Unknown,
}

/// A rule behind cells.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleBehindCell {
    /// The rule in words.
    pub rule: RuleView,
    /// Where it comes from; `None` if templates changed the rules so that nobody can say.
    pub source: Option<SourceView>,
    /// Its place in its source, from 1.
    pub position: u32,
}
