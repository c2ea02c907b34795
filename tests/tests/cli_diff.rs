//! `reeve diff`: files, roles and members compared by the real program.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use reeve_tests::cli::{code_and_text, reeve, run};
use reeve_tests::session::Session;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder with files of rules.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn rules(&self, name: &str, rules: &Value) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, rules.to_string()).unwrap();
        path.display().to_string()
    }

    fn read_value(&self, name: &str, conditions: &Value) -> String {
        let rule = json!({"subject": "secrets", "action": ["readValue"], "conditions": conditions});
        self.rules(name, &json!([rule]))
    }
}

/// The exit code, and the lines that were printed.
fn diff(arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let all: Vec<&str> = ["diff"].iter().chain(arguments).copied().collect();
    let (code, text) = code_and_text(&reeve(&all));
    (code, text.lines().map(str::to_owned).collect())
}

#[track_caller]
fn refused(arguments: &[&str], complaint: &str) {
    let all: Vec<&str> = ["diff"].iter().chain(arguments).copied().collect();
    let output = reeve(&all);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(complaint), "{said}");
}

const ANY_SLUG: &str = "note: environments can have any slug here, also ones that nobody has made \
    yet; `--environments` lists the only ones";

#[test]
fn two_stars_grant_the_folder_itself_and_everything_from_the_second_level_down() {
    let files = Files::new();
    let one = files.read_value("one.json", &json!({"secretPath": {"$glob": "/app/*"}}));
    let two = files.read_value("two.json", &json!({"secretPath": {"$glob": "/app/**"}}));
    let (code, lines) = diff(&[&one, &two]);
    assert_eq!(code, Some(3));
    assert_eq!(
        lines,
        [
            "wider: some access is gained, none is lost",
            "newly allowed",
            "  Read Value on `secrets`",
            "    any environment · `/app` itself and everything from the second level below `/app`",
            "      such as `dev:/app/API_KEY`, untagged; `prod:/app/a/b/DB_URL`, untagged",
            ANY_SLUG,
        ]
    );
    let (code, lines) = diff(&[&two, &one]);
    assert_eq!(code, Some(1));
    assert_eq!(
        lines[..2],
        [
            "narrower: some access is lost, none is gained",
            "newly denied"
        ]
    );
}

#[test]
fn not_one_environment_is_the_list_of_the_others_only_while_no_other_can_be_made() {
    let files = Files::new();
    let not = files.read_value("not.json", &json!({"environment": {"$ne": "prod"}}));
    let list = files.read_value(
        "list.json",
        &json!({"environment": {"$in": ["dev", "staging"]}}),
    );
    let (code, lines) = diff(&[&not, &list, "--environments", "dev,staging,prod"]);
    assert_eq!(code, Some(0));
    assert_eq!(
        lines,
        [
            "the same in every case",
            "note: the only environments are dev, staging, prod"
        ]
    );
    let (code, lines) = diff(&[&not, &list]);
    assert_eq!(code, Some(1));
    assert_eq!(
        lines,
        [
            "narrower: some access is lost, none is gained",
            "newly denied",
            "  Read Value on `secrets`",
            "    any environment except `dev`, `prod` and `staging`",
            "      such as `a:/API_KEY`, untagged; `a:/DB_URL`, untagged",
            ANY_SLUG,
        ]
    );
    let (code, _) = diff(&[&list, &not, "--open"]);
    assert_eq!(code, Some(3));
}

#[test]
fn each_verdict_has_an_exit_code_of_its_own() {
    let files = Files::new();
    let dev = files.read_value("dev.json", &json!({"environment": "dev"}));
    let prod = files.read_value("prod.json", &json!({"environment": "prod"}));
    let both = files.read_value(
        "both.json",
        &json!({"environment": {"$in": ["dev", "prod"]}}),
    );
    let failing = files.rules(
        "failing.json",
        &json!([
            {"subject": "secrets", "action": ["readValue"], "conditions": {"environment": "dev"}},
            {"subject": "secrets", "action": ["edit"], "conditions": {"secretTags": {"$glob": "a"}}},
        ]),
    );
    let editing = files.rules(
        "editing.json",
        &json!([
            {"subject": "secrets", "action": ["readValue"], "conditions": {"environment": "dev"}},
            {"subject": "secrets", "action": ["edit"], "conditions": {"environment": "nowhere"}},
        ]),
    );
    let in_two = ["--environments", "dev,prod"];
    for (a, b, code, headline) in [
        (&dev, &dev, 0, "the same in every case"),
        (
            &both,
            &dev,
            1,
            "narrower: some access is lost, none is gained",
        ),
        (&dev, &both, 3, "wider: some access is gained, none is lost"),
        (&dev, &prod, 4, "some access is gained and some is lost"),
        (
            &editing,
            &failing,
            0,
            "the same is allowed, but other requests fail or are denied",
        ),
    ] {
        let (found, lines) = diff(&[a, b, in_two[0], in_two[1]]);
        assert_eq!(found, Some(code), "{lines:?}");
        assert_eq!(lines[0], headline);
    }
}

#[test]
fn what_is_not_proven_says_which_limit_was_hit_and_ends_with_two() {
    let files = Files::new();
    let path =
        |name: &str, glob: &str| files.read_value(name, &json!({"secretPath": {"$glob": glob}}));
    let plain = path("plain.json", "/app");
    for (name, glob, limit) in [
        (
            "back.json",
            "/(a|b)\\1/*",
            "note: this may not be all: not every value of `secretPath` was tried against \
             `/(a|b)\\1/*`: the pattern refers back to one of its groups",
        ),
        (
            "template.json",
            "/{{identity.metadata.team}}/**",
            "note: this may not be all: `{{identity.metadata.team}}` in rules on `secrets` was \
             taken for plain text: what it becomes differs from actor to actor",
        ),
    ] {
        let (code, lines) = diff(&[&plain, &path(name, glob)]);
        assert_eq!(code, Some(2), "{lines:?}");
        assert!(lines[0].ends_with(", as far as could be told"), "{lines:?}");
        assert!(lines.contains(&limit.to_owned()), "{lines:?}");
    }
}

#[test]
fn json_has_boxes_and_witnesses_that_check_confirms() {
    let files = Files::new();
    let before = files.rules("before.json", &json!([]));
    let after = files.rules(
        "after.json",
        &json!([
            {"subject": "secrets", "action": ["readValue"],
             "conditions": {"environment": "prod", "secretPath": {"$glob": "/payments/**"}}},
            {"subject": "secrets", "action": ["readValue"], "inverted": true,
             "conditions": {"secretTags": {"$in": ["pci"]}}},
        ]),
    );
    let output = reeve(&["diff", &before, &after, "--json"]);
    let (code, text) = code_and_text(&output);
    assert_eq!(code, Some(3), "{text}");
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["verdict"], "wider");
    assert_eq!(answer["exhaustive"], true);
    assert_eq!(answer["environments"], Value::Null);
    let changes = answer["changes"].as_array().unwrap();
    let thing = changes
        .iter()
        .find(|change| change["general"] == false)
        .unwrap();
    assert_eq!(
        thing["box"],
        json!({
            "environment": {"anyOf": [{"value": "prod"}], "orMissing": false},
            "secretPath": {
                "anyOf": [{"patterns": ["/payments/**"], "except": []}],
                "orMissing": false,
            },
            "secretTags": {
                "anyOf": [{"with": [], "without": [
                    {"anyOf": [{"value": "pci"}]},
                ]}],
                "orMissing": true,
            },
        })
    );
    let mut confirmed = 0;
    for change in changes {
        for witness in change["witnesses"].as_array().unwrap() {
            for (file, answer) in [(&before, "before"), (&after, "after")] {
                let (code, _) = code_and_text(&check(file, change, witness));
                let is_allowed = witness[answer] == "allowed";
                assert_eq!(code == Some(0), is_allowed, "{witness}");
                confirmed += 1;
            }
        }
    }
    assert!(confirmed >= 4, "{confirmed}");
}

/// Asks `reeve check` about a witness.
fn check(file: &str, change: &Value, witness: &Value) -> std::process::Output {
    let attributes = witness["attributes"].to_string();
    let mut arguments = vec![
        "check",
        "--rules",
        file,
        "--subject",
        change["subject"].as_str().unwrap(),
        "--action",
        witness["action"].as_str().unwrap(),
    ];
    if !witness["attributes"].is_null() {
        arguments.extend(["--attributes", attributes.as_str()]);
    }
    reeve(&arguments)
}

#[test]
fn one_file_is_compared_under_two_profiles() {
    let files = Files::new();
    let rules = files.rules(
        "rules.json",
        &json!([
            {"subject": "secrets", "action": ["edit"], "inverted": true,
             "conditions": {"environment": "prod"}},
            {"subject": "secrets", "action": ["edit"]},
        ]),
    );
    let (code, lines) = diff(&[
        &rules,
        "--profile",
        "last-match",
        "--profile-b",
        "forbid-wins",
    ]);
    assert_eq!(code, Some(1));
    assert_eq!(
        lines[1..4],
        ["newly denied", "  Modify on `secrets`", "    `prod`"]
    );
    let (code, _) = diff(&[&rules, "--profile-b", "forbid-wins"]);
    assert_eq!(
        code,
        Some(0),
        "files are `forbid-wins` unless told otherwise"
    );
}

#[test]
fn predefined_roles_need_no_workspace() {
    let (code, lines) = diff(&["role:viewer", "role:admin"]);
    assert_eq!(code, Some(3), "{lines:?}");
    assert_eq!(diff(&["role:admin", "role:no-access"]).0, Some(1));
    refused(
        &["role:viewer", "role:oncall"],
        "there is no predefined role `oncall`",
    );
    refused(&["role:viewer", "member:ana"], "name it with `--workspace`");
}

fn sample() -> (Session, PathBuf) {
    let session = Session::on_sample();
    let status = session.call("workspace_status", json!({}));
    let file = status["path"]
        .as_str()
        .or_else(|| status["workspace"]["path"].as_str());
    let file = PathBuf::from(file.unwrap_or_else(|| panic!("{status}")));
    (session, file)
}

fn in_workspace(file: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let file = file.display().to_string();
    let all: Vec<&str> = arguments
        .iter()
        .copied()
        .chain(["--workspace", file.as_str()])
        .collect();
    diff(&all)
}

#[test]
fn roles_of_a_workspace_are_compared_over_its_environments() {
    let (_session, file) = sample();
    let (code, lines) = in_workspace(&file, &["role:payments-reader", "role:payments-operator"]);
    assert_eq!(code, Some(4), "{lines:?}");
    assert!(
        lines.contains(&"    `prod-eu` · `/payments/**` · tagged `pci`".to_owned()),
        "{lines:?}"
    );
    let last = lines.last().unwrap();
    assert!(
        last.contains("those of the project, dev, staging, prod, prod-eu;"),
        "{last}"
    );
    let (_, lines) = in_workspace(
        &file,
        &["role:payments-reader", "role:payments-operator", "--open"],
    );
    assert_eq!(lines.last().unwrap(), ANY_SLUG);
    let files = Files::new();
    let rules = files.rules("none.json", &json!([]));
    let (code, _) = in_workspace(&file, &[&rules, "role:no-access"]);
    assert_eq!(code, Some(0), "a file can be compared with a role");
    let path = file.display().to_string();
    refused(
        &["role:no-such", "role:viewer", "--workspace", &path],
        "there is no role `no-such`",
    );
    refused(
        &["member:Nobody At All", "role:viewer", "--workspace", &path],
        "there is no member `Nobody At All`",
    );
}

#[test]
fn a_member_loses_at_an_end_what_only_the_ended_privilege_gave() {
    let (session, file) = sample();
    let member = session.member("legacy-billing-job");
    let attached = session.call(
        "attach_privilege",
        json!({
            "member": member,
            "slug": "incident",
            "duration": {"kind": "timed", "range": "1h"},
            "policies": [{
                "subject": "secret-rollback",
                "actions": ["read", "create"],
                "inverted": false,
                "conditions": [],
            }],
            "reason": "retries are stuck",
            "ticket": "",
        }),
    );
    let end = &attached["privilege"]["standing"]["end"];
    let end = DateTime::parse_from_rfc3339(end.as_str().unwrap())
        .unwrap()
        .to_utc();
    let at = |instant: DateTime<Utc>| instant.to_rfc3339();
    let who = ["member:legacy-billing-job"];
    let (before, after) = (at(end - TimeDelta::milliseconds(1)), at(end));
    let compare = |at: &str, at_b: &str| {
        let (_, lines) = in_workspace(&file, &[who[0], "--at", at, "--at-b", at_b]);
        lines
    };
    let lines = compare(&before, &after);
    assert_eq!(
        lines[..3],
        [
            "narrower: some access is lost, none is gained",
            "newly denied",
            "  everything on `secret-rollback`",
        ]
    );
    assert_eq!(compare(&before, &before)[0], "the same in every case");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let files = Files::new();
    let rules = files.rules("rules.json", &json!([]));
    refused(&[&rules], "required arguments were not provided");
    refused(&[&rules, "/no/such/file"], "cannot read `/no/such/file`");
    refused(
        &["-", "-"],
        "only one of the two can be read from standard input",
    );
    refused(
        &[&rules, &rules, "--at", "2026-01-01T00:00:00Z"],
        "--workspace",
    );
    refused(
        &[&rules, &rules, "--open", "--environments", "dev"],
        "cannot be used with",
    );
    let output = run(
        &["diff", "-", &rules],
        b"[{\"subject\": \"role\", \"action\": \"read\"}]",
    );
    let (code, text) = code_and_text(&output);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("newly denied\n  Read on `role`\n"), "{text}");
}
