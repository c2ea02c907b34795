//! Whole actors as the server assembles them: roles, privileges, groups, time and templates.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use std::io::Read as _;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use flate2::read::GzDecoder;
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::MemberKind;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Rule};
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, Through, assemble};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, Outcome, check_either, decide, outcome, who_can};
use reeve_policy::read::{rules_from_json, value_from_json};
use reeve_tests::judge::{outcome_word, request_of};
use serde_json::Value;

fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn lifetime(entry: &Value) -> Lifetime {
    if entry["isTemporary"] == Value::Bool(true) {
        Lifetime::Timed(Timed {
            end: entry["temporaryAccessEndTime"].as_str().map(instant),
            ..Timed::default()
        })
    } else {
        Lifetime::Permanent
    }
}

fn role(entry: &Value, through: Option<Through>) -> Grant {
    let slug = entry
        .as_str()
        .or_else(|| entry["slug"].as_str())
        .expect("every role has a slug");
    let rules: Arc<[Rule]> = match entry.get("permissions") {
        Some(permissions) => rules_from_json(permissions).0.into(),
        None => Arc::clone(
            &predefined_role(CatalogueEdition::Current, slug)
                .expect("the slug is that of a predefined role")
                .rules,
        ),
    };
    Grant {
        source: Source::Role {
            id: slug.into(),
            slug: Arc::from(slug),
            name: Arc::from(slug),
            through,
        },
        lifetime: lifetime(entry),
        rules,
    }
}

fn privilege(at: usize, entry: &Value) -> Grant {
    Grant {
        source: Source::Privilege {
            id: at.to_string().into(),
            slug: Arc::from(format!("privilege-{at}")),
        },
        lifetime: lifetime(entry),
        rules: rules_from_json(&entry["permissions"]).0.into(),
    }
}

fn grants(vector: &Value) -> Vec<Grant> {
    let list = |key: &str| vector[key].as_array().unwrap().iter();
    let mut grants: Vec<Grant> = list("roles").map(|entry| role(entry, None)).collect();
    grants.extend(
        list("privileges")
            .enumerate()
            .map(|(at, entry)| privilege(at, entry)),
    );
    for (at, group) in list("groups").enumerate() {
        let through = Through {
            id: MemberId::new(at.to_string()),
            name: Arc::from(format!("group-{at}")),
        };
        grants.extend(
            group
                .as_array()
                .unwrap()
                .iter()
                .map(|entry| role(entry, Some(through.clone()))),
        );
    }
    grants
}

fn actor(vector: &Value) -> ActorFacts {
    let actor = &vector["actor"];
    let text = |key: &str| actor[key].as_str().unwrap().to_owned();
    ActorFacts {
        id: text("id").into(),
        kind: if actor["type"] == "user" {
            MemberKind::User
        } else {
            MemberKind::Identity
        },
        username: text("username"),
        metadata: actor["metadata"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        auth: actor.get("auth").map_or(Auth::Absent, |auth| {
            Auth::Known(value_from_json(auth).as_object().unwrap().clone())
        }),
    }
}

fn answer(rules: &CompiledRules, request: &AccessRequest, vector: &Value) -> Outcome {
    if vector.get("mode").is_some() {
        return check_either(rules, request, &Action::from("read"));
    }
    let answer = outcome(rules, request);
    assert_eq!(
        decide(rules, request).outcome,
        answer,
        "with reasons: {vector}"
    );
    assert_eq!(who_can(request, [rules]), [answer], "among many: {vector}");
    answer
}

#[test]
fn every_actor_gets_the_servers_answer() {
    let packed = include_bytes!("../vectors/assembly-vectors.jsonl.gz");
    let mut text = String::new();
    GzDecoder::new(packed.as_slice())
        .read_to_string(&mut text)
        .unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut cache = CompileCache::new();
    for line in text.lines() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let now = instant(vector["now"].as_str().unwrap());
        let assembly = assemble(
            &actor(&vector),
            &grants(&vector),
            Semantics::ForbidWins,
            now,
        );
        let rules = compile(&assembly, &mut cache);
        let answer = answer(&rules, &request_of(&vector), &vector);
        let expected = if vector.get("error").is_some() {
            "error"
        } else if vector["allowed"] == Value::Bool(true) {
            "allowed"
        } else {
            "denied"
        };
        if outcome_word(answer) != expected {
            wrong.push(format!("{answer:?}, not {expected}: {line}"));
        }
        count += 1;
    }
    assert_eq!(count, 5000);
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
