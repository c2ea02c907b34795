//! A project and the places in it.

use crate::id::ProjectId;
use crate::text::text_newtype;

text_newtype! {
    /// The slug of an environment, such as `prod`.
    EnvironmentSlug
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// Where its truth lives.
    pub kind: ProjectKind,
    /// How its server orders rules.
    pub semantics: Semantics,
    /// Which catalogue of subjects and actions its server knows.
    pub catalogue: CatalogueEdition,
}

/// Where the truth of a project lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProjectKind {
    /// Only in this workspace.
    Local,
    /// On a server; this workspace holds what was last pulled.
    Linked,
}

/// How a server orders the rules of one actor. It is a property of the server's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Semantics {
    /// Inverted rules are moved last, so any Forbid that matches denies. Servers since 2026-02-24.
    #[default]
    ForbidWins,
    /// The last rule that matches decides, in the order of roles, then privileges. Before that.
    LastMatch,
}

/// Which catalogue of subjects, actions, conditions and operators a server knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CatalogueEdition {
    /// The 27 subjects of the first V2 permission system.
    Seed,
    /// Today's subjects.
    #[default]
    Current,
}

/// An environment of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The name on the wire.
    pub slug: EnvironmentSlug,
    /// The name shown.
    pub name: String,
}

/// A folder of a project, in one environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The environment it is in.
    pub environment: EnvironmentSlug,
    /// Its path from `/`, without a trailing slash.
    pub path: String,
}

/// A tag that secrets can carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The name on the wire, which conditions compare.
    pub slug: String,
    /// The colour shown, as `#rrggbb`, if it has one.
    pub color: Option<String>,
}

/// The name of a secret. Its value is never asked for and has no place here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretName {
    /// The environment it is in.
    pub environment: EnvironmentSlug,
    /// The folder it is in.
    pub path: String,
    /// The name.
    pub name: String,
    /// The slugs of its tags, sorted.
    pub tags: Vec<String>,
}
