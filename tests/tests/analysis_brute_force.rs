//! Differences held to brute force: every request of a small world, and random sets of rules.

use fastrand::Rng;
use reeve_analysis::Universe;
use reeve_tests::proof::{
    World, cases, closed_world, compiled, edited, rules, semantics, small_world,
};

const USUAL: u64 = 300;

/// Compares random sets with each other and with edits of themselves.
fn hold_to_brute_force(universe: Universe, cases: u64, first_seed: u64) {
    let world = World::new(universe);
    // One request in nine for many cases says more than every request for few.
    let parts = if cases > USUAL { 1 } else { 9 };
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
        eprintln!("seed {seed} {order:?} {other:?}\n{before:?}\n{after:?}");
        let part = (usize::try_from(seed).unwrap(), parts);
        let difference = world.compare(&compiled(&before, order), &compiled(&after, other), part);
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
    hold_to_brute_force(small_world(), cases(USUAL), 1_000_000);
}
