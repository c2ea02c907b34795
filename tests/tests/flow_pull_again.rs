//! Pulls that the program begins by itself, on a clock that the tests set.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{TimeDelta, Utc};
use reeve_tests::infisical::fault::{Fault, Kind};
use reeve_tests::infisical::world::ADMIN;
use reeve_tests::infisical::{Infisical, instant};
use reeve_tests::linked::Linked;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// A project that is pulled every thirty minutes, just pulled.
fn every_half_hour(server: &Infisical) -> Linked {
    let linked = Linked::as_admin(server);
    every(&linked, &json!(30));
    server.asked();
    linked
}

fn every(linked: &Linked, minutes: &Value) {
    linked.session.call(
        "change_link",
        json!({"secretNames": null, "everyMinutes": minutes, "semantics": null,
               "connection": null}),
    );
}

/// Sets the clock so many minutes after the start and looks whether a pull begins; if so, how it
/// ended.
fn at(linked: &Linked, minutes: i64) -> Option<Value> {
    linked.session.clock.shift(minutes * MINUTE);
    let begun = linked.session.core.pull_if_due();
    let operation = begun.expect("looking at the clock does not fail")?;
    Some(linked.ended(&json!({"operation": operation})))
}

#[track_caller]
fn check_pulls(linked: &Linked, minutes: i64, how: &str) {
    let ended = at(linked, minutes);
    let state = ended.as_ref().map(|ended| &ended["state"]);
    assert_eq!(state, Some(&json!(how)), "after {minutes} minutes");
}

#[track_caller]
fn check_waits(linked: &Linked, minutes: i64) {
    assert_eq!(at(linked, minutes), None, "after {minutes} minutes");
}

#[test]
fn a_project_is_pulled_when_it_is_time_and_tells_what_changed() {
    let server = Infisical::start();
    let linked = every_half_hour(&server);
    {
        let mut world = server.world();
        let later = instant(Utc::now() + TimeDelta::seconds(5));
        world.roles[0]["name"] = json!("App readers");
        world.roles[0]["updatedAt"] = json!(later);
    }
    check_waits(&linked, 29);
    assert_eq!(server.asked(), Vec::<String>::new());
    check_pulls(&linked, 31, "done");
    let changes = linked.session.call("pull_changes", json!({}));
    assert_eq!(changes["changes"]["summary"], "1 role changed");
    assert_eq!(
        changes["changes"]["lines"][0]["sentence"],
        "The role `App readers` was changed"
    );
    check_waits(&linked, 60);
    check_pulls(&linked, 62, "done");
    let changes = linked.session.call("pull_changes", json!({}));
    assert_eq!(changes["changes"]["lines"], json!([]));
}

#[test]
fn who_does_not_want_it_or_has_no_server_is_left_alone() {
    let server = Infisical::start();
    let linked = every_half_hour(&server);
    every(&linked, &json!(0));
    check_waits(&linked, 24 * 60);
    let local = Linked::unconnected();
    check_waits(&local, 24 * 60);
}

#[test]
fn a_server_that_is_gone_is_asked_less_and_less_often() {
    let server = Infisical::start();
    let linked = every_half_hour(&server);
    server.strike(Fault::always(Kind::Page));
    check_pulls(&linked, 31, "failed");
    check_waits(&linked, 32);
    server.heal();
    server.strike(Fault::always(Kind::Reset));
    check_pulls(&linked, 62, "failed");
    // Two failures, the second of a kind that may pass: two minutes, then four, then eight.
    check_waits(&linked, 63);
    check_pulls(&linked, 65, "failed");
    check_waits(&linked, 68);
    check_pulls(&linked, 70, "failed");
    check_waits(&linked, 77);
    server.heal();
    check_pulls(&linked, 79, "done");
    check_waits(&linked, 108);
    check_pulls(&linked, 110, "done");
}

#[test]
fn a_failure_that_is_dismissed_is_not_forgotten() {
    let server = Infisical::start();
    let linked = every_half_hour(&server);
    server.strike(Fault::always(Kind::Page));
    check_pulls(&linked, 31, "failed");
    let status = linked.session.call("remote_status", json!({}));
    let operation = status["operation"]["id"].clone();
    linked
        .session
        .call("dismiss_operation", json!({"operation": operation}));
    check_waits(&linked, 33);
}

#[test]
fn credentials_that_are_refused_are_not_tried_again_before_somebody_signs_in() {
    let server = Infisical::start();
    let mut linked = every_half_hour(&server);
    server.strike(Fault::always(Kind::TokenEnded));
    check_pulls(&linked, 31, "failed");
    check_waits(&linked, 24 * 60);
    server.heal();
    linked.sign_in(&server, ADMIN);
    linked.session.call(
        "change_link",
        json!({"secretNames": null, "everyMinutes": null, "semantics": null,
               "connection": linked.connection}),
    );
    check_pulls(&linked, 24 * 60, "done");
}

#[test]
fn what_is_under_way_is_left_alone() {
    let server = Infisical::start();
    let linked = every_half_hour(&server);
    server.strike(Fault::always(Kind::Trickle).after(4));
    let begun = linked.session.call("pull", json!({"everything": true}));
    check_waits(&linked, 24 * 60);
    linked
        .session
        .call("cancel_operation", json!({"operation": begun["operation"]}));
    assert_eq!(linked.ended(&begun), json!({"state": "cancelled"}));
}

#[test]
fn a_clock_that_was_set_back_keeps_no_pull_waiting() {
    let server = Infisical::start();
    let linked = every_half_hour(&server);
    check_pulls(&linked, 24 * 60, "done");
    check_pulls(&linked, -31, "done");
    check_waits(&linked, -2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_running_program_looks_at_the_clock_by_itself() {
    let server = tokio::task::spawn_blocking(Infisical::start);
    let server = Arc::new(server.await.expect("the server starts"));
    let of = Arc::clone(&server);
    let linked = tokio::task::spawn_blocking(move || every_half_hour(&of));
    let linked = linked.await.expect("the project is pulled");
    let core = Arc::clone(&linked.session.core);
    let watching = tokio::spawn(async move { core.watch_expiry().await });
    linked.session.clock.shift(31 * MINUTE);
    let until = Instant::now() + Duration::from_mins(2);
    while server.asked().is_empty() {
        assert!(Instant::now() < until, "nothing was asked");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    watching.abort();
    tokio::task::spawn_blocking(move || drop((linked, server)))
        .await
        .expect("all is put away");
}
