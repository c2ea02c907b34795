//! `reeve validate`, on everything the server answered, and for people.

use reeve_tests::cli::{code_and_text, run, stream};
use serde_json::{Value, json};

#[test]
fn lists_are_taken_and_refused_as_by_the_server() {
    let text = include_str!("../vectors/schema-vectors.jsonl");
    let answers = stream(&["validate", "--batch"], text.as_bytes());
    assert_eq!(answers.len(), 400);
    for (line, answer) in text.lines().zip(&answers) {
        let case: Value = serde_json::from_str(line).unwrap();
        let issues: Vec<Value> = case["issues"]
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| json!({"path": issue["path"], "message": issue["message"]}))
            .collect();
        let expected = json!({"ok": case["ok"], "stored": case["stored"], "issues": issues});
        assert_eq!(answer.to_string(), expected.to_string(), "{line}");
    }
}

#[track_caller]
fn says(rules: &str, more: &[&str], code: i32, expected: &str) {
    let arguments: Vec<&str> = ["validate", "-"].iter().chain(more).copied().collect();
    let output = run(&arguments, rules.as_bytes());
    let (got, text) = code_and_text(&output);
    assert_eq!(got, Some(code), "{text}");
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_finding_names_the_place_and_the_remedy() {
    says(
        r#"[{"subject": "tags", "action": "read"}]"#,
        &[],
        0,
        "-: nothing to say",
    );
    says(
        r#"{"slug": "x", "permissions": [{"subject": "secrets", "action": "edit", "conditions": {"enviroment": "dev"}}]}"#,
        &[],
        1,
        "dangerous: rule 1, conditions.enviroment: ",
    );
    says(
        r#"[{"subject": "secrets", "action": "edit", "conditions": {"secretTags": {"$in": ["a", ""]}}}]"#,
        &[],
        1,
        "refused: rule 1, conditions.secretTags.$in[1]: ",
    );
    says(
        r#"[{"subject": "secrets", "action": "edit", "conditions": {"secretPath": {"$glob": "/app"}}}]"#,
        &[],
        0,
        "write `/app/**`",
    );
}

#[test]
fn the_older_catalogue_can_be_asked() {
    let rules = r#"[{"subject": "cmek", "action": "decrypt", "inverted": true}]"#;
    says(rules, &[], 1, "dangerous: rule 1, inverted: ");
    says(rules, &["--catalogue", "seed"], 0, "nothing to say");
}

#[test]
fn json_lists_the_findings_of_each_file() {
    let rules = r#"[{"subject": "secret", "action": "edit"}]"#;
    let output = run(&["validate", "-", "--json"], rules.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json[0]["file"], "-");
    let finding = &json[0]["findings"][0];
    assert_eq!(finding["code"], "unknown-subject");
    assert_eq!(finding["path"], json!([0, "subject"]));
    assert_eq!(finding["remedy"], "did you mean `secrets`?");
}

#[test]
fn a_line_without_permissions_is_named_and_anything_but_a_list_is_refused() {
    let input = "{}\n{\"permissions\":\"x\"}\n";
    let issue = json!({"path": [], "message": "Expected array, received string"});
    assert_eq!(
        stream(&["validate", "--batch"], input.as_bytes()),
        [
            json!({"error": "`permissions` is missing"}),
            json!({"ok": false, "stored": [], "issues": [issue]}),
        ]
    );
}
