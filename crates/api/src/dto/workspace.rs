//! The workspace: which file is open, or why none is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which workspace is open.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
pub enum WorkspaceStatus {
    /// A workspace is open.
    Open(OpenWorkspace),
    /// None is open, because the one asked for could not be.
    Refused(WorkspaceRefusal),
    /// None was asked for yet: the program runs for the first time.
    Welcome,
}

/// An open workspace.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenWorkspace {
    /// The file.
    pub path: String,
    /// The project in it.
    pub project: ProjectSummary,
    /// How many of each kind it has.
    pub counts: Counts,
}

/// A project.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProjectSummary {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// Where its truth lives.
    pub kind: ProjectKind,
    /// How rules are ordered.
    pub semantics: Semantics,
    /// Which catalogue applies.
    pub catalogue: CatalogueEdition,
}

/// Where the truth of a project lives.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ProjectKind {
    /// Only here.
    Local,
    /// On a server.
    Linked,
}

/// How rules are ordered.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Semantics {
    /// Any Forbid that matches denies.
    ForbidWins,
    /// The last rule that matches decides.
    LastMatch,
}

/// Which catalogue of subjects and actions applies.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CatalogueEdition {
    /// The first V2 catalogue, 27 subjects.
    Seed,
    /// Today's catalogue.
    Current,
}

/// How many there are.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Users.
    pub users: u32,
    /// Machine identities.
    pub identities: u32,
    /// Groups.
    pub groups: u32,
    /// Roles.
    pub roles: u32,
}

/// Why a workspace could not be opened. Nothing was touched.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceRefusal {
    /// The file asked for.
    pub path: String,
    /// What kind of trouble it is.
    pub reason: RefusalReason,
    /// What is wrong and where, in one sentence.
    pub sentence: String,
    /// What can be done about it.
    pub hint: String,
}

/// What keeps a workspace from opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RefusalReason {
    /// There is no such file.
    NotFound,
    /// A new workspace was to be made in a file that exists.
    AlreadyExists,
    /// The file is not a workspace of Reeve.
    NotAWorkspace,
    /// The file is damaged.
    Corrupt,
    /// A newer Reeve made it.
    NewerSchema,
    /// The file or its folder cannot be written.
    ReadOnly,
    /// The disk is full.
    DiskFull,
    /// Another program holds it.
    Locked,
    /// The system refused for another reason.
    Io,
}

/// Opens a workspace file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenWorkspaceRequest {
    /// The file.
    pub path: String,
}

/// Makes a workspace with an empty local project.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateWorkspaceRequest {
    /// The file to make; it must not exist.
    pub path: String,
    /// The name of the project.
    pub name: String,
}

/// What needs attention.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// How many of each kind there are.
    pub counts: Counts,
    /// How many additional privileges are stored.
    pub privileges: u32,
    /// What ends within a day, soonest first, at most 50.
    pub ending_within_day: Vec<EndingAccess>,
    /// How much ends within a day.
    pub ending_within_day_count: u32,
    /// What ends after a day and within a week, soonest first, at most 50.
    pub ending_within_week: Vec<EndingAccess>,
    /// How much ends after a day and within a week.
    pub ending_within_week_count: u32,
    /// What has ended and is still stored, latest first, at most 50.
    pub ended: Vec<EndingAccess>,
    /// How much has ended and is still stored.
    pub ended_count: u32,
}

/// Timed access of one member with its end.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndingAccess {
    /// Whose it is.
    pub member: super::common::MemberRef,
    /// What it is.
    pub what: EndingKind,
    /// The id of the assignment, privilege or folder grant.
    pub id: String,
    /// The slug of the role or privilege; what a folder grant gives.
    pub slug: String,
    /// The name shown; the folder of a folder grant.
    pub title: String,
    /// When it ends or ended.
    pub end: String,
    /// How long it was given for, as it was written.
    pub range: Option<String>,
}

/// What of access can end.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EndingKind {
    /// A role assignment.
    Role,
    /// An additional privilege.
    Privilege,
    /// A folder grant, which only the server changes.
    FolderGrant,
}

/// What a piece of access is.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AccessKind {
    /// A role assignment.
    Role,
    /// An additional privilege.
    Privilege,
}

/// The places of the project, for pickers.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Places {
    /// The environments in their order.
    pub environments: Vec<EnvironmentPlace>,
    /// The tags.
    pub tags: Vec<TagPlace>,
}

/// An environment with its folders.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentPlace {
    /// The name on the wire.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// The paths of its folders, sorted, `/` included.
    pub folders: Vec<String>,
}

/// A tag.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TagPlace {
    /// The name on the wire.
    pub slug: String,
    /// The colour shown, as `#rrggbb`.
    pub color: Option<String>,
}
