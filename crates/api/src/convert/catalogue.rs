//! The catalogue, the operations and the templates.

use reeve_domain::condition::{Operator, Test};
use reeve_domain::rule::Rule;
use reeve_policy::catalogue::{Catalogue, Column, PolicyTemplate, PropertyEntry, SubjectEntry};
use reeve_policy::read::value_to_json;

use crate::dto::catalogue::{
    ActionView, OperatorView, PolicyTemplateView, PropertyView, SubjectView, TableColumn,
};
use crate::dto::privilege::{ConditionDraft, PolicyDraft};

/// The subjects that rules may be written for.
pub fn subjects(catalogue: &Catalogue) -> Vec<SubjectView> {
    catalogue
        .subjects()
        .iter()
        .filter(|entry| entry.writable)
        .map(subject)
        .collect()
}

fn subject(entry: &SubjectEntry) -> SubjectView {
    SubjectView {
        subject: entry.subject.to_string(),
        title: entry.title.to_string(),
        description: entry.description.to_string(),
        area: entry.area.to_string(),
        actions: entry
            .actions
            .iter()
            .map(|action| ActionView {
                action: action.action.to_string(),
                title: action.title.to_string(),
                description: action.description.to_string(),
                legacy: action.legacy,
                column: action.column.map(column),
                offered: action.offered,
                only_properties: action
                    .only_properties
                    .as_ref()
                    .map(|only| only.iter().map(ToString::to_string).collect()),
            })
            .collect(),
        properties: entry.properties.iter().map(property).collect(),
        invertible: entry.invertible,
        offered: entry.offered,
    }
}

fn property(entry: &PropertyEntry) -> PropertyView {
    PropertyView {
        property: entry.property.to_string(),
        title: entry.title.to_string(),
        // Conditions on the elements of a list are written member by member.
        operators: entry
            .operators
            .iter()
            .filter(|operator| **operator != Operator::ElemMatch)
            .map(|operator| OperatorView {
                operator: operator.as_wire().to_owned(),
                title: entry.operator_title(operator).to_owned(),
                takes_list: matches!(operator, Operator::In | Operator::All),
            })
            .collect(),
        elements: entry.element.iter().map(property).collect(),
    }
}

fn column(column: Column) -> TableColumn {
    match column {
        Column::Read => TableColumn::Read,
        Column::Create => TableColumn::Create,
        Column::Edit => TableColumn::Edit,
        Column::Delete => TableColumn::Delete,
    }
}

/// A template as policies to start from.
pub fn template(template: &PolicyTemplate) -> PolicyTemplateView {
    PolicyTemplateView {
        id: template.slug.to_string(),
        title: template.name.to_string(),
        description: template.description.to_string(),
        policies: template.rules.iter().filter_map(policy).collect(),
    }
}

fn policy(rule: &Rule) -> Option<PolicyDraft> {
    let mut conditions = Vec::new();
    for condition in rule.conditions().as_slice() {
        let operators = match &condition.test {
            Test::Bare(value) => vec![(Operator::Eq, value.clone())],
            Test::Operators(operators) => operators.clone(),
        };
        for (operator, operand) in operators {
            let values = match value_to_json(&operand) {
                serde_json::Value::Array(items) => items
                    .iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect(),
                other => vec![other.as_str()?.to_owned()],
            };
            conditions.push(ConditionDraft {
                property: condition.property.to_string(),
                operator: operator.as_wire().to_owned(),
                values,
            });
        }
    }
    Some(PolicyDraft {
        subject: rule.subject()?.to_string(),
        actions: rule.actions().iter().map(ToString::to_string).collect(),
        inverted: rule.inverted(),
        conditions,
        written: None,
        kept: false,
    })
}
