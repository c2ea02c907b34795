//! Members compared with what the server says of them.

use reeve_tests::infisical::Infisical;
use reeve_tests::linked::Linked;
use serde_json::json;

use super::names;

#[test]
fn the_server_and_reeve_assemble_the_same_rules() {
    let server = Infisical::start();
    for linked in [Linked::as_user(&server), Linked::as_admin(&server)] {
        let begun = linked.session.call("verify", json!({"member": null}));
        let ended = linked.ended(&begun);
        assert_eq!(ended["state"], "done", "{ended}");
        let found = linked.session.call("comparisons", json!({}));
        assert_eq!(found["different"], 0, "{found:#}");
        assert!(found["same"].as_u64().unwrap() >= 5, "{found}");
    }
}

#[test]
fn who_is_in_through_a_group_only_is_compared_through_it_if_the_server_tells_of_anybody_in_it() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    let carol = linked.session.member("carol@example.test");
    let finding = || {
        let begun = linked.session.call("verify", json!({"member": carol}));
        assert_eq!(linked.ended(&begun)["state"], "done");
        let found = linked.session.call("comparisons", json!({}));
        found["members"][0]["finding"].clone()
    };
    assert_eq!(finding()["state"], "same");
    // The group gives something else on the server by now.
    let before = server.world().groups[0]["roles"].clone();
    server.world().groups[0]["roles"] = json!([]);
    let found = finding();
    assert_eq!(found["state"], "different", "{found}");
    assert!(
        found["mismatches"][0]["sentence"]
            .as_str()
            .unwrap()
            .starts_with("Reeve counts the group role"),
        "{found}"
    );
    // Nobody whom the server gives an account of is in the group any more.
    {
        let mut world = server.world();
        world.groups[0]["roles"] = before;
        let id = json!(carol);
        for members in world.group_members.values_mut() {
            members.retain(|member| member["id"] == id);
        }
    }
    linked.pull();
    let found = finding();
    assert_eq!(found["state"], "notTold", "{found}");
    assert_eq!(
        found["why"],
        "In the project through the group `Platform team` only."
    );
}

#[test]
fn where_they_differ_is_said_exactly() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    {
        let mut world = server.world();
        world.roles[0]["permissions"] =
            json!([{"subject": "webhooks", "action": ["read"], "inverted": false}]);
        world
            .user_privileges
            .retain(|(_, privilege)| privilege["slug"] != "alice-perm");
    }
    let alice = linked.session.member("alice@example.test");
    let begun = linked.session.call("verify", json!({"member": alice}));
    assert_eq!(linked.ended(&begun)["state"], "done");
    let found = linked.session.call("comparisons", json!({}));
    let mismatches = &found["members"][0]["finding"]["mismatches"];
    assert_eq!(
        names(mismatches, "sentence"),
        [
            "Reeve counts the privilege `alice-perm`, which the server does not",
            "The role `App reader` has other rules",
        ]
    );
    let of = |differs_in: &str| {
        let mut found = mismatches.as_array().unwrap().iter();
        found
            .find(|one| one["differsIn"] == differs_in)
            .unwrap()
            .clone()
    };
    let rules = of("rules");
    assert_eq!(
        names(&rules["onlyOnServer"], "written"),
        [r#"{"subject":"webhooks","action":["read"]}"#]
    );
    let webhooks = &rules["onlyOnServer"][0];
    assert_eq!(webhooks["understood"], true, "{webhooks}");
    assert_eq!(webhooks["rule"]["subjectTitle"], "Webhooks");
    assert_eq!(webhooks["rule"]["inverted"], false);
    assert!(!rules["onlyHere"].as_array().unwrap().is_empty(), "{rules}");
    let missing = of("missingOnServer");
    assert_eq!(missing["onlyOnServer"], json!([]));
    assert_eq!(
        missing["onlyHere"][0]["understood"], true,
        "{missing}: the rules of what the server does not count are told, too"
    );
}

#[test]
fn what_is_not_understood_is_told_as_it_is_written() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    server.world().roles[0]["permissions"] = json!([
        {"subject": "martians", "action": ["greet"]},
        {"subject": "secrets", "action": ["read"], "conditions": {"environment": {"$near": "dev"}}},
    ]);
    let alice = linked.session.member("alice@example.test");
    let begun = linked.session.call("verify", json!({"member": alice}));
    assert_eq!(linked.ended(&begun)["state"], "done");
    let found = linked.session.call("comparisons", json!({}));
    let mismatches = &found["members"][0]["finding"]["mismatches"];
    let rules = mismatches[0]["onlyOnServer"].as_array().unwrap();
    let told: Vec<_> = rules
        .iter()
        .map(|rule| {
            assert_eq!(rule["understood"], false, "{rule}");
            (rule["written"].as_str().unwrap(), !rule["rule"].is_null())
        })
        .collect();
    assert_eq!(
        told,
        [
            (r#"{"subject":"martians","action":["greet"]}"#, true),
            (
                r#"{"subject":"secrets","action":["read"],"conditions":{"environment":{"$near":"dev"}}}"#,
                true
            ),
        ]
    );
}
