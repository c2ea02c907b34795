//! What a pull brings: nouns of the domain, each with the text it was read from, one after the other
//! as they arrive, so that nobody needs room for all of them.

use chrono::{DateTime, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{AssignmentId, MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::Member;
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

/// Something of the project. It refers only to what arrived before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// The project; the first to arrive.
    Project(ProjectHead),
    /// An environment, after those that come before it in order.
    Environment(Kept<Environment>),
    /// A folder, `/` of every environment included.
    Folder(Kept<Folder>),
    /// A tag.
    Tag(Kept<Tag>),
    /// A secret, by name.
    SecretName(SecretName),
    /// A role, without its rules and text still. Those that the server defines come first, and all
    /// roles before all members.
    RoleHead(Role),
    /// The same role, whole.
    Role(Kept<Role>),
    /// A role that was removed on the server after it was listed.
    RoleGone(RoleId),
    /// A user, identity or group with its roles.
    Member(Kept<Member>, Vec<HeldRole>),
    /// Somebody in a group, who may be a member already; if not, he is in the project through groups
    /// only, unless the list of the group is read anew without him.
    GroupPerson(Kept<Member>),
    /// All who are in a group, after each of them arrived.
    GroupMembers(MemberId, Vec<MemberId>),
    /// An additional privilege.
    Privilege(Kept<AdditionalPrivilege>),
    /// A folder grant.
    FolderGrant(Kept<FolderGrant>),
    /// An answer to remember for the next pull.
    Answer(Remembered),
    /// The answer to the request of this name is the one that is remembered.
    SameAnswer(String),
}

/// That a member has a role. The list of roles may lack the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// The id of the assignment.
    pub id: AssignmentId,
    /// The role as far as the assignment tells; its rules are not known.
    pub role: Role,
    /// How long it counts.
    pub lifetime: Lifetime,
    /// The JSON text.
    pub raw: Box<str>,
}

/// What there is to say once everything has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What the caller could not see.
    pub unseen: Vec<Unseen>,
    /// Privileges that bear another name here than on the server.
    pub renamed: Vec<Renamed>,
    /// Whether a person was signed in.
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
    /// Folder grants, which the plan of the server does not include, so that nobody gives any.
    FolderGrants,
    /// Folder grants of users that have ended. Who has active ones was read another way.
    EndedUserFolderGrants,
    /// Folder grants of users.
    UserFolderGrants,
    /// Folder grants of identities that have ended.
    EndedIdentityFolderGrants,
    /// Folder grants of identities.
    IdentityFolderGrants,
}

/// Something that the caller could not see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// What.
    pub kind: Kind,
    /// Of how many, if it is about some only.
    pub of: Option<u64>,
    /// About which members, which are groups where it is who is in them; empty if it may be about
    /// anybody.
    pub whom: Vec<MemberId>,
    /// Why.
    pub why: FetchError,
}

/// A privilege whose name another one of the same member bears, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The member's id.
    pub member: MemberId,
    /// The name on the server.
    pub slug: String,
    /// The name here.
    pub shown_as: String,
}

/// An answer to compare with the next time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// What names the request among others.
    pub request: String,
    /// The server's mark for the answer.
    pub etag: String,
    /// The body.
    pub body: Box<str>,
}

/// Remembers what the last pull read, so that not everything need be asked again. What it does not
/// remember is asked for.
pub trait Remembers: Send + Sync {
    /// The text of the custom role with this id.
    fn role(&self, id: &str) -> Option<Box<str>>;

    /// The text of the privilege with this id.
    fn privilege(&self, id: &str) -> Option<Box<str>>;

    /// The server's mark for the answer to this request.
    fn etag(&self, request: &str) -> Option<String>;

    /// The answer to this request.
    fn answer(&self, request: &str) -> Option<Box<str>>;
}

/// Remembers nothing.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Remembers for Nothing {
    fn role(&self, _: &str) -> Option<Box<str>> {
        None
    }

    fn privilege(&self, _: &str) -> Option<Box<str>> {
        None
    }

    fn etag(&self, _: &str) -> Option<String> {
        None
    }

    fn answer(&self, _: &str) -> Option<Box<str>> {
        None
    }
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
    /// Everything has come and is put into its place.
    Placing,
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
