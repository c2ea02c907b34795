//! The decisions with known answers, asked as the window asks: verdict and sentence agree.

use std::collections::BTreeMap;

use reeve_tests::session::Session;
use serde_json::{Map, Value, json};

/// The case as a question of the simulator. Where a template is about an actor without a value for
/// it, `nobody` has the rules: a member without any other access, of whom nothing is known.
fn question(case: &Value, nobody: &str) -> Value {
    let own = match case.get("ruleSets") {
        Some(sets) => sets
            .as_array()
            .expect("sets are a list")
            .iter()
            .flat_map(|set| set.as_array().expect("a set is a list").clone())
            .collect(),
        None => case["rules"].as_array().expect("rules are a list").clone(),
    };
    let semantics = match case.get("mode").and_then(Value::as_str) {
        Some("legacy-order") => "last-match",
        _ => "forbid-wins",
    };
    let rules = Value::from(own).to_string();
    let is_about_an_actor = rules.contains("{{");
    let who = if is_about_an_actor {
        json!({"kind": "member", "member": nobody})
    } else {
        json!({"kind": "rules", "rules": rules,
               "folderRules": case.get("appended").map(Value::to_string)})
    };
    json!({
        "who": who,
        "what": what(&case["check"]),
        "place": place(&case["check"]["fields"]),
        "when": {"kind": "now"},
        "semantics": semantics,
        "unsaved": {"roleDrafts": false, "privilege": is_about_an_actor.then_some(rules)},
    })
}

/// Where the legacy action will do as well, the question is about an operation that makes just this
/// check.
fn what(check: &Value) -> Value {
    let (subject, action) = (&check["subject"], &check["action"]);
    if check.get("helper").is_none() {
        return json!({"kind": "action", "subject": subject, "action": action});
    }
    let operation = match (action.as_str(), check["fields"].is_null()) {
        (Some("describeSecret"), true) => "secret.list",
        (Some("describeSecret"), false) => "secret.describe",
        (Some("readValue"), false) => "secret.read-value-by-id",
        _ => panic!("no operation makes just this check: {check}"),
    };
    json!({"kind": "operation", "operation": operation})
}

fn place(fields: &Value) -> Value {
    let mut place = Map::new();
    let mut others = Vec::new();
    for (name, value) in fields.as_object().into_iter().flatten() {
        match name.as_str() {
            "environment" | "secretPath" | "secretName" | "secretTags" => {
                place.insert(name.clone(), value.clone());
            }
            "metadata" => {
                let pairs = value.as_array().expect("metadata is a list");
                let pairs: Vec<Value> = pairs
                    .iter()
                    .map(|pair| json!([pair["key"], pair["value"]]))
                    .collect();
                place.insert(name.clone(), pairs.into());
            }
            _ => others.push(json!([name, value])),
        }
    }
    place.insert("others".into(), others.into());
    place.insert("nothingElse".into(), true.into());
    Value::Object(place)
}

/// The sentence of an answer as one text, with code in backticks.
fn sentence(answer: &Value) -> String {
    let parts = answer["sentence"].as_array().expect("a sentence has parts");
    parts
        .iter()
        .map(|part| {
            let text = part["text"].as_str().expect("no sentence names an instant");
            match part["kind"].as_str() {
                Some("code") => format!("`{text}`"),
                Some("source") => {
                    let article = part["article"].as_str().expect("an article, if only empty");
                    format!("{article} {text}").trim().to_owned()
                }
                _ => text.to_owned(),
            }
        })
        .collect()
}

/// The sentence of each case, by its id.
fn sentences() -> BTreeMap<&'static str, &'static str> {
    include_str!("../cases/decision-sentences.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("an id, then the sentence"))
        .collect()
}

#[test]
fn every_case_has_its_verdict_and_its_sentence_in_the_simulator() {
    let session = Session::on_sample();
    let nobody = session.member("legacy-billing-job");
    let file: Value = serde_json::from_str(include_str!("../vectors/decision-cases.json"))
        .expect("the cases are JSON");
    let cases = file["cases"].as_array().expect("cases are a list");
    let sentences = sentences();
    assert_eq!((cases.len(), sentences.len()), (97, 97));
    for case in cases {
        let answer = session.call("simulate", question(case, &nobody));
        assert_eq!(answer["kind"], "decided", "{case:#}\n{answer:#}");
        let (outcome, headline) = match &case["expect"] {
            Value::Bool(true) => ("allowed", "Allowed"),
            Value::Bool(false) => ("denied", "Denied"),
            _ => ("serverError", "The server would answer with an error"),
        };
        assert_eq!(answer["outcome"], outcome, "{case:#}\n{answer:#}");
        assert_eq!(answer["headline"], headline, "{case:#}");
        let id = case["id"].as_str().expect("a case has an id");
        assert_eq!(
            Some(sentence(&answer).as_str()),
            sentences.get(id).copied(),
            "{case:#}"
        );
    }
}
