//! Roles by name, for pickers.

use serde::Serialize;
use ts_rs::TS;

/// Every role, the predefined ones first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleNames {
    /// The roles.
    pub roles: Vec<RoleName>,
}

/// What a picker shows of a role.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoleName {
    /// Its id.
    pub id: String,
    /// The name on the wire.
    pub slug: String,
    /// The name shown.
    pub name: String,
    /// Whether the server defines it.
    pub predefined: bool,
}
