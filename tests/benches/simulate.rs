//! What questions about everybody and everything cost in a large project, beside a question about
//! one member, and how soon a question gives up when a later one comes.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program for developers that prints ratios"
)]

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use reeve_tests::session::Session;
use reeve_tests::timing::{ratio, shown, timed};
use serde_json::{Value, json};

const MEMBERS: u32 = 100_000;
const ROLES: usize = 200;
const FOLDERS: usize = 5_000;

fn main() {
    let session = large_project();
    let member = an_identity(&session);
    let one = timed(|| simulate(&session, &member));
    println!(
        "a question about one of {MEMBERS} members, {ROLES} roles, {FOLDERS} folders: {}",
        shown(one)
    );
    let tell = |what: &str, taken: Duration| {
        println!(
            "{what}: {}, {:.0} x one question",
            shown(taken),
            ratio(taken, one)
        );
    };
    tell(
        "who can, everything read anew",
        timed(|| who_can(&session, "/payments/eu")),
    );
    tell(
        "who can, another question",
        timed(|| who_can(&session, "/part-7/folder-3")),
    );
    tell(
        "access map",
        timed(|| access_map(&session, &member, "secrets")),
    );
    tell(
        "access map, another subject",
        timed(|| access_map(&session, &member, "dynamic-secrets")),
    );
    tell("cases", timed(|| cases(&session, &member)));
    tell(
        "what would change it",
        timed(|| what_would_change(&session, &member)),
    );
    let session = Arc::new(session);
    give_up(&session, "who can", |session| {
        try_call(session, "who_can", who_can_request("/given/up"))
    });
    let asked = member.clone();
    give_up(&session, "access map", move |session| {
        try_call(session, "access_map", map_request(&asked, "secrets"))
    });
}

/// How long a call goes on after the same call with another question came.
fn give_up(
    session: &Arc<Session>,
    what: &str,
    call: impl Fn(&Session) -> bool + Send + Sync + 'static,
) {
    let call = Arc::new(call);
    let first = {
        let (session, call) = (Arc::clone(session), Arc::clone(&call));
        thread::spawn(move || (call(&session), Instant::now()))
    };
    thread::sleep(Duration::from_millis(5));
    let since = Instant::now();
    if what == "who can" {
        who_can(session, "/payments");
    } else {
        call(session);
    }
    let (answered, ended) = first.join().expect("a call ends");
    let after = ended.saturating_duration_since(since);
    let how = if answered { "was answered" } else { "gave up" };
    println!(
        "{what}, superseded: the earlier one {how} {} after",
        shown(after)
    );
}

/// A sample with many members, roles that they have, and folders.
fn large_project() -> Session {
    let session = Session::on_large_sample(MEMBERS);
    let has = session.call("list_roles", json!({}))["roles"]
        .as_array()
        .map_or(0, Vec::len);
    for number in has..ROLES {
        let rules = json!([
            {"subject": "secrets", "action": ["describeSecret", "readValue"],
             "conditions": {"environment": {"$in": ["dev", "prod"]},
                            "secretPath": {"$glob": format!("/part-{}/**", number % 50)}}},
            {"subject": "secrets", "action": ["readValue"], "inverted": true,
             "conditions": {"secretTags": {"$in": ["root-key"]}}},
        ]);
        session.call(
            "create_role",
            json!({"fields": {"name": format!("Part {number}"), "slug": format!("part-{number}"),
                              "description": ""},
                   "rules": rules.to_string()}),
        );
    }
    let file = std::fs::read_dir(session.data())
        .expect("the folder can be read")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|it| it == "reeve"))
        .expect("the sample is a file");
    let database = rusqlite::Connection::open(file).expect("the file can be opened");
    database
        .execute_batch(&format!(
            "UPDATE role_assignment SET role = (SELECT MIN(seq) FROM role) + seq % {ROLES}
               WHERE seq % 3 = 0;
             WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number
               WHERE n < {FOLDERS} / 4)
             INSERT INTO folder (environment, path, search_key)
               SELECT slug, '/part-' || (n % 50) || '/folder-' || n, '' FROM environment, number;"
        ))
        .expect("roles can be shared out");
    drop(database);
    session.restart()
}

fn an_identity(session: &Session) -> String {
    let page = session.call(
        "list_members",
        json!({"filter": {"search": "", "kind": "identity"}, "sort": "name", "descending": false,
               "offset": 0, "limit": 1}),
    );
    let id = page["rows"][0]["id"].as_str();
    id.expect("there are identities").to_owned()
}

fn question(member: &str, place: &Value) -> Value {
    json!({
        "who": {"kind": "member", "member": member},
        "what": {"kind": "operation", "operation": "secret.read-value"},
        "place": place, "when": {"kind": "now"}, "semantics": null,
        "unsaved": {"roleDrafts": false, "privilege": null},
    })
}

fn payments() -> Value {
    json!({"environment": "prod", "secretPath": "/payments/eu", "secretName": "K",
           "secretTags": []})
}

fn simulate(session: &Session, member: &str) {
    session.call("simulate", question(member, &payments()));
}

fn what_would_change(session: &Session, member: &str) {
    session.call("what_would_change", question(member, &payments()));
}

fn cases(session: &Session, member: &str) {
    let open = json!({"environment": null, "secretPath": null, "secretName": null,
                      "secretTags": null});
    session.call("answer_cases", question(member, &open));
}

fn map_request(member: &str, subject: &str) -> Value {
    json!({"question": question(member, &json!({"environment": null, "secretPath": null,
                                                 "secretName": null, "secretTags": null})),
           "subject": subject})
}

fn access_map(session: &Session, member: &str, subject: &str) {
    session.call("access_map", map_request(member, subject));
}

fn who_can_request(path: &str) -> Value {
    json!({
        "what": {"kind": "operation", "operation": "secret.read-value"},
        "place": {"environment": "prod", "secretPath": path, "secretName": "K", "secretTags": []},
        "at": null, "semantics": null, "show": "allowed", "source": null, "search": "",
        "closed": [],
        "offset": 0, "limit": 50,
    })
}

fn who_can(session: &Session, path: &str) {
    session.call("who_can", who_can_request(path));
}

fn try_call(session: &Session, command: &str, request: Value) -> bool {
    session.core.call(command, request).is_ok()
}
