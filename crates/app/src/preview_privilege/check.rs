//! What is wrong with the policies of a draft, and what is probably not meant.
//!
//! The checks in plain words come first, at their field; the server's own acceptance is asked last,
//! so that nothing it would refuse or silently strip can be saved.

use std::collections::HashSet;

use reeve_domain::condition::Operator;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Effect, Rule};
use reeve_policy::catalogue::{Catalogue, PropertyEntry, SubjectEntry};
use reeve_policy::read::rule_to_json;
use reeve_policy::validate::accept;
use reeve_store::place::Places;
use serde_json::Value;

use super::policy::ELEMENT;
use super::{ConditionDraft, PolicyDraft, PrivilegeDraft, rule_of};
use crate::remark::{Remark, remark};

/// What keeps the policies from being saved.
pub(super) fn problems(
    draft: &PrivilegeDraft,
    rules: &[Rule],
    edition: CatalogueEdition,
) -> Vec<Remark> {
    if draft.policies.is_empty() {
        return vec![remark(
            "policies",
            "a privilege without policies grants nothing; add at least one",
        )];
    }
    let mut problems = Vec::new();
    for (index, (policy, rule)) in draft.policies.iter().zip(rules).enumerate() {
        // What was loaded as it is, is not for this editor to better.
        if !policy.kept {
            let field = format!("policies.{index}");
            problems.extend(of_policy(policy, rule, edition, &field));
        }
    }
    problems
}

/// What keeps one policy from being saved, if anything does.
pub(super) fn problem_of_policy(policy: &PolicyDraft, edition: CatalogueEdition) -> Option<Remark> {
    of_policy(policy, &rule_of(policy), edition, "policy")
        .into_iter()
        .next()
}

/// What a server would refuse or strip of the policies that are kept as they were loaded.
pub(super) fn refusals(draft: &PrivilegeDraft, edition: CatalogueEdition) -> Vec<Remark> {
    let kept = draft
        .policies
        .iter()
        .enumerate()
        .filter(|(_, policy)| policy.kept);
    kept.filter_map(|(index, policy)| {
        refusal(&rule_of(policy), edition, &format!("policies.{index}"))
    })
    .collect()
}

fn of_policy(
    policy: &PolicyDraft,
    rule: &Rule,
    edition: CatalogueEdition,
    field: &str,
) -> Vec<Remark> {
    let mut problems = Vec::new();
    match Catalogue::of(edition).subject(policy.subject.as_str()) {
        None => problems.push(remark(
            field,
            &format!(
                "this server does not know `{}`; remove the policy",
                policy.subject
            ),
        )),
        Some(entry) => check_policy(policy, entry, field, &mut problems),
    }
    if problems.is_empty() {
        problems.extend(refusal(rule, edition, field));
    }
    problems
}

fn check_policy(
    policy: &PolicyDraft,
    entry: &SubjectEntry,
    field: &str,
    problems: &mut Vec<Remark>,
) {
    if policy.actions.is_empty() {
        problems.push(remark(
            &format!("{field}.actions"),
            &format!("choose at least one action on {}", entry.title),
        ));
    }
    for action in &policy.actions {
        if entry.action(action.as_str()).is_none() {
            problems.push(remark(
                &format!("{field}.actions"),
                &format!("{} has no action `{action}`; take it out", entry.title),
            ));
        }
    }
    if policy.effect == Effect::Forbid && !entry.invertible {
        problems.push(remark(
            &format!("{field}.inverted"),
            &format!(
                "{} cannot be forbidden: the server would turn this into an Allow; choose Allow",
                entry.title
            ),
        ));
    }
    let mut seen = HashSet::new();
    for (index, condition) in policy.conditions.iter().enumerate() {
        let field = format!("{field}.conditions.{index}");
        check_condition(condition, entry, &field, problems);
        if !seen.insert((condition.property.as_str(), condition.operator.as_wire())) {
            problems.push(remark(
                &format!("{field}.operator"),
                "this property is compared in this way already; change the other condition, or use another operator",
            ));
        }
    }
}

/// The property that a condition tests, which may be a member of a list's elements.
fn property_of<'a>(entry: &'a SubjectEntry, name: &str) -> Option<&'a PropertyEntry> {
    match name.split_once(ELEMENT) {
        None => entry.property(name),
        Some((list, member)) => entry
            .property(list)?
            .element
            .iter()
            .find(|it| it.property.as_str() == member),
    }
}

fn check_condition(
    condition: &ConditionDraft,
    entry: &SubjectEntry,
    field: &str,
    problems: &mut Vec<Remark>,
) {
    let Some(property) = property_of(entry, condition.property.as_str()) else {
        problems.push(remark(
            &format!("{field}.property"),
            &format!(
                "conditions on {} cannot test `{}`; choose another property",
                entry.title, condition.property
            ),
        ));
        return;
    };
    if !property.takes(&condition.operator) {
        let titles: Vec<&str> = property
            .operators
            .iter()
            .map(|operator| property.operator_title(operator))
            .collect();
        problems.push(remark(
            &format!("{field}.operator"),
            &format!(
                "{} can be compared by {} only",
                property.title,
                titles.join(", ")
            ),
        ));
    }
    let value_field = format!("{field}.value");
    if condition.values.iter().all(|value| value.trim().is_empty()) {
        problems.push(remark(
            &value_field,
            &format!("give a value for {}", property.title),
        ));
    } else if condition.values.iter().any(|value| value.trim().is_empty()) {
        problems.push(remark(&value_field, "take out the empty value"));
    }
    let is_path = condition.property.as_str() == "secretPath";
    let relative = condition
        .values
        .iter()
        .find(|value| !value.is_empty() && !value.starts_with('/'));
    if let Some(value) = relative
        && is_path
        && condition.operator != Operator::Glob
    {
        problems.push(remark(
            &value_field,
            &format!("a path starts with `/`; write `/{value}`"),
        ));
    }
}

/// What the server would refuse or strip although the checks above found nothing.
fn refusal(rule: &Rule, edition: CatalogueEdition, field: &str) -> Option<Remark> {
    let given = rule_to_json(rule);
    let accepted = accept(&Value::Array(vec![given.clone()]), edition);
    if let Some(issue) = accepted.issues.first() {
        return Some(remark(
            field,
            &format!("the server would refuse this: {}", issue.message),
        ));
    }
    let kept = accepted.stored.first().is_some_and(|stored| {
        ["subject", "action", "conditions"]
            .iter()
            .all(|member| stored.get(member) == given.get(member))
            && truthy(stored.get("inverted")) == truthy(given.get("inverted"))
    });
    (!kept).then(|| {
        remark(
            field,
            "the server would take out a part of this policy without saying so",
        )
    })
}

fn truthy(value: Option<&Value>) -> bool {
    value.and_then(Value::as_bool).unwrap_or(false)
}

/// A pattern for paths that begins with a letter or digit matches no path: they all begin with `/`.
fn doubt_of_pattern(condition: &ConditionDraft) -> Option<String> {
    let pattern = condition.values.first()?;
    let begins_plainly = pattern.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
    (condition.property.as_str() == "secretPath" && begins_plainly).then(|| {
        format!("every path begins with `/`, so this matches none; did you mean `/{pattern}`?")
    })
}

/// Values that can be saved but name nothing in the project.
pub(super) fn doubts(draft: &PrivilegeDraft, places: &Places) -> Vec<Remark> {
    let environments: Vec<&str> = places
        .environments
        .iter()
        .map(|e| e.slug.as_str())
        .collect();
    let tags: Vec<&str> = places.tags.iter().map(|tag| tag.slug.as_str()).collect();
    let folders: HashSet<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
    let mut doubts = Vec::new();
    for (index, policy) in draft.policies.iter().enumerate() {
        for (at, condition) in policy.conditions.iter().enumerate() {
            let field = format!("policies.{index}.conditions.{at}.value");
            if condition.operator == Operator::Glob {
                doubts.extend(doubt_of_pattern(condition).map(|doubt| remark(&field, &doubt)));
                continue;
            }
            for value in &condition.values {
                // A template stands for a value that each member has.
                if value.trim().is_empty() || value.contains("{{") {
                    continue;
                }
                let doubt = match condition.property.as_str() {
                    "environment" if !environments.contains(&value.as_str()) => format!(
                        "the project has no environment `{value}`; it has {}",
                        environments.join(", ")
                    ),
                    "secretTags" if !tags.contains(&value.as_str()) => {
                        format!("the project has no tag `{value}`")
                    }
                    "secretPath" if !folders.contains(value.as_str()) => {
                        format!("the project has no folder `{value}` yet")
                    }
                    _ => continue,
                };
                doubts.push(remark(&field, &doubt));
            }
        }
    }
    doubts
}
