//! One privilege for many members, and the timed access of many changed at once.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn draft(slug: &str) -> Value {
    json!({"member": null, "slug": slug, "duration": {"kind": "timed", "range": "1h"},
           "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
               "conditions": []}],
           "reason": "incident", "ticket": "INC-1"})
}

fn request(members: &[String], draft: &Value) -> Value {
    json!({"selection": {"kind": "members", "members": members},
           "act": {"kind": "attachPrivilege", "draft": draft}})
}

fn has(session: &Session, member: &str, slug: &str) -> bool {
    let detail = session.call("member_detail", json!({"member": member}));
    let privileges = detail["privileges"].as_array().unwrap();
    privileges.iter().any(|privilege| privilege["slug"] == slug)
}

/// The ids of some users of the sample.
fn users(session: &Session, count: u32) -> Vec<String> {
    let page = session.call(
        "list_members",
        json!({"filter": {"kind": "user", "search": ""}, "sort": "name", "descending": false,
               "offset": 0, "limit": count}),
    );
    let rows = page["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn one_privilege_is_given_to_all_who_can_have_it_in_one_step() {
    let session = Session::on_sample();
    let mut members = users(&session, 5);
    let group = session.member("mobile");
    members.push(group.clone());
    let mut own = draft("shared");
    own["member"] = json!(members[0]);
    assert_eq!(session.call("attach_privilege", own)["outcome"], "attached");

    let request = request(&members, &draft("shared"));
    let preview = session.call("preview_members_act", request.clone());
    assert_eq!(preview["affected"], 4, "{preview}");
    let reasons: Vec<&str> = preview["passedOver"]
        .as_array()
        .unwrap()
        .iter()
        .map(|passed| passed["reason"].as_str().unwrap())
        .collect();
    assert!(
        reasons.iter().any(|reason| reason.contains("this name")),
        "{reasons:?}"
    );
    assert!(
        reasons.iter().any(|reason| reason.contains("group")),
        "{reasons:?}"
    );

    let answer = session.call("act_on_members", request);
    assert_eq!(answer["outcome"], "done");
    assert!(
        members[..5]
            .iter()
            .all(|member| has(&session, member, "shared"))
    );
    session.call("undo", json!({"history": answer["done"]["history"]}));
    assert!(
        has(&session, &members[0], "shared"),
        "it had its own before"
    );
    assert!(
        !members[1..5]
            .iter()
            .any(|member| has(&session, member, "shared"))
    );
}

#[test]
fn what_is_wrong_with_a_privilege_for_many_is_said_at_its_field() {
    let session = Session::on_sample();
    let members = users(&session, 3);
    let mut wrong = draft("shared");
    wrong["policies"] = json!([]);
    wrong["duration"] = json!({"kind": "timed", "range": "-1h"});
    let preview = session.call("preview_members_act", request(&members, &wrong));
    let fields: Vec<&Value> = preview["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| &problem["field"])
        .collect();
    assert_eq!(fields, ["duration", "policies"]);
    assert_eq!(preview["affected"], 0);
    let same = session.call("preview_privilege", wrong);
    assert_eq!(same["problems"], preview["problems"]);
}

#[test]
fn the_timed_access_of_many_members_is_extended_and_brought_back_at_once() {
    let session = Session::on_sample();
    let members = users(&session, 5);
    session.call("act_on_members", request(&members, &draft("shared")));
    let request = json!({"targets": {"kind": "members", "privileges": true, "roles": false,
                                     "selection": {"kind": "members", "members": members}},
                         "act": {"kind": "extend", "end": {"kind": "by", "range": "1h"}},
                         "reason": ""});
    let ends = || -> Vec<Value> {
        let detail = |member| session.call("member_detail", json!({"member": member}));
        members
            .iter()
            .map(|member| detail(member)["privileges"].clone())
            .collect()
    };
    let before = ends();
    let preview = session.call("preview_change_lifetime", request.clone());
    assert!(preview["changed"].as_u64().unwrap() >= 5, "{preview}");
    assert_eq!(preview["members"], 5);
    let mut agreed = request;
    agreed["seen"] = preview["seen"].clone();
    let answer = session.call("change_lifetime", agreed);
    assert_eq!(answer["outcome"], "done");
    assert_ne!(ends(), before);
    session.call("undo", json!({"history": answer["done"]["history"]}));
    assert_eq!(ends(), before);
}

#[test]
fn a_removed_member_comes_back_with_what_it_was_to_get_later() {
    let session = Session::on_sample();
    let member = users(&session, 1).remove(0);
    let mut later = draft("later");
    later["member"] = json!(member);
    later["start"] = json!(session.clock.text_after(3_600_000));
    assert_eq!(
        session.call("attach_privilege", later)["outcome"],
        "scheduled"
    );
    let before = session.call("member_detail", json!({"member": member}));
    let removed = session.call(
        "act_on_members",
        json!({"selection": {"kind": "members", "members": [member]},
               "act": {"kind": "remove"}}),
    );
    assert_eq!(
        session.call("scheduled_grants", json!({}))["grants"],
        json!([])
    );
    session.call("undo", json!({"history": removed["done"]["history"]}));
    let after = session.call("member_detail", json!({"member": member}));
    assert_eq!(after["scheduled"], before["scheduled"]);
    assert_eq!(after["privileges"], before["privileges"]);
}
