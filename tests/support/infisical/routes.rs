//! The paths that read.

use serde_json::{Map, Value, json};

use super::world::{Caller, Rights, World};
use super::{Asked, Reply, Server, audit, auth, decoded, folder_access, instant, writes};

const NOT_OPEN: &str = "You are not allowed to access this resource";
const KINDS: [&str; 7] = [
    "secret-manager",
    "cert-manager",
    "kms",
    "ssh",
    "secret-scanning",
    "pam",
    "ai",
];

/// Answers `asked`.
pub fn answer(server: &Server, asked: &Asked) -> Reply {
    if server
        .world()
        .missing_routes
        .iter()
        .any(|missing| asked.path.contains(missing))
    {
        return Reply::no_route(asked);
    }
    if folder_access::is_missing(&server.world(), asked) {
        return Reply::no_route(asked);
    }
    let decoded: Vec<String> = asked
        .path
        .split('/')
        .filter(|s| !s.is_empty())
        .map(decoded)
        .collect();
    let path: Vec<&str> = decoded.iter().map(String::as_str).collect();
    match (asked.method.as_str(), path.as_slice()) {
        ("GET", ["api", "status"]) => status(server),
        ("POST", ["api", "v1", "auth", "universal-auth", "login"]) => auth::login(server, asked),
        ("POST", ["api", "v1", "auth", "token", "renew"]) => auth::renew(server, asked),
        ("POST", ["api", "v1", "auth", "token", "revoke"]) => auth::revoke(server, asked),
        ("POST", ["api", "v1", "auth", "token"]) => auth::refresh(server, asked),
        ("POST", ["api", "v1", "auth", "logout"]) => auth::logout(server, asked),
        (_, path) if !exists(&asked.method, path) => Reply::no_route(asked),
        (method, path) => match auth::caller(server, asked) {
            Ok(caller) if method == "GET" => read(server, asked, path, &caller),
            Ok(caller) => writes::write(server, asked, path, &caller),
            Err(refusal) => refusal,
        },
    }
}

/// Whether the router knows the path; it asks for no token before it knows one.
fn exists(method: &str, path: &[&str]) -> bool {
    let ["api", version, rest @ ..] = path else {
        return false;
    };
    match (method, *version, rest) {
        (
            "GET",
            "v1",
            ["projects" | "workspace", ..] | ["groups", ..] | ["identities", "details"] | ["user"],
        ) => !matches!(
            rest,
            [_, _, "environments"] | ["workspace", _, "permissions"]
        ),
        (
            "GET",
            "v1",
            ["user-project-additional-privilege", ..] | ["additional-privilege", "identity"],
        )
        | (
            "GET",
            "v2",
            ["workspace", ..] | ["folders"] | ["identity-project-additional-privilege", ..],
        )
        | ("GET", "v4", ["secrets", ..])
        | ("GET", "v3", ["secrets", "raw"]) => true,
        ("POST" | "PATCH" | "DELETE", _, rest) => writes::exists(method, version, rest),
        _ => false,
    }
}

fn status(server: &Server) -> Reply {
    Reply::ok(
        json!({"date": instant(server.now()), "message": "Ok", "emailConfigured": false,
        "inviteOnlySignup": true, "redisConfigured": true, "secretScanningConfigured": false,
        "auditLogStorageDisabled": false, "maxIdentityAccessTokenTTL": 7_776_000}),
    )
}

fn read(server: &Server, asked: &Asked, path: &[&str], caller: &Caller) -> Reply {
    let world = server.world();
    let id = match caller {
        Caller::User(id) | Caller::Identity(id) => id.as_str(),
    };
    let user_only = || user_only(asked);
    let is_user = matches!(caller, Caller::User(_));
    match path {
        ["api", "v1", "identities", "details"] if !is_user => {
            Reply::ok(json!({"identityDetails": {"organization": world.organization}}))
        }
        ["api", "v1", "user"] if is_user => Reply::ok(json!({"user": {"id": id,
            "email": "admin@example.test", "username": "admin@example.test", "firstName": "Admin",
            "lastName": "User", "superAdmin": true}})),
        ["api", "v1", "identities", "details"] | ["api", "v1", "user"] => user_only(),
        ["api", "v1", "projects"] => projects(&world, asked, id, "projects"),
        ["api", "v1", "workspace"] => projects(&world, asked, id, "workspaces"),
        ["api", "v1", "projects", "roles", role] => role_by_id(&world, role),
        ["api", "v1", "projects", "slug", slug] | ["api", "v2", "workspace", slug] => {
            if world.project["slug"] == *slug {
                let mut project = world.project.clone();
                if path[1] == "v2" {
                    without(&mut project, &["deletedEnvironments"]);
                    project["kmsSecretManagerKeyId"] = Value::Null;
                }
                Reply::ok(project)
            } else {
                Reply::refusal(
                    404,
                    "NotFound",
                    format!("Project with slug '{slug}' not found"),
                )
            }
        }
        ["api", version, "projects" | "workspace", project, rest @ ..] => {
            let project = if world.project["slug"] == *project && *version == "v1" {
                world.project["id"].as_str().unwrap_or_default()
            } else {
                project
            };
            match member_of(&world, project, id) {
                Err(refusal) => refusal,
                Ok(()) => in_project(
                    server,
                    &world,
                    asked,
                    rest,
                    id,
                    is_user,
                    path[2] == "workspace",
                ),
            }
        }
        ["api", "v1", "groups", group, rest @ ..] => group_members(&world, asked, group, rest),
        ["api", "v1", "user-project-additional-privilege", ..] if !is_user => user_only(),
        ["api", "v1", "user-project-additional-privilege"] => user_privileges(&world, asked),
        ["api", "v1", "user-project-additional-privilege", one] => {
            one_privilege(&world.user_privileges, one, "User", true)
        }
        ["api", "v2", "identity-project-additional-privilege"] => {
            identity_privileges(&world, asked, id)
        }
        ["api", "v2", "identity-project-additional-privilege", one] => {
            if uuid::Uuid::parse_str(one).is_err() {
                return Reply::refusal(500, "Find one", "Something went wrong");
            }
            one_privilege(&world.identity_privileges, one, "Identity", false)
        }
        ["api", "v1", "additional-privilege", "identity"] => legacy_privileges(&world, asked),
        ["api", "v2", "folders"] => folders(&world, asked, id),
        ["api", "v4", "secrets"] | ["api", "v3", "secrets", "raw"] => secrets(&world, asked, id),
        _ => Reply::no_route(asked),
    }
}

/// The refusal of a machine identity on a path for users.
pub fn user_only(asked: &Asked) -> Reply {
    let mut reply = Reply::refusal(403, "", NOT_OPEN);
    reply.body["error"] = json!(format!("Forbidden access to {}", asked.target));
    reply
}

/// Whether `id` is in `project`.
pub fn member_of(world: &World, project: &str, id: &str) -> Result<(), Reply> {
    if project == world.foreign {
        let message = format!(
            "You are not a member of this project with ID {project}. Please assign this identity to the project with the appropriate permissions, then try again."
        );
        return Err(Reply::refusal(403, "ProjectMembershipNotFound", message));
    }
    if world.project["id"] != project {
        let message = format!("Project with ID '{project}' not found");
        return Err(Reply::refusal(404, "NotFound", message));
    }
    if world.rights.contains_key(id) {
        return Ok(());
    }
    let message = format!(
        "You are not a member of this project with ID {project}. Please assign this identity to the project with the appropriate permissions, then try again."
    );
    Err(Reply::refusal(403, "ProjectMembershipNotFound", message))
}

fn projects(world: &World, asked: &Asked, id: &str, key: &str) -> Reply {
    if let Some(kind) = asked.query.get("type")
        && !KINDS.contains(&kind.as_str())
    {
        let listed = KINDS.map(|kind| format!("'{kind}'")).join(" | ");
        return Reply::refusal(
            422,
            "ValidationFailure",
            json!([{"received": kind,
            "code": "invalid_enum_value", "options": KINDS, "path": ["type"],
            "message": format!("Invalid enum value. Expected {listed}, received '{kind}'")}]),
        );
    }
    let mut project = world.project.clone();
    if asked
        .query
        .get("includeRoles")
        .is_some_and(|wanted| wanted == "true")
    {
        let roles: Vec<Value> = world
            .built_in
            .iter()
            .map(|role| with_version(world, role))
            .collect();
        project["roles"] = Value::Array(roles);
    }
    let listed = if world.rights.contains_key(id) {
        vec![project]
    } else {
        vec![]
    };
    Reply::ok(json!({key: listed}))
}

fn in_project(
    server: &Server,
    world: &World,
    asked: &Asked,
    rest: &[&str],
    id: &str,
    is_user: bool,
    legacy: bool,
) -> Reply {
    let need = |action: &str, subject: &str| {
        if world.may(id, action, subject) {
            None
        } else {
            Some(Reply::denied(action, subject))
        }
    };
    let subject = match rest {
        [] | ["environment-folder-tree"] | ["permissions"] => None,
        ["memberships", "identities", ..] | ["identity-memberships", ..] => Some("identity"),
        ["memberships", "groups", ..] | ["groups", ..] => Some("groups"),
        ["memberships", ..] | ["users", _, "secret-folder-access"] => Some("member"),
        ["roles", ..] => Some("role"),
        ["tags"] => Some("tags"),
        _ => return Reply::no_route(asked),
    };
    if let Some(refusal) = subject.and_then(|subject| need("read", subject)) {
        return refusal;
    }
    match rest {
        [] if legacy => {
            let mut project = world.project.clone();
            without(&mut project, &["deletedEnvironments"]);
            Reply::ok(json!({"workspace": project}))
        }
        [] => Reply::ok(json!({"project": world.project})),
        ["environment-folder-tree"] => folder_tree(world),
        ["tags"] => Reply::ok(json!({if legacy { "workspaceTags" } else { "tags" }: world.tags})),
        ["permissions"] if is_user => audit::own(server, world, id),
        ["permissions"] => user_only(asked),
        ["memberships", "identities"] | ["identity-memberships"] => {
            identities(world, asked, rest, id, legacy)
        }
        ["memberships", "identities", one] => identity(world, one),
        ["memberships", "identities", one, "permissions", "audit"] => {
            audit::of_identity(server, world, asked, one)
        }
        ["users", one, "secret-folder-access"] => {
            folder_access::of_user(world, asked, is_user, one)
        }
        ["memberships", "identities", one, "secret-folder-access"] => {
            folder_access::of_identity(world, asked, is_user, one)
        }
        ["memberships", "groups"] => groups(world, true, legacy),
        ["groups"] => groups(world, false, legacy),
        ["memberships"] => Reply::ok(json!({"memberships": world.users})),
        ["memberships", one] => match world.users.iter().find(|user| user["id"] == *one) {
            Some(user) => Reply::ok(json!({"membership": user})),
            None => Reply::refusal(
                404,
                "NotFound",
                format!("Membership with id {one} not found"),
            ),
        },
        ["memberships", one, "permissions", "audit"] => audit::of_user(server, world, asked, one),
        ["roles"] => roles(server, world),
        ["roles", "slug", slug] => match world.role(slug, server.now()) {
            Some(role) => Reply::ok(json!({"role": role})),
            None => Reply::refusal(404, "NotFound", format!("Role with slug {slug} not found")),
        },
        _ => Reply::no_route(asked),
    }
}

fn roles(server: &Server, world: &World) -> Reply {
    let slugs = world
        .built_in
        .iter()
        .chain(&world.roles)
        .map(|role| &role["slug"]);
    let roles: Vec<Value> = slugs
        .filter_map(|slug| world.role(slug.as_str()?, server.now()))
        .map(|mut role| {
            without(&mut role, &["permissions"]);
            role
        })
        .collect();
    Reply::ok(json!({"roles": roles}))
}

fn role_by_id(world: &World, id: &str) -> Reply {
    if uuid::Uuid::parse_str(id).is_err() {
        return Reply::refusal(
            422,
            "ValidationFailure",
            json!([{"validation": "uuid",
            "code": "invalid_string", "message": "Invalid uuid", "path": ["roleId"]}]),
        );
    }
    match world.roles.iter().find(|role| role["id"] == id) {
        Some(role) => Reply::ok(json!({"role": role})),
        None => Reply::refusal(404, "NotFound", format!("Role with ID {id} not found")),
    }
}

fn identities(world: &World, asked: &Asked, rest: &[&str], id: &str, legacy: bool) -> Reply {
    let offset = number(asked, "offset", 0);
    let limit = number(asked, "limit", if rest.len() == 1 { 100 } else { 20 }).min(1000);
    // Who may read one identity only gets a list of that one, with the count of all.
    let narrow = matches!(world.rights.get(id), Some(Rights::Some(rights)) if !rights.contains(&"read:role".to_owned()));
    let listed: Vec<Value> = world
        .identities
        .iter()
        .filter(|identity| !narrow || identity["identityId"] == super::world::READER)
        .skip(offset)
        .take(limit)
        .map(|identity| {
            let mut identity = identity.clone();
            without(&mut identity, &["lastLoginAuthMethod", "lastLoginTime"]);
            without(&mut identity["identity"], &["metadata"]);
            if rest.len() == 1 || legacy {
                without(&mut identity["identity"], &["activeLockoutAuthMethods"]);
                if legacy {
                    without(&mut identity["identity"], &["orgId", "projectId"]);
                }
                identity["project"] =
                    json!({"name": world.project["name"], "id": world.project["id"]});
                for role in identity["roles"].as_array_mut().into_iter().flatten() {
                    role["customRoleId"] = role_id(world, role);
                }
            }
            identity
        })
        .collect();
    Reply::ok(json!({"identityMemberships": listed, "totalCount": world.identities.len()}))
}

/// The id of the custom role in an assignment.
fn role_id(world: &World, held: &Value) -> Value {
    let role = world
        .roles
        .iter()
        .find(|role| role["slug"] == held["customRoleSlug"]);
    role.map_or(Value::Null, |role| role["id"].clone())
}

fn identity(world: &World, id: &str) -> Reply {
    let Some(identity) = world
        .identities
        .iter()
        .find(|identity| identity["identityId"] == id)
    else {
        let message = format!("Identity with ID {id} is not a member of the project");
        return Reply::refusal(404, "NotFound", message);
    };
    let mut identity = identity.clone();
    without(&mut identity, &["identityId"]);
    without(&mut identity["identity"], &["activeLockoutAuthMethods"]);
    Reply::ok(json!({"identityMembership": identity}))
}

fn groups(world: &World, full: bool, legacy: bool) -> Reply {
    let groups: Vec<Value> = world
        .groups
        .iter()
        .map(|group| {
            let mut group = group.clone();
            if legacy {
                without(&mut group["group"], &["orgId"]);
            }
            if !full {
                without(&mut group, &["projectId"]);
                for role in group["roles"].as_array_mut().into_iter().flatten() {
                    without(role, &["createdAt", "updatedAt"]);
                }
            }
            group
        })
        .collect();
    Reply::ok(json!({"groupMemberships": groups}))
}

fn group_members(world: &World, asked: &Asked, group: &str, rest: &[&str]) -> Reply {
    if !world.groups_are_open {
        return Reply::denied("read", "groups");
    }
    let Some(members) = world.group_members.get(group) else {
        return Reply::refusal(
            404,
            "NotFound",
            format!("Failed to find group with ID {group}"),
        );
    };
    let (offset, limit) = (
        number(asked, "offset", 0),
        number(asked, "limit", 10).min(100),
    );
    let page = |list: Vec<Value>, key: &str| {
        let total = list.len();
        let listed: Vec<Value> = list.into_iter().skip(offset).take(limit).collect();
        Reply::ok(json!({key: listed, "totalCount": total}))
    };
    let only = |wanted: &str, list: &[Value]| -> Vec<Value> {
        let filtered = asked
            .query
            .get("filter")
            .is_some_and(|filter| filter == wanted);
        list.iter()
            .map(|one| {
                let mut one = one.clone();
                let found = members.iter().find(|member| member["id"] == one["id"]);
                one["isPartOfGroup"] = json!(found.is_some());
                one["joinedGroupAt"] =
                    found.map_or(Value::Null, |found| found["joinedGroupAt"].clone());
                one
            })
            .filter(|one| !filtered || one["isPartOfGroup"] == true)
            .collect()
    };
    match rest {
        ["members"] => page(members.clone(), "members"),
        ["users"] => page(only("existingMembers", &world.everybody.0), "users"),
        ["machine-identities"] => page(
            only("assignedMachineIdentities", &world.everybody.1),
            "machineIdentities",
        ),
        _ => Reply::no_route(asked),
    }
}

fn user_privileges(world: &World, asked: &Asked) -> Reply {
    let membership = asked
        .query
        .get("projectMembershipId")
        .map_or("", String::as_str);
    if !world.users.iter().any(|user| user["id"] == membership) {
        let message = format!("Project membership with ID {membership} found");
        return Reply::refusal(404, "NotFound", message);
    }
    let privileges: Vec<Value> = world
        .user_privileges
        .iter()
        .filter(|(holder, _)| holder == membership)
        .map(|(_, privilege)| {
            let mut privilege = privilege.clone();
            without(&mut privilege, &["permissions"]);
            privilege["isLinkedToAccessApproval"] = json!(false);
            privilege["accessApprovalRequestId"] = Value::Null;
            privilege["policyApproverUserIds"] = json!([]);
            privilege
        })
        .collect();
    Reply::ok(json!({"privileges": privileges}))
}

fn identity_privileges(world: &World, asked: &Asked, id: &str) -> Reply {
    if !world.may(id, "read", "identity") {
        return Reply::denied("read", "identity");
    }
    let identity = asked.query.get("identityId").map_or("", String::as_str);
    let privileges: Vec<Value> = world
        .identity_privileges
        .iter()
        .filter(|(holder, _)| holder == identity)
        .map(|(_, privilege)| {
            let mut privilege = privilege.clone();
            without(&mut privilege, &["permissions"]);
            privilege
        })
        .collect();
    Reply::ok(json!({"privileges": privileges}))
}

fn one_privilege(held: &[(String, Value)], id: &str, whose: &str, of_user: bool) -> Reply {
    match held.iter().find(|(_, privilege)| privilege["id"] == id) {
        Some((_, privilege)) => Reply::ok(json!({"privilege": privilege})),
        None => {
            let message = if of_user {
                format!("User project additional privilege with ID {id} not found")
            } else {
                format!("{whose} privilege with {id} not found")
            };
            Reply::refusal(404, "NotFound", message)
        }
    }
}

fn legacy_privileges(world: &World, asked: &Asked) -> Reply {
    let identity = asked.query.get("identityId").map_or("", String::as_str);
    let privileges: Vec<Value> = world
        .identity_privileges
        .iter()
        .filter(|(holder, _)| holder == identity)
        .map(|(_, privilege)| {
            let mut privilege = privilege.clone();
            // As the server does it: the column holds the project.
            privilege["projectMembershipId"] = world.project["id"].clone();
            privilege
        })
        .collect();
    Reply::ok(json!({"privileges": privileges}))
}

fn folders(world: &World, asked: &Asked, id: &str) -> Reply {
    let project = asked.query.get("projectId").map_or("", String::as_str);
    if let Err(refusal) = member_of(world, project, id) {
        return refusal;
    }
    let environment = asked.query.get("environment").map_or("", String::as_str);
    let Some(folders) = world.folders.get(environment) else {
        let message = format!("Environment with slug '{environment}' not found");
        return Reply::refusal(404, "NotFound", message);
    };
    let recursive = asked
        .query
        .get("recursive")
        .is_some_and(|wanted| wanted == "true");
    let listed: Vec<Value> = folders
        .iter()
        .filter(|folder| recursive || depth(folder) == 1)
        .map(|folder| {
            let mut folder = folder.clone();
            if !recursive {
                without(&mut folder, &["relativePath"]);
            }
            folder
        })
        .collect();
    Reply::ok(json!({"folders": listed}))
}

fn depth(folder: &Value) -> usize {
    folder["relativePath"]
        .as_str()
        .unwrap_or_default()
        .matches('/')
        .count()
}

fn folder_tree(world: &World) -> Reply {
    let mut tree = Map::new();
    let environments = world.project["environments"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for (position, environment) in environments.iter().enumerate() {
        let slug = environment["slug"].as_str().unwrap_or_default();
        let stamp = &world.project["createdAt"];
        let root = json!({"id": environment["id"], "name": "root", "version": 1, "createdAt": stamp,
            "updatedAt": stamp, "envId": environment["id"], "parentId": null, "isReserved": false,
            "description": null, "lastSecretModified": null, "path": "/"});
        let folders = world.folders.get(slug).into_iter().flatten().map(|folder| {
            let mut folder = folder.clone();
            folder["path"] = folder["relativePath"].clone();
            without(&mut folder, &["relativePath"]);
            folder
        });
        let folders: Vec<Value> = std::iter::once(root).chain(folders).collect();
        tree.insert(
            slug.to_owned(),
            json!({"id": environment["id"], "name": environment["name"],
            "slug": slug, "position": position + 1, "projectId": world.project["id"],
            "createdAt": stamp, "updatedAt": stamp, "deleteAfter": null, "softDeletedAt": null,
            "deletedByUserId": null, "deletedByIdentityId": null, "folders": folders}),
        );
    }
    Reply::ok(Value::Object(tree))
}

fn secrets(world: &World, asked: &Asked, id: &str) -> Reply {
    let part = |key: &str| asked.query.get(key).map_or("", String::as_str);
    let project = if asked.path.contains("/v3/") {
        part("workspaceId")
    } else {
        part("projectId")
    };
    if project.is_empty() {
        return Reply::refusal(
            400,
            "BadRequest",
            "You must provide either a projectId or a projectSlug",
        );
    }
    if let Err(refusal) = member_of(world, project, id) {
        return refusal;
    }
    let (environment, folder) = (part("environment"), part("secretPath"));
    let folder = if folder.is_empty() { "/" } else { folder };
    let known = world.folders.get(environment);
    let there =
        folder == "/" || known.is_some_and(|all| all.iter().any(|f| f["relativePath"] == folder));
    if known.is_none() || !there {
        let message = format!(
            "Folder with path '{folder}' in environment '{environment}' was not found. Please ensure the environment slug and secret path is correct."
        );
        return Reply::refusal(404, "SecretPathNotFound", message);
    }
    if !world.may(id, "describeSecret", "secrets") {
        return Reply::denied("describeSecret", "secrets");
    }
    let recursive = part("recursive") == "true";
    let hidden = part("viewSecretValue") == "false";
    let everything = world.rights.get(id) == Some(&Rights::All);
    let within = |path: &str| {
        path == folder || recursive && (folder == "/" || path.starts_with(&format!("{folder}/")))
    };
    let listed: Vec<Value> = world
        .secrets
        .get(environment)
        .into_iter()
        .flatten()
        .filter(|secret| within(secret["secretPath"].as_str().unwrap_or_default()))
        // What one may not read is left out, without a word.
        .filter(|secret| everything || readable(secret))
        .map(|secret| {
            let mut secret = secret.clone();
            if hidden {
                secret["secretValue"] = json!("<hidden-by-infisical>");
                secret["secretValueHidden"] = json!(true);
            }
            secret
        })
        .collect();
    Reply::ok(json!({"secrets": listed, "imports": []}))
}

/// What the recorded identities other than the admin may read.
fn readable(secret: &Value) -> bool {
    let path = secret["secretPath"].as_str().unwrap_or_default();
    let environment = secret["environment"].as_str().unwrap_or_default();
    (environment != "prod" && path.starts_with("/app") && path != "/app/private")
        || (environment == "dev" && path == "/payments")
        || path.starts_with("/shared")
}

fn number(asked: &Asked, key: &str, otherwise: usize) -> usize {
    asked
        .query
        .get(key)
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// A role with the column that only this list shows.
fn with_version(world: &World, role: &Value) -> Value {
    let mut role = role.clone();
    let stamp = &world.project["createdAt"];
    role["id"] = json!(super::new_id());
    role["projectId"] = world.project["id"].clone();
    role["createdAt"] = stamp.clone();
    role["updatedAt"] = stamp.clone();
    role["version"] = json!(1);
    role
}

/// Takes `keys` out of an object.
pub fn without(object: &mut Value, keys: &[&str]) {
    if let Some(object) = object.as_object_mut() {
        for key in keys {
            object.shift_remove(*key);
        }
    }
}
