//! Operations on dynamic secrets and rotations.

use super::{
    DYNAMIC, DYNAMIC_SECRETS, NEEDS_PLACE, OBJECT_IN_PLACE, PLACE, ROTATION, ROTATIONS, bare, of,
    operation,
};
use crate::operation::Attribute::{Environment, NewMetadata, Path};
use crate::operation::{Check, Input, Operation, Refusal, When};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Metadata],
        checks: &[of(
            "create dynamic secrets there",
            "dynamic-secrets",
            "create-root-credential",
            DYNAMIC,
        )],
        ..operation(
            "dynamic-secret.create",
            "Create a dynamic secret",
            DYNAMIC_SECRETS,
            "create a dynamic secret",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Metadata, Input::NewMetadata],
        checks: &[
            of(
                "change it as it is",
                "dynamic-secrets",
                "edit-root-credential",
                DYNAMIC,
            ),
            Check {
                when: When::Given(Input::NewMetadata),
                ..of(
                    "change it with its new metadata",
                    "dynamic-secrets",
                    "edit-root-credential",
                    &[Environment, Path, NewMetadata],
                )
            },
        ],
        ..operation(
            "dynamic-secret.edit",
            "Edit a dynamic secret",
            DYNAMIC_SECRETS,
            "edit a dynamic secret",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Metadata],
        checks: &[of(
            "delete the dynamic secret",
            "dynamic-secrets",
            "delete-root-credential",
            DYNAMIC,
        )],
        ..operation(
            "dynamic-secret.delete",
            "Delete a dynamic secret",
            DYNAMIC_SECRETS,
            "delete a dynamic secret",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Metadata],
        checks: &[
            of(
                "read its configuration",
                "dynamic-secrets",
                "read-root-credential",
                DYNAMIC,
            ),
            of(
                "change its configuration",
                "dynamic-secrets",
                "edit-root-credential",
                DYNAMIC,
            ),
        ],
        ..operation(
            "dynamic-secret.details",
            "See how a dynamic secret is configured",
            DYNAMIC_SECRETS,
            "see how a dynamic secret is configured",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Metadata],
        checks: &[
            of(
                "see dynamic secrets there",
                "dynamic-secrets",
                "read-root-credential",
                PLACE,
            ),
            Check {
                when: When::Given(Input::Metadata),
                refusal: Refusal::LeftOut,
                ..of(
                    "see this dynamic secret",
                    "dynamic-secrets",
                    "read-root-credential",
                    DYNAMIC,
                )
            },
        ],
        ..operation(
            "dynamic-secret.list",
            "List the dynamic secrets of a folder",
            DYNAMIC_SECRETS,
            "list dynamic secrets",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Metadata],
        checks: &[of("lease it", "dynamic-secrets", "lease", DYNAMIC)],
        ..operation(
            "dynamic-secret.lease",
            "Create, renew, see or revoke a lease",
            DYNAMIC_SECRETS,
            "lease a dynamic secret",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        takes: &[Input::Environment, Input::SecretPath, Input::Connection],
        checks: &[
            bare("see rotations anywhere", "secret-rotation", "read"),
            Check {
                when: When::Given(Input::SecretPath),
                refusal: Refusal::LeftOut,
                ..of("see this rotation", "secret-rotation", "read", ROTATION)
            },
        ],
        ..operation(
            "rotation.list",
            "List rotations",
            ROTATIONS,
            "list rotations",
            &[],
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Connection],
        checks: &[of("see the rotation", "secret-rotation", "read", ROTATION)],
        ..operation(
            "rotation.get",
            "See a rotation",
            ROTATIONS,
            "see a rotation",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Connection],
        checks: &[of(
            "read the generated credentials",
            "secret-rotation",
            "read-generated-credentials",
            ROTATION,
        )],
        ..operation(
            "rotation.credentials",
            "Read the credentials a rotation made",
            ROTATIONS,
            "read the credentials of a rotation",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Connection],
        checks: &[of(
            "create the rotation",
            "secret-rotation",
            "create",
            ROTATION,
        )],
        ..operation(
            "rotation.create",
            "Create a rotation",
            ROTATIONS,
            "create a rotation",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Connection],
        checks: &[of(
            "change the rotation",
            "secret-rotation",
            "edit",
            ROTATION,
        )],
        ..operation(
            "rotation.edit",
            "Edit a rotation",
            ROTATIONS,
            "edit a rotation",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Connection],
        checks: &[of(
            "delete the rotation",
            "secret-rotation",
            "delete",
            ROTATION,
        )],
        ..operation(
            "rotation.delete",
            "Delete a rotation",
            ROTATIONS,
            "delete a rotation",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: &[Input::Connection],
        checks: &[of("rotate", "secret-rotation", "rotate-secrets", ROTATION)],
        ..operation(
            "rotation.rotate",
            "Rotate now",
            ROTATIONS,
            "rotate secrets",
            OBJECT_IN_PLACE,
        )
    },
];
