//! Differences in words, with the witnesses that they name.

use reeve_analysis::{Domain, Form, difference, words};
use reeve_domain::project::Semantics;
use reeve_tests::proof::{World, compiled};
use serde_json::{Value, json};

use super::{on_secrets, project};

/// How two lists differ, in words, with their witnesses.
fn told(world: &World, before: &Value, after: &Value) -> Vec<String> {
    let one = compiled(before.as_array().unwrap(), Semantics::ForbidWins);
    let other = compiled(after.as_array().unwrap(), Semantics::ForbidWins);
    let difference = difference(&one, &other, &world.scope()).unwrap();
    assert!(difference.exhaustive.is_yes());
    let mut told = vec![words::verdict_of(&difference)];
    for change in &difference.changes {
        told.push(format!(
            "{}: {}",
            words::transition(change.before, change.after),
            words::change(change, world.universe.edition)
        ));
        let witnesses: Vec<String> = change.witnesses.iter().map(words::witness).collect();
        told.push(format!("  such as {}", witnesses.join("; ")));
    }
    told
}

#[test]
fn two_stars_grant_the_folder_itself_and_everything_from_the_second_level_down() {
    let one = on_secrets(&json!({"secretPath": {"$glob": "/app/*"}}));
    let two = on_secrets(&json!({"secretPath": {"$glob": "/app/**"}}));
    assert_eq!(
        told(&project(), &one, &two),
        [
            "wider: some access is gained, none is lost",
            "newly allowed: `secrets` Read Value · any environment · `/app` itself and everything \
             from the second level below `/app`",
            "  such as `dev:/app/STRIPE_KEY`, untagged; `staging:/app/a/b/DB_URL`, untagged",
        ]
    );
    let back = told(&project(), &two, &one);
    assert_eq!(back[0], "narrower: some access is lost, none is gained");
    assert!(back[1].starts_with("newly denied: `secrets` Read Value · any environment · `/app`"));
}

#[test]
fn not_one_environment_is_a_list_of_the_others_only_while_no_other_can_be_made() {
    let not = on_secrets(&json!({"environment": {"$ne": "prod"}}));
    let list = on_secrets(&json!({"environment": {"$in": ["dev", "staging"]}}));
    let closed = project();
    assert_eq!(told(&closed, &not, &list), ["the same in every case"]);
    let mut open = project();
    open.universe.environments = Domain::open(Form::Slug, ["dev", "staging", "prod"]);
    assert_eq!(
        told(&open, &list, &not)[..2],
        [
            "wider: some access is gained, none is lost",
            "newly allowed: `secrets` Read Value · any environment except `dev`, `prod` and \
             `staging`",
        ]
    );
}

#[test]
fn a_box_is_told_by_the_patterns_of_its_rules() {
    let after = json!([
        {"subject": "secrets", "action": ["readValue"],
         "conditions": {"environment": "prod", "secretPath": {"$glob": "/payments/**"}}},
        {"subject": "secrets", "action": ["readValue"], "inverted": true,
         "conditions": {"secretPath": {"$eq": "/payments/public"}}},
        {"subject": "secrets", "action": ["readValue"], "inverted": true,
         "conditions": {"secretTags": {"$in": ["pci"]}}},
    ]);
    let told = told(&project(), &json!([]), &after);
    assert_eq!(
        told[3],
        "newly allowed: `secrets` Read Value · `prod` · `/payments/**` except `/payments/public` \
         · not tagged `pci`"
    );
    assert_eq!(
        told[4],
        "  such as `prod:/payments/stripe/STRIPE_KEY`, untagged; \
         `prod:/payments/stripe/DB_URL`, untagged"
    );
}

#[test]
fn checks_without_attributes_belong_to_the_difference() {
    let conditional = on_secrets(&json!({"environment": "nowhere"}));
    let told = told(&project(), &json!([]), &conditional);
    assert_eq!(
        told[1],
        "newly allowed: `secrets` Read Value · the general check, where no particular one is named"
    );
    assert_eq!(
        told.len(),
        3,
        "no thing is in an environment that does not exist"
    );
}
