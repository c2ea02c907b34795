//! Questions in plain words, through the commands of the window.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn ask(session: &Session, member: &str, operation: &str, place: &Value) -> Value {
    let who = json!({"kind": "member", "member": member});
    session.simulate(
        &who,
        &json!({"kind": "operation", "operation": operation}),
        place,
    )
}

fn place(environment: &str, name: &Value) -> Value {
    json!({"environment": environment, "secretPath": "/app/api", "secretName": name,
           "secretTags": []})
}

#[test]
fn every_operation_that_is_offered_can_be_asked() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let catalogue = session.call("catalogue", json!({}));
    let operations = catalogue["operations"].as_array().expect("a list");
    assert!(operations.len() > 10, "{}", operations.len());
    let place = json!({"environment": "prod", "secretPath": "/app/api", "secretName": "API_KEY",
                       "secretTags": [], "secondEnvironment": "dev", "secondPath": "/app",
                       "newName": "KEY", "newTags": [], "metadata": [], "newMetadata": [],
                       "connection": "c"});
    for operation in operations {
        let id = operation["id"].as_str().expect("an id");
        let answer = ask(&session, &member, id, &place);
        assert_eq!(answer["kind"], "decided", "{id}: {answer}");
        assert!(
            ["allowed", "denied"].contains(&answer["outcome"].as_str().unwrap_or_default()),
            "{id}: {answer}"
        );
    }
}

#[test]
fn reading_a_value_makes_two_checks_and_says_which_role_allows_them() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let answer = ask(
        &session,
        &member,
        "secret.read-value",
        &place("dev", &json!("API_KEY")),
    );
    assert_eq!(answer["outcome"], "allowed");
    let checks = answer["checks"].as_array().expect("a list");
    assert_eq!(checks.len(), 2);
    assert!(
        answer["concerned"].as_u64() <= answer["rules"].as_u64(),
        "{answer}"
    );
    for check in checks {
        assert_eq!(check["outcome"], "allowed");
        let decided = check["candidates"]
            .as_array()
            .and_then(|all| all.iter().find(|candidate| candidate["fate"] == "decided"))
            .expect("a rule decided");
        assert_eq!(decided["source"]["slug"], "deployer");
    }
}

#[test]
fn of_the_rules_of_one_check_only_one_decides() {
    let session = Session::on_sample();
    let answer_under = |rules: &Value| {
        session.simulate(
            &json!({"kind": "rules", "rules": rules.to_string(), "folderRules": null}),
            &json!({"kind": "operation", "operation": "secret.read-value"}),
            &place("dev", &json!("API_KEY")),
        )
    };
    let rule = |action: &str, inverted: bool| json!({"subject": "secrets", "action": [action], "inverted": inverted});
    let rules_of = |answer: &Value, key: &str| -> Vec<String> {
        let candidates = answer["checks"][0]["candidates"].as_array();
        let told = candidates.into_iter().flatten().map(|rule| &rule[key]);
        told.map(|told| told.as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let both = answer_under(&json!([rule("describeSecret", false), rule("read", false)]));
    assert_eq!(both["checks"][0]["outcome"], "allowed");
    assert_eq!(rules_of(&both, "fate"), ["decided", "otherAction"]);

    let forbidden = answer_under(&json!([rule("describeSecret", true)]));
    assert_eq!(rules_of(&forbidden, "fate"), ["decided"]);
    assert_eq!(
        rules_of(&forbidden, "note"),
        ["The server adds the action Read (legacy) to this Forbid."]
    );
}

#[test]
fn a_name_left_open_matters_only_where_a_rule_looks_at_it() {
    let session = Session::on_sample();
    let deployer = session.member("ci-deployer");
    let open = ask(
        &session,
        &deployer,
        "secret.read-value",
        &place("dev", &Value::Null),
    );
    assert_eq!(open["outcome"], "allowed");

    let rules = r#"[{"subject": "secrets", "action": ["describeSecret", "readValue"],
                     "conditions": {"secretName": {"$glob": "*_KEY"}}}]"#;
    let who = json!({"kind": "rules", "rules": rules, "folderRules": null});
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let answer = session.simulate(&who, &what, &place("prod", &Value::Null));
    assert_eq!(answer["outcome"], "depends");
    assert_eq!(answer["dependsOn"], json!(["secretName"]));
    assert_eq!(answer["changes"], Value::Null);

    // A Forbid that could only take away what nothing gives changes nothing.
    let rules = r#"[{"subject": "secrets", "action": "readValue", "inverted": true,
                     "conditions": {"secretName": {"$glob": "*_KEY"}}}]"#;
    let who = json!({"kind": "rules", "rules": rules, "folderRules": null});
    let what = json!({"kind": "action", "subject": "secrets", "action": "readValue"});
    let answer = session.simulate(&who, &what, &place("prod", &Value::Null));
    assert_eq!(answer["outcome"], "denied");
    assert_eq!(answer["dependsOn"], json!([]));
}

/// A place with nothing in it.
fn nowhere() -> Value {
    json!({"environment": null, "secretPath": null, "secretName": null, "secretTags": null})
}

fn fields(problems: &Value) -> Vec<&str> {
    let problems = problems.as_array().expect("a list");
    problems
        .iter()
        .map(|problem| problem["field"].as_str().expect("a field"))
        .collect()
}

#[test]
fn what_is_left_open_is_named_where_the_answer_hangs_on_it() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let answer = ask(&session, &member, "secret.read-value", &nowhere());
    assert_eq!(answer["kind"], "decided");
    assert_eq!(answer["outcome"], "depends");
    let depends = answer["dependsOn"].as_array().expect("a list");
    assert!(depends.contains(&json!("environment")), "{depends:?}");
}

/// The fields that are named for a question about bare rules.
fn open_fields(session: &Session, rules: &str, operation: &str, place: &Value) -> Vec<String> {
    let answer = session.simulate(
        &json!({"kind": "rules", "rules": rules, "folderRules": null}),
        &json!({"kind": "operation", "operation": operation}),
        place,
    );
    let fields = answer["openFields"].as_array().expect("a list").iter();
    fields
        .map(|field| field["field"].as_str().expect("a field").to_owned())
        .collect()
}

#[test]
fn all_that_is_missing_is_named_and_not_only_what_comes_first_in_each_rule() {
    let session = Session::on_sample();
    let rules = r#"[{"subject": "secrets", "action": ["describeSecret", "readValue"],
                     "conditions": {"environment": "prod", "secretPath": {"$glob": "/payments/**"},
                                    "secretName": {"$glob": "*_KEY"},
                                    "secretTags": {"$in": ["pci"]}}}]"#;
    let all = open_fields(&session, rules, "secret.read-value", &nowhere());
    assert_eq!(
        all,
        ["environment", "secretName", "secretPath", "secretTags"]
    );
    let mut place = nowhere();
    place["secretPath"] = json!("/payments/eu");
    let rest = open_fields(&session, rules, "secret.read-value", &place);
    assert_eq!(rest, ["environment", "secretName", "secretTags"]);

    // Where one thing that is known makes the rule fail, nothing else matters.
    place["secretPath"] = json!("/app");
    let none = open_fields(&session, rules, "secret.read-value", &place);
    assert_eq!(none, Vec::<String>::new());
}

#[test]
fn a_second_place_that_is_open_is_named_by_the_deed() {
    let session = Session::on_sample();
    let rules = r#"[{"subject": "secrets",
                     "action": ["describeSecret", "readValue", "create", "edit", "delete"],
                     "conditions": {"environment": {"$in": ["dev", "staging"]}}},
                    {"subject": "secret-imports", "action": "read"}]"#;
    let mut place = nowhere();
    place["environment"] = json!("dev");
    place["secretPath"] = json!("/");
    place["secretName"] = json!("A");
    place["secretTags"] = json!([]);
    let asks = |operation: &str, place: &Value| {
        session.simulate(
            &json!({"kind": "rules", "rules": rules, "folderRules": null}),
            &json!({"kind": "operation", "operation": operation}),
            place,
        )
    };
    for (operation, title, sentence) in [
        (
            "secret.move",
            "Moved to: environment",
            " may depends on what was left open: the environment it is moved to",
        ),
        (
            "import.read-secrets",
            "Imported from: environment",
            " may depends on what was left open: the environment it is imported from",
        ),
    ] {
        let answer = asks(operation, &place);
        let field = json!([{"field": "secondEnvironment", "title": title}]);
        assert_eq!(answer["openFields"], field, "{answer}");
        assert_eq!(answer["sentence"][2]["text"], sentence, "{answer}");
    }
    place["secondEnvironment"] = json!("prod");
    assert_eq!(asks("secret.move", &place)["outcome"], "denied");
}

#[test]
fn what_the_servers_check_never_carries_is_missing_and_not_open() {
    let session = Session::on_sample();
    let rules = r#"[{"subject": "secret-imports", "action": "create"},
                    {"subject": "secrets", "action": "describeSecret",
                     "conditions": {"secretName": "A"}}]"#;
    let place = json!({"environment": "dev", "secretPath": "/", "secondEnvironment": "prod",
                       "secondPath": "/", "secretName": null, "secretTags": null});
    let answer = session.simulate(
        &json!({"kind": "rules", "rules": rules, "folderRules": null}),
        &json!({"kind": "operation", "operation": "import.create"}),
        &place,
    );
    assert_eq!(answer["outcome"], "denied", "{answer}");
    assert_eq!(answer["dependsOn"], json!([]));
}

#[test]
fn a_group_a_role_and_bare_rules_can_be_asked_about() {
    let session = Session::on_sample();
    let read = json!({"kind": "action", "subject": "secrets", "action": "readValue"});
    let place = place("dev", &json!("API_KEY"));
    let group = json!({"kind": "member", "member": session.member("platform")});
    let answer = session.simulate(&group, &read, &place);
    assert_eq!(answer["outcome"], "allowed");
    assert_eq!(answer["name"], "members of platform");

    let rules = json!({"kind": "rules", "folderRules": null,
                       "rules": r#"[{"subject": "secrets", "action": "readValue"}]"#});
    let answer = session.simulate(&rules, &read, &place);
    assert_eq!(answer["outcome"], "allowed");
    assert_eq!(answer["asked"]["kind"], "rules");

    let torn = json!({"kind": "rules", "folderRules": null, "rules": "[{"});
    let answer = session.simulate(&torn, &read, &place);
    assert_eq!(fields(&answer["problems"]), ["rules"]);
}

#[test]
fn a_template_without_an_actor_makes_the_answer_depend_on_who_it_is() {
    let session = Session::on_sample();
    let rules = r#"[{"subject": "secrets", "action": "readValue",
                     "conditions": {"secretPath": {"$glob": "/{{identity.metadata.team}}/**"}}}]"#;
    let answer = session.simulate(
        &json!({"kind": "rules", "rules": rules, "folderRules": null}),
        &json!({"kind": "action", "subject": "secrets", "action": "readValue"}),
        &place("dev", &json!("API_KEY")),
    );
    assert_eq!(answer["outcome"], "depends");
    assert_eq!(answer["dependsOn"], json!(["actor"]));
}

#[test]
fn a_bad_path_is_explained_and_never_made_into_another_question() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    for path in [
        "payments",
        "/payments/",
        "/payments//eu",
        "/payments/../eu",
        "/./eu",
    ] {
        let place = json!({"environment": "dev", "secretPath": path, "secretName": null,
                           "secretTags": null});
        let answer = ask(&session, &member, "secret.read-value", &place);
        assert_eq!(answer["kind"], "incomplete", "{path}: {answer}");
        assert_eq!(fields(&answer["problems"]), ["secretPath"], "{path}");
    }
    let place = json!({"environment": "dev", "secretPath": "/app", "secretName": null,
                       "secretTags": [""]});
    let answer = ask(&session, &member, "secret.read-value", &place);
    assert_eq!(
        fields(&answer["problems"]),
        ["secretTags"],
        "a tag without a slug"
    );
}

#[test]
fn what_the_project_does_not_have_is_remarked_upon_and_answered_all_the_same() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let place = json!({"environment": "prdo", "secretPath": "/nowhere", "secretName": "STRIPE_*",
                       "secretTags": ["no-such-tag"]});
    let answer = ask(&session, &member, "secret.read-value", &place);
    assert_eq!(answer["kind"], "decided");
    assert_eq!(
        fields(&answer["remarks"]),
        ["environment", "secretName", "secretTags"]
    );
    let place = json!({"environment": "prod", "secretPath": "/nowhere", "secretName": null,
                       "secretTags": null});
    let answer = ask(&session, &member, "secret.read-value", &place);
    assert_eq!(fields(&answer["remarks"]), ["secretPath"]);
}

#[test]
fn a_member_that_was_removed_and_an_instant_before_the_data_are_explained() {
    let session = Session::on_sample();
    let answer = ask(&session, "gone", "secret.read-value", &nowhere());
    assert_eq!(fields(&answer["problems"]), ["who"]);
    let answer = session.call(
        "simulate",
        json!({"who": {"kind": "member", "member": session.member("ci-deployer")},
               "what": {"kind": "operation", "operation": "secret.read-value"},
               "place": place("dev", &Value::Null),
               "when": {"kind": "at", "instant": "2001-01-01T00:00:00Z"},
               "semantics": null, "unsaved": {"roleDrafts": false, "privilege": null}}),
    );
    assert_eq!(fields(&answer["remarks"]), ["when"]);
}

#[test]
fn the_order_of_an_older_server_can_be_asked_about() {
    let session = Session::on_sample();
    let rules = r#"[{"subject": "secrets", "action": "readValue", "inverted": true},
                    {"subject": "secrets", "action": "readValue"}]"#;
    let mut outcomes = Vec::new();
    for semantics in ["forbid-wins", "last-match"] {
        let answer = session.call(
            "simulate",
            json!({"who": {"kind": "rules", "rules": rules, "folderRules": null},
                   "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
                   "place": place("dev", &Value::Null), "when": {"kind": "now"},
                   "semantics": semantics, "unsaved": {"roleDrafts": false, "privilege": null}}),
        );
        assert_eq!(answer["semantics"], semantics);
        outcomes.push(answer["outcome"].clone());
    }
    assert_eq!(outcomes, ["denied", "allowed"]);
}

#[test]
fn policies_that_are_not_saved_yet_count_when_asked_to() {
    let session = Session::on_sample();
    let ask = |privilege: Value| {
        session.call(
            "simulate",
            json!({"who": {"kind": "rules", "rules": "[]", "folderRules": null},
                   "what": {"kind": "operation", "operation": "secret.read-value"},
                   "place": place("prod", &json!("A")), "when": {"kind": "now"},
                   "semantics": null, "unsaved": {"roleDrafts": false, "privilege": privilege}}),
        )["outcome"]
            .clone()
    };
    assert_eq!(ask(Value::Null), "denied");
    let rules = r#"[{"subject": "secrets", "action": ["describeSecret", "readValue"]}]"#;
    assert_eq!(ask(json!(rules)), "allowed");
}

#[test]
fn the_palette_finds_the_best_match_first_whatever_kind_it_is() {
    let session = Session::on_sample();
    let found = session.call("find", json!({"text": "payments"}));
    let names: Vec<&Value> = found["members"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|hit| &hit["member"]["name"])
        .collect();
    assert_eq!(names.first(), Some(&&json!("payments")), "{names:?}");
    assert!(names.contains(&&json!("payments-worker")), "{names:?}");
}

#[test]
fn an_answer_that_depends_lists_its_cases_each_with_the_rule_that_decides() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let question = |place: Value| {
        json!({
            "who": {"kind": "member", "member": member},
            "what": {"kind": "operation", "operation": "secret.read-value"},
            "place": place, "when": {"kind": "now"}, "semantics": null,
            "unsaved": {"roleDrafts": false, "privilege": null},
        })
    };
    let open = json!({"environment": "dev", "secretPath": "/app", "secretName": null,
                      "secretTags": null});
    assert_eq!(
        session.call("simulate", question(open.clone()))["outcome"],
        "depends"
    );
    let found = session.call("answer_cases", question(open));
    assert_eq!(found["limits"], json!([]), "{found:#}");
    let lists = found["lists"].as_array().expect("lists");
    assert_eq!(lists.len(), 1, "{found:#}");
    let told: Vec<(&str, &str, &str)> = lists[0]["cases"]
        .as_array()
        .expect("cases")
        .iter()
        .map(|case| {
            (
                case["outcome"].as_str().expect("an outcome"),
                case["words"].as_str().expect("words"),
                case["deciding"]["source"]["slug"]
                    .as_str()
                    .expect("a source"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("allowed", "not tagged `root-key`", "deployer"),
            ("denied", "tagged `root-key`", "deployer"),
        ]
    );
    let filled = json!({"environment": "dev", "secretPath": "/app", "secretName": "A",
                        "secretTags": ["root-key"]});
    let none = session.call("answer_cases", question(filled));
    assert_eq!(none["lists"], json!([]), "nothing is open");
    let move_it = json!({
        "who": {"kind": "member", "member": member},
        "what": {"kind": "operation", "operation": "secret.move"},
        "place": {"environment": "dev", "secretPath": "/app", "secretName": "A",
                  "secretTags": null},
        "when": {"kind": "now"}, "semantics": null,
        "unsaved": {"roleDrafts": false, "privilege": null},
    });
    let answer = session.call("simulate", move_it.clone());
    let found = session.call("answer_cases", move_it);
    assert_eq!(
        answer["outcome"] == "depends",
        found["lists"]
            .as_array()
            .is_some_and(|lists| !lists.is_empty()),
        "{answer:#}\n{found:#}"
    );
}

/// Rules that a place parts, some of which stand in the way of others.
fn parted_by_place() -> Vec<Value> {
    let rule = |inverted: bool, conditions: Value| {
        let mut rule = json!({"subject": "secrets", "action": ["edit"], "inverted": inverted});
        if !conditions.is_null() {
            rule["conditions"] = conditions;
        }
        rule
    };
    let here = json!({"environment": "dev", "secretPath": "/a"});
    vec![
        rule(false, Value::Null),
        rule(false, json!({"environment": "dev"})),
        rule(false, here.clone()),
        rule(true, json!({"secretPath": "/a"})),
        rule(true, here),
        rule(
            false,
            json!({"secretPath": {"$glob": "/a*"}, "environment": "dev"}),
        ),
    ]
}

#[test]
fn an_answer_that_depends_on_nothing_is_the_same_wherever_it_is_asked() {
    let session = Session::on_sample();
    let pool = parted_by_place();
    let edit = json!({"kind": "action", "subject": "secrets", "action": "edit"});
    let (mut whole, mut depends) = (0, 0);
    for at in 0..pool.len().pow(3) {
        let list: Vec<&Value> = [0, 1, 2]
            .map(|digit| &pool[at / pool.len().pow(digit) % pool.len()])
            .to_vec();
        for (rules, appended) in [(list.as_slice(), [].as_slice()), (&list[..1], &list[1..])] {
            let ask = |place: Value| {
                let answer = session.call(
                    "simulate",
                    json!({
                        "who": {"kind": "rules", "rules": json!(rules).to_string(),
                                "folderRules": json!(appended).to_string()},
                        "what": edit, "place": place, "when": {"kind": "now"},
                        "semantics": "forbid-wins",
                        "unsaved": {"roleDrafts": false, "privilege": null},
                    }),
                );
                answer["outcome"].clone()
            };
            let open = ask(json!({"secretName": "KEY"}));
            if open == "depends" {
                depends += 1;
                continue;
            }
            whole += 1;
            for environment in ["dev", "prod"] {
                for path in ["/a", "/ab", "/b"] {
                    let place = json!({"environment": environment, "secretPath": path,
                                       "secretName": "KEY"});
                    assert_eq!(
                        ask(place),
                        open,
                        "{rules:?} {appended:?} {environment}:{path}"
                    );
                }
            }
        }
    }
    assert!(whole > 100 && depends > 100, "{whole} {depends}");
}
