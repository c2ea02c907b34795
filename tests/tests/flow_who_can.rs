//! Who can: the answer for everybody agrees with the simulator's for each.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn ask(session: &Session, what: &Value, place: &Value, show: &str) -> Value {
    session.call(
        "who_can",
        json!({"what": what, "place": place, "at": null, "semantics": null, "show": show,
               "source": null, "search": "", "offset": 0, "limit": 500}),
    )
}

fn place(environment: &str, path: &str) -> Value {
    json!({"environment": environment, "secretPath": path, "secretName": "A_KEY",
           "secretTags": ["pci"]})
}

#[test]
fn everybody_has_the_answer_that_the_simulator_gives_for_them() {
    let session = Session::on_sample();
    let questions = [
        (
            json!({"kind": "operation", "operation": "secret.read-value"}),
            place("prod", "/payments"),
        ),
        (
            json!({"kind": "operation", "operation": "secret.read-value"}),
            place("dev", "/app/api"),
        ),
        (
            json!({"kind": "operation", "operation": "secret.edit"}),
            place("staging", "/app"),
        ),
        (
            json!({"kind": "action", "subject": "secrets", "action": "delete"}),
            place("prod", "/"),
        ),
        (
            json!({"kind": "action", "subject": "member", "action": "edit"}),
            json!({}),
        ),
        (
            json!({"kind": "operation", "operation": "secret.read-value"}),
            json!({"environment": "prod", "secretPath": "/payments/eu"}),
        ),
    ];
    for (what, place) in questions {
        let answer = ask(&session, &what, &place, "all");
        let rows = answer["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), 85, "everybody who can act has an answer");
        assert_eq!(answer["total"], 85);
        for row in rows {
            let who = json!({"kind": "member", "member": row["member"]["id"]});
            let alone = session.simulate(&who, &what, &place);
            assert_eq!(row["outcome"], alone["outcome"], "{row:#}\n{what} {place}");
            if row["outcome"] != "denied" && row["outcome"] != "depends" {
                assert_eq!(row["until"], alone["changes"]["at"], "{row:#}");
            }
        }
        let of = |outcomes: &[&str]| {
            let has = |row: &&Value| outcomes.contains(&row["outcome"].as_str().unwrap_or(""));
            rows.iter().filter(has).count()
        };
        assert_eq!(answer["allowed"], of(&["allowed"]));
        assert_eq!(answer["denied"], of(&["denied"]));
        assert_eq!(answer["open"], of(&["depends", "serverError", "unknown"]));
    }
}

#[test]
fn the_source_of_each_answer_is_the_members_own() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let place = place("dev", "/app/api");
    let answer = ask(&session, &what, &place, "allowed");
    for row in answer["rows"].as_array().expect("rows") {
        let sources: Vec<&Value> = row["sources"]
            .as_array()
            .expect("sources")
            .iter()
            .map(|source| &source["id"])
            .collect();
        assert!(!sources.is_empty(), "{row:#}");
        let who = json!({"kind": "member", "member": row["member"]["id"]});
        let alone = session.simulate(&who, &what, &place);
        let decided: Vec<&Value> = alone["checks"]
            .as_array()
            .expect("checks")
            .iter()
            .flat_map(|check| check["candidates"].as_array().expect("candidates"))
            .filter(|candidate| candidate["fate"] == "decided")
            .map(|candidate| &candidate["source"]["id"])
            .collect();
        for source in sources {
            assert!(decided.contains(&source), "{row:#}\n{decided:?}");
        }
    }
}

#[test]
fn who_may_for_good_comes_before_who_may_for_a_while() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let answer = ask(&session, &what, &place("prod", "/payments"), "allowed");
    let rows = answer["rows"].as_array().expect("rows");
    assert!(rows.iter().any(|row| !row["until"].is_null()), "{answer:#}");
    let key = |row: &Value| {
        let until = row["until"].as_str().unwrap_or("9").to_owned();
        (until, row["reach"].as_u64())
    };
    for pair in rows.windows(2) {
        assert!(key(&pair[0]) >= key(&pair[1]), "{pair:#?}");
    }
}

#[test]
fn the_answer_can_be_narrowed_to_one_source_and_one_name() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let answer = ask(&session, &what, &place("dev", "/app/api"), "allowed");
    let source = &answer["sources"][0];
    let narrow = |source: &Value, search: &str| {
        session.call(
            "who_can",
            json!({"what": what, "place": place("dev", "/app/api"), "at": null,
                   "semantics": null, "show": "allowed", "source": source, "search": search,
                   "offset": 0, "limit": 1}),
        )
    };
    let by_source = narrow(&source["key"], "");
    assert_eq!(by_source["total"], source["members"]);
    assert_eq!(by_source["rows"].as_array().map(Vec::len), Some(1));
    let name = by_source["rows"][0]["member"]["name"].clone();
    let by_name = narrow(&Value::Null, name.as_str().unwrap_or_default());
    assert_eq!(by_name["rows"][0]["member"]["name"], name);
}

#[test]
fn a_bad_path_is_refused_for_everybody_at_once() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let answer = ask(&session, &what, &place("dev", "app/"), "all");
    assert_eq!(answer["problems"][0]["field"], "secretPath");
    assert_eq!(answer["total"], 0);
}
