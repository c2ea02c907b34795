//! What a pull brings: nouns of the domain, each with the text it was read from.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::{Environment, Folder, SecretName, Tag};
use reeve_domain::role::Role;

use crate::error::FetchError;

/// Something with the text it was read from, unknown fields and all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// What was read.
    pub thing: T,
    /// The JSON text; empty if the server did not give it as one object.
    pub raw: Box<str>,
}

/// A project as the server has it now, as far as the caller may see it.
#[derive(Debug, Clone, Default)]
pub struct Fetched {
    /// The project's id, name, slug and raw text.
    pub project: ProjectHead,
    /// Environments, in order.
    pub environments: Vec<Kept<Environment>>,
    /// Folders, `/` of every environment included.
    pub folders: Vec<Kept<Folder>>,
    /// Tags.
    pub tags: Vec<Kept<Tag>>,
    /// Names of secrets with their tags; empty if they were not wanted.
    pub secret_names: Vec<SecretName>,
    /// Roles, those that the server defines first.
    pub roles: Vec<Kept<Role>>,
    /// Users, identities, groups, and who is in the project through a group only.
    pub members: Vec<Kept<Member>>,
    /// Who is in which group: the group, then the member.
    pub group_members: Vec<(MemberId, MemberId)>,
    /// Who has which role.
    pub assignments: Vec<Kept<RoleAssignment>>,
    /// The additional privileges.
    pub privileges: Vec<Kept<AdditionalPrivilege>>,
    /// The membership id of each user, which the server wants where it asks for members.
    pub memberships: BTreeMap<MemberId, String>,
    /// What the caller could not see.
    pub unseen: Vec<Unseen>,
    /// What is odd about what was seen.
    pub notes: Vec<Note>,
    /// Answers to remember for the next pull, by request.
    pub answers: BTreeMap<String, Remembered>,
    /// Whose eyes these were.
    pub seen_as_user: bool,
}

/// A project without what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectHead {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for, such as `secret-manager`.
    pub kind: String,
    /// The JSON text.
    pub raw: Box<str>,
}

/// A kind of thing that can be hidden from a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Folders of some environment.
    Folders,
    /// Tags.
    Tags,
    /// Names of secrets.
    SecretNames,
    /// Users of the project.
    Users,
    /// Machine identities of the project.
    Identities,
    /// Metadata of users, which templates in rules use.
    UserMetadata,
    /// Metadata of machine identities.
    IdentityMetadata,
    /// Groups of the project.
    Groups,
    /// Who is in the groups.
    GroupMembers,
    /// Roles, or the rules of some.
    Roles,
    /// Additional privileges of users that have ended. Active ones were read another way.
    EndedUserPrivileges,
    /// Additional privileges of users.
    UserPrivileges,
    /// Additional privileges of identities.
    IdentityPrivileges,
}

/// Something that the caller could not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// What.
    pub kind: Kind,
    /// Of how many, if it is about some only.
    pub of: Option<u64>,
    /// About which members; empty if it may be about anybody.
    pub whom: Vec<MemberId>,
    /// Why.
    pub why: FetchError,
}

/// Something odd that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Two privileges of one member bear the same name; all but the first got a number.
    SameName {
        /// The member's id.
        member: MemberId,
        /// The name on the server.
        slug: String,
        /// The name here.
        shown_as: String,
    },
    /// A member has a role that the list of roles lacks.
    RoleNotListed {
        /// The slug.
        slug: String,
    },
}

/// An answer to compare with the next time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The server's mark for it.
    pub etag: String,
    /// The body.
    pub body: Box<str>,
}

/// What is known from the last pull, so that not everything need be asked again.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Raw texts of custom roles by id.
    pub roles: BTreeMap<String, Box<str>>,
    /// Raw texts of privileges by id.
    pub privileges: BTreeMap<String, Box<str>>,
    /// Answers by request.
    pub answers: BTreeMap<String, Remembered>,
}

/// What the pull is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The project's id.
    pub project: String,
    /// Whether names of secrets are read. Each read is written to the server's audit log.
    pub secret_names: bool,
}

/// A step of a pull.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The project and its environments.
    Project,
    /// Folders of each environment.
    Folders,
    /// Tags.
    Tags,
    /// Names of secrets of each environment.
    SecretNames,
    /// Roles with their rules.
    Roles,
    /// Users.
    Users,
    /// Machine identities.
    Identities,
    /// Metadata of machine identities.
    Metadata,
    /// Groups and who is in them.
    Groups,
    /// Additional privileges, member by member.
    Privileges,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// How much of it is done.
    pub done: u64,
    /// How much there is, once that is known.
    pub total: Option<u64>,
}

/// Hears how far a pull is.
pub type OnProgress = std::sync::Arc<dyn Fn(Progress) + Send + Sync>;

/// An instant for things of which the server does not say when they were made.
pub(crate) fn never_told() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}
