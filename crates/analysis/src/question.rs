//! What there is to ask: subjects and actions, those together that are decided alike.

use reeve_domain::rule::{Action, Subject};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::open::{lay_open, named_pairs};

use crate::book::{Book, Side};
use crate::carried::Shape;
use crate::diagram::{Label, is_quiet};
use crate::limit::Cancelled;
use crate::scope::Scope;
use crate::universe::Universe;

/// Actions on one subject that are decided by the same rules and asked in the same way.
pub(crate) struct Question {
    pub subject: Subject,
    pub actions: Vec<Action>,
    pub sides: Vec<Side>,
    shapes: Vec<Shape>,
}

/// The questions that can have something to report, with all their rules written down.
pub(crate) fn questions<'a>(
    sets: &[&'a CompiledRules],
    label: Option<&Label<'_>>,
    book: &mut Book<'a>,
    scope: &Scope<'_>,
) -> Result<Vec<Question>, Cancelled> {
    let mut questions: Vec<Question> = Vec::new();
    for (subject, action) in pairs(sets, scope) {
        scope.workshop().go_on()?;
        let sides: Vec<Side> = sets
            .iter()
            .map(|set| book.side(&lay_open(set, &subject, &action)))
            .collect();
        if is_idle(&sides, label) {
            continue;
        }
        let properties = scope.universe.properties(&subject);
        let shapes = scope.universe.shapes(&subject, &action, &properties);
        let same = questions.iter_mut().rev().find(|question| {
            question.subject == subject && question.sides == sides && question.shapes == shapes
        });
        match same {
            Some(question) => question.actions.push(action),
            None => questions.push(Question {
                subject,
                actions: vec![action],
                sides,
                shapes,
            }),
        }
    }
    Ok(questions)
}

/// Whether nothing is to be reported, whatever is asked.
fn is_idle(sides: &[Side], label: Option<&Label<'_>>) -> bool {
    if let Some(label) = label {
        let first = sides.first();
        let is_like_first = |side: &Side| side.fault.is_none() && Some(side) == first;
        return is_quiet(label, sides.len()) && sides.iter().all(is_like_first);
    }
    match sides {
        [before, after] => before.fault.is_none() && before == after,
        sides => sides
            .iter()
            .all(|side| side.fault.is_none() && side.rules.is_empty()),
    }
}

/// All subjects and actions of the catalogue, and those that the rules name. A wildcard among them
/// stands for everything that nobody names.
fn pairs(sets: &[&CompiledRules], scope: &Scope<'_>) -> Vec<(Subject, Action)> {
    if let Some(only) = scope.only {
        return only.to_vec();
    }
    let mut named: Vec<(Subject, Action)> = sets.iter().flat_map(|set| named_pairs(set)).collect();
    named.sort_unstable();
    named.dedup();
    known_pairs(&named, scope.universe)
}

/// All subjects and actions of the catalogue, and those that are `named`.
pub(crate) fn known_pairs(
    named: &[(Subject, Action)],
    universe: &Universe,
) -> Vec<(Subject, Action)> {
    let everywhere: Vec<&Action> = named
        .iter()
        .filter(|(subject, _)| subject.as_str() == "all")
        .map(|(_, action)| action)
        .collect();
    let mut subjects: Vec<Subject> = Vec::new();
    for entry in universe.catalogue().subjects() {
        subjects.push(entry.subject.clone());
    }
    for (subject, _) in named {
        if !subjects.contains(subject) {
            subjects.push(subject.clone());
        }
    }
    let mut pairs = Vec::new();
    for subject in subjects {
        let entry = universe.catalogue().subject(subject.as_str());
        let mut actions: Vec<Action> = entry
            .map(|entry| entry.actions.iter().map(|a| a.action.clone()).collect())
            .unwrap_or_default();
        let own = named
            .iter()
            .filter(|(s, _)| *s == subject)
            .map(|(_, action)| action);
        let wild = everywhere
            .iter()
            .copied()
            .filter(|action| entry.is_none() || action.as_str() == "manage");
        for action in own.chain(wild) {
            if !actions.contains(action) {
                actions.push(action.clone());
            }
        }
        pairs.extend(actions.into_iter().map(|action| (subject.clone(), action)));
    }
    pairs
}
