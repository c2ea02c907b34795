//! `reeve pull` and `reeve verify`: the real program against a server.

use std::path::PathBuf;
use std::process::{Command, Output};

use chrono::{TimeDelta, Utc};
use reeve_tests::cli::program;
use reeve_tests::infisical::fault::{Fault, Kind};
use reeve_tests::infisical::world::{ADMIN, READER};
use reeve_tests::infisical::{Infisical, instant};
use reeve_tests::session::Session;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Credentials of a machine identity, a folder for workspaces, and nothing else of the machine.
struct Shell {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Shell {
    fn of(identity: &str) -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            environment: vec![
                ("REEVE_CLIENT_ID", identity.to_owned()),
                ("REEVE_CLIENT_SECRET", format!("secret of {identity}")),
            ],
        }
    }

    fn set(&mut self, name: &'static str, value: &str) {
        self.environment.retain(|(other, _)| *other != name);
        self.environment.push((name, value.to_owned()));
    }

    fn unset(&mut self, name: &str) {
        self.environment.retain(|(other, _)| *other != name);
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("team.reeve")
    }

    /// Runs the program; `FILE` stands for the workspace.
    fn reeve(&self, arguments: &[&str]) -> Output {
        let file = self.file().display().to_string();
        let arguments = arguments
            .iter()
            .map(|it| if *it == "FILE" { file.as_str() } else { it });
        Command::new(program())
            .args(arguments)
            .env_clear()
            .env("REEVE_DATA_DIR", self.folder.path().join("data"))
            .env("HOME", self.folder.path())
            .envs(self.environment.iter().map(|(name, value)| (*name, value)))
            .output()
            .unwrap()
    }

    /// What it says, where it must end with `code`.
    #[track_caller]
    fn ends(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.reeve(arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}{complaint}");
        assert_eq!(complaint.is_empty(), !said.is_empty(), "{said}{complaint}");
        said + &complaint
    }

    #[track_caller]
    fn json(&self, code: i32, arguments: &[&str]) -> Value {
        let all: Vec<&str> = arguments.iter().chain(&["--json"]).copied().collect();
        serde_json::from_str(&self.ends(code, &all)).unwrap()
    }
}

fn project(server: &Infisical) -> String {
    server.world().project["id"].as_str().unwrap().to_owned()
}

/// A shell that pulled the project as the identity that may see everything.
fn pulled(server: &Infisical) -> Shell {
    let shell = Shell::of(ADMIN);
    let project = project(server);
    shell.reeve(&[
        "pull",
        "FILE",
        "--url",
        &server.url(),
        "--project",
        &project,
    ]);
    assert!(shell.file().is_file());
    shell
}

/// What the identity that may see everything cannot see either.
const UNSEEN: [&str; 2] = [
    "not seen: user metadata: this server does not know how to list users with their metadata; \
     update the server, or go on without it",
    "not seen: ended user privileges: this is open to signed-in users only; sign in as a user in \
     the browser to see it",
];

#[test]
fn what_was_pulled_can_be_asked_about_and_agrees_with_the_server() {
    let server = Infisical::start();
    let shell = Shell::of(ADMIN);
    let project = project(&server);
    let said = shell.ends(
        1,
        &[
            "pull",
            "FILE",
            "--url",
            &server.url(),
            "--project",
            &project,
        ],
    );
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "Checkout: 4 users, 3 machine identities, 1 group, 7 roles (42 requests)",
            UNSEEN[0],
            UNSEEN[1],
        ]
    );
    let asked = |member: &str, code: i32| {
        shell.ends(
            code,
            &[
                "check",
                "--workspace",
                "FILE",
                "--member",
                member,
                "--action",
                "edit",
                "--subject",
                "role",
            ],
        )
    };
    assert!(asked("oracle-admin", 0).starts_with("Allowed: "));
    assert!(asked("ci-deployer", 1).starts_with("Denied: "));
    let said = shell.ends(0, &["verify", "FILE"]);
    assert_eq!(said, "7 agree, 0 do not, 0 not told\n");
    let said = shell.ends(0, &["verify", "FILE", "--member", "ci-deployer"]);
    assert_eq!(said, "1 agree, 0 do not, 0 not told\n");
}

#[test]
fn who_is_in_through_a_group_that_nothing_is_told_of_is_no_failure() {
    let server = Infisical::start();
    for members in server.world().group_members.values_mut() {
        members.retain(|member| member["user"]["email"] == "carol@example.test");
    }
    let shell = pulled(&server);
    let said = shell.ends(3, &["verify", "FILE"]);
    assert_eq!(
        said,
        "6 agree, 0 do not, 0 not told, 1 in through groups only\n\
         carol@example.test: in through groups only, and the server gives no account of anybody in \
         `Platform team`\n"
    );
    let said = shell.ends(3, &["verify", "FILE", "--json"]);
    let found: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(found["groupsOnly"], 1);
    let carol = found["members"].as_array().unwrap();
    let carol = carol.iter().find(|one| one["name"] == "carol@example.test");
    assert_eq!(
        carol.unwrap()["finding"],
        json!({"state": "groupsOnly", "groups": ["Platform team"]})
    );
}

#[test]
fn a_second_pull_needs_only_the_file_and_says_what_changed() {
    let server = Infisical::start();
    let shell = pulled(&server);
    let said = shell.ends(1, &["pull", "FILE"]);
    assert!(said.contains("\nnothing changed on the server\n"), "{said}");
    {
        let mut world = server.world();
        world.roles[0]["permissions"] =
            json!([{"subject": "webhooks", "action": ["read"], "inverted": false}]);
        world.roles[0]["updatedAt"] = json!(instant(Utc::now() + TimeDelta::seconds(5)));
        world
            .identity_privileges
            .retain(|(_, privilege)| privilege["slug"] != "reader-extra");
    }
    let said = shell.ends(1, &["verify", "FILE"]);
    let disagreeing = "app-reader: the role `App reader` has other rules";
    assert!(said.lines().any(|line| line == disagreeing), "{said}");
    let said = shell.ends(1, &["pull", "FILE"]);
    assert!(
        said.lines().any(|line| line == "changed role App reader"),
        "{said}"
    );
    assert!(!said.contains("nothing changed"), "{said}");
    let said = shell.ends(0, &["verify", "FILE"]);
    assert_eq!(said, "7 agree, 0 do not, 0 not told\n");
}

#[test]
fn json_is_one_object_for_each() {
    let server = Infisical::start();
    let shell = pulled(&server);
    let pull = shell.json(1, &["pull", "FILE", "--everything"]);
    assert_eq!(pull["project"]["id"], json!(project(&server)));
    assert_eq!(
        pull["counts"],
        json!({"users": 4, "identities": 3, "groups": 1, "roles": 7})
    );
    assert_eq!(
        (&pull["first"], &pull["changes"]),
        (&json!(false), &json!([]))
    );
    assert_eq!(pull["unseen"][0]["what"], "userMetadata");
    let verify = shell.json(0, &["verify", "FILE"]);
    assert_eq!(
        (&verify["same"], &verify["different"], &verify["notTold"]),
        (&json!(7), &json!(0), &json!(0))
    );
    server.world().roles[0]["permissions"] =
        json!([{"subject": "webhooks", "action": ["read"], "inverted": false}]);
    let verify = shell.json(1, &["verify", "FILE", "--member", "app-reader"]);
    let mismatches = &verify["members"][0]["finding"]["mismatches"];
    assert_eq!(
        mismatches[0]["onlyOnServer"],
        json!([r#"{"subject":"webhooks","action":["read"]}"#])
    );
}

#[test]
fn the_session_is_revoked_and_the_secret_is_nowhere() {
    let server = Infisical::start();
    let shell = pulled(&server);
    shell.ends(0, &["verify", "FILE"]);
    let world = server.world();
    assert_eq!(world.sessions.len(), 2);
    assert!(world.sessions.values().all(|session| session.revoked));
    let tokens: Vec<&String> = world.sessions.keys().collect();
    let mut pending = vec![shell.folder.path().to_owned()];
    let mut read = 0;
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(
                std::fs::read_dir(&path)
                    .unwrap()
                    .map(|it| it.unwrap().path()),
            );
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        assert!(!text.contains("secret of "), "{}", path.display());
        assert!(
            tokens.iter().all(|token| !text.contains(*token)),
            "{}",
            path.display()
        );
        read += 1;
    }
    assert!(read > 0);
}

#[test]
fn who_may_not_see_much_is_told_what_is_missing() {
    let server = Infisical::start();
    let shell = Shell::of(READER);
    let project = project(&server);
    let said = shell.ends(
        1,
        &[
            "pull",
            "FILE",
            "--url",
            &server.url(),
            "--project",
            &project,
        ],
    );
    for (kind, subject) in [
        ("users", "member"),
        ("identities", "identity"),
        ("groups", "groups"),
        ("roles", "role"),
    ] {
        let line = format!("not seen: {kind}: `read` on `{subject}` is not allowed; ");
        assert!(said.lines().any(|it| it.starts_with(&line)), "{said}");
    }
}

#[test]
fn what_fails_says_why_and_leaves_no_file() {
    let server = Infisical::start();
    let mut shell = Shell::of(ADMIN);
    let (url, project) = (server.url(), project(&server));
    let new = ["pull", "FILE", "--url", &url, "--project", &project];
    let refused = |shell: &Shell, arguments: &[&str], complaint: &str| {
        let said = shell.ends(2, arguments);
        assert!(said.contains(complaint), "{said}");
        assert!(!said.contains("secret of"), "{said}");
        assert!(!shell.file().exists(), "{said}");
    };
    refused(&shell, &new[..4], "a new workspace needs `--project`");
    refused(
        &shell,
        &["pull", "FILE", "--project", &project],
        "`--url` or `REEVE_URL`",
    );
    refused(&shell, &["verify", "FILE"], "team.reeve");
    shell.set("REEVE_CLIENT_SECRET", "wrong");
    refused(&shell, &new, "the server refused the sign-in");
    shell.unset("REEVE_CLIENT_SECRET");
    refused(
        &shell,
        &new,
        "set both `REEVE_CLIENT_ID` and `REEVE_CLIENT_SECRET`",
    );
    shell.unset("REEVE_CLIENT_ID");
    refused(&shell, &new, "there are no credentials");
    let shell = Shell::of(ADMIN);
    server.strike(Fault::always(Kind::Page).after(20));
    refused(&shell, &new, "answered with a web page instead of data");
    drop(server);
    refused(&shell, &new, "cannot be reached");
}

#[test]
fn a_server_that_is_down_changes_nothing() {
    let server = Infisical::start();
    let shell = pulled(&server);
    let members = |shell: &Shell| {
        shell.ends(
            0,
            &[
                "diff",
                "--workspace",
                "FILE",
                "member:ci-deployer",
                "member:ci-deployer",
            ],
        )
    };
    let before = (members(&shell), std::fs::read(shell.file()).unwrap());
    drop(server);
    for arguments in [&["pull", "FILE"], &["verify", "FILE"]] {
        let said = shell.ends(2, arguments);
        assert!(said.contains("cannot be reached"), "{said}");
    }
    assert_eq!(
        (members(&shell), std::fs::read(shell.file()).unwrap()),
        before
    );
}

#[test]
fn a_workspace_without_a_link_is_neither_pulled_nor_verified() {
    let session = Session::on_sample();
    let file = session.call("workspace_status", json!({}))["path"].clone();
    let shell = Shell::of(ADMIN);
    std::fs::copy(file.as_str().unwrap(), shell.file()).unwrap();
    for arguments in [&["pull", "FILE"], &["verify", "FILE"]] {
        let said = shell.ends(2, arguments);
        assert!(said.contains("not linked"), "{said}");
    }
}
