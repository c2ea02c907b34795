//! What the effect of one edit of a role on all its holders costs, beside the comparisons that it
//! makes: one for each distinct pair of rule sets that holders have before and after.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program for developers that prints ratios"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use reeve_analysis::{Cache, Scope, difference};
use reeve_app::act_on_members::Act;
use reeve_app::blast_radius::Environments;
use reeve_app::clock::SystemClock;
use reeve_app::duration::DurationDraft;
use reeve_app::events::{Events, Topic};
use reeve_app::reeve::Reeve;
use reeve_app::role::{RoleNames, RoleWritten};
use reeve_app::sample::Size;
use reeve_app::selection::{MemberFilter, Selection};
use reeve_app::workspace::Opening;
use reeve_domain::id::RoleId;
use reeve_domain::project::Semantics;
use reeve_tests::judge::compile_list;
use reeve_tests::timing::{ratio, shown, timed};
use serde_json::{Value, json};
use tempfile::TempDir;

const HOLDERS: u32 = 5_000;
const RULES: usize = 200;

struct Deaf;

impl Events for Deaf {
    fn changed(&self, _: &[Topic]) {}
}

fn main() {
    let data = TempDir::new().expect("a temporary folder can be made");
    let reeve = Reeve::new(data.path(), Arc::new(SystemClock), Arc::new(Deaf));
    reeve.open(&Opening::Sample(Size::Members(HOLDERS)));
    let saved = rules(None);
    let role = held_role(&reeve, &saved);
    for (what, edited) in [
        ("an action more", rules(Some(("/team-1/**", "delete")))),
        ("another path", rules(Some(("/moved/**", "create")))),
    ] {
        let text = edited.to_string();
        let effect = || {
            let effect = reeve.role_effect(&role, &text).expect("it can be read");
            effect.expect("the rules can be read")
        };
        let cold = timed(|| drop(effect()));
        let found = effect();
        let warm = timed(|| drop(effect()));
        let one = comparison(&reeve, &saved, &edited);
        let engine = one * u32::try_from(found.compared).unwrap_or(u32::MAX);
        println!(
            "{what} in a role of {RULES} rules: {} holders, {} distinct sets of rules",
            found.holders, found.compared
        );
        println!(
            "  cold {}, again {}, {:.1} x as many comparisons of the two roles alone ({} each)",
            shown(cold),
            shown(warm),
            ratio(warm, engine),
            shown(one)
        );
    }
}

/// How long the two roles alone are compared, on every subject.
fn comparison(reeve: &Reeve, saved: &Value, edited: &Value) -> Duration {
    let universe = reeve
        .universe(&Environments::Open)
        .expect("the project can be read");
    let cache = Cache::new();
    let scope = Scope::new(&universe, &cache);
    let [before, after] = [saved, edited].map(|rules| compile_list(rules, Semantics::ForbidWins));
    let compare = || drop(difference(&before, &after, &scope).expect("nobody ends it"));
    compare();
    timed(compare)
}

/// 200 rules, the second of them as `edit` says: its path and its action.
fn rules(edit: Option<(&str, &str)>) -> Value {
    (0..RULES)
        .map(|at| {
            let own = format!("/team-{at}/**");
            let (path, action) = match (at, edit) {
                (1, Some((path, action))) => (path, action),
                _ => (own.as_str(), "create"),
            };
            json!({
                "subject": if at % 2 == 0 { "secrets" } else { "secret-folders" },
                "action": [action],
                "conditions": {
                    "environment": {"$in": ["dev", "staging"]},
                    "secretPath": {"$glob": path},
                },
            })
        })
        .collect()
}

/// A role that everybody holds.
fn held_role(reeve: &Reeve, rules: &Value) -> RoleId {
    let names = RoleNames {
        name: "Large".to_owned(),
        slug: "large".to_owned(),
        description: String::new(),
    };
    let made = reeve.create_role(&names, &rules.to_string());
    let RoleWritten::Done { role, .. } = made.expect("it can be written") else {
        panic!("the role is refused");
    };
    let everybody = Selection::Matching {
        filter: MemberFilter::default(),
        except: BTreeSet::new(),
    };
    let give = Act::AddRole {
        role: role.id.clone(),
        duration: DurationDraft::Permanent,
    };
    reeve
        .act_on_members(&everybody, &give)
        .expect("everybody can have it");
    role.id
}
