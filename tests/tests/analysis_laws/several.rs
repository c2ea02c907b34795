//! Several sets of rules parted at once, held to every request of a small world.

use fastrand::Rng;
use reeve_analysis::{Answer, Change, Part, together};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{AccessRequest, outcome};
use reeve_tests::proof::{
    World, cases, closed_world, compiled, covers, edited, requests, rules, semantics,
};

/// A label for every combination of three answers; 0 for three denials.
fn of_each(answers: &[Answer]) -> u8 {
    let digits = answers.iter().map(|answer| match answer {
        Answer::Denied => 0,
        Answer::Allowed => 1,
        Answer::Error => 2,
        Answer::Unknown => 3,
    });
    digits.fold(0, |label, digit| label * 4 + digit)
}

/// Whether the three do not agree.
fn of_disagreement(answers: &[Answer]) -> u8 {
    u8::from(answers.windows(2).any(|pair| pair[0] != pair[1]))
}

fn holds(part: &Part, request: &AccessRequest) -> bool {
    let as_change = Change {
        subject: part.subject.clone(),
        actions: part.actions.clone(),
        before: Answer::Denied,
        after: Answer::Allowed,
        reach: part.reach.clone(),
        witnesses: Vec::new(),
    };
    covers(&as_change, request)
}

#[track_caller]
fn check(world: &World, sets: &[&CompiledRules], label: fn(&[Answer]) -> u8, seed: u64) -> usize {
    let found = together(sets, &label, &world.scope()).unwrap();
    if !found.exhaustive.is_yes() {
        return 0;
    }
    let all = requests(&world.universe);
    let turn = usize::try_from(seed % 7).unwrap();
    for request in all.iter().skip(turn).step_by(7) {
        let answers = sets.iter().map(|rules| outcome(rules, request).into());
        let expected = label(&answers.collect::<Vec<Answer>>());
        let mut told: Vec<u8> = found
            .parts
            .iter()
            .filter(|part| holds(part, request))
            .map(|part| part.label)
            .collect();
        told.dedup();
        let wanted = Vec::from_iter((expected != 0).then_some(expected));
        assert_eq!(told, wanted, "seed {seed}: {request:?}");
    }
    found.parts.len()
}

#[test]
fn every_request_is_in_the_part_that_the_answers_of_all_sets_say() {
    let world = World::new(closed_world());
    let mut parts = 0;
    for seed in 0..cases(40) {
        let mut rng = Rng::with_seed(seed);
        let order = semantics(&mut rng);
        let one = rules(&mut rng, 5);
        let other = edited(&mut rng, &one);
        let third = edited(&mut rng, &other);
        let sets = [&one, &other, &third].map(|rules| compiled(rules, order));
        let sets = sets.each_ref();
        parts += check(&world, &sets, of_each, seed);
        parts += check(&world, &sets, of_disagreement, seed);
    }
    assert!(parts > 200, "{parts}");
}
