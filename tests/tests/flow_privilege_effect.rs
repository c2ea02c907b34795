//! What a privilege being written would open, close and leave when it ends, checked against the
//! member's access before and after it is given.

use reeve_tests::session::Session;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

fn draft(member: &str, policies: &Value, duration: &Value) -> Value {
    json!({"member": member, "slug": "effect", "duration": duration, "policies": policies,
           "reason": "", "ticket": ""})
}

fn reading(path: &str, inverted: bool) -> Value {
    json!([{"subject": "secrets", "actions": ["readValue"], "inverted": inverted, "conditions": [
        {"property": "environment", "operator": "$eq", "values": ["prod"]},
        {"property": "secretPath", "operator": "$glob", "values": [path]}]}])
}

fn hour() -> Value {
    json!({"kind": "timed", "range": "1h"})
}

fn effect(session: &Session, draft: &Value) -> Value {
    session.call("privilege_effect", draft.clone())["effect"].clone()
}

fn reads(session: &Session, member: &str, path: &str) -> bool {
    let answer = session.call(
        "simulate",
        json!({
            "who": {"kind": "member", "member": member},
            "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
            "place": {"environment": "prod", "secretPath": path, "secretName": "KEY",
                      "secretTags": []},
            "when": {"kind": "now"}, "semantics": null,
            "unsaved": {"roleDrafts": false, "privilege": null},
        }),
    );
    answer["outcome"] == "allowed"
}

fn attach(session: &Session, draft: &Value) -> String {
    let answer = session.call("attach_privilege", draft.clone());
    assert_eq!(answer["outcome"], "attached", "{answer}");
    answer["privilege"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_said_to_open_opens_and_closes_again_at_the_end() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let draft = draft(&member, &reading("/payments/**", false), &hour());
    let said = effect(&session, &draft);
    let changes = said["changes"].as_array().unwrap();
    assert!(!changes.is_empty());
    assert!(
        changes.iter().all(|change| change["gains"] == true),
        "{said}"
    );
    assert!(said["changes"].to_string().contains("/payments"), "{said}");
    assert!(said["limits"].as_array().unwrap().is_empty(), "{said}");
    let ending = said["ending"]["changes"].as_array().unwrap();
    assert!(
        ending.iter().all(|change| change["gains"] == false),
        "{said}"
    );

    assert!(!reads(&session, &member, "/payments/eu"));
    attach(&session, &draft);
    assert!(reads(&session, &member, "/payments/eu"));
    assert!(!reads(&session, &member, "/other"));
}

#[test]
fn what_other_access_covers_already_changes_nothing() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(
        &session,
        &draft(
            &member,
            &reading("/payments/**", false),
            &json!({"kind": "permanent"}),
        ),
    );
    let mut again = draft(&member, &reading("/payments/eu", false), &hour());
    again["slug"] = json!("again");
    let said = effect(&session, &again);
    assert_eq!(said["changes"], json!([]), "{said}");
    assert_eq!(said["ending"]["changes"], json!([]), "{said}");
}

#[test]
fn what_ends_earlier_elsewhere_is_lost_only_with_this_one() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(
        &session,
        &draft(
            &member,
            &reading("/payments/**", false),
            &json!({"kind": "timed", "range": "30m"}),
        ),
    );
    let mut longer = draft(&member, &reading("/payments/**", false), &hour());
    longer["slug"] = json!("longer");
    let said = effect(&session, &longer);
    assert_eq!(said["changes"], json!([]), "nothing opens now: {said}");
    let ending = said["ending"]["changes"].as_array().unwrap();
    assert!(!ending.is_empty(), "but its end is the last one: {said}");
}

#[test]
fn a_forbid_closes_and_an_edit_is_compared_with_what_it_replaces() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let given = draft(&member, &reading("/payments/**", false), &hour());
    let id = attach(&session, &given);
    let mut forbid = draft(&member, &reading("/payments/eu", true), &hour());
    forbid["slug"] = json!("forbid");
    let said = effect(&session, &forbid);
    assert!(
        said["changes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|change| change["gains"] == false),
        "{said}"
    );

    let opened = session.call("open_privilege", json!({"kind": "privilege", "id": id}));
    let mut edit = draft(
        &member,
        &reading("/payments/eu", false),
        &json!({"kind": "kept"}),
    );
    edit["edited"] = json!({"grant": {"kind": "privilege", "id": id},
                            "revision": opened["revision"]});
    let said = effect(&session, &edit);
    let changes = said["changes"].as_array().unwrap();
    assert!(!changes.is_empty());
    assert!(
        changes.iter().all(|change| change["gains"] == false),
        "narrower: {said}"
    );
}

#[test]
fn nothing_is_said_of_what_is_not_complete_or_for_several() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let wrong = draft(&member, &reading("", false), &hour());
    assert_eq!(effect(&session, &wrong), Value::Null);
    let endless = draft(
        &member,
        &reading("/a", false),
        &json!({"kind": "timed", "range": "0"}),
    );
    assert_eq!(effect(&session, &endless), Value::Null);
    let mut several = draft(&member, &reading("/a", false), &hour());
    several["member"] = Value::Null;
    assert_eq!(effect(&session, &several), Value::Null);
}

#[test]
fn what_begins_later_is_compared_with_what_there_will_be_then() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(
        &session,
        &draft(&member, &reading("/payments/**", false), &hour()),
    );
    let mut later = draft(&member, &reading("/payments/**", false), &hour());
    later["slug"] = json!("later");
    assert_eq!(effect(&session, &later)["changes"], json!([]));
    later["start"] = json!(session.clock.text_after(2 * HOUR));
    let said = effect(&session, &later);
    assert!(!said["changes"].as_array().unwrap().is_empty(), "{said}");
}
