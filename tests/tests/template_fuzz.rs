//! Templates in rules against Handlebars itself, fed as the server feeds it.
//!
//! `REEVE_FUZZ_CASES` sets the number of rule lists, `REEVE_FUZZ_SEED` the seed.

#![allow(
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::project::Semantics;
use reeve_policy::assemble::{ActorFacts, Auth, assemble};
use reeve_policy::read::{rule_to_json, value_from_json};
use reeve_policy::template::TemplateFault;
use reeve_tests::judge::{ad_hoc, nobody};
use reeve_tests::oracle;
use serde_json::{Value, json};

fn actor(context: &Value) -> ActorFacts {
    ActorFacts {
        id: MemberId::from("id-1"),
        username: "bob@x.com".into(),
        metadata: context["metadata"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        auth: context.get("auth").map_or(Auth::Absent, |auth| {
            Auth::Known(value_from_json(auth).as_object().unwrap().clone())
        }),
        ..nobody()
    }
}

/// The rules as rendered; `None` if that is not reproduced.
fn rendered(case: &Value) -> Option<Value> {
    let assembly = assemble(
        &actor(&case["context"]),
        &[ad_hoc("rules", &case["rules"])],
        Semantics::LastMatch,
        DateTime::<Utc>::UNIX_EPOCH,
    );
    match assembly.active.fault {
        Some(TemplateFault::Invalid | TemplateFault::BrokenJson) => Some(json!("error")),
        Some(_) => None,
        None => Some(
            assembly
                .ordered()
                .iter()
                .map(|rule| rule_to_json(rule.rule))
                .collect(),
        ),
    }
}

#[test]
fn rules_render_as_handlebars_renders_them() {
    let cases = oracle::cases(4_000);
    let (mut compared, mut errors, mut refused) = (0, 0, 0);
    let mut wrong = Vec::new();
    let words = ["--count", &cases.to_string()];
    oracle::ask("template_fuzz.mjs", 478, &words, |line, case| {
        let Some(answer) = rendered(case) else {
            refused += 1;
            return;
        };
        compared += 1;
        errors += usize::from(answer == "error");
        if answer != case["result"] {
            wrong.push(format!("{answer}\n  {line}"));
        }
    });
    println!(
        "{compared} compared, {errors} errors, {refused} refused, {} wrong",
        wrong.len()
    );
    assert!(compared > cases / 2, "only {compared} compared");
    wrong.truncate(12);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
