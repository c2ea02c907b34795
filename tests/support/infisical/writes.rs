//! The paths that change roles, which show how the server treats rules that it does not know.

use serde_json::{Value, json};

use super::routes::member_of;
use super::rules::stored;
use super::world::Caller;
use super::{Asked, Reply, Server, instant, new_id};

/// Whether the router knows the path.
pub fn exists(method: &str, version: &str, path: &[&str]) -> bool {
    matches!(
        (method, version, path),
        ("POST", "v1", ["projects", _, "roles"]) | ("POST", "v2", ["workspace", _, "roles"])
    )
}

/// Carries out a change.
pub fn write(server: &Server, asked: &Asked, path: &[&str], caller: &Caller) -> Reply {
    let id = match caller {
        Caller::User(id) | Caller::Identity(id) => id.as_str(),
    };
    match path {
        ["api", _, "projects" | "workspace", project, "roles"] => {
            if let Err(refusal) = member_of(&server.world(), project, id) {
                return refusal;
            }
            make_role(server, asked, id)
        }
        _ => Reply::no_route(asked),
    }
}

fn make_role(server: &Server, asked: &Asked, id: &str) -> Reply {
    let mut world = server.world();
    if !world.may(id, "create", "role") {
        return Reply::denied("create", "role");
    }
    let Ok(body) = &asked.body else {
        return Reply::refusal(500, "InternalServerError", "Something went wrong");
    };
    if world.roles.iter().any(|role| role["slug"] == body["slug"]) {
        let slug = body["slug"].as_str().unwrap_or_default();
        let message = format!("Project role with slug {slug} already exists");
        return Reply::refusal(400, "BadRequest", message);
    }
    let now = instant(server.now());
    let role = json!({"id": new_id(), "name": body["name"],
        "description": body.get("description").cloned().unwrap_or(Value::Null),
        "slug": body["slug"], "permissions": stored(&body["permissions"]), "createdAt": now,
        "updatedAt": now, "projectId": world.project["id"]});
    world.roles.push(role.clone());
    Reply::ok(json!({"role": role}))
}
