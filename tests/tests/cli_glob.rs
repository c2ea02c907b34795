//! `reeve glob`, on everything the server's library answered, and one by one.

use reeve_tests::cli::{code_and_text, reeve, stream};
use serde_json::{Value, json};

#[test]
fn patterns_are_matched_as_the_library_does() {
    let text = include_str!("../vectors/glob-vectors.jsonl");
    let answers = stream(&["glob", "--batch", "-"], text.as_bytes());
    assert_eq!(answers.len(), 5000);
    for (line, answer) in text.split('\n').zip(&answers) {
        let case: Value = serde_json::from_str(line).unwrap();
        assert_eq!(*answer, json!({"match": case["match"]}), "{line}");
    }
}

#[test]
fn the_exit_code_is_the_answer() {
    let ask = |arguments: &[&str]| code_and_text(&reeve(arguments));
    let (code, text) = ask(&["glob", "/app/**", "/app", "/app/x"]);
    assert_eq!(
        (code, text.as_str()),
        (Some(0), "match     /app\nmatch     /app/x\n")
    );
    let (code, text) = ask(&["glob", "/app/*/**", "/app/x", "/app/x/y"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("no match  /app/x\n"), "{text}");
    assert!(text.contains("note: "), "the surprise is told: {text}");
    assert_eq!(
        ask(&["glob", "constructor", "x"]).0,
        Some(2),
        "the server fails on it"
    );
    assert_eq!(ask(&["glob", "/app"]).0, Some(2));
}

#[test]
fn what_is_missing_in_a_line_is_named() {
    let input = "{\"pattern\":\"*\"}\n{\"path\":\"a\"}\n{\"pattern\":1,\"path\":\"a\"}\n{\"pattern\":\"a\",\"path\":\"a\",\"class\":\"x\"}\n";
    assert_eq!(
        stream(&["glob", "--batch"], input.as_bytes()),
        [
            json!({"error": "`path` is missing"}),
            json!({"error": "`pattern` is missing"}),
            json!({"error": "`pattern` is not a text"}),
            json!({"match": true}),
        ]
    );
}
