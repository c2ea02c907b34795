//! Differences held to brute force: every request of a small world, and random sets of rules.

use fastrand::Rng;
use reeve_analysis::Universe;
use reeve_domain::project::Semantics;
use reeve_tests::proof::{
    World, cases, closed_world, compiled, edited, rules, semantics, small_world,
};
use serde_json::Value;

const USUAL: u64 = 300;
/// One request in so many is tried of each case, unless `REEVE_SHARE` says otherwise: many cases
/// say more than every request of few.
const SHARE: usize = 9;

/// One case, which is told if it fails.
struct Case {
    seed: u64,
    sides: [(Semantics, Vec<Value>); 2],
}

impl Drop for Case {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}", self.seed);
            for (order, rules) in &self.sides {
                eprintln!("{order:?} {}", Value::Array(rules.clone()));
            }
        }
    }
}

fn share() -> usize {
    let said = std::env::var("REEVE_SHARE").ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(SHARE)
}

/// Compares random sets with each other and with edits of themselves.
fn hold_to_brute_force(universe: Universe, cases: u64, first_seed: u64) {
    let world = World::new(universe);
    let parts = share();
    let mut verdicts = [0_u32; 5];
    for seed in first_seed..first_seed + cases {
        let mut rng = Rng::with_seed(seed);
        let before = rules(&mut rng, 6);
        let after = if rng.bool() {
            edited(&mut rng, &before)
        } else {
            rules(&mut rng, 6)
        };
        let order = semantics(&mut rng);
        let other = if rng.usize(0..4) == 0 {
            semantics(&mut rng)
        } else {
            order
        };
        let case = Case {
            seed,
            sides: [(order, before), (other, after)],
        };
        let part = (usize::try_from(seed).unwrap(), parts);
        let [before, after] = &case.sides;
        let (before, after) = (compiled(&before.1, before.0), compiled(&after.1, after.0));
        let difference = world.compare(&before, &after, part);
        verdicts[difference.verdict as usize] += 1;
    }
    assert!(
        verdicts.iter().all(|count| *count > 0),
        "all kinds occur: {verdicts:?}"
    );
}

#[test]
fn a_difference_is_exactly_what_every_request_of_a_closed_world_shows() {
    hold_to_brute_force(closed_world(), cases(USUAL), 1);
}

#[test]
fn a_difference_is_exactly_what_requests_of_an_open_world_show() {
    hold_to_brute_force(small_world(), cases(USUAL), 1_000_000_000);
}
