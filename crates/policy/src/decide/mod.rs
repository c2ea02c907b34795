//! Decides whether a set of rules allows an action, and says why.
//!
//! Rules are tried last to first; the first whose action, subject and conditions all match decides;
//! if none does, the answer is no. A failure of the server's library ends the question, as it does
//! on the server. What is not reproduced is unknown, unless it cannot matter.

mod evaluate;
mod look;
mod matrix;
pub mod open;
mod standing;
mod together;
mod trace;
mod verdict;
mod walk;
mod who_can;

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Standing;
use reeve_domain::rule::{Action, Subject};

use crate::assemble::{AssemblyProblem, Source, UnresolvedTemplate};
use crate::compile::CompiledRules;
pub use crate::compile::ServerFault;
pub use matrix::{Access, Behind, Cell, RuleBehind, matrix};
pub use standing::{Change, check_either, next_change};
pub use together::Together;
pub use trace::{Bearing, Candidate, CheckResult, ConditionTrace, RuleMatch};
pub use who_can::who_can;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequest {
    /// What is acted on.
    pub subject: Subject,
    /// What is done.
    pub action: Action,
    /// What the check says about the thing acted on.
    pub attributes: Attributes,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The action is allowed.
    Allowed,
    /// The action is denied.
    Denied,
    /// The server answers with an error (500), which is neither yes nor no.
    ServerError(ErrorReason),
    /// The answer cannot be known here.
    Unknown(UnknownReason),
}

/// Why the server answers with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorReason {
    /// Its matching fails.
    Fault(ServerFault),
    /// A template is not valid.
    InvalidTemplate,
    /// A value put into a template breaks the JSON of the rules.
    BrokenJson,
}

/// Why the answer cannot be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnknownReason {
    /// A glob uses what is not reproduced exactly.
    Glob,
    /// A regular expression is not reproduced.
    Pattern,
    /// A condition reads what JavaScript's own objects hold, or compares lists and objects.
    JavaScript,
    /// It depends on the actor's token, which nobody told.
    NotTold,
    /// A template uses what is not reproduced.
    Template,
    /// Not everything that gives or takes access was seen.
    NotSeen,
}

/// The answer with its reasons.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What was asked.
    pub request: AccessRequest,
    /// The instant for which it was asked.
    pub now: DateTime<Utc>,
    /// The answer.
    pub outcome: Outcome,
    /// The candidate that decided, or at which the server fails or the answer becomes unknown.
    pub decided_by: Option<usize>,
    /// Every rule that names this subject and action, in the order in which they are tried.
    pub candidates: Vec<Candidate>,
    /// Grants that do not count now and would change the answer if they did.
    pub inactive: Vec<InactiveEffect>,
    /// Templates that had no value, in all rules of the actor.
    pub unresolved: Vec<UnresolvedTemplate>,
    /// What is odd about the actor's grants as a whole.
    pub problems: Vec<AssemblyProblem>,
}

/// A grant that does not count and would change the answer if it did.
#[derive(Debug, Clone, PartialEq)]
pub struct InactiveEffect {
    /// Where its rules come from.
    pub source: Source,
    /// Why it does not count.
    pub standing: Standing,
    /// What the answer would be.
    pub outcome: Outcome,
}

/// Answers `request`, and says why.
pub fn decide(rules: &CompiledRules, request: &AccessRequest) -> Decision {
    let (verdict, candidates) = trace::trace(&rules.active, request);
    let outcome = verdict.outcome;
    let inactive = rules.inactive_effects(outcome, |alternative| {
        walk::verdict(&alternative.active, request).outcome
    });
    Decision {
        request: request.clone(),
        now: rules.now,
        outcome,
        decided_by: verdict.decided_by,
        candidates,
        inactive,
        unresolved: rules.unresolved.to_vec(),
        problems: rules.problems.to_vec(),
    }
}

/// Answers `request` without reasons and without allocating.
///
/// Conditions with dots that walk through lists are the exception to the latter; the server's API
/// lets none in.
pub fn outcome(rules: &CompiledRules, request: &AccessRequest) -> Outcome {
    walk::verdict(&rules.active, request).outcome
}

impl CompiledRules {
    /// The grants that do not count and would change what `ask` answers from `outcome` to something
    /// else if they did.
    pub(crate) fn inactive_effects(
        &self,
        outcome: Outcome,
        ask: impl Fn(&Self) -> Outcome,
    ) -> Vec<InactiveEffect> {
        self.inactive
            .iter()
            .map(|grant| InactiveEffect {
                source: grant.source.clone(),
                standing: grant.standing,
                outcome: ask(&self.with_active(&grant.walk)),
            })
            .filter(|effect| effect.outcome != outcome)
            .collect()
    }
}

impl Outcome {
    /// Whether the action is certainly allowed.
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }
}

impl Decision {
    /// The candidate that decided.
    pub fn deciding(&self) -> Option<&Candidate> {
        self.candidates.get(self.decided_by?)
    }
}
