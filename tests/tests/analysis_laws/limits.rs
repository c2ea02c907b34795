//! Where an analysis is not exhaustive, it names what kept it from being so.

use reeve_analysis::{Exhaustive, Limit, Limits, Verdict, difference, is_same, words};
use reeve_domain::project::Semantics;
use reeve_tests::proof::compiled;
use serde_json::{Value, json};

use super::{on_secrets, project};

#[test]
fn a_template_is_taken_for_text_and_said_to_be() {
    let world = project();
    let templated = on_secrets(&json!({"secretPath": {"$glob": "/{{identity.metadata.team}}/**"}}));
    let one = compiled(templated.as_array().unwrap(), Semantics::ForbidWins);
    let difference =
        difference(&one, &compiled(&[], Semantics::ForbidWins), &world.scope()).unwrap();
    let Exhaustive::No(limits) = &difference.exhaustive else {
        panic!("what a template becomes is not known");
    };
    let told: Vec<String> = limits.iter().map(words::limit).collect();
    assert_eq!(
        told,
        [
            "`{{identity.metadata.team}}` in rules on `secrets` was taken for plain text: what it \
          becomes differs from actor to actor"
        ]
    );
    assert!(!is_same(&one, &compiled(&[], Semantics::ForbidWins), &world.scope()).unwrap());
    let again = compiled(templated.as_array().unwrap(), Semantics::ForbidWins);
    assert!(
        is_same(&one, &again, &world.scope()).unwrap(),
        "the same rules are the same for all"
    );
}

#[test]
fn what_cannot_be_followed_is_said_and_tried_on_what_exists() {
    let world = project();
    let odd = compiled(
        on_secrets(&json!({"secretName": {"$glob": "(A)\\1|DB_URL"}}))
            .as_array()
            .unwrap(),
        Semantics::ForbidWins,
    );
    let none = compiled(
        on_secrets(&json!({"secretName": {"$in": []}}))
            .as_array()
            .unwrap(),
        Semantics::ForbidWins,
    );
    let difference = difference(&none, &odd, &world.scope()).unwrap();
    assert!(matches!(&difference.exhaustive, Exhaustive::No(limits)
        if matches!(limits.as_slice(), [Limit::Pattern { .. }])));
    assert_eq!(difference.verdict, Verdict::Wider);
    let shown: Vec<String> = difference
        .newly_allowed()
        .flat_map(|change| change.witnesses.iter().map(words::witness))
        .collect();
    assert!(
        shown.iter().any(|witness| witness.contains("DB_URL")),
        "{shown:?}"
    );
}

#[test]
fn limits_hold_and_are_named() {
    let world = project();
    let list = |names: &[&str]| {
        let rules: Vec<Value> = names
            .iter()
            .map(|name| {
                on_secrets(&json!({"secretName": {"$glob": format!("*{name}*")}}))[0].clone()
            })
            .collect();
        compiled(&rules, Semantics::ForbidWins)
    };
    let (one, other) = (
        list(&["AB", "CD", "EF", "GH"]),
        list(&["IJ", "KL", "MN", "OP"]),
    );
    for (limits, wanted) in [
        (
            Limits {
                states: 50,
                ..Limits::USUAL
            },
            "states",
        ),
        (
            Limits {
                cells: 10,
                ..Limits::USUAL
            },
            "cells",
        ),
        (
            Limits {
                combinations: 10,
                ..Limits::USUAL
            },
            "combinations",
        ),
    ] {
        let found = difference(&one, &other, &world.scope().within(&limits)).unwrap();
        let Exhaustive::No(hit) = &found.exhaustive else {
            panic!("{wanted} are limited");
        };
        let is_wanted = hit.iter().any(|limit| {
            matches!(
                (limit, wanted),
                (Limit::States { .. }, "states")
                    | (Limit::Cells { .. }, "cells")
                    | (Limit::Combinations { .. }, "combinations")
            )
        });
        assert!(is_wanted, "{wanted}: {hit:?}");
        assert_ne!(found.verdict, Verdict::Same, "{wanted}");
        for change in &found.changes {
            assert!(!change.witnesses.is_empty(), "{wanted}: {change:?}");
        }
    }
}

#[test]
fn boxes_beyond_the_limit_are_left_out_and_the_verdict_stays() {
    let world = project();
    let places = json!([
        {"subject": "secrets", "action": "readValue",
         "conditions": {"environment": "dev", "secretPath": "/a"}},
        {"subject": "secrets", "action": "readValue",
         "conditions": {"environment": "prod", "secretPath": "/b"}},
        {"subject": "secrets", "action": "readValue", "conditions": {"environment": "none"}},
    ]);
    let places = places.as_array().unwrap();
    let (few, many) = (
        compiled(&places[2..], Semantics::ForbidWins),
        compiled(places, Semantics::ForbidWins),
    );
    let whole = difference(&few, &many, &world.scope()).unwrap();
    assert_eq!((whole.changes.len(), whole.exhaustive.is_yes()), (2, true));
    for boxes in [0, 1] {
        let limits = Limits {
            boxes,
            ..Limits::USUAL
        };
        let part = difference(&few, &many, &world.scope().within(&limits)).unwrap();
        assert_eq!((part.changes.len(), part.verdict), (1, Verdict::Wider));
        assert!(matches!(&part.exhaustive, Exhaustive::No(limits)
            if matches!(limits.as_slice(), [Limit::Boxes { .. }])));
    }
}
