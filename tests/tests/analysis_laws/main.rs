//! What holds for every analysis, and what rules say about one another.

use std::cell::Cell;

use fastrand::Rng;
use reeve_analysis::{
    Beside, Cancelled, Domain, Exhaustive, Form, Limit, Limits, Scope, Universe, Verdict,
    WhyRedundant, difference, extent, is_same, is_subset, redundant_rules, region_of_rule,
    smallest_equivalent, words,
};
use reeve_domain::project::{CatalogueEdition, Folder, Semantics};
use reeve_domain::rule::Rule;
use reeve_policy::read::{rule_to_json, rules_from_json};
use reeve_tests::proof::{
    World, cases, closed_world, compiled, edited, plain_rules, semantics, small_world,
};
use serde_json::{Value, json};

/// A project as people have it.
fn project() -> World {
    World::new(Universe {
        environments: Domain::closed(["dev", "staging", "prod"]),
        tags: Domain::open(Form::Slug, ["pci", "internal"]),
        names: Domain::open(Form::Name, ["STRIPE_KEY", "DB_URL"]),
        folders: vec![
            Folder {
                environment: "dev".into(),
                path: "/app".to_owned(),
            },
            Folder {
                environment: "prod".into(),
                path: "/payments/stripe".to_owned(),
            },
        ],
        ..Universe::of(CatalogueEdition::Current)
    })
}

fn typed(rules: &Value) -> Vec<Rule> {
    rules_from_json(rules).0
}

/// How two lists differ, in words, with their witnesses.
fn told(world: &World, before: &Value, after: &Value) -> Vec<String> {
    let one = compiled(before.as_array().unwrap(), Semantics::ForbidWins);
    let other = compiled(after.as_array().unwrap(), Semantics::ForbidWins);
    let difference = difference(&one, &other, &world.scope()).unwrap();
    assert!(difference.exhaustive.is_yes());
    let mut told = vec![words::verdict_of(&difference)];
    for change in &difference.changes {
        told.push(format!(
            "{}: {}",
            words::transition(change.before, change.after),
            words::change(change, world.universe.edition)
        ));
        let witnesses: Vec<String> = change.witnesses.iter().map(words::witness).collect();
        told.push(format!("  such as {}", witnesses.join("; ")));
    }
    told
}

fn on_secrets(conditions: &Value) -> Value {
    json!([{"subject": "secrets", "action": ["readValue"], "conditions": conditions}])
}

#[test]
fn two_stars_grant_the_folder_itself_and_everything_from_the_second_level_down() {
    let one = on_secrets(&json!({"secretPath": {"$glob": "/app/*"}}));
    let two = on_secrets(&json!({"secretPath": {"$glob": "/app/**"}}));
    assert_eq!(
        told(&project(), &one, &two),
        [
            "wider: some access is gained, none is lost",
            "newly allowed: `secrets` Read Value · any environment · `/app` itself and everything \
             from the second level below `/app`",
            "  such as `dev:/app/STRIPE_KEY`, untagged; `staging:/app/a/b/DB_URL`, untagged",
        ]
    );
    let back = told(&project(), &two, &one);
    assert_eq!(back[0], "narrower: some access is lost, none is gained");
    assert!(back[1].starts_with("newly denied: `secrets` Read Value · any environment · `/app`"));
}

#[test]
fn not_one_environment_is_a_list_of_the_others_only_while_no_other_can_be_made() {
    let not = on_secrets(&json!({"environment": {"$ne": "prod"}}));
    let list = on_secrets(&json!({"environment": {"$in": ["dev", "staging"]}}));
    let closed = project();
    assert_eq!(told(&closed, &not, &list), ["the same in every case"]);
    let mut open = project();
    open.universe.environments = Domain::open(Form::Slug, ["dev", "staging", "prod"]);
    assert_eq!(
        told(&open, &list, &not)[..2],
        [
            "wider: some access is gained, none is lost",
            "newly allowed: `secrets` Read Value · any environment except `dev`, `prod` and \
             `staging`",
        ]
    );
}

#[test]
fn a_box_is_told_by_the_patterns_of_its_rules() {
    let after = json!([
        {"subject": "secrets", "action": ["readValue"],
         "conditions": {"environment": "prod", "secretPath": {"$glob": "/payments/**"}}},
        {"subject": "secrets", "action": ["readValue"], "inverted": true,
         "conditions": {"secretPath": {"$eq": "/payments/public"}}},
        {"subject": "secrets", "action": ["readValue"], "inverted": true,
         "conditions": {"secretTags": {"$in": ["pci"]}}},
    ]);
    let told = told(&project(), &json!([]), &after);
    assert_eq!(
        told[3],
        "newly allowed: `secrets` Read Value · `prod` · `/payments/**` except `/payments/public` \
         · not tagged `pci`"
    );
    assert_eq!(
        told[4],
        "  such as `prod:/payments/stripe/STRIPE_KEY`, untagged; \
         `prod:/payments/stripe/DB_URL`, untagged"
    );
}

#[test]
fn checks_without_attributes_belong_to_the_difference() {
    let conditional = on_secrets(&json!({"environment": "nowhere"}));
    let told = told(&project(), &json!([]), &conditional);
    assert_eq!(
        told[1],
        "newly allowed: `secrets` Read Value · the general check, where no particular one is named"
    );
    assert_eq!(
        told.len(),
        3,
        "no thing is in an environment that does not exist"
    );
}

#[test]
fn a_set_does_not_differ_from_itself_and_differences_mirror() {
    let world = World::new(small_world());
    for seed in 0..cases(60) {
        let mut rng = Rng::with_seed(seed);
        let (one, other) = (plain_rules(&mut rng, 5), plain_rules(&mut rng, 5));
        let order = semantics(&mut rng);
        let (a, b) = (compiled(&one, order), compiled(&other, order));
        let itself = difference(&a, &compiled(&one, order), &world.scope()).unwrap();
        assert!(itself.is_same(), "seed {seed}");
        let there = difference(&a, &b, &world.scope()).unwrap();
        let back = difference(&b, &a, &world.scope()).unwrap();
        let mirrored = match there.verdict {
            Verdict::Wider => Verdict::Narrower,
            Verdict::Narrower => Verdict::Wider,
            other => other,
        };
        assert_eq!(back.verdict, mirrored, "seed {seed}");
        for change in &there.changes {
            for witness in &change.witnesses {
                let seen = back.changes.iter().any(|other| {
                    reeve_tests::proof::covers(other, &witness.request)
                        && (other.before, other.after) == (change.after, change.before)
                });
                assert!(seen, "seed {seed}: {witness:?}");
            }
        }
    }
}

#[test]
fn the_order_of_allows_and_of_forbids_is_nothing_where_forbids_win() {
    let world = World::new(small_world());
    for seed in 0..cases(60) {
        let mut rng = Rng::with_seed(seed);
        // A check that fails ends the question, so only rules that cannot fail commute.
        let mut list = plain_rules(&mut rng, 6);
        for rule in &mut list {
            if let Some(conditions) = rule["conditions"].as_object_mut() {
                conditions.retain(|_, test| {
                    !test.to_string().contains('$')
                        || !test.to_string().contains("glob") && !test.to_string().contains("foo")
                });
            }
        }
        let mut shuffled = list.clone();
        rng.shuffle(&mut shuffled);
        let (a, b) = (
            compiled(&list, Semantics::ForbidWins),
            compiled(&shuffled, Semantics::ForbidWins),
        );
        assert!(is_same(&a, &b, &world.scope()).unwrap(), "seed {seed}");
    }
}

#[test]
fn subset_means_that_everything_allowed_stays_allowed() {
    let world = World::new(closed_world());
    for seed in 0..cases(25) {
        let mut rng = Rng::with_seed(seed);
        let one = plain_rules(&mut rng, 4);
        let mut other = edited(&mut rng, &one);
        other.retain(|rule| !rule.to_string().contains("{{"));
        let order = semantics(&mut rng);
        let (a, b) = (compiled(&one, order), compiled(&other, order));
        let claimed = is_subset(&a, &b, &world.scope()).unwrap();
        let is_allowed =
            |rules, request| reeve_policy::decide::outcome(rules, request).is_allowed();
        let real = world
            .requests
            .iter()
            .all(|request| !is_allowed(&a, request) || is_allowed(&b, request));
        assert_eq!(claimed, real, "seed {seed}");
    }
}

#[test]
fn an_extent_is_what_is_not_denied() {
    let world = World::new(closed_world());
    for seed in 0..cases(25) {
        let mut rng = Rng::with_seed(seed);
        let list = plain_rules(&mut rng, 5);
        let order = semantics(&mut rng);
        let rules = compiled(&list, order);
        world.measure(&rules, (usize::try_from(seed).unwrap(), 5));
    }
}

#[test]
fn the_region_of_a_rule_is_where_it_applies_even_if_it_forbids() {
    let world = project();
    let rule = &typed(
        &json!([{"subject": "secrets", "action": ["readValue"], "inverted": true,
        "conditions": {"environment": "prod", "secretPath": {"$glob": "/payments/**"}}}]),
    )[0];
    let region = region_of_rule(rule, Semantics::ForbidWins, &world.scope()).unwrap();
    let told: Vec<String> = region
        .areas
        .iter()
        .map(|area| words::area(area, world.universe.edition))
        .collect();
    assert!(
        told.contains(&"`secrets` Read Value · `prod` · `/payments/**`".to_owned()),
        "{told:?}"
    );
}

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

/// Runs an analysis that is told to stop when it asks for the `count`th time; says whether it did,
/// and how many times it asked.
fn stopped_at<T>(
    world: &World,
    count: u32,
    analysis: impl Fn(&Scope<'_>) -> Result<T, Cancelled>,
) -> (bool, u32) {
    let asked = Cell::new(0);
    let cancelled = || {
        asked.set(asked.get() + 1);
        asked.get() > count
    };
    let scope = world.scope().cancelled_by(&cancelled);
    let stopped = analysis(&scope).is_err();
    (stopped, asked.get())
}

#[track_caller]
fn stops_wherever_it_is_told_to<T>(
    least: u32,
    analysis: impl Fn(&Scope<'_>) -> Result<T, Cancelled>,
) {
    let world = project();
    // Once more, since the first time makes what later ones find in the cache.
    stopped_at(&world, u32::MAX, &analysis);
    let (stopped, in_all) = stopped_at(&world, u32::MAX, &analysis);
    assert!(!stopped);
    assert!(in_all >= least, "it asked {in_all} times");
    for count in [0, 1, in_all / 3, in_all / 2, in_all - 1] {
        assert_eq!(stopped_at(&world, count, &analysis), (true, count + 1));
    }
}

#[test]
fn every_analysis_stops_when_told_to() {
    let mut rng = Rng::with_seed(7);
    let lists = [plain_rules(&mut rng, 12), plain_rules(&mut rng, 12)];
    let [one, other] = lists
        .each_ref()
        .map(|it| compiled(it, Semantics::ForbidWins));
    let boxes = difference(&one, &other, &project().scope())
        .unwrap()
        .changes
        .len();
    let boxes = u32::try_from(boxes).unwrap();
    assert!(boxes > 5, "{boxes}");
    stops_wherever_it_is_told_to(boxes, |scope| difference(&one, &other, scope));
    stops_wherever_it_is_told_to(boxes, |scope| is_subset(&one, &other, scope));
    stops_wherever_it_is_told_to(10, |scope| extent(&one, scope));
    let list = typed(&Value::Array(lists[0].clone()));
    stops_wherever_it_is_told_to(10, |scope| {
        redundant_rules(&list, Semantics::ForbidWins, Beside::Nothing, scope)
    });
    stops_wherever_it_is_told_to(3, |scope| {
        region_of_rule(&list[0], Semantics::ForbidWins, scope)
    });
}

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
