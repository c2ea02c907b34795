//! Rules of the server beside rules of ours. Both are put into one form first: actions sorted, a
//! missing `inverted` false, `{}` no conditions, a plain value `$eq`, the legacy action that the
//! server adds to a Forbid spelled out; then they are compared without regard to order, because the
//! server moves Forbids to the end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::project::Project;
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{ADMIN, Source, assemble, legacy_action};
use reeve_policy::read::{rule_to_json, rules_from_text};
use reeve_remote::audit::{ServerSource, SourceKind};
use reeve_store::access::MemberAccess;
use serde_json::{Map, Value, json};

use super::Finding;
use crate::actor::{facts, grants};
use crate::error::DeedError;

/// Something that the server and Reeve do not agree on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The server counts a source that Reeve does not.
    OnlyOnServer {
        /// The source.
        source: SourceName,
        /// Its rules, as JSON; none are told of a folder grant.
        rules: Vec<String>,
    },
    /// Reeve counts a source that the server does not.
    OnlyHere {
        /// The source.
        source: SourceName,
        /// Its rules, as JSON; none are told of a folder grant.
        rules: Vec<String>,
    },
    /// Both count it, with other rules.
    OtherRules {
        /// The source; `None` for the rules of the signed-in user as a whole.
        source: Option<SourceName>,
        /// Rules that only the server has, as JSON.
        only_on_server: Vec<String>,
        /// Rules that only Reeve has, as JSON.
        only_here: Vec<String>,
    },
    /// Both count it, until another instant.
    OtherEnd {
        /// The source.
        source: SourceName,
        /// The server's end.
        on_server: Option<DateTime<Utc>>,
        /// Our end.
        here: Option<DateTime<Utc>>,
    },
}

/// A source, to be recognised by people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceName {
    /// `role`, `group role`, `privilege`, `folder access`, or the server's own word.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// What a comparison found.
pub(super) struct Compared {
    pub sources: usize,
    pub rules: usize,
    pub mismatches: Vec<Mismatch>,
}

impl Compared {
    /// What else was compared.
    pub fn add(&mut self, other: Self) {
        self.sources += other.sources;
        self.rules += other.rules;
        self.mismatches.extend(other.mismatches);
    }

    /// What that means for the member.
    pub fn finding(self) -> Finding {
        if self.mismatches.is_empty() {
            Finding::Same {
                sources: self.sources,
                rules: self.rules,
            }
        } else {
            Finding::Different(self.mismatches)
        }
    }
}

/// One of our sources.
struct Ours {
    name: SourceName,
    end: Option<DateTime<Utc>>,
    rules: Vec<String>,
}

/// Compares source by source what counts at `now`.
pub(super) fn sources(
    project: &Project,
    access: &MemberAccess,
    server: &[ServerSource],
    now: DateTime<Utc>,
) -> Result<Compared, DeedError> {
    let mut ours = ours(project, access, now)?;
    let mut compared = Compared {
        sources: server.len(),
        rules: 0,
        mismatches: Vec::new(),
    };
    for source in server {
        let name = SourceName {
            kind: match &source.kind {
                SourceKind::Role => "role".to_owned(),
                SourceKind::GroupRole { .. } => "group role".to_owned(),
                SourceKind::Privilege => "privilege".to_owned(),
                SourceKind::Other(word) => word.clone(),
            },
            name: source.name.clone(),
        };
        let rules = canonical(&source.rules);
        compared.rules += rules.len();
        let Some(here) = ours.remove(&source.id) else {
            let only = Mismatch::OnlyOnServer {
                source: name,
                rules,
            };
            compared.mismatches.push(only);
            continue;
        };
        let (only_on_server, only_here) = difference(rules, here.rules);
        if !only_on_server.is_empty() || !only_here.is_empty() {
            compared.mismatches.push(Mismatch::OtherRules {
                source: Some(here.name.clone()),
                only_on_server,
                only_here,
            });
        }
        let other_end = other_end(source, here.end, here.name);
        compared.mismatches.extend(other_end);
    }
    compared
        .mismatches
        .extend(ours.into_values().map(|here| Mismatch::OnlyHere {
            source: here.name,
            rules: here.rules,
        }));
    Ok(compared)
}

fn other_end(
    source: &ServerSource,
    here: Option<DateTime<Utc>>,
    name: SourceName,
) -> Option<Mismatch> {
    let on_server = source.end.filter(|_| source.is_temporary);
    (on_server != here).then_some(Mismatch::OtherEnd {
        source: name,
        on_server,
        here,
    })
}

/// Compares which folder grants count at `now`. Those of an admin count for nothing.
pub(super) fn folder_grants(
    access: &MemberAccess,
    server: &[ServerSource],
    now: DateTime<Utc>,
) -> Compared {
    let is_admin = access
        .roles
        .iter()
        .any(|held| held.role.slug == ADMIN && held.assignment.lifetime.is_active(now));
    let mut compared = Compared {
        sources: 0,
        rules: 0,
        mismatches: Vec::new(),
    };
    if is_admin {
        return compared;
    }
    let mut ours: BTreeMap<&str, &FolderGrant> = access
        .folder_grants
        .iter()
        .filter(|grant| grant.lifetime.is_active(now))
        .map(|grant| (grant.id.as_str(), grant))
        .collect();
    let name = |name: String| SourceName {
        kind: "folder access".to_owned(),
        name,
    };
    let place = |grant: &FolderGrant| name(format!("{}:{}", grant.environment, grant.path));
    for theirs in server {
        compared.sources += 1;
        let mismatch = match ours.remove(theirs.id.as_str()) {
            Some(here) => other_end(theirs, here.lifetime.end(), place(here)),
            // The server's name for it means nothing.
            None => Some(Mismatch::OnlyOnServer {
                source: name(theirs.id.clone()),
                rules: Vec::new(),
            }),
        };
        compared.mismatches.extend(mismatch);
    }
    let only_here = ours.into_values().map(|here| Mismatch::OnlyHere {
        source: place(here),
        rules: Vec::new(),
    });
    compared.mismatches.extend(only_here);
    compared
}

/// Compares the merged rules of the signed-in user, templates filled in.
pub(super) fn merged(
    project: &Project,
    access: &MemberAccess,
    server: &str,
    now: DateTime<Utc>,
) -> Result<Option<Mismatch>, DeedError> {
    let grants = grants(access, project.catalogue)?;
    let assembly = assemble(&facts(&access.member), &grants, project.semantics, now);
    let ours: Vec<Value> = assembly
        .ordered()
        .iter()
        .map(|ordered| spelled_out(ordered.rule))
        .collect();
    let (only_on_server, only_here) = difference(
        canonical(server),
        ours.iter()
            .map(|rule| canonical_rule(rule).to_string())
            .collect(),
    );
    if only_on_server.is_empty() && only_here.is_empty() {
        return Ok(None);
    }
    Ok(Some(Mismatch::OtherRules {
        source: None,
        only_on_server,
        only_here,
    }))
}

/// What counts here at `now`, by the id of the assignment or privilege.
fn ours(
    project: &Project,
    access: &MemberAccess,
    now: DateTime<Utc>,
) -> Result<BTreeMap<String, Ours>, DeedError> {
    // The same grants that every answer is made from, beside the ids that they come from.
    let grants = grants(access, project.catalogue)?;
    let ids = access
        .roles
        .iter()
        .map(|held| held.assignment.id.to_string())
        .chain(
            access
                .privileges
                .iter()
                .map(|privilege| privilege.id.to_string()),
        );
    Ok(grants
        .iter()
        .zip(ids)
        .filter(|(grant, _)| grant.lifetime.is_active(now))
        .map(|(grant, id)| {
            let ours = Ours {
                name: name(&grant.source),
                end: grant.lifetime.end(),
                rules: texts(&grant.rules),
            };
            (id, ours)
        })
        .collect())
}

fn name(source: &Source) -> SourceName {
    let (kind, name) = match source {
        Source::Role { name, through, .. } => {
            let kind = if through.is_some() {
                "group role"
            } else {
                "role"
            };
            (kind, name.to_string())
        }
        Source::Privilege { slug, .. } => ("privilege", slug.to_string()),
        other => ("source", format!("{other:?}")),
    };
    SourceName {
        kind: kind.to_owned(),
        name,
    }
}

fn texts(rules: &[Rule]) -> Vec<String> {
    rules
        .iter()
        .map(|rule| canonical_rule(&spelled_out(rule)).to_string())
        .collect()
}

/// The rule as JSON, with the legacy action that the server adds to a Forbid.
fn spelled_out(rule: &Rule) -> Value {
    let mut json = rule_to_json(rule);
    if let Some(legacy) = legacy_action(rule)
        && let Some(actions) = json.get_mut("action")
    {
        match actions {
            Value::Array(list) => list.push(Value::from(legacy)),
            one => *one = json!([one.clone(), legacy]),
        }
    }
    json
}

fn canonical(rules: &str) -> Vec<String> {
    // Through our own reader, so that what it does to a rule shows as a difference.
    match rules_from_text(rules) {
        Ok((rules, _)) => texts(&rules),
        Err(_) => vec![rules.to_owned()],
    }
}

/// The one form of a rule. What is not as a rule has it stays as it is written.
fn canonical_rule(rule: &Value) -> Value {
    let Some(written) = rule.as_object() else {
        return sorted(rule);
    };
    let actions = match written.get("action") {
        Some(Value::String(one)) => json!([one]),
        Some(Value::Array(list)) if list.iter().all(Value::is_string) => {
            let actions: BTreeSet<&str> = list.iter().filter_map(Value::as_str).collect();
            json!(actions)
        }
        other => other.cloned().unwrap_or_else(|| json!([])),
    };
    let mut canonical = Map::new();
    let subject = written.get("subject").cloned().unwrap_or(Value::Null);
    canonical.insert("subject".into(), subject);
    canonical.insert("action".into(), actions);
    match written.get("inverted") {
        None | Some(Value::Null | Value::Bool(false)) => {}
        Some(inverted) => {
            canonical.insert("inverted".into(), inverted.clone());
        }
    }
    match written.get("conditions") {
        None | Some(Value::Null) => {}
        Some(Value::Object(conditions)) if conditions.is_empty() => {}
        Some(Value::Object(conditions)) => {
            let conditions = sorted(&Value::Object(plain_as_eq(conditions)));
            canonical.insert("conditions".into(), conditions);
        }
        Some(malformed) => {
            canonical.insert("conditions".into(), sorted(malformed));
        }
    }
    Value::Object(canonical)
}

/// A plain value in a condition means `$eq`.
fn plain_as_eq(conditions: &Map<String, Value>) -> Map<String, Value> {
    conditions
        .iter()
        .map(|(key, test)| {
            let test = match test {
                Value::Object(_) => test.clone(),
                plain => json!({"$eq": plain}),
            };
            (key.clone(), test)
        })
        .collect()
}

/// The same value with the keys of objects in order, which the server's database changes.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let ordered: BTreeMap<&String, Value> = object
                .iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect();
            Value::Object(
                ordered
                    .into_iter()
                    .map(|(key, value)| (key.clone(), value))
                    .collect(),
            )
        }
        Value::Array(list) => Value::Array(list.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

/// What only the first and what only the second list has, counted.
fn difference(server: Vec<String>, here: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for rule in server {
        *counts.entry(rule).or_default() += 1;
    }
    for rule in here {
        *counts.entry(rule).or_default() -= 1;
    }
    let (mut only_on_server, mut only_here) = (Vec::new(), Vec::new());
    for (rule, count) in counts {
        let list = if count > 0 {
            &mut only_on_server
        } else {
            &mut only_here
        };
        list.extend(std::iter::repeat_n(
            rule,
            usize::try_from(count.abs()).unwrap_or_default(),
        ));
    }
    (only_on_server, only_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_rule_has_stays_as_it_is_written() {
        let written = r#"[5, {"subject":"secrets","action":"read","conditions":5},
            {"subject":"secrets","action":["read",1],"inverted":"yes","conditions":{"a":{}}}]"#;
        assert_eq!(
            canonical(written),
            [
                "5",
                r#"{"subject":"secrets","action":["read"],"conditions":5}"#,
                r#"{"subject":"secrets","action":["read",1],"inverted":"yes","conditions":{"a":{}}}"#,
            ]
        );
    }

    #[test]
    fn what_means_the_same_has_one_form() {
        let one = r#"[{"subject":"secrets","action":"read","inverted":false,"conditions":{}},
            {"subject":"secrets","action":["read","edit","read"],"conditions":{"environment":"a"}}]"#;
        let other = r#"[{"action":["read"],"subject":"secrets","conditions":null},
            {"subject":"secrets","action":["edit","read"],"inverted":null,
             "conditions":{"environment":{"$eq":"a"}}}]"#;
        assert_eq!(canonical(one), canonical(other));
    }
}
