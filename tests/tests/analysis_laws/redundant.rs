//! Rules that say nothing new, and conditions that can be written shorter.

use fastrand::Rng;
use reeve_analysis::{Beside, Verdict, WhyRedundant, redundant_rules, smallest_equivalent};
use reeve_domain::project::Semantics;
use reeve_policy::read::rule_to_json;
use reeve_tests::proof::{World, cases, closed_world, compiled, plain_rules, semantics};
use serde_json::{Value, json};

use super::{on_secrets, project, typed};

#[test]
fn a_rule_is_redundant_against_the_union_of_all_others() {
    let world = project();
    let list = typed(&json!([
        {"subject": "secrets", "action": ["readValue"],
         "conditions": {"environment": "dev"}},
        {"subject": "secrets", "action": ["readValue"],
         "conditions": {"environment": {"$in": ["staging", "prod"]}, "secretPath": {"$glob": "/app/**"}}},
        {"subject": "secrets", "action": ["readValue"],
         "conditions": {"secretPath": {"$glob": "/app/**"}}},
        {"subject": "secrets", "action": ["readValue"], "inverted": true,
         "conditions": {"environment": "qa"}},
        {"subject": "secrets", "action": ["edit"], "inverted": true,
         "conditions": {"secretTags": {"$in": ["pci"]}}},
    ]));
    let found = redundant_rules(
        &list,
        Semantics::ForbidWins,
        Beside::Anything,
        &world.scope(),
    )
    .unwrap();
    assert!(found.exhaustive.is_yes());
    let by = |rule| {
        found
            .each
            .iter()
            .find(|r| r.rule == rule)
            .map(|r| r.why.clone())
    };
    // No single other rule covers the third; the first two together do.
    assert_eq!(by(2), Some(WhyRedundant::Covered { by: vec![0, 1] }));
    assert_eq!(by(1), Some(WhyRedundant::Covered { by: vec![2] }));
    assert_eq!(by(0), None);
    assert_eq!(by(3), Some(WhyRedundant::NeverApplies));
    assert_eq!(by(4), None, "it forbids what another role may allow");
    assert_eq!(found.together, [1, 3]);
    let alone = redundant_rules(
        &list,
        Semantics::ForbidWins,
        Beside::Nothing,
        &world.scope(),
    )
    .unwrap();
    let forbid = alone.each.iter().find(|r| r.rule == 4).unwrap();
    assert_eq!(forbid.why, WhyRedundant::NothingToForbid);
}

#[test]
fn leaving_out_redundant_rules_changes_nothing_and_adding_them_back_neither() {
    let world = World::new(closed_world());
    for seed in 0..cases(25) {
        let mut rng = Rng::with_seed(seed);
        let mut list = plain_rules(&mut rng, 5);
        let at = rng.usize(0..=list.len());
        if let Some(copy) = list.first().cloned() {
            list.insert(at, copy);
        }
        let order = semantics(&mut rng);
        let whole = typed(&Value::Array(list.clone()));
        let found = redundant_rules(&whole, order, Beside::Nothing, &world.scope()).unwrap();
        let kept: Vec<Value> = list
            .iter()
            .enumerate()
            .filter(|(at, _)| !found.together.contains(at))
            .map(|(_, rule)| rule.clone())
            .collect();
        let difference = world.compare(
            &compiled(&list, order),
            &compiled(&kept, order),
            (usize::try_from(seed).unwrap(), 9),
        );
        assert_eq!(difference.verdict, Verdict::Same, "seed {seed}");
        let rest = typed(&Value::Array(kept));
        let again = redundant_rules(&rest, order, Beside::Nothing, &world.scope()).unwrap();
        assert!(again.each.is_empty(), "seed {seed}: {again:?}");
    }
}

#[test]
fn lists_that_mean_the_same_anywhere_mean_the_same_beside_any_rules() {
    let world = World::new(closed_world());
    let mut proven = 0;
    for seed in 0..cases(40) {
        let mut rng = Rng::with_seed(seed);
        let list = plain_rules(&mut rng, 5);
        let order = semantics(&mut rng);
        let whole = typed(&Value::Array(list.clone()));
        let found = redundant_rules(&whole, order, Beside::Anything, &world.scope()).unwrap();
        if found.together.is_empty() {
            continue;
        }
        proven += 1;
        let mut kept = list.clone();
        for at in found.together.iter().rev() {
            kept.remove(*at);
        }
        let (before, after) = (plain_rules(&mut rng, 3), plain_rules(&mut rng, 3));
        let beside =
            |list: Vec<Value>| compiled(&[before.clone(), list, after.clone()].concat(), order);
        let (a, b) = (beside(list), beside(kept));
        let part = usize::try_from(seed).unwrap() % 5;
        for request in world.requests.iter().skip(part).step_by(5) {
            let (one, other) = (
                reeve_policy::decide::outcome(&a, request),
                reeve_policy::decide::outcome(&b, request),
            );
            assert_eq!(
                reeve_analysis::Answer::from(one),
                reeve_analysis::Answer::from(other),
                "seed {seed}: {request:?}"
            );
        }
    }
    assert!(proven > 5, "{proven}");
}

#[track_caller]
fn check_shorter(world: &World, conditions: &Value, shorter: &Value) {
    let rules = typed(&on_secrets(conditions));
    let found = smallest_equivalent(&rules[0], Semantics::ForbidWins, &world.scope()).unwrap();
    let written = found.map(|rule| rule_to_json(&rule)["conditions"].clone());
    assert_eq!(written, (!shorter.is_null()).then(|| shorter.clone()));
}

#[test]
fn conditions_are_written_as_short_as_their_meaning_allows() {
    let world = project();
    check_shorter(
        &world,
        &json!({"environment": {"$in": ["dev", "dev"]}, "secretPath": {"$glob": "/app/**", "$ne": "/other"}}),
        &json!({"environment": {"$eq": "dev"}, "secretPath": {"$glob": "/app/**"}}),
    );
    check_shorter(
        &world,
        &json!({"environment": {"$in": ["dev", "staging", "prod"]}, "secretPath": {"$glob": "/app"}}),
        &json!({"secretPath": {"$eq": "/app"}}),
    );
    check_shorter(
        &world,
        &json!({"secretPath": {"$glob": "/app/**"}}),
        &json!(null),
    );
    // `*` matches no folder below the root, and a missing name is an error.
    check_shorter(
        &world,
        &json!({"secretPath": {"$glob": "/**"}, "secretName": {"$glob": "*"}}),
        &json!({"secretName": {"$glob": "*"}}),
    );
}
