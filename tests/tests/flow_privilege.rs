//! The main job through the commands of the window, over a real file: grant, simulate, wait,
//! restart, undo.

use reeve_api::dto::common::Topic;
use reeve_api::error::ErrorCode;
use reeve_tests::session::Session;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

fn draft(member: &str) -> Value {
    json!({
        "member": member,
        "slug": "Payments-Incident",
        "duration": {"kind": "timed", "range": "1h"},
        "policies": [{
            "subject": "secrets",
            "actions": ["describeSecret", "readValue"],
            "inverted": false,
            "conditions": [
                {"property": "environment", "operator": "$eq", "values": ["prod"]},
                {"property": "secretPath", "operator": "$glob", "values": ["/payments/**"]},
            ],
        }],
        "reason": "retries are stuck",
        "ticket": "INC-1",
    })
}

fn check(session: &Session, member: &str, when: &Value) -> Value {
    session.call(
        "simulate",
        json!({
            "who": {"kind": "member", "member": member},
            "what": {"kind": "action", "subject": "secrets", "action": "readValue"},
            "place": {"environment": "prod", "secretPath": "/payments/eu",
                      "secretName": "STRIPE_KEY", "secretTags": []},
            "when": when,
            "semantics": null,
            "unsaved": {"roleDrafts": false, "privilege": null},
        }),
    )
}

/// The words of a verdict's sentence.
fn words(answer: &Value) -> String {
    let parts = answer["sentence"]
        .as_array()
        .expect("a verdict has a sentence");
    parts
        .iter()
        .map(|part| part["text"].as_str().unwrap_or(" … "))
        .collect()
}

fn slugs(session: &Session, member: &str) -> Vec<String> {
    let detail = session.call("member_detail", json!({"member": member}));
    let privileges = detail["privileges"].as_array().expect("a list");
    privileges
        .iter()
        .map(|privilege| privilege["slug"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_timed_privilege_opens_what_it_says_until_it_ends_and_survives_a_restart() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    assert_eq!(
        check(&session, &member, &json!({"kind": "now"}))["outcome"],
        "denied"
    );

    session.heard();
    let attached = session.call("attach_privilege", draft(&member));
    assert_eq!(attached["outcome"], "attached");
    assert_eq!(attached["privilege"]["slug"], "payments-incident");
    assert!(session.heard().contains(&Topic::Privileges));

    let now = check(&session, &member, &json!({"kind": "now"}));
    assert_eq!(now["outcome"], "allowed");
    assert!(words(&now).contains("payments-incident"), "{}", words(&now));
    assert_eq!(now["changes"]["outcome"], "denied");
    assert_eq!(
        now["changes"]["at"],
        attached["privilege"]["standing"]["end"]
    );

    let after = check(&session, &member, &json!({"kind": "afterTimed"}));
    assert_eq!(after["outcome"], "denied");
    assert!(words(&after).contains("ended"), "{}", words(&after));
    assert!(
        words(&after).contains("payments-incident"),
        "{}",
        words(&after)
    );

    let session = session.restart();
    assert_eq!(
        check(&session, &member, &json!({"kind": "now"}))["outcome"],
        "allowed"
    );
    session.clock.shift(HOUR);
    assert_eq!(
        check(&session, &member, &json!({"kind": "now"}))["outcome"],
        "denied"
    );

    let history = session.call(
        "history",
        json!({"member": member, "before": null, "limit": 10}),
    );
    assert_eq!(history["entries"][0]["deed"], "privilege.attach");
    assert_eq!(history["entries"][0]["reason"], "retries are stuck");
    assert_eq!(history["entries"][0]["before"], Value::Null);
}

#[test]
fn removing_and_undoing_are_entries_of_their_own_and_bring_back_the_same_privilege() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let attached = session.call("attach_privilege", draft(&member));
    let id = attached["privilege"]["id"].clone();

    let removed = session.call("remove_privilege", json!({"privilege": id}));
    assert!(!slugs(&session, &member).contains(&"payments-incident".to_owned()));
    session.call("undo", json!({"history": removed["history"]}));
    let detail = session.call("member_detail", json!({"member": member}));
    let back = detail["privileges"]
        .as_array()
        .and_then(|all| all.iter().find(|privilege| privilege["id"] == id))
        .expect("the privilege is back under its id");
    assert_eq!(back, &attached["privilege"]);

    let again = session.fail("undo", json!({"history": removed["history"]}));
    assert_eq!(again.code, ErrorCode::Conflict);
    let history = session.call(
        "history",
        json!({"member": member, "before": null, "limit": 10}),
    );
    let deeds: Vec<_> = history["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| (entry["deed"].clone(), entry["undone"].clone()))
        .collect();
    assert_eq!(
        deeds,
        [
            (json!("privilege.attach"), json!(false)),
            (json!("privilege.remove"), json!(true)),
            (json!("privilege.attach"), json!(false)),
        ]
    );
}

#[test]
fn an_undo_is_refused_when_the_name_is_taken_meanwhile() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let attached = session.call("attach_privilege", draft(&member));
    let removed = session.call(
        "remove_privilege",
        json!({"privilege": attached["privilege"]["id"]}),
    );
    session.call("attach_privilege", draft(&member));
    let refused = session.fail("undo", json!({"history": removed["history"]}));
    assert_eq!(refused.code, ErrorCode::Conflict);
    assert!(
        refused.message.contains("payments-incident"),
        "{}",
        refused.message
    );
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_nothing_is_saved() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let before = slugs(&session, &member);
    let cases: &[(&str, Value, &str)] = &[
        ("/slug", json!("not a slug!"), "slug"),
        ("/slug", json!(""), "slug"),
        ("/slug", json!("a".repeat(61)), "slug"),
        (
            "/duration",
            json!({"kind": "timed", "range": "1h30m"}),
            "duration",
        ),
        (
            "/duration",
            json!({"kind": "timed", "range": "0"}),
            "duration",
        ),
        (
            "/duration",
            json!({"kind": "timed", "range": ""}),
            "duration",
        ),
        ("/policies", json!([]), "policies"),
        ("/policies/0/subject", json!("nonsense"), "policies.0"),
        ("/policies/0/actions", json!([]), "policies.0.actions"),
        ("/policies/0/actions", json!(["fly"]), "policies.0.actions"),
        (
            "/policies/0/actions",
            json!(["read", "readValue"]),
            "policies.0",
        ),
        (
            "/policies/0/conditions/0/property",
            json!("enviroment"),
            "policies.0.conditions.0.property",
        ),
        (
            "/policies/0/conditions/0/operator",
            json!("$regex"),
            "policies.0.conditions.0.operator",
        ),
        (
            "/policies/0/conditions/0/values",
            json!([""]),
            "policies.0.conditions.0.value",
        ),
        (
            "/policies/0/conditions/0/values",
            json!([]),
            "policies.0.conditions.0.value",
        ),
        (
            "/policies/0/conditions/1",
            json!({"property": "secretPath", "operator": "$eq", "values": ["payments"]}),
            "policies.0.conditions.1.value",
        ),
        (
            "/policies/0/conditions/1",
            json!({"property": "environment", "operator": "$eq", "values": ["dev"]}),
            "policies.0.conditions.1.operator",
        ),
        (
            "/policies/0",
            json!({"subject": "tags", "actions": ["read"], "inverted": true, "conditions": []}),
            "policies.0.inverted",
        ),
    ];
    for (pointer, value, field) in cases {
        let mut bad = draft(&member);
        *bad.pointer_mut(pointer).expect("the draft has the field") = value.clone();
        let preview = session.call("preview_privilege", bad.clone());
        let refused = session.call("attach_privilege", bad);
        assert_eq!(refused["outcome"], "refused", "{pointer} = {value}");
        let problem = &refused["problems"][0];
        assert_eq!(problem["field"], *field, "{pointer} = {value}: {problem}");
        assert!(
            problem["message"]
                .as_str()
                .is_some_and(|text| text.len() > 10)
        );
        assert_eq!(preview["problems"], refused["problems"]);
    }
    assert_eq!(slugs(&session, &member), before);
}

#[test]
fn the_same_name_is_refused_for_one_member_and_fine_for_another() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    session.call("attach_privilege", draft(&member));
    let refused = session.call("attach_privilege", draft(&member));
    assert_eq!(refused["problems"][0]["field"], "slug");
    let other = session.member("ci-deployer");
    assert_eq!(
        session.call("attach_privilege", draft(&other))["outcome"],
        "attached"
    );
}

#[test]
fn a_group_gets_no_privilege() {
    let session = Session::on_sample();
    let group = session.member("platform");
    let refused = session.call("attach_privilege", draft(&group));
    assert_eq!(refused["problems"][0]["field"], "member");
}

#[test]
fn a_preview_says_which_folders_a_glob_reaches() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let preview = session.call("preview_privilege", draft(&member));
    let reach = &preview["reaches"][0];
    assert_eq!(reach["field"], "policies.0.conditions.1");
    assert_eq!(reach["matching"], 7);
    assert_eq!(reach["nearMisses"], json!(["/payments-legacy"]));
    assert_eq!(preview["slug"], "payments-incident");
    assert_eq!(preview["warnings"], json!([]));
    assert_eq!(preview["problems"], json!([]));
}

#[test]
fn an_answer_that_looks_at_what_was_left_open_depends_on_it() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let mut tagged = draft(&member);
    tagged["policies"][0]["conditions"] =
        json!([{"property": "secretTags", "operator": "$in", "values": ["pci"]}]);
    session.call("attach_privilege", tagged);
    let ask = |tags: Value| {
        session.simulate(
            &json!({"kind": "member", "member": member}),
            &json!({"kind": "action", "subject": "secrets", "action": "readValue"}),
            &json!({"environment": "prod", "secretPath": "/payments", "secretName": null,
                    "secretTags": tags}),
        )
    };
    let open = ask(Value::Null);
    assert_eq!(open["outcome"], "depends");
    assert_eq!(open["dependsOn"], json!(["secretTags"]));
    assert_eq!(ask(json!(["pci"]))["outcome"], "allowed");
    assert_eq!(ask(json!([]))["outcome"], "denied");
}

#[test]
fn a_request_of_the_wrong_form_is_an_error_and_no_panic() {
    let session = Session::on_sample();
    assert_eq!(
        session.fail("no_such", json!({})).code,
        ErrorCode::BadRequest
    );
    assert_eq!(
        session.fail("member_detail", json!({"id": 1})).code,
        ErrorCode::BadRequest
    );
    assert_eq!(
        session
            .fail("member_detail", json!({"member": "nobody"}))
            .code,
        ErrorCode::NotFound
    );
}

#[test]
fn what_is_probably_not_meant_is_said_and_can_still_be_saved() {
    let session = Session::on_sample();
    let member = session.member("legacy-billing-job");
    let cases: &[(Value, &str)] = &[
        (
            json!({"property": "environment", "operator": "$eq", "values": ["prdo"]}),
            "prdo",
        ),
        (
            json!({"property": "secretPath", "operator": "$eq", "values": ["/payment"]}),
            "/payment",
        ),
        (
            json!({"property": "secretPath", "operator": "$glob", "values": ["payments/**"]}),
            "/payments/**",
        ),
        (
            json!({"property": "secretTags", "operator": "$in", "values": ["pci", "pcy"]}),
            "pcy",
        ),
    ];
    for (number, (condition, word)) in cases.iter().enumerate() {
        let mut doubtful = draft(&member);
        doubtful["slug"] = json!(format!("doubtful-{number}"));
        doubtful["policies"][0]["conditions"] = json!([condition]);
        let preview = session.call("preview_privilege", doubtful.clone());
        assert_eq!(preview["problems"], json!([]));
        let warning = &preview["warnings"][0];
        assert_eq!(warning["field"], "policies.0.conditions.0.value");
        let message = warning["message"].as_str().expect("a warning has words");
        assert!(message.contains(word), "{message}");
        assert_eq!(
            session.call("attach_privilege", doubtful)["outcome"],
            "attached"
        );
    }
}
