//! Any rules with any metadata are assembled, compiled and decided without a panic.
#![no_main]

use std::sync::Arc;

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use reeve_domain::attributes::Attributes;
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::assemble::{ActorFacts, Auth, Grant, Source, assemble};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{AccessRequest, decide, outcome};
use reeve_policy::read::rules_from_text;

fuzz_target!(|case: (&str, &str, &str)| {
    let (template, metadata, path) = case;
    let rules = serde_json::json!([{
        "subject": "secrets", "action": ["read"],
        "conditions": {"secretPath": {"$glob": template}}
    }]);
    let (rules, _) = rules_from_text(&rules.to_string()).expect("these are rules");
    let actor = ActorFacts {
        id: MemberId::new("id"),
        kind: MemberKind::User,
        username: metadata.to_owned(),
        metadata: vec![("team".to_owned(), metadata.to_owned())],
        auth: Auth::Absent,
    };
    let grant = Grant {
        source: Source::AdHoc {
            label: Arc::from("fuzz"),
        },
        lifetime: Lifetime::Permanent,
        rules: rules.into(),
    };
    let assembly = assemble(&actor, &[grant], Semantics::ForbidWins, DateTime::UNIX_EPOCH);
    let compiled = compile(&assembly, &mut CompileCache::new());
    let request = AccessRequest {
        subject: Subject::new("secrets"),
        action: Action::new("read"),
        attributes: Attributes::of_secret("dev", path, None, None),
    };
    assert_eq!(decide(&compiled, &request).outcome, outcome(&compiled, &request));
});
