//! Roles through the commands that the window uses: made, edited, renamed, duplicated, removed, and
//! each of it taken back.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn roles(session: &Session) -> Vec<Value> {
    let list = session.call("list_roles", json!({}));
    list["roles"].as_array().unwrap().clone()
}

fn role(session: &Session, slug: &str) -> Value {
    let found = roles(session).into_iter().find(|role| role["slug"] == slug);
    found.unwrap_or_else(|| panic!("there is no role `{slug}`"))
}

fn detail(session: &Session, slug: &str) -> Value {
    session.call("role_detail", json!({ "role": role(session, slug)["id"] }))
}

fn fields(name: &str, slug: &str) -> Value {
    json!({ "name": name, "slug": slug, "description": "" })
}

fn save(session: &Session, slug: &str, rules: &str) -> Value {
    let open = detail(session, slug);
    session.call(
        "save_role",
        json!({ "role": open["id"], "base": open["revision"], "rules": rules, "acceptRefusals": false }),
    )
}

fn undo(session: &Session, answer: &Value) {
    session.call("undo", json!({ "history": answer["history"] }));
}

#[test]
fn every_role_of_the_sample_saves_unchanged() {
    let session = Session::on_sample();
    for summary in roles(&session) {
        let slug = summary["slug"].as_str().unwrap();
        if summary["predefined"] == true {
            continue;
        }
        let rules = detail(&session, slug)["rules"].as_str().unwrap().to_owned();
        assert_eq!(
            save(&session, slug, &rules)["outcome"],
            "unchanged",
            "{slug}"
        );
        assert_eq!(detail(&session, slug)["rules"], rules, "{slug}");
    }
}

#[test]
fn rules_are_saved_with_everything_odd_about_them_and_taken_back() {
    let session = Session::on_sample();
    let before = detail(&session, "deployer");
    let rules = r#"[{"x-note":1.0,"subject":"planets","action":["orbit","orbit"],"conditions":{"size":{"$gt":1e2}}},7]"#;
    let refused = save(&session, "deployer", rules);
    assert_eq!(refused["outcome"], "refused", "{refused}");
    let saved = session.call(
        "save_role",
        json!({ "role": before["id"], "base": before["revision"], "rules": rules, "acceptRefusals": true }),
    );
    assert_eq!(saved["outcome"], "saved", "{saved}");
    assert_eq!(detail(&session, "deployer")["rules"], rules);
    // What was refused once and stored all the same is not held against other edits.
    let edited = rules.replace(",7]", r#",7,{"subject":"tags","action":["read"]}]"#);
    let again = save(&session, "deployer", &edited);
    assert_eq!(again["outcome"], "saved", "{again}");
    undo(&session, &again);
    undo(&session, &saved);
    let after: Value =
        serde_json::from_str(detail(&session, "deployer")["rules"].as_str().unwrap()).unwrap();
    let was: Value = serde_json::from_str(before["rules"].as_str().unwrap()).unwrap();
    assert_eq!(after, was);
}

#[test]
fn edits_that_were_overtaken_are_not_saved() {
    let session = Session::on_sample();
    let open = detail(&session, "oncall");
    assert_eq!(
        save(
            &session,
            "oncall",
            r#"[{"subject":"tags","action":["read"]}]"#
        )["outcome"],
        "saved"
    );
    let late = session.call(
        "save_role",
        json!({ "role": open["id"], "base": open["revision"], "rules": "[]", "acceptRefusals": false }),
    );
    assert_eq!(late["outcome"], "overtaken");
    assert_eq!(late["rules"], r#"[{"subject":"tags","action":["read"]}]"#);
}

#[test]
fn a_text_that_is_no_list_of_rules_is_not_saved() {
    let session = Session::on_sample();
    let answer = save(&session, "oncall", "[{]");
    assert_eq!(answer["outcome"], "unreadable");
    assert_eq!(
        answer["message"],
        "This is not JSON: line 1, column 3 was not expected."
    );
}

#[test]
fn a_role_that_the_server_defines_is_only_duplicated() {
    let session = Session::on_sample();
    let member = role(&session, "member");
    let refused = session.fail(
        "save_role",
        json!({ "role": member["id"], "base": "", "rules": "[]", "acceptRefusals": true }),
    );
    assert!(refused.message.contains("duplicated"), "{refused:?}");
    let made = session.call(
        "duplicate_role",
        json!({ "role": member["id"], "fields": fields("My developer", "my-developer"), "fit": true }),
    );
    assert_eq!(made["outcome"], "done", "{made}");
    let copy = detail(&session, "my-developer");
    let rules: Vec<Value> = serde_json::from_str(copy["rules"].as_str().unwrap()).unwrap();
    let secrets: Vec<_> = rules
        .iter()
        .filter(|rule| rule["subject"] == "secrets")
        .collect();
    let actions = secrets[0]["action"].to_string();
    assert!(
        !actions.contains("\"read\"") && actions.contains("readValue"),
        "{actions}"
    );
    let review = session.call(
        "review_role",
        json!({ "rules": copy["rules"], "open": [], "member": null }),
    );
    let refusals = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["severity"] == "refused");
    assert_eq!(refusals.count(), 0, "{review}");
}

#[test]
fn a_name_that_is_taken_reserved_or_no_slug_is_refused_at_its_field() {
    let session = Session::on_sample();
    for (slug, said) in [
        ("deployer", "taken by the role Deployer"),
        ("admin", "keeps `admin` for itself"),
        ("custom", "keeps `custom` for itself"),
        ("No Slug!", "such as `no-slug`"),
        ("", "a name is needed"),
    ] {
        let answer = session.call(
            "create_role",
            json!({ "fields": fields("X", slug), "rules": "[]" }),
        );
        let problem = &answer["problems"][0];
        assert_eq!(problem["field"], "slug", "{answer}");
        let message = problem["message"].as_str().unwrap().to_lowercase();
        assert!(message.contains(&said.to_lowercase()), "{message}");
    }
    let unnamed = session.call(
        "create_role",
        json!({ "fields": fields(" ", "x"), "rules": "[]" }),
    );
    assert_eq!(unnamed["problems"][0]["field"], "name");
}

#[test]
fn a_role_is_made_renamed_and_removed_and_each_is_taken_back() {
    let session = Session::on_sample();
    let has = |slug: &str| roles(&session).iter().any(|role| role["slug"] == slug);
    let made = session.call(
        "create_role",
        json!({ "fields": fields("Ärzte 医生", "doctors"), "rules": "[]" }),
    );
    let renamed = session.call(
        "rename_role",
        json!({ "role": made["role"], "fields": fields("Medics", "medics") }),
    );
    assert!(has("medics") && !has("doctors"));
    undo(&session, &renamed);
    assert!(has("doctors"));
    let removed = session.call(
        "delete_role",
        json!({ "role": made["role"], "reassignTo": null }),
    );
    assert_eq!(removed["sentence"], "Removed the role Ärzte 医生");
    assert!(!has("doctors"));
    undo(&session, &removed);
    assert!(has("doctors"));
}

#[test]
fn a_role_that_is_held_goes_only_with_another_one_in_its_place() {
    let session = Session::on_sample();
    let deployer = role(&session, "deployer");
    let viewer = role(&session, "viewer");
    let held = session.call(
        "delete_role",
        json!({ "role": deployer["id"], "reassignTo": null }),
    );
    assert_eq!(held["outcome"], "held");
    let assignments = held["assignments"].as_u64().unwrap();
    assert_eq!(
        assignments,
        deployer["members"].as_u64().unwrap() + deployer["groups"].as_u64().unwrap()
    );
    assert!(!held["holders"].as_array().unwrap().is_empty());
    let before = roles(&session);
    let removed = session.call(
        "delete_role",
        json!({ "role": deployer["id"], "reassignTo": viewer["id"] }),
    );
    assert_eq!(removed["outcome"], "removed", "{removed}");
    let after = role(&session, "viewer");
    assert!(after["members"].as_u64() > viewer["members"].as_u64());
    undo(&session, &removed);
    assert_eq!(roles(&session), before);
}

#[test]
fn the_review_says_what_each_cell_allows() {
    let session = Session::on_sample();
    let rules = json!([
        {"subject": "secrets", "action": ["describeSecret"]},
        {"subject": "secrets", "action": ["readValue"], "conditions": {"environment": {"$in": ["dev"]}}},
        {"subject": "secrets", "action": ["readValue", "delete"], "inverted": true, "conditions": {"secretTags": {"$in": ["pci"]}}},
        {"subject": "planets", "action": "orbit"}
    ]);
    let review = session.call(
        "review_role",
        json!({ "rules": rules.to_string(), "open": [], "member": null }),
    );
    let cells: Vec<String> = review["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| {
            format!("{} {} {}", cell["subject"], cell["action"], cell["access"]).replace('"', "")
        })
        .collect();
    assert_eq!(
        cells,
        [
            "secrets read forbid",
            "secrets describeSecret allow",
            "secrets readValue mixed",
            "secrets delete forbid",
            "planets orbit allow",
        ]
    );
    let codes: Vec<_> = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["rule"])
        .collect();
    assert_eq!(
        codes,
        [3],
        "only the rule on an unknown subject is remarked upon: {review}"
    );
}

#[test]
fn unsaved_edits_survive_a_restart_and_go_when_they_are_saved() {
    let session = Session::on_sample();
    let open = detail(&session, "oncall");
    session.call(
        "keep_role_draft",
        json!({ "role": open["id"], "base": open["revision"], "rules": "[]", "written": "[" }),
    );
    assert_eq!(role(&session, "oncall")["hasDraft"], true);
    let session = session.restart();
    let draft = &detail(&session, "oncall")["draft"];
    assert_eq!(
        (&draft["rules"], &draft["written"]),
        (&json!("[]"), &json!("["))
    );
    assert_eq!(save(&session, "oncall", "[]")["outcome"], "saved");
    assert_eq!(detail(&session, "oncall")["draft"], Value::Null);
}
