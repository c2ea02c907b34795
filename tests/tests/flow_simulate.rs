//! Questions in plain words, through the commands of the window.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn ask(session: &Session, member: &str, operation: &str, place: &Value) -> Value {
    session.call(
        "simulate",
        json!({
            "member": member,
            "what": {"kind": "operation", "operation": operation},
            "place": place,
            "when": {"kind": "now"},
        }),
    )
}

fn place(environment: &str, name: &Value) -> Value {
    json!({"environment": environment, "secretPath": "/app/api", "secretName": name,
           "secretTags": []})
}

#[test]
fn every_operation_that_is_offered_can_be_asked() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let catalogue = session.call("catalogue", json!({}));
    let operations = catalogue["operations"].as_array().expect("a list");
    assert!(operations.len() > 10, "{}", operations.len());
    for operation in operations {
        let id = operation["id"].as_str().expect("an id");
        let answer = ask(&session, &member, id, &place("prod", &json!("API_KEY")));
        assert_eq!(answer["kind"], "decided", "{id}: {answer}");
        assert!(
            ["allowed", "denied"].contains(&answer["outcome"].as_str().unwrap_or_default()),
            "{id}: {answer}"
        );
    }
}

#[test]
fn reading_a_value_makes_two_checks_and_says_which_role_allows_them() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let answer = ask(
        &session,
        &member,
        "secret.read-value",
        &place("dev", &json!("API_KEY")),
    );
    assert_eq!(answer["outcome"], "allowed");
    let checks = answer["checks"].as_array().expect("a list");
    assert_eq!(checks.len(), 2);
    assert!(
        answer["concerned"].as_u64() <= answer["rules"].as_u64(),
        "{answer}"
    );
    for check in checks {
        assert_eq!(check["outcome"], "allowed");
        let decided = check["candidates"]
            .as_array()
            .and_then(|all| all.iter().find(|candidate| candidate["fate"] == "decided"))
            .expect("a rule decided");
        assert_eq!(decided["source"]["slug"], "deployer");
    }
}

#[test]
fn a_name_left_open_matters_only_where_a_rule_looks_at_it() {
    let session = Session::on_sample();
    let deployer = session.member("ci-deployer");
    let open = ask(
        &session,
        &deployer,
        "secret.read-value",
        &place("dev", &Value::Null),
    );
    assert_eq!(open["outcome"], "allowed");

    let job = session.member("legacy-billing-job");
    session.call(
        "attach_privilege",
        json!({
            "member": job, "slug": "keys", "reason": "", "ticket": "",
            "duration": {"kind": "permanent"},
            "policies": [{
                "subject": "secrets", "actions": ["describeSecret", "readValue"],
                "inverted": false,
                "conditions": [{"property": "secretName", "operator": "$glob",
                                "values": ["*_KEY"]}],
            }],
        }),
    );
    let answer = ask(
        &session,
        &job,
        "secret.read-value",
        &place("prod", &Value::Null),
    );
    assert_eq!(answer["outcome"], "depends");
    assert_eq!(answer["dependsOn"], json!(["secretName"]));
    assert_eq!(answer["changes"], Value::Null);
}

#[test]
fn what_is_missing_from_a_question_is_asked_for_at_its_field() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let nowhere = json!({"environment": null, "secretPath": null, "secretName": null,
                         "secretTags": null});
    let answer = ask(&session, &member, "secret.read-value", &nowhere);
    assert_eq!(answer["kind"], "incomplete");
    let fields: Vec<&Value> = answer["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|problem| &problem["field"])
        .collect();
    assert_eq!(fields, ["environment", "secretPath"]);

    let group = session.member("platform");
    let answer = ask(&session, &group, "secret.read-value", &nowhere);
    assert_eq!(answer["problems"][0]["field"], "member");
}

#[test]
fn the_palette_finds_the_best_match_first_whatever_kind_it_is() {
    let session = Session::on_sample();
    let found = session.call("find", json!({"text": "payments"}));
    let names: Vec<&Value> = found["members"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|hit| &hit["member"]["name"])
        .collect();
    assert_eq!(names.first(), Some(&&json!("payments")), "{names:?}");
    assert!(names.contains(&&json!("payments-worker")), "{names:?}");
}
