//! The server's account of somebody's access.

use chrono::{DateTime, Utc};
use reeve_policy::assemble::{FolderTier, folder_rules};
use reeve_policy::read::rule_to_json;
use serde_json::{Value, json};

use super::rules::{filled_in, packed};
use super::world::{FolderAccess, World};
use super::{Asked, Reply, Server};

/// The audit of a machine identity.
pub fn of_identity(server: &Server, world: &World, asked: &Asked, id: &str) -> Reply {
    let Some(identity) = world
        .identities
        .iter()
        .find(|identity| identity["identityId"] == id)
    else {
        let project = world.project["id"].as_str().unwrap_or_default();
        let message = format!(
            "Target identity with ID '{id}' is not a member of project with ID '{project}' [targetIdentityId={id}] [projectId={project}]"
        );
        return Reply::refusal(404, "NotFound", message);
    };
    let held = &world.identity_privileges;
    let privileges = held
        .iter()
        .filter(|(holder, _)| holder == id)
        .map(|(_, p)| p);
    let mut sources = sources(server, world, &identity["roles"], privileges, id);
    sources.extend(folder_sources(server, world, asked, id));
    Reply::ok(json!({"sources": sources}))
}

/// The audit of a user, by the membership.
pub fn of_user(server: &Server, world: &World, asked: &Asked, membership: &str) -> Reply {
    let Some(user) = world.users.iter().find(|user| user["id"] == membership) else {
        let message = format!("Membership with id {membership} not found");
        return Reply::refusal(404, "NotFound", message);
    };
    let id = user["userId"].as_str().unwrap_or_default();
    let held = &world.user_privileges;
    let privileges = held
        .iter()
        .filter(|(holder, _)| holder == membership)
        .map(|(_, p)| p);
    let mut sources = sources(server, world, &user["roles"], privileges, id);
    sources.extend(folder_sources(server, world, asked, id));
    Reply::ok(json!({"sources": sources}))
}

/// What counts for the signed-in user.
pub fn own(server: &Server, world: &World, id: &str) -> Reply {
    let user = world.users.iter().find(|user| user["userId"] == id);
    let membership = user
        .and_then(|user| user["id"].as_str())
        .unwrap_or_default();
    let roles = user.map_or(
        json!([{"id": "r", "role": "admin", "isTemporary": false}]),
        |u| u["roles"].clone(),
    );
    let held = &world.user_privileges;
    let privileges = held
        .iter()
        .filter(|(holder, _)| holder == membership)
        .map(|(_, p)| p);
    let sources = sources(server, world, &roles, privileges, id);
    let all: Vec<Value> = ["role", "additional_privilege", "group_role"]
        .iter()
        .flat_map(|kind| sources.iter().filter(move |source| source["type"] == *kind))
        .flat_map(|source| {
            source["permissions"]
                .as_array()
                .cloned()
                .unwrap_or_default()
        })
        .collect();
    let (forbids, allows): (Vec<Value>, Vec<Value>) =
        all.into_iter().partition(|rule| rule[3] == 1);
    let of_folders = folder_rules_of(server, world, &roles, id);
    let name = user
        .and_then(|user| user["user"]["username"].as_str())
        .unwrap_or("admin@example.test");
    let rules = filled_in(
        &allows
            .into_iter()
            .chain(forbids)
            .chain(of_folders)
            .collect::<Vec<_>>(),
        id,
        name,
    );
    let names: Vec<Value> = roles
        .as_array()
        .into_iter()
        .flatten()
        .map(|r| json!({"role": r["role"]}))
        .collect();
    Reply::ok(
        json!({"data": {"memberships": [{"id": super::new_id(), "actorGroupId": null,
        "actorUserId": id, "roles": names}], "permissions": rules}}),
    )
}

fn sources<'a>(
    server: &Server,
    world: &World,
    roles: &Value,
    privileges: impl Iterator<Item = &'a Value>,
    id: &str,
) -> Vec<Value> {
    let now = server.now();
    let mut sources: Vec<Value> = roles
        .as_array()
        .into_iter()
        .flatten()
        .filter(|held| counts(held, now))
        .map(|held| role_source(world, held, now, "role"))
        .collect();
    for privilege in privileges.filter(|privilege| counts(privilege, now)) {
        let mut source = json!({"id": privilege["id"], "type": "additional_privilege",
            "name": privilege["slug"]});
        put_time(&mut source, privilege);
        source["permissions"] = Value::Array(packed(&privilege["permissions"]));
        sources.push(source);
    }
    for group in &world.groups {
        let whole = group["groupId"].as_str().unwrap_or_default();
        let members = world.group_members.get(whole);
        if !members.is_some_and(|members| members.iter().any(|member| member["id"] == id)) {
            continue;
        }
        for held in group["roles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|held| counts(held, now))
        {
            let mut source = role_source(world, held, now, "group_role");
            source["groupId"] = group["groupId"].clone();
            source["groupName"] = group["group"]["name"].clone();
            sources.push(source);
        }
    }
    sources
}

/// The rules that the folder grants of `id` add at the end. An admin has none.
fn folder_rules_of(server: &Server, world: &World, roles: &Value, id: &str) -> Vec<Value> {
    let now = server.now();
    let mut roles = roles.as_array().into_iter().flatten();
    let is_admin = roles.any(|held| held["role"] == "admin" && counts(held, now));
    if is_admin || world.folder_access == FolderAccess::NoRoute {
        return Vec::new();
    }
    world
        .folder_grants_of(id)
        .filter(|grant| counts(grant, now))
        .flat_map(|grant| {
            let text = |key: &str| grant[key].as_str().unwrap_or_default();
            let tier = FolderTier::from_wire(text("permission")).expect("a known level");
            let rules = folder_rules(text("environment"), text("secretPath"), tier);
            packed(&rules.iter().map(rule_to_json).collect())
        })
        .collect()
}

/// The folder grants that count, unless they are to be left out: under random names, with rules that
/// are not those of the grant.
fn folder_sources(server: &Server, world: &World, asked: &Asked, id: &str) -> Vec<Value> {
    let wanted = asked.query.get("includeFolderPermissions");
    if wanted.is_some_and(|wanted| wanted == "false") {
        return Vec::new();
    }
    if world.folder_access == FolderAccess::NoRoute {
        return Vec::new();
    }
    let now = server.now();
    world
        .folder_grants_of(id)
        .filter(|grant| counts(grant, now))
        .map(|grant| {
            let mut source = json!({"id": grant["id"], "type": "additional_privilege",
                "name": super::new_id()});
            put_time(&mut source, grant);
            source["permissions"] = json!([["edit", "kms"]]);
            source
        })
        .collect()
}

/// A role that is held: custom ones are all called `custom`.
fn role_source(world: &World, held: &Value, now: DateTime<Utc>, kind: &str) -> Value {
    let slug = held["customRoleSlug"]
        .as_str()
        .or(held["role"].as_str())
        .unwrap_or_default();
    let name = held["customRoleName"].as_str().unwrap_or(slug);
    let mut source = json!({"id": held["id"], "type": kind, "name": name, "slug": held["role"]});
    put_time(&mut source, held);
    let role = world.role(slug, now);
    source["permissions"] = Value::Array(packed(
        &role.map_or(json!([]), |r| r["permissions"].clone()),
    ));
    source
}

fn put_time(source: &mut Value, held: &Value) {
    let temporary = held["isTemporary"] == true;
    source["isTemporary"] = json!(temporary);
    if temporary {
        for key in ["temporaryAccessStartTime", "temporaryAccessEndTime"] {
            source[key] = held[key].clone();
        }
    }
}

/// Only the end counts, not the start.
fn counts(held: &Value, now: DateTime<Utc>) -> bool {
    held["isTemporary"] != true
        || held["temporaryAccessEndTime"]
            .as_str()
            .and_then(|end| DateTime::parse_from_rfc3339(end).ok())
            .is_some_and(|end| end > now)
}
