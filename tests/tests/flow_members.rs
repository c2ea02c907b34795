//! Acts on chosen members through the commands of the window, over a real file: roles, groups and
//! removal, what is passed over, and taking it back.

use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

/// A request for an act on these members.
fn on(members: &[&String], act: &Value) -> Value {
    json!({"selection": {"kind": "members", "members": members}, "act": act})
}

fn role(session: &Session, slug: &str) -> String {
    let names = session.call("role_names", json!({}));
    let roles = names["roles"].as_array().expect("a list");
    let role = roles
        .iter()
        .find(|role| role["slug"] == slug)
        .unwrap_or_else(|| panic!("no role `{slug}`"));
    role["id"].as_str().expect("an id").to_owned()
}

/// The slugs of the roles that a member has itself.
fn own_roles(session: &Session, member: &str) -> Vec<String> {
    let detail = session.call("member_detail", json!({"member": member}));
    let roles = detail["roles"].as_array().expect("a list");
    roles
        .iter()
        .filter(|role| role["through"].is_null())
        .map(|role| role["slug"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The first rows of a list.
fn first(session: &Session, filter: &Value, limit: usize) -> Vec<Value> {
    let page = session.call(
        "list_members",
        json!({"filter": filter, "sort": "name", "descending": false, "offset": 0, "limit": limit}),
    );
    page["rows"].as_array().expect("a page has rows").clone()
}

fn total(session: &Session) -> u64 {
    let page = session.call(
        "list_members",
        json!({"filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 1}),
    );
    page["total"].as_u64().expect("a page has a total")
}

fn id(row: &Value) -> String {
    row["id"].as_str().expect("a row has an id").to_owned()
}

fn undo(session: &Session, answer: &Value) -> Value {
    session.call("undo", json!({"history": answer["done"]["history"]}))
}

#[test]
fn a_role_is_given_to_those_who_lack_it_and_taken_back_at_once() {
    let session = Session::on_sample();
    let viewer = role(&session, "viewer");
    let users = first(&session, &json!({"kind": "user"}), 12);
    let ids: Vec<String> = users.iter().map(id).collect();
    let before: Vec<Vec<String>> = ids.iter().map(|id| own_roles(&session, id)).collect();
    let have = before
        .iter()
        .filter(|roles| roles.contains(&"viewer".to_owned()))
        .count();

    let request = on(
        &ids.iter().collect::<Vec<_>>(),
        &json!({"kind": "addRole", "role": viewer, "duration": {"kind": "permanent"}}),
    );
    let preview = session.call("preview_members_act", request.clone());
    assert_eq!(preview["affected"], json!(ids.len() - have));
    let answer = session.call("act_on_members", request.clone());
    assert_eq!(answer["outcome"], "done");
    assert_eq!(answer["preview"], preview);
    for id in &ids {
        let roles = own_roles(&session, id);
        let viewers = roles.iter().filter(|slug| *slug == "viewer").count();
        assert_eq!(viewers, 1, "{id}");
    }
    assert_eq!(
        session.call("act_on_members", request)["outcome"],
        "nothing"
    );

    undo(&session, &answer);
    let after: Vec<Vec<String>> = ids.iter().map(|id| own_roles(&session, id)).collect();
    assert_eq!(after, before);
}

#[test]
fn the_last_permanent_role_is_not_taken_and_a_timed_one_is_no_first_role() {
    let session = Session::on_sample();
    let users = first(&session, &json!({"kind": "user"}), 40);
    let row = users
        .iter()
        .find(|row| {
            row["roles"]
                .as_array()
                .is_some_and(|roles| roles.len() == 1)
                && row["roles"][0]["standing"]["state"] == "permanent"
        })
        .expect("somebody has one permanent role");
    let member = id(row);
    let only = role(&session, row["roles"][0]["slug"].as_str().expect("a slug"));

    let answer = session.call(
        "act_on_members",
        on(&[&member], &json!({"kind": "removeRole", "role": only})),
    );
    assert_eq!(answer["outcome"], "nothing");
    let why = answer["preview"]["passedOver"][0]["reason"]
        .as_str()
        .unwrap_or_default();
    assert!(why.contains("only role"), "{why}");

    // With a timed one beside it, the permanent one is still the last permanent one.
    let other = role(
        &session,
        if row["roles"][0]["slug"] == "viewer" {
            "admin"
        } else {
            "viewer"
        },
    );
    let timed =
        json!({"kind": "addRole", "role": other, "duration": {"kind": "timed", "range": "8h"}});
    assert_eq!(
        session.call("act_on_members", on(&[&member], &timed))["outcome"],
        "done"
    );
    let answer = session.call(
        "act_on_members",
        on(&[&member], &json!({"kind": "removeRole", "role": only})),
    );
    assert_eq!(answer["outcome"], "nothing");
    let why = answer["preview"]["passedOver"][0]["reason"]
        .as_str()
        .unwrap_or_default();
    assert!(why.contains("permanent"), "{why}");
    assert_eq!(own_roles(&session, &member).len(), 2);
}

#[test]
fn a_duration_that_cannot_be_read_changes_nobody() {
    let session = Session::on_sample();
    let users = first(&session, &json!({"kind": "user"}), 1);
    let act = json!({"kind": "addRole", "role": role(&session, "viewer"),
                     "duration": {"kind": "timed", "range": "soon"}});
    let preview = session.call("preview_members_act", on(&[&id(&users[0])], &act));
    assert_eq!(preview["problems"][0]["field"], "duration");
    assert_eq!(preview["affected"], 0);
    let answer = session.call("act_on_members", on(&[&id(&users[0])], &act));
    assert_eq!(answer["outcome"], "nothing");
}

#[test]
fn everybody_but_some_join_a_group_and_groups_are_passed_over() {
    let session = Session::on_sample();
    let groups = first(&session, &json!({"kind": "group"}), 2);
    let users = first(&session, &json!({"kind": "user"}), 3);
    let request = json!({
        "selection": {"kind": "matching", "filter": {}, "except": [id(&users[0])]},
        "act": {"kind": "addToGroup", "group": id(&groups[0])},
    });
    let answer = session.call("act_on_members", request);
    let detail = session.call("member_detail", json!({"member": id(&groups[0])}));
    let chosen = answer["preview"]["chosen"].as_u64().expect("a number");
    assert_eq!(chosen, total(&session) - 1);
    let groups_passed = answer["preview"]["passedOver"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|passed| {
            passed["reason"]
                .as_str()
                .is_some_and(|why| why.contains("is a group"))
        })
        .expect("groups are passed over");
    let actors = chosen - groups_passed["count"].as_u64().expect("a number");
    let names: Vec<&str> = detail["groupMembers"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|member| member["id"].as_str())
        .collect();
    let was_in = names.contains(&id(&users[0]).as_str());
    assert_eq!(
        detail["groupMemberCount"].as_u64(),
        Some(actors + u64::from(was_in))
    );
    undo(&session, &answer);
    let detail = session.call("member_detail", json!({"member": id(&groups[0])}));
    assert!(detail["groupMemberCount"].as_u64() < Some(actors));
}

#[test]
fn removed_members_come_back_with_all_they_had() {
    let session = Session::on_sample();
    let rows = first(&session, &json!({}), 30);
    let ids: Vec<String> = rows.iter().map(id).collect();
    let details = |session: &Session| -> Vec<Value> {
        ids.iter()
            .map(|id| session.call("member_detail", json!({"member": id})))
            .collect()
    };
    let (before, count) = (details(&session), total(&session));
    let answer = session.call(
        "act_on_members",
        on(&ids.iter().collect::<Vec<_>>(), &json!({"kind": "remove"})),
    );
    assert_eq!(total(&session), count - 30);
    let gone = session.fail("member_detail", json!({"member": ids[0]}));
    assert_eq!(gone.code, ErrorCode::NotFound);

    undo(&session, &answer);
    assert_eq!(total(&session), count);
    let sorted = |mut details: Vec<Value>| {
        // Things that were given at the same time come back in the order of their ids.
        for detail in &mut details {
            for list in ["roles", "privileges", "groupMembers", "groups"] {
                let list = detail[list].as_array_mut().expect("a list");
                list.sort_by_key(|item| item["id"].to_string());
            }
        }
        details
    };
    assert_eq!(sorted(details(&session)), sorted(before));
}

#[test]
fn who_was_removed_meanwhile_is_left_out() {
    let session = Session::on_sample();
    let users = first(&session, &json!({"kind": "user"}), 2);
    let (one, other) = (id(&users[0]), id(&users[1]));
    session.call("act_on_members", on(&[&one], &json!({"kind": "remove"})));
    let preview = session.call(
        "preview_members_act",
        on(&[&one, &other], &json!({"kind": "remove"})),
    );
    assert_eq!(
        (&preview["chosen"], &preview["affected"]),
        (&json!(1), &json!(1))
    );
    let missing = session.fail(
        "act_on_members",
        on(&[&other], &json!({"kind": "addToGroup", "group": one})),
    );
    assert_eq!(missing.code, ErrorCode::NotFound);
}
