//! The folder grants of one user or machine identity, which only the newest servers have.

use serde_json::{Value, json};

use super::routes::user_only;
use super::world::{FolderAccess, World};
use super::{Asked, Reply};

const PLAN: &str =
    "Failed to access folder access controls due to plan restriction. Upgrade your Infisical plan.";

/// Whether `asked` is about folder access and the router knows no such path.
pub fn is_missing(world: &World, asked: &Asked) -> bool {
    world.folder_access == FolderAccess::NoRoute && asked.path.ends_with("/secret-folder-access")
}

/// `GET /api/v1/projects/:project/users/:user/secret-folder-access`, which is for users.
pub fn of_user(world: &World, asked: &Asked, is_user: bool, user: &str) -> Reply {
    let mut in_groups = world.group_members.values().flatten();
    let is_there = world.users.iter().any(|one| one["userId"] == user)
        || in_groups.any(|one| one["id"] == user);
    if is_user {
        listed(world, is_there, user)
    } else {
        user_only(asked)
    }
}

/// `GET /api/v1/projects/:project/memberships/identities/:identity/secret-folder-access`.
pub fn of_identity(world: &World, asked: &Asked, is_user: bool, identity: &str) -> Reply {
    let mut in_groups = world.group_members.values().flatten();
    let is_there = world
        .identities
        .iter()
        .any(|one| one["identityId"] == identity)
        || in_groups.any(|one| one["id"] == identity);
    if is_user || world.folder_access != FolderAccess::UsersOnly {
        listed(world, is_there, identity)
    } else {
        user_only(asked)
    }
}

fn listed(world: &World, is_there: bool, id: &str) -> Reply {
    match world.folder_access {
        FolderAccess::Plan => return Reply::refusal(400, "BadRequest", PLAN),
        FolderAccess::Denied => return Reply::denied("read", "member"),
        FolderAccess::NoRoute | FolderAccess::Open | FolderAccess::UsersOnly => {}
    }
    if !is_there {
        let message = format!("'{id}' is not a member of this project");
        return Reply::refusal(404, "NotFound", message);
    }
    let mut grants: Vec<&Value> = world.folder_grants_of(id).collect();
    grants.sort_by_key(|grant| {
        let text = |key: &str| grant[key].as_str().unwrap_or_default().to_owned();
        (text("environment"), text("secretPath"))
    });
    Reply::ok(json!({"folderAccess": grants}))
}
