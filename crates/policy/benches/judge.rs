//! How long the judge takes, and how that compares with the libraries the server decides with.
//!
//! `cargo bench -p reeve-policy --bench judge`. The comparison needs Node and what `tests` installs;
//! without them it is left out.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a program for developers that prints its figures"
)]

use std::hint::black_box;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::catalogue::{Catalogue, predefined_role};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, decide, matrix, outcome, who_can};
use reeve_policy::read::{attributes_from_json, rules_from_json};
use serde_json::{Value, json};

fn main() {
    let spread = spread_rules();
    let crowded = crowded_rules();
    let requests = requests();
    println!(
        "one decision (40 rules, 6 glob conditions), mean over {} requests",
        requests.len()
    );
    for (title, rules) in [
        ("rules on many subjects", &spread),
        ("all on one action", &crowded),
    ] {
        let compiled = compiled(rules);
        let alone = per_item(requests.len(), || {
            for request in &requests {
                black_box(outcome(&compiled, request));
            }
        });
        let traced = per_item(requests.len(), || {
            for request in &requests {
                black_box(decide(&compiled, request));
            }
        });
        println!("  {title}: {alone:.0} ns, with reasons {traced:.0} ns");
        compare_with_casl(title, rules, alone);
    }
    matrix_of_one_member();
    who_can_among_many();
}

fn ad_hoc(rules: Arc<[Rule]>) -> Grant {
    Grant {
        source: Source::AdHoc {
            label: Arc::from("rules"),
        },
        lifetime: Lifetime::Permanent,
        rules,
    }
}

fn compiled(rules: &Value) -> CompiledRules {
    let grants = [ad_hoc(rules_from_json(rules).0.into())];
    let assembly = assemble_as_written(&grants, Semantics::ForbidWins, DateTime::<Utc>::UNIX_EPOCH);
    compile(&assembly, &mut CompileCache::new())
}

/// 40 rules as a member has them: on many subjects, a dozen of them on secrets.
fn spread_rules() -> Value {
    let subjects = [
        "secret-folders",
        "secret-imports",
        "dynamic-secrets",
        "secret-rotation",
        "member",
        "groups",
        "role",
        "identity",
        "tags",
        "environments",
        "settings",
        "webhooks",
        "integrations",
        "commits",
    ];
    let mut rules: Vec<Value> = (0..28)
        .map(|at| json!({"subject": subjects[at % subjects.len()], "action": ["read", "edit"]}))
        .collect();
    rules.extend((0..12).map(secret_rule));
    Value::Array(rules)
}

/// 40 rules that all name the action that is asked for.
fn crowded_rules() -> Value {
    (0..40_usize)
        .map(|at| {
            if at.is_multiple_of(6) {
                secret_rule(at)
            } else {
                plain_rule(at)
            }
        })
        .collect()
}

/// One of a dozen rules on secrets; every second has a glob.
fn secret_rule(at: usize) -> Value {
    let globs = [
        "/app/**",
        "/payments/*/keys",
        "/team-?/**",
        "/{web,api}/**",
        "/shared/*",
        "/infra/**/db",
    ];
    let path = if at.is_multiple_of(2) {
        json!({"$glob": globs[at / 2 % 6]})
    } else {
        json!("/elsewhere")
    };
    let environments = ["dev", "staging", "prod", "qa"];
    let mut rule = json!({
        "subject": "secrets",
        "action": ["describeSecret", "readValue"],
        "conditions": {"environment": environments[at % 4], "secretPath": path},
    });
    if at % 5 == 4 {
        rule["inverted"] = json!(true);
    }
    rule
}

fn plain_rule(at: usize) -> Value {
    json!({
        "subject": "secrets",
        "action": ["readValue"],
        "conditions": {
            "environment": {"$in": ["dev", "staging"]},
            "secretName": format!("KEY_{at}"),
        },
    })
}

fn request_values() -> Vec<Value> {
    let mut requests = Vec::new();
    for environment in ["dev", "staging", "prod", "qa"] {
        for path in [
            "/app/db",
            "/payments/eu/keys",
            "/team-a/x/y",
            "/web",
            "/nowhere/at/all",
        ] {
            for name in ["KEY_7", "STRIPE_KEY"] {
                requests.push(json!({
                    "environment": environment,
                    "secretPath": path,
                    "secretName": name,
                    "secretTags": ["pii"],
                }));
            }
        }
    }
    requests
}

fn requests() -> Vec<AccessRequest> {
    request_values()
        .iter()
        .map(|attributes| AccessRequest {
            subject: Subject::from("secrets"),
            action: Action::from("readValue"),
            attributes: attributes_from_json(Some(attributes)).unwrap(),
        })
        .collect()
}

/// The least time that `work` takes, in nanoseconds for each of its `items`.
fn per_item(items: usize, mut work: impl FnMut()) -> f64 {
    let until = Instant::now() + Duration::from_millis(600);
    let mut least = f64::MAX;
    while Instant::now() < until {
        let start = Instant::now();
        for _ in 0..20 {
            work();
        }
        least = least.min(start.elapsed().as_secs_f64());
    }
    least * 1e9 / 20.0 / f64::from(u32::try_from(items).unwrap())
}

fn compare_with_casl(title: &str, rules: &Value, ours: f64) {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let question = json!({
        "rules": rules,
        "action": "readValue",
        "subject": "secrets",
        "attributes": request_values(),
    });
    let child = Command::new("node")
        .arg("oracle/casl_bench.mjs")
        .current_dir(tests)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        println!("  {title}: no Node to compare with");
        return;
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(question.to_string().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let Ok(told) = serde_json::from_slice::<Value>(&output.stdout) else {
        println!("  {title}: the libraries are not installed in `tests`");
        return;
    };
    let theirs = told["nanoseconds"].as_f64().unwrap();
    println!(
        "  {title}: CASL and picomatch in Node {theirs:.0} ns, {:.0} times as long",
        theirs / ours
    );
}

fn matrix_of_one_member() {
    let catalogue = Catalogue::of(CatalogueEdition::Current);
    let pairs: Vec<(&Subject, &Action)> = catalogue
        .subjects()
        .iter()
        .flat_map(|entry| {
            entry
                .actions
                .iter()
                .map(|action| (&entry.subject, &action.action))
        })
        .collect();
    let member = predefined_role(CatalogueEdition::Current, "member").unwrap();
    let custom: Arc<[Rule]> = rules_from_json(&spread_rules()).0.into();
    let grants = [ad_hoc(Arc::clone(&member.rules)), ad_hoc(custom)];
    let assembly = assemble_as_written(&grants, Semantics::ForbidWins, DateTime::<Utc>::UNIX_EPOCH);
    let compiled = compile(&assembly, &mut CompileCache::new());
    let all = per_item(1, || {
        black_box(matrix(&compiled, pairs.iter().copied()));
    });
    println!(
        "matrix of one member ({} cells): {:.1} µs",
        pairs.len(),
        all / 1e3
    );
}

fn who_can_among_many() {
    let roles: Vec<Arc<[Rule]>> = (0..200_usize)
        .map(|at| {
            let mut rules: Vec<Value> = (0..10).map(|n| secret_rule(at * 7 + n)).collect();
            rules.push(plain_rule(at));
            rules_from_json(&Value::Array(rules)).0.into()
        })
        .collect();
    let mut cache = CompileCache::new();
    let start = Instant::now();
    let members: Vec<CompiledRules> = (0..100_000_usize)
        .map(|at| {
            let held = [at % 200, (at / 3) % 200, (at / 7) % 200];
            let grants: Vec<Grant> = held
                .iter()
                .take(1 + at % 3)
                .map(|role| ad_hoc(Arc::clone(&roles[*role])))
                .collect();
            let assembly =
                assemble_as_written(&grants, Semantics::ForbidWins, DateTime::<Utc>::UNIX_EPOCH);
            compile(&assembly, &mut cache)
        })
        .collect();
    let prepared = start.elapsed();
    let request = AccessRequest {
        subject: Subject::from("secrets"),
        action: Action::from("readValue"),
        attributes: Attributes::of_secret(
            "prod",
            "/payments/eu/keys",
            Some("STRIPE_KEY"),
            Some(&[]),
        ),
    };
    let all = (0..20)
        .map(|_| {
            let start = Instant::now();
            black_box(who_can(&request, &members));
            start.elapsed()
        })
        .min()
        .unwrap();
    println!(
        "who can, 100 000 members with 200 roles: {:.2} ms (assembling and compiling them all: {:.0} ms)",
        all.as_secs_f64() * 1e3,
        prepared.as_secs_f64() * 1e3
    );
}
