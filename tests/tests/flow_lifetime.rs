//! How long access counts, through the commands of the window: every act with its undo, many at
//! once, and what is looked at before.

use reeve_tests::session::Session;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// Gives `member` a privilege called `slug` for `duration`; its id.
fn attach(session: &Session, member: &str, slug: &str, duration: &Value) -> String {
    let answer = session.call(
        "attach_privilege",
        json!({
            "member": member, "slug": slug, "duration": duration,
            "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
                "conditions": [{"property": "secretPath", "operator": "$eq",
                                "values": [format!("/{slug}")]}]}],
            "reason": "", "ticket": "",
        }),
    );
    assert_eq!(answer["outcome"], "attached", "{answer}");
    answer["privilege"]["id"].as_str().unwrap().to_owned()
}

fn hour() -> Value {
    json!({"kind": "timed", "range": "1h"})
}

fn grants(ids: &[&str]) -> Value {
    let grants: Vec<Value> = ids
        .iter()
        .map(|id| json!({"what": "privilege", "id": id}))
        .collect();
    json!({"kind": "grants", "grants": grants})
}

fn change(session: &Session, targets: &Value, act: &Value) -> Value {
    session.call(
        "change_lifetime",
        json!({"targets": targets, "act": act, "reason": ""}),
    )
}

fn detail(session: &Session, member: &str, slug: &str) -> Value {
    let detail = session.call("member_detail", json!({"member": member}));
    let privileges = detail["privileges"].as_array().expect("a list");
    privileges
        .iter()
        .find(|privilege| privilege["slug"] == slug)
        .cloned()
        .unwrap_or_default()
}

fn standing(session: &Session, member: &str, slug: &str) -> Value {
    detail(session, member, slug)["standing"].clone()
}

/// Whether the privilege called `slug` lets `member` read its secrets now.
fn reads(session: &Session, member: &str, slug: &str) -> bool {
    let answer = session.call(
        "simulate",
        json!({
            "who": {"kind": "member", "member": member},
            "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
            "place": {"environment": "prod", "secretPath": format!("/{slug}"),
                      "secretName": "KEY", "secretTags": []},
            "when": {"kind": "now"}, "semantics": null, "unsaved": {"roleDrafts": false, "privilege": null},
        }),
    );
    answer["outcome"] == "allowed"
}

#[track_caller]
fn undo(session: &Session, answer: &Value) {
    assert_eq!(answer["outcome"], "done", "{answer}");
    session.call("undo", json!({"history": answer["done"]["history"]}));
}

#[test]
fn each_act_does_what_it_says_and_undoing_it_brings_back_exactly_what_was() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "timed", &hour());
    let acts = [
        (
            json!({"kind": "extend", "end": {"kind": "by", "range": "30m"}}),
            "active",
        ),
        (
            json!({"kind": "shorten", "end": {"kind": "in", "range": "5m"}}),
            "active",
        ),
        (json!({"kind": "endNow"}), "ended"),
        (json!({"kind": "restart", "range": null}), "active"),
        (json!({"kind": "makePermanent"}), "permanent"),
    ];
    for (act, expected) in acts {
        let before = standing(&session, &member, "timed");
        session.clock.shift(MINUTE);
        let answer = change(&session, &grants(&[&id]), &act);
        let after = standing(&session, &member, "timed");
        assert_eq!(after["state"], expected, "{act}");
        assert_ne!(after, before, "{act}");
        assert_eq!(
            reads(&session, &member, "timed"),
            expected != "ended",
            "{act}"
        );
        undo(&session, &answer);
        assert_eq!(standing(&session, &member, "timed"), before, "{act}");
    }
}

#[test]
fn what_has_ended_is_renewed_or_removed_and_not_extended() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "timed", &hour());
    session.clock.shift(61 * MINUTE);
    let targets = grants(&[&id]);
    let extended = change(
        &session,
        &targets,
        &json!({"kind": "extend", "end": {"kind": "by", "range": "1d"}}),
    );
    assert_eq!(extended["outcome"], "nothing");
    let reason = extended["preview"]["passedOver"][0]["reason"].as_str();
    assert!(reason.unwrap().contains("renew"), "{reason:?}");

    let renewed = change(&session, &targets, &json!({"kind": "renew", "range": "2h"}));
    assert!(reads(&session, &member, "timed"));
    assert_eq!(standing(&session, &member, "timed")["range"], "2h");
    undo(&session, &renewed);
    assert!(!reads(&session, &member, "timed"));

    let removed = change(&session, &targets, &json!({"kind": "remove"}));
    assert_eq!(detail(&session, &member, "timed"), Value::Null);
    undo(&session, &removed);
    assert_eq!(
        standing(&session, &member, "timed")["state"],
        json!("ended")
    );
}

#[test]
fn many_are_changed_at_once_and_each_that_is_passed_over_says_why() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let other = session.member("ci-deployer");
    let timed = attach(&session, &member, "timed", &hour());
    let second = attach(&session, &other, "second", &hour());
    let lasting = attach(&session, &other, "lasting", &json!({"kind": "permanent"}));
    let targets = grants(&[&timed, &second, &lasting, "no-such-privilege"]);
    let act = json!({"kind": "extend", "end": {"kind": "by", "range": "1h"}});
    let preview = session.call(
        "preview_change_lifetime",
        json!({"targets": targets, "act": act, "reason": ""}),
    );
    assert_eq!(preview["changed"], 2);
    assert_eq!(preview["members"], 2);
    assert_eq!(preview["gone"], 1);
    assert_eq!(preview["passedOver"][0]["reason"], "It is permanent.");

    let before = [
        standing(&session, &member, "timed"),
        standing(&session, &other, "second"),
    ];
    session.clock.shift(MINUTE);
    let answer = session.call(
        "change_lifetime",
        json!({"targets": targets, "act": act, "reason": "the incident goes on",
               "seen": preview["seen"]}),
    );
    let shown = &preview["rows"][0]["outcome"]["after"];
    assert!(
        [
            standing(&session, &member, "timed"),
            standing(&session, &other, "second")
        ]
        .contains(shown)
    );
    for one in [&member, &other] {
        let history = session.call(
            "history",
            json!({"member": one, "before": null, "limit": 1}),
        );
        assert_eq!(history["entries"][0]["deed"], "lifetime.extend");
        assert_eq!(history["entries"][0]["reason"], "the incident goes on");
    }
    undo(&session, &answer);
    let after = [
        standing(&session, &member, "timed"),
        standing(&session, &other, "second"),
    ];
    assert_eq!(after, before);
}

#[test]
fn what_changed_since_it_was_looked_at_is_not_changed_unseen() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "timed", &hour());
    let targets = grants(&[&id]);
    let act = json!({"kind": "extend", "end": {"kind": "by", "range": "1h"}});
    let look = || {
        session.call(
            "preview_change_lifetime",
            json!({"targets": targets, "act": act, "reason": ""}),
        )
    };
    let go_on = |seen: &Value| {
        session.call(
            "change_lifetime",
            json!({"targets": targets, "act": act, "reason": "", "seen": seen}),
        )
    };

    let seen = look();
    change(
        &session,
        &targets,
        &json!({"kind": "extend", "end": {"kind": "by", "range": "1d"}}),
    );
    let stands = standing(&session, &member, "timed");
    let moved = go_on(&seen["seen"]);
    assert_eq!(moved["outcome"], "moved");
    assert_eq!(moved["preview"]["rows"][0]["before"], stands);
    assert_eq!(standing(&session, &member, "timed"), stands);
    assert_eq!(go_on(&moved["preview"]["seen"])["outcome"], "done");

    // Old looks, and looks from a time that the clock has not reached, are taken again.
    let seen = look();
    session.clock.shift(3 * MINUTE);
    assert_eq!(go_on(&seen["seen"])["outcome"], "moved");
    let seen = look();
    session.clock.shift(-60 * MINUTE);
    assert_eq!(go_on(&seen["seen"])["outcome"], "moved");
}

#[test]
fn an_end_is_counted_from_where_it_was_shown() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "timed", &hour());
    let targets = grants(&[&id]);
    let act = json!({"kind": "restart", "range": "4h"});
    let preview = session.call(
        "preview_change_lifetime",
        json!({"targets": targets, "act": act, "reason": ""}),
    );
    session.clock.shift(MINUTE);
    let answer = session.call(
        "change_lifetime",
        json!({"targets": targets, "act": act, "reason": "", "seen": preview["seen"]}),
    );
    assert_eq!(answer["outcome"], "done");
    assert_eq!(
        standing(&session, &member, "timed"),
        preview["rows"][0]["outcome"]["after"]
    );
}

#[test]
fn a_duration_that_cannot_be_is_refused_at_its_field() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "timed", &hour());
    let stands = standing(&session, &member, "timed");
    for (end, says) in [
        (json!({"kind": "by", "range": "0"}), "longer than nothing"),
        (json!({"kind": "by", "range": "-1h"}), "longer than nothing"),
        (json!({"kind": "in", "range": "1 month"}), "not months"),
        (json!({"kind": "in", "range": ""}), "is needed"),
        (
            json!({"kind": "at", "end": "tomorrow"}),
            "a date and a time",
        ),
        (
            json!({"kind": "at", "end": "+010000-01-01T00:00:00Z"}),
            "a date and a time",
        ),
    ] {
        let answer = change(
            &session,
            &grants(&[&id]),
            &json!({"kind": "extend", "end": end}),
        );
        assert_eq!(answer["outcome"], "nothing", "{end}");
        let problem = &answer["preview"]["problems"][0];
        assert_eq!(problem["field"], "duration");
        let message = problem["message"].as_str().unwrap();
        assert!(message.contains(says), "{end}: {message}");
    }
    let far = change(
        &session,
        &grants(&[&id]),
        &json!({"kind": "extend", "end": {"kind": "by", "range": "9999y"}}),
    );
    let reason = far["preview"]["passedOver"][0]["reason"].as_str();
    assert!(reason.unwrap().contains("year 9999"), "{reason:?}");
    assert_eq!(standing(&session, &member, "timed"), stands);
}

#[test]
fn the_last_permanent_role_keeps_its_lifetime() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let detail = session.call("member_detail", json!({"member": member}));
    let roles: Vec<&Value> = detail["roles"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|role| role["through"].is_null() && role["standing"]["state"] == "permanent")
        .collect();
    assert_eq!(roles.len(), 1, "{detail}");
    let targets = json!({"kind": "grants", "grants": [{"what": "role", "id": roles[0]["id"]}]});
    for act in [
        json!({"kind": "endNow"}),
        json!({"kind": "shorten", "end": {"kind": "in", "range": "1h"}}),
        json!({"kind": "remove"}),
    ] {
        let answer = change(&session, &targets, &act);
        assert_eq!(answer["outcome"], "nothing", "{act}");
        let reason = answer["preview"]["passedOver"][0]["reason"].as_str();
        assert!(reason.unwrap().contains("permanent role"), "{reason:?}");
    }
}
