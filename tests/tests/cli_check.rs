//! `reeve check`, on everything the server and its libraries answered, and one by one.

use std::fmt::Write as _;
use std::io::Read as _;

use flate2::read::GzDecoder;
use reeve_tests::cli::{code_and_text, reeve, run, stream};
use reeve_tests::session::Session;
use serde_json::{Value, json};

/// Answers all of `text` at once and compares with what each line says.
#[track_caller]
fn agrees(text: &str, lines: usize) {
    let answers = stream(&["check", "--batch", "-"], text.as_bytes());
    assert_eq!(answers.len(), lines);
    let mut wrong = String::new();
    for (line, answer) in text.lines().zip(&answers) {
        let case: Value = serde_json::from_str(line).unwrap();
        let right = if case.get("error").is_some() {
            answer["error"].is_string()
        } else {
            *answer == json!({"allowed": case["allowed"]})
        };
        if !right {
            writeln!(wrong, "{answer} to {line}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn bare_rules_are_answered_as_the_library_does() {
    agrees(include_str!("../vectors/casl-vectors.jsonl"), 3000);
}

#[test]
fn whole_actors_are_answered_as_the_server_does() {
    let packed = include_bytes!("../vectors/assembly-vectors.jsonl.gz");
    let mut text = String::new();
    GzDecoder::new(packed.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    agrees(&text, 5000);
}

/// A question on two rules of which the second takes back what the first gives.
fn question(more: &Value) -> Value {
    let mut question = json!({
        "rules": [
            {"subject": "secrets", "action": "edit", "inverted": true},
            {"subject": "secrets", "action": ["edit"]},
        ],
        "action": "edit", "subject": "secrets", "attributes": null,
    });
    for (key, value) in more.as_object().unwrap() {
        question[key] = value.clone();
    }
    question
}

#[track_caller]
fn answers(questions: &[Value], arguments: &[&str]) -> Vec<Value> {
    let mut input = String::new();
    for question in questions {
        writeln!(input, "{question}").unwrap();
    }
    let all: Vec<&str> = ["check", "--batch"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    stream(&all, input.as_bytes())
}

#[test]
fn the_profile_of_a_line_outweighs_that_of_the_command() {
    let questions = [
        question(&json!({})),
        question(&json!({"profile": "forbid-wins"})),
        question(&json!({"profile": "last-match", "x-note": [1, {"a": null}]})),
    ];
    let (yes, no) = (json!({"allowed": true}), json!({"allowed": false}));
    assert_eq!(
        answers(&questions, &[]),
        [yes.clone(), no.clone(), yes.clone()]
    );
    let forbid_wins = ["--profile", "forbid-wins"];
    assert_eq!(answers(&questions, &forbid_wins), [no.clone(), no, yes]);
}

#[test]
fn what_is_missing_or_odd_in_a_line_is_named() {
    let without = |key: &str| {
        let mut question = question(&json!({}));
        question.as_object_mut().unwrap().remove(key);
        question
    };
    let cases = [
        (without("action"), "`action` is missing"),
        (without("subject"), "`subject` is missing"),
        (without("attributes"), "`attributes` is missing"),
        (without("rules"), "the line has neither `rules` nor `actor`"),
        (question(&json!({"rules": {}})), "`rules` is not a list"),
        (question(&json!({"action": 5})), "`action` is not a text"),
        (
            question(&json!({"attributes": []})),
            "`attributes` is neither an object nor null",
        ),
        (
            question(&json!({"profile": "first-match"})),
            "`profile` is neither `forbid-wins` nor `last-match`",
        ),
        (
            json!({"actor": {}, "action": "a", "subject": "s", "attributes": {}}),
            "`now` is missing",
        ),
    ];
    let questions: Vec<Value> = cases.iter().map(|(question, _)| question.clone()).collect();
    let expected: Vec<Value> = cases
        .iter()
        .map(|(_, error)| json!({ "error": error }))
        .collect();
    assert_eq!(answers(&questions, &[]), expected);
}

/// A role with `end`, asked about at noon.
fn timed(end: &Value, now: &str) -> Value {
    json!({
        "roles": [{"slug": "viewer", "isTemporary": true, "temporaryAccessEndTime": end}],
        "privileges": [], "groups": [],
        "actor": {"type": "user", "id": "u", "username": "u@example.test", "metadata": {}},
        "now": now, "action": "readValue", "subject": "secrets", "attributes": null,
    })
}

#[test]
fn a_timed_role_ends_at_its_end_to_the_millisecond() {
    let end = json!("2026-03-01T12:00:00.000Z");
    let questions = [
        timed(&end, "2026-03-01T11:59:59.999Z"),
        timed(&end, "2026-03-01T12:00:00.000Z"),
        timed(&end, "2026-03-01T13:59:59.999+02:00"),
        timed(&json!(null), "2026-01-01T00:00:00Z"),
        timed(&json!("soon"), "2026-01-01T00:00:00Z"),
        timed(&end, "noon"),
    ];
    let (yes, no) = (json!({"allowed": true}), json!({"allowed": false}));
    let errors = [
        json!({"error": "`temporaryAccessEndTime` is not an instant: `soon`"}),
        json!({"error": "`now` is not an instant: `noon`"}),
    ];
    let [soon, noon] = errors;
    assert_eq!(
        answers(&questions, &[]),
        [yes.clone(), no.clone(), yes, no, soon, noon]
    );
}

const RULES: &str = r#"[
    {"subject": "secrets", "action": ["readValue"], "conditions": {"environment": "dev", "secretPath": {"$glob": "/app/**"}}},
    {"subject": "secrets", "action": "readValue", "inverted": true, "conditions": {"secretTags": {"$in": ["pii"]}}}
]"#;

#[track_caller]
fn single(arguments: &[&str], expected: i32) -> String {
    let all: Vec<&str> = [
        "check",
        "--rules",
        "-",
        "--action",
        "readValue",
        "--subject",
        "secrets",
    ]
    .iter()
    .chain(arguments)
    .copied()
    .collect();
    let output = run(&all, RULES.as_bytes());
    let (code, text) = code_and_text(&output);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(code, Some(expected), "{text}{complaint}");
    text
}

#[test]
fn the_exit_code_is_the_answer() {
    let place = ["--environment", "dev", "--path", "/app/db"];
    let with = |more: &[&'static str]| -> Vec<&'static str> {
        place.iter().chain(more).copied().collect()
    };
    assert!(single(&place, 0).starts_with("Allowed: "));
    single(&with(&["--no-tags"]), 0);
    assert!(single(&with(&["--tag", "x", "--tag", "pii"]), 1).starts_with("Denied: "));
    single(&["--environment", "prod", "--path", "/app"], 1);
    single(&[], 0);
    single(&["--attributes", "{}"], 1);
    single(&["--attributes", r#"{"environment": "dev"}"#], 2);
    single(&["--attributes", "[]"], 2);
    single(&["--attributes", "{"], 2);
    single(&["--profile", "sideways"], 2);
}

#[test]
fn the_explanation_shows_every_rule_and_the_values_compared() {
    let arguments = [
        "--environment",
        "dev",
        "--path",
        "/app",
        "--tag",
        "pii",
        "--explain",
    ];
    let text = single(&arguments, 1);
    assert!(
        text.contains(r#"secretTags $in ["pii"] holds (it is ["pii"])"#),
        "{text}"
    );
    assert!(text.contains("rule 1: applies (not reached)"), "{text}");
}

#[test]
fn json_says_yes_no_or_neither() {
    let allowed = |arguments: &[&str], code: i32| {
        let all: Vec<&str> = arguments.iter().chain(&["--json"]).copied().collect();
        let answer: Value = serde_json::from_str(&single(&all, code)).unwrap();
        (answer["allowed"].clone(), answer["outcome"].clone())
    };
    assert_eq!(allowed(&[], 0), (json!(true), json!("allowed")));
    assert_eq!(
        allowed(&["--attributes", "{}"], 1),
        (json!(false), json!("denied"))
    );
    let no_path = ["--attributes", r#"{"environment": "dev"}"#];
    assert_eq!(allowed(&no_path, 2), (Value::Null, json!("error")));
}

#[test]
fn a_wrong_command_line_or_file_ends_with_two() {
    for arguments in [
        &["check"][..],
        &["check", "--rules", "-"],
        &[
            "check",
            "--rules",
            "/no/such/file",
            "--action",
            "a",
            "--subject",
            "s",
        ],
        &["check", "--batch", "/no/such/file"],
        &["check", "--batch", "-", "--rules", "-"],
        &[
            "check",
            "--workspace",
            "/no/such/file",
            "--member",
            "m",
            "--action",
            "a",
            "--subject",
            "s",
        ],
        &["no-such-command"],
    ] {
        let output = reeve(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    let arguments = ["check", "--rules", "-", "--action", "a", "--subject", "s"];
    for text in ["", "{", "{}", "\"rules\"", "[1"] {
        assert_eq!(
            run(&arguments, text.as_bytes()).status.code(),
            Some(2),
            "{text}"
        );
    }
}

/// Where the open workspace is.
fn file_of(session: &Session) -> String {
    let status = session.call("workspace_status", json!({}));
    let file = status["path"]
        .as_str()
        .or_else(|| status["workspace"]["path"].as_str());
    file.unwrap_or_else(|| panic!("{status}")).to_owned()
}

#[test]
fn a_member_of_a_workspace_is_found_by_id_address_or_name() {
    let session = Session::on_sample();
    let file = &file_of(&session);
    let ask = |member: &str| {
        let output = reeve(&[
            "check",
            "--workspace",
            file,
            "--member",
            member,
            "--action",
            "describeSecret",
            "--subject",
            "secrets",
            "--environment",
            "dev",
            "--path",
            "/",
            "--json",
        ]);
        let (code, text) = code_and_text(&output);
        (
            code,
            text,
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, text, complaint) = ask("Alice Laurent");
    assert!(matches!(code, Some(0 | 1)), "{text}{complaint}");
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["allowed"], code == Some(0));
    let (code, _, complaint) = ask("Nobody At All");
    assert_eq!(code, Some(2));
    assert!(
        complaint.contains("there is no member `Nobody At All`"),
        "{complaint}"
    );
}

#[test]
fn what_could_not_be_seen_of_a_member_makes_the_answer_unknown() {
    let session = Session::on_sample();
    let file = &file_of(&session);
    let raw = rusqlite::Connection::open(file).unwrap();
    raw.execute(
        "UPDATE folder_grant SET tier = 'of tomorrow'
         WHERE member = (SELECT seq FROM member WHERE name = 'Samir Haddad')",
        [],
    )
    .unwrap();
    let ask = |member: &str| {
        let output = reeve(&[
            "check",
            "--workspace",
            file,
            "--member",
            member,
            "--action",
            "edit",
            "--subject",
            "secrets",
            "--environment",
            "prod",
            "--path",
            "/mobile",
            "--name",
            "KEY",
            "--no-tags",
            "--json",
        ]);
        let (code, text) = code_and_text(&output);
        let answer: Value = serde_json::from_str(&text).unwrap();
        (code, answer["outcome"].clone(), answer["decidedBy"].clone())
    };
    assert_eq!(
        ask("Samir Haddad"),
        (Some(2), json!("unknown"), Value::Null)
    );
    let (code, outcome, _) = ask("Umar Farooq");
    assert_eq!((code, outcome), (Some(0), json!("allowed")));
}
