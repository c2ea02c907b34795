//! Additional privileges and the form that makes them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, Standing};

/// An additional privilege of a member.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivilegeView {
    /// Its id.
    pub id: String,
    /// Its name on the wire.
    pub slug: String,
    /// How long it counts.
    pub standing: Standing,
    /// Its rules in words.
    pub rules: Vec<RuleView>,
    /// Why it was given.
    pub reason: String,
    /// The ticket it was given for.
    pub ticket: String,
    /// When it was made.
    pub created_at: String,
}

/// A rule in words.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// The subject on the wire.
    pub subject: String,
    /// The name of the subject.
    pub subject_title: String,
    /// Whether this build knows the subject.
    pub known: bool,
    /// The actions.
    pub actions: Vec<ActionName>,
    /// Whether the rule takes away.
    pub inverted: bool,
    /// Its conditions; all must hold.
    pub conditions: Vec<ConditionView>,
}

/// An action with its name.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionName {
    /// The name on the wire.
    pub action: String,
    /// The name shown.
    pub title: String,
}

/// A condition in words.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionView {
    /// The property on the wire.
    pub property: String,
    /// The name of the property.
    pub property_title: String,
    /// The operator on the wire; `$eq` for a bare value.
    pub operator: String,
    /// The name of the operator.
    pub operator_title: String,
    /// The operand, one text per value.
    pub values: Vec<String>,
}

/// A privilege being written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PrivilegeDraft {
    /// Who shall have it.
    pub member: String,
    /// The name as typed.
    pub slug: String,
    /// How long.
    pub duration: DurationDraft,
    /// The policies.
    pub policies: Vec<PolicyDraft>,
    /// Why.
    pub reason: String,
    /// The ticket.
    pub ticket: String,
}

/// How long, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum DurationDraft {
    /// Without an end.
    Permanent,
    /// From now for a while.
    Timed {
        /// The range as typed, such as `1h`.
        range: String,
    },
}

/// One policy being written: what becomes one rule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyDraft {
    /// The subject on the wire.
    pub subject: String,
    /// The actions on the wire.
    pub actions: Vec<String>,
    /// Whether the rule takes away.
    pub inverted: bool,
    /// The conditions; all must hold.
    pub conditions: Vec<ConditionDraft>,
}

/// One condition being written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConditionDraft {
    /// The property on the wire.
    pub property: String,
    /// The operator on the wire.
    pub operator: String,
    /// The operand: one text, or the items of a list for `$in` and `$all`.
    pub values: Vec<String>,
}

/// What a draft would do, and what is wrong with it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivilegePreview {
    /// What keeps it from being saved, per field.
    pub problems: Vec<FieldProblem>,
    /// What can be saved but is probably not meant, per field.
    pub warnings: Vec<FieldProblem>,
    /// The name as it would be stored; `None` if it is not one.
    pub slug: Option<String>,
    /// When it would end, if it would.
    pub ends_at: Option<String>,
    /// The policies in words.
    pub rules: Vec<RuleView>,
    /// For each condition on a path, which folders of the project it covers.
    pub reaches: Vec<FolderReach>,
}

/// Which existing folders a condition on `secretPath` covers.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FolderReach {
    /// Path of the condition in the draft, such as `policies.0.conditions.1`.
    pub field: String,
    /// How many folders there are, each path counted once.
    pub folders: u32,
    /// How many of them match.
    pub matching: u32,
    /// Some that match, at most 5.
    pub examples: Vec<String>,
    /// Some that begin alike and do not match, at most 3.
    pub near_misses: Vec<String>,
    /// Why it cannot be told, if it cannot.
    pub unknown: Option<String>,
}

/// How an attempt to save a privilege went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum AttachPrivilegeAnswer {
    /// It stands and counts.
    Attached {
        /// The privilege.
        privilege: PrivilegeView,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// It was not saved.
    Refused {
        /// What is wrong, per field.
        problems: Vec<FieldProblem>,
    },
}

/// Names one privilege.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemovePrivilegeRequest {
    /// Its id.
    pub privilege: String,
}
