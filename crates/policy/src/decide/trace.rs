//! Answers with reasons: every candidate, in order, with each of its conditions.

use std::sync::Arc;

use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::rule::{Effect, Rule};
use reeve_domain::value::Value;

use super::evaluate::{Asked, Observer, applies, make_test};
use super::look::{Found, TestResult, Thing, Trouble};
use super::verdict::{Applies, Tally, Verdict, verdict_of_fault};
use super::walk::visit;
use super::{AccessRequest, ErrorReason, UnknownReason};
use crate::assemble::Source;
use crate::compile::{CompiledRule, Program, Walk};

/// A rule that names the subject and the action.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where the rule comes from; `None` if templates changed the rules so that nobody can say.
    pub source: Option<Source>,
    /// How long it counts.
    pub lifetime: Option<Lifetime>,
    /// The position of the rule in its source.
    pub position: usize,
    rules: Arc<[Rule]>,
    at: usize,
    /// Whether it allows or forbids.
    pub effect: Effect,
    /// The legacy action that the server adds to this Forbid; the rule may be a candidate only
    /// because of it.
    pub added_action: Option<&'static str>,
    /// Whether it applies.
    pub applies: RuleMatch,
    /// Whether it mattered.
    pub bearing: Bearing,
    /// Its conditions, in the order in which they are tested. Empty if it has none, or if they were
    /// not looked at because the check has no attributes.
    pub conditions: Vec<ConditionTrace>,
}

/// Whether a rule applies to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleMatch {
    /// It does.
    Applies,
    /// It does not: a condition does not hold, or a check without attributes skips it.
    DoesNotApply,
    /// The server fails when it tries this rule.
    Fails(ErrorReason),
    /// Not known.
    Unknown(UnknownReason),
}

/// Whether a candidate mattered for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// It decided.
    Decided,
    /// It was tried and did not apply.
    Tried,
    /// It was tried and left the answer open.
    LeftOpen,
    /// The answer was already given; what is said about it is what would have been.
    NotReached,
}

/// One condition with what it was compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionTrace {
    /// The property, as written.
    pub property: Box<str>,
    /// The operator, `$eq` for a bare value.
    pub operator: Box<str>,
    /// The value in the rule.
    pub expected: Value,
    /// The attribute it was compared with; `None` if it is missing or was not looked at.
    pub found: Option<Value>,
    /// What came out.
    pub result: CheckResult,
    /// What it comes to by itself, even where an earlier one settled the rule.
    pub alone: CheckResult,
    /// Whether the request lacks the attribute, looked at or not.
    pub absent: bool,
}

/// What one condition came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// It holds.
    Matched,
    /// It does not hold.
    NotMatched,
    /// It does not hold because the attribute is missing.
    Missing,
    /// The server fails on it.
    Fails(ErrorReason),
    /// Not known.
    Unknown(UnknownReason),
    /// An earlier condition already settled the rule.
    NotReached,
}

/// Tries every candidate, also after the answer is given.
pub(super) fn trace(walk: &Walk, request: &AccessRequest) -> (Verdict, Vec<Candidate>) {
    let mut tally = Tally::default();
    let mut verdict: Option<Verdict> = walk.fault.map(verdict_of_fault);
    let mut candidates = Vec::new();
    let asked = Asked::new(&request.attributes);
    visit(walk, request, None, |visit| {
        let mut recorder = Recorder::new(visit.rule, request);
        let applies = applies(visit.rule, &asked, &mut recorder);
        recorder.look_at_the_rest(visit.rule, request);
        let at = candidates.len();
        let bearing = if verdict.is_some() {
            Bearing::NotReached
        } else {
            verdict = tally.take(visit.rule.effect, applies);
            match (verdict, applies) {
                (Some(given), _) if given.decided_by == Some(at) => Bearing::Decided,
                (None, Applies::No) => Bearing::Tried,
                _ => Bearing::LeftOpen,
            }
        };
        let (source, lifetime, position) = visit.segment.origin.of(visit.position);
        candidates.push(Candidate {
            source: source.cloned(),
            lifetime: lifetime.cloned(),
            position,
            rules: Arc::clone(&visit.segment.set.source),
            at: visit.position,
            effect: visit.rule.effect,
            added_action: visit.rule.added_action,
            applies: applies.into(),
            bearing,
            conditions: recorder.conditions,
        });
        None::<()>
    });
    (verdict.unwrap_or_else(|| tally.finish()), candidates)
}

impl Candidate {
    /// The rule, with templates filled in.
    pub fn rule(&self) -> Option<&Rule> {
        self.rules.get(self.at)
    }
}

/// Writes down every test. Those that are never made stay as not reached.
struct Recorder {
    conditions: Vec<ConditionTrace>,
}

impl Recorder {
    fn new(rule: &CompiledRule, request: &AccessRequest) -> Self {
        let program = match request.attributes {
            Attributes::Of(_) => rule.conditions.as_ref(),
            Attributes::Bare => None,
        };
        Self {
            conditions: program.map(not_reached).unwrap_or_default(),
        }
    }

    /// Notes what the tests come to that were never made, each by itself.
    fn look_at_the_rest(&mut self, rule: &CompiledRule, request: &AccessRequest) {
        let (Some(program), Attributes::Of(object)) = (&rule.conditions, &request.attributes)
        else {
            return;
        };
        for (test, condition) in program.tests.iter().zip(&mut self.conditions) {
            if condition.result == CheckResult::NotReached {
                let (attribute, result) = make_test(test, Thing::Object(object));
                condition.alone = check_result(&attribute, result);
                condition.absent = attribute == Found::Nothing;
            }
        }
    }
}

fn not_reached(program: &Program) -> Vec<ConditionTrace> {
    program
        .tests
        .iter()
        .map(|test| ConditionTrace {
            property: test.property.clone(),
            operator: test.operator.clone(),
            expected: test.expected.clone(),
            found: None,
            result: CheckResult::NotReached,
            alone: CheckResult::NotReached,
            absent: false,
        })
        .collect()
}

fn check_result(attribute: &Found<'_>, result: TestResult) -> CheckResult {
    match result {
        Ok(true) => CheckResult::Matched,
        Ok(false) if *attribute == Found::Nothing => CheckResult::Missing,
        Ok(false) => CheckResult::NotMatched,
        Err(Trouble::Fault(fault)) => CheckResult::Fails(ErrorReason::Fault(fault)),
        Err(Trouble::Unknown { reason, .. }) => CheckResult::Unknown(reason),
    }
}

impl Observer for Recorder {
    const LISTENS: bool = true;

    fn tested(&mut self, at: usize, attribute: &Found<'_>, result: TestResult) {
        let Some(condition) = self.conditions.get_mut(at) else {
            return;
        };
        condition.found = match attribute {
            Found::Nothing => None,
            Found::One(value) => Some((*value).clone()),
            Found::Many(values) => Some(Value::List(values.iter().copied().cloned().collect())),
        };
        condition.result = check_result(attribute, result);
        condition.alone = condition.result;
        condition.absent = *attribute == Found::Nothing;
    }
}

impl From<Applies> for RuleMatch {
    fn from(applies: Applies) -> Self {
        match applies {
            Applies::Yes => Self::Applies,
            Applies::No => Self::DoesNotApply,
            Applies::Fault(fault) => Self::Fails(ErrorReason::Fault(fault)),
            Applies::Unknown { reason, .. } => Self::Unknown(reason),
        }
    }
}
