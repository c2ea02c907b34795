//! What others do on the server while a journey runs, as orders in JSON, one a line.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Map, Value};

use super::fault::{Fault, Kind};
use super::world::{FolderAccess, Rights, World};
use super::{Infisical, instant, new_id};

/// Carries out an order; `Err` says what is wrong with it.
///
/// - `{"do": "set", "list", "where", "to"}` changes what matches,
/// - `{"do": "remove", "list", "where"}` takes it away,
/// - `{"do": "give", "to", "privilege"}` gives a machine identity a privilege,
/// - `{"do": "giveFolder", "to", "grant"}` gives a user or an identity a grant on a folder, which is
///   permanent unless the parts in `grant` say otherwise,
/// - `{"do": "folderAccess", "is"}` makes folder access `open`, `usersOnly`, `denied`, not in the
///   `plan`, or a path that does not exist, `noRoute`,
/// - `{"do": "allow", "who", "only"}` lets an identity do `action:subject`s only,
/// - `{"do": "forget", "path"}` makes the server one that does not know such paths,
/// - `{"do": "clock", "milliseconds"}` sets the server's clock beside this machine's,
/// - `{"do": "late", "milliseconds"}` makes it take that long for every answer,
/// - `{"do": "strike", "with", "after"}` lets something go wrong from then on; `{"do": "heal"}` ends
///   both.
///
/// A `list` is one of `roles`, `users`, `identities`, `groups`, `identityPrivileges`,
/// `userPrivileges` and `folderGrants`; `where` and `to` are parts of what stands in it.
pub fn carry_out(server: &Infisical, order: &Value) -> Result<(), String> {
    let text = |key: &str| order[key].as_str().unwrap_or_default();
    match text("do") {
        "set" => {
            let mut to = order["to"].clone();
            to["updatedAt"] = instant(server.server().now()).into();
            let mut changed = 0;
            each(&mut server.world(), text("list"), |one| {
                if matches(one, &order["where"]) {
                    merge(one, &to);
                    changed += 1;
                }
                true
            })?;
            some(changed, order)
        }
        "remove" => {
            let mut removed = 0;
            each(&mut server.world(), text("list"), |one| {
                let goes = matches(one, &order["where"]);
                removed += u32::from(goes);
                !goes
            })?;
            some(removed, order)
        }
        "give" => {
            let mut privilege = order["privilege"].clone();
            let now = instant(server.server().now());
            merge(
                &mut privilege,
                &serde_json::json!({"id": new_id(), "createdAt": now, "updatedAt": now}),
            );
            let given = (text("to").to_owned(), privilege);
            server.world().identity_privileges.push(given);
            Ok(())
        }
        "giveFolder" => {
            let now = server.server().now();
            let part = |key: &str| order["grant"][key].as_str().unwrap_or_default();
            let mut world = server.world();
            let (environment, path) = (part("environment"), part("secretPath"));
            world.give_folder(text("to"), part("permission"), environment, path, now);
            if let Some(given) = world.folder_grants.last_mut() {
                merge(given, &order["grant"]);
            }
            Ok(())
        }
        "folderAccess" => {
            server.world().folder_access = match text("is") {
                "open" => FolderAccess::Open,
                "usersOnly" => FolderAccess::UsersOnly,
                "denied" => FolderAccess::Denied,
                "plan" => FolderAccess::Plan,
                "noRoute" => FolderAccess::NoRoute,
                other => return Err(format!("folder access cannot be `{other}`")),
            };
            Ok(())
        }
        "allow" => {
            let only = order["only"].as_array().ok_or("`only` is a list")?;
            let only = only
                .iter()
                .map(|one| one.as_str().unwrap_or_default().into());
            let rights = Rights::Some(only.collect());
            server.world().rights.insert(text("who").into(), rights);
            Ok(())
        }
        "forget" => {
            let path = text("path").to_owned().leak();
            server.world().missing_routes.push(path);
            Ok(())
        }
        "clock" => {
            let by = order["milliseconds"].as_i64().unwrap_or_default();
            server.shift_clock(TimeDelta::milliseconds(by));
            Ok(())
        }
        "strike" => {
            let kind = match text("with") {
                "endedToken" => Kind::TokenEnded,
                "brokenConnection" => Kind::Reset,
                "endlessAnswer" => Kind::Trickle,
                "page" => Kind::Page,
                other => return Err(format!("nothing is called `{other}`")),
            };
            let after = order["after"].as_u64().unwrap_or_default();
            server.strike(Fault::always(kind).after(after));
            Ok(())
        }
        "late" => {
            let wait = order["milliseconds"].as_u64().unwrap_or_default();
            server.strike(Fault::always(Kind::Late(Duration::from_millis(wait))));
            Ok(())
        }
        "heal" => {
            server.heal();
            Ok(())
        }
        other => Err(format!("no order is called `{other}`")),
    }
}

/// Shows everything in a list to `see`, which may change it and says whether it stays.
fn each(
    world: &mut World,
    list: &str,
    mut see: impl FnMut(&mut Value) -> bool,
) -> Result<(), String> {
    let plain = match list {
        "roles" => &mut world.roles,
        "users" => &mut world.users,
        "identities" => &mut world.identities,
        "groups" => &mut world.groups,
        "folderGrants" => &mut world.folder_grants,
        "identityPrivileges" => {
            world.identity_privileges.retain_mut(|(_, one)| see(one));
            return Ok(());
        }
        "userPrivileges" => {
            world.user_privileges.retain_mut(|(_, one)| see(one));
            return Ok(());
        }
        other => return Err(format!("no list is called `{other}`")),
    };
    plain.retain_mut(see);
    Ok(())
}

/// Whether everything in `part` stands in `whole`.
fn matches(whole: &Value, part: &Value) -> bool {
    match part {
        Value::Object(part) => part.iter().all(|(key, part)| matches(&whole[key], part)),
        part => whole == part,
    }
}

/// Puts everything in `part` into `whole`.
fn merge(whole: &mut Value, part: &Value) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (key, part) in part {
                merge(whole.entry(key.clone()).or_insert(Value::Null), part);
            }
        }
        (whole @ Value::Null, Value::Object(part)) => {
            *whole = Value::Object(Map::new());
            merge(whole, &Value::Object(part.clone()));
        }
        (whole, part) => whole.clone_from(part),
    }
}

fn some(count: u32, order: &Value) -> Result<(), String> {
    if count == 0 {
        return Err(format!("nothing matches: {order}"));
    }
    Ok(())
}
