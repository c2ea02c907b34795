//! What the server hides is listed, and answers that it could change are unknown.

use chrono::{TimeDelta, Utc};
use reeve_tests::infisical::world::{FolderAccess, GIVER, READER, Rights};
use reeve_tests::infisical::{Infisical, instant, new_id};
use reeve_tests::linked::Linked;
use serde_json::{Value, json};

use super::{detail, members, names, unseen};

#[test]
fn a_machine_identity_reads_privileges_of_users_from_the_audit_and_says_what_it_cannot_see() {
    let server = Infisical::start();
    let end = |hours| json!(instant(Utc::now() + TimeDelta::hours(hours)));
    for (_, privilege) in &mut server.world().user_privileges {
        let hours = if privilege["slug"] == "alice-temp" {
            -1
        } else {
            1
        };
        privilege["isTemporary"] = json!(true);
        privilege["temporaryAccessEndTime"] = end(hours);
    }
    let linked = Linked::as_admin(&server);
    let alice = detail(&linked, "alice@example.test");
    assert_eq!(names(&alice["privileges"], "slug"), ["alice-perm"]);
    assert_eq!(
        unseen(&linked),
        ["Metadata of users", "Privileges of users that have ended"]
    );
}

#[test]
fn a_machine_identity_takes_no_folder_grant_of_a_user_for_a_privilege() {
    let server = Infisical::start();
    let alice = {
        let mut world = server.world();
        let alice = world
            .users
            .iter()
            .find(|user| user["user"]["username"] == "alice@example.test");
        let alice = alice.unwrap()["userId"].as_str().unwrap().to_owned();
        world.folder_access = FolderAccess::UsersOnly;
        world.give_folder(&alice, "manage", "dev", "/app", Utc::now());
        alice
    };
    let linked = Linked::as_admin(&server);
    let detail = detail(&linked, "alice@example.test");
    assert_eq!(
        names(&detail["privileges"], "slug"),
        ["alice-perm", "alice-temp"]
    );
    let question = reeve_tests::linked::question(&alice, "edit", "kms", "dev", "/");
    let answer = linked.session.call("simulate", question);
    assert_eq!(answer["outcome"], "denied", "{answer}");
}

#[test]
fn what_is_hidden_is_listed_and_the_rest_comes() {
    let server = Infisical::start();
    server.world().groups_are_open = false;
    let rights = Rights::Some(vec![
        "read:member".into(),
        "read:identity".into(),
        "read:role".into(),
    ]);
    server.world().rights.insert(GIVER.into(), rights);
    let linked = Linked::as_identity(&server, GIVER);
    assert_eq!(
        unseen(&linked),
        [
            "Groups",
            "Metadata of users",
            "Names of secrets",
            "Privileges of users that have ended",
            "Tags",
        ]
    );
    assert!(members(&linked).contains(&"ci-deployer".to_owned()));
}

#[test]
fn an_answer_that_a_hidden_privilege_could_change_is_unknown() {
    let server = Infisical::start();
    server.world().missing_routes = vec!["permissions/audit"];
    let linked = Linked::as_admin(&server);
    assert!(unseen(&linked).contains(&"Additional privileges of users".to_owned()));
    let ask = |name: &str| {
        let member = linked.session.member(name);
        linked.session.call(
            "simulate",
            reeve_tests::linked::question(&member, "readValue", "secrets", "dev", "/app"),
        )
    };
    let alice = ask("alice@example.test");
    assert_eq!(alice["outcome"], "unknown", "{alice}");
    let reader = ask("app-reader");
    assert_eq!(reader["outcome"], "allowed", "{reader}");
}

#[test]
fn who_can_knows_no_more_than_the_simulator_does_of_each() {
    let server = Infisical::start();
    server.world().missing_routes = vec!["permissions/audit"];
    check_who_can(&Linked::as_admin(&server));
}

/// That the list of who can read secrets says of everybody what the simulator says, which is unknown
/// of some.
#[track_caller]
pub(super) fn check_who_can(linked: &Linked) {
    let what = json!({"kind": "action", "subject": "secrets", "action": "readValue"});
    let mut unknown = 0;
    for (environment, path) in [("dev", "/app"), ("prod", "/payments"), ("dev", "/")] {
        let place = json!({"environment": environment, "secretPath": path, "secretName": "KEY",
                           "secretTags": []});
        let answer = linked.session.call(
            "who_can",
            json!({"what": what, "place": place, "at": null, "semantics": null, "show": "all",
                   "source": null, "search": "", "closed": [], "offset": 0, "limit": 100}),
        );
        let rows = answer["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 7);
        for row in rows {
            let who = json!({"kind": "member", "member": row["member"]["id"]});
            let alone = linked.session.simulate(&who, &what, &place);
            assert_eq!(row["outcome"], alone["outcome"], "{row:#}");
            unknown += u32::from(row["outcome"] == "unknown");
        }
    }
    assert!(unknown >= 3, "something is hidden: {unknown}");
}

#[test]
fn metadata_hidden_of_one_identity_leaves_only_its_own_answers_open() {
    const READERS_OWN: &str = "memberships/identities/3795fa04-07bf-4b5a-ae39-767e70918891";
    let server = Infisical::start();
    let team = |identity: &mut Value, team: &str| {
        identity["identity"]["metadata"] = json!([{"id": new_id(), "key": "team", "value": team}]);
    };
    {
        let mut world = server.world();
        for identity in &mut world.identities {
            team(identity, "payments");
        }
        for role in &mut world.roles {
            role["permissions"] = json!([
                {"subject": "secrets", "action": ["readValue"], "inverted": false,
                 "conditions": {"secretPath": {"$glob": "/{{identity.metadata.team}}/**"}}},
                {"subject": "tags", "action": ["read"], "inverted": false},
            ]);
        }
        world.identity_privileges.clear();
    }
    let linked = Linked::as_admin(&server);
    let ask = |name: &str, action: &str, subject: &str| {
        let member = linked.session.member(name);
        let question =
            reeve_tests::linked::question(&member, action, subject, "dev", "/payments/x");
        linked.session.call("simulate", question)["outcome"].clone()
    };
    let secrets = |name| ask(name, "readValue", "secrets");
    assert_eq!(secrets("app-reader"), "allowed");
    assert_eq!(secrets("ci-deployer"), "allowed");
    {
        let mut world = server.world();
        world.missing_routes = vec![READERS_OWN];
        for identity in &mut world.identities {
            team(identity, "search");
        }
    }
    linked.pull();
    assert!(unseen(&linked).contains(&"Metadata of machine identities".to_owned()));
    assert_eq!(
        detail(&linked, "app-reader")["metadata"][0]["value"],
        "payments"
    );
    assert_eq!(
        detail(&linked, "ci-deployer")["metadata"][0]["value"],
        "search"
    );
    assert_eq!(secrets("app-reader"), "unknown");
    assert_eq!(secrets("ci-deployer"), "denied");
    // What no template of theirs is about is known of both.
    for name in ["app-reader", "ci-deployer"] {
        assert_eq!(ask(name, "read", "tags"), "allowed");
        assert_eq!(ask(name, "create", "tags"), "denied");
    }
}

#[test]
fn who_has_a_role_that_the_server_does_not_list_is_not_fully_known_and_others_are() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    let ask = |name: &str| {
        let member = linked.session.member(name);
        let question =
            reeve_tests::linked::question(&member, "delete", "secret-rotation", "dev", "/app");
        linked.session.call("simulate", question)["outcome"].clone()
    };
    assert_eq!(
        (ask("ci-deployer"), ask("app-reader")),
        (json!("denied"), json!("denied"))
    );
    server
        .world()
        .roles
        .retain(|role| role["slug"] != "deployer-role");
    linked.pull();
    assert!(unseen(&linked).contains(&"Rules of roles".to_owned()));
    let notes = linked.status()["lastPull"]["notes"].to_string();
    assert!(
        notes.contains("the role `deployer-role`, which is not in the list"),
        "{notes}"
    );
    assert_eq!(
        (ask("ci-deployer"), ask("app-reader")),
        (json!("unknown"), json!("denied"))
    );
}

#[test]
fn who_is_in_groups_stays_known_while_the_server_hides_it() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    let team = |linked: &Linked| detail(linked, "Platform team");
    let (before, everybody) = (team(&linked), members(&linked));
    let carol = "carol@example.test".to_owned();
    assert!(everybody.contains(&carol), "she is in the group only");
    server.world().groups_are_open = false;
    linked.pull();
    assert!(unseen(&linked).contains(&"Members of groups".to_owned()));
    assert_eq!(members(&linked), everybody);
    assert_eq!(team(&linked)["members"], before["members"]);
    server.world().groups_are_open = true;
    for members in server.world().group_members.values_mut() {
        members.clear();
    }
    linked.pull();
    assert!(!members(&linked).contains(&carol));
}

#[test]
fn a_map_and_a_comparison_say_what_was_not_seen_of_whom_they_are_about() {
    let server = Infisical::start();
    server.world().missing_routes = vec!["permissions/audit"];
    let linked = Linked::as_admin(&server);
    let about = |name: &str| {
        let member = linked.session.member(name);
        reeve_tests::linked::question(&member, "readValue", "secrets", "dev", "/app")
    };
    // A role that she has through a group asks for metadata.
    let hidden = ["Additional privileges of users", "Metadata of users"];
    let map = |name: &str| {
        let request = json!({"question": about(name), "subject": "secrets"});
        linked.session.call("access_map", request)
    };
    assert_eq!(names(&map("alice@example.test")["unseen"], "what"), hidden);
    assert_eq!(map("alice@example.test")["limits"], json!([]));
    assert_eq!(map("app-reader")["unseen"], json!([]));
    let compared = |left: &str, right: &str| {
        let request = json!({"left": about(left), "right": about(right)});
        linked.session.call("compare", request)
    };
    let compared_with_user = compared("app-reader", "alice@example.test");
    assert_eq!(names(&compared_with_user["unseen"], "what"), hidden);
    assert_eq!(compared("app-reader", "ci-deployer")["unseen"], json!([]));
}

#[test]
fn the_reader_sees_only_itself_as_the_server_lets_it() {
    let server = Infisical::start();
    let linked = Linked::as_identity(&server, READER);
    assert_eq!(members(&linked), Vec::<String>::new());
    let all = unseen(&linked);
    for what in ["Users", "Machine identities", "Groups", "Rules of roles"] {
        assert!(all.contains(&what.to_owned()), "{what} in {all:?}");
    }
}
