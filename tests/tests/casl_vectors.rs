//! Rules as the server's library evaluates them: the last rule that applies decides.

use reeve_domain::project::Semantics;
use reeve_policy::decide::{Outcome, decide, outcome};
use reeve_tests::judge::{compile_list, outcome_word, request_of};
use serde_json::Value;

#[test]
fn every_answer_is_the_librarys() {
    let text = include_str!("../vectors/casl-vectors.jsonl");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (line, text) in text.lines().enumerate() {
        let vector: Value = serde_json::from_str(text).unwrap();
        let rules = compile_list(&vector["rules"], Semantics::LastMatch);
        let request = request_of(&vector);
        let answer = outcome(&rules, &request);
        let expected = if vector
            .get("error")
            .is_some_and(|error| error != &Value::Bool(false))
        {
            "error"
        } else if vector["allowed"] == Value::Bool(true) {
            "allowed"
        } else {
            "denied"
        };
        if outcome_word(answer) != expected {
            wrong.push(format!(
                "line {}: {answer:?}, not {expected}: {text}",
                line + 1
            ));
        }
        assert_eq!(
            decide(&rules, &request).outcome,
            answer,
            "with reasons: {text}"
        );
        assert!(!matches!(answer, Outcome::Unknown(_)), "unknown: {text}");
        count += 1;
    }
    assert_eq!(count, 3000);
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
