//! Lays open what decides one subject and action, so that whole classes of values can be decided at
//! once: the rules in the order tried, their tests, what values a test can tell apart, and the same
//! evaluation that decides single requests. Nothing here looks for classes; that is for whoever
//! asks.

use std::sync::Arc;

use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::{Object, Value};

use super::evaluate::{Asked, Silent, applies, fold, result_of};
pub use super::look::{TestResult, Trouble};
pub use super::verdict::Applies;
use super::verdict::{Tally, verdict_of_fault};
use super::walk::visit;
use super::{AccessRequest, Outcome, UnknownReason};
use crate::compile::path::Path;
use crate::compile::program::{Check, Test};
use crate::compile::{CompiledRule, CompiledRules, actions_of, subjects_of};
use crate::glob::Glob;
use reeve_domain::attributes::Attributes;

/// Everything that decides one subject and action under one actor's rules.
#[derive(Debug, Clone)]
pub struct OpenQuestion<'a> {
    /// The answer to every request, if the rules cannot be used at all.
    pub fault: Option<Outcome>,
    /// The rules that name the subject and the action, in the order in which they are tried.
    pub rules: Vec<OpenRule<'a>>,
}

/// A rule of an open question.
#[derive(Debug, Clone, Copy)]
pub struct OpenRule<'a> {
    rule: &'a CompiledRule,
    written: &'a Rule,
}

/// A test of a rule. It depends on one attribute.
#[derive(Debug, Clone, Copy)]
pub struct OpenTest<'a>(&'a Test);

/// What texts a test can tell apart, where the attribute is a text.
#[derive(Debug, Clone)]
pub enum TextsApart<'a> {
    /// None: all texts come out alike.
    None,
    /// Each of these from all others.
    These(Vec<&'a str>),
    /// Those that match from those that do not.
    Glob(&'a Arc<Glob>),
    /// More than can be said.
    More,
}

/// What lists a test can tell apart, where the attribute is a list.
#[derive(Debug, Clone)]
pub enum ListsApart<'a> {
    /// None: all lists come out alike.
    None,
    /// Lists with an element among these texts from lists without.
    AnyOf(Vec<&'a str>),
    /// Lists by which of these texts they hold.
    EachOf(Vec<&'a str>),
    /// Lists with an element that passes all these tests from lists without; see
    /// [`OpenTest::member`].
    Element(Vec<OpenTest<'a>>),
    /// More than can be said.
    More,
}

/// What is known, while classes are chosen one attribute at a time, about whether a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoFar {
    /// It applies.
    Applies,
    /// The server fails on it.
    Fails,
    /// It applies or not; it neither fails nor is it unknown.
    Open,
    /// It applies or not, fails, or is unknown.
    Doubtful,
}

/// Lays open what decides `action` on `subject`.
pub fn lay_open<'a>(
    rules: &'a CompiledRules,
    subject: &Subject,
    action: &Action,
) -> OpenQuestion<'a> {
    let request = AccessRequest {
        subject: subject.clone(),
        action: action.clone(),
        attributes: Attributes::Bare,
    };
    let mut found = Vec::new();
    visit(&rules.active, &request, None, |visit| {
        let written = visit.segment.set.source.get(visit.position)?;
        found.push(OpenRule {
            rule: visit.rule,
            written,
        });
        None::<()>
    });
    OpenQuestion {
        fault: rules
            .active
            .fault
            .map(|fault| verdict_of_fault(fault).outcome),
        rules: found,
    }
}

/// The subjects and actions that the rules name, wildcards and the actions that the server adds
/// included, each pair once and in order.
pub fn named_pairs(rules: &CompiledRules) -> Vec<(Subject, Action)> {
    let mut pairs = Vec::new();
    for segment in &rules.active.segments {
        for (rule, made) in segment.set.source.iter().zip(&segment.set.rules) {
            let actions = actions_of(rule, made.added_action);
            for subject in subjects_of(rule) {
                pairs.extend(
                    actions
                        .iter()
                        .map(|action| (subject.clone(), action.clone())),
                );
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The answer, given which rules apply, in the order tried. Rules that certainly do not apply may be
/// left out.
pub fn settle(rules: impl IntoIterator<Item = (Effect, Applies)>) -> Outcome {
    let mut tally = Tally::default();
    for (effect, applies) in rules {
        if let Some(verdict) = tally.take(effect, applies) {
            return verdict.outcome;
        }
    }
    tally.finish().outcome
}

/// Drops rules, given in the order tried, that can no longer change the answer: those after one that
/// applies or on which the server fails, and at the end those that could only decide what is decided
/// without them.
pub fn drop_idle<T>(rules: &mut Vec<T>, known: impl Fn(&T) -> (Effect, SoFar)) {
    let ends = |rule: &T| matches!(known(rule).1, SoFar::Applies | SoFar::Fails);
    let mut default = Effect::Forbid;
    if let Some(at) = rules.iter().position(ends) {
        rules.truncate(at + 1);
        match rules.last().map(&known) {
            Some((_, SoFar::Fails)) => return,
            Some((effect, _)) => default = effect,
            None => {}
        }
    }
    let last = if default == Effect::Allow {
        rules.pop()
    } else {
        None
    };
    while let Some(rule) = rules.last()
        && known(rule).0 == default
        && known(rule).1 != SoFar::Doubtful
    {
        rules.pop();
    }
    rules.extend(last);
}

impl<'a> OpenRule<'a> {
    /// Tells compiled rules apart: equal for one rule in many questions.
    pub fn address(self) -> usize {
        std::ptr::from_ref(self.rule).addr()
    }

    /// The rule, with templates filled in.
    pub fn written(self) -> &'a Rule {
        self.written
    }

    /// Whether it grants or takes away.
    pub fn effect(self) -> Effect {
        self.rule.effect
    }

    /// Whether it applies to a check without attributes.
    pub fn on_bare(self) -> Applies {
        applies(self.rule, &Asked::new(&Attributes::Bare), &mut Silent)
    }

    /// Whether it applies, if that is the same for everything that has attributes.
    pub fn on_all(self) -> Option<Applies> {
        if self.rule.has_fields && self.rule.effect == Effect::Forbid {
            return Some(Applies::No);
        }
        match &self.rule.conditions {
            None => Some(Applies::Yes),
            Some(program) => match program.fault {
                Some(fault) => Some(Applies::Fault(fault)),
                None if program.may_be_invalid => Some(Applies::Unknown {
                    reason: UnknownReason::Pattern,
                    may_fail: true,
                }),
                None if program.tests.is_empty() => Some(Applies::Yes),
                None => None,
            },
        }
    }

    /// Its tests in the order made, if [`OpenRule::on_all`] has no answer.
    pub fn tests(self) -> impl ExactSizeIterator<Item = OpenTest<'a>> {
        let program = self.rule.conditions.as_ref();
        let tests = program.map(|program| &*program.tests).unwrap_or_default();
        tests.iter().map(OpenTest)
    }
}

/// Whether a rule applies, given the results of its tests in the order made.
pub fn applies_by(results: impl IntoIterator<Item = TestResult>) -> Applies {
    fold(results.into_iter())
}

impl<'a> OpenTest<'a> {
    /// The attribute that it depends on; `None` if it comes out the same for everything.
    pub fn attribute(self) -> Option<&'a str> {
        match &self.0.path {
            Path::Itself => None,
            Path::Name(step) => Some(&step.name),
            Path::Dotted(steps) => steps.first().map(|step| &*step.name),
        }
    }

    /// Inside an element: the member that it depends on; `None` for the element itself.
    pub fn member(self) -> Option<&'a str> {
        self.attribute()
    }

    /// The property as written.
    pub fn property(self) -> &'a str {
        &self.0.property
    }

    /// The operator as written; `$eq` for a bare value.
    pub fn operator(self) -> &'a str {
        &self.0.operator
    }

    /// The value as written.
    pub fn expected(self) -> &'a Value {
        &self.0.expected
    }

    /// Whether it depends on something that nobody told.
    pub fn is_doubtful(self) -> bool {
        matches!(self.0.check, Check::Doubtful)
    }

    /// How it comes out on these attributes.
    pub fn result(self, attributes: &Object) -> TestResult {
        result_of(self.0, attributes)
    }

    /// What texts it can tell apart, where its attribute is a text.
    pub fn texts_apart(self) -> TextsApart<'a> {
        if matches!(self.0.path, Path::Dotted(_)) {
            // A text has nothing inside, so nothing is found in any.
            return TextsApart::None;
        }
        match &self.0.check {
            Check::IsText(text) => TextsApart::These(vec![text]),
            Check::InTexts(_) | Check::In | Check::IsNot | Check::NotIn => {
                TextsApart::These(texts_in(&self.0.expected))
            }
            Check::Glob(glob) => TextsApart::Glob(glob),
            Check::Order(_) | Check::Pattern(_) => TextsApart::More,
            Check::Is
            | Check::Never
            | Check::All
            | Check::EmptyGlob
            | Check::Size(_)
            | Check::Exists(_)
            | Check::Element(_)
            | Check::Doubtful => TextsApart::None,
        }
    }

    /// What lists it can tell apart, where its attribute is a list of texts or objects.
    pub fn lists_apart(self) -> ListsApart<'a> {
        if matches!(self.0.path, Path::Dotted(_)) {
            return ListsApart::More;
        }
        match &self.0.check {
            Check::IsText(text) => ListsApart::AnyOf(vec![text]),
            Check::InTexts(_) | Check::In | Check::IsNot | Check::NotIn => {
                ListsApart::AnyOf(texts_in(&self.0.expected))
            }
            Check::All => ListsApart::EachOf(texts_in(&self.0.expected)),
            Check::Element(tests) => ListsApart::Element(tests.iter().map(OpenTest).collect()),
            Check::Order(_) | Check::Pattern(_) | Check::Size(_) => ListsApart::More,
            Check::Is
            | Check::Never
            | Check::Glob(_)
            | Check::EmptyGlob
            | Check::Exists(_)
            | Check::Doubtful => ListsApart::None,
        }
    }
}

/// The texts that an expected value is or lists.
fn texts_in(expected: &Value) -> Vec<&str> {
    match expected {
        Value::Text(text) => vec![text],
        Value::List(items) => items.iter().filter_map(Value::as_text).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(rules: &[(Effect, SoFar)]) -> Vec<usize> {
        let mut numbered: Vec<usize> = (0..rules.len()).collect();
        drop_idle(&mut numbered, |at| rules[*at]);
        numbered
    }

    #[test]
    fn what_stands_after_a_rule_that_applies_is_dropped() {
        use Effect::{Allow, Forbid};
        use SoFar::{Applies, Doubtful, Open};
        assert_eq!(
            kept(&[(Forbid, Open), (Allow, Applies), (Forbid, Applies)]),
            [0, 1]
        );
        assert_eq!(kept(&[(Allow, Open), (Allow, Applies)]), [1]);
        assert_eq!(kept(&[(Allow, Doubtful), (Allow, Applies)]), [0, 1]);
        assert_eq!(kept(&[(Allow, Open), (Forbid, Open)]), [0]);
        assert_eq!(kept(&[(Allow, Open), (Forbid, Applies)]), [0]);
        assert_eq!(kept(&[(Allow, Open), (Forbid, Doubtful)]), [0, 1]);
        assert_eq!(kept(&[(Forbid, Open), (Forbid, Applies)]), [0_usize; 0]);
    }

    /// Every answer of up to three rules stays when idle ones are dropped.
    #[test]
    fn dropping_idle_rules_changes_no_answer() {
        let known = [SoFar::Applies, SoFar::Fails, SoFar::Open, SoFar::Doubtful];
        let fault = Applies::Fault(crate::compile::ServerFault::GlobOnMissing);
        let unknown = |may_fail| Applies::Unknown {
            reason: UnknownReason::Glob,
            may_fail,
        };
        let results = |known| match known {
            SoFar::Applies => vec![Applies::Yes],
            SoFar::Fails => vec![fault],
            SoFar::Open => vec![Applies::Yes, Applies::No],
            SoFar::Doubtful => {
                vec![
                    Applies::Yes,
                    Applies::No,
                    fault,
                    unknown(true),
                    unknown(false),
                ]
            }
        };
        let mut rules = Vec::new();
        for effect in [Effect::Allow, Effect::Forbid] {
            for known in known {
                for result in results(known) {
                    rules.push((effect, known, result));
                }
            }
        }
        for a in &rules {
            for b in &rules {
                for c in &rules {
                    let all = [*a, *b, *c];
                    let mut left = all.to_vec();
                    drop_idle(&mut left, |rule| (rule.0, rule.1));
                    let whole = settle(all.map(|rule| (rule.0, rule.2)));
                    let rest = settle(left.iter().map(|rule| (rule.0, rule.2)));
                    assert_eq!(whole, rest, "{all:?}");
                }
            }
        }
    }
}
