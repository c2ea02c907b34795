//! What one actor can do at all: every subject and action at a glance.

use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::Object;

use super::AccessRequest;
use super::walk::{Visit, visit};
use crate::assemble::Source;
use crate::compile::path::Path;
use crate::compile::program::{Check, Test};
use crate::compile::{CompiledRule, CompiledRules};

/// Access to one subject and action, over all attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// No rule can allow it, and none forbids it.
    None,
    /// Allowed whatever the values of the attributes. On an attribute that is not told at all a
    /// `$glob` that is tried before can make the server fail.
    Allow,
    /// Allowed for some attributes; nothing is forbidden.
    Conditional,
    /// Forbidden whatever the attributes, or nothing allows it.
    Forbid,
    /// Allowed for some attributes and forbidden for others.
    Mixed,
    /// The server fails on some attributes, or the rules cannot be used, or not known.
    Unknown,
}

/// One cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The subject.
    pub subject: Subject,
    /// The action.
    pub action: Action,
    /// The access.
    pub access: Access,
    /// The rules behind it, in the order in which they are tried, up to one that settles all.
    pub rules: Vec<RuleBehind>,
}

/// A rule behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleBehind {
    grant: usize,
    at: usize,
}

/// What is known about a rule behind a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Behind<'a> {
    /// The rule, with templates filled in.
    pub rule: &'a Rule,
    /// Where it comes from; `None` if templates changed the rules so that nobody can say.
    pub source: Option<&'a Source>,
    /// How long it counts.
    pub lifetime: Option<&'a Lifetime>,
    /// The position of the rule in its source.
    pub position: usize,
}

impl CompiledRules {
    /// What is known about a rule behind a cell of this actor's matrix.
    pub fn behind(&self, rule: RuleBehind) -> Option<Behind<'_>> {
        let segment = self.active.segments.get(rule.grant)?;
        let (source, lifetime, position) = segment.origin.of(rule.at);
        Some(Behind {
            rule: segment.set.source.get(rule.at)?,
            source,
            lifetime,
            position,
        })
    }
}

/// The access of one actor for each of `pairs`, such as all of a catalogue.
pub fn matrix<'a>(
    rules: &CompiledRules,
    pairs: impl IntoIterator<Item = (&'a Subject, &'a Action)>,
) -> Vec<Cell> {
    pairs
        .into_iter()
        .map(|(subject, action)| cell(rules, subject, action))
        .collect()
}

fn cell(rules: &CompiledRules, subject: &Subject, action: &Action) -> Cell {
    let request = AccessRequest {
        subject: subject.clone(),
        action: action.clone(),
        attributes: Attributes::Of(Object::new()),
    };
    let mut summary = Summary::default();
    let mut behind = Vec::new();
    visit(&rules.active, &request, None, |visit| {
        let shape = shape(visit.rule);
        if shape == Shape::Dead {
            return None;
        }
        behind.push(RuleBehind {
            grant: segment_number(rules, &visit),
            at: visit.position,
        });
        summary.add(visit.rule.effect, shape);
        (shape == Shape::Always).then_some(())
    });
    // Under rules that cannot be used every request has the same answer, neither yes nor no.
    summary.uncertain |= rules.active.fault.is_some();
    Cell {
        subject: request.subject,
        action: request.action,
        access: summary.access(),
        rules: behind,
    }
}

fn segment_number(rules: &CompiledRules, visit: &Visit<'_>) -> usize {
    rules
        .active
        .segments
        .iter()
        .position(|segment| std::ptr::eq(segment, visit.segment))
        .unwrap_or_default()
}

/// When a rule applies, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// To every check, with attributes or without.
    Always,
    /// To every check with attributes: conditions `{}`.
    EveryThing,
    Sometimes,
    /// To no check at all.
    Dead,
    /// Not known, or the server fails on it.
    Uncertain,
}

fn shape(rule: &CompiledRule) -> Shape {
    if rule.has_fields && rule.effect == Effect::Forbid {
        return Shape::Dead;
    }
    let Some(program) = &rule.conditions else {
        return Shape::Always;
    };
    if program.fault.is_some() || program.may_be_invalid {
        return Shape::Uncertain;
    }
    if program.tests.is_empty() {
        return match rule.effect {
            Effect::Allow => Shape::Always,
            Effect::Forbid => Shape::EveryThing,
        };
    }
    let checks = || program.tests.iter().map(|test| &test.check);
    if checks().any(|check| matches!(check, Check::Doubtful)) {
        return Shape::Uncertain;
    }
    // A bare check lets a conditional Allow pass even if its conditions can never hold.
    if can_never_hold(&program.tests) && rule.effect == Effect::Forbid {
        Shape::Dead
    } else {
        Shape::Sometimes
    }
}

/// Whether the tests come out as "no" whatever the attributes are. One that may fail before the one
/// that never holds makes the server fail instead.
fn can_never_hold(tests: &[Test]) -> bool {
    let never = |test: &&Test| matches!(test.check, Check::Never | Check::EmptyGlob);
    let has_answer = |test: &&Test| {
        matches!(&test.path, Path::Name(step) if !step.inherited)
            && matches!(
                test.check,
                Check::Never
                    | Check::EmptyGlob
                    | Check::IsText(_)
                    | Check::InTexts(_)
                    | Check::Is
                    | Check::IsNot
                    | Check::In
                    | Check::NotIn
                    | Check::All
            )
    };
    tests.iter().take_while(has_answer).any(|test| never(&test))
}

#[derive(Debug, Default)]
struct Summary {
    always: Option<Effect>,
    some_allow: bool,
    some_forbid: bool,
    uncertain: bool,
}

impl Summary {
    fn add(&mut self, effect: Effect, shape: Shape) {
        match (shape, effect) {
            (Shape::Always, effect) => self.always = Some(effect),
            (Shape::Uncertain, _) => self.uncertain = true,
            (Shape::Dead, _) => {}
            (_, Effect::Allow) => self.some_allow = true,
            (_, Effect::Forbid) => self.some_forbid = true,
        }
    }

    fn access(&self) -> Access {
        match (self.always, self.some_allow, self.some_forbid) {
            _ if self.uncertain => Access::Unknown,
            (Some(Effect::Allow), _, false) => Access::Allow,
            (Some(Effect::Allow), _, true) | (_, true, true) => Access::Mixed,
            (_, true, false) => Access::Conditional,
            (Some(Effect::Forbid), false, _) | (None, false, true) => Access::Forbid,
            (None, false, false) => Access::None,
        }
    }
}
