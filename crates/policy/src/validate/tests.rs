//! The server's answers to lists of rules. `schema-vectors.jsonl` holds what the server's own code
//! answered.

#![allow(
    clippy::needless_pass_by_value,
    reason = "cases are written as literals"
)]

use reeve_domain::project::CatalogueEdition;
use serde_json::{Value as Json, json};

use super::*;

const VECTORS: &str = include_str!("../../../../tests/vectors/schema-vectors.jsonl");

fn path(issue: &Issue) -> Json {
    let part = |part: &PathPart| match part {
        PathPart::Index(at) => json!(at),
        PathPart::Key(key) => json!(key),
    };
    issue.path.iter().map(part).collect()
}

/// The answer in the shape of the vectors.
fn answer(permissions: &Json, edition: CatalogueEdition) -> Json {
    let acceptance = accept(permissions, edition);
    let issue = |issue: &Issue| {
        let mut json = json!({"path": path(issue), "message": issue.message});
        if let Some(code) = issue.code {
            json["code"] = json!(code);
        }
        json
    };
    let issues: Vec<Json> = acceptance.issues.iter().map(issue).collect();
    let mut json = json!({
        "permissions": permissions,
        "ok": acceptance.ok(),
        "stored": acceptance.stored,
        "issues": issues,
    });
    if let Some(stage) = acceptance.refused {
        json["stage"] = json!(stage.as_str());
    }
    json
}

#[track_caller]
fn refused(rule: Json, stage: Stage, message: &str) {
    let acceptance = accept(&json!([rule]), CatalogueEdition::Current);
    assert_eq!(acceptance.refused, Some(stage), "{:?}", acceptance.issues);
    let messages: Vec<&str> = acceptance.issues.iter().map(|i| &*i.message).collect();
    assert!(messages.contains(&message), "{messages:?}");
}

#[track_caller]
fn stored(rule: Json, expected: Json, edition: CatalogueEdition) {
    let acceptance = accept(&json!([rule]), edition);
    assert!(acceptance.ok(), "{:?}", acceptance.issues);
    assert_eq!(
        json!(acceptance.stored).to_string(),
        json!([expected]).to_string()
    );
}

#[test]
fn all_answers_of_the_server_are_reproduced_to_the_byte() {
    let mut lines = 0;
    for line in VECTORS.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let got = answer(&case["permissions"], CatalogueEdition::Current);
        assert_eq!(got.to_string(), case.to_string());
        lines += 1;
    }
    assert_eq!(lines, 400);
}

#[test]
fn what_is_stored_is_accepted_again_unchanged() {
    for line in VECTORS.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let stored = accept(&case["permissions"], CatalogueEdition::Current).stored;
        let again = accept(&json!(stored), CatalogueEdition::Current);
        assert!(again.ok());
        assert_eq!(again.stored, stored);
    }
}

#[test]
fn inversion_is_stripped_where_the_edition_does_not_know_it() {
    let rule = json!({"subject": "cmek", "action": "decrypt", "inverted": true});
    stored(
        rule.clone(),
        json!({"subject": "cmek", "action": ["decrypt"]}),
        CatalogueEdition::Current,
    );
    stored(
        rule,
        json!({"subject": "cmek", "inverted": true, "action": ["decrypt"]}),
        CatalogueEdition::Seed,
    );
}

#[test]
fn elements_of_lists_are_trimmed_as_javascript_trims() {
    let conditions =
        |value: &str| json!({"secretTags": {"$in": [value]}, "secretName": {"$eq": " a "}});
    stored(
        json!({"subject": "secrets", "action": "edit", "conditions": conditions("\u{feff} \u{a0}pci\n\u{85}")}),
        json!({"subject": "secrets", "action": ["edit"], "conditions":
            {"secretName": {"$eq": " a "}, "secretTags": {"$in": ["pci\n\u{85}"]}}}),
        CatalogueEdition::Current,
    );
}

#[test]
fn a_glob_that_trips_the_servers_library_is_refused() {
    let rule = |glob: &str| json!({"subject": "secrets", "action": "edit", "conditions": {"secretName": {"$glob": glob}}});
    refused(rule("constructor"), Stage::Schema, "Invalid glob pattern");
    refused(
        rule(&"😀".repeat(32_769)),
        Stage::Schema,
        "Invalid glob pattern",
    );
    assert!(
        accept(
            &json!([rule(&"😀".repeat(32_768))]),
            CatalogueEdition::Current
        )
        .ok()
    );
}

#[test]
fn the_check_of_combinations_hides_mild_flaws_but_not_wrong_types() {
    let rule = |tag: Json| json!({"subject": "secrets", "action": ["read", "readValue"], "conditions": {"secretTags": {"$in": [tag]}}});
    refused(
        rule(json!("")),
        Stage::Combination,
        "You have selected Read, and Read Value",
    );
    refused(
        rule(json!(1)),
        Stage::Schema,
        "Expected string, received number",
    );
}

#[test]
fn the_action_of_assignable_action_must_be_on_an_assignable_subject() {
    let rule = |subject: Json, action: Json| {
        json!({"subject": "member", "action": "grant-privileges",
        "conditions": {"assignableSubject": subject, "assignableAction": action}})
    };
    refused(
        rule(json!({"$ne": "secrets"}), json!("secrets:edit")),
        Stage::Schema,
        "Subject \"secrets\" is forbidden by the assignable subject condition",
    );
    refused(
        rule(
            json!({"$glob": " s* "}),
            json!({"$in": ["secrets:edit", "tags:read"]}),
        ),
        Stage::Schema,
        "Subject \"tags\" does not match the assignable subject pattern \"s*\"",
    );
    let odd = rule(
        json!({"$ne": "tags", "$in": ["secrets"]}),
        json!("tags:read"),
    );
    assert!(
        accept(&json!([odd]), CatalogueEdition::Current).ok(),
        "beside `$in`, the server takes the value of `$ne` for the list"
    );
}

#[test]
fn anything_but_a_list_is_refused() {
    for (permissions, received) in [
        (json!(null), "null"),
        (json!({"0": {}}), "object"),
        (json!("[]"), "string"),
    ] {
        let acceptance = accept(&permissions, CatalogueEdition::Current);
        let messages: Vec<String> = acceptance.issues.into_iter().map(|i| i.message).collect();
        assert_eq!(messages, [format!("Expected array, received {received}")]);
    }
}

#[test]
fn a_subject_that_only_predefined_roles_carry_is_refused() {
    refused(
        json!({"subject": "certificate-application", "action": "read"}),
        Stage::Schema,
        "Invalid discriminator value",
    );
}

/// Lists of rules that look like rules, with values of every kind in every place.
mod random {
    use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

    use super::*;
    use crate::catalogue::Catalogue;
    use crate::read::rules_from_json;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            prop::sample::select(vec![
                "dev",
                "/app",
                "/app/**",
                "app/",
                " dev ",
                "secrets",
                "secrets:edit",
                "a,b",
                "[",
                "!x",
                "{{identity.metadata.team}}",
                "{{x}}",
                "{{",
                "*",
                "constructor",
                "viewer",
                "\u{feff}",
            ])
            .prop_map(str::to_owned),
            any::<String>(),
        ]
    }

    fn json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            4 => text().prop_map(Json::from),
            1 => Just(Json::Null),
            1 => any::<bool>().prop_map(Json::from),
            1 => any::<i32>().prop_map(Json::from),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
                prop::collection::vec((operator(), inner), 0..3)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    fn operator() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "$eq",
            "$ne",
            "$in",
            "$glob",
            "$all",
            "$elemMatch",
            "$regex",
            "key",
            "value",
        ])
        .prop_map(str::to_owned)
    }

    fn operators() -> impl Strategy<Value = Json> {
        let operand = prop_oneof![
            text().prop_map(Json::from),
            prop::collection::vec(text(), 0..3).prop_map(Json::from),
            json(),
        ];
        prop::collection::vec((operator(), operand), 0..3)
            .prop_map(|members| members.into_iter().collect())
    }

    fn rule() -> impl Strategy<Value = Json> {
        let catalogue = Catalogue::of(CatalogueEdition::Current);
        prop::sample::select(catalogue.subjects()).prop_flat_map(|entry| {
            let actions: Vec<String> = entry.actions.iter().map(|a| a.action.to_string()).collect();
            let mut properties: Vec<String> =
                entry.properties.iter().map(|p| p.property.to_string()).collect();
            properties.push("enviroment".to_owned());
            let action = prop_oneof![
                6 => prop::sample::subsequence(actions.clone(), 1..=actions.len()).prop_map(Json::from),
                1 => prop::sample::select(actions).prop_map(Json::from),
                1 => json(),
            ];
            let test = prop_oneof![4 => operators(), 2 => text().prop_map(Json::from), 1 => json()];
            let conditions = prop_oneof![
                8 => prop::collection::vec((prop::sample::select(properties), test), 0..4)
                    .prop_map(|members| members.into_iter().collect::<Json>()),
                1 => json(),
            ];
            let inverted = prop_oneof![8 => any::<bool>().prop_map(Json::from), 1 => json()];
            let subject = entry.subject.to_string();
            (action, conditions, inverted, any::<u8>()).prop_map(
                move |(action, conditions, inverted, parts)| {
                    let mut rule = json!({"subject": subject});
                    for (bit, key, value) in [
                        (1, "action", action),
                        (2, "conditions", conditions),
                        (4, "inverted", inverted),
                    ] {
                        if parts & bit != 0 || parts > 64 {
                            rule[key] = value;
                        }
                    }
                    rule
                },
            )
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

        #[test]
        fn what_is_accepted_stays_accepted_and_findings_agree(rules in prop::collection::vec(rule(), 0..4)) {
            for edition in [CatalogueEdition::Current, CatalogueEdition::Seed] {
                let permissions = Json::from(rules.clone());
                let acceptance = accept(&permissions, edition);
                let said = findings(&rules_from_json(&permissions).0, edition);
                let refused = said.iter().any(|finding| finding.severity == Severity::Refused);
                assert_eq!(refused, !acceptance.ok(), "{:?} {said:?}", acceptance.issues);
                assert_eq!(acceptance.issues.is_empty(), acceptance.ok());
                let stored = Json::from(acceptance.stored.clone());
                let again = accept(&stored, edition);
                assert!(again.ok(), "{:?}", again.issues);
                assert_eq!(again.stored, acceptance.stored);
            }
        }
    }
}
