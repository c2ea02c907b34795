//! Which access an edit of rules opens and closes, for whom, and which rules say nothing new.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::MemberRef;

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
