//! How grants are put together: order, activity, folder grants, and what templates do to sources.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::project::Semantics;
use reeve_policy::assemble::{
    ActorFacts, Assembly, AssemblyProblem, FolderTier, Grant, Source, assemble, folder_rules,
};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{AccessRequest, Outcome, decide, outcome};
use reeve_tests::judge::{ad_hoc, nobody, role};
use serde_json::{Value, json};

fn now() -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH
}

fn privilege(slug: &str, rules: &Value) -> Grant {
    Grant {
        source: Source::Privilege {
            id: slug.into(),
            slug: Arc::from(slug),
        },
        ..ad_hoc(slug, rules)
    }
}

fn folder(environment: &str, path: &str, tier: FolderTier) -> Grant {
    Grant {
        source: Source::Folder {
            id: path.into(),
            environment: Arc::from(environment),
            path: Arc::from(path),
            tier,
        },
        lifetime: Lifetime::Permanent,
        rules: folder_rules(environment, path, tier).into(),
    }
}

fn request(action: &str, environment: &str, path: &str) -> AccessRequest {
    AccessRequest {
        subject: "secrets".into(),
        action: action.into(),
        attributes: Attributes::of_secret(environment, path, Some("K"), Some(&[])),
    }
}

fn assembled(grants: &[Grant], semantics: Semantics) -> Assembly {
    assemble(&nobody(), grants, semantics, now())
}

fn answer(grants: &[Grant], semantics: Semantics, request: &AccessRequest) -> Outcome {
    let rules = compile(&assembled(grants, semantics), &mut CompileCache::new());
    outcome(&rules, request)
}

fn names(assembly: &Assembly) -> Vec<&str> {
    assembly
        .ordered()
        .iter()
        .map(|rule| rule.source.map_or("?", Source::name))
        .collect()
}

#[test]
fn roles_privileges_and_groups_stand_in_the_order_of_the_servers_age() {
    let rules = json!([{"subject": "tags", "action": ["read"]}]);
    let grants = [
        role("by-group", Some("g"), &rules),
        privilege("extra", &rules),
        role("own", None, &rules),
    ];
    assert_eq!(
        names(&assembled(&grants, Semantics::ForbidWins)),
        ["own", "extra", "by-group"]
    );
    assert_eq!(
        names(&assembled(&grants, Semantics::LastMatch)),
        ["own", "by-group", "extra"]
    );
}

#[test]
fn forbids_move_last_and_keep_their_order() {
    let mixed = |action: &str| {
        json!([
            {"subject": "tags", "action": [action], "inverted": true},
            {"subject": "tags", "action": [action]},
        ])
    };
    let grants = [
        role("a", None, &mixed("read")),
        role("b", None, &mixed("edit")),
    ];
    let shape = |semantics| -> Vec<(String, bool)> {
        assembled(&grants, semantics)
            .ordered()
            .iter()
            .map(|rule| (rule.source.unwrap().name().to_owned(), rule.rule.inverted()))
            .collect()
    };
    let pairs = |list: [(&str, bool); 4]| list.map(|(name, inverted)| (name.to_owned(), inverted));
    assert_eq!(
        shape(Semantics::ForbidWins),
        pairs([("a", false), ("b", false), ("a", true), ("b", true)])
    );
    assert_eq!(
        shape(Semantics::LastMatch),
        pairs([("a", true), ("a", false), ("b", true), ("b", false)])
    );
}

#[test]
fn a_forbid_on_a_new_action_reaches_the_legacy_one_and_says_so() {
    let grants = [
        role(
            "reader",
            None,
            &json!([{"subject": "secrets", "action": ["read"]}]),
        ),
        role(
            "blind",
            None,
            &json!([
                {"subject": "secrets", "action": ["readValue"], "inverted": true},
            ]),
        ),
    ];
    let asked = request("read", "dev", "/");
    let assembly = assembled(&grants, Semantics::ForbidWins);
    let decision = decide(&compile(&assembly, &mut CompileCache::new()), &asked);
    assert_eq!(decision.outcome, Outcome::Denied);
    assert_eq!(decision.deciding().unwrap().added_action, Some("read"));
    assert_eq!(
        answer(&grants, Semantics::LastMatch, &asked),
        Outcome::Allowed
    );
}

#[test]
fn an_end_counts_and_a_start_does_not() {
    let rules = json!([{"subject": "secrets", "action": ["read"]}]);
    let with = |lifetime| Grant {
        lifetime,
        ..role("r", None, &rules)
    };
    let later = now() + TimeDelta::hours(1);
    for (lifetime, outcome) in [
        (Lifetime::timed("1h", later, later), Outcome::Allowed),
        (Lifetime::timed("1h", now(), now()), Outcome::Denied),
        (Lifetime::Timed(Timed::default()), Outcome::Denied),
        (Lifetime::Permanent, Outcome::Allowed),
    ] {
        let asked = request("read", "dev", "/");
        assert_eq!(
            answer(&[with(lifetime.clone())], Semantics::ForbidWins, &asked),
            outcome,
            "{lifetime:?}"
        );
    }
}

#[test]
fn a_folder_grant_replaces_everything_at_its_folder_and_nothing_elsewhere() {
    let all = json!([{"subject": "secrets", "action": ["readValue", "edit"]}]);
    let grants = [
        folder("dev", "/a/b", FolderTier::Read),
        role("writer", None, &all),
    ];
    for (action, environment, path, outcome) in [
        ("readValue", "dev", "/a/b", Outcome::Allowed),
        ("edit", "dev", "/a/b", Outcome::Denied),
        ("edit", "dev", "/a/b/c", Outcome::Allowed),
        ("edit", "prod", "/a/b", Outcome::Allowed),
    ] {
        let asked = request(action, environment, path);
        assert_eq!(
            answer(&grants, Semantics::ForbidWins, &asked),
            outcome,
            "{action} {path}"
        );
    }
}

#[test]
fn two_grants_on_one_folder_add_up_in_either_order() {
    let small = folder("dev", "/a", FolderTier::List);
    let large = folder("dev", "/a", FolderTier::Edit);
    let viewer = || role("viewer", None, &json!([]));
    for grants in [
        [viewer(), small.clone(), large.clone()],
        [viewer(), large, small],
    ] {
        let asked = request("edit", "dev", "/a");
        assert_eq!(
            answer(&grants, Semantics::ForbidWins, &asked),
            Outcome::Allowed
        );
    }
}

#[test]
fn folder_grants_of_admins_and_of_old_servers_are_left_out_and_told() {
    let grant = folder("dev", "/a", FolderTier::List);
    let admin = role(
        "admin",
        None,
        &json!([{"subject": "secrets", "action": ["edit"]}]),
    );
    let grants = [admin, grant.clone()];
    let asked = request("edit", "dev", "/a");
    assert_eq!(
        answer(&grants, Semantics::ForbidWins, &asked),
        Outcome::Allowed
    );
    assert_eq!(
        assembled(&grants, Semantics::ForbidWins).problems,
        [AssemblyProblem::FolderGrantOfAdmin(grant.source.clone())]
    );
    assert_eq!(
        assembled(std::slice::from_ref(&grant), Semantics::LastMatch).problems,
        [AssemblyProblem::FolderGrantLeftOut(grant.source)]
    );
}

#[test]
fn a_folder_grant_without_any_role_is_no_membership_and_counts_for_nothing() {
    let grant = folder("dev", "/a", FolderTier::Edit);
    let asked = request("edit", "dev", "/a");
    assert_eq!(
        assembled(std::slice::from_ref(&grant), Semantics::ForbidWins).problems,
        [AssemblyProblem::NotAMember]
    );
    for (role, outcome) in [
        (None, Outcome::Denied),
        (Some(role("viewer", None, &json!([]))), Outcome::Allowed),
    ] {
        let grants: Vec<Grant> = role.into_iter().chain([grant.clone()]).collect();
        assert_eq!(answer(&grants, Semantics::ForbidWins, &asked), outcome);
    }
}

#[test]
fn privileges_without_any_role_are_no_membership_and_count_for_nothing() {
    let rules = json!([{"subject": "secrets", "action": ["read"]}]);
    let asked = request("read", "dev", "/");
    let alone = [privilege("p", &rules)];
    assert_eq!(
        assembled(&alone, Semantics::ForbidWins).problems,
        [AssemblyProblem::NotAMember]
    );
    assert_eq!(
        answer(&alone, Semantics::ForbidWins, &asked),
        Outcome::Denied
    );
    let ended = Grant {
        lifetime: Lifetime::timed("1h", now(), now()),
        ..role("r", None, &json!([]))
    };
    let both = [ended, privilege("p", &rules)];
    assert_eq!(assembled(&both, Semantics::ForbidWins).problems, []);
    assert_eq!(
        answer(&both, Semantics::ForbidWins, &asked),
        Outcome::Allowed
    );
}

#[test]
fn a_template_that_turns_a_rule_around_is_rendered_with_all_rules_and_keeps_its_place() {
    // The server sorts before it renders, so this rule stays among the Forbids.
    let turning = json!([
        {"subject": "secrets", "action": ["edit"], "inverted": "{{identity.metadata.off}}"},
    ]);
    let actor = ActorFacts {
        metadata: vec![("off".into(), String::new())],
        ..nobody()
    };
    let grants = [
        role("turning", None, &turning),
        role(
            "forbidding",
            None,
            &json!([
                {"subject": "secrets", "action": ["edit"], "inverted": true, "conditions": {
                    "environment": "prod",
                }},
            ]),
        ),
    ];
    let assembly = assemble(&actor, &grants, Semantics::ForbidWins, now());
    assert!(assembly.active.merged.is_some());
    assert_eq!(names(&assembly), ["turning", "forbidding"]);
    let rules = compile(&assembly, &mut CompileCache::new());
    let ask = |environment| decide(&rules, &request("edit", environment, "/"));
    assert_eq!(ask("dev").outcome, Outcome::Allowed);
    assert_eq!(
        ask("dev").deciding().unwrap().source.as_ref(),
        Some(&grants[0].source)
    );
    assert_eq!(ask("prod").outcome, Outcome::Denied);
}
