//! One more privilege for exactly what is asked about.

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::Rule;
use reeve_domain::value::{Object, Value};
use reeve_policy::catalogue::Catalogue;
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
        let mut conditions = Object::new();
        if let Attributes::Of(object) = &request.attributes {
            for (name, value) in object.iter() {
                let known = entry.property(name);
                match value {
                    Value::Text(_) if known.is_some() => conditions.set(name, value.clone()),
                    Value::List(items) if known.is_some() && !items.is_empty() => {
                        let tags: Object = [("$in", value.clone())].into_iter().collect();
                        conditions.set(name, Value::Object(tags));
                    }
                    _ => {}
                }
            }
        }
        let same = rules.iter_mut().find(|rule| {
            rule.subjects().contains(&request.subject)
                && rule
                    .written()
                    .get("conditions")
                    .cloned()
                    .unwrap_or(Value::Null)
                    == if conditions.is_empty() {
                        Value::Null
                    } else {
                        Value::Object(conditions.clone())
                    }
        });
        if let Some(rule) = same {
            if !rule.actions().contains(&request.action) {
                *rule = with_action(rule, &request.action);
            }
            continue;
        }
        let mut written = Object::new();
        written.set("subject", Value::text(request.subject.as_str()));
        written.set("action", Value::texts([request.action.as_str()]));
        if forbids {
            written.set("inverted", Value::Bool(true));
        }
        if !conditions.is_empty() {
            written.set("conditions", Value::Object(conditions));
        }
        rules.push(Rule::read(written));
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
