//! What people read about a decision.

#![allow(
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, TimeZone as _, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Semantics;
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, assemble};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{AccessRequest, Outcome, decide, outcome};
use reeve_policy::explain::{Part, explain, explain_operation};
use reeve_policy::operation::{Situation, decide_operation, operation, operation_outcome};
use reeve_tests::judge::{ad_hoc, nobody, role, stands_until};
use serde_json::{Value, json};

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 7, 5, 12, 0, 0).unwrap()
}

/// An additional privilege that ends this many hours after noon.
fn privilege(slug: &str, hours: i64, rules: &Value) -> Grant {
    let end = noon() + TimeDelta::hours(hours);
    Grant {
        source: Source::Privilege {
            id: slug.into(),
            slug: Arc::from(slug),
        },
        lifetime: Lifetime::timed("8h", end - TimeDelta::hours(8), end),
        ..ad_hoc(slug, rules)
    }
}

fn stripe_key() -> Situation {
    Situation {
        environment: Some("prod".into()),
        secret_path: Some("/payments/eu".into()),
        secret_name: Some("STRIPE_KEY".into()),
        secret_tags: Some(vec![]),
        ..Situation::default()
    }
}

/// What is said about an operation of `ci-deployer` at noon.
fn said(id: &str, situation: &Situation, actor: &ActorFacts, grants: &[Grant]) -> String {
    let operation = operation(id).unwrap();
    let mut cache = CompileCache::new();
    let semantics = Semantics::ForbidWins;
    let rules = compile(&assemble(actor, grants, semantics, noon()), &mut cache);
    let change = stands_until(actor, grants, semantics, noon(), |rules| {
        operation_outcome(rules, operation, situation)
    });
    let decision = decide_operation(&rules, operation, situation);
    explain_operation("ci-deployer", &decision, change).to_string()
}

fn payments(actions: &[&str]) -> Value {
    json!([{
        "subject": "secrets",
        "action": actions,
        "conditions": {"environment": "prod", "secretPath": {"$glob": "/payments/**"}},
    }])
}

#[test]
fn an_allowed_operation_names_the_place_the_source_and_the_end() {
    let grants = [
        role("no-access", None, &json!([])),
        privilege(
            "incident-4711",
            5,
            &payments(&["describeSecret", "readValue"]),
        ),
    ];
    assert_eq!(
        said("secret.read-value", &stripe_key(), &nobody(), &grants),
        "Allowed: `ci-deployer` may read the value of `prod:/payments/eu/STRIPE_KEY` through the \
         additional privilege `incident-4711`, until 2026-07-05 17:00 UTC."
    );
}

#[test]
fn what_was_left_open_is_said_as_such() {
    let everything = [role(
        "admin",
        None,
        &json!([
            {"subject": "secrets", "action": ["read", "create", "edit", "delete"]},
            {"subject": "secret-folders", "action": ["edit", "delete"]},
            {"subject": "secret-imports", "action": ["create"]},
        ]),
    )];
    let nowhere = Situation::default();
    let a_folder = Situation {
        secret_name: None,
        ..stripe_key()
    };
    for (id, situation, words) in [
        ("secret.list", &nowhere, "list secrets in any folder"),
        ("secret.delete", &nowhere, "delete secrets"),
        (
            "secret.delete",
            &a_folder,
            "delete secrets in `prod:/payments/eu`",
        ),
        (
            "secret.read-value-by-id",
            &a_folder,
            "read, by id, the value of secrets in `prod:/payments/eu`",
        ),
        (
            "secret.rename",
            &stripe_key(),
            "rename `prod:/payments/eu/STRIPE_KEY` to any name",
        ),
        (
            "secret.move",
            &stripe_key(),
            "move `prod:/payments/eu/STRIPE_KEY` to any folder",
        ),
        ("folder.delete", &nowhere, "delete any folder"),
        (
            "folder.delete",
            &a_folder,
            "delete the folder `prod:/payments/eu`",
        ),
        (
            "import.create",
            &a_folder,
            "import into `prod:/payments/eu` from any folder",
        ),
    ] {
        assert_eq!(
            said(id, situation, &nobody(), &everything),
            format!("Allowed: `ci-deployer` may {words} through the role `admin`.")
        );
    }
}

#[test]
fn privileges_of_somebody_without_a_role_explain_themselves() {
    let grants = [privilege("incident-4711", 5, &payments(&["read"]))];
    assert_eq!(
        said("secret.delete", &stripe_key(), &nobody(), &grants),
        "Denied: no rule mentions `secrets:delete`.\n\
         Without any role the server does not count the actor as a member and refuses everything."
    );
}

#[test]
fn an_ended_privilege_that_would_have_allowed_it_is_named() {
    let grants = [
        role(
            "viewer",
            None,
            &json!([{"subject": "tags", "action": ["read"]}]),
        ),
        privilege("older", -9, &payments(&["read"])),
        privilege("incident-4711", -2, &payments(&["read"])),
        privilege("too-little", -1, &payments(&["describeSecret"])),
    ];
    assert_eq!(
        said("secret.read-value", &stripe_key(), &nobody(), &grants),
        "Denied: `ci-deployer` may not see that the secret is there: the additional privilege \
         `incident-4711` would have allowed this; it ended at 2026-07-05 10:00 UTC.\n\
         The additional privilege `older` would have allowed this; it ended at 2026-07-05 03:00 UTC."
    );
}

#[test]
fn a_denial_says_which_forbid_matches_or_that_no_rule_is_there() {
    let forbid = json!([{"subject": "secrets", "action": ["delete"], "inverted": true}]);
    let grants = [
        role("member", None, &payments(&["delete"])),
        role("no-deletes", Some("contractors"), &forbid),
    ];
    assert_eq!(
        said("secret.delete", &stripe_key(), &nobody(), &grants),
        "Denied: the Forbid in the role `no-deletes` through the group `contractors` matches."
    );
    assert_eq!(
        said("secret.create", &stripe_key(), &nobody(), &grants),
        "Denied: no rule mentions `secrets:create`."
    );
}

#[test]
fn a_near_miss_says_which_condition_is_in_the_way() {
    let rules = json!([
        {"subject": "secrets", "action": ["delete"], "conditions": {
            "environment": {"$in": ["dev", "staging"]},
        }},
        {"subject": "secrets", "action": ["delete"], "conditions": {
            "environment": "prod", "secretPath": {"$glob": "/web/**"},
        }},
        {"subject": "secrets", "action": ["delete"], "conditions": {
            "secretTags": {"$all": ["temp"]},
        }},
    ]);
    assert_eq!(
        said(
            "secret.delete",
            &stripe_key(),
            &nobody(),
            &[role("dev", None, &rules)]
        ),
        "Denied: the conditions of every rule that allows `secrets:delete` exclude this case.\n\
         The Allow in the role `dev` does not apply, because `secretTags` is empty, and it asks for \
         all of `temp`.\n\
         The Allow in the role `dev` does not apply, because `secretPath` is `/payments/eu`, which \
         `/web/**` does not match.\n\
         The Allow in the role `dev` does not apply, because `environment` is `prod`, and it asks \
         for `dev` or `staging`."
    );
}

#[test]
fn a_failing_server_and_an_unknown_answer_are_neither_yes_nor_no() {
    let glob_on_name = json!([{"subject": "secrets", "action": ["edit"], "conditions": {
        "secretName": {"$glob": "STRIPE_*"},
    }}]);
    let two_places = Situation {
        second_environment: Some("prod".into()),
        second_path: Some("/x".into()),
        ..stripe_key()
    };
    assert_eq!(
        said(
            "secret.move-many",
            &two_places,
            &nobody(),
            &[
                role(
                    "a",
                    None,
                    &json!([{"subject": "secrets", "action": ["create"]}])
                ),
                role("b", None, &glob_on_name),
            ]
        ),
        "The server answers with an error when `ci-deployer` tries to move many secrets at once \
         from `prod:/payments/eu/STRIPE_KEY` to `prod:/x`: a glob is compared with an attribute \
         that is missing."
    );
    let by_token = json!([{"subject": "secrets", "action": ["delete"], "conditions": {
        "secretPath": {"$glob": "/{{identity.auth.oidc.claims.team}}/**"},
    }}]);
    let unknown = ActorFacts {
        auth: Auth::Unknown,
        ..nobody()
    };
    assert_eq!(
        said(
            "secret.delete",
            &stripe_key(),
            &unknown,
            &[role("by-token", None, &by_token)]
        ),
        "Unknown whether `ci-deployer` may delete `prod:/payments/eu/STRIPE_KEY`: it depends on how \
         the actor signed in, which is not known here.\n\
         The template `{{identity.auth.oidc.claims.team}}` in the role `by-token` depends on how \
         the actor signed in, which is not known here."
    );
}

#[test]
fn a_single_decision_reads_like_an_operation() {
    let grants = [
        role("reader", None, &payments(&["readValue"])),
        privilege(
            "until-three",
            3,
            &json!([{
                "subject": "secrets", "action": ["readValue"], "inverted": true,
                "conditions": {"environment": "dev"},
            }]),
        ),
    ];
    let mut cache = CompileCache::new();
    let semantics = Semantics::ForbidWins;
    let rules = compile(&assemble(&nobody(), &grants, semantics, noon()), &mut cache);
    let ask = |environment: &str| {
        let request = AccessRequest {
            subject: "secrets".into(),
            action: "readValue".into(),
            attributes: Attributes::of_secret(environment, "/payments", Some("KEY"), None),
        };
        let change = stands_until(&nobody(), &grants, semantics, noon(), |rules| {
            outcome(rules, &request)
        });
        let decision = decide(&rules, &request);
        (decision.outcome, change, explain("ann", &decision, change))
    };
    let (_, change, explanation) = ask("prod");
    assert_eq!(change, None, "the Forbid is about another environment");
    assert_eq!(
        explanation.to_string(),
        "Allowed: `ann` may read the value of `prod:/payments/KEY` through the role `reader`."
    );
    let parts = &explanation.headline.parts;
    assert_eq!(parts[1], Part::Code("ann".into()));
    assert!(matches!(&parts[5], Part::Source(Source::Role { slug, .. }) if &**slug == "reader"));
    let (outcome, _, explanation) = ask("dev");
    assert_eq!(outcome, Outcome::Denied);
    assert_eq!(
        explanation.to_string(),
        "Denied: the Forbid in the additional privilege `until-three` matches."
    );
}
