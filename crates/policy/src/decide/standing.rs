//! Questions that take more than one decision: either of two actions, and until when.

use chrono::{DateTime, Utc};
use reeve_domain::rule::Action;

use super::verdict::either;
use super::{AccessRequest, Outcome, walk};
use crate::assemble::Grant;
use crate::compile::CompiledRules;

/// When an answer changes, and to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The first instant at which the answer is another one.
    pub at: DateTime<Utc>,
    /// The answer from then on.
    pub outcome: Outcome,
}

/// Answers as the server does where a new action or its legacy one will do: both are asked, and a
/// failure of either is a failure.
pub fn check_either(rules: &CompiledRules, request: &AccessRequest, legacy: &Action) -> Outcome {
    let other = AccessRequest {
        action: legacy.clone(),
        ..request.clone()
    };
    either(
        walk::verdict(&rules.active, request),
        walk::verdict(&rules.active, &other),
    )
    .0
}

/// The next instant after `now` at which the answer for somebody with `grants` changes; `None` if it
/// stands. `answer_at` answers for an instant.
///
/// Answers change only when a grant ends, so exactly these instants are tried.
pub fn next_change(
    grants: &[Grant],
    now: DateTime<Utc>,
    mut answer_at: impl FnMut(DateTime<Utc>) -> Outcome,
) -> Option<Change> {
    let current = answer_at(now);
    let mut ends: Vec<DateTime<Utc>> = grants
        .iter()
        .filter_map(|grant| grant.lifetime.end())
        .filter(|end| *end > now)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends.into_iter().find_map(|at| {
        let outcome = answer_at(at);
        (outcome != current).then_some(Change { at, outcome })
    })
}
