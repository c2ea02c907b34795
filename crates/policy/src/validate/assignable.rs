//! `assignableAction` names actions as `subject:action`, and its subjects must agree with
//! `assignableSubject` in the same rule.

use reeve_domain::condition::Property;
use serde_json::Value as Json;

use super::text::trimmed;
use crate::catalogue::{SubjectEntry, ValueForm};
use crate::glob::Glob;

/// The subjects that `assignableSubject` leaves.
enum Subjects<'a> {
    Any,
    Among(Vec<&'a str>),
    AllBut(Vec<&'a str>),
    Matching(&'a str),
}

/// The first complaint about `conditions`, which have passed the rest of the schema, with the
/// property it is about.
pub fn complaint(entry: &SubjectEntry, conditions: &Json) -> Option<(Property, String)> {
    let property = entry
        .properties
        .iter()
        .find(|property| property.form == ValueForm::SubjectAction)?;
    let named = values(conditions.get(property.property.as_str()));
    let subjects = Subjects::read(conditions.get("assignableSubject"));
    let message = named
        .into_iter()
        .find_map(|action| complaint_about(action, &subjects))?;
    Some((property.property.clone(), message))
}

fn complaint_about(named: &str, subjects: &Subjects<'_>) -> Option<String> {
    let parts = named
        .split_once(':')
        .map(|(subject, action)| (trimmed(subject), trimmed(action)))
        .filter(|(subject, action)| !subject.is_empty() && !action.is_empty());
    let Some((subject, _)) = parts else {
        return Some(
            "Must follow format {subject}:{action} (e.g., secrets:describeSecret)".to_owned(),
        );
    };
    match subjects {
        Subjects::AllBut(forbidden) if forbidden.contains(&subject) => Some(format!(
            "Subject \"{subject}\" is forbidden by the assignable subject condition"
        )),
        Subjects::Among(allowed) if !allowed.contains(&subject) => Some(format!(
            "Subject \"{subject}\" is not in the assignable subject list"
        )),
        Subjects::Matching(glob) if is_outside(subject, glob) => Some(format!(
            "Subject \"{subject}\" does not match the assignable subject pattern \"{glob}\""
        )),
        _ => None,
    }
}

/// Whether `subject` is known not to match. What cannot be reproduced is not held against it.
fn is_outside(subject: &str, glob: &str) -> bool {
    Glob::new(glob).matches(subject) == Ok(false)
}

impl<'a> Subjects<'a> {
    fn read(written: Option<&'a Json>) -> Self {
        let Some(Json::Object(operators)) = written else {
            return Self::of(values(written), Self::Among);
        };
        if operators.contains_key("$eq") || operators.contains_key("$in") {
            Self::of(values(written), Self::Among)
        } else if operators.contains_key("$ne") {
            Self::of(values(written), Self::AllBut)
        } else {
            match operators.get("$glob").and_then(Json::as_str).map(trimmed) {
                Some(glob) if !glob.is_empty() => Self::Matching(glob),
                _ => Self::Any,
            }
        }
    }

    fn of(values: Vec<&'a str>, kind: fn(Vec<&'a str>) -> Self) -> Self {
        if values.is_empty() {
            Self::Any
        } else {
            kind(values)
        }
    }
}

/// The texts a condition names, by the server's preference of operators: `$eq`, `$ne`, `$in`,
/// `$glob`; the first that is there speaks alone.
fn values(written: Option<&Json>) -> Vec<&str> {
    let texts: Vec<&Json> = match written {
        None => Vec::new(),
        Some(Json::Object(operators)) => ["$eq", "$ne", "$in", "$glob"]
            .iter()
            .find_map(|name| operators.get(*name))
            .map(|operand| {
                operand
                    .as_array()
                    .map_or(vec![operand], |list| list.iter().collect())
            })
            .unwrap_or_default(),
        Some(bare) => vec![bare],
    };
    texts
        .into_iter()
        .filter_map(Json::as_str)
        .map(trimmed)
        .filter(|text| !text.is_empty())
        .collect()
}
