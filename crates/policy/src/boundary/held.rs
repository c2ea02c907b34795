//! A list of rules as the server holds it when it compares: sorted, with the legacy actions that it
//! adds to Forbids.

use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::{Object, Value};

use super::BoundaryTrouble;
use crate::assemble::{Assembly, legacy_action};
use crate::compile::{actions_of, subjects_of};

/// The rules that somebody holds or is to get.
#[derive(Debug, Clone)]
pub struct Held<'a> {
    rules: Vec<HeldRule<'a>>,
}

/// One of them.
#[derive(Debug, Clone)]
pub(super) struct HeldRule<'a> {
    rule: &'a Rule,
    subjects: Vec<Subject>,
    pub actions: Vec<Action>,
}

impl<'a> Held<'a> {
    /// The rules of one role or privilege, on a server with these semantics.
    pub fn of_list(rules: &'a [Rule], semantics: Semantics) -> Self {
        let held = |rule| HeldRule::new(rule, semantics);
        let mut rules: Vec<HeldRule<'a>> = rules.iter().map(held).collect();
        if semantics == Semantics::ForbidWins {
            rules.sort_by_key(HeldRule::effect);
        }
        Self { rules }
    }

    /// Everything that counts for one actor.
    pub fn of_assembly(assembly: &'a Assembly) -> Self {
        let rules = assembly
            .ordered()
            .into_iter()
            .map(|ordered| HeldRule::new(ordered.rule, assembly.semantics))
            .collect();
        Self { rules }
    }

    pub(super) fn rules(&self) -> &[HeldRule<'a>] {
        &self.rules
    }

    /// The rules that name `action` and `subject`, or everything, last first.
    pub(super) fn candidates(&self, subject: &Subject, action: &Action) -> Vec<&HeldRule<'a>> {
        let names = |rule: &&HeldRule<'_>| {
            let is_subject = |s: &Subject| s == subject || s.as_str() == "all";
            let is_action = |a: &Action| a == action || a.as_str() == "manage";
            rule.subjects.iter().any(is_subject) && rule.actions.iter().any(is_action)
        };
        self.rules.iter().rev().filter(names).collect()
    }
}

impl<'a> HeldRule<'a> {
    fn new(rule: &'a Rule, semantics: Semantics) -> Self {
        let added = match semantics {
            Semantics::ForbidWins => legacy_action(rule),
            Semantics::LastMatch => None,
        };
        Self {
            rule,
            subjects: subjects_of(rule),
            actions: actions_of(rule, added),
        }
    }

    pub fn effect(&self) -> Effect {
        self.rule.effect()
    }

    /// The subject as the server writes it when it compares: a list becomes one text. A rule
    /// without a subject has none, and the server fails on it.
    pub fn subject_text(&self) -> Option<Subject> {
        match self.rule.written().get("subject")? {
            Value::Text(subject) => Some(Subject::new(subject)),
            Value::List(_) => {
                let names: Vec<&str> = self.rule.subjects().iter().map(Subject::as_str).collect();
                Some(Subject::from(names.join(",")))
            }
            _ => None,
        }
    }

    /// The conditions; an empty object is not the same as none.
    pub fn conditions(&self) -> Result<Option<&'a Object>, BoundaryTrouble> {
        match self.rule.written().get("conditions") {
            Some(Value::Object(conditions)) => Ok(Some(conditions)),
            Some(other) if other.is_truthy() => Err(BoundaryTrouble::UnusualRule),
            _ => Ok(None),
        }
    }
}
