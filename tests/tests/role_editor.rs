//! The role editor held to the judge: every cell of every role is what requests show, and whatever the
//! rules are, they come back as they were written.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Subject};
use reeve_policy::catalogue::{Catalogue, predefined_roles};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{Access, AccessRequest, Outcome, matrix, outcome};
use reeve_policy::read::{attributes_from_json, rules_from_text, rules_to_text};
use reeve_tests::judge::compile_list;
use reeve_tests::session::Session;
use serde_json::{Map, Value, json};

/// What a cell of the table may say, by what requests on it came to.
fn fits(access: &str, outcomes: &BTreeSet<&str>, is_forbidden: bool) -> bool {
    let only = |word: &str| outcomes.len() == 1 && outcomes.contains(word);
    match access {
        "none" => only("denied") && !is_forbidden,
        "forbid" => only("denied") && is_forbidden,
        "allow" => only("allowed"),
        "conditional" => outcomes.contains("allowed") && outcomes.contains("denied"),
        "mixed" => outcomes.contains("allowed") && outcomes.contains("denied") && is_forbidden,
        "unknown" => outcomes.contains("error"),
        _ => false,
    }
}

/// Checks each cell of `access` against requests with attributes that the rules themselves name.
#[track_caller]
fn check(
    name: &str,
    text: &str,
    compiled: &CompiledRules,
    edition: CatalogueEdition,
    access: &BTreeMap<(String, String), String>,
) {
    let rules: Vec<Value> = serde_json::from_str(text).unwrap();
    for entry in Catalogue::of(edition).subjects() {
        let subject = entry.subject.as_str();
        let probes = probes(subject, &rules);
        for action in &entry.actions {
            let action = action.action.as_str();
            let outcomes: BTreeSet<&str> = probes
                .iter()
                .map(|attributes| word(compiled, subject, action, attributes))
                .collect();
            let pair = (subject.to_owned(), action.to_owned());
            let shown = access.get(&pair).map_or("none", String::as_str);
            let is_forbidden = rules.iter().any(|rule| {
                rule["inverted"] == true
                    && rule["subject"] == subject
                    && names(rule, subject, action)
            });
            assert!(
                fits(shown, &outcomes, is_forbidden),
                "{name}: {subject} {action} is shown as {shown}, and requests come to {outcomes:?}"
            );
        }
    }
}

fn word(compiled: &CompiledRules, subject: &str, action: &str, attributes: &Value) -> &'static str {
    let request = AccessRequest {
        subject: Subject::from(subject),
        action: Action::from(action),
        attributes: attributes_from_json(Some(attributes)).unwrap(),
    };
    match outcome(compiled, &request) {
        Outcome::Allowed => "allowed",
        Outcome::Denied => "denied",
        _ => "error",
    }
}

/// Whether the rule is about the action; one on a new action stands for its legacy one as well.
fn names(rule: &Value, subject: &str, action: &str) -> bool {
    let listed = match &rule["action"] {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect::<Vec<_>>(),
    };
    let is_legacy = Catalogue::of(CatalogueEdition::Current)
        .subject(subject)
        .and_then(|entry| entry.action(action))
        .is_some_and(|entry| entry.legacy);
    listed.contains(&action) || is_legacy
}

/// Things to ask about: what each rule on the subject names, combined with the others, and strangers.
fn probes(subject: &str, rules: &[Value]) -> Vec<Value> {
    let mut values: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| rule["subject"] == subject) {
        for (property, test) in rule["conditions"].as_object().into_iter().flatten() {
            let found = values.entry(property).or_default();
            for text in texts(test) {
                found.insert(text.replace("/**", "/x/y").replace('*', "x"));
            }
        }
    }
    for (property, found) in &mut values {
        let own: &[&str] = match *property {
            "environment" => &["dev", "staging", "prod", "prod-eu"],
            "secretPath" => &[
                "/",
                "/app/api",
                "/payments/eu",
                "/data/postgres",
                "/infra/dns",
            ],
            _ => &[],
        };
        found.extend(own.iter().map(|&value| value.to_owned()));
        found.insert("/never/heard/of".to_owned());
    }
    let mut probes = vec![Map::new()];
    for (property, found) in values {
        probes = found
            .iter()
            .flat_map(|value| {
                let operand = if property == "secretTags" {
                    json!([value])
                } else {
                    json!(value)
                };
                probes.iter().map(move |probe| {
                    let mut probe = probe.clone();
                    probe.insert(property.to_owned(), operand.clone());
                    probe
                })
            })
            .collect();
    }
    probes.into_iter().map(Value::Object).collect()
}

fn texts(test: &Value) -> Vec<&str> {
    match test {
        Value::String(value) => vec![value],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(operators) => operators.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn access_word(access: Access) -> &'static str {
    match access {
        Access::None => "none",
        Access::Allow => "allow",
        Access::Conditional => "conditional",
        Access::Forbid => "forbid",
        Access::Mixed => "mixed",
        Access::Unknown => "unknown",
    }
}

#[test]
fn every_cell_of_every_role_is_what_requests_come_to() {
    let session = Session::on_sample();
    let list = session.call("list_roles", json!({}));
    for role in list["roles"].as_array().unwrap() {
        let open = session.call("role_detail", json!({ "role": role["id"] }));
        let text = open["rules"].as_str().unwrap();
        let review = session.call(
            "review_role",
            json!({ "rules": text, "open": [], "member": null }),
        );
        let access = review["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| {
                let of = |key: &str| cell[key].as_str().unwrap().to_owned();
                ((of("subject"), of("action")), of("access"))
            })
            .collect();
        let rules: Value = serde_json::from_str(text).unwrap();
        let compiled = compile_list(&rules, Semantics::ForbidWins);
        let name = role["name"].as_str().unwrap();
        check(name, text, &compiled, CatalogueEdition::Current, &access);
    }
}

#[test]
fn every_cell_of_the_default_roles_is_what_requests_come_to_on_either_server() {
    for edition in [CatalogueEdition::Seed, CatalogueEdition::Current] {
        for order in [Semantics::ForbidWins, Semantics::LastMatch] {
            for role in predefined_roles(edition) {
                let text = rules_to_text(&role.rules);
                let rules: Value = serde_json::from_str(&text).unwrap();
                let compiled = compile_list(&rules, order);
                let pairs: Vec<(Subject, Action)> = Catalogue::of(edition)
                    .subjects()
                    .iter()
                    .flat_map(|entry| {
                        let of = |action: &Action| (entry.subject.clone(), action.clone());
                        entry.actions.iter().map(move |action| of(&action.action))
                    })
                    .collect();
                let pairs = pairs.iter().map(|(subject, action)| (subject, action));
                let access = matrix(&compiled, pairs)
                    .into_iter()
                    .map(|cell| {
                        let pair = (cell.subject.to_string(), cell.action.to_string());
                        (pair, access_word(cell.access).to_owned())
                    })
                    .collect();
                check(&role.slug, &text, &compiled, edition, &access);
            }
        }
    }
}

/// JSON of any kind, as text; numbers are spelled in odd ways.
fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.0",
            "1e2",
            "1E+2",
            "12345678901234567890123",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}".prop_map(|text| json!(text).to_string()),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::btree_map("[a-z$]{1,4}", inner, 0..4).prop_map(|members| {
                let members: Vec<String> = members
                    .iter()
                    .rev()
                    .map(|(key, value)| format!("{}:{value}", json!(key)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

fn chosen(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(from).prop_map(str::to_owned)
}

/// A rule that a server takes, one that is nearly such, or anything.
fn any_rule() -> impl Strategy<Value = String> {
    let subject = prop_oneof![
        4 => chosen(&[r#""secrets""#, r#""tags""#, r#""dynamic-secrets""#, r#""planets""#]),
        1 => any_json(),
    ];
    let action = prop_oneof![
        4 => chosen(&[r#"["read"]"#, r#""readValue""#, r#"["edit","edit"]"#, "[]"]),
        1 => any_json(),
    ];
    let conditions = prop_oneof![
        4 => chosen(&[
            r#"{"environment":"dev"}"#,
            r#"{"secretPath":{"$glob":"/a/**","$ne":"/a/b"},"environment":{"$in":["dev","prod"]}}"#,
            r#"{"metadata":{"$elemMatch":{"key":{"$eq":"team"},"value":{"$in":[]}}}}"#,
            r#"{"secretTags":{"$all":["x"]}}"#,
            "{}",
        ]),
        2 => any_json(),
    ];
    let whole = (
        subject,
        action,
        prop::option::of(prop_oneof![
            chosen(&["true", "false", r#""yes""#]),
            any_json()
        ]),
        prop::option::of(conditions),
        prop::option::of(any_json()),
    )
        .prop_map(|(subject, action, inverted, conditions, note)| {
            let mut members = vec![
                format!(r#""action":{action}"#),
                format!(r#""subject":{subject}"#),
            ];
            members.extend(inverted.map(|it| format!(r#""inverted":{it}"#)));
            members.extend(conditions.map(|it| format!(r#""conditions":{it}"#)));
            members.extend(note.map(|it| format!(r#""x-note":{it}"#)));
            format!("{{{}}}", members.join(","))
        });
    prop_oneof![6 => whole, 1 => any_json()]
}

fn any_rules() -> impl Strategy<Value = String> {
    prop::collection::vec(any_rule(), 0..6).prop_map(|rules| format!("[{}]", rules.join(",")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rules_of_any_kind_are_written_as_they_were_read(text in any_rules()) {
        let (rules, _) = rules_from_text(&text).unwrap();
        let written = rules_to_text(&rules);
        prop_assert_eq!(&written, &text);
        let (again, _) = rules_from_text(&written).unwrap();
        prop_assert_eq!(rules_to_text(&again), text);
    }
}

proptest! {
    // Each case saves a role in a real file.
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn rules_of_any_kind_are_saved_opened_and_saved_again_unchanged(texts in prop::collection::vec(any_rules(), 4)) {
        let session = Session::on_sample();
        let list = session.call("list_roles", json!({}));
        let roles = list["roles"].as_array().unwrap();
        let id = &roles.iter().find(|role| role["slug"] == "deployer").unwrap()["id"];
        for text in texts {
            let before = session.call("role_detail", json!({ "role": id }));
            let save = |base: &Value, rules: &str| session.call(
                "save_role",
                json!({ "role": id, "base": base, "rules": rules, "acceptRefusals": true }),
            );
            save(&before["revision"], &text);
            let open = session.call("role_detail", json!({ "role": id }));
            prop_assert_eq!(open["rules"].as_str().unwrap(), &text);
            session.call("review_role", json!({ "rules": &text, "open": [0, 1, 2], "member": null }));
            prop_assert_eq!(&save(&open["revision"], &text)["outcome"], "unchanged");

            // The editor of privileges gets the same rules, each with how it was written.
            let opened = session.call("open_policies", json!({ "rules": &text }));
            let policies = opened["policies"].as_array().unwrap();
            let written: Vec<&str> =
                policies.iter().map(|it| it["policy"]["written"].as_str().unwrap()).collect();
            prop_assert_eq!(format!("[{}]", written.join(",")), text);
        }
    }
}
