//! What the server refuses, at the place and in the words of the one who wrote it.

use reeve_domain::condition::Operator;
use reeve_domain::project::CatalogueEdition;
use serde_json::{Value as Json, json};

use super::nearest::suggestion;
use super::{Finding, Notes, Severity, Step};
use crate::catalogue::{Catalogue, PropertyEntry, SubjectEntry, ValueForm};
use crate::read::rule_to_json;
use crate::validate::combination::{self, Clash};
use crate::validate::{Issue, PathPart, Stage, accept};

/// Notes everything for which the server would refuse this rule.
pub fn note(notes: &mut Notes<'_>) {
    let rule = rule_to_json(notes.rule);
    let acceptance = accept(&json!([rule]), notes.edition);
    match acceptance.refused {
        // Templates are noted where they stand.
        None | Some(Stage::Template) => {}
        Some(Stage::Schema) => {
            for issue in &acceptance.issues {
                note_issue(notes, &rule, issue);
            }
        }
        Some(Stage::Combination) => note_clash(notes, &rule),
    }
}

/// What the server refuses about the list as a whole, though no rule by itself shows it: a template
/// that begins in one value and ends in another.
pub fn beyond_single_rules(
    rules: &Json,
    edition: CatalogueEdition,
    found: &[Finding],
) -> Option<Finding> {
    let known = found
        .iter()
        .any(|finding| finding.severity == Severity::Refused);
    let refused = !known && !accept(rules, edition).ok();
    refused.then(|| Finding {
        severity: Severity::Refused,
        code: "template",
        path: Vec::new(),
        message: "the server reads all rules as one text, and cannot read its templates".to_owned(),
        remedy: "close every `{{` with `}}` within the same value".to_owned(),
    })
}

fn note_issue(notes: &mut Notes<'_>, rule: &Json, issue: &Issue) {
    let path: Vec<Step<'_>> = issue
        .path
        .iter()
        .skip(1)
        .map(|part| match part {
            PathPart::Index(at) => Step::Item(*at),
            PathPart::Key(key) => Step::Key(key),
        })
        .collect();
    let (code, message, remedy) = match path.as_slice() {
        [Step::Key("action")] => return note_actions(notes, rule),
        [Step::Key("subject")] => subject_words(rule, notes.catalogue),
        [Step::Key("conditions"), Step::Key(property), ..] => {
            let entry = entry_of(rule, notes.catalogue).and_then(|entry| entry.property(property));
            value_words(entry, property, value_at(rule, &issue.path), issue)
        }
        [] => words(
            "not-a-rule",
            "this is not a rule",
            "write an object with `subject` and `action`",
        ),
        [Step::Key("inverted")] => words(
            "malformed-inverted",
            "`inverted` is neither true nor false",
            "write `true` to forbid, or leave it out to allow",
        ),
        [Step::Key("conditions")] => words(
            "malformed-conditions",
            "the conditions are not an object",
            "leave `conditions` out for a rule without conditions",
        ),
        _ => words("refused", &issue.message, "correct the value"),
    };
    notes.add(Severity::Refused, code, &path, message, remedy);
}

/// The code of a finding, what is the matter, and what to do about it.
type Words = (&'static str, String, String);

fn words(code: &'static str, message: &str, remedy: &str) -> Words {
    (code, message.to_owned(), remedy.to_owned())
}

fn subject_words(rule: &Json, catalogue: &Catalogue) -> Words {
    let code = "unknown-subject";
    let known = || {
        catalogue
            .subjects()
            .iter()
            .map(|entry| entry.subject.as_str())
    };
    match rule.get("subject") {
        None => words(
            code,
            "the rule has no subject",
            "choose what the rule is about",
        ),
        Some(Json::String(name)) if catalogue.subject(name).is_some() => (
            code,
            format!("only predefined roles can hold rules on `{name}`"),
            "remove the rule".to_owned(),
        ),
        Some(Json::String(name)) => (
            code,
            format!("this server does not know the subject `{name}`"),
            suggestion(name, known()).unwrap_or_else(|| "choose one of its subjects".to_owned()),
        ),
        Some(_) => words(
            code,
            "the subject is not a text",
            "write one rule for each subject",
        ),
    }
}

fn note_actions(notes: &mut Notes<'_>, rule: &Json) {
    let Some(entry) = entry_of(rule, notes.catalogue) else {
        return;
    };
    let known = || entry.actions.iter().map(|action| action.action.as_str());
    let (single, listed) = match rule.get("action") {
        Some(Json::Array(items)) => (None, items.as_slice()),
        single => (single, [].as_slice()),
    };
    if single.is_none() && listed.is_empty() {
        return notes.add(
            Severity::Refused,
            "no-action",
            &[Step::Key("action")],
            "the rule has no action".to_owned(),
            "choose at least one action, or remove the rule".to_owned(),
        );
    }
    let items = single.into_iter().map(|item| (None, item));
    let items = items.chain(listed.iter().enumerate().map(|(at, item)| (Some(at), item)));
    for (at, item) in items {
        if item
            .as_str()
            .is_some_and(|name| entry.action(name).is_some())
        {
            continue;
        }
        let path: Vec<Step<'_>> = std::iter::once(Step::Key("action"))
            .chain(at.map(Step::Item))
            .collect();
        let name = item
            .as_str()
            .map_or_else(|| item.to_string(), str::to_owned);
        notes.add(
            Severity::Refused,
            "unknown-action",
            &path,
            format!("{} has no action `{name}` on this server", entry.title),
            suggestion(&name, known()).unwrap_or_else(|| {
                format!("choose from {}", known().collect::<Vec<_>>().join(", "))
            }),
        );
    }
}

fn note_clash(notes: &mut Notes<'_>, rule: &Json) {
    let stored = accepted_in_part(rule, notes.edition);
    match combination::check(&[stored], notes.catalogue) {
        Some(Clash::LegacyAction { legacy, beside, .. }) => notes.add(
            Severity::Refused,
            "legacy-beside-new",
            &[Step::Key("action")],
            format!(
                "the legacy action `{legacy}` may not stand beside `{}`, which replaces it",
                beside.join("` and `")
            ),
            format!("remove `{legacy}`"),
        ),
        Some(Clash::Condition {
            property, action, ..
        }) => notes.add(
            Severity::Refused,
            "condition-not-for-action",
            &[Step::Key("conditions"), Step::Key(&property)],
            format!("`{action}` takes no condition on `{property}`"),
            format!("remove the condition, or give `{action}` a rule of its own"),
        ),
        None => {}
    }
}

/// The rule with its action as a list, as the check of combinations sees it.
fn accepted_in_part(rule: &Json, edition: CatalogueEdition) -> Json {
    let mut rule = rule.clone();
    let properties = entry_of(&rule, Catalogue::of(edition));
    let known = |key: &str| properties.is_some_and(|entry| entry.property(key).is_some());
    if let Some(conditions) = rule.get_mut("conditions").and_then(Json::as_object_mut) {
        conditions.retain(|key, _| known(key));
    }
    if let Some(action) = rule.get_mut("action")
        && action.is_string()
    {
        *action = json!([action.clone()]);
    }
    rule
}

fn value_words(
    entry: Option<&PropertyEntry>,
    property: &str,
    value: Option<&Json>,
    issue: &Issue,
) -> Words {
    let title = entry.map_or(property, |entry| &*entry.title);
    let shown = value.map_or_else(
        || "nothing".to_owned(),
        |value| format!("`{}`", plain(value)),
    );
    match (issue.message.as_str(), issue.code) {
        (_, Some("too_small")) => (
            "empty-value",
            format!("{title} is compared with an empty text"),
            "write a value, or remove the condition".to_owned(),
        ),
        ("Invalid glob pattern", _) => (
            "unreadable-glob",
            format!("the server cannot read the glob {shown}"),
            "write another pattern".to_owned(),
        ),
        (_, Some("custom")) if entry.is_some_and(|entry| entry.form == ValueForm::Path) => (
            "path-without-slash",
            format!("{title} does not start with `/`: {shown}"),
            "start it with `/`; only Glob Match may start otherwise".to_owned(),
        ),
        (message, Some("custom")) => (
            "assignable-action",
            format!("{title}: {message}"),
            "write `subject:action`, with a subject that Assignable Subject lets through"
                .to_owned(),
        ),
        _ => (
            "malformed-value",
            format!("{title} cannot be compared with {shown}"),
            value_remedy(entry),
        ),
    }
}

fn value_remedy(entry: Option<&PropertyEntry>) -> String {
    let Some(entry) = entry else {
        return "write a text".to_owned();
    };
    let operators: Vec<&str> = entry.operators.iter().map(Operator::as_wire).collect();
    format!(
        "write {}an object with {}; every value is a text, those of `$in` and `$all` are lists of \
         texts",
        if entry.bare { "a text, or " } else { "" },
        operators.join(", ")
    )
}

fn entry_of<'c>(rule: &Json, catalogue: &'c Catalogue) -> Option<&'c SubjectEntry> {
    catalogue.subject(rule.get("subject")?.as_str()?)
}

/// The value at a path that starts with the position of `rule` in its list.
fn value_at<'a>(rule: &'a Json, path: &[PathPart]) -> Option<&'a Json> {
    path.iter()
        .skip(1)
        .try_fold(rule, |value, part| match part {
            PathPart::Index(at) => value.get(at),
            PathPart::Key(key) => value.get(&**key),
        })
}

fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
