//! Every body that a real server was recorded to answer with goes through the parsers.

use std::borrow::Borrow;
use std::io::Read as _;

use flate2::read::GzDecoder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::error::{ErrorBody, meaning};
use super::{access, audit, people, project, sign_in};

const RECORDED: &[u8] = include_bytes!("../../../../tests/recorded/exchanges.jsonl.gz");

fn read<'a, T: Deserialize<'a>>(name: &str, body: &'a str) -> T {
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn each<T: DeserializeOwned>(name: &str, items: &[impl Borrow<RawValue>]) {
    for raw in items {
        read::<T>(name, raw.borrow().get());
    }
}

fn held(name: &str, roles: &[Box<RawValue>]) {
    each::<access::RoleHeld>(name, roles);
}

fn rules(name: &str, raw: &RawValue) {
    let rules: access::WithRules<'_> =
        serde_json::from_str(raw.get()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(rules.permissions.get().starts_with('['), "{name}");
}

/// Parses a good answer about people; `false` if it is about something else.
fn parse_people(name: &str, path: &[&str], body: &str) -> bool {
    match path {
        ["api", _, "projects" | "workspace", _, "memberships"] => {
            for raw in read::<people::UserList>(name, body).memberships {
                held(name, &read::<people::UserMembership>(name, raw.get()).roles);
            }
        }
        [.., "memberships", "identities"] | [.., "identity-memberships"] => {
            for raw in read::<people::IdentityList>(name, body).identity_memberships {
                held(
                    name,
                    &read::<people::IdentityMembership>(name, raw.get()).roles,
                );
            }
        }
        [.., "memberships", "identities", _] => {
            let answer: people::IdentityAnswer = read(name, body);
            let raw = answer.identity_membership.get();
            held(name, &read::<people::IdentityMembership>(name, raw).roles);
        }
        ["api", _, "projects" | "workspace", _, "groups"] | [.., "memberships", "groups"] => {
            for raw in read::<people::GroupList>(name, body).group_memberships {
                held(
                    name,
                    &read::<people::GroupMembership>(name, raw.get()).roles,
                );
            }
        }
        ["api", "v1", "groups", _, "members"] => {
            each::<people::GroupMember>(name, &read::<people::GroupMemberList>(name, body).members);
        }
        ["api", "v1", "groups", _, "users"] => {
            each::<people::GroupUser>(name, &read::<people::GroupUserList>(name, body).users);
        }
        ["api", "v1", "groups", _, "machine-identities"] => {
            let list: people::GroupIdentityList = read(name, body);
            each::<people::GroupIdentity>(name, &list.machine_identities);
        }
        _ => return false,
    }
    true
}

/// Parses a good answer about a project, access or a sign-in; `false` if nothing here reads it.
fn parse(name: &str, path: &[&str], body: &str) -> bool {
    match path {
        ["api", "status"] => drop(read::<sign_in::Status>(name, body)),
        ["api", "v1", "auth", "universal-auth", "login"] => {
            drop(read::<sign_in::AccessToken>(name, body));
        }
        ["api", "v1", "identities", "details"] => {
            drop(read::<sign_in::IdentityDetails>(name, body));
        }
        ["api", "v1", "projects" | "workspace"] => {
            each::<project::Project>(name, &read::<project::ProjectList>(name, body).projects);
        }
        ["api", "v1", "projects", "roles", _]
        | [
            "api",
            "v1" | "v2",
            "projects" | "workspace",
            _,
            "roles",
            "slug",
            _,
        ] => {
            let answer: access::RoleAnswer = read(name, body);
            read::<access::RoleHead>(name, answer.role.get());
            rules(name, &answer.role);
        }
        ["api", "v1", "projects" | "workspace", _] => {
            let answer: project::ProjectAnswer = read(name, body);
            let head: project::Project = read(name, answer.project.get());
            each::<project::Environment>(name, &head.environments);
        }
        ["api", "v2", "folders"] => {
            each::<project::Folder>(name, &read::<project::FolderList>(name, body).folders);
        }
        ["api", _, "projects" | "workspace", _, "tags"] => {
            each::<project::Tag>(name, &read::<project::TagList>(name, body).tags);
        }
        ["api", "v4", "secrets"] | ["api", "v3", "secrets", "raw"] => {
            drop(read::<project::SecretList>(name, body));
        }
        ["api", _, "projects" | "workspace", _, "roles"] => {
            each::<access::RoleHead>(name, &read::<access::RoleList>(name, body).roles);
        }
        [.., "permissions", "audit"] => drop(read::<audit::AuditAnswer>(name, body)),
        ["api", "v1", "projects", _, "permissions"] => {
            drop(read::<audit::PermissionsAnswer>(name, body));
        }
        [
            ..,
            "user-project-additional-privilege" | "identity-project-additional-privilege",
        ]
        | ["api", "v1", "additional-privilege", "identity"] => {
            let list: access::PrivilegeList = read(name, body);
            each::<access::PrivilegeHead>(name, &list.privileges);
        }
        [
            ..,
            "user-project-additional-privilege" | "identity-project-additional-privilege",
            _,
        ] => {
            let answer: access::PrivilegeAnswer = read(name, body);
            read::<access::PrivilegeHead>(name, answer.privilege.get());
            rules(name, &answer.privilege);
        }
        _ => return parse_people(name, path, body),
    }
    true
}

#[test]
fn every_recorded_body_is_read() {
    let mut text = String::new();
    GzDecoder::new(RECORDED).read_to_string(&mut text).unwrap();
    let (mut read_well, mut errors) = (0, 0);
    for line in text.lines() {
        let exchange: Value = serde_json::from_str(line).unwrap();
        let name = exchange["name"].as_str().unwrap();
        let status = u16::try_from(exchange["status"].as_u64().unwrap()).unwrap();
        let body = exchange["answer"].to_string();
        if status >= 400 {
            let error: ErrorBody = read(name, &body);
            let meant = meaning("something", status, &error).to_string();
            assert!(!meant.is_empty(), "{name}");
            errors += 1;
        } else if status == 200 && (exchange["method"] == "GET" || name.contains("login")) {
            let path: Vec<&str> = exchange["path"]
                .as_str()
                .unwrap()
                .split('/')
                .filter(|segment| !segment.is_empty())
                .collect();
            read_well += u32::from(parse(name, &path, &body));
        }
    }
    assert!(errors > 90, "{errors} errors");
    assert!(read_well > 70, "{read_well} good answers");
}
