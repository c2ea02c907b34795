//! What would change an answer.

use serde::Serialize;
use ts_rs::TS;

use super::role_effect::EffectChange;

/// What would change an answer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatWouldChangeAnswer {
    /// Whether the edits stop what is allowed; `None` if there is no yes or no to change.
    pub stops: Option<bool>,
    /// The edits, the one that changes least first.
    pub edits: Vec<EditView>,
}

/// An edit that would change the answer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditView {
    /// What is to be done, all of it.
    pub steps: Vec<StepView>,
    /// Everything that changes for whoever was asked about.
    pub changes: Vec<EffectChange>,
    /// How many changes are not listed.
    pub more: u32,
    /// Whether every request was looked at.
    pub exhaustive: bool,
}

/// One thing to be done.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// In words, names in backticks.
    pub words: String,
    /// Where it is done.
    pub at: EditPlace,
    /// How many other members and groups hold what is edited.
    pub others: u32,
}

/// Where something is to be done, with what would stand there.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum EditPlace {
    /// The rules of a role become these, as JSON text.
    Role {
        /// The id of the role.
        role: String,
        /// The rules.
        rules: String,
    },
    /// The rules of a privilege become these.
    Privilege {
        /// The id of whose it is.
        member: String,
        /// The id of the privilege.
        privilege: String,
        /// The rules.
        rules: String,
    },
    /// The member gets another privilege with these rules.
    NewPrivilege {
        /// The id of the member.
        member: String,
        /// The rules.
        rules: String,
    },
    /// A privilege ends.
    EndPrivilege {
        /// The id of whose it is.
        member: String,
        /// The id of the privilege.
        privilege: String,
    },
    /// Somebody is no longer in a group.
    LeaveGroup {
        /// The id of who is in it.
        member: String,
        /// The id of the group.
        group: String,
    },
    /// Somebody no longer has a role.
    TakeRole {
        /// The id of who has it; of the group, if it is held through one.
        member: String,
        /// The id of the role.
        role: String,
        /// Why it is refused as things stand.
        refusal: Option<String>,
    },
}
