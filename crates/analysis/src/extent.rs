//! What one rule set covers.

use reeve_domain::rule::{Action, Subject};
use reeve_policy::decide::AccessRequest;

use crate::difference::{Answer, Reach};
use crate::limit::Exhaustive;

/// Everything that is not denied under one rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// The areas, in as few pieces as were found. What is in none of them is denied.
    pub areas: Vec<Area>,
    /// Whether every request was looked at.
    pub exhaustive: Exhaustive,
}

/// Requests that have the same answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// What is acted on.
    pub subject: Subject,
    /// What is done; all of these have the same answer.
    pub actions: Vec<Action>,
    /// The answer; never a denial.
    pub answer: Answer,
    /// Which checks.
    pub reach: Reach,
    /// Requests in it, each confirmed by the judge; the most telling first.
    pub examples: Vec<AccessRequest>,
}
