//! Rules that no server would take break nothing.

use fastrand::Rng;
use reeve_analysis::{Exhaustive, Limit, Limits, difference};
use reeve_tests::proof::{cases, compiled, semantics};
use serde_json::{Value, json};

use super::project;

/// Rules that no server would take, to see that nothing breaks.
fn odd_rules(rng: &mut Rng) -> Vec<Value> {
    const TEXTS: [&str; 14] = [
        "", "a", "/a/**", "{{x}}", "[", "(a)\\1", "**", "!(x)", "{1..3}", "é😀", "\u{2028}",
        "prod", "$in", "0",
    ];
    const OPERATORS: [&str; 16] = [
        "$eq",
        "$ne",
        "$in",
        "$nin",
        "$all",
        "$glob",
        "$gt",
        "$lte",
        "$size",
        "$exists",
        "$regex",
        "$elemMatch",
        "$foo",
        "key",
        "$options",
        "$not",
    ];
    const PROPERTIES: [&str; 10] = [
        "environment",
        "secretPath",
        "secretName",
        "secretTags",
        "metadata",
        "metadata.key",
        "__itself__",
        "constructor",
        "colour",
        "0",
    ];
    fn value(rng: &mut Rng, depth: usize) -> Value {
        match rng.usize(0..if depth == 0 { 5 } else { 8 }) {
            0 => Value::Null,
            1 => json!(rng.bool()),
            2 => json!(rng.u8(0..3)),
            3 | 4 => json!(TEXTS[rng.usize(0..TEXTS.len())]),
            5 => (0..rng.usize(0..4))
                .map(|_| value(rng, depth - 1))
                .collect(),
            _ => {
                let members = (0..rng.usize(0..3)).map(|_| {
                    let name = OPERATORS[rng.usize(0..OPERATORS.len())];
                    (name.to_owned(), value(rng, depth - 1))
                });
                Value::Object(members.collect())
            }
        }
    }
    (0..rng.usize(0..4))
        .map(|_| {
            let subject = ["secrets", "dynamic-secrets", "all", "widgets"][rng.usize(0..4)];
            let conditions: serde_json::Map<String, Value> = (0..rng.usize(0..4))
                .map(|_| {
                    let name = PROPERTIES[rng.usize(0..PROPERTIES.len())];
                    (name.to_owned(), value(rng, 3))
                })
                .collect();
            let action = if rng.bool() { "read" } else { "manage" };
            json!({"subject": subject, "action": action, "inverted": rng.bool(),
                "conditions": conditions})
        })
        .collect()
}

#[test]
fn odd_rules_break_nothing_and_everything_told_is_confirmed() {
    let world = project();
    let limits = Limits {
        states: 2_000,
        cells: 200,
        combinations: 5_000,
        boxes: 20,
        samples: 50,
        witnesses: 2,
    };
    for seed in 0..cases(150) {
        let mut rng = Rng::with_seed(seed);
        let order = semantics(&mut rng);
        let (one, other) = (odd_rules(&mut rng), odd_rules(&mut rng));
        let (a, b) = (compiled(&one, order), compiled(&other, order));
        let found = difference(&a, &b, &world.scope().within(&limits)).unwrap();
        for change in &found.changes {
            assert!(!change.witnesses.is_empty(), "seed {seed}: {change:?}");
        }
        if let Exhaustive::No(limits) = &found.exhaustive {
            let denied = |limit: &Limit| matches!(limit, Limit::Disagreement { .. });
            assert!(
                !limits.iter().any(denied),
                "seed {seed}: {limits:?}\n{one:?}\n{other:?}"
            );
        }
    }
}
