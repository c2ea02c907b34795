//! The history: filters, what an entry changed, restoring, files, and whether somebody changed it.

use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

fn draft(member: &str, slug: &str, path: &str) -> Value {
    json!({
        "member": member, "slug": slug, "reason": "retries are stuck", "ticket": "INC-4711",
        "duration": {"kind": "timed", "range": "1h"},
        "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
                      "conditions": [{"property": "secretPath", "operator": "$glob",
                                      "values": [path]}]}],
    })
}

fn attach(session: &Session, member: &str, slug: &str) -> Value {
    session.call("attach_privilege", draft(member, slug, "/payments/**"))
}

fn found(session: &Session, filter: &Value) -> Vec<String> {
    let mut request = json!({"member": null, "before": null, "limit": 50});
    for (key, value) in filter.as_object().expect("a filter is an object") {
        request[key] = value.clone();
    }
    let page = session.call("history", request);
    page["entries"]
        .as_array()
        .expect("a page has entries")
        .iter()
        .map(|entry| entry["sentence"].as_str().expect("a sentence").to_owned())
        .collect()
}

fn newest(session: &Session) -> Value {
    let page = session.call(
        "history",
        json!({"member": null, "before": null, "limit": 1}),
    );
    page["entries"][0]["id"].clone()
}

fn slugs(session: &Session, member: &str) -> Vec<String> {
    let detail = session.call("member_detail", json!({ "member": member }));
    detail["privileges"]
        .as_array()
        .expect("a member has privileges")
        .iter()
        .map(|privilege| privilege["slug"].as_str().expect("a slug").to_owned())
        .collect()
}

fn new_role(session: &Session, slug: &str) -> Value {
    let made = session.call(
        "create_role",
        json!({"fields": {"name": slug, "slug": slug, "description": ""},
               "rules": "[]"}),
    );
    assert_eq!(made["outcome"], "done", "{made}");
    made
}

#[test]
fn the_history_is_filtered_by_member_role_deed_and_words() {
    let session = Session::on_sample();
    let job = session.member("legacy-billing-job");
    let deployer = session.member("ci-deployer");
    attach(&session, &job, "one");
    let two = attach(&session, &deployer, "two");
    session.call(
        "remove_privilege",
        json!({"privilege": two["privilege"]["id"]}),
    );
    let role = new_role(&session, "auditor-of-payments");
    let role_id = role["role"].clone();
    let made = "Made the role auditor-of-payments";
    assert_eq!(
        found(&session, &json!({"member": deployer})),
        ["Removed the privilege two", "Attached the privilege two"]
    );
    assert_eq!(found(&session, &json!({"role": role_id})), [made]);
    assert_eq!(
        found(&session, &json!({"deeds": ["privilege.attach"]})),
        ["Attached the privilege two", "Attached the privilege one"]
    );
    assert_eq!(
        found(&session, &json!({"text": "legacy inc-4711"})),
        ["Attached the privilege one"]
    );
    assert_eq!(found(&session, &json!({"text": "no such thing"})), [""; 0]);
    let choices = session.call("history_choices", json!({}));
    assert_eq!(
        choices["deeds"],
        json!([
            {"deed": "privilege.attach", "group": "Additional Privileges", "title": "Attached"},
            {"deed": "privilege.remove", "group": "Additional Privileges", "title": "Removed"},
            {"deed": "role.create", "group": "Roles", "title": "Made"},
        ])
    );
}

#[test]
fn an_entry_tells_what_it_changed_in_words() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(&session, &member, "one");
    let detail = session.call("history_entry", json!({"history": newest(&session)}));
    assert_eq!(detail["number"], 1);
    assert_eq!(detail["fingerprint"].as_str().map(str::len), Some(64));
    let change = &detail["changes"][0];
    assert_eq!(change["kind"], "Additional privilege");
    assert_eq!(change["title"], "one of legacy-billing-job");
    assert_eq!(change["fate"], "made");
    let labels: Vec<&str> = change["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .filter_map(|field| field["label"].as_str())
        .collect();
    assert_eq!(labels, ["Name", "Member", "Duration", "Reason", "Ticket"]);
    assert_eq!(change["fields"][2]["after"]["range"], "1h");
    assert_eq!(change["rules"][0]["fate"], "added");
    assert_eq!(
        change["rules"][0]["rule"]["conditions"][0]["values"],
        json!(["/payments/**"])
    );
}

#[test]
fn what_was_removed_is_restored_although_other_things_happened_since() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let one = attach(&session, &member, "one");
    let attached = newest(&session);
    session.call(
        "remove_privilege",
        json!({"privilege": one["privilege"]["id"]}),
    );
    attach(&session, &member, "two");

    let asked = json!({"history": attached, "side": "after"});
    let preview = session.call("preview_restore", asked.clone());
    assert_eq!(preview["refusal"], Value::Null);
    assert_eq!(preview["changes"][0]["fate"], "made");
    assert!(!slugs(&session, &member).contains(&"one".to_owned()));

    let restore = json!({"history": attached, "side": "after", "reason": "was needed"});
    let done = session.call("restore", restore.clone());
    assert_eq!(done["sentence"], "Restored the privilege one");
    assert!(slugs(&session, &member).contains(&"one".to_owned()));
    assert_eq!(found(&session, &json!({"text": "was needed"})).len(), 1);

    let again = session.call("preview_restore", asked);
    assert_eq!(again["refusal"], "Everything is as it was then.");
    assert_eq!(session.fail("restore", restore).code, ErrorCode::Conflict);

    session.call("undo", json!({"history": done["history"]}));
    assert!(!slugs(&session, &member).contains(&"one".to_owned()));
}

#[test]
fn restoring_is_refused_with_its_reason_and_changes_nothing() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let one = attach(&session, &member, "one");
    let attached = newest(&session);
    session.call(
        "remove_privilege",
        json!({"privilege": one["privilege"]["id"]}),
    );
    attach(&session, &member, "one");
    let asked = json!({"history": attached, "side": "after"});
    let preview = session.call("preview_restore", asked);
    assert_eq!(
        preview["refusal"],
        "The member has another privilege called `one` now."
    );
    let before = found(&session, &json!({}));
    let refused = session.fail(
        "restore",
        json!({"history": attached, "side": "after", "reason": ""}),
    );
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert_eq!(found(&session, &json!({})), before);
    let nothing = session.fail("preview_restore", json!({"history": "x", "side": "before"}));
    assert_eq!(nothing.code, ErrorCode::NotFound);
}

#[test]
fn the_state_before_an_entry_is_restored_too() {
    let session = Session::on_sample();
    let role = new_role(&session, "auditor-of-payments")["role"].clone();
    let made = newest(&session);
    let fields = json!({"name": "Auditor", "slug": "auditor-of-payments", "description": ""});
    session.call("rename_role", json!({"role": role, "fields": fields}));
    let renamed = newest(&session);
    let done = session.call(
        "restore",
        json!({"history": renamed, "side": "before", "reason": ""}),
    );
    let entry = session.call("history_entry", json!({"history": done["history"]}));
    assert_eq!(
        entry["changes"][0]["fields"],
        json!([{"label": "Name",
                "before": {"kind": "text", "text": "Auditor"},
                "after": {"kind": "text", "text": "auditor-of-payments"}}])
    );
    session.call(
        "restore",
        json!({"history": made, "side": "before", "reason": ""}),
    );
    let roles = session.call("list_roles", json!({}));
    assert!(!roles.to_string().contains("auditor-of-payments"));
}

#[test]
fn the_history_is_written_to_a_file_with_its_hashes() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    attach(&session, &member, "one");
    session.call(
        "attach_privilege",
        json!({
            "member": member, "slug": "two", "reason": "=1+1, \"quoted\"\nsecond line", "ticket": "",
            "duration": {"kind": "permanent"},
            "policies": [{"subject": "tags", "actions": ["read"], "inverted": false,
                          "conditions": []}],
        }),
    );
    let filter = json!({"member": null, "role": null, "deeds": [], "text": ""});
    let json_file = session.call(
        "export_history",
        json!({"filter": filter, "format": "json"}),
    );
    assert_eq!(json_file["name"], "checkout-app-history.json");
    assert_eq!(json_file["entries"], 2);
    let file: Value = serde_json::from_str(json_file["text"].as_str().expect("a text"))
        .expect("the file is JSON");
    let check = session.call("check_history", json!({"whole": true}));
    assert_eq!(file["entries"][0]["hash"], check["fingerprint"]);
    assert_eq!(
        file["entries"][0]["reason"],
        "=1+1, \"quoted\"\nsecond line"
    );
    assert_eq!(file["entries"][0]["memberName"], "legacy-billing-job");

    let csv_file = session.call("export_history", json!({"filter": filter, "format": "csv"}));
    let text = csv_file["text"].as_str().expect("a text");
    assert!(
        text.contains("\"'=1+1, \"\"quoted\"\"\nsecond line\""),
        "{text}"
    );
    let only = json!({"member": null, "role": null, "deeds": [], "text": "quoted"});
    let some = session.call("export_history", json!({"filter": only, "format": "csv"}));
    assert_eq!(some["entries"], 1);
}

#[test]
fn a_history_that_another_program_changed_is_reported_and_kept() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    for slug in ["one", "two", "three"] {
        attach(&session, &member, slug);
    }
    let whole = session.call("check_history", json!({"whole": false}));
    assert_eq!(
        (&whole["entries"], &whole["breaks"]),
        (&json!(3), &json!([]))
    );

    let status = session.call("workspace_status", json!({}));
    let raw = rusqlite::Connection::open(status["path"].as_str().expect("a path"))
        .expect("the file is SQLite");
    raw.execute_batch(
        "DROP TRIGGER history_is_not_changed;
         UPDATE history SET reason = 'nothing to see' WHERE seq = 2",
    )
    .expect("another program may write");
    drop(raw);

    // What was found whole is not looked at again until all of it is.
    let broken = session.call("check_history", json!({"whole": true}));
    assert_eq!(broken["breaks"].as_array().map(Vec::len), Some(1));
    assert_eq!(broken["breaks"][0]["number"], 2);
    assert_eq!(broken["breaks"][0]["title"], "two");
    let again = session.call("check_history", json!({"whole": false}));
    assert_eq!(again["breaks"], broken["breaks"]);

    let session = session.restart();
    let reopened = session.call("check_history", json!({"whole": false}));
    assert_eq!(reopened["breaks"], broken["breaks"]);
    attach(&session, &member, "four");
    assert_eq!(found(&session, &json!({})).len(), 4);
    let still = session.call("check_history", json!({"whole": false}));
    assert_eq!(
        (&still["entries"], &still["breaks"]),
        (&json!(4), &broken["breaks"])
    );
}
