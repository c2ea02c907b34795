//! The watch over expiry, against the real clock and a shifted one.

use std::sync::Arc;
use std::time::Duration;

use reeve_api::dto::common::Topic;
use reeve_tests::session::Session;
use serde_json::{Value, json};

/// Lets the watch run until it says that time passed, or for twenty seconds.
async fn time_is_heard(session: &Session) -> bool {
    for _ in 0..400 {
        if session.heard().contains(&Topic::Time) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

fn watch(session: &Session) -> tokio::task::JoinHandle<()> {
    let core = Arc::clone(&session.core);
    tokio::spawn(async move { core.watch_expiry().await })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_heard_when_it_comes() {
    let session = Session::on_sample();
    let watching = watch(&session);
    let member = session.member("ci-deployer");
    session.call(
        "attach_privilege",
        json!({
            "member": member, "slug": "blink", "reason": "", "ticket": "",
            "duration": {"kind": "timed", "range": "1s"},
            "policies": [{"subject": "tags", "actions": ["read"], "inverted": false,
                          "conditions": []}],
        }),
    );
    session.heard();
    assert!(time_is_heard(&session).await);
    let detail = session.call("member_detail", json!({"member": member}));
    let standing = detail["privileges"]
        .as_array()
        .and_then(|all| all.iter().find(|privilege| privilege["slug"] == "blink"))
        .map(|privilege| privilege["standing"]["state"].clone());
    assert_eq!(standing, Some(json!("ended")));
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_is_heard() {
    let session = Session::on_sample();
    let watching = watch(&session);
    tokio::time::sleep(Duration::from_millis(200)).await;
    session.heard();
    session.clock.shift(7 * 24 * 3_600_000);
    assert!(time_is_heard(&session).await);
    watching.abort();
}

/// What is said of the clock, once it is said or for twenty seconds.
async fn set_back(session: &Session) -> Value {
    for _ in 0..400 {
        let notice = session.call("clock_notice", json!({}));
        if !notice["setBack"].is_null() {
            return notice["setBack"].clone();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Value::Null
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_is_said_and_nothing_counts_longer_than_shown() {
    const HOUR: i64 = 3_600_000;
    let session = Session::on_sample();
    let watching = watch(&session);
    let member = session.member("legacy-billing-job");
    session.call(
        "attach_privilege",
        json!({
            "member": member, "slug": "back", "reason": "", "ticket": "",
            "duration": {"kind": "timed", "range": "1h"},
            "policies": [{"subject": "tags", "actions": ["read"], "inverted": false,
                          "conditions": []}],
        }),
    );
    let standing = || {
        let detail = session.call("member_detail", json!({"member": member}));
        let all = detail["privileges"].as_array().expect("a list").clone();
        let one = all.iter().find(|privilege| privilege["slug"] == "back");
        one.expect("it is listed")["standing"].clone()
    };
    let end = standing()["end"].clone();
    assert_eq!(
        session.call("clock_notice", json!({}))["setBack"],
        Value::Null
    );

    tokio::time::sleep(Duration::from_millis(200)).await;
    session.heard();
    session.clock.shift(2 * HOUR);
    assert!(time_is_heard(&session).await);
    assert_eq!(standing()["state"], "ended");
    assert_eq!(
        session.call("clock_notice", json!({}))["setBack"],
        Value::Null
    );

    session.clock.shift(0);
    let said = set_back(&session).await;
    assert!(said["again"].as_u64() >= Some(1), "{said}");
    assert_eq!(standing()["state"], "active");
    assert_eq!(standing()["end"], end, "the end stays where it was");
    session.clock.shift(HOUR);
    assert_eq!(
        standing()["state"],
        "ended",
        "it ends at the end that was shown"
    );

    session.clock.shift(0);
    session.call("dismiss_clock_notice", json!({}));
    assert_eq!(
        session.call("clock_notice", json!({}))["setBack"],
        Value::Null
    );
    watching.abort();
}

#[test]
fn a_history_that_reaches_beyond_the_present_says_that_the_clock_was_set_back() {
    let session = Session::on_sample();
    session.clock.shift(3 * 3_600_000);
    let member = session.member("legacy-billing-job");
    session.call(
        "attach_privilege",
        json!({
            "member": member, "slug": "ahead", "reason": "", "ticket": "",
            "duration": {"kind": "permanent"},
            "policies": [{"subject": "tags", "actions": ["read"], "inverted": false,
                          "conditions": []}],
        }),
    );
    assert_eq!(
        session.call("clock_notice", json!({}))["setBack"],
        Value::Null
    );
    let session = session.restart();
    let notice = session.call("clock_notice", json!({}));
    assert!(notice["setBack"]["from"].is_string(), "{notice}");
}
