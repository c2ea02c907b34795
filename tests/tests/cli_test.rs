//! `reeve test`: files of tests and its exit codes.

use std::fs;
use std::path::Path;

use reeve_tests::cli::reeve;
use tempfile::TempDir;

const RULES: &str = r#"{"slug": "payments", "permissions": [
    {"subject": "secrets", "action": ["describeSecret", "readValue"],
     "conditions": {"secretPath": {"$glob": "/payments/**"}}}]}"#;

/// A folder with rules and one file of tests with this text.
fn folder(tests: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder can be made");
    fs::write(folder.path().join("payments.json"), RULES).expect("a file can be written");
    fs::write(folder.path().join("a.reeve.yaml"), tests).expect("a file can be written");
    folder
}

fn run(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let file = folder.join("a.reeve.yaml");
    let mut arguments = vec!["test", file.to_str().expect("a path")];
    arguments.extend(more);
    let output = reeve(&arguments);
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn tests_about_rules_beside_them_need_no_workspace() {
    let folder = folder(
        "tests:
  - {who: {rules: payments.json}, what: 'secrets:readValue', where: 'prod:/payments/eu', expect: allowed}
  - {who: {rules: payments.json}, what: secret.read-value, where: 'prod:/app', expect: denied}",
    );
    let (code, output, _) = run(folder.path(), &[]);
    assert_eq!(code, Some(0), "{output}");
    assert_eq!(output, "2 passed, 0 failed\n");
}

#[test]
fn a_test_that_fails_says_what_is_so_and_why() {
    let folder = folder(
        "tests:
  - name: nobody reads payments
    who: {rules: payments.json}
    what: secrets:readValue
    where: prod:/payments/eu
    expect: denied",
    );
    let (code, output, _) = run(folder.path(), &[]);
    assert_eq!(code, Some(1), "{output}");
    assert!(output.contains("nobody reads payments"), "{output}");
    assert!(
        output.contains("expected denied, but it is allowed"),
        "{output}"
    );
    let (code, output, _) = run(folder.path(), &["--json"]);
    assert_eq!(code, Some(1));
    let list: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    assert_eq!(list[0]["answer"], "allowed");
}

#[test]
fn what_cannot_be_asked_or_read_ends_with_two() {
    let about_a_member = folder("tests: [{who: ana, what: secret.list, expect: denied}]");
    let (code, output, _) = run(about_a_member.path(), &[]);
    assert_eq!(code, Some(2), "{output}");
    assert!(output.contains("a workspace is needed"), "{output}");

    let no_tests = folder("tests: [{who: ana, what: secret.list, expected: denied}]");
    let (code, _, complaint) = run(no_tests.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("tests.0.expected"), "{complaint}");

    let no_rules = folder("tests: [{who: {rules: b.json}, what: 'a:b', expect: denied}]");
    let (code, _, complaint) = run(no_rules.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(complaint.contains("b.json"), "{complaint}");
}
