//! The watch over expiry, against the real clock and a shifted one.

use std::sync::Arc;
use std::time::Duration;

use reeve_api::dto::common::Topic;
use reeve_tests::session::Session;
use serde_json::json;

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
