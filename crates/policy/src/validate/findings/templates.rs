//! What is to be known about the templates in conditions.

use reeve_domain::condition::Operator;
use reeve_domain::value::Value;
use serde_json::Value as Json;

use super::{Notes, Severity, Step};
use crate::catalogue::PropertyEntry;
use crate::validate::syntax::{self, TemplateFlaw};

/// Notes what the server refuses or renders otherwise than expected. What the server drops is not
/// looked at.
pub fn note(notes: &mut Notes<'_>) {
    let rule = notes.rule;
    let entry = rule
        .subject()
        .and_then(|subject| notes.catalogue.subject(subject.as_str()));
    let (Some(entry), Some(Value::Object(conditions))) = (entry, rule.written().get("conditions"))
    else {
        return;
    };
    for (property, test) in conditions.iter() {
        if let Some(known) = entry.property(property) {
            let path = [Step::Key("conditions"), Step::Key(property)];
            note_test(notes, known, &path, test);
        }
    }
}

fn note_test(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], test: &Value) {
    let Value::Object(operators) = test else {
        note_value(notes, path, test);
        return;
    };
    for (name, operand) in operators.iter() {
        if !entry.takes(&Operator::from_wire(name)) {
            continue;
        }
        let path = longer(path, Step::Key(name));
        match operand {
            Value::Object(members) => {
                for (name, test) in members.iter() {
                    if let Some(member) = entry.member(name) {
                        note_test(notes, member, &longer(&path, Step::Key(name)), test);
                    }
                }
            }
            _ => note_value(notes, &path, operand),
        }
    }
}

fn note_value(notes: &mut Notes<'_>, path: &[Step<'_>], value: &Value) {
    match value {
        Value::Text(text) if text.contains("{{") => note_text(notes, path, text),
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                note_value(notes, &longer(path, Step::Item(at)), item);
            }
        }
        _ => {}
    }
}

fn longer<'s>(path: &[Step<'s>], step: Step<'s>) -> Vec<Step<'s>> {
    path.iter().copied().chain([step]).collect()
}

fn note_text(notes: &mut Notes<'_>, path: &[Step<'_>], text: &str) {
    match syntax::check(&Json::from(text).to_string()) {
        Err(TemplateFlaw::DoesNotParse) => notes.add(
            Severity::Refused,
            "template",
            path,
            format!("the server cannot read the template in `{text}`"),
            "write it as `{{identity.metadata.team}}`, and close it in the same value".to_owned(),
        ),
        Err(TemplateFlaw::NotAllowed) => notes.add(
            Severity::Refused,
            "template",
            path,
            format!("the server does not let in the template in `{text}`"),
            "only names under `identity.`, in two braces, and `stripPrefix` are let in".to_owned(),
        ),
        Ok(()) => {
            for name in names(text) {
                note_name(notes, path, name);
            }
        }
    }
}

/// The names that the templates of `text` ask for.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let inner = text
        .split("{{")
        .skip(1)
        .filter_map(|after| after.split("}}").next());
    inner.filter_map(|inner| {
        let mut words = inner
            .trim_matches(|c: char| c == '~' || c.is_whitespace())
            .split_whitespace();
        match words.next()? {
            "stripPrefix" => words.next().map(|word| word.trim_matches(['(', ')'])),
            name => Some(name),
        }
    })
}

fn note_name(notes: &mut Notes<'_>, path: &[Step<'_>], name: &str) {
    if let Some(key) = name.strip_prefix("identity.metadata.") {
        let consequence = if notes.forbids() {
            "the template stays as it is written, and this Forbid does not hold for them"
        } else {
            "the template stays as it is written, and they get nothing from this rule"
        };
        let severity = if notes.forbids() {
            Severity::Dangerous
        } else {
            Severity::Surprising
        };
        notes.add(
            severity,
            "template-may-stay",
            path,
            format!("for members without metadata `{key}`, {consequence}"),
            format!("make sure that everyone with this rule has metadata `{key}`"),
        );
    } else if let Some(claim) = name.strip_prefix("identity.auth.") {
        notes.add(
            Severity::Dangerous,
            "template-may-vanish",
            path,
            format!(
                "`{{{{{name}}}}}` is only known while a machine identity signs in that way; for all \
                 others it becomes nothing, so that `/{{{{…}}}}/**` becomes `//**`, which matches `/`"
            ),
            format!("use metadata instead of `auth.{claim}`, or give this rule only to such identities"),
        );
    } else if !matches!(name, "identity.id" | "identity.username") {
        notes.add(
            Severity::Dangerous,
            "template-vanishes",
            path,
            format!("the server knows no `{name}`, and puts nothing in its place"),
            "use `identity.id`, `identity.username` or `identity.metadata.…`".to_owned(),
        );
    }
}
