//! Plain-words operations: the checks behind them, in the server's order.

#![allow(
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::Semantics;
use reeve_domain::value::Value as Attribute;
use reeve_policy::assemble::{ActorFacts, Auth, assemble, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::Outcome;
use reeve_policy::operation::{
    CheckDecision, Input, OperationDecision, Refusal, Situation, decide_operation, operation,
};
use reeve_tests::judge::{ad_hoc, nobody, outcome_word};
use serde_json::{Value, json};

fn rules(json: &Value) -> CompiledRules {
    let assembly = assemble_as_written(
        &[ad_hoc("rules", json)],
        Semantics::ForbidWins,
        DateTime::<Utc>::UNIX_EPOCH,
    );
    compile(&assembly, &mut CompileCache::new())
}

fn key() -> Situation {
    Situation {
        environment: Some("prod".into()),
        secret_path: Some("/app/db".into()),
        secret_name: Some("KEY".into()),
        secret_tags: Some(vec!["pii".into()]),
        second_environment: Some("dev".into()),
        second_path: Some("/web".into()),
        new_name: Some("NEW".into()),
        ..Situation::default()
    }
}

#[track_caller]
fn decided(id: &str, situation: &Situation, json: &Value) -> OperationDecision {
    decide_operation(&rules(json), operation(id).unwrap(), situation)
}

/// The outcome, and the number of the failing check if there is one.
#[track_caller]
fn check(id: &str, situation: &Situation, json: &Value, outcome: &str, failed: Option<usize>) {
    let decision = decided(id, situation, json);
    assert_eq!(outcome_word(decision.outcome), outcome, "{id} under {json}");
    assert_eq!(decision.failed, failed, "{id} under {json}");
}

/// The values of one attribute over all decisions of a check.
fn asked<'a>(check: &'a CheckDecision, property: &str) -> Vec<Option<&'a Attribute>> {
    check
        .decisions
        .iter()
        .map(|decision| match &decision.request.attributes {
            Attributes::Of(object) => object.get(property),
            Attributes::Bare => None,
        })
        .collect()
}

fn allow(actions: &[&str]) -> Value {
    json!([{"subject": "secrets", "action": actions}])
}

#[test]
fn reading_a_value_by_name_takes_describe_and_by_id_does_not() {
    check(
        "secret.read-value",
        &key(),
        &allow(&["readValue"]),
        "denied",
        Some(0),
    );
    check(
        "secret.read-value-by-id",
        &key(),
        &allow(&["readValue"]),
        "allowed",
        None,
    );
    check(
        "secret.read-value",
        &key(),
        &allow(&["describeSecret"]),
        "denied",
        Some(1),
    );
    check(
        "secret.describe",
        &key(),
        &allow(&["describeSecret"]),
        "allowed",
        None,
    );
    check(
        "secret.read-value",
        &key(),
        &allow(&["read"]),
        "allowed",
        None,
    );
}

#[test]
fn listing_begins_with_a_check_on_nothing_and_then_filters() {
    let elsewhere = json!([{"subject": "secrets", "action": ["describeSecret"], "conditions": {
        "environment": "dev",
    }}]);
    let decision = decided("secret.list", &key(), &elsewhere);
    assert_eq!(decision.outcome, Outcome::Denied);
    let failing = decision.failing().unwrap();
    assert_eq!(failing.check.refusal, Refusal::LeftOut);
    assert_eq!(decision.checks[0].outcome, Outcome::Allowed);
    let whole_folder = Situation {
        secret_name: None,
        ..key()
    };
    check("secret.list", &whole_folder, &elsewhere, "allowed", None);
    check("secret.list", &whole_folder, &json!([]), "denied", Some(0));
}

#[test]
fn an_edit_is_checked_with_the_old_and_with_the_new_tags() {
    let not_pii = json!([
        {"subject": "secrets", "action": ["edit"]},
        {"subject": "secrets", "action": ["edit"], "inverted": true, "conditions": {
            "secretTags": {"$in": ["locked"]},
        }},
    ]);
    let locking = Situation {
        new_tags: Some(vec!["locked".into()]),
        ..key()
    };
    check("secret.edit", &key(), &not_pii, "allowed", None);
    check("secret.edit", &locking, &not_pii, "denied", Some(1));
}

#[test]
fn without_tags_a_single_edit_leaves_them_out_and_a_bulk_edit_sends_none() {
    let untagged = Situation {
        secret_tags: Some(vec![]),
        ..key()
    };
    let single = decided("secret.edit", &untagged, &json!([]));
    assert_eq!(asked(&single.checks[1], "secretTags"), [None]);
    let bulk = decided("secret.edit-many", &key(), &json!([]));
    assert_eq!(
        asked(&bulk.checks[1], "secretTags"),
        [Some(&Attribute::List(vec![]))]
    );
}

#[test]
fn a_rename_is_an_edit_of_one_secret_and_a_creation_among_many() {
    check("secret.rename", &key(), &allow(&["edit"]), "allowed", None);
    check(
        "secret.edit-many",
        &key(),
        &allow(&["edit"]),
        "denied",
        Some(2),
    );
    check(
        "secret.edit-many",
        &key(),
        &allow(&["edit", "create"]),
        "allowed",
        None,
    );
}

#[test]
fn a_move_takes_everything_at_the_source_and_create_and_edit_at_the_destination() {
    let all = ["delete", "describeSecret", "readValue", "create", "edit"];
    check("secret.move", &key(), &allow(&all), "allowed", None);
    for (at, missing) in all.iter().enumerate() {
        let others: Vec<&str> = all.iter().copied().filter(|a| a != missing).collect();
        check("secret.move", &key(), &allow(&others), "denied", Some(at));
    }
    let here_only = json!([{"subject": "secrets", "action": all, "conditions": {
        "environment": "prod",
    }}]);
    check("secret.move", &key(), &here_only, "denied", Some(3));
}

#[test]
fn folders_are_checked_at_their_parent_but_moved_at_their_own_path() {
    let rule = |path: &str| {
        json!([{"subject": "secret-folders", "action": ["edit", "delete"], "conditions": {
            "secretPath": path,
        }}])
    };
    check("folder.rename", &key(), &rule("/app"), "allowed", None);
    check("folder.delete", &key(), &rule("/app/db"), "denied", Some(0));
    check("folder.move", &key(), &rule("/app/db"), "denied", Some(1));
    check("folder.list", &key(), &json!([]), "allowed", None);
}

#[test]
fn an_import_asks_at_its_source_without_name_and_tags() {
    let by_tag = json!([
        {"subject": "secret-imports", "action": ["create"]},
        {"subject": "secrets", "action": ["describeSecret"], "conditions": {
            "secretTags": {"$in": ["pii"]},
        }},
    ]);
    check("import.create", &key(), &by_tag, "denied", Some(1));
    let by_name = json!([
        {"subject": "secret-imports", "action": ["create"]},
        {"subject": "secrets", "action": ["describeSecret"], "conditions": {
            "secretName": {"$glob": "K*"},
        }},
    ]);
    check("import.create", &key(), &by_name, "error", Some(1));
}

#[test]
fn a_failure_on_the_legacy_action_goes_unnoticed_where_the_server_catches_it() {
    let legacy_fails = json!([
        {"subject": "secrets", "action": ["read"], "conditions": {"secretName": {"$glob": 5}}},
        {"subject": "secrets", "action": ["describeSecret", "readValue"]},
    ]);
    check("secret.read-value", &key(), &legacy_fails, "allowed", None);
    check("secret.list", &key(), &legacy_fails, "error", Some(1));
}

#[test]
fn versions_need_one_of_two_permissions() {
    for subject in ["secret-rollback", "commits"] {
        let rules = json!([{"subject": subject, "action": ["read"]}]);
        check(
            "secret.versions",
            &Situation::default(),
            &rules,
            "allowed",
            None,
        );
    }
    check(
        "secret.versions",
        &Situation::default(),
        &json!([]),
        "denied",
        Some(0),
    );
}

#[test]
fn a_dynamic_secret_is_found_by_its_metadata() {
    let rules = json!([{
        "subject": "dynamic-secrets",
        "action": ["lease", "read-root-credential"],
        "conditions": {"metadata": {"$elemMatch": {"key": "team", "value": {"$eq": "pay"}}}},
    }]);
    let with = |metadata: &[(&str, &str)]| Situation {
        metadata: Some(
            metadata
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        ),
        ..key()
    };
    check(
        "dynamic-secret.lease",
        &with(&[("team", "pay")]),
        &rules,
        "allowed",
        None,
    );
    check(
        "dynamic-secret.lease",
        &with(&[("team", "web")]),
        &rules,
        "denied",
        Some(0),
    );
    check(
        "dynamic-secret.details",
        &with(&[("team", "pay")]),
        &rules,
        "denied",
        Some(1),
    );
}

#[test]
fn an_unknown_check_does_not_hide_a_certain_denial() {
    let actor = ActorFacts {
        auth: Auth::Unknown,
        ..nobody()
    };
    let by_token = ad_hoc(
        "by-token",
        &json!([{"subject": "secrets", "action": ["delete"], "conditions": {
            "secretPath": {"$glob": "/{{identity.auth.oidc.claims.team}}/**"},
        }}]),
    );
    let assembly = assemble(
        &actor,
        &[by_token],
        Semantics::ForbidWins,
        DateTime::<Utc>::UNIX_EPOCH,
    );
    let rules = compile(&assembly, &mut CompileCache::new());
    let decide = |id: &str| decide_operation(&rules, operation(id).unwrap(), &key());
    assert!(matches!(
        decide("secret.delete").outcome,
        Outcome::Unknown(_)
    ));
    let decision = decide("secret.move");
    assert!(matches!(decision.checks[0].outcome, Outcome::Unknown(_)));
    assert_eq!(decision.outcome, Outcome::Denied);
    assert_eq!(decision.failed, Some(1));
}

#[test]
fn what_is_missing_from_a_question_is_told() {
    let operation = operation("secret.rename").unwrap();
    let situation = Situation {
        environment: Some("dev".into()),
        new_name: Some("N".into()),
        ..Situation::default()
    };
    assert_eq!(
        operation.missing(&situation),
        [Input::SecretPath, Input::SecretName]
    );
    assert!(operation.missing(&key()).is_empty());
}
