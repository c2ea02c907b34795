//! Decides an operation: its checks one after the other.

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::{Action, Subject};

use super::{About, Check, Operation, Or, Situation, When};
use crate::compile::CompiledRules;
use crate::decide::{AccessRequest, Decision, InactiveEffect, Outcome, Together};

/// The decision about an operation.
#[derive(Debug, Clone)]
pub struct OperationDecision {
    /// The operation.
    pub operation: &'static Operation,
    /// The case.
    pub situation: Situation,
    /// The answer to all checks together.
    pub outcome: Outcome,
    /// The checks in order; those that do not concern this case are not among them.
    pub checks: Vec<CheckDecision>,
    /// The check that stands in the way: the first that is denied, or else the first that is not
    /// allowed.
    pub failed: Option<usize>,
    /// Grants that do not count now and would change the answer if they did.
    pub inactive: Vec<InactiveEffect>,
}

/// The decision about one check.
#[derive(Debug, Clone)]
pub struct CheckDecision {
    /// The check.
    pub check: &'static Check,
    /// The answer to the check.
    pub outcome: Outcome,
    /// The decisions behind it, in the order in which the server asks: one, or two where something
    /// else will do.
    pub decisions: Vec<Decision>,
    /// Whether the server gets as far as this check.
    pub reached: bool,
}

/// Decides `operation` for the actor whose rules these are.
pub fn decide_operation(
    rules: &CompiledRules,
    operation: &'static Operation,
    situation: &Situation,
) -> OperationDecision {
    let asked = ask(rules, operation, situation);
    let outcome = Together::sequence(asked.iter().map(|(_, together)| together));
    let position = |wanted: &dyn Fn(Outcome) -> bool| {
        asked
            .iter()
            .position(|(_, together)| wanted(together.outcome()))
    };
    let failed = position(&|check| check == outcome && !check.is_allowed())
        .or_else(|| position(&|check| !check.is_allowed()));
    let checks = asked
        .into_iter()
        .enumerate()
        .map(|(at, (check, together))| CheckDecision {
            check,
            outcome: together.outcome(),
            decisions: together.into_decisions(),
            reached: failed.is_none_or(|failed| at <= failed),
        })
        .collect();
    OperationDecision {
        operation,
        situation: situation.clone(),
        outcome,
        checks,
        failed,
        inactive: rules.inactive_effects(outcome, |alternative| {
            operation_outcome(alternative, operation, situation)
        }),
    }
}

/// The answer to all checks of `operation` together, without reasons.
pub fn operation_outcome(
    rules: &CompiledRules,
    operation: &'static Operation,
    situation: &Situation,
) -> Outcome {
    let asked = ask(rules, operation, situation);
    Together::sequence(asked.iter().map(|(_, together)| together))
}

fn ask(
    rules: &CompiledRules,
    operation: &'static Operation,
    situation: &Situation,
) -> Vec<(&'static Check, Together)> {
    operation
        .checks
        .iter()
        .filter(|check| check.concerns(situation))
        .map(|check| (check, check.decide(rules, situation)))
        .collect()
}

impl OperationDecision {
    /// The check that is in the way.
    pub fn failing(&self) -> Option<&CheckDecision> {
        self.checks.get(self.failed?)
    }
}

impl Check {
    fn concerns(&self, situation: &Situation) -> bool {
        match self.when {
            When::Always => true,
            When::Given(input) => situation.has(input),
        }
    }

    fn decide(&self, rules: &CompiledRules, situation: &Situation) -> Together {
        let request = self.requester(situation);
        let own = request(self.subject, self.action);
        match self.or {
            Or::Nothing => Together::one(rules, &own),
            Or::LegacyFirst(legacy) => {
                Together::falling_back(rules, &request(self.subject, legacy), &own)
            }
            Or::Legacy(legacy) => Together::either(rules, &own, &request(self.subject, legacy)),
            Or::Other(subject, action) => Together::or_else(rules, &own, &request(subject, action)),
        }
    }

    /// Makes requests with the attributes that this check carries.
    fn requester(&self, situation: &Situation) -> impl Fn(&str, &str) -> AccessRequest {
        let attributes = self.attributes(situation);
        move |subject, action| AccessRequest {
            subject: Subject::from(subject),
            action: Action::from(action),
            attributes: attributes.clone(),
        }
    }

    /// The requests that the server makes for this check, in the order in which it makes them.
    pub fn requests(&self, situation: &Situation) -> Vec<AccessRequest> {
        let request = self.requester(situation);
        let own = request(self.subject, self.action);
        match self.or {
            Or::Nothing => vec![own],
            Or::LegacyFirst(legacy) => vec![request(self.subject, legacy), own],
            Or::Legacy(legacy) => vec![own, request(self.subject, legacy)],
            Or::Other(subject, action) => vec![own, request(subject, action)],
        }
    }

    fn attributes(&self, situation: &Situation) -> Attributes {
        match self.about {
            About::Anything => Attributes::Bare,
            About::Of(attributes) => Attributes::Of(
                attributes
                    .iter()
                    .filter_map(|attribute| attribute.of(situation))
                    .collect(),
            ),
        }
    }
}
