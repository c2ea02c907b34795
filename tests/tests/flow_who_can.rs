//! Who can: the answer for everybody agrees with the simulator's for each.

use reeve_tests::session::Session;
use serde_json::{Value, json};

fn ask(session: &Session, what: &Value, place: &Value, show: &str) -> Value {
    session.call(
        "who_can",
        json!({"what": what, "place": place, "at": null, "semantics": null, "show": show,
               "source": null, "search": "", "closed": [], "offset": 0, "limit": 500}),
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

/// The rows that stand under each section, cut out of all rows by how many each has.
fn by_section(answer: &Value) -> Vec<(Value, Vec<Value>)> {
    let mut rows = answer["rows"].as_array().expect("rows").iter().cloned();
    let sections = answer["sections"].as_array().expect("sections").iter();
    sections
        .map(|section| {
            let members = section["members"].as_u64().expect("a number");
            let members = usize::try_from(members).expect("few");
            (section.clone(), rows.by_ref().take(members).collect())
        })
        .collect()
}

#[test]
fn everybody_who_may_stands_once_under_the_role_that_decides() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let answer = ask(&session, &what, &place("dev", "/app/api"), "allowed");
    let sections = by_section(&answer);
    assert!(sections.len() > 2, "{sections:#?}");
    let all: usize = sections.iter().map(|(_, rows)| rows.len()).sum();
    assert_eq!(answer["allowed"], all);
    assert_eq!(answer["total"], all);
    for (section, rows) in &sections {
        for row in rows {
            let sources = row["sources"].as_array().expect("sources");
            let last = sources.last().expect("a source");
            if last["kind"] == "role" {
                let id = last["id"].as_str().expect("an id");
                assert_eq!(section["key"], format!("role:{id}"), "{row:#}");
                assert_eq!(section["name"], last["name"], "{row:#}");
            } else {
                assert_eq!(section["key"], "privilege", "{row:#}");
            }
        }
    }
    let sizes: Vec<usize> = sections.iter().map(|(_, rows)| rows.len()).collect();
    assert!(sizes.is_sorted_by(|one, next| one >= next), "{sizes:?}");
}

#[test]
fn a_closed_section_keeps_its_count_and_gives_up_its_rows() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let open = ask(&session, &what, &place("dev", "/app/api"), "allowed");
    let first = &open["sections"][0];
    let closed = session.call(
        "who_can",
        json!({"what": what, "place": place("dev", "/app/api"), "at": null, "semantics": null,
               "show": "allowed", "source": null, "search": "", "closed": [first["key"]],
               "offset": 0, "limit": 500}),
    );
    assert_eq!(closed["sections"][0]["members"], first["members"]);
    assert_eq!(closed["sections"][0]["closed"], true);
    let left = open["total"].as_u64().expect("a number") - first["members"].as_u64().expect("one");
    assert_eq!(closed["total"], left);
    let skipped = usize::try_from(first["members"].as_u64().expect("one")).expect("few");
    assert_eq!(closed["rows"][0], open["rows"][skipped]);
}

#[test]
fn under_each_role_who_may_for_good_comes_before_who_may_for_a_while() {
    let session = Session::on_sample();
    let what = json!({"kind": "operation", "operation": "secret.read-value"});
    let answer = ask(&session, &what, &place("prod", "/payments"), "allowed");
    let sections = by_section(&answer);
    let key = |row: &Value| {
        let until = row["until"].as_str().unwrap_or("9").to_owned();
        (until, row["reach"].as_u64())
    };
    let mut timed = 0;
    for (_, rows) in sections {
        timed += rows.iter().filter(|row| !row["until"].is_null()).count();
        for pair in rows.windows(2) {
            assert!(key(&pair[0]) >= key(&pair[1]), "{pair:#?}");
        }
    }
    assert!(timed > 0, "{answer:#}");
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
                   "closed": [], "offset": 0, "limit": 1}),
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
