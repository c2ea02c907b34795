//! The cases of an answer that depends on what was left open.

use serde::Serialize;
use ts_rs::TS;

use super::simulate::{CandidateView, OutcomeKind};

/// The cases of an answer; no lists if it does not depend on anything.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnswerCasesAnswer {
    /// One list for each thing that is not wholly known; all must come out well.
    pub lists: Vec<CaseList>,
    /// What kept the lists from being complete, in words.
    pub limits: Vec<String>,
}

/// The cases of one thing.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    /// What the checks are for that depend on it; empty if the whole answer does.
    pub purposes: Vec<String>,
    /// The cases, first those that are allowed.
    pub cases: Vec<CaseView>,
    /// How many more there are.
    pub more: u32,
}

/// Values with one answer, by one rule.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseView {
    /// The values in words, names in backticks; empty for any.
    pub words: String,
    /// Values in it in words, to try.
    pub example: String,
    /// The answer.
    pub outcome: OutcomeKind,
    /// The rule that decides; `None` if none does.
    pub deciding: Option<CandidateView>,
}
