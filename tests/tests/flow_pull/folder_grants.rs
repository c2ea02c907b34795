//! Folder grants come with a pull where the server has them and lets them be seen.

use chrono::{TimeDelta, Utc};
use reeve_tests::infisical::auth::issue;
use reeve_tests::infisical::fault::{Fault, Kind};
use reeve_tests::infisical::world::{ADMIN, Caller, FolderAccess, READER, Rights};
use reeve_tests::infisical::{Infisical, instant, outside};
use reeve_tests::linked::{Linked, draft, question};
use rusqlite::OpenFlags;
use serde_json::{Value, json};

use super::{names, unseen};

const PATH: &str = "/secret-folder-access";

/// A server with folder access, where Alice, Carol, who is in a group only, and the reader have some.
fn with_grants(access: FolderAccess) -> Infisical {
    let server = Infisical::start();
    server.world().folder_access = access;
    for (name, permission, path) in [
        ("alice@example.test", "edit", "/app"),
        ("carol@example.test", "list", "/payments"),
        ("app-reader", "read", "/app/db"),
    ] {
        give(&server, name, permission, path);
    }
    server
}

fn give(server: &Infisical, name: &str, permission: &str, path: &str) -> String {
    let id = id_of(server, name);
    let mut world = server.world();
    world.give_folder(&id, permission, "dev", path, Utc::now())
}

/// The id of a user or an identity of the recorded project.
fn id_of(server: &Infisical, name: &str) -> String {
    let world = server.world();
    let is_in_group = |one: &&Value| one["user"]["username"] == name || one["username"] == name;
    let of_user = world
        .users
        .iter()
        .find(|one| one["user"]["username"] == name);
    let of_identity = world
        .identities
        .iter()
        .find(|one| one["identity"]["name"] == name);
    let guest = world.group_members.values().flatten().find(is_in_group);
    let id = of_user
        .map(|one| &one["userId"])
        .or(of_identity.map(|one| &one["identityId"]))
        .or(guest.map(|one| &one["id"]));
    let id = id.and_then(Value::as_str);
    id.expect("somebody has this name").to_owned()
}

/// What is stored: whose, how much, where, as one text each.
fn stored(linked: &Linked) -> Vec<String> {
    column(
        linked,
        "SELECT name || ' ' || tier || ' ' || environment || ':' || folder_grant.path
         FROM folder_grant JOIN member ON member.seq = folder_grant.member ORDER BY 1",
    )
}

fn column(linked: &Linked, sql: &str) -> Vec<String> {
    let file = linked.file();
    let file = rusqlite::Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let file = file.unwrap();
    let mut statement = file.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[track_caller]
fn assert_texts_are_the_servers(linked: &Linked, server: &Infisical) {
    let raws = column(linked, "SELECT raw FROM folder_grant");
    let world = server.world();
    assert_eq!(raws.len(), world.folder_grants.len());
    for raw in &raws {
        let read = serde_json::from_str(raw).unwrap();
        assert!(world.folder_grants.contains(&read), "{raw}");
    }
}

const ALL: [&str; 3] = [
    "alice@example.test edit dev:/app",
    "app-reader read dev:/app/db",
    "carol@example.test list dev:/payments",
];

/// The part of `asked` that is about folder grants.
fn about_folders(asked: &[String]) -> Vec<&String> {
    asked.iter().filter(|line| line.contains(PATH)).collect()
}

fn outcome(linked: &Linked, name: &str, action: &str, subject: &str) -> Value {
    let member = linked.session.member(name);
    let asked = question(&member, action, subject, "dev", "/payments/eu");
    linked.session.call("simulate", asked)["outcome"].clone()
}

/// Whether it is known what `name` may do to secrets.
fn is_known(linked: &Linked, name: &str) -> bool {
    outcome(linked, name, "create", "secrets") != "unknown"
}

/// What the last pull could not see of folder grants.
fn unseen_folder_grants(linked: &Linked) -> Vec<String> {
    let mut unseen = unseen(linked);
    unseen.retain(|what| what.to_lowercase().contains("folder access"));
    unseen
}

/// The row of what could not be seen that is called `what`.
fn unseen_row(linked: &Linked, what: &str) -> Value {
    let pull = &linked.status()["lastPull"];
    let mut rows = pull["unseen"].as_array().unwrap().iter();
    rows.find(|row| row["what"] == what).expect(what).clone()
}

fn last_changes(linked: &Linked) -> Value {
    linked.session.call("pull_changes", json!({}))["changes"].clone()
}

#[test]
fn a_user_brings_those_of_users_identities_and_guests_with_all_that_the_server_says_of_them() {
    let server = with_grants(FolderAccess::Open);
    server.world().folder_grants[0]["approvedBy"] = json!({"id": "somebody", "weight": 1.5});
    let linked = Linked::as_user(&server);
    assert_eq!(stored(&linked), ALL);
    assert_eq!(unseen(&linked), ["Metadata of users"]);
    assert_texts_are_the_servers(&linked, &server);
    let raws = column(&linked, "SELECT raw FROM folder_grant");
    assert!(
        raws.iter().any(|raw| raw.contains("approvedBy")),
        "{raws:?}"
    );
}

#[test]
fn what_is_given_changed_and_taken_outside_is_told_line_by_line() {
    let server = with_grants(FolderAccess::Open);
    let linked = Linked::as_user(&server);
    linked.pull();
    assert_eq!(
        last_changes(&linked)["summary"],
        "Nothing changed on the server"
    );
    let order = |order: Value| outside::carry_out(&server, &order).unwrap();
    order(
        json!({"do": "set", "list": "folderGrants", "where": {"secretPath": "/app"},
                 "to": {"permission": "manage"}}),
    );
    order(json!({"do": "remove", "list": "folderGrants", "where": {"secretPath": "/payments"}}));
    let end = instant(Utc::now() + TimeDelta::hours(1));
    order(json!({"do": "giveFolder", "to": READER, "grant": {
        "permission": "list", "environment": "prod", "secretPath": "/", "isTemporary": true,
        "temporaryMode": "relative", "temporaryRange": "1h",
        "temporaryAccessStartTime": instant(Utc::now()), "temporaryAccessEndTime": end}}));
    linked.pull();
    assert_eq!(
        stored(&linked),
        [
            "alice@example.test manage dev:/app",
            "app-reader list prod:/",
            "app-reader read dev:/app/db",
        ]
    );
    let changes = last_changes(&linked);
    assert_eq!(
        changes["summary"],
        "1 folder grant given, 1 folder grant changed, 1 folder grant taken away"
    );
    assert_eq!(
        names(&changes["lines"], "sentence"),
        [
            "The access of `alice@example.test` to the folder `dev:/app` was changed",
            "The access to the folder `dev:/payments` was taken from `carol@example.test`",
            "`app-reader` was given access to the folder `prod:/`",
        ]
    );
    assert_eq!(
        column(
            &linked,
            "SELECT DISTINCT range FROM folder_grant WHERE is_temporary = 1"
        ),
        ["1h"]
    );
    assert_texts_are_the_servers(&linked, &server);
}

#[test]
fn what_ended_by_itself_between_two_pulls_is_told() {
    let server = with_grants(FolderAccess::Open);
    let end = instant(Utc::now() + TimeDelta::minutes(20));
    {
        let mut world = server.world();
        world.user_privileges.clear();
        world.identity_privileges.clear();
        world.folder_grants[0]["isTemporary"] = json!(true);
        world.folder_grants[0]["temporaryAccessEndTime"] = json!(end);
    }
    let linked = Linked::as_user(&server);
    server.shift_clock(TimeDelta::minutes(40));
    linked.pull();
    let changes = last_changes(&linked);
    assert_eq!(changes["summary"], "1 folder grant ended");
    assert_eq!(
        names(&changes["lines"], "sentence"),
        ["The access of `alice@example.test` to the folder `dev:/app` ended"]
    );
    assert_eq!(stored(&linked), ALL);
}

#[test]
fn a_pull_that_fails_leaves_them_as_they_were() {
    let server = with_grants(FolderAccess::Open);
    let linked = Linked::as_user(&server);
    server.world().folder_grants.clear();
    server.strike(Fault::always(Kind::OtherShape).on(PATH));
    let ended = linked.try_pull();
    assert_eq!(ended["state"], "failed", "{ended}");
    assert_eq!(stored(&linked), ALL);
    server.heal();
    linked.pull();
    assert!(stored(&linked).is_empty());
}

#[test]
fn a_server_without_folder_access_is_asked_once_and_nothing_is_hidden() {
    let server = with_grants(FolderAccess::NoRoute);
    for linked in [Linked::as_user(&server), Linked::as_admin(&server)] {
        let asked = server.asked();
        let asked = about_folders(&asked);
        assert!(asked.len() <= 2, "one question a pull: {asked:?}");
        assert!(asked.iter().all(|line| line.ends_with("404")), "{asked:?}");
        assert_eq!(unseen_folder_grants(&linked), Vec::<String>::new());
        assert!(is_known(&linked, "alice@example.test"));
    }
}

#[test]
fn a_plan_without_folder_access_is_said_once_keeps_what_there_was_and_leaves_no_answer_open() {
    let server = with_grants(FolderAccess::Open);
    let linked = Linked::as_user(&server);
    server.world().folder_access = FolderAccess::Plan;
    server.asked();
    linked.pull();
    let asked = server.asked();
    assert_eq!(about_folders(&asked).len(), 1, "{asked:?}");
    assert_eq!(unseen_folder_grants(&linked), ["Folder access"]);
    let row = unseen_row(&linked, "Folder access");
    assert_eq!(row["clouds"], json!([]));
    assert_eq!(
        row["remedy"],
        "Upgrade the Infisical plan of the organization, or go on without it."
    );
    assert_eq!(stored(&linked), ALL);
    assert!(is_known(&linked, "bob@example.test"));
}

#[test]
fn who_may_not_read_them_keeps_what_there_was_and_only_answers_about_folders_are_open() {
    let server = with_grants(FolderAccess::Open);
    // Even a Forbid does not hold against what a folder grant may give.
    let forbid = json!({"do": "give", "to": READER, "privilege": {"slug": "none", "isTemporary": false,
        "permissions": [{"subject": "secrets", "action": ["create"], "inverted": true}]}});
    outside::carry_out(&server, &forbid).unwrap();
    let linked = Linked::as_user(&server);
    assert_eq!(
        outcome(&linked, "app-reader", "create", "secrets"),
        "denied"
    );
    server.world().folder_access = FolderAccess::Denied;
    linked.pull();
    assert_eq!(
        unseen_folder_grants(&linked),
        [
            "Folder access of machine identities",
            "Folder access of users"
        ]
    );
    assert_eq!(stored(&linked), ALL);
    for name in ["bob@example.test", "carol@example.test", "app-reader"] {
        assert!(!is_known(&linked, name), "{name}");
        assert_ne!(outcome(&linked, name, "edit", "kms"), "unknown", "{name}");
    }
    // No folder grant lets anybody make folders, though some keep people from it.
    let make_folders = |name| outcome(&linked, name, "create", "secret-folders");
    assert_eq!(make_folders("app-reader"), "denied");
    assert_eq!(make_folders("bob@example.test"), "unknown");
    super::unseen::check_who_can(&linked);
    let map = |name: &str, subject: &str| {
        let question = question(&linked.session.member(name), "read", subject, "dev", "/");
        let request = json!({"question": question, "subject": subject});
        names(
            &linked.session.call("access_map", request)["unseen"],
            "what",
        )
    };
    let hidden = ["Folder access of machine identities"];
    assert_eq!(map("app-reader", "secrets"), hidden);
    assert_eq!(map("app-reader", "kms"), [""; 0]);
    // Admins have none of them.
    assert!(is_known(&linked, "oracle-admin"));
    assert_eq!(map("oracle-admin", "secrets"), [""; 0]);
}

#[test]
fn a_machine_identity_knows_who_has_some_and_of_whom_nobody_can_know() {
    let server = with_grants(FolderAccess::Open);
    let linked = Linked::as_admin(&server);
    assert_eq!(stored(&linked), ["app-reader read dev:/app/db"]);
    assert_eq!(
        unseen_folder_grants(&linked),
        [
            "Folder access of users",
            "Folder access of users that has ended"
        ]
    );
    let row = unseen_row(&linked, "Folder access of users");
    let mut whom: Vec<&str> = row["whom"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut hidden = ["alice@example.test", "carol@example.test"].map(|name| id_of(&server, name));
    whom.sort_unstable();
    hidden.sort_unstable();
    assert_eq!(
        whom, hidden,
        "carol is in a group only, so there is no account of her"
    );
    assert!(!is_known(&linked, "alice@example.test"));
    assert!(!is_known(&linked, "carol@example.test"));
    assert!(is_known(&linked, "bob@example.test"));
}

#[test]
fn where_machines_may_not_list_those_of_machines_either_the_audit_tells_who_has_some() {
    let server = with_grants(FolderAccess::UsersOnly);
    let linked = Linked::as_admin(&server);
    assert!(stored(&linked).is_empty());
    assert_eq!(
        unseen_row(&linked, "Folder access of machine identities")["whom"],
        json!([READER])
    );
    assert!(!is_known(&linked, "app-reader"));
    assert!(is_known(&linked, "ci-deployer"));
    // Without the audit nobody can know of anybody.
    server.world().missing_routes = vec!["permissions/audit"];
    linked.pull();
    let of = |what| unseen_row(&linked, what)["whom"].clone();
    assert_eq!(of("Folder access of machine identities"), json!([]));
    assert_eq!(of("Folder access of users"), json!([]));
    assert!(!is_known(&linked, "ci-deployer"));
}

#[test]
fn a_grant_that_ended_stays_known_to_a_machine_that_sees_active_ones_only() {
    let server = with_grants(FolderAccess::UsersOnly);
    let end = instant(Utc::now() + TimeDelta::minutes(5));
    for grant in &mut server.world().folder_grants {
        grant["isTemporary"] = json!(true);
        grant["temporaryAccessEndTime"] = json!(end);
    }
    let linked = Linked::as_user(&server);
    let mut connection = draft(&server.url());
    connection["id"] = json!(linked.connection);
    let proof = json!({"kind": "universalAuth", "clientId": ADMIN,
                       "clientSecret": format!("secret of {ADMIN}")});
    let request = json!({"connection": connection, "proof": proof});
    linked.session.call("connect", request);
    server.shift_clock(TimeDelta::minutes(10));
    linked.pull();
    assert_eq!(
        unseen_folder_grants(&linked),
        [
            "Folder access of machine identities that has ended",
            "Folder access of users",
            "Folder access of users that has ended",
        ]
    );
    let row = unseen_row(&linked, "Folder access of users");
    assert_eq!(row["whom"], json!([id_of(&server, "carol@example.test")]));
    assert_eq!(stored(&linked), ALL);
}

#[test]
fn a_grant_of_a_level_to_come_is_kept_and_its_holder_is_not_fully_known() {
    let server = with_grants(FolderAccess::Open);
    server.world().folder_grants[0]["permission"] = json!("steward");
    let linked = Linked::as_user(&server);
    assert!(stored(&linked).contains(&"alice@example.test steward dev:/app".to_owned()));
    let row = unseen_row(&linked, "Levels of folder access");
    assert_eq!(row["whom"], json!([id_of(&server, "alice@example.test")]));
    assert_eq!(
        row["why"],
        "The server gives `steward`, which Reeve does not know."
    );
    assert!(!is_known(&linked, "alice@example.test"));
    assert_eq!(
        outcome(&linked, "alice@example.test", "edit", "kms"),
        "denied"
    );
    assert!(is_known(&linked, "bob@example.test"));
    // Another pull finds it the same.
    linked.pull();
    assert_eq!(
        last_changes(&linked)["summary"],
        "Nothing changed on the server"
    );
}

fn compared(linked: &Linked, name: &str) -> Value {
    let member = linked.session.member(name);
    let begun = linked.session.call("verify", json!({"member": member}));
    assert_eq!(linked.ended(&begun)["state"], "done");
    let found = linked.session.call("comparisons", json!({}));
    let rows = found["members"].as_array().unwrap();
    let row = rows.iter().find(|row| row["member"]["name"] == name);
    row.unwrap()["finding"].clone()
}

#[test]
fn the_server_and_reeve_count_the_same_folder_grants() {
    let server = with_grants(FolderAccess::Open);
    let alice = id_of(&server, "alice@example.test");
    server.world().rights.insert(alice.clone(), Rights::All);
    let mut linked = Linked::unconnected();
    let now = server.server().now();
    let token = issue(&mut server.world(), Caller::User(alice), 3600, now);
    linked.connect(&server.url(), &json!({"kind": "token", "token": token}));
    linked.link(&server);
    // Her merged rules are compared as well.
    for name in ["alice@example.test", "app-reader", "bob@example.test"] {
        let finding = compared(&linked, name);
        assert_eq!(finding["state"], "same", "{name}: {finding}");
    }
}

#[test]
fn where_folder_grants_differ_is_said_exactly() {
    let server = with_grants(FolderAccess::Open);
    let linked = Linked::as_user(&server);
    let end = instant(Utc::now() + TimeDelta::hours(1));
    let new = give(&server, "bob@example.test", "list", "/shared");
    {
        let mut world = server.world();
        world.folder_grants[0]["isTemporary"] = json!(true);
        world.folder_grants[0]["temporaryAccessEndTime"] = json!(end);
        world
            .folder_grants
            .retain(|one| one["secretPath"] != "/app/db");
    }
    let sentences = |name| names(&compared(&linked, name)["mismatches"], "sentence");
    assert_eq!(
        sentences("bob@example.test"),
        [format!(
            "The server counts the folder access `{new}`, which Reeve does not have"
        )]
    );
    assert_eq!(
        sentences("app-reader"),
        ["Reeve counts the folder access `dev:/app/db`, which the server does not"]
    );
    assert_eq!(
        sentences("alice@example.test"),
        ["The folder access `dev:/app` counts until another instant"]
    );
    let ends = compared(&linked, "alice@example.test")["mismatches"][0]["ends"].clone();
    assert_eq!(ends, json!({"onServer": end, "here": null}));
}
