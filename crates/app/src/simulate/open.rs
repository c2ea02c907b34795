//! On what an answer depends: the properties that were left open and at which the judge looked.

use std::collections::BTreeSet;

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::{Effect, Rule};
use reeve_domain::value::Value;
use reeve_policy::decide::{
    Bearing, Candidate, CheckResult, ConditionTrace, Decision, Outcome, RuleMatch,
};
use reeve_policy::operation::{About, Attribute, CheckDecision, Situation};
use reeve_policy::template::has_template;

use super::Decided;

/// What an answer depends on when it depends on who it is, because a template asks.
pub const ACTOR: &str = "actor";

/// What an answer comes to, over everything that was left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The answer, if it is the same whatever is filled in; what holds when it is missing
    /// otherwise.
    pub outcome: Outcome,
    /// The properties on which it depends; none if it is the same whatever is filled in.
    pub depends_on: BTreeSet<String>,
}

/// Looks at whether the answer hangs on what was left open. If nobody was named, templates that
/// were looked at count as open, too.
pub(super) fn settle(
    decided: &Decided,
    situation: &Situation,
    nothing_else: bool,
    is_named: bool,
) -> Settled {
    let checks: Vec<OneCheck> = match decided {
        Decided::Action(decision) => {
            let open = if nothing_else {
                Open::Nothing(is_named)
            } else {
                Open::of_action(decision, is_named)
            };
            vec![OneCheck::over(std::slice::from_ref(decision), &open)]
        }
        Decided::Operation(decision) => decision
            .checks
            .iter()
            .map(|check| {
                let open = Open::of_check(check, situation, is_named);
                OneCheck::over(&check.decisions, &open)
            })
            .collect(),
    };
    if checks.iter().all(|check| check.open.is_empty()) {
        return Settled {
            outcome: decided.outcome(),
            depends_on: BTreeSet::new(),
        };
    }
    // What the server makes of everything before it gets there matters, too, unless it can only be
    // a refusal.
    let refused = checks.iter().any(|check| check.may_be == MayBe::DENIED);
    let uncertain = checks.iter().any(|check| check.may_be.other);
    if refused && !uncertain {
        return Settled {
            outcome: Outcome::Denied,
            depends_on: BTreeSet::new(),
        };
    }
    if checks.iter().all(|check| check.may_be == MayBe::ALLOWED) {
        return Settled {
            outcome: Outcome::Allowed,
            depends_on: BTreeSet::new(),
        };
    }
    Settled {
        outcome: decided.outcome(),
        depends_on: checks
            .into_iter()
            .filter(|check| check.may_be != MayBe::ALLOWED)
            .flat_map(|check| check.open)
            .collect(),
    }
}

/// What one check can come to.
struct OneCheck {
    may_be: MayBe,
    /// What was left open and looked at.
    open: BTreeSet<String>,
}

/// The answers that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct MayBe {
    allowed: bool,
    denied: bool,
    /// An error of the server, or unknown.
    other: bool,
}

impl MayBe {
    const ALLOWED: Self = Self {
        allowed: true,
        denied: false,
        other: false,
    };
    const DENIED: Self = Self {
        allowed: false,
        denied: true,
        other: false,
    };

    /// What `decision` can come to: every rule that could apply may decide, up to one that does.
    fn of(decision: &Decision, open: &Open) -> Self {
        let mut may_be = Self::default();
        if decision.candidates.is_empty() {
            may_be.add(decision.outcome);
            return may_be;
        }
        for candidate in &decision.candidates {
            let by_effect = match candidate.effect {
                Effect::Allow => Outcome::Allowed,
                Effect::Forbid => Outcome::Denied,
            };
            match bearing_of_open(candidate, open) {
                OpenMatch::Never => {}
                OpenMatch::Perhaps => may_be.add(by_effect),
                OpenMatch::AsSaid => match candidate.applies {
                    RuleMatch::DoesNotApply => {}
                    RuleMatch::Applies => {
                        may_be.add(by_effect);
                        return may_be;
                    }
                    RuleMatch::Fails(_) | RuleMatch::Unknown(_) => {
                        may_be.other = true;
                        return may_be;
                    }
                },
            }
        }
        may_be.denied = true;
        may_be
    }

    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Allowed => self.allowed = true,
            Outcome::Denied => self.denied = true,
            Outcome::ServerError(_) | Outcome::Unknown(_) => self.other = true,
        }
    }
}

impl OneCheck {
    /// A check of which one of `decisions` will do.
    fn over(decisions: &[Decision], open: &Open) -> Self {
        let each: Vec<MayBe> = decisions.iter().map(|it| MayBe::of(it, open)).collect();
        Self {
            may_be: MayBe {
                allowed: each.iter().any(|it| it.allowed),
                denied: each.iter().all(|it| it.denied),
                other: each.iter().any(|it| it.other),
            },
            open: decisions
                .iter()
                .flat_map(|it| looked_at(it, open))
                .collect(),
        }
    }
}

/// Whether a rule applies when what was left open is filled in.
enum OpenMatch {
    /// Not whatever is filled in.
    Never,
    /// It depends.
    Perhaps,
    /// It does not hang on what was left open.
    AsSaid,
}

fn bearing_of_open(candidate: &Candidate, open: &Open) -> OpenMatch {
    let mut perhaps = false;
    for condition in &candidate.conditions {
        if open.has(condition) || open.is_template(condition) {
            perhaps |= condition.result != CheckResult::NotReached;
        } else if matches!(
            condition.result,
            CheckResult::NotMatched | CheckResult::Missing
        ) {
            return OpenMatch::Never;
        }
    }
    if perhaps {
        OpenMatch::Perhaps
    } else {
        OpenMatch::AsSaid
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

    /// Whether a condition asks who it is, and nobody was named.
    fn is_template(&self, condition: &ConditionTrace) -> bool {
        !self.is_named() && has_template(&condition.expected)
    }

    fn is_named(&self) -> bool {
        match self {
            Self::These(_, named) | Self::Rest(named) | Self::Nothing(named) => *named,
        }
    }
}

/// The property that an attribute puts on the wire, if what it takes it from was left open.
pub(super) fn open_property(attribute: Attribute, situation: &Situation) -> Option<&'static str> {
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
            } else if open.is_template(condition) {
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
