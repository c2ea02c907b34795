//! What the desktop is asked to show, over a real workspace and a clock that is set: each end once,
//! several as one, nothing in quiet hours, no names unless allowed, and after the program was closed
//! what it slept through.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Local, TimeDelta, Utc};
use reeve_api::core::{Clock, LastMessage, Notice, Notices};
use reeve_tests::session::Session;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A desktop that remembers what it was asked to show.
#[derive(Default)]
struct Desktop {
    shown: Mutex<Vec<Notice>>,
    /// Whether nobody waves its messages away.
    keeps: AtomicBool,
}

impl Notices for Desktop {
    fn show(&self, notice: &Notice) {
        self.all().push(notice.clone());
    }

    fn last(&self) -> LastMessage {
        if self.keeps.load(Ordering::Relaxed) {
            LastMessage::Shown
        } else {
            LastMessage::Gone
        }
    }
}

impl Desktop {
    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Notice>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A core whose messages are remembered, with nothing timed but what a test gives.
fn start() -> (Session, Arc<Desktop>) {
    let session = Session::on_sample();
    // What the sample has timed would speak as well.
    for targets in ["privileges", "roles"] {
        let other = if targets == "privileges" {
            "roles"
        } else {
            "privileges"
        };
        let answer = session.call(
            "change_lifetime",
            json!({"targets": {"kind": "members", "selection": {"kind": "matching", "filter": {}, "except": []},
                               targets: true, other: false},
                   "act": {"kind": "makePermanent"}, "reason": ""}),
        );
        assert_eq!(answer["outcome"], "done", "{answer}");
    }
    let desktop = listen(&session);
    (session, desktop)
}

fn listen(session: &Session) -> Arc<Desktop> {
    let desktop = Arc::new(Desktop::default());
    session.core.notify_through(Arc::clone(&desktop) as _);
    desktop
}

fn prefer(session: &Session, change: impl FnOnce(&mut Value)) {
    let view = session.call("preferences", json!({}));
    let mut preferences = view["preferences"].clone();
    change(&mut preferences["notices"]);
    let answer = session.call("save_preferences", preferences);
    assert_eq!(answer["outcome"], "saved", "{answer}");
}

/// Gives a member something that ends after so many minutes.
fn give(session: &Session, slug: &str, minutes: i64) {
    let member = session.member("legacy-billing-job");
    let answer = session.call(
        "attach_privilege",
        json!({"member": member, "slug": slug, "reason": "", "ticket": "",
               "duration": {"kind": "timed", "range": format!("{minutes}m")},
               "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
                             "conditions": [{"property": "secretPath", "operator": "$eq",
                                             "values": [format!("/{slug}")]}]}]}),
    );
    assert_eq!(answer["outcome"], "attached", "{answer}");
}

/// What is shown when it is looked so many minutes after the beginning.
fn look(session: &Session, desktop: &Desktop, minutes: i64) -> Vec<Notice> {
    session.clock.shift(minutes * MINUTE);
    session.core.tell_of_ends().expect("it can be looked");
    std::mem::take(&mut *desktop.all())
}

fn titles(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.title.as_str()).collect()
}

#[test]
fn each_end_is_told_once_and_ends_together_are_one_message() {
    let (session, desktop) = start();
    prefer(&session, |notices| notices["leads"] = json!([60]));
    give(&session, "one", 120);
    give(&session, "two", 121);
    assert_eq!(look(&session, &desktop, 0), []);
    assert_eq!(look(&session, &desktop, 30), []);
    let told = look(&session, &desktop, 62);
    assert_eq!(titles(&told), ["2 grants end within 59 minutes"]);
    assert_eq!(look(&session, &desktop, 63), []);
    // The clock was set back: nothing is told again.
    assert_eq!(look(&session, &desktop, 10), []);
    assert_eq!(look(&session, &desktop, 62), []);
    assert_eq!(look(&session, &desktop, 300), []);
}

#[test]
fn a_message_nobody_has_read_says_again_what_still_ends_so() {
    let (session, desktop) = start();
    prefer(&session, |notices| notices["leads"] = json!([240, 60]));
    give(&session, "late", 300);
    give(&session, "moved", 300);
    give(&session, "soon", 150);
    assert_eq!(look(&session, &desktop, 0), []);
    desktop.keeps.store(true, Ordering::Relaxed);
    let told = look(&session, &desktop, 61);
    assert_eq!(titles(&told), ["2 grants end within 4 hours"]);
    let member = session.member("legacy-billing-job");
    let detail = session.call("member_detail", json!({"member": member}));
    let moved = detail["privileges"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["slug"] == "moved"))
        .expect("it was given");
    session.call(
        "change_lifetime",
        json!({"targets": {"kind": "grants", "grants": [{"what": "privilege", "id": moved["id"]}]},
               "act": {"kind": "makePermanent"}, "reason": ""}),
    );
    let told = look(&session, &desktop, 95);
    assert_eq!(titles(&told), ["2 grants end within 4 hours"]);
    desktop.keeps.store(false, Ordering::Relaxed);
    let told = look(&session, &desktop, 245);
    assert_eq!(titles(&told), ["Access ends within 55 minutes"]);
}

#[test]
fn what_ended_while_the_program_was_closed_is_one_message_and_told_once() {
    let (session, desktop) = start();
    prefer(&session, |notices| notices["leads"] = json!([60, 0]));
    give(&session, "told-before", 50);
    give(&session, "slept-1", 200);
    give(&session, "slept-2", 300);
    give(&session, "to-come", 24 * 60);
    assert_eq!(look(&session, &desktop, 0), []);
    assert_eq!(
        titles(&look(&session, &desktop, 55)),
        ["Access has ended"],
        "an end that was given with less than its lead time is told when it comes"
    );
    let session = session.restart();
    let desktop = listen(&session);
    let told = look(&session, &desktop, 400);
    assert_eq!(titles(&told), ["2 grants have ended"]);
    let session = session.restart();
    let desktop = listen(&session);
    assert_eq!(look(&session, &desktop, 401), []);
}

#[test]
fn quiet_hours_say_nothing_and_are_made_up_for_after() {
    let (session, desktop) = start();
    let time = |minutes: i64| {
        let at: DateTime<Utc> = session.clock.now() + TimeDelta::milliseconds(minutes * MINUTE);
        at.with_timezone(&Local).format("%H:%M").to_string()
    };
    prefer(&session, |notices| {
        notices["leads"] = json!([0]);
        notices["quiet"] = json!({"from": time(30), "to": time(180)});
    });
    give(&session, "one", 60);
    give(&session, "two", 90);
    assert_eq!(look(&session, &desktop, 0), []);
    assert_eq!(look(&session, &desktop, 61), []);
    assert_eq!(look(&session, &desktop, 170), []);
    let told = look(&session, &desktop, 185);
    assert_eq!(titles(&told), ["2 grants have ended"]);
}

#[test]
fn no_name_and_no_path_is_said_unless_that_is_allowed() {
    let (session, desktop) = start();
    prefer(&session, |notices| notices["leads"] = json!([60]));
    give(&session, "vault", 90);
    assert_eq!(look(&session, &desktop, 0), []);
    let silent = format!("{:?}", look(&session, &desktop, 40));
    assert!(silent.contains("Access ends"), "{silent}");
    for word in ["legacy", "vault", "/", "Secrets", "Read"] {
        assert!(!silent.contains(word), "{silent}");
    }
    prefer(&session, |notices| notices["withNames"] = json!(true));
    session.clock.shift(0);
    give(&session, "safe", 200);
    let open = format!("{:?}", look(&session, &desktop, 150));
    for word in ["legacy-billing-job", "safe", "/safe"] {
        assert!(open.contains(word), "{open}");
    }
}

#[test]
fn who_wants_no_messages_gets_none_and_times_that_are_none_are_refused() {
    let (session, desktop) = start();
    prefer(&session, |notices| notices["enabled"] = json!(false));
    give(&session, "one", 30);
    assert_eq!(look(&session, &desktop, 0), []);
    assert_eq!(look(&session, &desktop, HOUR / MINUTE), []);
    let mut preferences = session.call("preferences", json!({}))["preferences"].clone();
    preferences["notices"]["quiet"] = json!({"from": "22:00", "to": "25:00"});
    let refused = session.call("save_preferences", preferences);
    assert_eq!(refused["outcome"], "refused");
    assert_eq!(refused["problems"][0]["field"], "notices.quiet.to");
}

#[test]
fn what_is_preferred_is_there_after_a_restart() {
    let (session, _) = start();
    prefer(&session, |notices| {
        notices["leads"] = json!([15]);
        notices["quiet"] = json!({"from": "21:30", "to": "06:00"});
    });
    let before = session.call("preferences", json!({}));
    let session = session.restart();
    assert_eq!(
        session.call("preferences", json!({}))["preferences"],
        before["preferences"]
    );
}
