//! Whatever comes in, every line gets one answer and the stream goes on.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use reeve_tests::cli::{program, stream};
use serde_json::{Value, json};

const COMMANDS: [&str; 4] = ["check", "glob", "validate", "boundary"];

#[test]
fn broken_lines_get_errors_of_their_own() {
    let deep = "[".repeat(100_000);
    let lines: [&[u8]; 12] = [
        b"",
        b"   ",
        b"{",
        b"null",
        b"[]",
        b"\"text\"",
        b"{\"pattern\":\"a\",\"path\":\"\xff\"}",
        b"\xfe\xff\x00{",
        b"{\"pattern\":\"\\ud800\",\"path\":\"a\"}",
        b"{}{}",
        deep.as_bytes(),
        b"\x00",
    ];
    let mut input = lines.join(&b"\r\n"[..]);
    input.extend_from_slice(b"\n{\"pattern\":\"a\",\"path\":\"a\"}");
    for command in COMMANDS {
        let answers = stream(&[command, "--batch", "-"], &input);
        assert_eq!(answers.len(), lines.len() + 1, "{command}");
        for (line, answer) in lines.iter().zip(&answers) {
            let line = String::from_utf8_lossy(line);
            assert!(
                answer["error"].is_string(),
                "{command}: {answer} to {line:.80}"
            );
        }
    }
    let answers = stream(&["glob", "--batch", "-"], &input);
    assert_eq!(answers.last(), Some(&json!({"match": true})));
}

#[test]
fn an_empty_stream_has_no_answers() {
    for command in COMMANDS {
        assert!(stream(&[command, "--batch"], b"").is_empty());
    }
}

#[test]
fn a_line_of_many_megabytes_is_answered() {
    let value = "x".repeat(8 << 20);
    let question = json!({"pattern": "/**", "path": format!("/{value}")});
    let rules: Vec<Value> = (0..20_000)
        .map(|at| json!({"subject": "secrets", "action": ["edit"], "conditions": {"secretName": format!("N{at}")}}))
        .collect();
    let asked = json!({"rules": rules, "action": "edit", "subject": "secrets", "attributes": {"secretName": "N7"}});
    let glob = stream(&["glob", "--batch"], question.to_string().as_bytes());
    assert_eq!(glob, [json!({"match": true})]);
    let check = stream(&["check", "--batch"], asked.to_string().as_bytes());
    assert_eq!(check, [json!({"allowed": true})]);
}

#[test]
fn an_answer_comes_before_the_next_question_is_asked() {
    let mut child = Command::new(program())
        .args(["glob", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (path, expected) in [("/a/b", "{\"match\":true}"), ("b", "{\"match\":false}")] {
        writeln!(questions, "{}", json!({"pattern": "/a/*", "path": path})).unwrap();
        questions.flush().unwrap();
        assert_eq!(answers.next().unwrap().unwrap(), expected);
    }
    drop(questions);
    assert!(answers.next().is_none());
    assert!(child.wait().unwrap().success());
}

#[test]
fn whoever_stops_reading_is_not_told_off() {
    let mut child = Command::new(program())
        .args(["glob", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut questions = child.stdin.take().unwrap();
    let question = json!({"pattern": "a", "path": "a"}).to_string() + "\n";
    // Writing fails once the program has ended.
    while questions
        .write_all(question.repeat(1000).as_bytes())
        .is_ok()
    {}
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_stop_a_stream(lines in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 1..200)) {
        let lines: Vec<Vec<u8>> = lines
            .into_iter()
            .map(|line| line.into_iter().filter(|byte| *byte != b'\n').collect())
            .collect();
        let mut input = lines.join(&b'\n');
        input.push(b'\n');
        for command in COMMANDS {
            assert_eq!(stream(&[command, "--batch"], &input).len(), lines.len());
        }
    }
}
