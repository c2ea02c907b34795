//! Templates in rules, filled in as the server fills them in.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what this file's tests share may fail as a test does"
)]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::project::Semantics;
use reeve_policy::assemble::{ActorFacts, Assembly, Auth, Source, assemble};
use reeve_policy::read::{rule_to_json, value_from_json};
use reeve_policy::template::{TemplateFault, UnresolvedReason};
use reeve_tests::judge::{ad_hoc, nobody};
use serde_json::{Value, json};

fn actor(context: &Value) -> ActorFacts {
    let metadata = context["metadata"].as_object().into_iter().flatten();
    ActorFacts {
        id: MemberId::from("id-1"),
        username: "bob@x.com".into(),
        metadata: metadata
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        auth: context.get("auth").map_or(Auth::Absent, |auth| {
            Auth::Known(value_from_json(auth).as_object().unwrap().clone())
        }),
        ..nobody()
    }
}

fn assembled(rules: &Value, context: &Value) -> Assembly {
    assemble(
        &actor(context),
        &[ad_hoc("rules", rules)],
        Semantics::ForbidWins,
        DateTime::<Utc>::UNIX_EPOCH,
    )
}

fn rules_with(template: &str) -> Value {
    json!([{
        "subject": "secrets",
        "action": ["read"],
        "conditions": {"secretPath": template, "environment": "dev"},
    }])
}

/// What the path of the only rule is rendered to, or the word `error`.
#[track_caller]
fn rendered(template: &str, context: &Value) -> Value {
    let assembly = assembled(&rules_with(template), context);
    match assembly.active.fault {
        Some(TemplateFault::Invalid | TemplateFault::BrokenJson) => json!("error"),
        Some(fault) => json!(format!("{fault:?}")),
        None => {
            let ordered = assembly.ordered();
            assert_eq!(ordered.len(), 1);
            rule_to_json(ordered[0].rule)["conditions"]["secretPath"].clone()
        }
    }
}

#[test]
fn every_template_renders_as_on_the_server() {
    let file: Value =
        serde_json::from_str(include_str!("../vectors/interpolation-cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 25);
    for case in cases {
        let expected = if case["result"].get("error").is_some() {
            json!("error")
        } else {
            case["result"].clone()
        };
        let template = case["template"].as_str().unwrap();
        assert_eq!(rendered(template, &case["context"]), expected, "{case}");
    }
}

#[test]
fn a_template_without_a_value_is_reported_with_its_place() {
    let rules = json!([
        {"subject": "secrets", "action": ["read"]},
        {"subject": "secrets", "action": ["edit"], "conditions": {
            "secretPath": {"$glob": "/{{identity.metadata.team}}/{{ identity.auth.oidc.claims.sub }}/**"},
        }},
    ]);
    let assembly = assembled(&rules, &json!({}));
    let unresolved: Vec<_> = assembly
        .active
        .unresolved
        .iter()
        .map(|u| (u.source.clone(), u.rule, u.path.as_str(), u.reason))
        .collect();
    let source = Some(Source::AdHoc {
        label: Arc::from("rules"),
    });
    assert_eq!(
        unresolved,
        [
            (
                source.clone(),
                1,
                "identity.metadata.team",
                UnresolvedReason::LeftAsWritten
            ),
            (
                source,
                1,
                "identity.auth.oidc.claims.sub",
                UnresolvedReason::RenderedEmpty
            ),
        ]
    );
}

#[test]
fn helpers_blanks_comments_and_escapes_are_followed() {
    let context = json!({"metadata": {"team": "svc-web", "a\"b": "quoted", "list": "x"}});
    for (template, expected) in [
        ("/{{stripPrefix identity.metadata.team 'svc-'}}", "/web"),
        (
            "/{{stripPrefix identity.metadata.none 'svc-'}}",
            "/{{identity.metadata.none}}",
        ),
        (
            "/{{stripPrefix (stripPrefix identity.metadata.team 's') 'vc-'}}",
            "/web",
        ),
        ("/a  {{~identity.id~}}  /b", "/aid-1/b"),
        ("/a{{! note }}b{{!-- }} --}}c", "/abc"),
        ("/\\{{identity.id}}", "error"),
        ("/{{{identity.metadata.team}}}", "/svc-web"),
        ("/{{&identity.metadata.team}}", "/svc-web"),
        ("/{{this.identity.id}}/{{../identity.id}}", "/id-1/"),
        ("/{{@root.identity.id}}", "/id-1"),
        ("/{{identity}}", "/[object Object]"),
        ("/{{identity.metadata}}", "error"),
        ("/{{identity.id.length}}", "/4"),
        ("/{{identity.nothing}}/{{other}}", "//"),
        ("/{{identity.id 'x'}}", "error"),
        ("/{{missing 'x'}}", "error"),
        ("/{{missing a='x'}}", "/"),
        ("/{{identity..id}}", "error"),
        ("/{{identity.id}}}", "error"),
        ("{x,{{identity.id}}}", "error"),
        ("/{{identity.id", "error"),
        ("/{{else}}", "error"),
        ("/{{#if identity.id}}x{{/if}}", "Unsupported"),
        ("/{{trimSuffix identity.id '*'}}", "Unsupported"),
    ] {
        assert_eq!(rendered(template, &context), json!(expected), "{template}");
    }
}

#[test]
fn a_template_nested_without_end_is_refused_and_not_followed() {
    let deep = 100_000;
    let nested = format!(
        "/{{{{stripPrefix {}x{}}}}}",
        "(stripPrefix ".repeat(deep),
        ")".repeat(deep)
    );
    assert_eq!(rendered(&nested, &json!({})), json!("Unsupported"));
}

#[test]
fn a_value_that_adds_a_rule_leaves_no_source_certain() {
    let context = json!({"metadata": {
        "team": "x\"}}},{\"subject\":\"secrets\",\"action\":[\"delete\"],\"conditions\":{\"a\":{\"$eq\":\"",
    }});
    let rules = json!([{
        "subject": "secrets",
        "action": ["read"],
        "conditions": {"secretPath": {"$eq": "{{{identity.metadata.team}}}"}},
    }]);
    let assembly = assembled(&rules, &context);
    let ordered = assembly.ordered();
    assert_eq!(ordered.len(), 2);
    assert!(ordered.iter().all(|rule| rule.source.is_none()));
}

#[test]
fn what_depends_on_an_unknown_token_is_marked() {
    let actor = ActorFacts {
        auth: Auth::Unknown,
        ..actor(&json!({}))
    };
    let rules = rules_with("/{{identity.auth.oidc.claims.team}}");
    let assembly = assemble(
        &actor,
        &[ad_hoc("rules", &rules)],
        Semantics::ForbidWins,
        DateTime::<Utc>::UNIX_EPOCH,
    );
    assert_eq!(
        assembly.active.grants[0].doubtful,
        [(0, "secretPath".to_owned())]
    );
    assert_eq!(
        assembly.active.unresolved[0].reason,
        UnresolvedReason::NotTold
    );
}

#[test]
fn a_quote_after_a_backslash_reaches_into_the_next_rule() {
    let rules = json!([
        {"subject": "secrets", "action": ["read"], "conditions": {
            "secretPath": "{{stripPrefix identity.id 'x\\'}}",
        }},
        {"subject": "secrets", "action": ["read"], "conditions": {
            "secretPath": "{{stripPrefix identity.id 'a'}}",
        }},
    ]);
    assert_eq!(
        assembled(&rules, &json!({})).active.fault,
        Some(TemplateFault::Invalid)
    );
    let alone = json!([rules[0]]);
    assert_eq!(assembled(&alone, &json!({})).active.fault, None);
}
