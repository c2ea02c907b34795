//! Rules in the words of the project's catalogue.

use reeve_domain::condition::{Condition, Conditions, Operator, Test};
use reeve_domain::rule::{Action, Rule};
use reeve_domain::value::Value;
use reeve_policy::catalogue::{Catalogue, SubjectEntry, operator_title};
use reeve_policy::read::value_to_json;

use crate::dto::privilege::{ActionName, ConditionView, RuleView};

/// `rule` in words.
pub fn rule_view(rule: &Rule, catalogue: &Catalogue) -> RuleView {
    let subject = rule.subject().map_or("all", |subject| subject.as_str());
    let entry = catalogue.subject(subject);
    RuleView {
        subject: subject.to_owned(),
        subject_title: entry.map_or(subject, |entry| &entry.title).to_owned(),
        known: entry.is_some(),
        actions: rule
            .actions()
            .iter()
            .map(|action| action_name(action, entry))
            .collect(),
        inverted: rule.inverted(),
        conditions: condition_views(rule.conditions(), entry),
    }
}

/// Whether `rule_view` says all of `rule`, every part of it by a name that the catalogue has.
pub fn is_known(rule: &Rule, catalogue: &Catalogue) -> bool {
    let known = ["subject", "action", "inverted", "conditions"];
    let [subject] = rule.subjects() else {
        return false;
    };
    let Some(entry) = catalogue.subject(subject.as_str()) else {
        return false;
    };
    rule.written().iter().all(|(key, _)| known.contains(&key))
        && rule
            .actions()
            .iter()
            .all(|action| entry.action(action.as_str()).is_some())
        && match rule.conditions() {
            Conditions::None => true,
            Conditions::All(conditions) => conditions.iter().all(|it| is_known_test(it, entry)),
            Conditions::Malformed(_) => false,
        }
}

fn is_known_test(condition: &Condition, entry: &SubjectEntry) -> bool {
    entry.property(condition.property.as_str()).is_some()
        && match &condition.test {
            Test::Bare(_) => true,
            Test::Operators(operators) => operators
                .iter()
                .all(|(operator, _)| !matches!(operator, Operator::Other(_))),
        }
}

/// `action` with the name its subject gives it; its wire name if it is not known.
pub fn action_name(action: &Action, entry: Option<&SubjectEntry>) -> ActionName {
    let title = entry
        .and_then(|entry| entry.action(action.as_str()))
        .map_or(action.as_str(), |entry| &entry.title);
    ActionName {
        action: action.to_string(),
        title: title.to_owned(),
    }
}

fn condition_views(conditions: &Conditions, entry: Option<&SubjectEntry>) -> Vec<ConditionView> {
    match conditions {
        Conditions::None => Vec::new(),
        Conditions::All(conditions) => conditions
            .iter()
            .flat_map(|condition| views_of(condition, entry))
            .collect(),
        Conditions::Malformed(value) => vec![ConditionView {
            property: "conditions".into(),
            property_title: "Conditions".into(),
            operator: "$eq".into(),
            operator_title: "not readable".into(),
            values: values(value),
        }],
    }
}

fn views_of(condition: &Condition, entry: Option<&SubjectEntry>) -> Vec<ConditionView> {
    let property = condition.property.as_str();
    let known = entry.and_then(|entry| entry.property(property));
    let view = |operator: &Operator, operand: &Value| ConditionView {
        property: property.to_owned(),
        property_title: known.map_or(property, |known| &known.title).to_owned(),
        operator: operator.as_wire().to_owned(),
        operator_title: known
            .map_or_else(
                || operator_title(operator),
                |known| known.operator_title(operator),
            )
            .to_owned(),
        values: values(operand),
    };
    match &condition.test {
        Test::Bare(value) => vec![view(&Operator::Eq, value)],
        // What is left of an operator the server stripped: it never matches.
        Test::Operators(operators) if operators.is_empty() => vec![ConditionView {
            operator_title: "matches nothing".into(),
            values: Vec::new(),
            ..view(&Operator::Eq, &Value::Null)
        }],
        Test::Operators(operators) => operators
            .iter()
            .map(|(operator, operand)| view(operator, operand))
            .collect(),
    }
}

/// One text per value; what is no string is shown as JSON.
pub fn values(operand: &Value) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        other => value_to_json(other).to_string(),
    };
    match operand {
        Value::List(items) => items.iter().map(text).collect(),
        other => vec![text(other)],
    }
}
