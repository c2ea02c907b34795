//! Decisions that count together: one of two, or one after the other.

use super::verdict::{Possible, Verdict, either};
use super::walk::verdict;
use super::{AccessRequest, Decision, Outcome, UnknownReason, decide};
use crate::compile::CompiledRules;

/// Decisions with the answer that they give together.
#[derive(Debug, Clone)]
pub struct Together {
    outcome: Outcome,
    possible: Possible,
    decisions: Vec<Decision>,
}

impl Together {
    /// One request by itself.
    pub fn one(rules: &CompiledRules, request: &AccessRequest) -> Self {
        let verdict = verdict(&rules.active, request);
        Self {
            outcome: verdict.outcome,
            possible: verdict.possible,
            decisions: vec![decide(rules, request)],
        }
    }

    /// One of two: both are asked, and a failure of either is a failure.
    pub fn either(rules: &CompiledRules, first: &AccessRequest, second: &AccessRequest) -> Self {
        let (outcome, possible) = either(
            verdict(&rules.active, first),
            verdict(&rules.active, second),
        );
        Self {
            outcome,
            possible,
            decisions: vec![decide(rules, first), decide(rules, second)],
        }
    }

    /// One of two: the second is asked only if the first is not allowed, and a failure of the first
    /// goes unnoticed.
    pub fn falling_back(
        rules: &CompiledRules,
        first: &AccessRequest,
        second: &AccessRequest,
    ) -> Self {
        let one = verdict(&rules.active, first);
        let forgiven = Verdict {
            possible: one.possible.with_error_as_denial(),
            ..one
        };
        Self::in_turn(rules, (first, forgiven), second)
    }

    /// One of two: the second is asked only if the first is denied.
    pub fn or_else(rules: &CompiledRules, first: &AccessRequest, second: &AccessRequest) -> Self {
        Self::in_turn(rules, (first, verdict(&rules.active, first)), second)
    }

    fn in_turn(
        rules: &CompiledRules,
        (first, one): (&AccessRequest, Verdict),
        second: &AccessRequest,
    ) -> Self {
        let two = verdict(&rules.active, second);
        let possible = one.possible.or_if_denied(two.possible);
        let fails_first =
            matches!(one.outcome, Outcome::ServerError(_)) && !one.possible.may_be(Outcome::Denied);
        let reasons = if fails_first {
            [one.outcome, two.outcome]
        } else {
            [two.outcome, one.outcome]
        };
        Self {
            outcome: possible.settle(reasons),
            possible,
            decisions: vec![decide(rules, first), decide(rules, second)],
        }
    }

    /// The answer.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The decisions, in the order in which they were asked.
    pub fn into_decisions(self) -> Vec<Decision> {
        self.decisions
    }

    /// The answer to all of `checks`, made one after the other until one is not allowed.
    pub fn sequence<'a>(checks: impl IntoIterator<Item = &'a Together>) -> Outcome {
        let mut possible = Possible::default();
        let mut reasons = Vec::new();
        for check in checks {
            reasons.push(check.outcome);
            possible = possible.or_stopped_by(check.possible);
            if !check.possible.may_be(Outcome::Allowed) {
                return possible.settle(reasons);
            }
        }
        possible.add(Outcome::Allowed);
        possible.settle(reasons)
    }
}

impl Possible {
    /// The one outcome that is possible, or that it is unknown. `reasons` are the outcomes behind
    /// it; the first error or the first unknown one is named.
    fn settle(self, reasons: impl IntoIterator<Item = Outcome>) -> Outcome {
        let certain = self.count() == 1;
        if certain && self.may_be(Outcome::Allowed) {
            return Outcome::Allowed;
        }
        if certain && self.may_be(Outcome::Denied) {
            return Outcome::Denied;
        }
        let wanted = |outcome: &Outcome| match outcome {
            Outcome::ServerError(_) => certain,
            Outcome::Unknown(_) => !certain,
            Outcome::Allowed | Outcome::Denied => false,
        };
        reasons
            .into_iter()
            .find(wanted)
            .unwrap_or(Outcome::Unknown(UnknownReason::JavaScript))
    }
}
