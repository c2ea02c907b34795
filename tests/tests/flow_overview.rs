//! What the overview says hangs loose, held to what the lists and details of the same project say.

use chrono::TimeDelta;
use reeve_api::core::Clock;
use reeve_tests::session::Session;
use rusqlite::Connection;
use serde_json::{Value, json};

fn loose(session: &Session) -> Value {
    session.call("loose_ends", json!({}))
}

fn all_members(session: &Session) -> Vec<Value> {
    let page = session.call(
        "list_members",
        json!({"filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 500}),
    );
    let rows = page["rows"].as_array().expect("rows").clone();
    assert_eq!(page["total"], rows.len());
    rows
}

fn detail(session: &Session, member: &Value) -> Value {
    session.call("member_detail", json!({"member": member}))
}

fn ids(rows: &Value, of: impl Fn(&Value) -> &Value) -> Vec<String> {
    let rows = rows.as_array().expect("rows").iter();
    let mut ids: Vec<String> = rows
        .map(|row| of(row).as_str().expect("an id").to_owned())
        .collect();
    ids.sort();
    ids
}

fn role(session: &Session, slug: &str) -> Value {
    let roles = session.call("list_roles", json!({}));
    let all = roles["roles"].as_array().expect("roles");
    let found = all.iter().find(|role| role["slug"] == slug);
    found.expect("the role is there")["id"].clone()
}

fn add(session: &Session, kind: &str, name: &str) -> Value {
    let added = session.call(
        "write_member",
        json!({"member": null, "kind": kind, "name": name, "handle": name, "username": "",
               "authMethods": [], "metadata": [], "role": role(session, "viewer"), "members": []}),
    );
    assert_eq!(added["outcome"], "saved", "{added}");
    added["member"].clone()
}

fn attach(session: &Session, member: &str, slug: &str, property: &str, value: &str) -> Value {
    let attached = session.call(
        "attach_privilege",
        json!({"member": member, "slug": slug, "reason": "", "ticket": "",
               "duration": {"kind": "permanent"},
               "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
                             "conditions": [{"property": property, "operator": "$eq",
                                             "values": [value]}]}]}),
    );
    assert_eq!(attached["outcome"], "attached", "{attached}");
    attached["privilege"]["id"].clone()
}

/// Puts an end to every role of a member, past the deeds.
fn give_roles_an_end(session: &Session, member: &str) {
    let status = session.call("workspace_status", json!({}));
    let file = Connection::open(status["path"].as_str().expect("a path")).expect("it opens");
    let end = (session.clock.now() + TimeDelta::hours(2)).timestamp_millis();
    let changed = file.execute(
        "UPDATE role_assignment SET is_temporary = 1, range = '2h', start_at = ?1 - 7200000,
             end_at = ?1
         WHERE member = (SELECT seq FROM member WHERE id = ?2)",
        (end, member),
    );
    assert_eq!(changed, Ok(1));
}

#[test]
fn a_group_is_empty_until_somebody_is_in_it() {
    let session = Session::on_sample();
    let group = add(&session, "group", "night-watch");
    let expected: Vec<Value> = all_members(&session)
        .into_iter()
        .filter(|row| row["kind"] == "group")
        .map(|row| row["id"].clone())
        .filter(|id| detail(&session, id)["groupMemberCount"] == 0)
        .collect();
    assert!(expected.contains(&group));
    let found = loose(&session);
    assert_eq!(found["emptyGroupCount"], expected.len());
    assert_eq!(
        ids(&found["emptyGroups"], |row| &row["id"]),
        ids(&json!(expected), |id| id)
    );

    let somebody = session.member("legacy-billing-job");
    session.call(
        "act_on_members",
        json!({"selection": {"kind": "members", "members": [somebody]},
               "act": {"kind": "addToGroup", "group": group}}),
    );
    assert_eq!(loose(&session)["emptyGroupCount"], expected.len() - 1);
}

#[test]
fn who_has_timed_roles_only_is_who_has_no_permanent_one() {
    let session = Session::on_sample();
    let identity = add(&session, "identity", "weekend-job");
    // A server takes nobody without a permanent role, but may leave somebody without one.
    give_roles_an_end(&session, identity.as_str().expect("an id"));
    let expected: Vec<Value> = all_members(&session)
        .into_iter()
        .map(|row| row["id"].clone())
        .filter(|id| {
            let detail = detail(&session, id);
            let roles = detail["roles"].as_array().expect("roles");
            !roles.is_empty()
                && roles
                    .iter()
                    .all(|role| role["standing"]["state"] != "permanent")
        })
        .collect();
    assert!(expected.contains(&identity));
    let found = loose(&session);
    assert_eq!(found["onlyTimedCount"], expected.len());
    let listed = ids(&found["onlyTimed"], |row| &row["member"]["id"]);
    assert_eq!(listed, ids(&json!(expected), |id| id));
    let ends: Vec<Option<&str>> = found["onlyTimed"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["until"].as_str())
        .collect();
    assert!(ends.is_sorted());
}

#[test]
fn rules_about_what_is_gone_are_found_with_their_holder() {
    let session = Session::on_sample();
    let before = loose(&session)["nowhereCount"].as_u64().expect("a count");
    let member = session.member("legacy-billing-job");
    let lost = attach(&session, &member, "to-nowhere", "environment", "nowhere");
    let path = attach(&session, &member, "to-no-folder", "secretPath", "/no/such");
    let root = attach(&session, &member, "to-the-root", "secretPath", "/");
    let found = loose(&session);
    assert_eq!(found["nowhereCount"], before + 2);
    let sentence = |id: &Value| {
        let rows = found["nowhere"].as_array().expect("rows").iter();
        rows.filter(|row| row["id"] == *id)
            .map(|row| row["sentence"].as_str().expect("words").to_owned())
            .next()
    };
    assert_eq!(
        sentence(&lost).as_deref(),
        Some("The project has no environment `nowhere`.")
    );
    assert_eq!(
        sentence(&path).as_deref(),
        Some("There is no folder `/no/such`.")
    );
    assert_eq!(sentence(&root), None);
}
