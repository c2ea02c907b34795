//! On what an answer depends: the properties that were left open and at which the judge looked.

use std::collections::BTreeSet;

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::Rule;
use reeve_domain::value::Value;
use reeve_policy::decide::{Bearing, CheckResult, ConditionTrace, Decision, Outcome};
use reeve_policy::operation::{About, Attribute, CheckDecision, Situation};
use reeve_policy::template::has_template;

use super::Decided;

/// What an answer depends on when it depends on who it is, because a template asks.
pub const ACTOR: &str = "actor";

/// The properties that were left open and on which the answer depends. If nobody was named,
/// templates that were looked at count as open, too.
pub(super) fn depends_on(
    decided: &Decided,
    situation: &Situation,
    nothing_else: bool,
    is_named: bool,
) -> BTreeSet<String> {
    match decided {
        Decided::Action(decision) if nothing_else => looked_at(decision, &Open::Nothing(is_named)),
        Decided::Action(decision) => looked_at(decision, &Open::of_action(decision, is_named)),
        Decided::Operation(decision) => {
            let of = |check: &CheckDecision| {
                check_depends_on(check, &Open::of_check(check, situation, is_named))
            };
            // A refusal that holds whatever is filled in settles the operation.
            let settled = decision
                .failing()
                .is_some_and(|check| check.outcome == Outcome::Denied && of(check).is_empty());
            if settled {
                return BTreeSet::new();
            }
            let reached = decision.checks.iter().filter(|check| check.reached);
            reached.flat_map(of).collect()
        }
    }
}

/// What one check leaves open.
pub(crate) enum Open {
    /// These properties.
    These(Vec<&'static str>, bool),
    /// Whatever the request does not have.
    Rest(bool),
    /// Nothing but, perhaps, who it is.
    Nothing(bool),
}

impl Open {
    fn of_action(decision: &Decision, is_named: bool) -> Self {
        match decision.request.attributes {
            // "Anywhere?" looks at no conditions.
            Attributes::Bare => Self::Nothing(is_named),
            Attributes::Of(_) => Self::Rest(is_named),
        }
    }

    /// A property that the server's check never carries is missing, not open.
    fn of_check(check: &CheckDecision, situation: &Situation, is_named: bool) -> Self {
        let About::Of(attributes) = check.check.about else {
            return Self::Nothing(is_named);
        };
        let open = attributes
            .iter()
            .filter_map(|attribute| open_property(*attribute, situation))
            .collect();
        Self::These(open, is_named)
    }

    fn has(&self, condition: &ConditionTrace) -> bool {
        let root = condition.property.split('.').next().unwrap_or_default();
        condition.found.is_none()
            && match self {
                Self::These(open, _) => open.contains(&root),
                Self::Rest(_) => true,
                Self::Nothing(_) => false,
            }
    }

    fn is_named(&self) -> bool {
        match self {
            Self::These(_, named) | Self::Rest(named) | Self::Nothing(named) => *named,
        }
    }
}

/// The property that an attribute puts on the wire, if what it takes it from was left open.
fn open_property(attribute: Attribute, situation: &Situation) -> Option<&'static str> {
    let (property, is_open) = match attribute {
        Attribute::Environment => ("environment", situation.environment.is_none()),
        Attribute::SecondEnvironment => ("environment", situation.second_environment.is_none()),
        Attribute::Path | Attribute::ParentPath => ("secretPath", situation.secret_path.is_none()),
        Attribute::SecondPath => ("secretPath", situation.second_path.is_none()),
        Attribute::Name => ("secretName", situation.secret_name.is_none()),
        Attribute::NewName => ("secretName", situation.new_name.is_none()),
        Attribute::Tags => ("secretTags", situation.secret_tags.is_none()),
        Attribute::TagsToBe => (
            "secretTags",
            situation.new_tags.is_none() && situation.secret_tags.is_none(),
        ),
        // Tags that are not sent are an empty list to this check.
        Attribute::TagsSent => ("secretTags", false),
        Attribute::Metadata => ("metadata", situation.metadata.is_none()),
        Attribute::NewMetadata => ("metadata", situation.new_metadata.is_none()),
        Attribute::Connection => ("connectionId", situation.connection.is_none()),
    };
    is_open.then_some(property)
}

/// A check that one alternative passes whatever is filled in does not depend on the others.
fn check_depends_on(check: &CheckDecision, open: &Open) -> BTreeSet<String> {
    let each: Vec<BTreeSet<String>> = check
        .decisions
        .iter()
        .map(|decision| looked_at(decision, open))
        .collect();
    let passes_anyway = check
        .decisions
        .iter()
        .zip(&each)
        .any(|(decision, looked_at)| decision.outcome.is_allowed() && looked_at.is_empty());
    if passes_anyway {
        BTreeSet::new()
    } else {
        each.into_iter().flatten().collect()
    }
}

/// What of `open` the decision looked at before it was made.
pub(crate) fn looked_at(decision: &Decision, open: &Open) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for candidate in &decision.candidates {
        if candidate.bearing == Bearing::NotReached {
            continue;
        }
        for condition in &candidate.conditions {
            if condition.result == CheckResult::NotReached {
                continue;
            }
            if open.has(condition) {
                found.insert(condition.property.to_string());
            } else if !open.is_named() && has_template(&condition.expected) {
                found.insert(ACTOR.to_owned());
            }
        }
    }
    found
}

/// Whether who it is decides what a rule is about at all.
pub(crate) fn names_by_template(rule: &Rule) -> bool {
    rule.written()
        .iter()
        .any(|(key, value): (&str, &Value)| key != "conditions" && has_template(value))
}
