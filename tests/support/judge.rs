//! The judge, driven by JSON as the vectors and the oracles write it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::assemble::{
    ActorFacts, Auth, Grant, Source, Through, assemble_active, assemble_as_written,
};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{AccessRequest, Change, Outcome, next_change};
use reeve_policy::read::{attributes_from_json, rules_from_json};
use serde_json::Value;

/// An actor about whom nothing is known.
pub fn nobody() -> ActorFacts {
    ActorFacts {
        id: MemberId::from("actor"),
        kind: MemberKind::User,
        username: String::new(),
        metadata: Vec::new(),
        auth: Auth::Absent,
    }
}

/// A permanent grant of the rules in `json`, belonging to nobody.
pub fn ad_hoc(label: &str, json: &Value) -> Grant {
    Grant {
        source: Source::AdHoc {
            label: Arc::from(label),
        },
        lifetime: Lifetime::Permanent,
        rules: rules_from_json(json).0.into(),
    }
}

/// A permanent grant of the rules in `json` by a role, had directly or through a group.
pub fn role(slug: &str, through: Option<&str>, json: &Value) -> Grant {
    Grant {
        source: Source::Role {
            id: slug.into(),
            slug: Arc::from(slug),
            name: Arc::from(slug),
            through: through.map(|group| Through {
                id: group.into(),
                name: Arc::from(group),
            }),
        },
        ..ad_hoc(slug, json)
    }
}

/// When what `ask` answers for `actor` changes next after `now`.
pub fn stands_until(
    actor: &ActorFacts,
    grants: &[Grant],
    semantics: Semantics,
    now: DateTime<Utc>,
    ask: impl Fn(&CompiledRules) -> Outcome,
) -> Option<Change> {
    let mut cache = CompileCache::new();
    next_change(grants, now, |at| {
        ask(&compile(
            &assemble_active(actor, grants, semantics, at),
            &mut cache,
        ))
    })
}

/// Compiles one list of rules, templates left as they are written.
pub fn compile_list(json: &Value, semantics: Semantics) -> CompiledRules {
    let assembly = assemble_as_written(
        &[ad_hoc("rules", json)],
        semantics,
        DateTime::<Utc>::UNIX_EPOCH,
    );
    compile(&assembly, &mut CompileCache::new())
}

/// The request in `action`, `subject` and `attributes` of `json`.
pub fn request_of(json: &Value) -> AccessRequest {
    AccessRequest {
        subject: Subject::from(json["subject"].as_str().unwrap_or_default()),
        action: Action::from(json["action"].as_str().unwrap_or_default()),
        attributes: attributes_from_json(json.get("attributes"))
            .unwrap_or(reeve_domain::attributes::Attributes::Bare),
    }
}

/// The outcome in one word, as the vectors have it.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::Denied => "denied",
        Outcome::ServerError(_) => "error",
        Outcome::Unknown(_) => "unknown",
    }
}
