//! Folder grants that are stored: wherever an answer comes from, they count as on the server.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{TimeDelta, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_store::error::StoreError;
use reeve_store::workspace::Workspace;
use reeve_tests::session::Session;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
const HERE: &str = "/app/api";

/// Who gets what on `/app/api` in `dev`: name and id, role, tier; none if that is empty.
const PEOPLE: [(&str, &str, &str); 9] = [
    ("Rea Reads", "member", "read"),
    ("Edi Edits", "viewer", "edit"),
    ("Ada Admin", "admin", "list"),
    ("Tim Timed", "member", "read"),
    ("Eva Ended", "member", "read"),
    ("Odo Odd", "member", "own"),
    ("Lia List", "viewer", "list"),
    ("Dea Deploys", "deployer", "list"),
    ("Dan Deploys", "deployer", ""),
];

/// The sample with these people.
fn session() -> Session {
    let session = Session::on_sample();
    let workspace = Workspace::open(&file(&session)).unwrap();
    let now = Utc::now();
    let written: Result<(), StoreError> = workspace.writer().transaction(|transaction| {
        for (name, role, tier) in PEOPLE {
            let role = transaction.role_by_slug(role)?.unwrap();
            transaction.insert_member(&person(name))?;
            transaction.insert_assignment(&RoleAssignment {
                id: format!("held by {name}").into(),
                member: name.into(),
                role: role.id,
                lifetime: Lifetime::Permanent,
            })?;
            let hours = |count| now + TimeDelta::hours(count);
            let lifetime = match name {
                "Tim Timed" => Lifetime::timed("2h", hours(-1), hours(1)),
                "Eva Ended" => Lifetime::timed("1h", hours(-2), hours(-1)),
                _ => Lifetime::Permanent,
            };
            if !tier.is_empty() {
                transaction.insert_folder_grant(&grant(name, tier, lifetime), "")?;
            }
        }
        Ok(())
    });
    written.unwrap();
    session
}

fn file(session: &Session) -> PathBuf {
    let mut folders = vec![session.data().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "reeve") {
                return path;
            }
        }
    }
    panic!("the sample is in a file");
}

fn person(name: &str) -> Member {
    Member {
        id: name.into(),
        kind: MemberKind::User,
        name: name.into(),
        handle: format!("{}@acme.dev", name.replace(' ', ".")),
        username: name.into(),
        auth_methods: Vec::new(),
        metadata: Vec::new(),
    }
}

fn grant(name: &str, tier: &str, lifetime: Lifetime) -> FolderGrant {
    FolderGrant {
        id: format!("grant of {name}").into(),
        member: name.into(),
        environment: "dev".into(),
        path: HERE.into(),
        tier: tier.into(),
        lifetime,
        created_at: Utc::now(),
        updated_at: Utc::now(),
    }
}

fn who(name: &str) -> Value {
    json!({"kind": "member", "member": name})
}

fn place(environment: &str, path: &str) -> Value {
    json!({"environment": environment, "secretPath": path, "secretName": "KEY",
           "secretTags": [], "nothingElse": true})
}

fn action(action: &str) -> Value {
    json!({"kind": "action", "subject": "secrets", "action": action})
}

fn question(name: &str, what: &Value, place: &Value, when: &Value) -> Value {
    json!({"who": who(name), "what": what, "place": place, "when": when, "semantics": null,
           "unsaved": {"roleDrafts": false, "privilege": null}})
}

fn outcome(session: &Session, name: &str, what: &str, environment: &str, path: &str) -> String {
    let answer = session.simulate(&who(name), &action(what), &place(environment, path));
    answer["outcome"].as_str().unwrap().to_owned()
}

#[test]
fn a_grant_counts_at_its_folder_instead_of_the_role_and_nowhere_else() {
    let session = session();
    for (name, what, environment, path, expected) in [
        ("Rea Reads", "edit", "dev", HERE, "denied"),
        ("Rea Reads", "readValue", "dev", HERE, "allowed"),
        ("Rea Reads", "edit", "dev", "/app", "allowed"),
        ("Rea Reads", "edit", "dev", "/app/api/internal", "allowed"),
        ("Rea Reads", "edit", "staging", HERE, "allowed"),
        ("Edi Edits", "edit", "dev", HERE, "allowed"),
        ("Edi Edits", "edit", "dev", "/app", "denied"),
        ("Edi Edits", "edit", "staging", HERE, "denied"),
        ("Lia List", "describeSecret", "dev", HERE, "allowed"),
        ("Lia List", "readValue", "dev", HERE, "denied"),
        ("Lia List", "readValue", "dev", "/app", "allowed"),
        ("Ada Admin", "delete", "dev", HERE, "allowed"),
        ("Eva Ended", "edit", "dev", HERE, "allowed"),
        ("Tim Timed", "edit", "dev", HERE, "denied"),
    ] {
        let found = outcome(&session, name, what, environment, path);
        assert_eq!(found, expected, "{name} {what} {environment}:{path}");
    }
}

#[test]
fn what_role_and_grant_both_allow_depends_on_no_place() {
    let session = session();
    for (name, what, expected) in [
        ("Rea Reads", "readValue", "allowed"),
        ("Rea Reads", "edit", "depends"),
        ("Edi Edits", "readValue", "allowed"),
        ("Edi Edits", "edit", "depends"),
    ] {
        let place = json!({"secretName": "KEY", "secretTags": []});
        let answer = session.simulate(&who(name), &action(what), &place);
        assert_eq!(answer["outcome"], expected, "{name} {what}: {answer:#}");
        let depends = match expected {
            "depends" => json!(["environment", "secretPath"]),
            _ => json!([]),
        };
        assert_eq!(answer["dependsOn"], depends, "{name} {what}");
    }
}

#[test]
fn a_grant_counts_only_until_its_end() {
    let session = session();
    let at = |milliseconds| {
        let at = session.clock.text_after(milliseconds);
        let when = json!({"kind": "at", "instant": at});
        let asked = question("Tim Timed", &action("edit"), &place("dev", HERE), &when);
        session.call("simulate", asked)["outcome"].clone()
    };
    assert_eq!(at(HOUR / 2), "denied");
    assert_eq!(at(2 * HOUR), "allowed");
    let answer = session.simulate(&who("Tim Timed"), &action("edit"), &place("dev", HERE));
    assert_eq!(answer["changes"]["outcome"], "allowed", "{answer:#}");
    session.clock.shift(2 * HOUR);
    assert_eq!(
        outcome(&session, "Tim Timed", "edit", "dev", HERE),
        "allowed"
    );
}

#[test]
fn the_explanation_names_the_grant_and_where_it_is() {
    let session = session();
    let answer = session.simulate(&who("Rea Reads"), &action("edit"), &place("dev", HERE));
    let candidates = answer["checks"][0]["candidates"].as_array().unwrap();
    let decided = candidates
        .iter()
        .find(|candidate| candidate["fate"] == "decided")
        .unwrap();
    assert_eq!(decided["source"]["kind"], "folderGrant");
    assert_eq!(decided["source"]["id"], "grant of Rea Reads");
    let ended = session.simulate(&who("Eva Ended"), &action("edit"), &place("dev", HERE));
    assert!(
        ended.to_string().contains("grant of Eva Ended"),
        "what ended is told: {ended:#}"
    );
    let admin = session.simulate(&who("Ada Admin"), &action("edit"), &place("dev", HERE));
    assert!(
        admin.to_string().contains("ignore folder grants"),
        "{admin:#}"
    );
}

#[test]
fn everybody_at_once_and_line_by_line_have_the_answer_of_the_single_check() {
    let session = session();
    for (what, path) in [
        ("edit", HERE),
        ("readValue", HERE),
        ("describeSecret", HERE),
        ("edit", "/app"),
        ("edit", "/app/api/internal"),
    ] {
        for shift in [0, 2 * HOUR] {
            session.clock.shift(shift);
            let asked = json!({"what": action(what), "place": place("dev", path), "at": null,
                "semantics": null, "show": "all", "source": null, "search": "", "closed": [],
                "offset": 0, "limit": 500});
            let all = session.call("who_can", asked);
            let rows = all["rows"].as_array().unwrap();
            assert_eq!(rows.len(), 85 + PEOPLE.len());
            let mut lines = "who,what,environment,path,name,tags,at\n".to_owned();
            for row in rows {
                let id = row["member"]["id"].as_str().unwrap();
                writeln!(lines, "{id},secrets:{what},dev,{path},KEY,-,").unwrap();
            }
            let batch = session.call("simulate_batch", json!({"text": lines}));
            for (row, line) in rows.iter().zip(batch["rows"].as_array().unwrap()) {
                let id = row["member"]["id"].as_str().unwrap();
                let alone = outcome(&session, id, what, "dev", path);
                assert_eq!(row["outcome"], alone, "{what} {path} {row:#}");
                assert_eq!(line["outcome"], alone, "{what} {path} {line:#}");
            }
        }
        session.clock.shift(0);
    }
}

#[test]
fn those_who_may_through_a_grant_stand_under_it() {
    let session = session();
    let asked = json!({"what": action("edit"), "place": place("dev", HERE), "at": null,
        "semantics": null, "show": "allowed", "source": "folder", "search": "", "closed": [],
        "offset": 0, "limit": 500});
    let answer = session.call("who_can", asked);
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 1, "{answer:#}");
    assert_eq!(rows[0]["member"]["name"], "Edi Edits");
    assert_eq!(rows[0]["sources"][0]["kind"], "folderGrant");
    assert_eq!(rows[0]["sources"][0]["id"], "grant of Edi Edits");
    assert_eq!(rows[0]["reach"], 1);
    let named = answer["sources"].as_array().unwrap();
    let folder = named.iter().find(|source| source["key"] == "folder");
    assert_eq!(folder.unwrap()["name"], "Folder Access");
}

#[test]
fn the_map_says_at_each_folder_what_the_single_check_says() {
    let session = session();
    for (name, _, _) in PEOPLE {
        let asked = question(name, &action("edit"), &json!({}), &json!({"kind": "now"}));
        let map = session.call(
            "access_map",
            json!({"question": asked, "subject": "secrets"}),
        );
        assert_eq!(map["limits"], json!([]), "{name}");
        let is_known = map["unseen"] == json!([]);
        assert_eq!(is_known, name != "Odo Odd", "{map:#}");
        if !is_known {
            continue;
        }
        let mut seen = 0;
        for region in map["regions"].as_array().unwrap() {
            let folders = region["folders"].as_array().unwrap();
            for path in folders.iter().chain([&region["example"]]) {
                let path = path.as_str().unwrap();
                let cells = region["cells"].as_array().unwrap();
                for (environment, cell) in map["environments"].as_array().unwrap().iter().zip(cells)
                {
                    let Some(slug) = environment.as_str() else {
                        continue;
                    };
                    let entries = cell["entries"].as_array().unwrap();
                    for what in ["edit", "readValue"] {
                        let entry = entries.iter().find(|entry| entry["action"] == what);
                        let expected = match entry {
                            None => "denied",
                            Some(entry) if entry["always"] == true => "allowed",
                            // It hangs on the tags.
                            Some(_) => continue,
                        };
                        let alone = outcome(&session, name, what, slug, path);
                        assert_eq!(alone, expected, "{name} {what} {slug}:{path}");
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 20, "{seen}");
    }
}

#[test]
fn the_matrix_and_a_comparison_name_the_grant() {
    let session = session();
    let permissions = session.call("effective_permissions", json!({"member": "Rea Reads"}));
    let rules = permissions["rules"].as_array().unwrap();
    let subjects = permissions["subjects"].as_array().unwrap();
    let secrets = subjects.iter().find(|one| one["subject"] == "secrets");
    let cells = secrets.unwrap()["actions"].as_array().unwrap();
    let edit = cells.iter().find(|cell| cell["action"] == "edit").unwrap();
    let kinds: Vec<&Value> = edit["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| &rules[usize::try_from(place.as_u64().unwrap()).unwrap()]["source"]["kind"])
        .collect();
    assert!(kinds.contains(&&json!("folderGrant")), "{kinds:?}");
    assert!(kinds.contains(&&json!("role")), "{kinds:?}");
    assert_ne!(edit["access"], "allow");

    let now = json!({"kind": "now"});
    let asked = |name| question(name, &action("edit"), &json!({}), &now);
    let both = json!({"left": asked("Rea Reads"), "right": asked("Eva Ended")});
    let compared = session.call("compare", both);
    let changes = compared["changes"].as_array().unwrap();
    assert!(!changes.is_empty());
    for change in changes {
        assert_eq!(change["left"]["kind"], "folderGrant", "{change:#}");
        assert!(change.to_string().contains(HERE), "{change:#}");
    }
}

#[test]
fn what_would_change_a_denial_never_offers_what_the_grant_replaces() {
    let session = session();
    let now = json!({"kind": "now"});
    let asked = question("Rea Reads", &action("edit"), &place("dev", HERE), &now);
    let found = session.call("what_would_change", asked);
    assert!(
        !found.to_string().contains("newPrivilege"),
        "a privilege counts for nothing there: {found:#}"
    );
    let beside = question("Lia List", &action("edit"), &place("dev", "/app"), &now);
    let found = session.call("what_would_change", beside);
    assert!(found.to_string().contains("newPrivilege"), "{found:#}");
}

#[test]
fn a_privilege_on_the_folder_of_a_grant_opens_nothing() {
    let session = session();
    let draft = |member: &str, path: &str| {
        json!({"member": member, "slug": "effect", "duration": {"kind": "timed", "range": "1h"},
               "policies": [{"subject": "secrets", "actions": ["delete"], "inverted": false,
                   "conditions": [
                       {"property": "environment", "operator": "$eq", "values": ["dev"]},
                       {"property": "secretPath", "operator": "$eq", "values": [path]}]}],
               "reason": "", "ticket": ""})
    };
    let opened = |member, path| {
        let said = session.call("privilege_effect", draft(member, path));
        let changes = said["effect"]["changes"].as_array().unwrap();
        // The general check names no folder, so that the privilege decides it.
        let there = changes.iter().filter(|change| {
            let place = change["place"].as_str().unwrap();
            !place.starts_with("the general check")
        });
        there.count()
    };
    assert_eq!(opened("Edi Edits", HERE), 0);
    assert_eq!(opened("Lia List", HERE), 0);
    assert_ne!(opened("Lia List", "/app"), 0);
}

#[test]
fn what_a_grant_of_an_unknown_tier_could_change_is_unknown_and_nothing_else() {
    let session = session();
    for what in ["edit", "readValue", "delete"] {
        let found = outcome(&session, "Odo Odd", what, "dev", HERE);
        assert_eq!(found, "unknown", "{what}");
    }
    let about = |name: &str, subject: &str| {
        let what = json!({"kind": "action", "subject": subject, "action": "read"});
        session.simulate(&who(name), &what, &json!({"nothingElse": true}))["outcome"].clone()
    };
    for subject in ["member", "role", "settings", "kms"] {
        assert_eq!(about("Odo Odd", subject), about("Eva Ended", subject));
        assert_ne!(about("Odo Odd", subject), "unknown");
    }
    assert_eq!(
        outcome(&session, "Eva Ended", "edit", "dev", HERE),
        "allowed"
    );
}

#[test]
fn what_a_removed_member_had_comes_back_with_it() {
    let session = session();
    let done = session.call(
        "act_on_members",
        json!({"selection": {"kind": "members", "members": ["Edi Edits"]},
               "act": {"kind": "remove"}}),
    );
    assert_eq!(
        session
            .fail("member_detail", json!({"member": "Edi Edits"}))
            .field,
        None
    );
    session.call("undo", json!({"history": done["done"]["history"]}));
    assert_eq!(
        outcome(&session, "Edi Edits", "edit", "dev", HERE),
        "allowed"
    );
}

#[test]
fn an_edit_of_a_role_touches_nobody_at_the_folder_of_a_grant() {
    let session = session();
    let list = session.call("list_roles", json!({}));
    let role = list["roles"].as_array().unwrap().iter();
    let id = role
        .clone()
        .find(|role| role["slug"] == "deployer")
        .unwrap()["id"]
        .clone();
    let detail = session.call("role_detail", json!({"role": id}));
    let mut rules: Vec<Value> = serde_json::from_str(detail["rules"].as_str().unwrap()).unwrap();
    rules.push(
        json!({"subject": "secrets", "action": ["readValue"], "inverted": true,
                      "conditions": {"environment": "dev", "secretPath": HERE}}),
    );
    let asked = json!({"role": id, "rules": Value::from(rules).to_string()});
    let effect = session.call("role_effect", asked)["effect"].clone();
    let affected = effect["affected"].to_string();
    assert!(affected.contains("Dan Deploys"), "{effect:#}");
    assert!(!affected.contains("Dea Deploys"), "{effect:#}");
}

#[test]
fn a_local_duplicate_answers_as_the_project_it_came_from() {
    let session = session();
    let answers = || {
        PEOPLE.map(|(name, _, _)| {
            ["edit", "readValue"].map(|what| outcome(&session, name, what, "dev", HERE))
        })
    };
    let before = answers();
    session.call(
        "duplicate_as_local",
        json!({"path": session.data().join("copy.reeve"), "name": "Copy"}),
    );
    assert_eq!(answers(), before);
    assert_eq!(before[0], ["denied", "allowed"]);
}

#[test]
fn the_member_lists_its_grants_in_the_words_of_the_screens() {
    let session = session();
    let listed = |name: &str| {
        let detail = session.call("member_detail", json!({"member": name}));
        detail["folderGrants"].clone()
    };
    for (name, role, known, state) in [
        ("Rea Reads", "Read", true, "permanent"),
        ("Tim Timed", "Read", true, "active"),
        ("Eva Ended", "Read", true, "ended"),
        ("Odo Odd", "own", false, "permanent"),
    ] {
        let grants = listed(name);
        assert_eq!(grants[0]["role"], role);
        assert_eq!(grants[0]["known"], known);
        assert_eq!(grants[0]["standing"]["state"], state);
        assert_eq!(grants[0]["environment"], "dev");
        assert_eq!(grants[0]["path"], HERE);
    }
    assert_eq!(listed("Dan Deploys"), json!([]));
}

#[test]
fn the_end_of_a_grant_is_told_wherever_ends_are() {
    let session = session();
    let rows = |answer: &Value, list: &str| -> Vec<Value> {
        let rows = answer[list].as_array().unwrap().iter();
        rows.filter(|row| row["id"].as_str().unwrap().starts_with("grant of"))
            .cloned()
            .collect()
    };
    let overview = session.call("overview", json!({}));
    let soon = rows(&overview, "endingWithinDay");
    assert_eq!(soon.len(), 1, "{overview:#}");
    assert_eq!(soon[0]["what"], "folderGrant");
    assert_eq!(soon[0]["title"], "dev:/app/api");
    assert_eq!(soon[0]["slug"], "Read");
    assert_eq!(soon[0]["member"]["name"], "Tim Timed");
    let ended = rows(&overview, "ended");
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["member"]["name"], "Eva Ended");

    let row = |name: &str| {
        let page = session.call(
            "list_members",
            json!({"filter": {"search": name}, "sort": "relevance", "descending": false,
                   "offset": 0, "limit": 10}),
        );
        page["rows"][0].clone()
    };
    assert_eq!(row("Tim Timed")["nextEnd"], soon[0]["end"]);
    assert_eq!(row("Eva Ended")["lastEnd"], ended[0]["end"]);

    let span = json!({"from": session.clock.text_after(0), "to": session.clock.text_after(2 * HOUR),
                      "kind": "folderGrant", "offset": 0});
    let expiring = session.call("expiring", span.clone());
    assert_eq!(expiring["total"], 1);
    let bar = &expiring["rows"][0]["bar"];
    assert_eq!(
        (&bar["what"], &bar["title"]),
        (&soon[0]["what"], &soon[0]["title"])
    );
    let effect = &expiring["rows"][0]["effect"];
    assert_eq!(
        effect["effect"], "gains",
        "its role counts there again: {effect:#}"
    );
    assert!(effect["gained"].to_string().contains(HERE), "{effect:#}");
    let mut slice = span;
    slice["limit"] = json!(10);
    let timeline = session.call("timeline", slice);
    assert_eq!(timeline["rows"], json!([bar]));
}

/// Who is an admin until an instant has the folder grants from then on.
#[test]
fn the_end_of_an_admins_role_brings_the_grant_with_it() {
    let session = session();
    let workspace = Workspace::open(&file(&session)).unwrap();
    let now = Utc::now();
    let written: Result<(), StoreError> = workspace.writer().transaction(|transaction| {
        let role = transaction.role_by_slug("admin")?.unwrap();
        transaction.insert_assignment(&RoleAssignment {
            id: "admin for an hour".into(),
            member: "Edi Edits".into(),
            role: role.id,
            lifetime: Lifetime::timed("1h", now, now + TimeDelta::hours(1)),
        })
    });
    written.unwrap();
    let allowed = |path| outcome(&session, "Edi Edits", "edit", "dev", path);
    assert_eq!(
        (allowed(HERE), allowed("/app")),
        ("allowed".into(), "allowed".into())
    );
    let span = json!({"from": session.clock.text_after(0), "to": session.clock.text_after(2 * HOUR),
                      "kind": "role", "offset": 0});
    let expiring = session.call("expiring", span);
    let rows = expiring["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["bar"]["id"] == "admin for an hour");
    assert_eq!(row.unwrap()["effect"]["effect"], "loses");
    session.clock.shift(2 * HOUR);
    assert_eq!(
        (allowed(HERE), allowed("/app")),
        ("allowed".into(), "denied".into())
    );
}
