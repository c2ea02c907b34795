//! Values in HCL, Terraform's language.

use reeve_domain::value::{Object, Value};

/// A text in quotes. What Terraform would fill in itself is escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                quoted.extend([format!("\\u{:04x}", u32::from(control))]);
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted.replace("${", "$${").replace("%{", "%%{")
}

/// A list in one line.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A value, its outermost object over several lines that are indented by `depth` steps.
pub(super) fn value(value: &Value, depth: usize) -> String {
    match value {
        Value::Object(object) if !object.is_empty() => lines(object, depth),
        other => flat(other),
    }
}

fn lines(object: &Object, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let keys: Vec<String> = object.iter().map(|(name, _)| key(name)).collect();
    let width = keys
        .iter()
        .map(|key| key.chars().count())
        .max()
        .unwrap_or_default();
    let members = keys
        .iter()
        .zip(object.iter())
        .map(|(key, (_, value))| format!("{indent}  {key:width$} = {}\n", flat(value)));
    format!("{{\n{}{indent}}}", members.collect::<String>())
}

fn flat(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => quoted(text),
        Value::List(items) => list(items.iter().map(flat)),
        Value::Object(object) if object.is_empty() => "{}".to_owned(),
        Value::Object(object) => {
            let members: Vec<String> = object
                .iter()
                .map(|(name, value)| format!("{} = {}", key(name), flat(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

fn key(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain {
        name.to_owned()
    } else {
        quoted(name)
    }
}
