//! A decision without reasons allocates nothing. Alone in its program, because the count is global.

use std::alloc::System;

use reeve_domain::project::Semantics;
use reeve_policy::decide::{decide, outcome};
use reeve_tests::judge::{compile_list, request_of};
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn deciding_one_request_allocates_nothing() {
    let rules = json!([
        {"subject": "all", "action": "manage", "conditions": {"environment": "nowhere"}},
        {"subject": "secrets", "action": ["read"], "conditions": {
            "secretPath": {"$glob": "/app/**"}, "secretName": {"$ne": "X", "$glob": "*_{KEY,ID}"},
        }},
        {"subject": "secrets", "action": ["read"], "conditions": {
            "environment": {"$in": ["dev", "staging"]}, "secretTags": {"$all": ["a"]},
        }},
        {"subject": "secrets", "action": ["read"], "inverted": true, "conditions": {
            "metadata": {"$elemMatch": {"key": "team", "value": {"$eq": "x"}}},
        }},
        {"subject": "secrets", "action": ["read"], "inverted": true, "conditions": {
            "secretTags": {"$in": ["locked"]}, "secretPath": {"$glob": "!(x)/[a-c]*"},
        }},
    ]);
    let compiled = compile_list(&rules, Semantics::ForbidWins);
    let requests: Vec<_> = [
        json!({"environment": "dev", "secretPath": "/app/db", "secretName": "A_KEY",
            "secretTags": ["a", "b"], "metadata": [{"key": "team", "value": "y"}]}),
        json!({"environment": "prod", "secretPath": "/app/db", "secretName": "X",
            "secretTags": ["locked"]}),
        json!({"environment": "prod", "secretPath": "/app"}),
        Value::Null,
    ]
    .iter()
    .map(|attributes| {
        request_of(&json!({"subject": "secrets", "action": "read", "attributes": attributes}))
    })
    .collect();
    // A glob may prepare itself when it is first used.
    let first: Vec<_> = requests
        .iter()
        .map(|request| outcome(&compiled, request))
        .collect();
    let region = Region::new(COUNTING);
    let agreed = requests
        .iter()
        .zip(&first)
        .all(|(request, first)| outcome(&compiled, request) == *first);
    let change = region.change();
    assert!(agreed);
    assert_eq!(change.allocations + change.reallocations, 0);
    // The count is alive: reasons do allocate.
    let region = Region::new(COUNTING);
    drop(decide(&compiled, &requests[0]));
    assert!(region.change().allocations > 0);
}
