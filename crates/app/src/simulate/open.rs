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
    /// The fields of the question that would have to be filled in.
    pub fields: BTreeSet<String>,
}

/// A property that was left open, with the field of the question that gives it. An operation with
/// two places asks the same property of both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    property: String,
    field: String,
}

impl Settled {
    fn whatever(outcome: Outcome) -> Self {
        Self {
            outcome,
            depends_on: BTreeSet::new(),
            fields: BTreeSet::new(),
        }
    }
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
    if !checks.iter().any(|check| check.hangs) {
        return Settled::whatever(decided.outcome());
    }
    // What the server makes of everything before it gets there matters, too, unless it can only be
    // a refusal.
    let refused = checks.iter().any(|check| check.may_be == MayBe::DENIED);
    let uncertain = checks.iter().any(|check| check.may_be.other);
    if refused && !uncertain {
        return Settled::whatever(Outcome::Denied);
    }
    if checks.iter().all(|check| check.may_be == MayBe::ALLOWED) {
        return Settled::whatever(Outcome::Allowed);
    }
    let gaps: BTreeSet<Gap> = checks
        .into_iter()
        .filter(|check| check.may_be != MayBe::ALLOWED)
        .flat_map(|check| check.open)
        .collect();
    Settled {
        outcome: decided.outcome(),
        depends_on: gaps.iter().map(|gap| gap.property.clone()).collect(),
        fields: gaps.into_iter().map(|gap| gap.field).collect(),
    }
}

/// What one check can come to.
struct OneCheck {
    may_be: MayBe,
    /// Whether a rule that could decide hangs on something open.
    hangs: bool,
    /// What is open and makes a difference.
    open: BTreeSet<Gap>,
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
        for candidate in in_question(decision, open) {
            let by_effect = match candidate.effect {
                Effect::Allow => Outcome::Allowed,
                Effect::Forbid => Outcome::Denied,
            };
            match bearing_of_open(candidate, open) {
                OpenMatch::Never => {}
                OpenMatch::Perhaps => may_be.add(by_effect),
                OpenMatch::PerhapsFails => may_be.other = true,
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
            hangs: decisions.iter().any(|it| !hanging(it, open).0.is_empty()),
            open: decisions
                .iter()
                .flat_map(|it| looked_at(it, open))
                .collect(),
        }
    }
}

/// The rules that may decide, in the order tried: not those behind a rule that applies wherever they
/// do. Folder grants are such: what a tier allows stands before the Forbid of everything there.
fn in_question<'a>(decision: &'a Decision, open: &Open) -> Vec<&'a Candidate> {
    let mut kept: Vec<&Candidate> = Vec::with_capacity(decision.candidates.len());
    for candidate in &decision.candidates {
        let is_settled = kept.iter().any(|before| {
            matches!(bearing_of_open(before, open), OpenMatch::Perhaps)
                && applies_wherever(before, candidate)
        });
        if !is_settled {
            kept.push(candidate);
        }
    }
    kept
}

/// Whether all that `before` asks for is asked for by `candidate`, too. A rule that is limited to
/// fields may not apply even so.
fn applies_wherever(before: &Candidate, candidate: &Candidate) -> bool {
    let asks = |of: &Candidate, wanted: &ConditionTrace| {
        of.conditions.iter().any(|one| {
            (&one.property, &one.operator, &one.expected)
                == (&wanted.property, &wanted.operator, &wanted.expected)
        })
    };
    before
        .rule()
        .is_some_and(|rule| rule.written().get("fields").is_none())
        && before
            .conditions
            .iter()
            .all(|condition| asks(candidate, condition))
}

/// Whether a rule applies when what was left open is filled in.
enum OpenMatch {
    /// Not whatever is filled in.
    Never,
    /// It depends.
    Perhaps,
    /// It depends, and where it goes on the server fails or nobody knows.
    PerhapsFails,
    /// It does not hang on what was left open.
    AsSaid,
}

fn bearing_of_open(candidate: &Candidate, open: &Open) -> OpenMatch {
    let mut perhaps = false;
    let mut fails = false;
    for condition in &candidate.conditions {
        if condition.result == CheckResult::NotReached && !perhaps {
            // Something else than what is open has settled it.
            break;
        }
        if open.has(condition) || open.is_template(condition) {
            perhaps = true;
            continue;
        }
        match condition.alone {
            CheckResult::NotMatched | CheckResult::Missing => return OpenMatch::Never,
            CheckResult::Fails(_) | CheckResult::Unknown(_) => {
                fails |= condition.result == CheckResult::NotReached;
            }
            CheckResult::Matched | CheckResult::NotReached => {}
        }
    }
    match (perhaps, fails) {
        (false, _) => OpenMatch::AsSaid,
        (true, false) => OpenMatch::Perhaps,
        (true, true) => OpenMatch::PerhapsFails,
    }
}

/// What one check leaves open.
enum Open {
    /// These properties, each with its field.
    These(Vec<(&'static str, &'static str)>, bool),
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
            .filter_map(|attribute| {
                let property = open_property(*attribute, situation)?;
                Some((property, field_of(*attribute)))
            })
            .collect();
        Self::These(open, is_named)
    }

    fn has(&self, condition: &ConditionTrace) -> bool {
        let root = condition.property.split('.').next().unwrap_or_default();
        condition.absent
            && match self {
                Self::These(open, _) => open.iter().any(|(property, _)| *property == root),
                Self::Rest(_) => true,
                Self::Nothing(_) => false,
            }
    }

    /// What a condition asks for that was left open.
    fn gap(&self, condition: &ConditionTrace) -> Option<Gap> {
        if !self.has(condition) {
            return self.is_template(condition).then(|| Gap {
                property: ACTOR.to_owned(),
                field: "who".to_owned(),
            });
        }
        let root = condition.property.split('.').next().unwrap_or_default();
        let field = match self {
            Self::These(open, _) => open
                .iter()
                .find(|(property, _)| *property == root)
                .map_or(root, |(_, field)| field),
            Self::Rest(_) | Self::Nothing(_) if root == "connectionId" => "connection",
            Self::Rest(_) | Self::Nothing(_) => root,
        };
        Some(Gap {
            property: condition.property.to_string(),
            field: field.to_owned(),
        })
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

/// The field of the question that an attribute is taken from.
fn field_of(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Environment => "environment",
        Attribute::SecondEnvironment => "secondEnvironment",
        Attribute::Path | Attribute::ParentPath => "secretPath",
        Attribute::SecondPath => "secondPath",
        Attribute::Name => "secretName",
        Attribute::NewName => "newName",
        Attribute::Tags | Attribute::TagsToBe => "secretTags",
        Attribute::TagsSent => "newTags",
        Attribute::Metadata => "metadata",
        Attribute::NewMetadata => "newMetadata",
        Attribute::Connection => "connection",
    }
}

/// What of `open` decides whether a rule applies that could still decide: all of it, not only what
/// comes first in each rule.
fn looked_at(decision: &Decision, open: &Open) -> BTreeSet<Gap> {
    let (mut hanging, rest) = hanging(decision, open);
    // What would only say what comes out without it does not matter.
    let repeats = |candidate: &&Candidate| {
        Some(candidate.effect) == rest
            && matches!(bearing_of_open(candidate, open), OpenMatch::Perhaps)
    };
    while hanging.last().is_some_and(repeats) {
        hanging.pop();
    }
    hanging
        .into_iter()
        .flat_map(|candidate| &candidate.conditions)
        .filter_map(|condition| open.gap(condition))
        .collect()
}

/// The rules that hang on something open and come before one that decides whatever is filled in;
/// and what comes out without them, if that is a yes or no.
fn hanging<'a>(decision: &'a Decision, open: &Open) -> (Vec<&'a Candidate>, Option<Effect>) {
    let tried = |candidate: &Candidate| candidate.bearing != Bearing::NotReached;
    let mut hanging = Vec::new();
    // Where the server fails before any rule, nothing is looked at.
    if !decision.candidates.iter().any(tried) {
        return (hanging, None);
    }
    for candidate in in_question(decision, open) {
        match bearing_of_open(candidate, open) {
            OpenMatch::Never => {}
            OpenMatch::Perhaps | OpenMatch::PerhapsFails => hanging.push(candidate),
            OpenMatch::AsSaid => match candidate.applies {
                RuleMatch::DoesNotApply => {}
                RuleMatch::Applies => return (hanging, Some(candidate.effect)),
                RuleMatch::Fails(_) | RuleMatch::Unknown(_) => return (hanging, None),
            },
        }
    }
    (hanging, Some(Effect::Forbid))
}

/// Whether who it is decides what a rule is about at all.
pub(crate) fn names_by_template(rule: &Rule) -> bool {
    rule.written()
        .iter()
        .any(|(key, value): (&str, &Value)| key != "conditions" && has_template(value))
}
