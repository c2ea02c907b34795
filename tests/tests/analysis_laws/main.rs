//! What holds for every analysis, and what rules say about one another.

mod limits;
mod odd;
mod redundant;
mod several;
mod stopping;
mod told;

use fastrand::Rng;
use reeve_analysis::{
    Domain, Form, Universe, Verdict, difference, is_same, is_subset, region_of_rule, words,
};
use reeve_domain::project::{CatalogueEdition, Folder, Semantics};
use reeve_domain::rule::Rule;
use reeve_policy::read::rules_from_json;
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

fn on_secrets(conditions: &Value) -> Value {
    json!([{"subject": "secrets", "action": ["readValue"], "conditions": conditions}])
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
