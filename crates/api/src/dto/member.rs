//! Members, as the list and the detail page show them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::{Kind, MemberRef, Standing};
use super::privilege::PrivilegeView;
use super::scheduled::ScheduledView;

/// Asks for a slice of the members.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListMembersRequest {
    /// Which of them.
    pub filter: MemberFilter,
    /// The column to sort by.
    pub sort: MemberSort,
    /// Whether the order is turned round.
    pub descending: bool,
    /// How many to pass over.
    pub offset: u32,
    /// How many to answer, at most 500.
    pub limit: u32,
}

/// Which members are meant: those for whom all of this holds.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MemberFilter {
    /// Only this kind.
    #[ts(optional)]
    pub kind: Option<Kind>,
    /// Only those whose name, address, id or metadata contains these words.
    #[ts(as = "Option<_>", optional)]
    pub search: String,
    /// Only who has one of these roles, by their ids: itself or through a group, ended or not.
    #[ts(as = "Option<_>", optional)]
    pub roles: Vec<String>,
    /// Only whose timed access stands so.
    #[ts(optional)]
    pub expiry: Option<ExpiryFilter>,
    /// Only who is in this group, by its id.
    #[ts(optional)]
    pub group: Option<String>,
    /// Only of whom all of these are true.
    #[ts(as = "Option<_>", optional)]
    pub facts: Vec<MemberFact>,
}

/// Something that is true of some members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MemberFact {
    /// A role or privilege that counts holds a Forbid.
    Forbids,
    /// A role or privilege that counts opens every secret by itself.
    Wide,
    /// It has additional privileges, ended or not.
    Privileges,
    /// It has no permanent role, neither itself nor through a group.
    NoPermanentRole,
}

/// How timed access stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state", deny_unknown_fields)]
pub enum ExpiryFilter {
    /// Nothing has an end.
    Nothing,
    /// Something ends within so many minutes from now.
    Ending {
        /// The minutes.
        minutes: u32,
    },
    /// Something has ended and is still stored.
    Ended,
}

/// A column the list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MemberSort {
    /// How well they match the search; by name without one. It cannot be turned round.
    Relevance,
    /// By name.
    Name,
    /// Users, then identities, then groups.
    Kind,
    /// By the number of additional privileges.
    Privileges,
    /// By the soonest end; those without one come after.
    NextEnd,
    /// By how many roles they have themselves.
    Roles,
    /// By in how many groups they are.
    Groups,
}

/// A slice of the members.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberPage {
    /// The members of the slice, in order.
    pub rows: Vec<MemberRow>,
    /// How many there are in all.
    pub total: u32,
    /// Whether `total` is exact; if not, there are at least so many.
    pub total_is_exact: bool,
}

/// One row of the list.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberRow {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The name shown.
    pub name: String,
    /// What stands beside the name: address, auth methods, or number of members.
    pub detail: String,
    /// The roles it has itself, in order.
    pub roles: Vec<RoleChip>,
    /// How many additional privileges are stored for it, ended ones included.
    pub privileges: u32,
    /// The soonest end that lies ahead.
    pub next_end: Option<String>,
    /// The latest end that has passed.
    pub last_end: Option<String>,
    /// The groups it is in.
    pub groups: Vec<MemberRef>,
}

/// A role as a chip.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleChip {
    /// The name on the wire.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// How long.
    pub standing: Standing,
}

/// Asks for one member.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberRequest {
    /// Its id.
    pub member: String,
}

/// One member with all its access.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberDetail {
    /// Its id.
    pub id: String,
    /// What tells this state of its own fields from every other.
    pub revision: String,
    /// What it is.
    pub kind: Kind,
    /// The name shown.
    pub name: String,
    /// The address of a user, the slug of a group.
    pub handle: String,
    /// What `{{identity.username}}` renders to.
    pub username: String,
    /// How an identity proves who it is.
    pub auth_methods: Vec<String>,
    /// Keys and values that templates may use.
    pub metadata: Vec<MetadataEntry>,
    /// The groups it is in.
    pub groups: Vec<MemberRef>,
    /// The members of this group, at most 200; empty for others.
    pub group_members: Vec<MemberRef>,
    /// How many members this group has.
    pub group_member_count: u32,
    /// The roles, its own first, then those through groups.
    pub roles: Vec<RoleAssignmentView>,
    /// The additional privileges: active first by their end, then ended.
    pub privileges: Vec<PrivilegeView>,
    /// The folder grants: active first by their end, then ended.
    pub folder_grants: Vec<FolderGrantView>,
    /// What it shall get later, the soonest first.
    pub scheduled: Vec<ScheduledView>,
}

/// A grant on exactly one folder, which replaces there whatever else the member has. Only the server
/// changes it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FolderGrantView {
    /// Its id.
    pub id: String,
    /// The slug of the environment.
    pub environment: String,
    /// The path of the folder.
    pub path: String,
    /// What it gives, in the words of the server's screens; its word itself if that is not known here.
    pub role: String,
    /// Whether what it gives is known here; if not, it counts for nothing in answers.
    pub known: bool,
    /// How long.
    pub standing: Standing,
    /// When it was made.
    pub created_at: String,
}

/// A key with its value.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MetadataEntry {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A role that a member has.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignmentView {
    /// The id of the assignment.
    pub id: String,
    /// The id of the role.
    pub role: String,
    /// The name of the role on the wire.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// Whether the server defines the role.
    pub predefined: bool,
    /// How many rules the role has.
    pub rule_count: u32,
    /// How long.
    pub standing: Standing,
    /// The group it comes through; `None` if it is the member's own.
    pub through: Option<MemberRef>,
    /// Why it can be neither taken away nor given an end, as a sentence.
    pub kept_because: Option<String>,
}
