//! Roles by name, for pickers.

use reeve_domain::role::{Role, RoleKind};

use crate::dto::role_name::{RoleName, RoleNames};

/// Roles as they travel.
pub fn names(roles: &[Role]) -> RoleNames {
    RoleNames {
        roles: roles
            .iter()
            .map(|role| RoleName {
                id: role.id.to_string(),
                slug: role.slug.clone(),
                name: role.name.clone(),
                predefined: role.kind == RoleKind::Predefined,
            })
            .collect(),
    }
}
