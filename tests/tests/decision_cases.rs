//! Decisions with known answers, each with a title that says why.

#![allow(
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::id::PrivilegeId;
use reeve_domain::project::Semantics;
use reeve_domain::rule::Action;
use reeve_policy::assemble::{FolderTier, Grant, Source, assemble_as_written};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{AccessRequest, check_either, decide, outcome};
use reeve_policy::read::attributes_from_json;
use reeve_tests::judge::{ad_hoc, outcome_word};
use serde_json::Value;

/// Rules that the newest servers append come from a folder grant.
fn appended(json: &Value) -> Grant {
    Grant {
        source: Source::Folder {
            id: PrivilegeId::from("folder"),
            environment: Arc::from("dev"),
            path: Arc::from("/a/b"),
            tier: FolderTier::Read,
        },
        ..ad_hoc("appended", json)
    }
}

fn grants_of(case: &Value) -> Vec<Grant> {
    let mut grants = match case.get("ruleSets") {
        Some(sets) => sets
            .as_array()
            .unwrap()
            .iter()
            .map(|set| ad_hoc("rules", set))
            .collect(),
        None => vec![ad_hoc("rules", &case["rules"])],
    };
    grants.extend(case.get("appended").map(appended));
    grants
}

#[test]
fn every_case_has_its_known_answer() {
    let file: Value = serde_json::from_str(include_str!("../vectors/decision-cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 97);
    for case in cases {
        let semantics = match case.get("mode").and_then(Value::as_str) {
            Some("legacy-order") => Semantics::LastMatch,
            _ => Semantics::ForbidWins,
        };
        let assembly =
            assemble_as_written(&grants_of(case), semantics, DateTime::<Utc>::UNIX_EPOCH);
        let rules = compile(&assembly, &mut CompileCache::new());
        let check = &case["check"];
        let request = AccessRequest {
            subject: check["subject"].as_str().unwrap().into(),
            action: check["action"].as_str().unwrap().into(),
            attributes: attributes_from_json(check.get("fields")).unwrap(),
        };
        let answer = if check.get("helper").is_some() {
            check_either(&rules, &request, &Action::from("read"))
        } else {
            assert_eq!(decide(&rules, &request).outcome, outcome(&rules, &request));
            outcome(&rules, &request)
        };
        let expected = match &case["expect"] {
            Value::Bool(true) => "allowed",
            Value::Bool(false) => "denied",
            _ => "error",
        };
        assert_eq!(outcome_word(answer), expected, "{case:#}");
    }
}
