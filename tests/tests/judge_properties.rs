//! What holds for all rules: against a naive model, and as laws.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::assemble::{Grant, assemble, assemble_as_written};
use reeve_policy::compile::{CompileCache, ServerFault, compile};
use reeve_policy::decide::{
    Access, AccessRequest, Bearing, ErrorReason, Outcome, RuleMatch, decide, matrix, outcome,
    who_can,
};
use reeve_policy::glob::Glob;
use reeve_policy::read::{rules_from_json, rules_from_text, rules_to_json, rules_to_text};
use reeve_tests::judge::{ad_hoc, compile_list, nobody, outcome_word, request_of, stands_until};
use serde_json::{Map, Value, json};

const SUBJECTS: [&str; 2] = ["secrets", "secret-folders"];
const ACTIONS: [&str; 3] = ["read", "edit", "readValue"];
const ENVIRONMENTS: [&str; 3] = ["dev", "prod", "qa"];
const PATHS: [&str; 4] = ["/", "/app", "/app/db", "/.x"];
const GLOBS: [&str; 5] = ["/app/**", "/*", "*", "/{app,web}", "!/app"];

fn test() -> impl Strategy<Value = (&'static str, Value)> {
    let environment = prop::sample::select(&ENVIRONMENTS[..]);
    let path = prop::sample::select(&PATHS[..]);
    let glob = prop::sample::select(&GLOBS[..]);
    prop_oneof![
        environment.clone().prop_map(|e| ("environment", json!(e))),
        environment
            .clone()
            .prop_map(|e| ("environment", json!({"$ne": e}))),
        prop::collection::vec(environment, 0..3).prop_map(|e| ("environment", json!({"$in": e}))),
        path.prop_map(|p| ("secretPath", json!({"$eq": p}))),
        glob.clone()
            .prop_map(|g| ("secretPath", json!({"$glob": g}))),
        glob.prop_map(|g| ("secretName", json!({"$glob": g}))),
        Just(("secretTags", json!({"$in": ["pii", "temp"]}))),
        Just(("secretTags", json!({"$all": ["pii"]}))),
        Just(("environment", json!({}))),
        Just(("environment", json!({"$eq": "dev", "$foo": 1}))),
    ]
}

fn conditions() -> impl Strategy<Value = Option<Value>> {
    let some = prop::collection::vec(test(), 0..3).prop_map(|tests| {
        let object: Map<String, Value> = tests
            .into_iter()
            .map(|(property, test)| (property.to_owned(), test))
            .collect();
        Value::Object(object)
    });
    prop::option::weighted(0.8, some)
}

fn rule(inverted: impl Strategy<Value = bool>) -> impl Strategy<Value = Value> {
    let subject = prop::sample::select(&SUBJECTS[..]);
    let actions = prop::sample::subsequence(ACTIONS.to_vec(), 1..=3);
    (subject, actions, inverted, conditions()).prop_map(
        |(subject, actions, inverted, conditions)| {
            let mut rule = json!({"subject": subject, "action": actions});
            if inverted {
                rule["inverted"] = json!(true);
            }
            if let Some(conditions) = conditions {
                rule["conditions"] = conditions;
            }
            rule
        },
    )
}

fn rules() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(rule(any::<bool>()), 0..7)
}

fn request() -> impl Strategy<Value = Value> {
    let attributes = (
        prop::option::weighted(0.95, prop::sample::select(&ENVIRONMENTS[..])),
        prop::option::weighted(0.95, prop::sample::select(&PATHS[..])),
        prop::option::weighted(0.7, prop::sample::select(&["A", "/app"][..])),
        prop::option::weighted(
            0.7,
            prop::sample::subsequence(vec!["pii", "temp", "x"], 0..=3),
        ),
    )
        .prop_map(|(environment, path, name, tags)| {
            let mut object = Map::new();
            let mut put = |key: &str, value: Option<Value>| {
                if let Some(value) = value {
                    object.insert(key.to_owned(), value);
                }
            };
            put("environment", environment.map(Value::from));
            put("secretPath", path.map(Value::from));
            put("secretName", name.map(Value::from));
            put("secretTags", tags.map(Value::from));
            Value::Object(object)
        });
    let subject = prop::sample::select(&SUBJECTS[..]);
    let action = prop::sample::select(&ACTIONS[..]);
    (subject, action, prop::option::weighted(0.85, attributes)).prop_map(
        |(subject, action, attributes)| {
            json!({"subject": subject, "action": action, "attributes": attributes})
        },
    )
}

const GLOB_ON_MISSING: Outcome =
    Outcome::ServerError(ErrorReason::Fault(ServerFault::GlobOnMissing));

/// Whether a `$glob` of `rules` is about an attribute that `request` does not have.
fn a_glob_looks_for_what_is_missing(rules: &[Value], request: &Value) -> bool {
    let conditions = rules
        .iter()
        .filter_map(|rule| rule["conditions"].as_object());
    conditions.flatten().any(|(property, test)| {
        !test["$glob"].is_null() && request["attributes"][property].is_null()
    })
}

/// Rules that each suit few requests, in lists that are longer than most.
fn narrow_rules() -> impl Strategy<Value = Vec<Value>> {
    let test = prop_oneof![
        4 => narrow_name().prop_map(|name| ("secretName", json!(name))),
        2 => prop::collection::vec(narrow_name(), 0..4)
            .prop_map(|names| ("secretName", json!({"$in": names}))),
        2 => prop::collection::vec(narrow_name(), 1..3)
            .prop_map(|names| ("secretTags", json!({"$in": names}))),
        1 => narrow_name().prop_map(|name| ("secretTags", json!({"$eq": name, "$ne": "temp"}))),
        1 => Just(("secretPath", json!({"$glob": "/app/**"}))),
        1 => Just(("environment", json!({"$ne": "dev"}))),
    ];
    let rule = (prop::collection::vec(test, 2..4), any::<bool>()).prop_map(|(tests, inverted)| {
        let conditions: Map<String, Value> = tests
            .into_iter()
            .map(|(property, test)| (property.to_owned(), test))
            .collect();
        let mut rule = json!({"subject": "secrets", "action": "read", "conditions": conditions});
        if inverted {
            rule["inverted"] = json!(true);
        }
        rule
    });
    prop::collection::vec(rule, 50..200)
}

/// Names shorter and longer than what is compared at a glance, some alike at both ends.
fn narrow_name() -> impl Strategy<Value = String> {
    (0_usize..8, 0..3).prop_map(|(length, kind)| match kind {
        0 => "K".repeat(length),
        1 => format!("KEY{}KEY", "_".repeat(length)),
        _ => format!("PAYMENTS_{}_{length}_EU_PASSWORD", "X".repeat(length)),
    })
}

/// The library in a few lines, for the operators above: `Err` where it throws.
mod naive {
    use super::{Glob, Value};

    pub fn can(rules: &[Value], request: &Value) -> Result<bool, ()> {
        for rule in rules.iter().rev() {
            let names = |key: &str| match &rule[key] {
                Value::Array(items) => items.contains(&request[key]),
                single => *single == request[key],
            };
            if names("subject") && names("action") && applies(rule, &request["attributes"])? {
                return Ok(rule.get("inverted") != Some(&Value::Bool(true)));
            }
        }
        Ok(false)
    }

    fn applies(rule: &Value, attributes: &Value) -> Result<bool, ()> {
        let Some(conditions) = rule.get("conditions").and_then(Value::as_object) else {
            return Ok(true);
        };
        let Some(attributes) = attributes.as_object() else {
            return Ok(rule.get("inverted") != Some(&Value::Bool(true)));
        };
        let tests: Vec<(&Value, &str, &Value)> = conditions
            .iter()
            .flat_map(|(property, test)| {
                let found = attributes.get(property).unwrap_or(&Value::Null);
                match test.as_object() {
                    Some(operators) if !operators.is_empty() => operators
                        .iter()
                        .map(|(operator, operand)| (found, operator.as_str(), operand))
                        .collect(),
                    _ => vec![(found, "$eq", test)],
                }
            })
            .collect();
        if tests.iter().any(|(_, operator, _)| *operator == "$foo") {
            return Err(());
        }
        for (found, operator, operand) in tests {
            if !holds(found, operator, operand)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn holds(found: &Value, operator: &str, operand: &Value) -> Result<bool, ()> {
        let listed = |item: &Value| operand.as_array().is_some_and(|list| list.contains(item));
        let is = || match found {
            Value::Array(own) => own.contains(operand),
            one => one == operand && !one.is_null(),
        };
        Ok(match operator {
            "$eq" => !operand.is_object() && is(),
            "$ne" => !is(),
            "$in" => found
                .as_array()
                .map_or(listed(found), |own| own.iter().any(listed)),
            "$all" => found.as_array().is_some_and(|own| {
                operand
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|item| own.contains(item))
            }),
            _ => Glob::new(operand.as_str().unwrap())
                .matches(found.as_str().ok_or(())?)
                .unwrap(),
        })
    }
}

fn epoch() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH
}

fn answer(rules: &[Value], semantics: Semantics, request: &Value) -> Outcome {
    outcome(
        &compile_list(&json!(rules), semantics),
        &request_of(request),
    )
}

/// Any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has no others", |n| n.is_finite())
            .prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let key = prop_oneof![
            Just("subject".to_owned()),
            Just("action".to_owned()),
            Just("conditions".to_owned()),
            ".{0,4}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

#[test]
fn a_forbid_that_fails_before_it_never_holds_is_no_dead_rule() {
    let rules = json!([{
        "subject": "secrets", "action": ["read"], "inverted": true,
        "conditions": {"secretName": {"$glob": "/app/**"}, "environment": {}},
    }]);
    let compiled = compile_list(&rules, Semantics::ForbidWins);
    let asked = request_of(&json!({"subject": "secrets", "action": "read", "attributes": {}}));
    assert_eq!(outcome_word(outcome(&compiled, &asked)), "error");
    let cell = &matrix(&compiled, [(&asked.subject, &asked.action)])[0];
    assert_eq!(cell.access, Access::Forbid);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn reading_and_writing_rules_loses_nothing(items in prop::collection::vec(any_json(), 0..6)) {
        let json = Value::Array(items);
        let (rules, _) = rules_from_json(&json);
        prop_assert_eq!(&rules_to_json(&rules), &json);
        let text = json.to_string();
        let (again, _) = rules_from_text(&text).unwrap();
        prop_assert_eq!(rules_to_text(&again), text);
        prop_assert_eq!(again, rules);
    }

    #[test]
    fn the_last_rule_that_applies_decides_as_in_the_naive_model(
        rules in rules(), request in request()
    ) {
        let expected = match naive::can(&rules, &request) {
            Ok(true) => "allowed",
            Ok(false) => "denied",
            Err(()) => "error",
        };
        let compiled = compile_list(&json!(rules), Semantics::LastMatch);
        let asked = request_of(&request);
        let decision = decide(&compiled, &asked);
        prop_assert_eq!(outcome_word(decision.outcome), expected);
        prop_assert_eq!(outcome(&compiled, &asked), decision.outcome);
        // The trace tells the same story as the answer.
        let first = decision.candidates.iter().position(|candidate| {
            candidate.applies != RuleMatch::DoesNotApply
        });
        prop_assert_eq!(decision.decided_by, first);
        for (at, candidate) in decision.candidates.iter().enumerate() {
            let expected = match first {
                Some(decider) if at == decider => Bearing::Decided,
                Some(decider) if at > decider => Bearing::NotReached,
                _ => Bearing::Tried,
            };
            prop_assert_eq!(candidate.bearing, expected);
        }
    }

    #[test]
    fn forbids_win_as_if_they_stood_last(rules in rules(), request in request()) {
        let mut sorted = rules.clone();
        sorted.sort_by_key(|rule| rule.get("inverted").is_some());
        for rule in &mut sorted {
            let actions = rule["action"].as_array().unwrap();
            let is_forbid = rule.get("inverted").is_some() && rule["subject"] == "secrets";
            if is_forbid && actions.contains(&json!("readValue")) && !actions.contains(&json!("read")) {
                rule["action"].as_array_mut().unwrap().push(json!("read"));
            }
        }
        prop_assert_eq!(
            answer(&rules, Semantics::ForbidWins, &request),
            answer(&sorted, Semantics::LastMatch, &request)
        );
    }

    #[test]
    fn among_very_many_rules_the_answer_is_that_of_the_naive_model(
        rules in narrow_rules(),
        name in narrow_name(),
        tags in prop::collection::vec(narrow_name(), 0..3),
        environment in prop::sample::select(&ENVIRONMENTS[..]),
    ) {
        let request = json!({"subject": "secrets", "action": "read", "attributes": {
            "environment": environment, "secretPath": "/app/db", "secretName": name,
            "secretTags": tags,
        }});
        let mut sorted = rules.clone();
        sorted.sort_by_key(|rule| rule.get("inverted").is_some());
        for (list, semantics) in [(&rules, Semantics::LastMatch), (&sorted, Semantics::ForbidWins)] {
            let expected = match naive::can(list, &request) {
                Ok(true) => "allowed",
                Ok(false) => "denied",
                Err(()) => "error",
            };
            let compiled = compile_list(&json!(rules), semantics);
            let asked = request_of(&request);
            let traced = decide(&compiled, &asked).outcome;
            prop_assert_eq!(outcome_word(traced), expected);
            prop_assert_eq!(outcome(&compiled, &asked), traced);
            prop_assert_eq!(who_can(&asked, [&compiled]), [traced]);
        }
    }

    #[test]
    fn another_allow_takes_nothing_away(
        rules in rules(), more in rule(Just(false)), at in 0_usize..8, request in request()
    ) {
        let before = answer(&rules, Semantics::ForbidWins, &request);
        let mut with = rules.clone();
        with.insert(at.min(rules.len()), more);
        let after = answer(&with, Semantics::ForbidWins, &request);
        // An Allow that fails on the server is the one thing that can.
        let fails = matches!(after, Outcome::ServerError(_));
        prop_assert!(before != Outcome::Allowed || after == Outcome::Allowed || fails);
    }

    #[test]
    fn another_forbid_gives_nothing(
        rules in rules(), more in rule(Just(true)), at in 0_usize..8, request in request()
    ) {
        let before = answer(&rules, Semantics::ForbidWins, &request);
        let mut with = rules.clone();
        with.insert(at.min(rules.len()), more);
        let after = answer(&with, Semantics::ForbidWins, &request);
        // What it may change is a failure into a denial, when it stands before the rule that fails.
        prop_assert!(after != Outcome::Allowed || before == Outcome::Allowed);
    }

    #[test]
    fn many_members_get_the_answers_they_get_alone(
        roles in prop::collection::vec(rules(), 1..5),
        members in prop::collection::vec(prop::collection::vec(0_usize..5, 0..4), 1..12),
        semantics in prop::sample::select(vec![Semantics::ForbidWins, Semantics::LastMatch]),
        request in request(),
    ) {
        let roles: Vec<Grant> = roles.iter().map(|role| ad_hoc("role", &json!(role))).collect();
        let mut cache = CompileCache::new();
        let compiled: Vec<_> = members
            .iter()
            .map(|held| {
                let grants: Vec<Grant> = held
                    .iter()
                    .filter_map(|role| roles.get(*role).cloned())
                    .collect();
                compile(&assemble_as_written(&grants, semantics, epoch()), &mut cache)
            })
            .collect();
        prop_assert!(cache.len().0 <= roles.len());
        let asked = request_of(&request);
        let alone: Vec<Outcome> = compiled.iter().map(|rules| outcome(rules, &asked)).collect();
        prop_assert_eq!(who_can(&asked, &compiled), alone);
    }

    #[test]
    fn a_cell_of_the_matrix_holds_for_every_request(rules in rules(), request in request()) {
        let compiled = compile_list(&json!(rules), Semantics::ForbidWins);
        let asked = request_of(&request);
        let cell = &matrix(&compiled, [(&asked.subject, &asked.action)])[0];
        let answer = outcome(&compiled, &asked);
        let with_attributes = asked.attributes != Attributes::Bare;
        match cell.access {
            Access::Allow if answer == GLOB_ON_MISSING => {
                prop_assert!(a_glob_looks_for_what_is_missing(&rules, &request));
            }
            Access::Allow => prop_assert_eq!(answer, Outcome::Allowed),
            Access::None => prop_assert_eq!(answer, Outcome::Denied),
            Access::Forbid if with_attributes => prop_assert_ne!(answer, Outcome::Allowed),
            Access::Conditional => {
                let any_allows = cell
                    .rules
                    .iter()
                    .filter_map(|rule| compiled.behind(*rule))
                    .any(|behind| !behind.rule.inverted() && !rules[behind.position].is_null());
                prop_assert!(any_allows);
            }
            _ => {}
        }
    }

    #[test]
    fn a_glob_fails_before_an_allow_of_everything_only_where_its_attribute_is_missing(
        glob in prop::sample::select(&GLOBS[..]), path in prop::sample::select(&PATHS[..])
    ) {
        let anywhere = json!({"subject": "secrets", "action": ["readValue"]});
        let mut some = anywhere.clone();
        some["conditions"] = json!({"secretName": {"$glob": glob}});
        let compiled = compile_list(&json!([anywhere, some]), Semantics::ForbidWins);
        let answer = |attributes: Value| {
            let request = json!({"subject": "secrets", "action": "readValue", "attributes": attributes});
            let asked = request_of(&request);
            let cell = &matrix(&compiled, [(&asked.subject, &asked.action)])[0];
            (cell.access, outcome(&compiled, &asked))
        };
        prop_assert_eq!(answer(json!({"secretName": path})), (Access::Allow, Outcome::Allowed));
        prop_assert_eq!(answer(json!({"secretPath": path})), (Access::Allow, GLOB_ON_MISSING));
    }

    #[test]
    fn an_answer_stands_exactly_until_the_change_that_is_told(
        lists in prop::collection::vec((rules(), prop::option::of(1_i64..20)), 1..5),
        request in request(),
    ) {
        let minute = |at: i64| epoch() + TimeDelta::minutes(at);
        let grants: Vec<Grant> = lists
            .iter()
            .map(|(rules, end)| Grant {
                lifetime: end.map_or(Lifetime::Permanent, |end| {
                    Lifetime::timed("x", epoch(), minute(end))
                }),
                ..ad_hoc("rules", &json!(rules))
            })
            .collect();
        let asked = request_of(&request);
        let semantics = Semantics::ForbidWins;
        let mut cache = CompileCache::new();
        let told = stands_until(&nobody(), &grants, semantics, epoch(), |rules| {
            outcome(rules, &asked)
        });
        let mut at = |minutes: i64| {
            let assembly = assemble(&nobody(), &grants, semantics, minute(minutes));
            outcome(&compile(&assembly, &mut cache), &asked)
        };
        let now = at(0);
        let found = (1..=20).find(|minutes| at(*minutes) != now);
        prop_assert_eq!(told.map(|change| change.at), found.map(minute));
        prop_assert_eq!(told.map(|change| change.outcome), found.map(&mut at));
    }

    #[test]
    fn an_inactive_grant_is_named_exactly_if_it_would_change_the_answer(
        active in rules(), ended in rules(), request in request()
    ) {
        let ended = Grant {
            lifetime: Lifetime::timed("x", epoch() - TimeDelta::hours(2), epoch() - TimeDelta::hours(1)),
            ..ad_hoc("ended", &json!(ended))
        };
        let active = ad_hoc("active", &json!(active));
        let permanent = Grant { lifetime: Lifetime::Permanent, ..ended.clone() };
        let decided = |grants: &[Grant]| {
            let assembly = assemble(&nobody(), grants, Semantics::ForbidWins, epoch());
            decide(&compile(&assembly, &mut CompileCache::new()), &request_of(&request))
        };
        let without = decided(&[active.clone(), ended]);
        let with = decided(&[active, permanent]);
        let named: Vec<Outcome> = without.inactive.iter().map(|effect| effect.outcome).collect();
        if with.outcome == without.outcome {
            prop_assert_eq!(named, vec![]);
        } else {
            prop_assert_eq!(named, vec![with.outcome]);
        }
    }
}

#[test]
fn a_role_shared_by_many_members_is_compiled_once() {
    let role = ad_hoc(
        "role",
        &json!([{"subject": "secrets", "action": ["read"], "conditions": {
            "secretPath": {"$glob": "/app/**"},
        }}]),
    );
    let own = json!([{"subject": "secrets", "action": ["read"], "conditions": {
        "secretPath": {"$glob": "/{{identity.id}}/**"},
    }}]);
    let mut cache = CompileCache::new();
    let members: Vec<_> = (0..100)
        .map(|at| {
            let mut grants = vec![role.clone()];
            if at % 10 == 0 {
                grants.push(ad_hoc("own", &own));
            }
            compile(
                &assemble(&nobody(), &grants, Semantics::ForbidWins, epoch()),
                &mut cache,
            )
        })
        .collect();
    assert_eq!(cache.len(), (1, 2), "one shared list, two globs");
    let request = AccessRequest {
        subject: Subject::from("secrets"),
        action: Action::from("read"),
        attributes: Attributes::of_secret("dev", "/app/db", None, None),
    };
    assert_eq!(who_can(&request, &members), vec![Outcome::Allowed; 100]);
    drop(members);
    cache.forget_unused();
    assert_eq!(cache.len().0, 0);
    assert_eq!(Arc::strong_count(&role.rules), 1);
}
