//! Operations on roles and additional privileges.

use super::{ROLES, bare, operation};
use crate::operation::Operation;

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        checks: &[bare("see roles", "role", "read")],
        ..operation("role.read", "See roles", ROLES, "see roles", &[])
    },
    Operation {
        checks: &[bare("create roles", "role", "create")],
        ..operation("role.create", "Create a role", ROLES, "create roles", &[])
    },
    Operation {
        checks: &[bare("edit roles", "role", "edit")],
        ..operation("role.edit", "Edit a role", ROLES, "edit roles", &[])
    },
    Operation {
        checks: &[bare("delete roles", "role", "delete")],
        ..operation("role.delete", "Delete a role", ROLES, "delete roles", &[])
    },
    Operation {
        checks: &[bare("see members", "member", "read")],
        ..operation(
            "privilege.read-user",
            "See a user's additional privileges",
            ROLES,
            "see the additional privileges of users",
            &[],
        )
    },
    Operation {
        checks: &[bare("change members", "member", "edit")],
        ..operation(
            "privilege.write-user",
            "Give, change or take a user's additional privileges",
            ROLES,
            "change the additional privileges of users",
            &[],
        )
    },
    Operation {
        checks: &[bare("see identities", "identity", "read")],
        ..operation(
            "privilege.read-identity",
            "See an identity's additional privileges",
            ROLES,
            "see the additional privileges of identities",
            &[],
        )
    },
    Operation {
        checks: &[bare("change identities", "identity", "edit")],
        ..operation(
            "privilege.write-identity",
            "Give, change or take an identity's additional privileges",
            ROLES,
            "change the additional privileges of identities",
            &[],
        )
    },
];
