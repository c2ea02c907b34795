//! The server's comparison, and what it asks of those who assign. `boundary-vectors.jsonl` holds
//! what the server's own code answered, `boundary-cases.json` the facts of its tests.

#![allow(
    clippy::needless_pass_by_value,
    reason = "cases are written as literals"
)]

use chrono::DateTime;
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::Semantics;
use reeve_domain::rule::Rule;
use reeve_domain::value::Value;
use serde_json::{Value as Json, json};

use super::assigning::{About, Giver, Receiver, Verdict, assign_roles, attach_privilege};
use super::*;
use crate::assemble::{ActorFacts, Assembly, Auth, Grant, Source, assemble};
use crate::compile::{CompileCache, compile};
use crate::read::{rules_from_json, value_to_json};

const VECTORS: &str = include_str!("../../../../tests/vectors/boundary-vectors.jsonl");
const CASES: &str = include_str!("../../../../tests/vectors/boundary-cases.json");

fn rules(json: &Json) -> Vec<Rule> {
    let (rules, problems) = rules_from_json(json);
    assert!(problems.is_empty(), "{problems:?}");
    rules
}

fn missing(held: &Json, handed_out: &Json) -> Vec<MissingPermission> {
    let (held, handed_out) = (rules(held), rules(handed_out));
    compare(
        &Held::of_list(&held, Semantics::ForbidWins),
        &Held::of_list(&handed_out, Semantics::ForbidWins),
    )
    .unwrap()
}

fn written_as_in_vectors(missing: &MissingPermission) -> Json {
    let mut json = json!({"action": missing.action.as_str(), "subject": missing.subject.as_str()});
    if let Some(conditions) = &missing.conditions {
        json["conditions"] = value_to_json(&Value::Object(conditions.clone()));
    }
    json
}

#[test]
fn all_comparisons_of_the_server_are_reproduced_to_the_byte() {
    let mut lines = 0;
    for line in VECTORS.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let got: Json = missing(&case["parent"], &case["subset"])
            .iter()
            .map(written_as_in_vectors)
            .collect();
        assert_eq!(
            got.to_string(),
            case["missingPermissions"].to_string(),
            "{line}"
        );
        lines += 1;
    }
    assert_eq!(lines, 500);
}

#[test]
fn the_facts_of_the_servers_own_tests_hold() {
    let cases: Json = serde_json::from_str(CASES).unwrap();
    let list = |name: &str| cases[name].as_array().unwrap().clone();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    for case in list("boundary") {
        let is_valid = missing(&case["parent"], &case["child"]).is_empty();
        assert_eq!(is_valid, case["expectValid"], "{case}");
    }
    for case in list("globSubset") {
        let contained = glob_text::contains(&text(&case[0]), &text(&case[1]));
        assert_eq!(contained, case[2] == 1, "{case}");
    }
    for case in list("literalPrefix") {
        assert_eq!(glob_text::literal_prefix(&text(&case[0])), text(&case[1]));
    }
    for case in list("disjointPrefixes") {
        let disjoint = glob_text::have_disjoint_prefixes(&text(&case[0]), &text(&case[1]));
        assert_eq!(disjoint, case[2] == 1, "{case}");
    }
}

#[test]
fn the_library_takes_for_a_glob_what_it_must_not_read_literally() {
    for glob in [
        "a*", "a?", "[a]", "{a,b}", "{a..c}", "(a", "@(a)", "./!(a)", "!a*", "a\\\\*",
    ] {
        assert!(glob_text::is_glob(glob), "{glob}");
    }
    for text in [
        "", "a", "!a", "./!a", "{a}", "{a", "[a", "a\\*", "\\{a,b}", "+a", "a)",
    ] {
        assert!(!glob_text::is_glob(text), "{text}");
    }
}

#[test]
fn a_contained_glob_is_found_in_reasonable_time() {
    let deep = |segment: &str| segment.repeat(2_000);
    assert!(!glob_text::contains(&(deep("/**") + "/x"), &deep("/a")));
    assert!(glob_text::contains(&deep("/**"), &deep("/a")));
}

#[test]
fn the_servers_blind_spots_are_blind_here_too() {
    let on = |conditions: Json| json!([{"subject": "secrets", "action": "edit", "conditions": conditions}]);
    let both = json!([
        {"subject": "secrets", "action": "edit", "conditions": {"environment": "dev"}},
        {"subject": "secrets", "action": "edit", "conditions": {"environment": "prod"}},
    ]);
    let either = on(json!({"environment": {"$in": ["dev", "prod"]}}));
    assert_eq!(
        missing(&both, &either).len(),
        1,
        "rules are not taken together"
    );
    let tags = |tag: &str| on(json!({"secretTags": {"$all": [tag]}}));
    assert!(
        missing(&tags("a"), &tags("b")).is_empty(),
        "`$all` is not compared"
    );
    let legacy = json!([{"subject": "secrets", "action": "read"}]);
    let new = json!([{"subject": "secrets", "action": ["describeSecret", "readValue"]}]);
    assert_eq!(
        missing(&legacy, &new).len(),
        2,
        "the legacy action covers nothing else"
    );
    let folders = json!([{"subject": "secret-folders", "action": ["read", "edit"]}]);
    assert_eq!(
        missing(&json!([]), &folders).len(),
        1,
        "reading folders is not asked for"
    );
}

#[test]
fn a_rule_the_server_fails_on_is_reported_as_such() {
    let held = rules(
        &json!([{"subject": "secrets", "action": "edit", "conditions": {"environment": {"$in": "dev"}}}]),
    );
    let wanted = rules(
        &json!([{"subject": "secrets", "action": "edit", "conditions": {"environment": "dev"}}]),
    );
    let of = |rules| Held::of_list(rules, Semantics::ForbidWins);
    assert_eq!(
        compare(&of(&held), &of(&wanted)),
        Err(BoundaryTrouble::WrongOperand)
    );
    let (no_subject, _) = rules_from_json(&json!([{"action": "edit"}]));
    assert_eq!(
        compare(&of(&held), &of(&no_subject)),
        Err(BoundaryTrouble::UnusualRule)
    );
}

#[test]
fn older_servers_add_no_legacy_action_to_forbids() {
    let held = rules(&json!([{"subject": "secrets", "action": "readValue"}]));
    let wanted = rules(&json!([{"subject": "secrets", "action": "readValue", "inverted": true}]));
    let count = |semantics| {
        compare(
            &Held::of_list(&held, semantics),
            &Held::of_list(&wanted, semantics),
        )
        .unwrap()
        .len()
    };
    assert_eq!(count(Semantics::ForbidWins), 1, "the added `read`");
    assert_eq!(count(Semantics::LastMatch), 0);
}

fn holding(json: &Json) -> Assembly {
    let actor = ActorFacts {
        id: MemberId::from("giver"),
        kind: MemberKind::User,
        username: "giver".to_owned(),
        metadata: Vec::new(),
        auth: Auth::Absent,
    };
    let grant = Grant {
        source: Source::AdHoc {
            label: "the giver's rules".into(),
        },
        lifetime: Lifetime::Permanent,
        rules: rules(json).into(),
    };
    assemble(
        &actor,
        &[grant],
        Semantics::ForbidWins,
        DateTime::UNIX_EPOCH,
    )
}

fn attach(giver: &Json, granted: &Json) -> Verdict {
    let assembly = holding(giver);
    let rules = &compile(&assembly, &mut CompileCache::new());
    let receiver = Receiver {
        kind: MemberKind::User,
        name: Some("target@example.com"),
    };
    attach_privilege(
        Giver {
            assembly: &assembly,
            rules,
        },
        receiver,
        &self::rules(granted),
    )
}

#[track_caller]
fn attaches(giver: &Json, granted: &Json) {
    assert_eq!(attach(giver, granted), Verdict::Allowed);
}

#[track_caller]
fn does_not_attach(giver: &Json, granted: &Json, expected: &About) {
    match attach(giver, granted) {
        Verdict::Refused { about, .. } => assert_eq!(&about, expected),
        other => panic!("{other:?}"),
    }
}

fn secrets() -> Json {
    json!([{"subject": "secrets", "action": ["readValue"]}])
}

fn environments() -> Json {
    json!([{"subject": "environments", "action": ["read"]}])
}

fn giver(more: &[Json]) -> Json {
    let mut all =
        vec![json!({"subject": "member", "action": ["edit", "assign-additional-privileges"]})];
    all.extend_from_slice(more);
    json!(all)
}

fn forbid(action: &str, conditions: Json) -> Json {
    json!({"subject": "member", "action": action, "inverted": true, "conditions": conditions})
}

#[test]
fn whoever_may_assign_without_conditions_may_attach_anything() {
    attaches(&giver(&[]), &secrets());
    attaches(
        &json!([{"subject": "member", "action": "grant-privileges"}]),
        &secrets(),
    );
    does_not_attach(&json!([]), &secrets(), &About::Receiver);
}

#[test]
fn a_forbid_on_a_subject_stops_that_subject_only() {
    for action in ["assign-additional-privileges", "grant-privileges"] {
        let giver = giver(&[forbid(action, json!({"assignableSubject": "secrets"}))]);
        does_not_attach(&giver, &secrets(), &About::Subject("secrets".into()));
        attaches(&giver, &environments());
    }
}

#[test]
fn a_forbid_on_an_action_stops_that_action_only() {
    let giver = giver(&[forbid(
        "assign-additional-privileges",
        json!({"assignableAction": "secrets:readValue"}),
    )]);
    let about = About::Action("secrets".into(), "readValue".into());
    does_not_attach(&giver, &secrets(), &about);
    attaches(
        &giver,
        &json!([{"subject": "secrets", "action": "describeSecret"}]),
    );
}

#[test]
fn an_allow_on_the_legacy_action_does_not_undo_a_forbid_on_the_new_one() {
    let legacy = json!({"subject": "member", "action": "grant-privileges"});
    let on_subject = forbid(
        "assign-additional-privileges",
        json!({"assignableSubject": "secrets"}),
    );
    let giver_of = |forbid| giver(&[legacy.clone(), forbid]);
    does_not_attach(
        &giver_of(on_subject.clone()),
        &secrets(),
        &About::Subject("secrets".into()),
    );
    attaches(&giver_of(on_subject), &environments());
    let on_target = forbid(
        "assign-additional-privileges",
        json!({"userEmail": "target@example.com"}),
    );
    does_not_attach(&giver_of(on_target), &environments(), &About::Receiver);
}

#[test]
fn whoever_may_assign_only_some_actions_may_attach_only_those() {
    let giver = json!([{"subject": "member", "action": "assign-additional-privileges",
        "conditions": {"assignableAction": {"$in": ["secrets:readValue"]}}}]);
    attaches(&giver, &secrets());
    attaches(&giver, &json!([]));
    let about = About::Action("environments".into(), "read".into());
    does_not_attach(&giver, &environments(), &about);
}

#[test]
fn roles_are_assigned_one_by_one() {
    let assembly = holding(&json!([{"subject": "identity", "action": "assign-role",
        "conditions": {"assignableRole": {"$in": ["viewer", "member"]}}}]));
    let rules = &compile(&assembly, &mut CompileCache::new());
    let ask = |slugs: &[&str]| {
        let receiver = Receiver {
            kind: MemberKind::Identity,
            name: Some("identity-1"),
        };
        assign_roles(
            Giver {
                assembly: &assembly,
                rules,
            },
            receiver,
            slugs,
        )
    };
    assert_eq!(ask(&["member", "viewer", "no-access"]), Verdict::Allowed);
    match ask(&["member", "admin"]) {
        Verdict::Refused { about, missing } => {
            assert_eq!(about, About::Role("admin".into()));
            assert_eq!(missing.action.as_str(), "assign-role");
        }
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        ask(&["no-access"]),
        Verdict::Refused {
            about: About::Receiver,
            ..
        }
    ));
}
