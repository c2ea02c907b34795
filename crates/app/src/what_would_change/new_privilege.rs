//! One more privilege for exactly what is asked about.

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::Rule;
use reeve_domain::value::{Object, Value};
use reeve_policy::catalogue::{Catalogue, SubjectEntry};
use reeve_policy::decide::AccessRequest;

use super::candidate::{Asking, Candidate, Change};
use super::rule_edit::with_action;
use crate::simulate::Decided;

/// Gives one more privilege for exactly what is asked about; a Forbid to stop it.
pub(super) fn new_privilege(asking: &Asking<'_>, forbids: bool) -> Option<Candidate> {
    let edition = asking.case.edition;
    let mut rules: Vec<Rule> = Vec::new();
    let decided = asking.decide(&Candidate::default());
    let requests: Vec<&AccessRequest> = match &decided {
        Decided::Action(decision) => vec![&decision.request],
        Decided::Operation(decision) => decision
            .checks
            .iter()
            .filter_map(|check| Some(&check.decisions.last()?.request))
            .collect(),
    };
    let wanted: Vec<&AccessRequest> = if forbids {
        requests.last().copied().into_iter().collect()
    } else {
        requests
    };
    for request in wanted {
        let entry = Catalogue::of(edition).subject(request.subject.as_str())?;
        if forbids && !entry.invertible {
            return None;
        }
        let conditions = conditions_of(request, entry);
        let same = rules.iter_mut().find(|rule| {
            rule.subjects().contains(&request.subject)
                && rule.written().get("conditions") == conditions.as_ref()
        });
        match same {
            Some(rule) if rule.actions().contains(&request.action) => {}
            Some(rule) => *rule = with_action(rule, &request.action),
            None => rules.push(rule_for(request, conditions, forbids)),
        }
    }
    let words = if forbids {
        "Add an additional privilege that forbids exactly this"
    } else {
        "Add an additional privilege for exactly this, with an end"
    };
    Some(Candidate {
        changes: vec![Change::Added { rules }],
        steps: vec![words.to_owned()],
    })
}

/// Conditions that hold for exactly what `request` carries, as far as the server offers any.
fn conditions_of(request: &AccessRequest, entry: &SubjectEntry) -> Option<Value> {
    let Attributes::Of(object) = &request.attributes else {
        return None;
    };
    let mut conditions = Object::new();
    for (name, value) in object.iter() {
        if entry.property(name).is_none() {
            continue;
        }
        match value {
            Value::Text(_) => conditions.set(name, value.clone()),
            Value::List(items) if !items.is_empty() => {
                let tags: Object = [("$in", value.clone())].into_iter().collect();
                conditions.set(name, Value::Object(tags));
            }
            _ => {}
        }
    }
    (!conditions.is_empty()).then_some(Value::Object(conditions))
}

fn rule_for(request: &AccessRequest, conditions: Option<Value>, forbids: bool) -> Rule {
    let mut written = Object::new();
    written.set("subject", Value::text(request.subject.as_str()));
    written.set("action", Value::texts([request.action.as_str()]));
    if forbids {
        written.set("inverted", Value::Bool(true));
    }
    if let Some(conditions) = conditions {
        written.set("conditions", conditions);
    }
    Rule::read(written)
}
