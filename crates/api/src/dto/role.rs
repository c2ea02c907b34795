//! Roles: the list, one role, and what is done with it. Rules travel as JSON text, so that nothing of
//! how they are written is lost on the way.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef, Standing};
use super::role_review::FindingView;

/// All roles.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleList {
    /// The predefined ones, then the custom ones by name.
    pub roles: Vec<RoleRow>,
}

/// A role in the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleRow {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for.
    pub description: String,
    /// Whether the server defines it.
    pub predefined: bool,
    /// How many rules it has; `None` if they cannot be read.
    pub rules: Option<u32>,
    /// How many users and identities have it themselves.
    pub members: u32,
    /// How many groups have it.
    pub groups: u32,
    /// How many of these assignments have an end ahead.
    pub timed: u32,
    /// How many of these assignments have ended.
    pub ended: u32,
    /// What is to be said about its rules, by weight.
    pub findings: FindingCounts,
    /// Whether there are edits that were not saved.
    pub has_draft: bool,
}

/// How many findings of each weight there are.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindingCounts {
    /// A server does not take the rules.
    pub refused: u32,
    /// They open more or forbid less than they read.
    pub dangerous: u32,
    /// A part of them can never have an effect.
    pub ineffective: u32,
    /// They work otherwise than most expect.
    pub surprising: u32,
}

/// Names one role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleRequest {
    /// Its id.
    pub role: String,
}

/// One role.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleDetail {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for.
    pub description: String,
    /// Whether the server defines it, so that it can be read and duplicated only.
    pub predefined: bool,
    /// Its rules, as JSON text.
    pub rules: String,
    /// What identifies these rules.
    pub revision: String,
    /// Whether the order of rules matters on the project's server.
    pub order_matters: bool,
    /// Some of those who hold it: groups first, each by name.
    pub holders: Vec<RoleHolderView>,
    /// How many users and identities have it themselves.
    pub members: u32,
    /// How many groups have it.
    pub groups: u32,
    /// Edits that were not saved.
    pub draft: Option<RoleDraftView>,
}

/// Somebody who holds a role.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleHolderView {
    /// Who.
    pub member: MemberRef,
    /// How long.
    pub standing: Standing,
}

/// Edits of a role that were not saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleDraftView {
    /// What identifies the rules that they began from.
    pub base: String,
    /// The edited rules, as JSON text.
    pub rules: String,
    /// What stood in the text editor, where that is no list of rules.
    pub written: Option<String>,
    /// The steps that led to them, as the window kept them.
    pub steps: Option<String>,
    /// When they were kept.
    pub saved_at: String,
}

/// Keeps edits of a role that were not saved.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeepRoleDraftRequest {
    /// The role.
    pub role: String,
    /// What identifies the rules that the edits began from.
    pub base: String,
    /// The edited rules, as JSON text.
    pub rules: String,
    /// What stands in the text editor, where that is no list of rules.
    pub written: Option<String>,
    /// The steps that led to them; only the window looks into it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub steps: Option<String>,
}

/// The name, slug and description of a role, as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleFields {
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for.
    pub description: String,
}

/// Makes a role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateRoleRequest {
    /// What it is called.
    pub fields: RoleFields,
    /// Its rules, as JSON text.
    pub rules: String,
}

/// Makes a role with the rules of another one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DuplicateRoleRequest {
    /// The role whose rules it gets.
    pub role: String,
    /// What it is called.
    pub fields: RoleFields,
    /// Whether it is made to fit a server: the successors of legacy actions stand in their place, and
    /// rules that only predefined roles may hold are left out.
    pub fit: bool,
}

/// Gives a role another name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenameRoleRequest {
    /// The role.
    pub role: String,
    /// What it shall be called.
    pub fields: RoleFields,
}

/// How an attempt to make or rename a role went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum WriteRoleAnswer {
    /// It stands.
    Done {
        /// The id of the role.
        role: String,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// Nothing was changed.
    Refused {
        /// What is wrong, per field: `name`, `slug` or `rules`.
        problems: Vec<FieldProblem>,
    },
}

/// Removes a role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteRoleRequest {
    /// The role.
    pub role: String,
    /// The role that its holders get instead.
    pub reassign_to: Option<String>,
}

/// How an attempt to remove a role went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum DeleteRoleAnswer {
    /// It is gone.
    Removed {
        /// What was done, as a sentence for a toast.
        sentence: String,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// It is assigned; nothing was changed.
    Held {
        /// Some of those who hold it: groups first, each by name.
        holders: Vec<RoleHolderView>,
        /// How many assignments there are.
        assignments: u32,
    },
}

/// Saves edited rules.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveRoleRequest {
    /// The role.
    pub role: String,
    /// What identifies the rules that the edits began from.
    pub base: String,
    /// The rules, as JSON text.
    pub rules: String,
    /// Whether rules that a server would refuse are saved all the same.
    pub accept_refusals: bool,
}

/// How an attempt to save a role went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum SaveRoleAnswer {
    /// It stands and counts.
    Saved {
        /// What identifies the rules now.
        revision: String,
        /// The entry of the history, which `undo` takes.
        history: String,
    },
    /// The rules are what was stored already.
    Unchanged,
    /// The text holds no list of rules.
    Unreadable {
        /// Why.
        message: String,
    },
    /// A server would refuse these rules, which were not there before.
    Refused {
        /// Why.
        findings: Vec<FindingView>,
    },
    /// The role was changed elsewhere meanwhile; nothing was changed.
    Overtaken {
        /// The rules that are stored now, as JSON text.
        rules: String,
        /// What identifies them.
        revision: String,
    },
}

/// Asks for a role being edited as Terraform configuration.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleTerraformRequest {
    /// The role.
    pub role: String,
    /// Its rules as they are edited, as JSON text.
    pub rules: String,
}

/// A role as Terraform configuration.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleTerraform {
    /// The configuration; `None` if the text holds no rules.
    pub text: Option<String>,
}
