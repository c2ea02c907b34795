//! Pulls a project from a test server into a real workspace, by the commands that the window uses.

mod certainty;
mod comparing;
mod folder_grants;
mod unseen;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_tests::infisical::world::{ADMIN, World};
use reeve_tests::infisical::{Infisical, instant, new_id};
use reeve_tests::linked::Linked;
use serde_json::{Value, json};

fn names(list: &Value, key: &str) -> Vec<String> {
    let rows = list.as_array().expect("a list");
    let mut names: Vec<String> = rows
        .iter()
        .map(|row| row[key].as_str().unwrap_or_default().to_owned())
        .collect();
    names.sort();
    names
}

fn members(linked: &Linked) -> Vec<String> {
    let page = linked.session.call(
        "list_members",
        json!({"filter": {}, "sort": "name", "descending": false, "offset": 0, "limit": 100}),
    );
    names(&page["rows"], "name")
}

fn unseen(linked: &Linked) -> Vec<String> {
    names(&linked.status()["lastPull"]["unseen"], "what")
}

fn detail(linked: &Linked, name: &str) -> Value {
    let member = linked.session.member(name);
    linked
        .session
        .call("member_detail", json!({"member": member}))
}

#[test]
fn a_first_pull_brings_everything_that_may_be_seen() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    let status = linked.session.call("workspace_status", json!({}));
    assert_eq!(status["project"]["kind"], "linked");
    assert_eq!(status["project"]["name"], "Checkout");
    assert_eq!(status["project"]["semantics"], "forbid-wins");
    assert_eq!(
        status["counts"],
        json!({"users": 4, "identities": 3, "groups": 1, "roles": 7})
    );
    let places = linked.session.call("places", json!({}));
    assert_eq!(
        names(&places["environments"], "slug"),
        ["dev", "prod", "staging"]
    );
    assert!(
        places["environments"][0]["folders"]
            .as_array()
            .unwrap()
            .contains(&json!("/app/db"))
    );
    assert_eq!(
        names(&places["tags"], "slug"),
        ["pci", "public", "sensitive"]
    );
    let alice = detail(&linked, "alice@example.test");
    assert_eq!(
        names(&alice["privileges"], "slug"),
        ["alice-perm", "alice-temp"]
    );
    let reader = detail(&linked, "app-reader");
    assert_eq!(reader["metadata"][0]["value"], "payments");
    assert_eq!(
        names(&linked.status()["lastPull"]["unseen"], "what"),
        ["Metadata of users"]
    );
}

#[test]
fn a_pull_with_nothing_new_asks_less_and_changes_nothing() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    let first = server.asked().len();
    let history = |linked: &Linked| {
        let page = linked
            .session
            .call("history", reeve_tests::linked::whole_history());
        page["entries"].as_array().unwrap().len()
    };
    let before = history(&linked);
    linked.pull();
    let asked = server.asked();
    assert!(asked.len() < first, "{} after {first}", asked.len());
    assert!(
        asked
            .iter()
            .any(|line| line.contains("/tags") && line.ends_with("304"))
    );
    assert!(
        !asked
            .iter()
            .any(|line| line.contains("slug/app-reader-role")),
        "{asked:?}"
    );
    assert_eq!(history(&linked), before);
    let changes = linked.session.call("pull_changes", json!({}));
    assert_eq!(
        changes["changes"]["summary"],
        "Nothing changed on the server"
    );
}

#[test]
fn what_changed_outside_is_told_line_by_line() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    {
        let mut world = server.world();
        let later = instant(Utc::now() + TimeDelta::seconds(5));
        world.roles[0]["name"] = json!("App readers");
        world.roles[0]["updatedAt"] = json!(later);
        world.roles[1]["permissions"] =
            json!([{"subject": "role", "action": ["read"], "inverted": false}]);
        world.roles[1]["updatedAt"] = json!(later);
        world
            .user_privileges
            .retain(|(_, privilege)| privilege["slug"] != "alice-perm");
        world
            .users
            .retain(|user| user["user"]["username"] != "bob@example.test");
        // As the server does it on every change of roles: other ids, same meaning.
        for identity in &mut world.identities {
            for role in identity["roles"].as_array_mut().unwrap() {
                role["id"] = json!(new_id());
            }
        }
    }
    linked.pull();
    let changes = linked.session.call("pull_changes", json!({}));
    assert_eq!(
        changes["changes"]["summary"],
        "2 roles changed, 1 member removed, 1 privilege taken away"
    );
    assert_eq!(
        names(&changes["changes"]["lines"], "sentence"),
        [
            "The privilege `alice-perm` was taken from `alice@example.test`",
            "The role `App readers` was changed",
            "The role `Deployer` was changed",
            "`bob@example.test` is no member any more",
        ]
    );
}

#[test]
fn what_ended_by_itself_between_two_pulls_is_told_with_its_end() {
    let server = Infisical::start();
    let end = instant(Utc::now() + TimeDelta::minutes(20));
    for (_, privilege) in &mut server.world().user_privileges {
        privilege["isTemporary"] = json!(true);
        privilege["temporaryAccessEndTime"] = json!(end);
    }
    let linked = Linked::as_user(&server);
    linked.pull();
    let changes = || linked.session.call("pull_changes", json!({}))["changes"].clone();
    assert_eq!(changes()["summary"], "Nothing changed on the server");
    server.shift_clock(TimeDelta::minutes(40));
    linked.pull();
    let changes = changes();
    assert_eq!(changes["summary"], "2 privileges ended");
    assert_eq!(
        names(&changes["lines"], "sentence"),
        [
            "The privilege `alice-perm` of `alice@example.test` ended",
            "The privilege `alice-temp` of `alice@example.test` ended",
        ]
    );
    for line in changes["lines"].as_array().unwrap() {
        assert_eq!(line["how"], "ended", "{line}");
        assert_eq!(
            line["member"],
            json!(linked.session.member("alice@example.test"))
        );
        // The server's clock is ahead, so on ours it ended before.
        let told = DateTime::parse_from_rfc3339(line["ended"].as_str().unwrap()).unwrap();
        let ago = Utc::now() - told.to_utc();
        assert!(
            (ago - TimeDelta::minutes(20)).abs() < TimeDelta::minutes(2),
            "{line}"
        );
    }
}

#[test]
fn names_may_move_from_one_thing_to_another_between_two_pulls() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    {
        let mut world = server.world();
        let later = instant(Utc::now() + TimeDelta::seconds(5));
        for (place, slug) in [(0, "deployer-role"), (1, "app-reader-role")] {
            world.roles[place]["slug"] = json!(slug);
            world.roles[place]["updatedAt"] = json!(later);
        }
        for (place, slug) in [(0, "alice-temp"), (1, "alice-perm")] {
            world.user_privileges[place].1["slug"] = json!(slug);
            world.user_privileges[place].1["updatedAt"] = json!(later);
        }
        for holder in [0, 1] {
            world.identities[holder]["roles"] = json!([]);
        }
        for user in &mut world.users {
            user["roles"] = json!([]);
        }
        world.groups.clear();
    }
    linked.pull();
    let alice = detail(&linked, "alice@example.test");
    assert_eq!(
        names(&alice["privileges"], "slug"),
        ["alice-perm", "alice-temp"]
    );
}

#[test]
fn two_privileges_with_one_name_are_both_kept_and_told() {
    let server = Infisical::start();
    for (_, privilege) in &mut server.world().user_privileges {
        privilege["slug"] = json!("twin");
    }
    let linked = Linked::as_user(&server);
    let alice = detail(&linked, "alice@example.test");
    assert_eq!(names(&alice["privileges"], "slug"), ["twin", "twin (2)"]);
    let notes = &linked.status()["lastPull"]["notes"];
    assert!(
        notes[0]
            .as_str()
            .unwrap()
            .contains("several privileges called `twin`"),
        "{notes}"
    );
}

#[test]
fn a_linked_project_is_read_only_and_its_local_duplicate_is_not() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    let alice = linked.session.member("alice@example.test");
    let privilege = detail(&linked, "alice@example.test")["privileges"][0]["id"].clone();
    let refused = linked
        .session
        .fail("remove_privilege", json!({"privilege": privilege}));
    assert!(
        refused.message.contains("linked to a server"),
        "{refused:?}"
    );
    assert!(refused.hint.contains("Duplicate it as a local project"));
    let path = linked.session.data().join("copy.reeve");
    let status = linked.session.call(
        "duplicate_as_local",
        json!({"path": path, "name": "Draft of Checkout"}),
    );
    assert_eq!(status["project"]["kind"], "local");
    assert_eq!(status["project"]["name"], "Draft of Checkout");
    assert!(linked.status().is_null());
    assert_eq!(linked.session.member("alice@example.test"), alice);
    linked
        .session
        .call("remove_privilege", json!({"privilege": privilege}));
}

#[test]
fn the_servers_clock_decides_what_counts() {
    let server = Infisical::start();
    server.shift_clock(TimeDelta::days(1));
    for (_, privilege) in &mut server.world().user_privileges {
        privilege["isTemporary"] = json!(true);
        privilege["temporaryAccessEndTime"] = json!(instant(Utc::now() + TimeDelta::hours(12)));
    }
    let linked = Linked::as_user(&server);
    let skew = linked.status()["lastPull"]["skew"].as_i64().unwrap();
    assert!((skew - 86_400_000).abs() < 2_000, "{skew}");
    let alice = detail(&linked, "alice@example.test");
    assert_eq!(
        alice["privileges"][0]["standing"]["state"], "ended",
        "{alice}"
    );
    let restarted = linked.session.restart();
    let detail = restarted.call("member_detail", json!({"member": alice["id"]}));
    assert_eq!(detail["privileges"][0]["standing"]["state"], "ended");
}

#[test]
fn an_old_server_is_pulled_over_its_old_paths_and_taken_for_one_where_the_last_match_wins() {
    let server = Infisical::start();
    server.world().missing_routes = vec![
        "permissions/audit",
        "/api/v1/projects/roles/",
        "memberships/groups",
        "/members",
    ];
    let linked = Linked::as_user(&server);
    let status = linked.session.call("workspace_status", json!({}));
    assert_eq!(status["project"]["semantics"], "last-match");
    assert_eq!(status["counts"]["groups"], 1);
    assert_eq!(
        detail(&linked, "Platform team")["groupMembers"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    linked.session.call(
        "change_link",
        json!({"secretNames": null, "everyMinutes": null, "semantics": "forbid-wins", "connection": null}),
    );
    let status = linked.session.call("workspace_status", json!({}));
    assert_eq!(status["project"]["semantics"], "forbid-wins");
    linked.pull();
    let status = linked.session.call("workspace_status", json!({}));
    assert_eq!(
        status["project"]["semantics"], "forbid-wins",
        "the choice stays"
    );
}

#[test]
fn a_large_project_comes_whole() {
    let server = Infisical::of(World::large(1200, 20, 150));
    let linked = Linked::as_user(&server);
    let status = linked.session.call("workspace_status", json!({}));
    assert_eq!(
        status["counts"],
        json!({"users": 960, "identities": 241, "groups": 0, "roles": 24})
    );
    let overview = linked.session.call("overview", json!({}));
    assert_eq!(overview["privileges"], 150);
}

#[test]
fn neither_tokens_nor_values_of_secrets_reach_the_disk() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    linked.pull();
    let mut found = Vec::new();
    let tokens: Vec<String> = server.world().sessions.keys().cloned().collect();
    assert!(!tokens.is_empty());
    for entry in std::fs::read_dir(linked.session.data()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let secret = format!("secret of {ADMIN}");
        let needles = tokens.iter().map(String::as_str).chain([
            secret.as_str(),
            "a value that nobody may see",
            "a comment that nobody may see",
        ]);
        for needle in needles {
            if text.contains(needle) {
                found.push(format!("{}: {needle}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
    assert!(
        linked
            .keyring
            .kept()
            .values()
            .any(|kept| kept.contains("secret of"))
    );
}
