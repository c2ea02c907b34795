//! The state of the server: one organization, one project with everything in it, and who may do
//! what. Objects are kept as they travel.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{instant, new_id};

/// The recorded project, as it was after everything had been set up.
const RECORDED: &str = include_str!("../../recorded/world.json");

/// The evening of the recording: most of what is timed had ended, the rest had hours left.
const EVENING: &str = "2026-11-22T20:50:00Z";

/// The identity that may do everything in the recorded project.
pub const ADMIN: &str = "f8d7d0ba-57c3-4a24-b064-249de3547d28";
/// The identity that may read its own folders only.
pub const READER: &str = "3795fa04-07bf-4b5a-ae39-767e70918891";
/// The identity that is in the group.
pub const DEPLOYER: &str = "4cc2b435-8c8f-4809-be93-5f38ba9ba438";
/// The identity that may give privileges.
pub const GIVER: &str = "35c07d3e-a7bc-4a4d-b9f7-dd51c8a023e1";
/// The user who may do everything.
pub const USER: &str = "b64920e8-9c1a-4e1a-8389-18d328b295ba";

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A person, by the user's id.
    User(String),
    /// A machine identity, by its id.
    Identity(String),
}

/// A token that was given out.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose.
    pub caller: Caller,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// Whether it was taken back.
    pub revoked: bool,
}

/// The Universal Auth of a machine identity.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whose.
    pub identity: String,
    /// The client secret.
    pub secret: String,
    /// How long its tokens last, in seconds.
    pub life: i64,
    /// How long they can be renewed, in seconds.
    pub longest: i64,
    /// How often the secret may still be used.
    pub uses_left: Option<u32>,
    /// How often somebody was wrong.
    pub wrong_logins: u32,
}

/// What a caller may do in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rights {
    /// Everything.
    All,
    /// These actions on these subjects, written `action:subject`.
    Some(Vec<String>),
}

/// What the server has of folder access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderAccess {
    /// It is older: it does not know the paths.
    NoRoute,
    /// Its plan lacks it.
    Plan,
    /// The caller may not read it.
    Denied,
    /// Open to users and, but for users' grants, to machine identities.
    Open,
    /// Open to users only.
    UsersOnly,
}

/// The state.
#[derive(Debug, Clone)]
pub struct World {
    /// The organization.
    pub organization: Value,
    /// The project.
    pub project: Value,
    /// A project that nobody here is a member of.
    pub foreign: String,
    /// Folders by environment.
    pub folders: BTreeMap<String, Vec<Value>>,
    /// Tags.
    pub tags: Vec<Value>,
    /// Secrets by environment, values included.
    pub secrets: BTreeMap<String, Vec<Value>>,
    /// The roles of every project: name, description, slug, permissions.
    pub built_in: Vec<Value>,
    /// The project's own roles with their permissions.
    pub roles: Vec<Value>,
    /// Memberships of users.
    pub users: Vec<Value>,
    /// Memberships of identities, with metadata.
    pub identities: Vec<Value>,
    /// Memberships of groups.
    pub groups: Vec<Value>,
    /// Who is in a group.
    pub group_members: BTreeMap<String, Vec<Value>>,
    /// Everybody of the organization, as lists of a group show them.
    pub everybody: (Vec<Value>, Vec<Value>),
    /// Privileges of identities: whose, and what.
    pub identity_privileges: Vec<(String, Value)>,
    /// Privileges of users: whose membership, and what.
    pub user_privileges: Vec<(String, Value)>,
    /// Folder grants, each with the id of its user or identity, as lists give them.
    pub folder_grants: Vec<Value>,
    /// What the server has of folder access.
    pub folder_access: FolderAccess,
    /// Universal Auth by client id.
    pub accounts: BTreeMap<String, Account>,
    /// Tokens given out.
    pub sessions: BTreeMap<String, Session>,
    /// Refresh tokens of users.
    pub refreshes: BTreeMap<String, String>,
    /// How long a user's token lasts, in seconds.
    pub user_life: i64,
    /// What callers may do; who is not here is no member.
    pub rights: BTreeMap<String, Rights>,
    /// Paths with one of these in them do not exist: the server is older.
    pub missing_routes: Vec<&'static str>,
    /// Who may list the members of groups, which takes rights in the organization.
    pub groups_are_open: bool,
}

impl World {
    /// The recorded project. The client ids of its accounts are the ids of the identities, their
    /// secrets `secret of ` and the name.
    pub fn recorded() -> Self {
        let read: Value = serde_json::from_str(RECORDED).expect("the recorded world is JSON");
        let list = |key: &str| read[key].as_array().cloned().unwrap_or_default();
        let by_key = |key: &str| -> BTreeMap<String, Vec<Value>> {
            let object = read[key].as_object().cloned().unwrap_or_default();
            object
                .into_iter()
                .map(|(key, list)| (key, list.as_array().cloned().unwrap_or_default()))
                .collect()
        };
        let held = |key: &str, holder: &str| {
            list(key)
                .into_iter()
                .map(|row| {
                    let holder = row[holder].as_str().unwrap_or_default().to_owned();
                    (holder, row["privilege"].clone())
                })
                .collect()
        };
        let some = |rights: &[&str]| Rights::Some(rights.iter().map(|&r| r.to_owned()).collect());
        let mut world = Self {
            organization: read["organization"].clone(),
            project: read["project"].clone(),
            foreign: "c176f97c-0f18-4c6d-b4bd-f6a057180d23".into(),
            folders: by_key("folders"),
            tags: list("tags"),
            secrets: by_key("secrets"),
            built_in: list("builtIn"),
            roles: list("roles"),
            users: list("users"),
            identities: list("identities"),
            groups: list("groups"),
            group_members: by_key("groupMembers"),
            everybody: (list("otherUsers"), list("otherIdentities")),
            identity_privileges: held("identityPrivileges", "identityId"),
            user_privileges: held("userPrivileges", "membershipId"),
            folder_grants: Vec::new(),
            folder_access: FolderAccess::NoRoute,
            accounts: BTreeMap::new(),
            sessions: BTreeMap::new(),
            refreshes: BTreeMap::from([("refresh-of-the-user".to_owned(), USER.to_owned())]),
            user_life: 864_000,
            rights: BTreeMap::from([
                (ADMIN.to_owned(), Rights::All),
                (USER.to_owned(), Rights::All),
                (
                    READER.to_owned(),
                    some(&[
                        "describeSecret:secrets",
                        "read:environments",
                        "read:secret-folders",
                        "read:tags",
                    ]),
                ),
                (
                    DEPLOYER.to_owned(),
                    some(&[
                        "read:role",
                        "read:member",
                        "read:identity",
                        "describeSecret:secrets",
                    ]),
                ),
                (GIVER.to_owned(), some(&["read:member", "read:identity"])),
            ]),
            missing_routes: Vec::new(),
            groups_are_open: true,
        };
        for identity in [ADMIN, READER, DEPLOYER, GIVER] {
            world.accounts.insert(
                identity.to_owned(),
                Account {
                    identity: identity.to_owned(),
                    secret: format!("secret of {identity}"),
                    life: 2_592_000,
                    longest: 2_592_000,
                    uses_left: None,
                    wrong_logins: 0,
                },
            );
        }
        world
    }

    /// Gives the user or identity `to` a permanent grant on one folder; its id.
    pub fn give_folder(
        &mut self,
        to: &str,
        permission: &str,
        environment: &str,
        path: &str,
        now: DateTime<Utc>,
    ) -> String {
        let (id, now) = (new_id(), instant(now));
        let is_identity = self.identities.iter().any(|one| one["identityId"] == to);
        let holder = if is_identity { "identityId" } else { "userId" };
        self.folder_grants.push(
            json!({"id": id, "projectId": self.project["id"], "folderId": new_id(),
            "permission": permission, "environment": environment, "secretPath": path,
            "isTemporary": false, "temporaryMode": null, "temporaryRange": null,
            "temporaryAccessStartTime": null, "temporaryAccessEndTime": null,
            "createdAt": now, "updatedAt": now, holder: to}),
        );
        id
    }

    /// The recorded project with everything timed moved along with the days since, so that on
    /// whatever day a test runs the same has ended and the same has some hours left.
    pub fn today() -> Self {
        let evening: DateTime<Utc> = EVENING.parse().expect("a constant instant");
        let since = Utc::now() - evening;
        let mut world = Self::recorded();
        let holders = world.users.iter_mut().chain(&mut world.identities);
        let held = holders
            .chain(&mut world.groups)
            .filter_map(|holder| holder["roles"].as_array_mut())
            .flatten();
        let privileges = world.identity_privileges.iter_mut();
        let privileges = privileges.chain(&mut world.user_privileges);
        for timed in held.chain(privileges.map(|(_, privilege)| privilege)) {
            for field in ["temporaryAccessStartTime", "temporaryAccessEndTime"] {
                let then = timed[field].as_str().map(str::parse::<DateTime<Utc>>);
                if let Some(Ok(then)) = then {
                    timed[field] = json!(instant(then + since));
                }
            }
        }
        world
    }

    /// The folder grants of the user or identity `id`.
    pub fn folder_grants_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Value> {
        let is_of = move |grant: &&Value| grant["userId"] == id || grant["identityId"] == id;
        self.folder_grants.iter().filter(is_of)
    }

    /// A large project: `members` users, identities and groups, `roles` of its own, `privileges`.
    pub fn large(members: usize, roles: usize, privileges: usize) -> Self {
        let mut world = Self::recorded();
        let now = Utc::now();
        let rules = json!([
            {"subject": "secrets", "action": ["describeSecret", "readValue"], "inverted": false,
             "conditions": {"environment": {"$eq": "dev"}, "secretPath": {"$glob": "/app/**"}}},
            {"subject": "secret-folders", "action": ["read"], "inverted": false},
        ]);
        world.roles = (0..roles)
            .map(|n| {
                json!({"id": new_id(), "name": format!("Role {n}"), "description": null,
                "slug": format!("role-{n}"), "permissions": rules, "createdAt": instant(now),
                "updatedAt": instant(now), "projectId": world.project["id"]})
            })
            .collect();
        let held = |n: usize| {
            let role = &world.roles[n % roles];
            json!([{"id": new_id(), "role": "custom", "customRoleId": role["id"],
                "customRoleName": role["name"], "customRoleSlug": role["slug"],
                "isTemporary": false, "temporaryMode": null, "temporaryRange": null,
                "temporaryAccessStartTime": null, "temporaryAccessEndTime": null}])
        };
        let users = members * 8 / 10;
        world.users = (0..users)
            .map(|n| {
                let id = new_id();
                let mail = format!("user{n}@example.test");
                json!({"id": new_id(), "createdAt": instant(now), "userId": id,
                    "projectId": world.project["id"], "roles": held(n),
                    "user": {"username": mail, "email": mail, "firstName": format!("First{n}"),
                             "lastName": format!("Last{n}"), "id": id}})
            })
            .collect();
        let admin = world
            .identities
            .iter()
            .find(|i| i["identityId"] == ADMIN)
            .cloned();
        world.identities = (users..members)
            .map(|n| {
                let id = new_id();
                json!({"id": new_id(), "identityId": id, "createdAt": instant(now),
                    "updatedAt": instant(now), "roles": held(n), "lastLoginAuthMethod": null,
                    "lastLoginTime": null, "identity": {"name": format!("robot-{n}"), "id": id,
                    "orgId": world.organization["id"], "projectId": null,
                    "authMethods": ["universal-auth"], "activeLockoutAuthMethods": [],
                    "metadata": [{"id": new_id(), "key": "team", "value": "core"}]}})
            })
            .chain(admin)
            .collect();
        world.groups.clear();
        world.group_members.clear();
        world.user_privileges.clear();
        world.identity_privileges.clear();
        for n in 0..privileges {
            let user = &world.users[n * 7 % users];
            let privilege = json!({"id": new_id(), "slug": format!("privilege-{n}"),
                "isTemporary": false, "temporaryMode": null, "temporaryRange": null,
                "temporaryAccessStartTime": null, "temporaryAccessEndTime": null,
                "permissions": rules, "createdAt": instant(now), "updatedAt": instant(now),
                "userId": user["userId"], "projectId": world.project["id"]});
            let membership = user["id"].as_str().unwrap_or_default().to_owned();
            world.user_privileges.push((membership, privilege));
        }
        world
    }

    /// The name of an identity.
    pub fn identity_name(&self, id: &str) -> String {
        let found = self.identities.iter().find(|i| i["identityId"] == id);
        let name = found.and_then(|i| i["identity"]["name"].as_str());
        name.unwrap_or("no-project").to_owned()
    }

    /// Whether `id` may do `action` on `subject`.
    pub fn may(&self, id: &str, action: &str, subject: &str) -> bool {
        match self.rights.get(id) {
            Some(Rights::All) => true,
            Some(Rights::Some(rights)) => rights.contains(&format!("{action}:{subject}")),
            None => false,
        }
    }

    /// A role with its permissions, built-in ones with a new id and new dates.
    pub fn role(&self, slug: &str, now: DateTime<Utc>) -> Option<Value> {
        if let Some(role) = self.roles.iter().find(|role| role["slug"] == slug) {
            return Some(role.clone());
        }
        let role = self.built_in.iter().find(|role| role["slug"] == slug)?;
        Some(
            json!({"id": new_id(), "name": role["name"], "description": role["description"],
            "slug": role["slug"], "permissions": role["permissions"], "createdAt": instant(now),
            "updatedAt": instant(now), "projectId": self.project["id"]}),
        )
    }
}
