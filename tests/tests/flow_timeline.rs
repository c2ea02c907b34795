//! Bars over a span of time, and what the end of each means, held to what the simulator answers
//! before and after.

use chrono::{DateTime, TimeDelta, Utc};
use reeve_api::core::Clock;
use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

fn at(session: &Session, hours: i64) -> String {
    (session.clock.now() + TimeDelta::hours(hours)).to_rfc3339()
}

fn secrets(path: &str, inverted: bool) -> Value {
    json!([{"subject": "secrets", "actions": ["describeSecret", "readValue"], "inverted": inverted,
            "conditions": [{"property": "secretPath", "operator": "$glob", "values": [path]}]}])
}

fn attach(session: &Session, member: &str, slug: &str, range: &str, policies: &Value) -> Value {
    let attached = session.call(
        "attach_privilege",
        json!({"member": member, "slug": slug, "reason": "", "ticket": "",
               "duration": {"kind": "timed", "range": range}, "policies": policies}),
    );
    assert_eq!(attached["outcome"], "attached", "{attached}");
    attached["privilege"].clone()
}

fn effect_of(session: &Session, member: &str, end: &Value) -> Value {
    let answer = session.call(
        "end_effects",
        json!({"ends": [{"member": member, "kind": "user", "end": end}]}),
    );
    answer["effects"][0].clone()
}

fn all_expiring(session: &Session, hours: i64, kind: &Value) -> Vec<Value> {
    let (from, to) = (at(session, 0), at(session, hours));
    let mut rows = Vec::new();
    let mut offset = json!(0);
    loop {
        let page = session.call(
            "expiring",
            json!({"from": from, "to": to, "kind": kind, "offset": offset}),
        );
        rows.extend(page["rows"].as_array().expect("rows").iter().cloned());
        offset = page["next"].clone();
        if offset.is_null() {
            assert_eq!(page["total"], rows.len());
            return rows;
        }
    }
}

/// Whether the member may read the value of a secret there at that instant, by the simulator.
fn reads(session: &Session, member: &str, place: (&str, &str), instant: DateTime<Utc>) -> String {
    let answer = session.call(
        "simulate",
        json!({
            "who": {"kind": "member", "member": member},
            "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
            "place": {"environment": place.0, "secretPath": place.1, "secretName": "STRIPE_KEY",
                      "secretTags": []},
            "when": {"kind": "at", "instant": instant.to_rfc3339()},
            "semantics": null,
            "unsaved": {"roleDrafts": false, "privilege": null},
        }),
    );
    answer["outcome"].as_str().unwrap_or("unknown").to_owned()
}

#[test]
fn what_another_grant_covers_ends_without_consequence() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let inner = attach(
        &session,
        &member,
        "inner",
        "1h",
        &secrets("/invoices/eu/**", false),
    );
    let alone = effect_of(&session, &member, &inner["standing"]["end"]);
    assert_eq!(alone["effect"], "loses", "{alone}");
    assert!(
        alone["lost"].to_string().contains("/invoices/eu/**"),
        "{alone}"
    );

    attach(
        &session,
        &member,
        "outer",
        "2h",
        &secrets("/invoices/**", false),
    );
    let covered = effect_of(&session, &member, &inner["standing"]["end"]);
    assert_eq!(covered["effect"], "nothing", "{covered}");
    assert_eq!(covered["sentence"], "Nothing changes");
}

#[test]
fn the_end_of_a_forbid_opens_access_and_says_so() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(
        &session,
        &member,
        "outer",
        "3h",
        &secrets("/invoices/**", false),
    );
    let forbid = attach(
        &session,
        &member,
        "not-eu",
        "1h",
        &secrets("/invoices/eu/**", true),
    );
    let end = effect_of(&session, &member, &forbid["standing"]["end"]);
    assert_eq!(end["effect"], "gains", "{end}");
    assert!(
        end["sentence"]
            .as_str()
            .is_some_and(|words| words.starts_with("A Forbid ends, which opens")),
        "{end}"
    );
}

#[test]
fn the_gravest_stands_above_what_changes_nothing() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let inner = attach(
        &session,
        &member,
        "inner",
        "1h",
        &secrets("/invoices/eu/**", false),
    );
    let outer = attach(
        &session,
        &member,
        "outer",
        "2h",
        &secrets("/invoices/**", false),
    );
    let weight = |privilege: &Value| {
        effect_of(&session, &member, &privilege["standing"]["end"])["weight"]
            .as_u64()
            .expect("a weight")
    };
    assert!(weight(&outer) > weight(&inner));
}

#[test]
fn what_ends_agrees_with_the_simulator_before_and_after() {
    let session = Session::on_sample();
    let places = session.call("places", json!({}));
    let rows = all_expiring(&session, 24 * 30, &json!(null));
    assert!(rows.len() > 20, "{}", rows.len());
    let mut flips = 0;
    for row in rows.iter().step_by(3) {
        let bar = &row["bar"];
        if bar["member"]["kind"] == "group" {
            continue;
        }
        let member = bar["member"]["id"].as_str().expect("an id");
        let end: DateTime<Utc> = bar["end"]
            .as_str()
            .and_then(|end| end.parse().ok())
            .expect("an end");
        for environment in places["environments"].as_array().expect("environments") {
            let folders = environment["folders"].as_array().expect("folders");
            for folder in folders.iter().step_by(9) {
                let place = (
                    environment["slug"].as_str().expect("a slug"),
                    folder.as_str().expect("a path"),
                );
                let before = reads(&session, member, place, end - TimeDelta::milliseconds(1));
                let after = reads(&session, member, place, end);
                let effect = row["effect"]["effect"].as_str().expect("an effect");
                match (before.as_str(), after.as_str()) {
                    ("allowed", "denied") => {
                        flips += 1;
                        assert!(
                            ["loses", "losesAndGains", "losesEverything"].contains(&effect),
                            "{row}"
                        );
                    }
                    ("denied", "allowed") => {
                        assert!(["gains", "losesAndGains"].contains(&effect), "{row}");
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(flips > 0, "no end takes anything of what was probed");
}

#[test]
fn the_bars_of_a_span_come_page_by_page_in_the_order_of_their_ends() {
    let session = Session::on_sample();
    let (from, to) = (at(&session, -24), at(&session, 24 * 7));
    let page = |offset: usize, limit: usize| {
        session.call(
            "timeline",
            json!({"from": from, "to": to, "kind": null, "offset": offset, "limit": limit}),
        )
    };
    let all = page(0, 500);
    let ends: Vec<&str> = all["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["end"].as_str())
        .collect();
    assert!(ends.len() > 10);
    assert!(ends.is_sorted());
    assert_eq!(page(3, 2)["rows"][0], all["rows"][3]);
    let roles = session.call(
        "timeline",
        json!({"from": from, "to": to, "kind": "role", "offset": 0, "limit": 500}),
    );
    let rows = roles["rows"].as_array().expect("rows");
    assert!(!rows.is_empty() && rows.iter().all(|row| row["what"] == "role"));
}

#[test]
fn a_span_that_is_turned_round_or_no_span_is_refused() {
    let session = Session::on_sample();
    let request = |from: &str, to: &str| json!({"from": from, "to": to, "kind": null, "offset": 0});
    let turned = session.fail("expiring", request(&at(&session, 5), &at(&session, 1)));
    assert_eq!(turned.code, ErrorCode::Conflict);
    assert!(
        turned.message.contains("before it begins"),
        "{}",
        turned.message
    );
    let nonsense = session.fail("expiring", request("tomorrow", &at(&session, 1)));
    assert_eq!(nonsense.code, ErrorCode::BadRequest);
}

#[test]
fn a_clock_that_jumps_back_brings_back_what_had_ended() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let privilege = attach(
        &session,
        &member,
        "one",
        "1h",
        &secrets("/invoices/**", false),
    );
    let is_listed = |session: &Session| {
        all_expiring(session, 2, &json!("privilege"))
            .iter()
            .any(|row| row["bar"]["id"] == privilege["id"])
    };
    assert!(is_listed(&session));
    session.clock.shift(3 * 3_600_000);
    assert!(!is_listed(&session));
    session.clock.shift(-60_000);
    assert!(is_listed(&session));
}

#[test]
fn the_end_of_a_groups_role_is_looked_at_for_each_of_its_members() {
    let session = Session::on_sample();
    let groups = session.call(
        "list_members",
        json!({"filter": {"kind": "group", "search": ""}, "sort": "name", "descending": false,
               "offset": 0, "limit": 1}),
    );
    let id = groups["rows"][0]["id"].clone();
    let roles = session.call("list_roles", json!({}));
    let role = roles["roles"]
        .as_array()
        .and_then(|all| all.iter().find(|role| role["slug"] == "admin"))
        .expect("there is the role `admin`")["id"]
        .clone();
    session.call(
        "act_on_members",
        json!({"selection": {"kind": "members", "members": [id]},
               "act": {"kind": "addRole", "role": role,
                       "duration": {"kind": "timed", "range": "1h"}}}),
    );
    let rows = all_expiring(&session, 2, &json!("role"));
    let group = rows
        .iter()
        .find(|row| row["bar"]["member"]["id"] == id)
        .expect("the role of the group ends");
    let effect = &group["effect"];
    let detail = session.call(
        "member_detail",
        json!({"member": group["bar"]["member"]["id"]}),
    );
    assert_eq!(effect["lookedAt"], detail["groupMemberCount"], "{detail}");
    assert!(effect["affected"].as_u64() <= effect["lookedAt"].as_u64());
}
