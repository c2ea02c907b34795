//! `reeve boundary`, on everything the server answered, and on files.

use std::io::Write as _;

use reeve_tests::cli::{code_and_text, reeve, stream};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

#[test]
fn grants_are_bounded_as_by_the_server() {
    let text = include_str!("../vectors/boundary-vectors.jsonl");
    let answers = stream(&["boundary", "--batch"], text.as_bytes());
    assert_eq!(answers.len(), 500);
    for (line, answer) in text.lines().zip(&answers) {
        let case: Value = serde_json::from_str(line).unwrap();
        let expected = json!({
            "isValid": case["isValid"],
            "missingPermissions": case["missingPermissions"],
        });
        assert_eq!(answer.to_string(), expected.to_string(), "{line}");
    }
}

#[test]
fn what_is_missing_or_unusual_in_a_line_is_named() {
    let input = [
        json!({"parent": []}),
        json!({"parent": [], "subset": {}}),
        json!({"parent": [], "subset": [{"action": "read"}]}),
        json!({"parent": [], "subset": [], "id": 7}),
    ];
    let input: Vec<String> = input.iter().map(Value::to_string).collect();
    assert_eq!(
        stream(&["boundary", "--batch", "-"], input.join("\r\n").as_bytes()),
        [
            json!({"error": "`subset` is missing"}),
            json!({"error": "`subset` is not a list"}),
            json!({"error": "the server fails on a rule of unusual shape"}),
            json!({"isValid": true, "missingPermissions": []}),
        ]
    );
}

#[test]
fn files_are_compared_and_the_exit_code_is_the_answer() {
    let file = |text: &str| {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    };
    let all = file(r#"[{"subject": "secrets", "action": ["edit", "delete"]}]"#);
    let one = file(r#"[{"subject": "secrets", "action": "edit"}]"#);
    let ask = |parent: &NamedTempFile, subset: &NamedTempFile| {
        let path = |file: &NamedTempFile| file.path().to_str().unwrap().to_owned();
        let (parent, subset) = (path(parent), path(subset));
        code_and_text(&reeve(&[
            "boundary", "--parent", &parent, "--subset", &subset,
        ]))
    };
    assert_eq!(ask(&all, &one), (Some(0), "may be handed out\n".to_owned()));
    let refused = "may not be handed out: `delete` on `secrets`\n".to_owned();
    assert_eq!(ask(&one, &all), (Some(1), refused));
}
