//! Reads rules from JSON and writes them back, losing nothing.
//!
//! Reading never refuses a rule: what is unexpected stays in the rule as written and is listed as a
//! problem. This module knows the shape of rules, not which subjects or operators a server has.

mod json_text;

use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Conditions;
use reeve_domain::rule::Rule;
use reeve_domain::value::{Object, Value};

pub use json_text::{JsonTextError, value_from_text, value_to_text};

/// Something unexpected in a list of rules. The rule is kept all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadProblem {
    /// Where the rule stands in the list, from 0.
    pub rule: usize,
    /// What is unexpected.
    pub kind: ReadProblemKind,
}

/// What is unexpected about one item of a list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadProblemKind {
    /// The item is not an object; it is kept and never decides anything.
    NotAnObject,
    /// There is no subject, which the server's library takes for every subject.
    NoSubject,
    /// The subject is neither a string nor a list of strings.
    MalformedSubject,
    /// There is no action, so the rule never applies.
    NoAction,
    /// The action is neither a string nor a list of strings.
    MalformedAction,
    /// `inverted` is neither true nor false; the server goes by JavaScript's idea of truth.
    MalformedInverted,
    /// `conditions` is neither an object nor null.
    MalformedConditions,
}

/// Why a text holds no list of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The text is not JSON.
    #[error("this is not JSON: {0}")]
    NotJson(#[from] JsonTextError),
    /// The text is JSON, but not a list.
    #[error("a list of rules is needed, in `[` and `]`")]
    NotAList,
}

/// Reads a list of rules. Items that are no rules are kept as such; anything but a list reads as an
/// empty list with one problem at position 0.
pub fn rules_from_json(json: &serde_json::Value) -> (Vec<Rule>, Vec<ReadProblem>) {
    match value_from_json(json) {
        Value::List(items) => read_items(items),
        _ => (
            Vec::new(),
            vec![ReadProblem {
                rule: 0,
                kind: ReadProblemKind::NotAnObject,
            }],
        ),
    }
}

/// Reads a list of rules from JSON text. Numbers keep the spelling they have in the text.
pub fn rules_from_text(text: &str) -> Result<(Vec<Rule>, Vec<ReadProblem>), ReadError> {
    match value_from_text(text)? {
        Value::List(items) => Ok(read_items(items)),
        _ => Err(ReadError::NotAList),
    }
}

/// The rules as JSON, each exactly as it was written.
///
/// `serde_json` holds numbers as 64-bit integers or floats, so an unusual spelling (`1e2`, twenty
/// digits) changes here; [`rules_to_text`] keeps it.
pub fn rules_to_json(rules: &[Rule]) -> serde_json::Value {
    serde_json::Value::Array(rules.iter().map(rule_to_json).collect())
}

/// One rule as JSON, exactly as it was written.
pub fn rule_to_json(rule: &Rule) -> serde_json::Value {
    match rule.unreadable_item() {
        Some(item) => value_to_json(item),
        None => object_to_json(rule.written()),
    }
}

/// The rules as compact JSON text, each exactly as it was written, numbers included.
pub fn rules_to_text(rules: &[Rule]) -> String {
    value_to_text(&Value::List(rules.iter().map(rule_to_value).collect()))
}

/// One rule as the value it was read from.
pub fn rule_to_value(rule: &Rule) -> Value {
    rule.unreadable_item()
        .cloned()
        .unwrap_or_else(|| Value::Object(rule.written().clone()))
}

/// Reads any JSON value.
pub fn value_from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => Value::Number(number.to_string().into()),
        serde_json::Value::String(text) => Value::text(text.as_str()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value_from_json).collect()),
        serde_json::Value::Object(members) => Value::Object(object_from_json(members)),
    }
}

/// Writes any value as JSON. A number beyond the range of a 64-bit float becomes `null`, as
/// JavaScript writes it.
pub fn value_to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(*value),
        Value::Number(number) => number_to_json(number),
        Value::Text(text) => serde_json::Value::String(text.to_string()),
        Value::List(items) => serde_json::Value::Array(items.iter().map(value_to_json).collect()),
        Value::Object(object) => object_to_json(object),
    }
}

/// `serde_json` itself reads floats a little wrong in the last digit, so they are not read by it.
fn number_to_json(number: &str) -> serde_json::Value {
    let is_whole = !number.contains(['.', 'e', 'E']) && number != "-0";
    if is_whole && let Ok(number) = number.parse::<i64>() {
        return number.into();
    }
    if is_whole && let Ok(number) = number.parse::<u64>() {
        return number.into();
    }
    let number = number.parse().ok().and_then(serde_json::Number::from_f64);
    number.map_or(serde_json::Value::Null, serde_json::Value::Number)
}

/// Reads the attributes of a check: an object, or `None` (also JSON `null`) for a check on the bare
/// subject. Anything else is no set of attributes.
pub fn attributes_from_json(json: Option<&serde_json::Value>) -> Option<Attributes> {
    match json {
        None | Some(serde_json::Value::Null) => Some(Attributes::Bare),
        Some(serde_json::Value::Object(members)) => Some(Attributes::Of(object_from_json(members))),
        Some(_) => None,
    }
}

fn object_from_json(members: &serde_json::Map<String, serde_json::Value>) -> Object {
    members
        .iter()
        .map(|(key, value)| (key.as_str(), value_from_json(value)))
        .collect()
}

fn object_to_json(object: &Object) -> serde_json::Value {
    serde_json::Value::Object(
        object
            .iter()
            .map(|(key, value)| (key.to_owned(), value_to_json(value)))
            .collect(),
    )
}

fn read_items(items: Vec<Value>) -> (Vec<Rule>, Vec<ReadProblem>) {
    let mut problems = Vec::new();
    let rules = items
        .into_iter()
        .enumerate()
        .map(|(at, item)| read_item(at, item, &mut problems))
        .collect();
    (rules, problems)
}

fn read_item(at: usize, item: Value, problems: &mut Vec<ReadProblem>) -> Rule {
    let mut found = |kind| problems.push(ReadProblem { rule: at, kind });
    let Value::Object(written) = item else {
        found(ReadProblemKind::NotAnObject);
        return Rule::unreadable(item);
    };
    match shape(written.get("subject")) {
        Shape::Absent => found(ReadProblemKind::NoSubject),
        Shape::Malformed => found(ReadProblemKind::MalformedSubject),
        Shape::Texts => {}
    }
    match shape(written.get("action")) {
        Shape::Absent => found(ReadProblemKind::NoAction),
        Shape::Malformed => found(ReadProblemKind::MalformedAction),
        Shape::Texts => {}
    }
    if !matches!(written.get("inverted"), None | Some(Value::Bool(_))) {
        found(ReadProblemKind::MalformedInverted);
    }
    let rule = Rule::read(written);
    if matches!(rule.conditions(), Conditions::Malformed(_)) {
        found(ReadProblemKind::MalformedConditions);
    }
    rule
}

enum Shape {
    Absent,
    Malformed,
    Texts,
}

fn shape(value: Option<&Value>) -> Shape {
    match value {
        None => Shape::Absent,
        Some(Value::Text(text)) if !text.is_empty() => Shape::Texts,
        Some(Value::List(items)) if items.is_empty() => Shape::Absent,
        Some(Value::List(items)) if items.iter().all(|i| i.as_text().is_some()) => Shape::Texts,
        Some(_) => Shape::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn everything_in_a_list_survives_reading_and_writing() {
        let written = json!([
            {"subject": "secrets", "action": "read", "x-note": [1, -2.5, null], "conditions": {}},
            {"action": ["read", "read"], "subject": ["a", "b"], "inverted": "yes"},
            null,
            "text",
            [{"subject": "secrets"}],
            {"conditions": 5}
        ]);
        let (rules, problems) = rules_from_json(&written);
        assert_eq!(rules_to_json(&rules), written);
        assert_eq!(rules_to_text(&rules), written.to_string());
        let kinds: Vec<_> = problems.iter().map(|p| (p.rule, p.kind)).collect();
        assert_eq!(
            kinds,
            [
                (1, ReadProblemKind::MalformedInverted),
                (2, ReadProblemKind::NotAnObject),
                (3, ReadProblemKind::NotAnObject),
                (4, ReadProblemKind::NotAnObject),
                (5, ReadProblemKind::NoSubject),
                (5, ReadProblemKind::NoAction),
                (5, ReadProblemKind::MalformedConditions),
            ]
        );
    }

    #[test]
    fn numbers_keep_their_spelling_from_text_to_text() {
        let text = r#"[{"n":[1.0,1e2,-0,123456789012345678901234567890]}]"#;
        let (rules, _) = rules_from_text(text).unwrap();
        assert_eq!(rules_to_text(&rules), text);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert_eq!(rules_from_text("{}"), Err(ReadError::NotAList));
        assert!(matches!(
            rules_from_text("[1,]"),
            Err(ReadError::NotJson(_))
        ));
    }

    #[test]
    fn attributes_are_an_object_or_none_at_all() {
        assert_eq!(attributes_from_json(None), Some(Attributes::Bare));
        assert_eq!(
            attributes_from_json(Some(&json!(null))),
            Some(Attributes::Bare)
        );
        assert_eq!(
            attributes_from_json(Some(&json!({}))),
            Some(Attributes::Of(Object::new()))
        );
        assert_eq!(attributes_from_json(Some(&json!("x"))), None);
    }
}
