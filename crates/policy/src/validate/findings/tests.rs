//! What is said about rules, and where.

#![allow(
    clippy::needless_pass_by_value,
    reason = "cases are written as literals"
)]

use reeve_domain::project::CatalogueEdition;
use serde_json::{Value as Json, json};

use super::*;
use crate::read::rules_from_json;
use crate::validate::accept;

fn all(rules: &Json, edition: CatalogueEdition) -> Vec<Finding> {
    findings(&rules_from_json(rules).0, edition)
}

fn place(finding: &Finding) -> String {
    let part = |part: &PathPart| match part {
        PathPart::Index(at) => at.to_string(),
        PathPart::Key(key) => key.to_string(),
    };
    finding.path.iter().map(part).collect::<Vec<_>>().join(".")
}

/// The findings on one rule as `severity code place`.
fn said_of(rule: Json) -> Vec<String> {
    all(&json!([rule]), CatalogueEdition::Current)
        .iter()
        .map(|f| format!("{:?} {} {}", f.severity, f.code, place(f)))
        .collect()
}

#[track_caller]
fn says(rule: Json, expected: &[&str]) {
    assert_eq!(said_of(rule), expected);
}

fn secrets(conditions: Json) -> Json {
    json!({"subject": "secrets", "action": ["edit"], "conditions": conditions})
}

fn forbidden(conditions: Json) -> Json {
    json!({"subject": "secrets", "action": ["edit"], "inverted": true, "conditions": conditions})
}

#[test]
fn good_rules_pass_without_a_word() {
    says(
        json!({"subject": "secrets", "action": ["describeSecret", "readValue"]}),
        &[],
    );
    says(
        secrets(
            json!({"environment": "dev", "secretPath": {"$glob": "/app/**"}, "secretTags": {"$in": ["pci"]}}),
        ),
        &[],
    );
    says(
        forbidden(json!({"environment": {"$in": ["prod", "staging"]}})),
        &[],
    );
}

#[test]
fn what_is_refused_is_named_at_its_place() {
    says(
        json!({"subject": "secretss", "action": "edit"}),
        &["Refused unknown-subject 0.subject"],
    );
    says(
        json!({"subject": "secrets", "action": []}),
        &["Refused no-action 0.action"],
    );
    says(
        json!({"subject": "secrets", "action": ["edit", "raed", 3]}),
        &[
            "Refused unknown-action 0.action.1",
            "Refused unknown-action 0.action.2",
        ],
    );
    says(
        json!({"subject": "secrets", "action": "edit", "inverted": "yes"}),
        &["Refused malformed-inverted 0.inverted"],
    );
    says(
        secrets(
            json!({"environment": 5, "secretPath": {"$eq": "app"}, "secretTags": {"$in": [""]}}),
        ),
        &[
            "Refused malformed-value 0.conditions.environment",
            "Refused path-without-slash 0.conditions.secretPath.$eq",
            "Refused empty-value 0.conditions.secretTags.$in.0",
        ],
    );
    says(
        json!({"subject": "secrets", "action": ["read", "readValue"]}),
        &[
            "Refused legacy-beside-new 0.action",
            "Surprising legacy-action 0.action",
        ],
    );
    says(
        json!({"subject": "identity", "action": "create", "conditions": {"identityId": "x", "unknown": 1}}),
        &[
            "Refused condition-not-for-action 0.conditions.identityId",
            "Dangerous unknown-property 0.conditions.unknown",
        ],
    );
}

#[test]
fn the_nearest_name_is_suggested() {
    let remedy = |rule: Json| {
        all(&json!([rule]), CatalogueEdition::Current)[0]
            .remedy
            .clone()
    };
    assert_eq!(
        remedy(json!({"subject": "secret-folder", "action": "edit"})),
        "did you mean `secret-folders`?"
    );
    assert_eq!(
        remedy(json!({"subject": "secrets", "action": "ReadValue"})),
        "did you mean `readValue`?"
    );
    assert_eq!(
        remedy(secrets(json!({"enviroment": "dev"}))),
        "did you mean `environment`?"
    );
}

#[test]
fn a_stripped_inversion_is_dangerous() {
    says(
        json!({"subject": "cmek", "action": "decrypt", "inverted": true}),
        &["Dangerous inverted-stripped 0.inverted"],
    );
    let cmek = json!([{"subject": "cmek", "action": "decrypt", "inverted": true}]);
    assert!(all(&cmek, CatalogueEdition::Seed).is_empty());
}

#[test]
fn a_condition_that_is_stripped_widens_an_allow() {
    says(
        secrets(json!({"enviroment": "dev"})),
        &["Dangerous unknown-property 0.conditions.enviroment"],
    );
    says(
        forbidden(json!({"enviroment": "dev"})),
        &["Surprising unknown-property 0.conditions.enviroment"],
    );
    says(
        json!({"subject": "tags", "action": "read", "conditions": {"environment": "dev"}}),
        &["Dangerous conditions-stripped 0.conditions"],
    );
}

#[test]
fn a_test_without_an_operator_left_never_holds() {
    let folders = |inverted: bool| {
        json!({"subject": "secret-folders", "action": "edit", "inverted": inverted,
        "conditions": {"environment": {"$glob": "d*"}}})
    };
    says(
        folders(false),
        &["Ineffective no-operator-left 0.conditions.environment"],
    );
    says(
        folders(true),
        &["Dangerous no-operator-left 0.conditions.environment"],
    );
    says(
        secrets(json!({"environment": {"$eq": "dev", "$regex": "x"}})),
        &["Dangerous operator-stripped 0.conditions.environment.$regex"],
    );
}

#[test]
fn what_never_holds_is_noticed() {
    says(
        secrets(json!({"environment": {"$in": []}})),
        &["Ineffective empty-list 0.conditions.environment.$in"],
    );
    says(
        forbidden(json!({"environment": {"$in": []}})),
        &["Dangerous empty-list 0.conditions.environment.$in"],
    );
    says(
        secrets(json!({"secretPath": "/app/"})),
        &["Ineffective never-equal 0.conditions.secretPath"],
    );
    says(
        secrets(json!({"environment": {"$eq": "dev "}})),
        &["Ineffective never-equal 0.conditions.environment.$eq"],
    );
    says(
        secrets(json!({"secretPath": {"$ne": "/a//b"}})),
        &["Dangerous always-unequal 0.conditions.secretPath.$ne"],
    );
    for glob in ["app/**", "/app/", "//**/x", "/a//b*"] {
        let said = said_of(secrets(json!({"secretPath": {"$glob": glob}})));
        assert!(
            said.contains(
                &"Ineffective glob-matches-nothing 0.conditions.secretPath.$glob".to_owned()
            ),
            "{glob}: {said:?}"
        );
    }
    says(
        secrets(json!({"environment": {"$eq": "dev", "$ne": "dev"}})),
        &["Ineffective contradiction 0.conditions.environment"],
    );
    says(
        secrets(json!({"environment": {"$in": ["dev", "qa"], "$glob": "prod*"}})),
        &["Ineffective contradiction 0.conditions.environment"],
    );
}

#[test]
fn globs_that_surprise_are_noticed() {
    says(
        secrets(json!({"secretPath": {"$glob": "/app"}})),
        &["Surprising glob-without-wildcard 0.conditions.secretPath.$glob"],
    );
    says(
        secrets(json!({"secretPath": {"$glob": "/app/*/**"}})),
        &["Surprising glob 0.conditions.secretPath.$glob"],
    );
    says(
        secrets(json!({"secretPath": "/app/*"})),
        &["Surprising literal-star 0.conditions.secretPath"],
    );
    says(
        json!({"subject": "certificates", "action": "read", "conditions": {"altNames": {"$glob": "*.x"}}}),
        &["Dangerous glob-on-list 0.conditions.altNames.$glob"],
    );
}

#[test]
fn templates_are_judged_by_what_becomes_of_them() {
    says(
        secrets(json!({"environment": "{{secret.value}}"})),
        &["Refused template 0.conditions.environment"],
    );
    says(
        secrets(json!({"secretTags": {"$in": ["a", "{{identity.id"]}})),
        &["Refused template 0.conditions.secretTags.$in.1"],
    );
    let team = json!({"secretPath": {"$glob": "/{{identity.metadata.team}}/**"}});
    says(
        secrets(team.clone()),
        &["Surprising template-may-stay 0.conditions.secretPath.$glob"],
    );
    says(
        forbidden(team),
        &["Dangerous template-may-stay 0.conditions.secretPath.$glob"],
    );
    says(
        secrets(json!({"environment": "{{identity.name}}"})),
        &["Dangerous template-vanishes 0.conditions.environment"],
    );
    says(
        secrets(json!({"environment": "{{identity.username}}"})),
        &[],
    );
}

#[test]
fn forbidding_only_the_legacy_action_leaves_the_new_ones_open() {
    says(
        json!({"subject": "secrets", "action": "read", "inverted": true}),
        &["Dangerous forbids-legacy-only 0.action"],
    );
    let seed = json!([{"subject": "secrets", "action": "read", "inverted": true}]);
    assert!(all(&seed, CatalogueEdition::Seed).is_empty());
}

#[test]
fn a_rule_that_stands_twice_is_noticed_once() {
    let rule = json!({"subject": "tags", "action": ["read"]});
    let said = all(
        &json!([rule, {"subject": "role", "action": "read"}, rule]),
        CatalogueEdition::Current,
    );
    assert_eq!(said.len(), 1);
    assert_eq!(
        (said[0].code, place(&said[0]).as_str()),
        ("duplicate-rule", "2")
    );
}

/// Whatever the server refuses is found, and nothing else is called refused.
#[test]
fn findings_agree_with_the_server_on_what_is_refused() {
    let vectors = include_str!("../../../../../tests/vectors/schema-vectors.jsonl");
    for line in vectors.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let permissions = &case["permissions"];
        let refused: Vec<Finding> = all(permissions, CatalogueEdition::Current)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Refused)
            .collect();
        let ok = accept(permissions, CatalogueEdition::Current).ok();
        assert_eq!(refused.is_empty(), ok, "{permissions} {refused:?}");
    }
}

/// What the server strips from a rule is always pointed out.
#[test]
fn whatever_the_server_strips_is_pointed_out() {
    let vectors = include_str!("../../../../../tests/vectors/schema-vectors.jsonl");
    for line in vectors.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let permissions = case["permissions"].as_array().unwrap();
        let stored = case["stored"].as_array().unwrap();
        let said = all(&case["permissions"], CatalogueEdition::Current);
        for (at, (before, after)) in permissions.iter().zip(stored).enumerate() {
            let lost = members(before) > members(after);
            let told = said.iter().any(|f| {
                f.path.first() == Some(&PathPart::Index(at)) && f.severity != Severity::Refused
            });
            assert!(!lost || told, "{before} became {after}");
        }
    }
}

/// How many members there are, at any depth, without an `inverted` that says nothing.
fn members(json: &Json) -> usize {
    let Json::Object(object) = json else {
        return 0;
    };
    let says_nothing =
        |key: &str, value: &Json| key == "inverted" && (value.is_null() || *value == json!(false));
    let counted = object
        .iter()
        .filter(|(key, value)| !says_nothing(key, value));
    counted.map(|(_, value)| 1 + members(value)).sum()
}
