//! Every analysis can be called off while it runs.

use std::cell::Cell;

use fastrand::Rng;
use reeve_analysis::{
    Beside, Cancelled, Scope, difference, extent, is_subset, redundant_rules, region_of_rule,
};
use reeve_domain::project::Semantics;
use reeve_tests::proof::{World, compiled, plain_rules};
use serde_json::Value;

use super::{project, typed};

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
