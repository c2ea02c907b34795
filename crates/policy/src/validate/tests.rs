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
