//! The cases of questions with gaps, held to the judge for every value of a small world.

use fastrand::Rng;
use reeve_analysis::{Case, Gaps};
use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Property;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_domain::value::Object;
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{AccessRequest, Outcome, decide};
use reeve_tests::proof::{World, cases, closed_world, compiled, rules, semantics};

const PROPERTIES: [&str; 4] = ["environment", "secretPath", "secretName", "secretTags"];

/// What is asked, and by which rule each is decided for one thing.
fn decided(rules: &CompiledRules, thing: &Object) -> Vec<(Outcome, Option<Rule>)> {
    asked()
        .into_iter()
        .map(|(subject, action)| {
            let decision = decide(
                rules,
                &AccessRequest {
                    subject,
                    action,
                    attributes: Attributes::Of(thing.clone()),
                },
            );
            let rule = decision.deciding().and_then(|it| it.rule().cloned());
            (decision.outcome, rule)
        })
        .collect()
}

fn asked() -> Vec<(Subject, Action)> {
    ["read", "readValue"]
        .map(|action| (Subject::from("secrets"), Action::from(action)))
        .to_vec()
}

fn some_given(rng: &mut Rng, thing: &Object) -> Object {
    let mut given = thing.clone();
    let mut opened = false;
    for property in PROPERTIES {
        if rng.bool() {
            given.remove(property);
            opened = true;
        }
    }
    if !opened {
        given.remove("secretTags");
    }
    given
}

fn has(case: &Case, thing: &Object) -> bool {
    case.region.contains(thing)
}

#[test]
fn every_value_lies_in_a_case_and_is_decided_by_the_rule_that_decides_its_example() {
    let world = World::new(closed_world());
    let whole: Vec<&Object> = world
        .requests
        .iter()
        .filter(|request| {
            request.subject.as_str() == "secrets" && request.action.as_str() == "read"
        })
        .filter_map(|request| match &request.attributes {
            Attributes::Of(thing) => Some(thing),
            Attributes::Bare => None,
        })
        .filter(|thing| PROPERTIES.iter().all(|name| thing.get(name).is_some()))
        .collect();
    assert!(whole.len() > 1000);
    let (mut many, mut compared, mut short) = (0, 0, 0);
    for seed in 0..cases(600) {
        let mut rng = Rng::with_seed(seed);
        let written = rules(&mut rng, 7);
        let set = compiled(&written, semantics(&mut rng));
        let one = rng.usize(0..whole.len());
        let given = some_given(&mut rng, whole[one]);
        let open: Vec<Property> = PROPERTIES
            .iter()
            .filter(|name| given.get(name).is_none())
            .map(|name| Property::from(*name))
            .collect();
        let gaps = Gaps {
            asked: &asked(),
            given: &given,
            open: Some(&open),
            telling: &|_| (0, vec![0, 1]),
        };
        let found = reeve_analysis::cases(&set, &gaps, &world.scope()).expect("nobody cancels");
        many += usize::from(found.cases.len() > 2);
        if !found.exhaustive.is_yes() {
            short += 1;
        }
        let examples: Vec<_> = found
            .cases
            .iter()
            .map(|case| {
                let example = case.examples.first().expect("a case has an example");
                assert!(has(case, example), "seed {seed} {written:#?}\n{case:#?}");
                decided(&set, example)
            })
            .collect();
        let is_meant = |thing: &&&Object| {
            let mut known = given.iter();
            known.all(|(name, value)| thing.get(name) == Some(value))
        };
        for thing in whole.iter().filter(is_meant) {
            let expected = decided(&set, thing);
            let mut is_in_one = false;
            for (case, decided) in found.cases.iter().zip(&examples) {
                if has(case, thing) {
                    is_in_one = true;
                    compared += 1;
                    assert_eq!(
                        *decided, expected,
                        "seed {seed} {written:#?}\n{given:?} {thing:?}\n{case:#?}"
                    );
                }
            }
            assert!(
                is_in_one || !found.exhaustive.is_yes(),
                "seed {seed} {written:#?}\n{given:?} {thing:?}\n{found:#?}"
            );
        }
    }
    assert!(many > 50, "{many} questions have several cases");
    assert!(compared > 5000, "{compared} values were compared");
    assert!(short < 40, "{short} lists are not complete");
}
