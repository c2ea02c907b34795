//! How long comparisons take, beside what a person would call at once.
//!
//! `cargo bench -p reeve-analysis --bench proof`. Each line has the median over many cases, each of
//! them the best of a few runs, the aim, and the share of the aim that was used up.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a program for developers that prints its figures"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use fastrand::Rng;
use reeve_analysis::{
    Cache, Concerned, Domain, Form, Holding, Moment, Scope, Universe, blast_radius, difference,
};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::read::rules_from_json;
use serde_json::{Value, json};

const ENVIRONMENTS: [&str; 4] = ["dev", "staging", "prod", "prod-eu"];
const FOLDERS: [&str; 10] = [
    "app",
    "app/api",
    "app/web",
    "data",
    "data/kafka",
    "payments",
    "payments/eu",
    "infra",
    "infra/dns",
    "observability",
];
const NAMES: [&str; 6] = ["DB_*", "*_KEY", "STRIPE_*", "*_TOKEN", "API_*", "*_READ_*"];
const TAGS: [&str; 4] = ["pci", "internal", "root-key", "rotated"];

fn main() {
    one_action("unrelated sets", |rng, _| secret_rules(rng, 20));
    one_action("one rule edited", |rng, rules| {
        let mut rules = rules.to_vec();
        let at = rng.usize(0..rules.len());
        rules[at] = secret_rule(rng, &["readValue"]);
        rules
    });
    two_roles();
    one_edit_of_many_members();
}

fn universe() -> Universe {
    Universe {
        environments: Domain::closed(ENVIRONMENTS),
        tags: Domain::open(Form::Slug, TAGS),
        paths: Domain::open(Form::Path, FOLDERS.map(|folder| format!("/{folder}"))),
        ..Universe::of(CatalogueEdition::Current)
    }
}

/// Two sets of 20 rules with four attributes, one action.
fn one_action(title: &str, other: impl Fn(&mut Rng, &[Value]) -> Vec<Value>) {
    let universe = universe();
    let pairs = [(Subject::from("secrets"), Action::from("readValue"))];
    let mut cold = Vec::new();
    let mut warm = Vec::new();
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let before = secret_rules(&mut rng, 20);
        let after = other(&mut rng, &before);
        let sets = [typed(before), typed(after)];
        cold.push(best(|| {
            let cache = Cache::new();
            let scope = Scope::new(&universe, &cache).only(&pairs);
            compared(&sets, &scope, &mut CompileCache::new())
        }));
        let cache = Cache::new();
        let scope = Scope::new(&universe, &cache).only(&pairs);
        let mut compiling = CompileCache::new();
        warm.push(best(|| compared(&sets, &scope, &mut compiling)));
    }
    println!("two sets of 20 rules, four attributes, one action: {title}");
    line("cold", cold, Duration::from_millis(10));
    line("automata cached", warm, Duration::from_millis(3));
}

/// Two roles of 50 rules with 30 path patterns, all actions.
fn two_roles() {
    let universe = universe();
    let mut cold = Vec::new();
    let mut warm = Vec::new();
    for seed in 0..20 {
        let mut rng = Rng::with_seed(seed);
        let (before, after) = (role_rules(&mut rng, 50), role_rules(&mut rng, 50));
        let sets = [typed(before), typed(after)];
        cold.push(best(|| {
            let cache = Cache::new();
            compared(
                &sets,
                &Scope::new(&universe, &cache),
                &mut CompileCache::new(),
            )
        }));
        let cache = Cache::new();
        let mut compiling = CompileCache::new();
        warm.push(best(|| {
            compared(&sets, &Scope::new(&universe, &cache), &mut compiling)
        }));
    }
    println!("two unrelated roles of 50 rules, 30 path patterns, all actions");
    line("cold", cold, Duration::from_millis(50));
    line("automata cached", warm, Duration::from_millis(50));
}

/// One edited rule in a role of 200 rules that 5 000 members hold beside other things.
fn one_edit_of_many_members() {
    let universe = universe();
    let moment = Moment {
        semantics: Semantics::ForbidWins,
        at: DateTime::<Utc>::UNIX_EPOCH,
    };
    let mut times = Vec::new();
    let mut compared = 0;
    for seed in 0..10 {
        let mut rng = Rng::with_seed(seed);
        let rules = role_rules(&mut rng, 200);
        let mut edited = rules.clone();
        let at = rng.usize(0..edited.len());
        edited[at] = secret_rule(&mut rng, &["describeSecret", "readValue"]);
        let (before, after) = (typed(rules), typed(edited));
        let others: Vec<Arc<[Rule]>> = ["viewer", "no-access"]
            .map(|slug| predefined_role(CatalogueEdition::Current, slug).unwrap())
            .map(|role| Arc::clone(&role.rules))
            .to_vec();
        let privileges: Vec<Arc<[Rule]>> =
            (0..40).map(|_| typed(secret_rules(&mut rng, 2))).collect();
        let concerned: Vec<Concerned<usize>> = (0..5_000_usize)
            .map(|number| {
                let mut rest = vec![ad_hoc(&others[number % others.len()])];
                if number.is_multiple_of(10) {
                    rest.push(ad_hoc(&privileges[number / 10 % privileges.len()]));
                }
                Concerned {
                    actor: number,
                    before: holding(&before, &rest),
                    after: holding(&after, &rest),
                }
            })
            .collect();
        times.push(best(|| {
            let cache = Cache::new();
            let concerned = concerned.clone();
            timed(|| {
                let scope = Scope::new(&universe, &cache);
                let radius = blast_radius(concerned, moment, moment, &scope).unwrap();
                compared = radius.compared;
                black_box(radius);
            })
        }));
    }
    println!("one edited rule of 200, 5 000 members with {compared} distinct sets of rules");
    line("cold", times, Duration::from_millis(200));
}

fn holding(role: &Arc<[Rule]>, rest: &[Grant]) -> Holding {
    Holding {
        facts: None,
        grants: [ad_hoc(role)]
            .into_iter()
            .chain(rest.iter().cloned())
            .collect(),
    }
}

fn line(title: &str, mut times: Vec<Duration>, aim: Duration) {
    times.sort_unstable();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!(
        "  {title}: median {:.1} ms, worst {:.1} ms, aim {:.0} ms, {:.2} of it",
        median.as_secs_f64() * 1e3,
        worst.as_secs_f64() * 1e3,
        aim.as_secs_f64() * 1e3,
        median.as_secs_f64() / aim.as_secs_f64()
    );
}

/// The best of a few runs, so that other programs on the machine count for less.
fn best(mut run: impl FnMut() -> Duration) -> Duration {
    const RUNS: usize = 4;
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}

/// How long it takes to prepare two sets and to compare them.
fn compared(sets: &[Arc<[Rule]>; 2], scope: &Scope<'_>, cache: &mut CompileCache) -> Duration {
    timed(|| {
        let [before, after] = sets.each_ref().map(|rules| compiled(rules, cache));
        black_box(difference(&before, &after, scope).unwrap());
    })
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn ad_hoc(rules: &Arc<[Rule]>) -> Grant {
    Grant {
        source: Source::AdHoc {
            label: Arc::from("rules"),
        },
        lifetime: Lifetime::Permanent,
        rules: Arc::clone(rules),
    }
}

fn typed(rules: Vec<Value>) -> Arc<[Rule]> {
    rules_from_json(&Value::Array(rules)).0.into()
}

fn compiled(rules: &Arc<[Rule]>, cache: &mut CompileCache) -> CompiledRules {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let assembly = assemble_as_written(&[ad_hoc(rules)], Semantics::ForbidWins, at);
    compile(&assembly, cache)
}

fn secret_rules(rng: &mut Rng, count: usize) -> Vec<Value> {
    (0..count)
        .map(|_| secret_rule(rng, &["readValue"]))
        .collect()
}

/// 50 rules on secrets, folders and a dozen other subjects; three in five name a path.
fn role_rules(rng: &mut Rng, count: usize) -> Vec<Value> {
    const PLAIN: [&str; 6] = ["member", "role", "tags", "settings", "webhooks", "groups"];
    const PLACED: [&str; 4] = [
        "secret-folders",
        "secret-imports",
        "dynamic-secrets",
        "secrets",
    ];
    const ACTIONS: [&str; 4] = ["describeSecret", "readValue", "create", "edit"];
    (0..count)
        .map(|at| match at % 5 {
            0 => json!({"subject": PLAIN[at / 5 % PLAIN.len()], "action": ["read", "edit"]}),
            1 => json!({
                "subject": PLACED[at / 5 % 3],
                "action": if at / 5 % 3 == 2 { "lease" } else { "create" },
                "conditions": {
                    "environment": environment(rng),
                    "secretPath": {"$glob": path_glob(rng)},
                },
            }),
            _ => {
                let first = rng.usize(0..ACTIONS.len());
                let last = rng.usize(first..ACTIONS.len());
                secret_rule(rng, &ACTIONS[first..=last])
            }
        })
        .collect()
}

fn secret_rule(rng: &mut Rng, actions: &[&str]) -> Value {
    let mut conditions = json!({
        "environment": environment(rng),
        "secretPath": {"$glob": path_glob(rng)},
    });
    if rng.usize(0..3) == 0 {
        conditions["secretName"] = json!({"$glob": rng.choice(NAMES).unwrap()});
    }
    if rng.usize(0..3) == 0 {
        let operator = if rng.bool() { "$in" } else { "$all" };
        let tags = [rng.choice(TAGS).unwrap(), rng.choice(TAGS).unwrap()];
        conditions["secretTags"] = json!({ operator: tags });
    }
    let mut rule = json!({"subject": "secrets", "action": actions, "conditions": conditions});
    if rng.usize(0..5) == 0 {
        rule["inverted"] = json!(true);
    }
    rule
}

fn environment(rng: &mut Rng) -> Value {
    let one = rng.choice(ENVIRONMENTS).unwrap();
    match rng.usize(0..4) {
        0 => json!(one),
        1 => json!({"$ne": one}),
        2 => json!({"$glob": "prod*"}),
        _ => json!({"$in": [one, "dev"]}),
    }
}

/// One of 30.
fn path_glob(rng: &mut Rng) -> String {
    let folder = rng.choice(FOLDERS).unwrap();
    match rng.usize(0..3) {
        0 => format!("/{folder}/**"),
        1 => format!("/{folder}/*"),
        _ => format!("/{folder}/*/db"),
    }
}
