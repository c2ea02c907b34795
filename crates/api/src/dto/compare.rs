//! Two sides compared.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::FieldProblem;
use super::remote::UnseenPart;
use super::role_effect::EffectChange;
use super::simulate::{SimulateRequest, SourceView};

/// Two sides to be compared; what and where they ask is not looked at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CompareRequest {
    /// The left side.
    pub left: SimulateRequest,
    /// The right side.
    pub right: SimulateRequest,
}

/// How two sides differ.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CompareAnswer {
    /// What keeps the left side from being looked at, per field.
    pub left_problems: Vec<FieldProblem>,
    /// What keeps the right side from being looked at, per field.
    pub right_problems: Vec<FieldProblem>,
    /// How the right side compares with the left one, in words.
    pub verdict: String,
    /// What stands before "may" for each side in sentences.
    pub names: [String; 2],
    /// The instants of the sides.
    pub at: Option<[String; 2]>,
    /// Everything that differs.
    pub changes: Vec<ComparedChange>,
    /// What kept it from being exact, in words.
    pub limits: Vec<String>,
    /// What could not be pulled and makes some answer of a side uncertain.
    pub unseen: Vec<UnseenPart>,
    /// Whether everything that each side may do is certain. Where it is not, there may be other
    /// differences, too.
    pub certain: [bool; 2],
}

/// One difference with where each side has its answer from.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedChange {
    /// What differs.
    pub change: EffectChange,
    /// Through what the left side has its answer.
    pub left: Option<SourceView>,
    /// Through what the right side has its answer.
    pub right: Option<SourceView>,
    /// Whether the answer of each side stands, whatever could not be pulled.
    pub certain: [bool; 2],
}
