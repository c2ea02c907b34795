//! Roles: the list, one role, and the editor of its rules. Rules travel as JSON text, so that
//! nothing of how they are written is lost on the way.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{FieldProblem, MemberRef, Standing};
use super::privilege::FolderReach;

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

/// Asks what an edit of a role means.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleEffectRequest {
    /// The role.
    pub role: String,
    /// Its rules as they are edited, as JSON text.
    pub rules: String,
}

/// What an edit of a role means; nothing if the text holds no rules or a newer question came.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleEffectAnswer {
    /// What it means.
    pub effect: Option<RoleEffectView>,
}

/// What an edit of a role means.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleEffectView {
    /// How the edited rules compare with the saved ones, in words.
    pub verdict: String,
    /// How the edited rules differ from the saved ones by themselves.
    pub changes: Vec<EffectChange>,
    /// What kept the comparison from being exhaustive, in words.
    pub limits: Vec<String>,
    /// Holders whose access changes, those whose changes are the same together.
    pub affected: Vec<AffectedHolders>,
    /// How many users and identities hold the role, directly or through a group.
    pub holders: u32,
    /// How many of them could not be looked at.
    pub left_out: u32,
}

/// Requests whose answer changes in the same way.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EffectChange {
    /// Whether something becomes allowed, or stops being so; `None` if neither.
    pub gains: Option<bool>,
    /// What happens, such as "newly allowed".
    pub transition: String,
    /// What is acted on and what is done.
    pub subject: String,
    /// The actions.
    pub actions: Vec<String>,
    /// Which checks, in words.
    pub place: String,
    /// Requests that show it, in words.
    pub witnesses: Vec<String>,
}

/// Asks which rules say nothing new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RedundantRulesRequest {
    /// The rules as they are edited, as JSON text.
    pub rules: String,
}

/// Which rules say nothing new.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedundantRulesAnswer {
    /// The rules; `None` if the text holds none or a newer question came.
    pub redundant: Option<Vec<RedundantRule>>,
}

/// A rule that says nothing new.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedundantRule {
    /// Its position, from 0.
    pub rule: u32,
    /// Why, as a sentence.
    pub why: String,
}

/// Holders whose access changes in the same way.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AffectedHolders {
    /// Some of them.
    pub members: Vec<MemberRef>,
    /// How many there are.
    pub count: u32,
    /// What changes, at most a few.
    pub changes: Vec<EffectChange>,
    /// How many changes there are.
    pub change_count: u32,
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

/// A pattern to be tried.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TryGlobRequest {
    /// The pattern as it stands in the rule.
    pub pattern: String,
    /// The property that it is about.
    pub property: String,
    /// For whom templates in it are filled in.
    pub member: Option<String>,
    /// Texts to try it on.
    pub texts: Vec<String>,
}

/// What a pattern matches.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GlobTrialView {
    /// The pattern with templates filled in.
    pub pattern: String,
    /// How many folders there are, each path counted once.
    pub folders: u32,
    /// How many of them match.
    pub matching: u32,
    /// Those that match, up to a number that can be read.
    pub matches: Vec<String>,
    /// Those that nearly match.
    pub near_misses: Vec<NearMissView>,
    /// The secrets that it is about; `None` if no names of secrets are known or it is about none.
    pub secrets: Option<SecretTrialView>,
    /// Each text with whether it matches.
    pub tried: Vec<TriedText>,
    /// The places around the beginning of the pattern, tried likewise.
    pub around: Vec<TriedText>,
    /// What to know about the pattern, as sentences.
    pub pitfalls: Vec<String>,
    /// Why it cannot be told what it matches, if it cannot.
    pub unknown: Option<String>,
}

/// Which secrets a pattern reaches.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretTrialView {
    /// How many there are, each name counted in each of its places.
    pub secrets: u32,
    /// How many of them match.
    pub matching: u32,
    /// Those that match, up to a number that can be read.
    pub matches: Vec<SecretPlaceView>,
    /// Names that nearly match.
    pub near_misses: Vec<NearMissView>,
}

/// A secret by where it is.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecretPlaceView {
    /// The environment.
    pub environment: String,
    /// The folder.
    pub path: String,
    /// The name.
    pub name: String,
}

/// A folder or name that nearly matches.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NearMissView {
    /// Its path, or its name.
    pub path: String,
    /// What keeps it from matching.
    pub why: String,
}

/// A text on which a pattern was tried.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TriedText {
    /// The text.
    pub text: String,
    /// Whether it matches; `None` if that cannot be told.
    pub matches: Option<bool>,
}

/// What values of conditions may ask of whoever acts.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ValueTemplates {
    /// Such as `{{identity.metadata.team}}`: what every actor has first, then the keys that users and
    /// identities of the project have.
    pub templates: Vec<String>,
}
