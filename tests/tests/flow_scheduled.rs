//! Grants that begin later, through the commands of the window and against the watch over time.

use std::sync::Arc;
use std::time::Duration;

use reeve_api::dto::common::Topic;
use reeve_tests::session::Session;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

fn draft(session: &Session, member: &str, slug: &str, start: i64, range: &str) -> Value {
    json!({"member": member, "slug": slug, "start": session.clock.text_after(start),
           "duration": {"kind": "timed", "range": range},
           "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
               "conditions": [{"property": "secretPath", "operator": "$eq", "values": ["/later"]}]}],
           "reason": "migration", "ticket": ""})
}

/// Schedules a privilege called `later` and gives the request and the scheduled grant.
fn schedule(session: &Session, member: &str, start: i64, range: &str) -> (Value, Value) {
    let draft = draft(session, member, "later", start, range);
    let answer = session.call("attach_privilege", draft.clone());
    assert_eq!(answer["outcome"], "scheduled", "{answer}");
    (answer, waiting(session, member)[0].clone())
}

fn waiting(session: &Session, member: &str) -> Vec<Value> {
    let detail = session.call("member_detail", json!({"member": member}));
    detail["scheduled"].as_array().unwrap().clone()
}

fn given(session: &Session, member: &str) -> Vec<Value> {
    let detail = session.call("member_detail", json!({"member": member}));
    let privileges = detail["privileges"].as_array().unwrap();
    privileges
        .iter()
        .filter(|privilege| privilege["slug"] == "later")
        .cloned()
        .collect()
}

fn reads(session: &Session, member: &str) -> bool {
    let answer = session.call(
        "simulate",
        json!({"who": {"kind": "member", "member": member},
               "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
               "place": {"environment": "prod", "secretPath": "/later", "secretName": "KEY",
                         "secretTags": []},
               "when": {"kind": "now"}, "semantics": null, "unsaved": {"roleDrafts": false, "privilege": null}}),
    );
    answer["outcome"] == "allowed"
}

fn watch(session: &Session) -> tokio::task::JoinHandle<()> {
    let core = Arc::clone(&session.core);
    tokio::spawn(async move { core.watch_expiry().await })
}

/// Waits until `what` holds, for at most twenty seconds.
async fn until(what: impl Fn() -> bool) -> bool {
    for _ in 0..400 {
        if what() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

#[test]
fn what_is_scheduled_gives_nothing_before_its_start_and_can_be_taken_back() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let (answer, grant) = schedule(&session, &member, HOUR, "2h");
    assert_eq!(grant["title"], "later");
    assert_eq!(grant["standing"], "waiting");
    assert_eq!(grant["range"], "2h");
    assert!(given(&session, &member).is_empty());
    assert!(!reads(&session, &member));
    let all = session.call("scheduled_grants", json!({}));
    assert_eq!(all["grants"], json!([grant]));

    let cancelled = session.call("cancel_scheduled", json!({"scheduled": grant["id"]}));
    assert!(waiting(&session, &member).is_empty());
    session.call("undo", json!({"history": cancelled["history"]}));
    assert_eq!(waiting(&session, &member), [grant]);
    // What was brought back is the same, so that it could still be taken back from its beginning.
    session.call("undo", json!({"history": answer["history"]}));
    assert!(waiting(&session, &member).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_begins_at_its_start_and_ends_where_it_was_planned() {
    let session = Session::on_sample();
    let watching = watch(&session);
    let member = session.member("legacy-billing-job");
    let (_, grant) = schedule(&session, &member, 1_500, "2h");
    session.heard();
    assert!(until(|| !given(&session, &member).is_empty()).await);
    assert!(session.heard().contains(&Topic::Privileges));
    assert!(reads(&session, &member));
    assert!(waiting(&session, &member).is_empty());
    assert_eq!(
        given(&session, &member)[0]["standing"]["end"],
        grant["endsAt"]
    );

    let history = session.call(
        "history",
        json!({"member": member, "before": null, "limit": 1}),
    );
    assert_eq!(history["entries"][0]["deed"], "scheduled.start");
    // Taken back, it waits to be decided and does not begin by itself again.
    session.call("undo", json!({"history": history["entries"][0]["id"]}));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!reads(&session, &member));
    assert_eq!(waiting(&session, &member)[0]["standing"], "late");
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_was_missed_is_asked_about_and_never_lasts_longer() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let (_, grant) = schedule(&session, &member, HOUR, "2h");
    let session = session.restart();
    session.clock.shift(HOUR + HOUR / 2);
    let watching = watch(&session);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!reads(&session, &member), "nobody was asked");
    assert_eq!(waiting(&session, &member)[0]["standing"], "late");

    session.call("start_scheduled", json!({"scheduled": grant["id"]}));
    assert!(reads(&session, &member));
    assert_eq!(
        given(&session, &member)[0]["standing"]["end"],
        grant["endsAt"]
    );
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_over_a_start_gives_nothing_unasked() {
    let session = Session::on_sample();
    let watching = watch(&session);
    let member = session.member("legacy-billing-job");
    schedule(&session, &member, HOUR, "2h");
    tokio::time::sleep(Duration::from_millis(200)).await;
    session.heard();
    session.clock.shift(2 * HOUR);
    assert!(until(|| session.heard().contains(&Topic::Time)).await);
    assert!(!reads(&session, &member));
    assert_eq!(waiting(&session, &member)[0]["standing"], "late");
    session.clock.shift(0);
    assert_eq!(waiting(&session, &member)[0]["standing"], "waiting");
    watching.abort();
}

#[test]
fn what_has_missed_its_end_as_well_can_only_be_planned_anew_or_given_up() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let (_, grant) = schedule(&session, &member, HOUR, "2h");
    session.clock.shift(4 * HOUR);
    assert_eq!(waiting(&session, &member)[0]["standing"], "missed");
    let error = session.fail("start_scheduled", json!({"scheduled": grant["id"]}));
    assert!(error.message.contains("planned end"), "{error:?}");

    let named = json!({"kind": "scheduled", "id": grant["id"]});
    let opened = session.call("open_privilege", named.clone());
    assert_eq!(opened["startsAt"], grant["startsAt"]);
    let mut edit = draft(&session, &member, "later", HOUR, "2h");
    edit["edited"] = json!({"grant": named, "revision": opened["revision"]});
    edit["policies"] = json!([opened["policies"][0]["policy"]]);
    edit["duration"] = json!({"kind": "kept"});
    let saved = session.call("edit_privilege", edit);
    assert_eq!(saved["outcome"], "saved", "{saved}");
    let moved = &waiting(&session, &member)[0];
    assert_eq!(moved["standing"], "waiting");
    assert_eq!(moved["range"], "2h");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_way_of_a_start_is_said_and_nothing_is_lost() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let roles = session.call("role_names", json!({}));
    let role = roles["roles"]
        .as_array()
        .unwrap()
        .iter()
        .find(|role| role["slug"] == "viewer")
        .unwrap()["id"]
        .clone();
    let watching = watch(&session);
    let scheduled = session.call(
        "schedule_role",
        json!({"member": member, "role": role, "start": session.clock.text_after(2_000),
               "duration": {"kind": "permanent"}, "reason": ""}),
    );
    assert_eq!(scheduled["outcome"], "scheduled", "{scheduled}");
    session.call(
        "act_on_members",
        json!({"selection": {"kind": "members", "members": [member]},
               "act": {"kind": "addRole", "role": role, "duration": {"kind": "permanent"}}}),
    );
    let trouble = || waiting(&session, &member)[0]["trouble"].clone();
    assert!(until(|| trouble() != Value::Null).await);
    assert_eq!(trouble(), "The member has this role already.");
    assert_eq!(waiting(&session, &member)[0]["standing"], "late");
    watching.abort();
}

#[test]
fn a_start_lies_ahead_and_an_end_lies_after_it() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let mut past = draft(&session, &member, "later", -HOUR, "2h");
    let refused = session.call("attach_privilege", past.clone());
    assert_eq!(refused["problems"][0]["field"], "start");
    past["start"] = json!("noon");
    let refused = session.call("attach_privilege", past);
    assert_eq!(refused["problems"][0]["field"], "start");

    let mut early = draft(&session, &member, "later", 2 * HOUR, "2h");
    early["duration"] = json!({"kind": "until", "end": session.clock.text_after(HOUR)});
    let refused = session.call("attach_privilege", early);
    assert_eq!(refused["problems"][0]["field"], "duration");
    assert!(waiting(&session, &member).is_empty());
}

#[test]
fn a_role_can_wait_as_well() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let roles = session.call("role_names", json!({}));
    let detail = session.call("member_detail", json!({"member": member}));
    let role = roles["roles"]
        .as_array()
        .unwrap()
        .iter()
        .find(|role| {
            let held = detail["roles"].as_array().unwrap();
            held.iter().all(|held| held["slug"] != role["slug"])
        })
        .unwrap();
    let mut request = json!({"member": member, "role": role["id"],
                             "start": session.clock.text_after(HOUR),
                             "duration": {"kind": "timed", "range": "1h"}, "reason": ""});
    let answer = session.call("schedule_role", request.clone());
    assert_eq!(answer["outcome"], "scheduled", "{answer}");
    let grant = waiting(&session, &member)[0].clone();
    assert_eq!(
        (&grant["what"], &grant["title"]),
        (&json!("role"), &role["name"])
    );
    session.call("start_scheduled", json!({"scheduled": grant["id"]}));
    let detail = session.call("member_detail", json!({"member": member}));
    let held = detail["roles"]
        .as_array()
        .unwrap()
        .iter()
        .find(|held| held["slug"] == role["slug"])
        .unwrap();
    assert_eq!(held["standing"]["end"], grant["endsAt"]);
    request["start"] = json!(session.clock.text_after(HOUR));
    let refused = session.call("schedule_role", request);
    assert_eq!(refused["problems"][0]["field"], "role");
}
