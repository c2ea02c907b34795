//! The same grant on several members, and roles of one member.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{Done, FieldProblem, MemberRef, Standing};
use super::privilege::RuleView;
use super::role::RoleFields;
use super::role_effect::EffectChange;

/// Privileges that mean the same on several members, and roles of one member.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SameGrants {
    /// Those of most members first, at most 50.
    pub grants: Vec<SameGrantView>,
    /// How many there are.
    pub count: u32,
    /// Custom roles that one user or identity has and nobody else.
    pub of_one: Vec<RoleOfOneView>,
}

/// Privileges that mean the same.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SameGrantView {
    /// The slug that most of them have.
    pub slug: String,
    /// The rules.
    pub rules: Vec<RuleView>,
    /// In how many ways they are written.
    pub spellings: u32,
    /// How many members have it.
    pub members: u32,
    /// The ids of all of these privileges.
    pub privileges: Vec<String>,
    /// The first 100 of them.
    pub holders: Vec<GrantHolderView>,
}

/// One of the privileges.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GrantHolderView {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Whose it is.
    pub member: MemberRef,
    /// How it stands.
    pub standing: Standing,
}

/// A custom role that one user or identity has.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleOfOneView {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Who has it.
    pub member: MemberRef,
}

/// Which privileges become which role.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GatherRequest {
    /// The ids of the privileges; the rules of the first become those of the role.
    pub privileges: Vec<String>,
    /// What the role is called.
    pub fields: RoleFields,
}

/// What making a role of privileges would come to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GatherPreview {
    /// What is wrong with the names.
    pub problems: Vec<FieldProblem>,
    /// How many privileges would go.
    pub privileges: u32,
    /// How many members would have the role.
    pub members: u32,
    /// What becomes of access.
    pub proof: ProofView,
}

/// What was found out about everybody concerned.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofView {
    /// Whether nobody's access changes, now or later.
    pub holds: bool,
    /// How many users and identities were looked at.
    pub looked_at: u32,
    /// At how many instants: now, and whenever something of one of them ends.
    pub instants: u32,
    /// The first of those whose access would change.
    pub changed: Vec<ProofChange>,
    /// How many there are.
    pub changed_count: u32,
    /// What kept it from being found out, in a sentence.
    pub trouble: Option<String>,
}

/// Somebody whose access would change.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofChange {
    /// Who.
    pub member: MemberRef,
    /// From when on.
    pub at: String,
    /// How, the first few pieces.
    pub changes: Vec<EffectChange>,
}

/// How making a role of privileges went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum GatherAnswer {
    /// The role stands, and the privileges are gone.
    Done {
        /// The id of the role.
        role: String,
        /// What was done.
        done: Done,
    },
    /// Nothing was changed.
    Refused {
        /// Why.
        preview: GatherPreview,
    },
}

/// Names a role that is to become a privilege.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScatterRequest {
    /// The id of the role.
    pub role: String,
}

/// What turning a role into a privilege would come to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScatterPreview {
    /// What the privilege would be called.
    pub slug: String,
    /// Why it cannot be done; `None` if it can.
    pub refusal: Option<String>,
    /// What becomes of access.
    pub proof: ProofView,
}
