//! Acts on chosen members.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{Done, FieldProblem, MemberRef};
use super::member::MemberFilter;
use super::privilege::{DurationDraft, PrivilegeDraft};

/// Members that were chosen for an act.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum MemberSelection {
    /// These.
    Members {
        /// Their ids.
        members: Vec<String>,
    },
    /// All that a filter leaves, but for some.
    Matching {
        /// The filter.
        filter: MemberFilter,
        /// The ids of those taken out by hand.
        except: Vec<String>,
    },
}

/// What is to be done with chosen members.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum MembersAct {
    /// Give them a role.
    AddRole {
        /// The id of the role.
        role: String,
        /// How long.
        duration: DurationDraft,
    },
    /// Take away a role that they have themselves.
    RemoveRole {
        /// The id of the role.
        role: String,
    },
    /// Put them into a group.
    AddToGroup {
        /// The id of the group.
        group: String,
    },
    /// Take them out of a group.
    RemoveFromGroup {
        /// The id of the group.
        group: String,
    },
    /// Give each of them an additional privilege.
    AttachPrivilege {
        /// The privilege; its member is not looked at.
        draft: Box<PrivilegeDraft>,
    },
    /// Remove them from the project, with all they have.
    Remove,
}

/// Asks for an act on members, or what it would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembersActRequest {
    /// The members.
    pub selection: MemberSelection,
    /// The act.
    pub act: MembersAct,
}

/// What an act would do.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MembersActPreview {
    /// What is wrong with the act itself.
    pub problems: Vec<FieldProblem>,
    /// How many members were chosen and exist.
    pub chosen: u32,
    /// How many of them it changes.
    pub affected: u32,
    /// Who is passed over, by reason.
    pub passed_over: Vec<PassedOver>,
    /// How many role assignments go with removed members.
    pub loses_roles: u32,
    /// How many additional privileges go with removed members.
    pub loses_privileges: u32,
    /// How many folder grants go with removed members.
    pub loses_folder_grants: u32,
    /// How many memberships in groups go with removed members.
    pub loses_memberships: u32,
}

/// Members that an act passes over for one reason.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PassedOver {
    /// Why, as a sentence.
    pub reason: String,
    /// How many.
    pub count: u32,
    /// The first of them, at most 5.
    pub members: Vec<MemberRef>,
}

/// How an act went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum MembersActAnswer {
    /// It was done, to those it could be done to.
    Done {
        /// What was done, with the entry that `undo` takes.
        done: Done,
        /// What it did.
        preview: MembersActPreview,
    },
    /// It could be done to nobody, so nothing was changed.
    Nothing {
        /// Why.
        preview: MembersActPreview,
    },
}
