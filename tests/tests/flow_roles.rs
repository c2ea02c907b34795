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

#[test]
fn the_effect_names_what_changes_and_for_whom() {
    let session = Session::on_sample();
    let open = detail(&session, "oncall");
    let mut rules: Vec<Value> = serde_json::from_str(open["rules"].as_str().unwrap()).unwrap();
    rules.push(json!({"subject": "tags", "action": ["delete"]}));
    let effect = |rules: &[Value]| {
        let rules = Value::from(rules.to_vec()).to_string();
        session.call("role_effect", json!({ "role": open["id"], "rules": rules }))["effect"].clone()
    };
    let wider = effect(&rules);
    let changes = wider["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{wider}");
    assert_eq!(changes[0]["gains"], true);
    assert_eq!(changes[0]["actions"], json!(["Remove"]));
    assert_eq!(wider["limits"], json!([]));
    assert_eq!(wider["leftOut"], 0);
    // Whoever may delete tags by another role gains nothing.
    let affected: u64 = wider["affected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group["count"].as_u64().unwrap())
        .sum();
    assert!(
        affected > 0 && affected <= wider["holders"].as_u64().unwrap(),
        "{wider}"
    );
    rules.pop();
    let same = effect(&rules);
    assert_eq!(
        (&same["changes"], &same["affected"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn a_forbid_that_cuts_nothing_of_the_role_itself_still_shows_whom_it_cuts() {
    let session = Session::on_sample();
    let open = detail(&session, "oncall");
    let mut rules: Vec<Value> = serde_json::from_str(open["rules"].as_str().unwrap()).unwrap();
    rules.push(json!({"subject": "secrets", "action": ["create"], "inverted": true}));
    let request = json!({ "role": open["id"], "rules": Value::from(rules).to_string() });
    let effect = session.call("role_effect", request)["effect"].clone();
    assert_eq!(
        effect["changes"],
        json!([]),
        "the role itself never allowed it"
    );
    let affected = effect["affected"].as_array().unwrap();
    assert!(!affected.is_empty(), "{effect}");
    assert!(
        affected
            .iter()
            .all(|group| group["changes"][0]["gains"] == false),
        "{effect}"
    );
}

#[test]
fn a_rule_that_says_nothing_new_is_found() {
    let session = Session::on_sample();
    let rules = json!([
        {"subject": "secret-folders", "action": ["edit"]},
        {"subject": "secret-folders", "action": ["edit"], "conditions": {"environment": {"$eq": "dev"}}}
    ]);
    let answer = session.call("redundant_rules", json!({ "rules": rules.to_string() }));
    assert_eq!(
        answer["redundant"],
        json!([{"rule": 1, "why": "Rule 1 decides the same wherever it applies."}])
    );
}

#[test]
fn a_role_is_written_as_terraform() {
    let session = Session::on_sample();
    let open = detail(&session, "deployer");
    let text = session.call(
        "role_terraform",
        json!({ "role": open["id"], "rules": open["rules"] }),
    );
    let text = text["text"].as_str().unwrap();
    assert!(
        text.starts_with("resource \"infisical_project_role\" \"deployer\" {\n"),
        "{text}"
    );
    assert!(
        text.contains(r#"environment = "prod""#),
        "a bare value stays bare: {text}"
    );
}

#[test]
fn a_pattern_is_tried_on_folders_and_on_the_names_of_secrets() {
    let session = Session::on_sample();
    let tried = |property: &str, pattern: &str| {
        session.call(
            "try_glob",
            json!({ "pattern": pattern, "property": property, "member": null, "texts": [] }),
        )
    };
    let names = tried("secretName", "STRIPE_*");
    let matches = names["secrets"]["matches"].as_array().unwrap();
    assert!(
        matches
            .iter()
            .all(|it| it["name"].as_str().unwrap().starts_with("STRIPE_"))
    );
    assert_eq!(names["secrets"]["matching"], matches.len());
    let lower = tried("secretName", "stripe_*");
    assert_eq!(lower["secrets"]["matching"], 0);
    assert_eq!(
        lower["secrets"]["nearMisses"][0]["why"],
        "capital and small letters differ"
    );
    let paths = tried("secretPath", "/payments/**");
    assert!(paths["matching"].as_u64().unwrap() > 0);
    assert!(paths["secrets"]["matching"].as_u64().unwrap() > 0);
    assert_eq!(tried("environment", "pro*")["secrets"], Value::Null);
}

#[test]
fn templates_are_offered_for_what_the_members_have() {
    let session = Session::on_sample();
    let answer = session.call("value_templates", json!({}));
    let templates: Vec<&str> = answer["templates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    assert!(
        templates.contains(&"{{identity.username}}"),
        "{templates:?}"
    );
    assert!(
        templates.contains(&"{{identity.metadata.team}}"),
        "{templates:?}"
    );
    assert!(
        !templates
            .iter()
            .any(|it| it.contains("metadata.nobody-has-this")),
        "{templates:?}"
    );
}

#[test]
fn the_steps_of_unsaved_edits_are_kept_with_them() {
    let session = Session::on_sample();
    let id = role(&session, "deployer")["id"].clone();
    let keep = |steps: Value| {
        session.call(
            "keep_role_draft",
            json!({ "role": id, "base": "b", "rules": "[]", "written": null, "steps": steps }),
        )
    };
    keep(json!(r#"{"rules":[]}"#));
    assert_eq!(
        detail(&session, "deployer")["draft"]["steps"],
        r#"{"rules":[]}"#
    );
    keep(Value::Null);
    assert_eq!(detail(&session, "deployer")["draft"]["steps"], Value::Null);
}
