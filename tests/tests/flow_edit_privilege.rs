//! Editing a privilege through the commands of the window: lossless, and never over what somebody
//! else changed.

use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

fn policy(path: &str) -> Value {
    json!({"subject": "secrets", "actions": ["readValue"], "inverted": false,
           "conditions": [{"property": "secretPath", "operator": "$glob", "values": [path]}]})
}

fn draft(member: &str, slug: &str) -> Value {
    json!({"member": member, "slug": slug, "duration": {"kind": "timed", "range": "1h"},
           "policies": [policy("/a/**")], "reason": "because", "ticket": "T-1"})
}

fn attach(session: &Session, member: &str, slug: &str) -> String {
    let answer = session.call("attach_privilege", draft(member, slug));
    assert_eq!(answer["outcome"], "attached", "{answer}");
    answer["privilege"]["id"].as_str().unwrap().to_owned()
}

fn open(session: &Session, id: &str) -> Value {
    session.call("open_privilege", json!({"kind": "privilege", "id": id}))
}

/// An edit of `opened` that changes nothing yet.
fn edit_of(id: &str, opened: &Value) -> Value {
    let policies: Vec<&Value> = opened["policies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|policy| &policy["policy"])
        .collect();
    json!({"member": opened["member"]["id"], "slug": opened["slug"],
           "duration": {"kind": "kept"}, "policies": policies,
           "reason": opened["reason"], "ticket": opened["ticket"],
           "edited": {"grant": {"kind": "privilege", "id": id},
                      "revision": opened["revision"]}})
}

#[test]
fn an_edit_changes_what_it_names_and_can_be_taken_back() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "db");
    let before = open(&session, &id);
    let unchanged = session.call("edit_privilege", edit_of(&id, &before));
    assert_eq!(unchanged["outcome"], "unchanged");

    let mut edit = edit_of(&id, &before);
    edit["slug"] = json!("Database");
    edit["reason"] = json!("the incident goes on");
    edit["policies"][0]["actions"] = json!(["describeSecret", "readValue"]);
    let preview = session.call("preview_privilege", edit.clone());
    assert_eq!(preview["problems"], json!([]));
    assert_eq!(preview["overtaken"], false);
    let saved = session.call("edit_privilege", edit);
    assert_eq!(saved["outcome"], "saved");
    let after = open(&session, &id);
    assert_eq!(after["slug"], "database");
    assert_eq!(after["standing"], before["standing"], "the end stays");
    assert_eq!(
        after["policies"][0]["policy"]["actions"],
        json!(["describeSecret", "readValue"])
    );
    session.call("undo", json!({"history": saved["history"]}));
    assert_eq!(open(&session, &id), before);
}

#[test]
fn a_rule_that_the_editor_cannot_show_stays_as_it_was_written() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let odd = r#"{"subject":"secrets","action":"readValue","x-note":[1.50,null]}"#;
    let mut given = draft(&member, "db");
    let kept = json!({"subject": "secrets", "actions": ["readValue"], "inverted": false,
                      "conditions": [], "written": odd, "kept": true});
    given["policies"] = json!([kept, policy("/a/**")]);
    let answer = session.call("attach_privilege", given);
    let id = answer["privilege"]["id"].as_str().unwrap().to_owned();

    let opened = open(&session, &id);
    assert_eq!(opened["policies"][0]["policy"]["written"], odd);
    assert_eq!(opened["policies"][0]["policy"]["kept"], true);
    let because = opened["policies"][0]["keptBecause"].as_str().unwrap();
    assert!(because.contains("x-note"), "{because}");
    assert_eq!(opened["policies"][1]["keptBecause"], Value::Null);

    let mut edit = edit_of(&id, &opened);
    edit["policies"][1]["conditions"][0]["values"] = json!(["/b/**"]);
    assert_eq!(session.call("edit_privilege", edit)["outcome"], "saved");
    let after = open(&session, &id);
    assert_eq!(after["policies"][0], opened["policies"][0]);
    assert_eq!(
        after["policies"][1]["policy"]["conditions"][0]["values"],
        json!(["/b/**"])
    );
}

#[test]
fn two_edits_that_overlap_do_not_overwrite_each_other() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "db");
    let seen = open(&session, &id);
    let mut first = edit_of(&id, &seen);
    first["reason"] = json!("theirs");
    let mut second = edit_of(&id, &seen);
    second["slug"] = json!("mine");
    assert_eq!(session.call("edit_privilege", first)["outcome"], "saved");

    assert_eq!(
        session.call("preview_privilege", second.clone())["overtaken"],
        true
    );
    let overtaken = session.call("edit_privilege", second);
    assert_eq!(overtaken["outcome"], "overtaken");
    assert_eq!(overtaken["now"], open(&session, &id));
    assert_eq!(overtaken["now"]["reason"], "theirs");
    assert_eq!(overtaken["now"]["slug"], "db");

    let mut again = edit_of(&id, &overtaken["now"]);
    again["slug"] = json!("mine");
    assert_eq!(session.call("edit_privilege", again)["outcome"], "saved");
    let now = open(&session, &id);
    assert_eq!(
        (&now["slug"], &now["reason"]),
        (&json!("mine"), &json!("theirs"))
    );
}

#[test]
fn what_was_removed_while_it_was_edited_is_said_to_be_gone() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let id = attach(&session, &member, "db");
    let edit = edit_of(&id, &open(&session, &id));
    session.call("remove_privilege", json!({"privilege": id}));
    for command in ["edit_privilege", "preview_privilege"] {
        assert_eq!(
            session.fail(command, edit.clone()).code,
            ErrorCode::NotFound
        );
    }
}

#[test]
fn no_two_privileges_of_a_member_have_one_name() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(&session, &member, "db");
    let second = attach(&session, &member, "other");
    let mut edit = edit_of(&second, &open(&session, &second));
    edit["slug"] = json!("DB");
    let refused = session.call("edit_privilege", edit.clone());
    assert_eq!(refused["outcome"], "refused");
    assert_eq!(refused["problems"][0]["field"], "slug");
    edit["slug"] = json!("other");
    assert_eq!(session.call("edit_privilege", edit)["outcome"], "unchanged");

    let mut waiting = draft(&member, "later");
    let start = session.clock.text_after(60_000);
    waiting["start"] = json!(start);
    assert_eq!(
        session.call("attach_privilege", waiting)["outcome"],
        "scheduled"
    );
    let taken = session.call("attach_privilege", draft(&member, "later"));
    assert_eq!(taken["problems"][0]["field"], "slug");
    let message = taken["problems"][0]["message"].as_str().unwrap();
    assert!(message.contains("scheduled"), "{message}");
}

#[test]
fn names_with_accents_or_too_many_letters_are_refused_with_the_remedy() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    for (name, says) in [
        ("café", "caf"),
        (&"a".repeat(61), "61 characters"),
        ("", "needed"),
    ] {
        let refused = session.call("attach_privilege", draft(&member, name));
        assert_eq!(refused["problems"][0]["field"], "slug", "{refused}");
        let message = refused["problems"][0]["message"].as_str().unwrap();
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn an_end_is_an_instant_after_now() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let mut given = draft(&member, "db");
    for end in [session.clock.text_after(-60_000), "soon".to_owned()] {
        given["duration"] = json!({"kind": "until", "end": end});
        let refused = session.call("attach_privilege", given.clone());
        assert_eq!(refused["problems"][0]["field"], "duration", "{refused}");
    }
    let end = session.clock.text_after(90 * 60_000);
    given["duration"] = json!({"kind": "until", "end": end});
    let attached = session.call("attach_privilege", given);
    assert_eq!(attached["privilege"]["standing"]["end"], end);
}

#[test]
fn nothing_lasts_longer_than_was_shown() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let mut given = draft(&member, "db");
    let preview = session.call("preview_privilege", given.clone());
    given["shownAt"] = preview["countedFrom"].clone();
    session.clock.shift(30_000);
    let attached = session.call("attach_privilege", given.clone());
    assert_eq!(attached["privilege"]["standing"]["end"], preview["endsAt"]);

    // A clock that was set back does not make it longer.
    given["slug"] = json!("other");
    session.clock.shift(-3_600_000);
    let now = session.call("preview_privilege", given.clone());
    let attached = session.call("attach_privilege", given);
    let end = attached["privilege"]["standing"]["end"].as_str().unwrap();
    assert!(end < preview["endsAt"].as_str().unwrap(), "{end}");
    assert!(end >= now["endsAt"].as_str().unwrap(), "{end}");
}
