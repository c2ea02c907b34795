//! What would change an answer, the access map and comparisons: each agrees with the simulator.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn question(who: &Value, what: &str, place: &Value) -> Value {
    json!({
        "who": who, "what": {"kind": "operation", "operation": what}, "place": place,
        "when": {"kind": "now"}, "semantics": null,
        "unsaved": {"roleDrafts": false, "privilege": null},
    })
}

fn member(session: &Session, name: &str) -> Value {
    json!({"kind": "member", "member": session.member(name)})
}

fn place(environment: &str, path: &str) -> Value {
    json!({"environment": environment, "secretPath": path, "secretName": "STRIPE_KEY",
           "secretTags": []})
}

fn attach(session: &Session, member: &Value, slug: &str, policies: &Value) -> Value {
    session.call(
        "attach_privilege",
        json!({"member": member["member"], "slug": slug, "reason": "", "ticket": "",
               "duration": {"kind": "permanent"}, "policies": policies}),
    )
}

/// Saves the rules that an edit proposes, and says what the question comes to then.
fn tried(session: &Session, question: &Value, edit: &Value) -> Value {
    let mut asked = question.clone();
    for step in edit["steps"].as_array().expect("steps") {
        match step["at"]["kind"].as_str().expect("a kind") {
            "newPrivilege" => asked["unsaved"]["privilege"] = step["at"]["rules"].clone(),
            "role" => {
                let detail = session.call("role_detail", json!({"role": step["at"]["role"]}));
                session.call(
                    "keep_role_draft",
                    json!({"role": step["at"]["role"], "base": detail["revision"],
                           "rules": step["at"]["rules"], "written": null}),
                );
                asked["unsaved"]["roleDrafts"] = true.into();
            }
            _ => return Value::Null,
        }
    }
    let outcome = session.call("simulate", asked)["outcome"].clone();
    for step in edit["steps"].as_array().expect("steps") {
        if step["at"]["kind"] == "role" {
            session.call("forget_role_draft", json!({"role": step["at"]["role"]}));
        }
    }
    outcome
}

#[test]
fn every_edit_that_is_offered_for_a_denial_allows_it() {
    let session = Session::on_sample();
    let who = member(&session, "ci-deployer");
    let asked = question(&who, "secret.read-value", &place("prod", "/payments"));
    assert_eq!(session.call("simulate", asked.clone())["outcome"], "denied");
    let answer = session.call("what_would_change", asked.clone());
    assert_eq!(answer["stops"], false);
    let edits = answer["edits"].as_array().expect("edits");
    assert!(edits.len() >= 3, "{answer:#}");
    let mut checked = 0;
    for edit in edits {
        let gains = edit["changes"].as_array().expect("changes");
        assert!(!gains.is_empty(), "an edit that changes nothing: {edit:#}");
        for change in gains {
            assert_eq!(change["gains"], true, "an edit that takes away: {edit:#}");
        }
        let outcome = tried(&session, &asked, edit);
        if !outcome.is_null() {
            checked += 1;
            assert_eq!(outcome, "allowed", "{edit:#}");
        }
    }
    assert!(checked >= 2, "{answer:#}");
    let exact = edits
        .iter()
        .find(|edit| edit["steps"][0]["at"]["kind"] == "newPrivilege")
        .expect("a privilege for exactly this is offered");
    for change in exact["changes"].as_array().expect("changes") {
        let words = change["place"].as_str().expect("words");
        assert!(
            words.contains("/payments") || words.contains("bare"),
            "{change:#}"
        );
    }
}

#[test]
fn what_is_allowed_is_stopped_by_ending_all_that_allows_it() {
    let session = Session::on_sample();
    let who = member(&session, "ci-deployer");
    let policies = json!([{"subject": "secrets", "actions": ["describeSecret", "readValue"],
                           "inverted": false,
                           "conditions": [{"property": "environment", "operator": "$eq",
                                           "values": ["prod"]}]}]);
    attach(&session, &who, "one", &policies);
    attach(&session, &who, "two", &policies);
    let asked = question(&who, "secret.read-value", &place("prod", "/payments"));
    assert_eq!(
        session.call("simulate", asked.clone())["outcome"],
        "allowed"
    );
    let answer = session.call("what_would_change", asked);
    assert_eq!(answer["stops"], true);
    let edits = answer["edits"].as_array().expect("edits");
    let ending = edits
        .iter()
        .find(|edit| edit["steps"][0]["at"]["kind"] == "endPrivilege")
        .expect("the privileges can be ended");
    assert_eq!(
        ending["steps"].as_array().map(Vec::len),
        Some(2),
        "{ending:#}"
    );
    let edited = edits
        .iter()
        .find(|edit| edit["steps"][0]["at"]["kind"] == "privilege")
        .expect("their policies can be edited");
    assert_eq!(
        edited["steps"].as_array().map(Vec::len),
        Some(2),
        "{edited:#}"
    );
}

/// Does what the step of an edit asks for, as the dialogs do it.
fn carry_out(session: &Session, at: &Value) {
    match at["kind"].as_str().expect("a kind") {
        "endPrivilege" => {
            let targets = json!({"kind": "grants", "grants": [
                {"what": "privilege", "id": at["privilege"]}]});
            let done = session.call(
                "change_lifetime",
                json!({"targets": targets, "act": {"kind": "endNow"}, "reason": ""}),
            );
            assert_eq!(done["outcome"], "done", "{done:#}");
        }
        "leaveGroup" => {
            let done = session.call(
                "act_on_members",
                json!({"selection": {"kind": "members", "members": [at["member"]]},
                       "act": {"kind": "removeFromGroup", "group": at["group"]}}),
            );
            assert_eq!(done["outcome"], "done", "{done:#}");
        }
        other => panic!("nothing does {other}"),
    }
}

#[test]
fn leaving_the_groups_and_ending_the_privileges_stops_what_they_allow() {
    let session = Session::on_sample();
    let who = member(&session, "payments-worker");
    let policies = json!([{"subject": "secrets", "actions": ["describeSecret", "readValue"],
                           "inverted": false, "conditions": []}]);
    attach(&session, &who, "as-well", &policies);
    let asked = question(&who, "secret.read-value", &place("dev", "/app"));
    let before = session.call("what_would_change", asked.clone());
    let leaving = before["edits"]
        .as_array()
        .expect("edits")
        .iter()
        .find(|edit| {
            let steps = edit["steps"].as_array().expect("steps");
            steps.iter().any(|step| step["at"]["kind"] == "leaveGroup")
        })
        .expect("the groups can be left");
    let steps = leaving["steps"].as_array().expect("steps");
    assert!(steps.len() > 1, "{leaving:#}");
    for (number, step) in steps.iter().enumerate() {
        assert_eq!(
            session.call("simulate", asked.clone())["outcome"],
            "allowed",
            "step {number} of {leaving:#} would not be needed"
        );
        carry_out(&session, &step["at"]);
    }
    assert_eq!(session.call("simulate", asked)["outcome"], "denied");
}

#[test]
fn a_role_that_a_server_keeps_is_proposed_with_what_is_in_the_way() {
    let session = Session::on_sample();
    let who = member(&session, "payments-worker");
    let asked = question(&who, "secret.read-value", &place("dev", "/app"));
    let answer = session.call("what_would_change", asked);
    let taken: Vec<&Value> = answer["edits"]
        .as_array()
        .expect("edits")
        .iter()
        .flat_map(|edit| edit["steps"].as_array().expect("steps"))
        .filter(|step| step["at"]["kind"] == "takeRole")
        .collect();
    assert!(!taken.is_empty(), "{answer:#}");
    for step in taken {
        let holder = session.call("member_detail", json!({"member": step["at"]["member"]}));
        let held = holder["roles"]
            .as_array()
            .expect("roles")
            .iter()
            .find(|held| held["role"] == step["at"]["role"])
            .expect("the role is held");
        assert_eq!(step["at"]["refusal"], held["keptBecause"], "{step:#}");
    }
}

#[test]
fn a_forbid_in_the_way_can_be_moved_out_of_it() {
    let session = Session::on_sample();
    let who = member(&session, "ci-deployer");
    attach(
        &session,
        &who,
        "both",
        &json!([
            {"subject": "secrets", "actions": ["describeSecret", "readValue"], "inverted": false,
             "conditions": []},
            {"subject": "secrets", "actions": ["readValue", "edit"], "inverted": true,
             "conditions": [{"property": "secretPath", "operator": "$glob",
                             "values": ["/payments/**"]}]},
        ]),
    );
    let asked = question(&who, "secret.read-value", &place("prod", "/payments/eu"));
    let answer = session.call("what_would_change", asked);
    assert_eq!(answer["stops"], false, "{answer:#}");
    let words: Vec<&str> = answer["edits"]
        .as_array()
        .expect("edits")
        .iter()
        .filter_map(|edit| edit["steps"][0]["words"].as_str())
        .collect();
    assert!(
        words
            .iter()
            .any(|it| it.contains("leave out `secretPath` `/payments/eu`")),
        "{words:?}"
    );
    assert!(
        words
            .iter()
            .any(|it| it.contains("no longer forbid `readValue`")),
        "{words:?}"
    );
    assert!(
        words.iter().any(|it| it.contains("remove policy 2")),
        "{words:?}"
    );
}

#[test]
fn each_cell_of_the_map_says_what_the_simulator_says_in_each_of_its_folders() {
    let session = Session::on_sample();
    for name in ["ci-deployer", "Anders Holm", "payments-worker"] {
        let who = member(&session, name);
        let asked = question(&who, "secret.list", &json!({}));
        let map = session.call(
            "access_map",
            json!({"question": asked, "subject": "secrets"}),
        );
        assert_eq!(map["limits"], json!([]), "{name}");
        let environments = map["environments"].as_array().expect("environments");
        for region in map["regions"].as_array().expect("regions") {
            let folders = region["folders"].as_array().expect("folders");
            for path in folders.iter().take(3).chain([&region["example"]]) {
                for (environment, cell) in environments
                    .iter()
                    .zip(region["cells"].as_array().expect("cells"))
                {
                    let Some(slug) = environment.as_str() else {
                        continue;
                    };
                    let what =
                        json!({"kind": "action", "subject": "secrets", "action": "readValue"});
                    let place = json!({"environment": slug, "secretPath": path});
                    let alone = session.simulate(&who, &what, &place);
                    let entry = cell["entries"]
                        .as_array()
                        .expect("entries")
                        .iter()
                        .find(|entry| entry["action"] == "readValue");
                    let expected = match entry {
                        None => "denied",
                        Some(entry) if entry["always"] == true => "allowed",
                        Some(_) => "depends",
                    };
                    assert_eq!(alone["outcome"], expected, "{name} {slug} {path}: {cell:#}");
                }
            }
        }
    }
}

#[test]
fn beside_another_instant_the_map_says_what_is_so_now() {
    let session = Session::on_sample();
    let who = member(&session, "ci-deployer");
    session.call(
        "attach_privilege",
        json!({"member": who["member"], "slug": "for-an-hour", "reason": "", "ticket": "",
               "duration": {"kind": "timed", "range": "1h"},
               "policies": [{"subject": "secrets", "actions": ["readValue"], "inverted": false,
                             "conditions": [{"property": "environment", "operator": "$eq",
                                             "values": ["prod"]},
                                            {"property": "secretPath", "operator": "$glob",
                                             "values": ["/payments/**"]}]}]}),
    );
    let mut asked = question(&who, "secret.list", &json!({}));
    let map = |asked: &Value| {
        session.call(
            "access_map",
            json!({"question": asked, "subject": "secrets"}),
        )
    };
    let today = map(&asked);
    assert_eq!(today["besideNow"], false);
    asked["when"] = json!({"kind": "afterTimed"});
    let later = map(&asked);
    assert_eq!(later["besideNow"], true);
    let mut differing = Vec::new();
    for region in later["regions"].as_array().expect("regions") {
        for (environment, cell) in later["environments"]
            .as_array()
            .expect("environments")
            .iter()
            .zip(region["cells"].as_array().expect("cells"))
        {
            if !cell["now"].is_null() {
                assert_ne!(cell["now"], cell["entries"]);
                differing.push((environment.clone(), region["example"].clone()));
            }
        }
    }
    assert_eq!(
        differing,
        [(json!("prod"), json!("/payments"))],
        "{later:#}"
    );
}

#[test]
fn a_comparison_tells_exactly_what_differs_and_where_it_comes_from() {
    let session = Session::on_sample();
    let who = member(&session, "ci-deployer");
    let asked = question(&who, "secret.list", &json!({}));
    let same = session.call("compare", json!({"left": asked, "right": asked}));
    assert_eq!(same["changes"], json!([]), "{same:#}");
    let mut more = asked.clone();
    more["unsaved"]["privilege"] = json!(r#"[{"subject": "tags", "action": ["delete"]}]"#);
    let wider = session.call("compare", json!({"left": asked, "right": more}));
    let changes = wider["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), 1, "{wider:#}");
    assert_eq!(changes[0]["change"]["gains"], true);
    assert_eq!(changes[0]["left"], Value::Null);
    assert_eq!(changes[0]["right"]["slug"], "unsaved policies");
    let gone = json!({"kind": "member", "member": "gone"});
    let refused = session.call(
        "compare",
        json!({"left": asked, "right": question(&gone, "secret.list", &json!({}))}),
    );
    assert_eq!(refused["rightProblems"][0]["field"], "who");
}
