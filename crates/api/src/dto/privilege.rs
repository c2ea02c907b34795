//! Additional privileges and the form that makes them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef, Standing};
use super::role_effect::EffectChange;

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
    /// Whether it came from an access request, so that it cannot be edited or removed here.
    pub managed: bool,
    /// What tells this state of it from every other.
    pub revision: String,
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
    /// Who shall have it; `None` while it is for several.
    pub member: Option<String>,
    /// The name as typed.
    pub slug: String,
    /// When it shall begin; at once if `None`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub start: Option<String>,
    /// How long.
    pub duration: DurationDraft,
    /// The policies.
    pub policies: Vec<PolicyDraft>,
    /// Why.
    pub reason: String,
    /// The ticket.
    pub ticket: String,
    /// The instant from which the end that was shown is counted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub shown_at: Option<String>,
    /// What is being edited; `None` for something new.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub edited: Option<EditedGrant>,
}

/// Rules to be shown in the editor.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenPoliciesRequest {
    /// A list of rules as JSON text.
    pub rules: String,
}

/// Rules as policies for the editor.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenPoliciesAnswer {
    /// The policies, in order.
    pub policies: Vec<OpenedPolicy>,
}

/// What is being edited, and the state that editing began from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditedGrant {
    /// Which one.
    pub grant: EditedRef,
    /// What identifies the state.
    pub revision: String,
}

/// Names a privilege, or one that begins later.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum EditedRef {
    /// A privilege.
    Privilege {
        /// Its id.
        id: String,
    },
    /// A privilege that begins later.
    Scheduled {
        /// Its id.
        id: String,
    },
}

/// How long, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum DurationDraft {
    /// As it is; only for something that is being edited.
    Kept,
    /// Without an end.
    Permanent,
    /// From its start for a while.
    Timed {
        /// The range as typed, such as `1h`.
        range: String,
    },
    /// Until an instant.
    Until {
        /// The instant.
        end: String,
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
    /// The rule that it was loaded from, as JSON text.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub written: Option<String>,
    /// Whether it stays as `written`, whatever else it says.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub kept: bool,
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
    /// When it would begin, if that is later.
    pub starts_at: Option<String>,
    /// When it would end, if it would.
    pub ends_at: Option<String>,
    /// The instant from which its duration is counted, for saving exactly what is shown.
    pub counted_from: String,
    /// Whether what is being edited has changed since editing began.
    pub overtaken: bool,
    /// The policies in words.
    pub rules: Vec<RuleView>,
    /// The policies as the list of rules that would be stored, as JSON text.
    pub written: String,
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
        privilege: Box<PrivilegeView>,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// It waits for its start.
    Scheduled {
        /// What was done, as a sentence for a toast.
        sentence: String,
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

/// What a privilege being written would mean; nothing if that cannot be told or a newer question came.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivilegeEffectAnswer {
    /// What it would mean.
    pub effect: Option<PrivilegeEffectView>,
}

/// What a privilege being written would mean for its member.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PrivilegeEffectView {
    /// How the member's access compares with and without it, in words.
    pub verdict: String,
    /// What opens and closes when it begins.
    pub changes: Vec<EffectChange>,
    /// What happens when it ends; `None` if it has no end.
    pub ending: Option<EffectEnding>,
    /// What kept the comparison from being exhaustive, in words.
    pub limits: Vec<String>,
}

/// What happens when a privilege ends.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EffectEnding {
    /// When.
    pub at: String,
    /// What opens and closes then; empty if other access covers it all.
    pub changes: Vec<EffectChange>,
}

/// A privilege as the editor shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenedPrivilege {
    /// Who has it, or shall have it.
    pub member: MemberRef,
    /// Its name.
    pub slug: String,
    /// When it shall begin, if it waits.
    pub starts_at: Option<String>,
    /// How long it counts.
    pub standing: Standing,
    /// Its policies in order.
    pub policies: Vec<OpenedPolicy>,
    /// Why it was given.
    pub reason: String,
    /// The ticket it was given for.
    pub ticket: String,
    /// Whether it came from an access request, so that it cannot be edited.
    pub managed: bool,
    /// What identifies the state.
    pub revision: String,
}

/// A policy as the editor shows it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenedPolicy {
    /// What its fields show.
    pub policy: PolicyDraft,
    /// Why its fields cannot show all of it, so that it is kept as it is; a sentence.
    pub kept_because: Option<String>,
    /// It in words.
    pub rule: RuleView,
}

/// How an attempt to change a privilege went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum EditPrivilegeAnswer {
    /// It stands as written.
    Saved {
        /// What was done, as a sentence for a toast.
        sentence: String,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// It is what was stored already.
    Unchanged,
    /// Nothing was changed.
    Refused {
        /// What is wrong, per field.
        problems: Vec<FieldProblem>,
    },
    /// It was changed elsewhere meanwhile; nothing was changed.
    Overtaken {
        /// How it stands now.
        now: Box<OpenedPrivilege>,
    },
}
