//! Privileges that mean the same become one role and a role of one member becomes a privilege, in one
//! deed that can be taken back, and only where nobody's access changes: held to the simulator.

use chrono::TimeDelta;
use reeve_api::core::Clock;
use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

fn allow(path: &str, actions: &[&str]) -> Value {
    json!({"subject": "secrets", "actions": actions, "inverted": false,
           "conditions": [
               {"property": "environment", "operator": "$eq", "values": ["prod"]},
               {"property": "secretPath", "operator": "$eq", "values": [path]}]})
}

fn users(session: &Session, count: usize) -> Vec<String> {
    let page = session.call(
        "list_members",
        json!({"filter": {"kind": "identity"}, "sort": "name", "descending": false, "offset": 0,
               "limit": count}),
    );
    let rows = page["rows"].as_array().expect("rows").iter();
    rows.map(|row| row["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn attach(
    session: &Session,
    member: &str,
    slug: &str,
    range: Option<&str>,
    rules: &Value,
) -> Value {
    let duration = match range {
        Some(range) => json!({"kind": "timed", "range": range}),
        None => json!({"kind": "permanent"}),
    };
    let attached = session.call(
        "attach_privilege",
        json!({"member": member, "slug": slug, "reason": "", "ticket": "",
               "duration": duration, "policies": rules}),
    );
    assert_eq!(attached["outcome"], "attached", "{attached}");
    attached["privilege"]["id"].clone()
}

/// The grant that the privilege `id` belongs to.
fn grant_with(session: &Session, id: &Value) -> Option<Value> {
    let found = session.call("same_grants", json!({}));
    let mut grants = found["grants"].as_array().expect("a list").iter();
    grants
        .find(|grant| grant["privileges"].as_array().expect("ids").contains(id))
        .cloned()
}

fn gather(session: &Session, privileges: &[Value], slug: &str) -> Value {
    session.call(
        "gather_privileges",
        json!({"privileges": privileges,
               "fields": {"name": "Vault readers", "slug": slug, "description": ""}}),
    )
}

/// What the simulator answers for members at places, now and later.
fn answers(session: &Session, members: &[String]) -> Vec<String> {
    let mut answers = Vec::new();
    for member in members {
        for path in ["/vault", "/safe", "/"] {
            for hours in [0, 1, 3, 30] {
                let at = session.clock.now() + TimeDelta::minutes(hours * 60 + 1);
                let answer = session.call(
                    "simulate",
                    json!({
                        "who": {"kind": "member", "member": member},
                        "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
                        "place": {"environment": "prod", "secretPath": path, "secretName": "KEY",
                                  "secretTags": []},
                        "when": {"kind": "at", "instant": at.to_rfc3339()},
                        "semantics": null, "unsaved": {"roleDrafts": false, "privilege": null},
                    }),
                );
                answers.push(answer["outcome"].to_string());
            }
        }
    }
    answers
}

#[test]
fn privileges_of_equal_meaning_are_found_whatever_their_spelling_and_others_are_not() {
    let session = Session::on_sample();
    let members = users(&session, 4);
    let one = json!([
        allow("/vault", &["readValue"]),
        allow("/safe", &["readValue"])
    ]);
    let turned = json!([
        allow("/safe", &["readValue"]),
        allow("/vault", &["readValue"])
    ]);
    let as_list = json!([{"subject": "secrets", "actions": ["readValue"], "inverted": false,
        "conditions": [
            {"property": "environment", "operator": "$eq", "values": ["prod"]},
            {"property": "secretPath", "operator": "$in", "values": ["/vault", "/safe"]}]}]);
    let wider = json!([
        allow("/vault", &["readValue"]),
        allow("/safe", &["readValue", "edit"])
    ]);
    let first = attach(&session, &members[0], "a", None, &one);
    let second = attach(&session, &members[1], "b", Some("2h"), &turned);
    let third = attach(&session, &members[2], "c", None, &as_list);
    let other = attach(&session, &members[3], "d", None, &wider);
    let grant = grant_with(&session, &first).expect("it is found");
    let ids = grant["privileges"].as_array().expect("ids");
    assert!(ids.contains(&second) && ids.contains(&third), "{grant}");
    assert!(!ids.contains(&other), "{grant}");
    assert_eq!(grant["members"], 3);
    assert_eq!(grant["spellings"], 3);
    assert_eq!(grant_with(&session, &other), None);
}

#[test]
fn a_role_is_made_of_them_with_the_same_ends_and_one_undo_brings_all_back() {
    let session = Session::on_sample();
    let members = users(&session, 3);
    let rules = json!([allow("/vault", &["readValue"])]);
    let privileges = [
        attach(&session, &members[0], "vault", None, &rules),
        attach(&session, &members[1], "vault", Some("2h"), &rules),
        attach(&session, &members[2], "vault-2", Some("1d"), &rules),
    ];
    let details = |session: &Session| -> Vec<Value> {
        let detail = |member| session.call("member_detail", json!({"member": member}));
        members.iter().map(detail).collect()
    };
    let (before, access) = (details(&session), answers(&session, &members));
    let answer = gather(&session, &privileges, "vault-readers");
    assert_eq!(answer["outcome"], "done", "{answer}");
    assert_eq!(answers(&session, &members), access);
    for (was, is) in before.iter().zip(details(&session)) {
        let end = |detail: &Value, list: &str, slug: &str| {
            let all = detail[list].as_array().expect("a list").iter();
            all.filter(|one| one["slug"].as_str().is_some_and(|it| it.starts_with(slug)))
                .map(|one| {
                    (
                        one["standing"]["state"].clone(),
                        one["standing"]["end"].clone(),
                    )
                })
                .next()
        };
        assert_eq!(
            end(was, "privileges", "vault"),
            end(&is, "roles", "vault-readers")
        );
        assert_eq!(end(&is, "privileges", "vault"), None);
    }
    session.call("undo", json!({"history": answer["done"]["history"]}));
    assert_eq!(details(&session), before);
    let listed = session.call("list_roles", json!({})).to_string();
    assert!(!listed.contains("vault-readers"));
}

#[test]
fn what_would_change_somebodys_access_is_refused_and_says_whose() {
    let session = Session::on_sample();
    let members = users(&session, 2);
    let first = attach(
        &session,
        &members[0],
        "a",
        None,
        &json!([allow("/vault", &["readValue"])]),
    );
    let other = attach(
        &session,
        &members[1],
        "b",
        None,
        &json!([allow("/safe", &["readValue"])]),
    );
    let access = answers(&session, &members);
    let answer = gather(&session, &[first, other], "mixed");
    assert_eq!(answer["outcome"], "refused", "{answer}");
    let proof = &answer["preview"]["proof"];
    assert_eq!(proof["holds"], false);
    assert_eq!(proof["changedCount"], 1, "{proof}");
    assert_eq!(proof["changed"][0]["member"]["id"], members[1]);
    assert_eq!(answers(&session, &members), access);
}

#[test]
fn a_later_end_that_would_come_to_matter_is_looked_at() {
    let session = Session::on_sample();
    let members = users(&session, 2);
    let rules = json!([allow("/vault", &["readValue"])]);
    let privileges = [
        attach(&session, &members[0], "a", Some("1h"), &rules),
        attach(&session, &members[1], "b", Some("5h"), &rules),
    ];
    let preview = session.call(
        "preview_gather",
        json!({"privileges": privileges,
               "fields": {"name": "Later", "slug": "later", "description": ""}}),
    );
    assert_eq!(preview["proof"]["holds"], true, "{preview}");
    assert!(
        preview["proof"]["instants"].as_u64() >= Some(3),
        "{preview}"
    );
    assert_eq!(preview["problems"], json!([]));
    let taken = session.call(
        "preview_gather",
        json!({"privileges": privileges,
               "fields": {"name": "Later", "slug": "admin", "description": ""}}),
    );
    assert_eq!(taken["problems"][0]["field"], "slug", "{taken}");
}

#[test]
fn a_role_of_one_member_becomes_a_privilege_and_comes_back() {
    let session = Session::on_sample();
    let members = users(&session, 2);
    let rules = json!([allow("/vault", &["readValue"])]);
    let privileges = [attach(&session, &members[0], "vault", Some("2h"), &rules)];
    let made = gather(&session, &privileges, "vault-readers");
    let role = made["role"].clone();
    let found = session.call("same_grants", json!({}));
    let of_one = found["ofOne"].as_array().expect("a list");
    assert!(
        of_one
            .iter()
            .any(|one| one["id"] == role && one["member"]["id"] == members[0])
    );

    let access = answers(&session, &members);
    let preview = session.call("preview_scatter", json!({"role": role}));
    assert_eq!(preview["refusal"], Value::Null, "{preview}");
    let done = session.call("scatter_role", json!({"role": role}));
    assert_eq!(answers(&session, &members), access);
    let detail = session.call("member_detail", json!({"member": members[0]}));
    let privileges = detail["privileges"].as_array().expect("a list");
    assert!(privileges.iter().any(|one| one["slug"] == "vault-readers"));
    session.call("undo", json!({"history": done["history"]}));
    let listed = session.call("list_roles", json!({})).to_string();
    assert!(listed.contains("vault-readers"));
    assert_eq!(answers(&session, &members), access);
}

#[test]
fn a_role_of_nobody_or_of_several_stays_a_role() {
    let session = Session::on_sample();
    let members = users(&session, 2);
    let rules = json!([allow("/vault", &["readValue"])]);
    let privileges = [
        attach(&session, &members[0], "vault", None, &rules),
        attach(&session, &members[1], "vault", None, &rules),
    ];
    let made = gather(&session, &privileges, "vault-readers");
    let refused = session.fail("preview_scatter", json!({"role": made["role"]}));
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(
        refused.message.contains("exactly one member"),
        "{}",
        refused.message
    );
}
