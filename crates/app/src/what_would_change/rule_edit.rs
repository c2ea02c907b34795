//! Small edits of one rule. Everything that is not edited stays as it is written.

use reeve_domain::rule::{Action, Rule};
use reeve_domain::value::{Object, Value};
use reeve_policy::decide::ConditionTrace;

/// How a rule is made to reach further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// Its lists of values get the value, too. Patterns are left alone: one in braces beside a
    /// value matches less than it does alone.
    Value,
    /// Its patterns reach up to the folder that they and the path have in common.
    Folder,
    /// A copy of it is about just the value.
    Copy,
}

/// `rule` without `action`; `None` if nothing is left of it.
pub(super) fn without_action(rule: &Rule, action: &Action) -> Option<Rule> {
    let rest: Vec<Action> = rule
        .actions()
        .iter()
        .filter(|other| *other != action)
        .cloned()
        .collect();
    (!rest.is_empty() && rest.len() < rule.actions().len()).then(|| rule.with_actions(&rest))
}

/// `rule` with `action` as well.
pub(super) fn with_action(rule: &Rule, action: &Action) -> Rule {
    let mut actions = rule.actions().to_vec();
    actions.push(action.clone());
    rule.with_actions(&actions)
}

/// `rule` with the condition that `failing` shows loosened so that the value passes, and what was
/// done in words.
pub(super) fn loosened(
    rule: &Rule,
    failing: &ConditionTrace,
    width: Width,
) -> Option<(Rule, String)> {
    let property = failing.property.split('.').next()?;
    let title = &failing.property;
    let found = failing.found.as_ref();
    let first_text = |value: &Value| match value {
        Value::Text(text) => Some(text.to_string()),
        Value::List(items) => items.first()?.as_text().map(str::to_owned),
        _ => None,
    };
    let asked = found.and_then(first_text);
    if width == Width::Copy {
        let asked = asked?;
        let (operator, value) = match found {
            Some(Value::List(_)) => ("$in", Value::texts([asked.as_str()])),
            _ => ("$eq", Value::text(asked.as_str())),
        };
        let edited = with_operator(rule, property, &failing.operator, Some((operator, value)))?;
        return Some((edited, format!("`{title}` `{asked}`")));
    }
    match (&*failing.operator, asked) {
        ("$eq", Some(asked)) => {
            let old = failing.expected.as_text()?.to_owned();
            let list = Value::texts([old, asked.clone()]);
            let edited = with_operator(rule, property, "$eq", Some(("$in", list)))?;
            Some((edited, format!("let `{title}` be `{asked}` as well")))
        }
        ("$in", Some(asked)) => {
            let mut items = failing.expected.as_list()?.to_vec();
            items.push(Value::text(asked.as_str()));
            let edited = with_operator(rule, property, "$in", Some(("$in", Value::List(items))))?;
            Some((edited, format!("add `{asked}` to `{title}`")))
        }
        ("$glob", Some(asked)) => {
            let old = failing.expected.as_text()?;
            if width != Width::Folder {
                return None;
            }
            let pattern = common_folder(old, &asked)?;
            let value = Value::text(pattern.as_str());
            let edited = with_operator(rule, property, "$glob", Some(("$glob", value)))?;
            Some((edited, format!("widen `{title}` to `{pattern}`")))
        }
        (operator, _) => {
            let edited = with_operator(rule, property, operator, None)?;
            Some((edited, format!("drop the condition on `{title}`")))
        }
    }
}

/// `rule` with one more condition: `property` is not `value`.
pub(super) fn except(rule: &Rule, property: &str, value: &str) -> Option<(Rule, String)> {
    let mut written = rule.written().clone();
    let mut conditions = match written.get("conditions") {
        Some(Value::Object(conditions)) => conditions.clone(),
        None | Some(Value::Null) => Object::new(),
        Some(_) => return None,
    };
    let mut operators = match conditions.get(property) {
        None => Object::new(),
        Some(Value::Object(operators)) => operators.clone(),
        Some(bare) => [("$eq", bare.clone())].into_iter().collect(),
    };
    if operators.get("$ne").is_some() {
        return None;
    }
    operators.set("$ne", Value::text(value));
    conditions.set(property, Value::Object(operators));
    written.set("conditions", Value::Object(conditions));
    Some((
        Rule::read(written),
        format!("leave out `{property}` `{value}`"),
    ))
}

/// `rule` with the operator `old` of `property` replaced, or dropped if there is no other.
fn with_operator(
    rule: &Rule,
    property: &str,
    old: &str,
    new: Option<(&str, Value)>,
) -> Option<Rule> {
    let mut written = rule.written().clone();
    let Some(Value::Object(conditions)) = written.get("conditions") else {
        return None;
    };
    let mut conditions = conditions.clone();
    let mut operators = match conditions.get(property)? {
        Value::Object(operators) => operators.clone(),
        bare => [("$eq", bare.clone())].into_iter().collect(),
    };
    operators.remove(old)?;
    if let Some((operator, value)) = new {
        operators.set(operator, value);
    }
    if operators.is_empty() {
        conditions.remove(property);
    } else {
        conditions.set(property, Value::Object(operators));
    }
    if conditions.is_empty() {
        written.remove("conditions");
    } else {
        written.set("conditions", Value::Object(conditions));
    }
    Some(Rule::read(written))
}

/// The pattern for everything in and below the deepest folder above both a pattern and a path.
fn common_folder(pattern: &str, path: &str) -> Option<String> {
    let plain = |part: &&str| !part.contains(['*', '?', '[', ']', '{', '}', '!', '(', ')']);
    let common: Vec<&str> = pattern
        .split('/')
        .take_while(plain)
        .zip(path.split('/'))
        .take_while(|(one, other)| one == other)
        .map(|(part, _)| part)
        .collect();
    let folder = common.join("/");
    path.starts_with('/').then(|| format!("{folder}/**"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reeve_policy::decide::CheckResult;
    use reeve_policy::read::{rule_to_value, rules_from_text, value_to_text};

    fn rule(text: &str) -> Rule {
        rules_from_text(&format!("[{text}]")).unwrap().0.remove(0)
    }

    #[track_caller]
    fn check(written: &str, operator: &str, expected: Value, found: Value, width: Width, to: &str) {
        let trace = ConditionTrace {
            property: "secretPath".into(),
            operator: operator.into(),
            expected,
            found: Some(found),
            result: CheckResult::NotMatched,
            alone: CheckResult::NotMatched,
            absent: false,
        };
        let before = rule(&format!(
            r#"{{"subject":"secrets","action":["read"],"conditions":{written}}}"#
        ));
        let (after, _) = loosened(&before, &trace, width).unwrap();
        let after = rule_to_value(&after);
        let conditions = after.as_object().and_then(|rule| rule.get("conditions"));
        assert_eq!(conditions.map_or_else(String::new, value_to_text), to);
    }

    #[test]
    fn a_condition_is_loosened_no_further_than_asked() {
        let (old, new) = (|| Value::text("/a"), || Value::text("/b/c"));
        check(
            r#"{"secretPath":"/a"}"#,
            "$eq",
            old(),
            new(),
            Width::Value,
            r#"{"secretPath":{"$in":["/a","/b/c"]}}"#,
        );
        check(
            r#"{"secretPath":{"$in":["/a"]}}"#,
            "$in",
            Value::texts(["/a"]),
            new(),
            Width::Value,
            r#"{"secretPath":{"$in":["/a","/b/c"]}}"#,
        );
        let glob = || Value::text("/b/**");
        check(
            r#"{"secretPath":{"$glob":"/b/**"},"environment":"dev"}"#,
            "$glob",
            glob(),
            Value::text("/x"),
            Width::Copy,
            r#"{"secretPath":{"$eq":"/x"},"environment":"dev"}"#,
        );
        check(
            r#"{"secretPath":{"$glob":"/a/b/**"}}"#,
            "$glob",
            Value::text("/a/b/**"),
            Value::text("/a/c"),
            Width::Folder,
            r#"{"secretPath":{"$glob":"/a/**"}}"#,
        );
        check(
            r#"{"secretPath":{"$glob":"/b/**"}}"#,
            "$glob",
            glob(),
            Value::text("/x"),
            Width::Folder,
            r#"{"secretPath":{"$glob":"/**"}}"#,
        );
        check(
            r#"{"secretPath":{"$ne":"/a","$glob":"/**"}}"#,
            "$ne",
            old(),
            old(),
            Width::Value,
            r#"{"secretPath":{"$glob":"/**"}}"#,
        );
        check(
            r#"{"secretPath":{"$ne":"/a"}}"#,
            "$ne",
            old(),
            old(),
            Width::Value,
            "",
        );
    }

    #[test]
    fn an_exception_is_one_more_condition() {
        let before = rule(
            r#"{"subject":"secrets","action":["read"],"inverted":true,"conditions":{"secretPath":{"$glob":"/a/**"}}}"#,
        );
        let (after, _) = except(&before, "secretPath", "/a/b").unwrap();
        assert_eq!(
            value_to_text(after.written().get("conditions").unwrap()),
            r#"{"secretPath":{"$glob":"/a/**","$ne":"/a/b"}}"#
        );
        assert!(except(&after, "secretPath", "/a/c").is_none());
    }
}
