//! What a change comes to is worked out once for all holders whom it cannot tell apart, and never
//! once for holders who differ.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_analysis::{
    BlastRadius, Cache, Concerned, Holding, Moment, Scope, Universe, blast_radius, difference,
};
use reeve_domain::id::RoleId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, assemble_active};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::read::rules_from_json;
use reeve_tests::judge::nobody;
use serde_json::{Value, json};

const NOW: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;
const MOMENT: Moment = Moment {
    semantics: Semantics::ForbidWins,
    at: NOW,
};

fn rules(list: &Value) -> Arc<[Rule]> {
    rules_from_json(list).0.into()
}

fn role(slug: &str, rules: &Arc<[Rule]>) -> Grant {
    Grant {
        source: Source::Role {
            id: RoleId::from(slug),
            slug: Arc::from(slug),
            name: Arc::from(slug),
            through: None,
        },
        lifetime: Lifetime::Permanent,
        rules: Arc::clone(rules),
    }
}

fn read(conditions: &Value) -> Value {
    json!({"subject": "secrets", "action": ["readValue"], "conditions": conditions})
}

/// Somebody of a team.
fn of_team(number: usize, team: &str) -> ActorFacts {
    ActorFacts {
        username: format!("person-{number}"),
        metadata: vec![("team".to_owned(), team.to_owned())],
        auth: Auth::Unknown,
        ..nobody()
    }
}

/// A role that everybody holds loses a path; `others` are what each holds beside it.
fn narrowed(
    holders: &[(ActorFacts, Vec<Grant>)],
    only: Option<&[(Subject, Action)]>,
) -> BlastRadius<usize> {
    let before = rules(&json!([read(&json!({"environment": "dev"}))]));
    let after = rules(&json!([read(&json!({
        "environment": "dev", "secretPath": {"$glob": "/app/**"},
    }))]));
    let holding = |own: &Arc<[Rule]>, (facts, others): &(ActorFacts, Vec<Grant>)| Holding {
        facts: Some(facts.clone()),
        grants: [role("edited", own)]
            .into_iter()
            .chain(others.iter().cloned())
            .collect(),
    };
    let concerned = holders.iter().enumerate().map(|(at, holder)| Concerned {
        actor: at,
        before: holding(&before, holder),
        after: holding(&after, holder),
    });
    let universe = Universe::of(CatalogueEdition::Current);
    let cache = Cache::new();
    let scope = Scope {
        only,
        ..Scope::new(&universe, &cache)
    };
    let radius = blast_radius(concerned.clone(), MOMENT, MOMENT, &scope).unwrap();
    for one in concerned {
        let [old, new] = [&one.before, &one.after].map(|held| {
            let facts = held.facts.as_ref().unwrap();
            let assembly = assemble_active(facts, &held.grants, MOMENT.semantics, NOW);
            compile(&assembly, &mut CompileCache::new())
        });
        let alone = difference(&old, &new, &scope).unwrap();
        let told = radius
            .impacts
            .iter()
            .find(|impact| impact.actors.contains(&one.actor));
        match told {
            None => assert!(alone.is_same(), "{} is not touched", one.actor),
            Some(impact) => {
                let said = |change: &reeve_analysis::Change| {
                    (change.actions.clone(), change.after, change.reach.clone())
                };
                let [alone, told] = [&alone, &impact.difference]
                    .map(|difference| difference.changes.iter().map(said).collect::<Vec<_>>());
                assert_eq!(alone, told, "what is told of {}", one.actor);
            }
        }
    }
    radius
}

#[test]
fn holders_whose_templates_come_to_the_same_are_compared_once() {
    let team = rules(&json!([read(&json!({
        "secretPath": {"$glob": "/{{identity.metadata.team}}/**"},
    }))]));
    let holders: Vec<(ActorFacts, Vec<Grant>)> = (0..60)
        .map(|number| {
            let name = ["app", "web", "data"][number % 3];
            (of_team(number, name), vec![role("team", &team)])
        })
        .collect();
    assert_eq!(narrowed(&holders, None).compared, 3);
}

#[test]
fn holders_whose_templates_name_themselves_are_compared_one_by_one() {
    let own = rules(&json!([read(&json!({
        "secretPath": {"$glob": "/home/{{identity.username}}/**"},
    }))]));
    let holders: Vec<(ActorFacts, Vec<Grant>)> = (0..12)
        .map(|number| (of_team(number, "app"), vec![role("home", &own)]))
        .collect();
    assert_eq!(narrowed(&holders, None).compared, 12);
}

#[test]
fn what_breaks_the_rules_of_one_holder_is_told_of_that_one_alone() {
    let team = rules(&json!([read(
        &json!({"secretName": "{{{identity.metadata.team}}}"})
    )]));
    let holders: Vec<(ActorFacts, Vec<Grant>)> = ["app", "app", "\"", "\", \"x\": \"", "app"]
        .iter()
        .enumerate()
        .map(|(number, name)| (of_team(number, name), vec![role("team", &team)]))
        .collect();
    let radius = narrowed(&holders, None);
    assert_eq!(radius.compared, 3, "the three of `app` together");
}

#[test]
fn what_holders_have_on_other_subjects_does_not_part_them() {
    let pairs = [(Subject::from("secrets"), Action::from("readValue"))];
    let others: Vec<Arc<[Rule]>> = ["tags", "role", "member", "all"]
        .map(|subject| rules(&json!([{"subject": subject, "action": ["read"]}])))
        .to_vec();
    let holders: Vec<(ActorFacts, Vec<Grant>)> = (0..40)
        .map(|number| {
            let other = &others[number % others.len()];
            (of_team(number, "app"), vec![role("other", other)])
        })
        .collect();
    let radius = narrowed(&holders, Some(&pairs));
    assert_eq!(radius.compared, 2, "a rule on all subjects may matter");
    assert_eq!(narrowed(&holders, None).compared, 4);
}

#[test]
fn a_list_that_the_server_refuses_as_a_whole_is_never_left_out() {
    let pairs = [(Subject::from("secrets"), Action::from("readValue"))];
    let refused = rules(&json!([{"subject": "tags", "action": ["read"], "fields": []}]));
    let plain = rules(&json!([{"subject": "tags", "action": ["read"]}]));
    let holders: Vec<(ActorFacts, Vec<Grant>)> = [&refused, &plain, &refused, &plain]
        .iter()
        .enumerate()
        .map(|(number, other)| (of_team(number, "app"), vec![role("other", other)]))
        .collect();
    let radius = narrowed(&holders, Some(&pairs));
    assert_eq!(radius.compared, 2);
}
