//! Roles: rules under a slug, shared by those who have them.

use crate::id::RoleId;

/// What a role is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// Defined by the server; it can be read and duplicated, not edited.
    Predefined,
    /// Defined in the project.
    Custom,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// What it is.
    pub kind: RoleKind,
    /// The name on the wire.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The rules, as JSON text: a list of rule objects. Empty text for a predefined role, whose
    /// rules come with the catalogue.
    pub rules: String,
}
