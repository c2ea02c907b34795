//! Tests of access in the workspace: saved from a check, asked again after every change.

use reeve_api::dto::common::Topic;
use reeve_tests::session::Session;
use serde_json::{Value, json};

fn question(session: &Session, name: &str) -> Value {
    json!({
        "who": {"kind": "member", "member": session.member(name)},
        "what": {"kind": "operation", "operation": "secret.read-value"},
        "place": {"environment": "prod", "secretPath": "/payments", "secretName": "A",
                  "secretTags": []},
        "when": {"kind": "now"}, "semantics": null,
        "unsaved": {"roleDrafts": false, "privilege": null},
    })
}

fn save(session: &Session, question: &Value, expect: &str) -> String {
    let answer = session.call(
        "save_test",
        json!({"name": "", "question": question, "expect": expect}),
    );
    answer["id"].as_str().expect("a test has an id").to_owned()
}

fn only(session: &Session) -> Value {
    let list = session.call("access_tests", json!({}));
    assert_eq!(list["tests"].as_array().map(Vec::len), Some(1), "{list:#}");
    list["tests"][0].clone()
}

#[test]
fn a_check_that_is_saved_fails_when_access_changes_and_passes_when_it_is_back() {
    let session = Session::on_sample();
    let member = session.member("ci-deployer");
    let asked = question(&session, "ci-deployer");
    let now = session.call("simulate", asked.clone());
    save(&session, &asked, now["outcome"].as_str().expect("a word"));
    session.heard();
    let test = only(&session);
    assert_eq!(test["passed"], true, "{test:#}");
    assert_eq!(test["who"], "ci-deployer");
    assert_eq!(test["question"]["who"], asked["who"]);

    let attached = session.call(
        "attach_privilege",
        json!({
            "member": member, "slug": "opens-it", "reason": "", "ticket": "",
            "duration": {"kind": "permanent"},
            "policies": [{"subject": "secrets", "actions": ["describeSecret", "readValue"],
                          "inverted": false, "conditions": []}],
        }),
    );
    let test = only(&session);
    assert_eq!(test["passed"], false, "{test:#}");
    assert_eq!(test["verdict"]["outcome"], "allowed");

    session.call("undo", json!({"history": attached["history"]}));
    assert_eq!(only(&session)["passed"], true);
}

#[test]
fn what_is_expected_can_be_changed_and_the_test_removed() {
    let session = Session::on_sample();
    let id = save(&session, &question(&session, "ci-deployer"), "unknown");
    assert_eq!(only(&session)["passed"], false);
    let outcome = only(&session)["verdict"]["outcome"].clone();
    session.heard();
    session.call("expect_of_test", json!({"id": id, "expect": outcome}));
    assert_eq!(session.heard(), [Topic::Tests]);
    assert_eq!(only(&session)["passed"], true);
    session.call("remove_test", json!({"id": id}));
    assert_eq!(session.call("access_tests", json!({}))["tests"], json!([]));
}

#[test]
fn tests_go_to_a_file_and_come_back_the_same() {
    let session = Session::on_sample();
    save(&session, &question(&session, "ci-deployer"), "denied");
    let text = session.call("export_tests", json!({}))["text"].clone();
    let other = Session::on_sample();
    let added = other.call("import_tests", json!({"text": text}));
    assert_eq!(added, json!({"added": 1, "problem": null}));
    assert_eq!(other.call("export_tests", json!({}))["text"], text);
    let refused = other.call("import_tests", json!({"text": "tests: [{}]"}));
    assert_eq!(refused["added"], 0);
    assert_eq!(refused["problem"], "tests.0.who: this is missing");
}

#[test]
fn a_test_about_somebody_who_is_gone_says_so() {
    let session = Session::on_sample();
    let written = "tests: [{who: nobody-here, what: secret.list, expect: denied}]";
    session.call("import_tests", json!({"text": written}));
    let test = only(&session);
    assert_eq!(test["passed"], false);
    assert_eq!(test["problem"], "there is no member `nobody-here`");
    assert_eq!(test["question"], Value::Null);
}

#[test]
fn what_a_batch_asks_badly_is_explained_line_by_line_and_never_another_question() {
    let session = Session::on_sample();
    let text = "who,what,environment,path,name,tags,at\n\
                ci-deployer,secret.read-value,prod,payments,A,-,\n\
                ci-deployer,secret.read-value,prod,/payments/../app,A,-,\n\
                ci-deployer,secret.read-value,prod,/payments//eu,A,-,\n\
                ci-deployer,secret.read-value,prod,/payments/,A,-,\n\
                nobody-here,secret.read-value,prod,/payments,A,-,\n\
                ci-deployer,secret.read-value,prod,/payments,A,-,yesterday\n\
                ci-deployer,secret.read-value,qa,/payments,A,-,\n\
                ci-deployer,secret.read-value,prod,/payments,A,nope,\n\
                ci-deployer,secret.read-value,prod,/payments,A*,-,\n\
                ci-deployer,secret.read-value,prod,/payments,A,-,2020-01-01T00:00:00Z\n";
    let answer = session.call("simulate_batch", json!({"text": text}));
    let rows = answer["rows"].as_array().expect("rows");
    let refused = [
        "begins with `/`",
        "no `.` or `..`",
        "no empty part",
        "no `/` at its end",
        "no member `nobody-here`",
        "at: ",
    ];
    for (row, says) in rows.iter().zip(refused) {
        assert_eq!(row["outcome"], Value::Null, "{row:#}");
        let problem = row["problem"].as_str().expect("a problem");
        assert!(problem.contains(says), "{problem}");
    }
    let remarked = [
        "no environment of this project",
        "no tag of this project",
        "not as a pattern",
        "this instant is past",
    ];
    let rest = rows.get(refused.len()..).expect("more rows");
    assert_eq!(rest.len(), remarked.len());
    for (row, says) in rest.iter().zip(remarked) {
        assert_ne!(row["outcome"], Value::Null, "{row:#}");
        let remark = row["remarks"][0].as_str().expect("a remark").to_lowercase();
        assert!(remark.contains(says), "{remark}");
    }
}
