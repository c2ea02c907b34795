//! Rules in the server's forms: as objects in roles and privileges, packed in audits.

use serde_json::{Map, Value, json};

/// The legacy action that a Forbid on one of the new ones covers as well.
const LEGACY: [(&str, &str, [&str; 2]); 1] = [("secrets", "read", ["describeSecret", "readValue"])];

/// Rules as an audit gives them: packed, Forbids last, with the legacy action spelled out.
pub fn packed(rules: &Value) -> Vec<Value> {
    let rules = rules.as_array().cloned().unwrap_or_default();
    let (forbids, allows): (Vec<Value>, Vec<Value>) =
        rules.into_iter().partition(|rule| rule["inverted"] == true);
    allows.iter().chain(&forbids).map(pack).collect()
}

fn pack(rule: &Value) -> Value {
    let subject = rule["subject"].as_str().unwrap_or_default();
    let inverted = rule["inverted"] == true;
    let mut actions: Vec<&str> = match &rule["action"] {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    for (of, legacy, new) in LEGACY {
        let touched = actions.iter().any(|action| new.contains(action));
        if inverted && of == subject && touched && !actions.contains(&legacy) {
            actions.push(legacy);
        }
    }
    let mut packed = vec![json!(actions.join(",")), json!(subject)];
    let conditions = rule
        .get("conditions")
        .filter(|conditions| conditions.is_object());
    match (conditions, inverted) {
        (Some(conditions), true) => packed.extend([conditions.clone(), json!(1)]),
        (Some(conditions), false) => packed.push(conditions.clone()),
        (None, true) => packed.extend([json!(0), json!(1)]),
        (None, false) => {}
    }
    Value::Array(packed)
}

/// Rules with the templates that a user's session can fill in.
pub fn filled_in(packed: &[Value], id: &str, username: &str) -> Vec<Value> {
    let text = Value::Array(packed.to_vec())
        .to_string()
        .replace("{{identity.id}}", id)
        .replace("{{identity.username}}", username);
    serde_json::from_str(&text).unwrap_or_default()
}

/// The condition keys of the subjects that the tests write rules about.
fn keys_of(subject: &str) -> Option<&'static [&'static str]> {
    match subject {
        "secrets" => Some(&[
            "environment",
            "secretPath",
            "secretName",
            "secretTags",
            "eventType",
        ]),
        "secret-folders" | "secret-imports" | "secret-syncs" | "secret-rotation" => {
            Some(&["environment", "secretPath"])
        }
        "dynamic-secrets" => Some(&["environment", "secretPath", "metadata"]),
        "identity" => Some(&[
            "identityId",
            "assignableRole",
            "assignableSubject",
            "assignableAction",
        ]),
        "member" => Some(&[
            "userEmail",
            "assignableRole",
            "assignableSubject",
            "assignableAction",
        ]),
        "groups" => Some(&["groupName", "assignableRole"]),
        _ => None,
    }
}

/// Rules as the server stores them: actions as a list, `inverted` always there, and what it does not
/// know dropped without a word, which may leave a condition that holds for everything.
pub fn stored(rules: &Value) -> Value {
    let rules = rules.as_array().cloned().unwrap_or_default();
    Value::Array(rules.iter().map(store).collect())
}

fn store(rule: &Value) -> Value {
    let subject = rule["subject"].as_str().unwrap_or_default();
    let mut stored = Map::new();
    stored.insert("subject".into(), json!(subject));
    let actions = match &rule["action"] {
        Value::Array(_) => rule["action"].clone(),
        one => json!([one]),
    };
    stored.insert("action".into(), actions);
    if let (Some(keys), Some(conditions)) = (keys_of(subject), rule["conditions"].as_object()) {
        let mut kept: Vec<(String, Value)> = conditions
            .iter()
            .filter(|(key, _)| keys.contains(&key.as_str()))
            .map(|(key, test)| (key.clone(), known_operators(test)))
            .collect();
        // The database orders keys by length first.
        kept.sort_by_key(|(key, _)| (key.len(), key.clone()));
        stored.insert(
            "conditions".into(),
            Value::Object(kept.into_iter().collect()),
        );
    }
    stored.insert("inverted".into(), json!(rule["inverted"] == true));
    Value::Object(stored)
}

fn known_operators(test: &Value) -> Value {
    match test {
        Value::Object(operators) => Value::Object(
            operators
                .iter()
                .filter(|(operator, _)| {
                    matches!(
                        operator.as_str(),
                        "$eq" | "$ne" | "$in" | "$glob" | "$all" | "$elemMatch"
                    )
                })
                .map(|(operator, value)| (operator.clone(), value.clone()))
                .collect(),
        ),
        other => other.clone(),
    }
}
