//! What the server strips from conditions, and what is left of the rule then.

use reeve_domain::condition::Operator;
use reeve_domain::value::{Object, Value};

use super::nearest::suggestion;
use super::{Notes, Severity, Step, values};
use crate::catalogue::{PropertyEntry, SubjectEntry};

/// Notes what is to be known about the rule's conditions.
pub fn note(notes: &mut Notes<'_>) {
    let rule = notes.rule;
    let entry = rule
        .subject()
        .and_then(|subject| notes.catalogue.subject(subject.as_str()));
    let (Some(entry), Some(written)) = (entry, rule.written().get("conditions")) else {
        return;
    };
    if entry.properties.is_empty() {
        note_conditions_stripped(notes, entry, written);
        return;
    }
    let Value::Object(conditions) = written else {
        return;
    };
    let kept = conditions
        .iter()
        .filter(|(property, _)| entry.property(property).is_some())
        .count();
    for (property, test) in conditions.iter() {
        match entry.property(property) {
            None => note_unknown_property(notes, entry, property, kept),
            Some(known) => note_test(notes, known, test),
        }
    }
    if conditions.is_empty() {
        note_empty_conditions(notes);
    }
}

fn note_conditions_stripped(notes: &mut Notes<'_>, entry: &SubjectEntry, written: &Value) {
    let says_nothing = written
        .as_object()
        .map_or(!written.is_truthy(), Object::is_empty);
    let severity = if says_nothing {
        Severity::Surprising
    } else {
        notes.when_wider()
    };
    notes.add(
        severity,
        "conditions-stripped",
        &[Step::Key("conditions")],
        format!(
            "{} takes no conditions: the server drops them, and the rule applies everywhere",
            entry.title
        ),
        "remove the rule, or remove the conditions if that is what you mean".to_owned(),
    );
}

fn note_unknown_property(notes: &mut Notes<'_>, entry: &SubjectEntry, name: &str, kept: usize) {
    let known = || entry.properties.iter().map(|known| known.property.as_str());
    let consequence = if kept == 0 {
        "the rule then applies everywhere"
    } else {
        "the rule then applies more widely than it reads"
    };
    notes.add(
        notes.when_wider(),
        "unknown-property",
        &[Step::Key("conditions"), Step::Key(name)],
        format!(
            "{} has no property `{name}` on this server: it drops the condition, and {consequence}",
            entry.title
        ),
        suggestion(name, known())
            .unwrap_or_else(|| format!("choose from {}", known().collect::<Vec<_>>().join(", "))),
    );
}

fn note_empty_conditions(notes: &mut Notes<'_>) {
    if notes.forbids() {
        notes.add(
            Severity::Surprising,
            "empty-conditions",
            &[Step::Key("conditions")],
            "empty conditions hold everywhere, but a check without a place, such as the one before \
             a list is shown, passes this Forbid over"
                .to_owned(),
            "leave `conditions` out".to_owned(),
        );
    } else {
        notes.add(
            Severity::Surprising,
            "empty-conditions",
            &[Step::Key("conditions")],
            "empty conditions hold everywhere".to_owned(),
            "leave `conditions` out, or add a condition".to_owned(),
        );
    }
}

fn note_test(notes: &mut Notes<'_>, entry: &PropertyEntry, test: &Value) {
    let name = entry.property.as_str();
    let path = [Step::Key("conditions"), Step::Key(name)];
    match test {
        Value::Text(_) if entry.bare => values::note(notes, entry, &path, test),
        Value::Object(operators) => {
            note_operators(notes, entry, &path, operators);
            values::note(notes, entry, &path, test);
            if let Some(Value::Object(members)) = operators.get("$elemMatch") {
                note_members(notes, entry, members);
            }
        }
        _ => {}
    }
}

fn note_operators(
    notes: &mut Notes<'_>,
    entry: &PropertyEntry,
    path: &[Step<'_>],
    operators: &Object,
) {
    let takes = |name: &str| entry.takes(&Operator::from_wire(name));
    let kept = operators.iter().filter(|(name, _)| takes(name)).count();
    if kept == 0 {
        let what = if operators.is_empty() {
            format!("{} is compared with nothing", entry.title)
        } else {
            let names: Vec<&str> = operators.iter().map(|(name, _)| name).collect();
            format!(
                "{} takes no `{}` on this server",
                entry.title,
                names.join("` and no `")
            )
        };
        let never = notes.never();
        notes.add(
            notes.when_never(),
            "no-operator-left",
            path,
            format!("{what}; what is left never holds, and {never}"),
            operator_remedy(entry),
        );
        return;
    }
    for (name, _) in operators.iter().filter(|(name, _)| !takes(name)) {
        let path: Vec<Step<'_>> = path.iter().copied().chain([Step::Key(name)]).collect();
        notes.add(
            notes.when_wider(),
            "operator-stripped",
            &path,
            format!(
                "{} takes no `{name}` on this server: it drops the test, and the rule applies more \
                 widely than it reads",
                entry.title
            ),
            operator_remedy(entry),
        );
    }
}

/// The members of an element under `$elemMatch`.
fn note_members(notes: &mut Notes<'_>, entry: &PropertyEntry, members: &Object) {
    let name = entry.property.as_str();
    let within = [
        Step::Key("conditions"),
        Step::Key(name),
        Step::Key("$elemMatch"),
    ];
    let kept = members
        .iter()
        .filter(|(member, _)| entry.member(member).is_some())
        .count();
    if kept == 0 {
        notes.add(
            notes.when_wider(),
            "any-element",
            &within,
            format!("any element at all of {} will do", entry.title),
            "test `key`, `value` or both".to_owned(),
        );
        return;
    }
    for (member, test) in members.iter() {
        let path: Vec<Step<'_>> = within.into_iter().chain([Step::Key(member)]).collect();
        match (entry.member(member), test) {
            (Some(known), Value::Object(operators)) => {
                note_operators(notes, known, &path, operators);
                values::note(notes, known, &path, test);
            }
            (Some(_), _) => {}
            (None, _) => notes.add(
                notes.when_wider(),
                "unknown-property",
                &path,
                format!(
                    "an element of {} has no `{member}`: the server drops the test",
                    entry.title
                ),
                "test `key`, `value` or both".to_owned(),
            ),
        }
    }
}

fn operator_remedy(entry: &PropertyEntry) -> String {
    let names: Vec<String> = entry
        .operators
        .iter()
        .map(|operator| {
            format!(
                "{} (`{}`)",
                entry.operator_title(operator),
                operator.as_wire()
            )
        })
        .collect();
    format!("use {}", names.join(", "))
}
