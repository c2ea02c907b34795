//! What is to be known about a rule apart from its conditions.

use std::collections::BTreeSet;

use reeve_domain::rule::{Action, Effect};
use reeve_domain::value::Value;

use super::{Notes, Severity, Step};
use crate::assemble::replaced_action;
use crate::catalogue::SubjectEntry;

/// Notes what the server strips from the rule, and what its actions do not do.
pub fn note(notes: &mut Notes<'_>) {
    let rule = notes.rule;
    let entry = rule
        .subject()
        .and_then(|subject| notes.catalogue.subject(subject.as_str()));
    let Some(entry) = entry else {
        return;
    };
    note_inversion(notes, entry);
    note_unknown_members(notes);
    note_repeated_actions(notes);
    note_legacy(notes, entry);
}

fn note_inversion(notes: &mut Notes<'_>, entry: &SubjectEntry) {
    let written = notes.rule.written().get("inverted");
    if entry.invertible || !written.is_some_and(Value::is_truthy) {
        return;
    }
    notes.add(
        Severity::Dangerous,
        "inverted-stripped",
        &[Step::Key("inverted")],
        format!(
            "{} cannot be forbidden on this server: it drops `inverted`, and the rule allows what \
             it should forbid",
            entry.title
        ),
        "remove the rule, and take the actions out of the rules that allow them".to_owned(),
    );
}

fn note_unknown_members(notes: &mut Notes<'_>) {
    let known = ["subject", "action", "inverted", "conditions"];
    let rule = notes.rule;
    for (key, _) in rule
        .written()
        .iter()
        .filter(|(key, _)| !known.contains(key))
    {
        notes.add(
            Severity::Surprising,
            "unknown-member",
            &[Step::Key(key)],
            format!("the server drops `{key}`"),
            "remove it, so that the rule says what it does".to_owned(),
        );
    }
}

fn note_repeated_actions(notes: &mut Notes<'_>) {
    let mut seen = BTreeSet::new();
    let rule = notes.rule;
    for (at, action) in rule.actions().iter().enumerate() {
        if !seen.insert(action) {
            notes.add(
                Severity::Surprising,
                "repeated-action",
                &[Step::Key("action"), Step::Item(at)],
                format!("`{action}` is named twice"),
                "remove one".to_owned(),
            );
        }
    }
}

fn note_legacy(notes: &mut Notes<'_>, entry: &SubjectEntry) {
    let rule = notes.rule;
    let actions: BTreeSet<&str> = rule.actions().iter().map(Action::as_str).collect();
    let legacy = entry
        .actions
        .iter()
        .find(|action| action.legacy && actions.contains(action.action.as_str()));
    let Some(legacy) = legacy else {
        return;
    };
    let Some((_, new)) = replaced_action(entry.subject.as_str()) else {
        return;
    };
    let absent: Vec<&str> = new
        .iter()
        .copied()
        .filter(|action| entry.action(action).is_some() && !actions.contains(action))
        .collect();
    let legacy = legacy.action.as_str();
    if rule.effect() == Effect::Forbid && !absent.is_empty() {
        notes.add(
            Severity::Dangerous,
            "forbids-legacy-only",
            &[Step::Key("action")],
            format!(
                "forbidding `{legacy}` does not forbid `{}`, which stay open where they are allowed",
                absent.join("` and `")
            ),
            format!("forbid `{}` instead; that includes `{legacy}`", new_names(entry, new)),
        );
    } else if rule.effect() == Effect::Allow {
        notes.add(
            Severity::Surprising,
            "legacy-action",
            &[Step::Key("action")],
            format!(
                "`{legacy}` is a legacy action that stands for `{}`",
                new_names(entry, new)
            ),
            format!("name `{}` instead", new_names(entry, new)),
        );
    }
}

fn new_names(entry: &SubjectEntry, new: &[&str]) -> String {
    let known: Vec<&str> = new
        .iter()
        .copied()
        .filter(|action| entry.action(action).is_some())
        .collect();
    known.join("` and `")
}
