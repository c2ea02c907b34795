//! Members of a project: users, machine identities and groups.

use crate::id::{AssignmentId, MemberId, RoleId};
use crate::lifetime::Lifetime;

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MemberKind {
    /// A person.
    User,
    /// A machine identity.
    Identity,
    /// A set of users and identities that share roles.
    Group,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// What it is.
    pub kind: MemberKind,
    /// The name shown. For a machine identity it is also what `{{identity.username}}` renders to.
    pub name: String,
    /// The e-mail address of a user, the slug of a group; empty for a machine identity.
    pub handle: String,
    /// What a user signs in with and `{{identity.username}}` renders to; the name otherwise.
    pub username: String,
    /// How a machine identity proves who it is, such as `Universal Auth`; empty otherwise.
    pub auth_methods: Vec<String>,
    /// Keys and values that templates in rules may use, in order.
    pub metadata: Vec<(String, String)>,
}

/// A member has a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleAssignment {
    /// Its id.
    pub id: AssignmentId,
    /// Who has it: an actor, or a group whose members have it through the group.
    pub member: MemberId,
    /// The role.
    pub role: RoleId,
    /// How long.
    pub lifetime: Lifetime,
}
