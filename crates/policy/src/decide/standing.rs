//! Questions that take more than one decision: either of two actions, and until when.

use chrono::{DateTime, Utc};
use reeve_domain::project::Semantics;
use reeve_domain::rule::Action;

use super::verdict::either;
use super::{AccessRequest, Outcome, outcome, walk};
use crate::assemble::{ActorFacts, Grant, assemble_active};
use crate::compile::{CompileCache, CompiledRules, compile};

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

/// The next instant after `now` at which the answer to `request` changes; `None` if it stands.
pub fn stands_until(
    actor: &ActorFacts,
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
    request: &AccessRequest,
    cache: &mut CompileCache,
) -> Option<Change> {
    next_change(actor, grants, semantics, now, cache, |rules| {
        outcome(rules, request)
    })
}

/// The next instant after `now` at which what `ask` answers changes; `None` if it stands.
///
/// Answers change only when a grant ends, so exactly these instants are tried.
pub fn next_change(
    actor: &ActorFacts,
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
    cache: &mut CompileCache,
    ask: impl Fn(&CompiledRules) -> Outcome,
) -> Option<Change> {
    let mut at_instant = |instant| {
        let assembly = assemble_active(actor, grants, semantics, instant);
        ask(&compile(&assembly, cache))
    };
    let current = at_instant(now);
    let mut ends: Vec<DateTime<Utc>> = grants
        .iter()
        .filter_map(|grant| grant.lifetime.end())
        .filter(|end| *end > now)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends.into_iter().find_map(|at| {
        let outcome = at_instant(at);
        (outcome != current).then_some(Change { at, outcome })
    })
}
