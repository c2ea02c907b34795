//! The operations and their checks, in the server's order.

use super::{About, Attribute, Check, Input, Operation, Or, Refusal, When, Word};

use Attribute::{
    Connection, Environment, Metadata, Name, NewMetadata, NewName, ParentPath, Path,
    SecondEnvironment, SecondPath, Tags, TagsSent, TagsToBe,
};

const PLACE: &[Attribute] = &[Environment, Path];
const SECOND: &[Attribute] = &[SecondEnvironment, SecondPath];
const ABOVE: &[Attribute] = &[Environment, ParentPath];
const SECRET: &[Attribute] = &[Environment, Path, Name, Tags];
const DYNAMIC: &[Attribute] = &[Environment, Path, Metadata];
const ROTATION: &[Attribute] = &[Environment, Path, Connection];

const NEEDS_PLACE: &[Input] = &[Input::Environment, Input::SecretPath];
const NEEDS_SECRET: &[Input] = &[Input::Environment, Input::SecretPath, Input::SecretName];
const NEEDS_TWO: &[Input] = &[
    Input::Environment,
    Input::SecretPath,
    Input::SecondEnvironment,
    Input::SecondPath,
];
const TAKES_TAGS: &[Input] = &[Input::SecretTags];
const TAKES_ITEM: &[Input] = &[Input::SecretName, Input::SecretTags];

const OBJECT_PLACE: &[Word] = &[Word::Place];
const OBJECT_IN_PLACE: &[Word] = &[Word::Text("in "), Word::Place];
const OBJECT_TO_SECOND: &[Word] = &[Word::Place, Word::Text(" to "), Word::SecondPlace];

/// A check that is always made and refuses the request.
const fn check(
    purpose: &'static str,
    subject: &'static str,
    action: &'static str,
    about: About,
) -> Check {
    Check {
        purpose,
        subject,
        action,
        or: Or::Nothing,
        about,
        when: When::Always,
        refusal: Refusal::Refused,
    }
}

const fn of(
    purpose: &'static str,
    subject: &'static str,
    action: &'static str,
    attributes: &'static [Attribute],
) -> Check {
    check(purpose, subject, action, About::Of(attributes))
}

const fn bare(purpose: &'static str, subject: &'static str, action: &'static str) -> Check {
    check(purpose, subject, action, About::Anything)
}

const fn or_read(check: Check) -> Check {
    Check {
        or: Or::LegacyFirst("read"),
        ..check
    }
}

/// A filter on each thing of a list.
const fn filter(check: Check, input: Input) -> Check {
    Check {
        or: Or::Legacy("read"),
        when: When::Given(input),
        refusal: Refusal::LeftOut,
        ..check
    }
}

const DESCRIBE: Check = or_read(of(
    "see that the secret is there",
    "secrets",
    "describeSecret",
    SECRET,
));
const READ_VALUE: Check = or_read(of("read its value", "secrets", "readValue", SECRET));
const DESCRIBE_ANY: Check = or_read(bare(
    "see secrets anywhere in the project",
    "secrets",
    "describeSecret",
));
const DESCRIBE_ITEM: Check = filter(
    of("see this secret", "secrets", "describeSecret", SECRET),
    Input::SecretName,
);
const EDIT: Check = of("change the secret as it is", "secrets", "edit", SECRET);
const EDIT_TO_BE: Check = of(
    "change it with the tags it will have",
    "secrets",
    "edit",
    &[Environment, Path, Name, TagsToBe],
);

const fn operation(
    id: &'static str,
    title: &'static str,
    area: &'static str,
    verb: &'static str,
    object: &'static [Word],
) -> Operation {
    Operation {
        id,
        title,
        area,
        verb,
        object,
        needs: &[],
        takes: &[],
        checks: &[],
    }
}

const SECRETS: &str = "Secrets";
const FOLDERS: &str = "Folders";
const IMPORTS: &str = "Imports";
const DYNAMIC_SECRETS: &str = "Dynamic secrets";
const ROTATIONS: &str = "Rotations";
const ROLES: &str = "Roles and privileges";

/// All operations, area by area.
pub static OPERATIONS: &[Operation] = &[
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[DESCRIBE, READ_VALUE],
        ..operation(
            "secret.read-value",
            "Read a secret's value",
            SECRETS,
            "read the value of",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[READ_VALUE],
        ..operation(
            "secret.read-value-by-id",
            "Read a secret's value by its id",
            SECRETS,
            "read, by its id, the value of",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[DESCRIBE],
        ..operation(
            "secret.describe",
            "See a secret without its value",
            SECRETS,
            "see",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: TAKES_ITEM,
        checks: &[DESCRIBE_ANY, DESCRIBE_ITEM],
        ..operation(
            "secret.list",
            "List a folder's secrets",
            SECRETS,
            "list secrets",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        takes: TAKES_ITEM,
        checks: &[
            DESCRIBE_ANY,
            DESCRIBE_ITEM,
            Check {
                refusal: Refusal::RefusedOrHidden,
                ..filter(
                    of("read its value", "secrets", "readValue", SECRET),
                    Input::SecretName,
                )
            },
        ],
        ..operation(
            "secret.list-values",
            "List a folder's secrets with their values",
            SECRETS,
            "list secrets with their values",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[of("create the secret", "secrets", "create", SECRET)],
        ..operation(
            "secret.create",
            "Create a secret",
            SECRETS,
            "create",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: &[Input::SecretTags, Input::NewTags],
        checks: &[EDIT, EDIT_TO_BE],
        ..operation(
            "secret.edit",
            "Edit a secret",
            SECRETS,
            "edit",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: &[
            Input::Environment,
            Input::SecretPath,
            Input::SecretName,
            Input::NewName,
        ],
        takes: &[Input::SecretTags, Input::NewTags],
        checks: &[
            EDIT,
            EDIT_TO_BE,
            of(
                "change it under its new name",
                "secrets",
                "edit",
                &[Environment, Path, NewName, TagsToBe],
            ),
        ],
        ..operation(
            "secret.rename",
            "Rename a secret",
            SECRETS,
            "rename",
            &[Word::Place, Word::Text(" to "), Word::NewName],
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: &[Input::SecretTags, Input::NewTags, Input::NewName],
        checks: &[
            EDIT,
            of(
                "change it with the tags that are sent",
                "secrets",
                "edit",
                &[Environment, Path, Name, TagsSent],
            ),
            Check {
                when: When::Given(Input::NewName),
                ..of(
                    "create it under its new name",
                    "secrets",
                    "create",
                    &[Environment, Path, NewName, TagsSent],
                )
            },
        ],
        ..operation(
            "secret.edit-many",
            "Edit a secret among many at once",
            SECRETS,
            "edit, among many at once,",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[of("delete the secret", "secrets", "delete", SECRET)],
        ..operation(
            "secret.delete",
            "Delete a secret",
            SECRETS,
            "delete",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: &[
            Input::Environment,
            Input::SecretPath,
            Input::SecretName,
            Input::SecondEnvironment,
            Input::SecondPath,
        ],
        takes: TAKES_TAGS,
        checks: &[
            of("delete it where it is", "secrets", "delete", SECRET),
            DESCRIBE,
            READ_VALUE,
            of(
                "create it where it goes",
                "secrets",
                "create",
                &[SecondEnvironment, SecondPath, Name, Tags],
            ),
            of(
                "change it where it goes",
                "secrets",
                "edit",
                &[SecondEnvironment, SecondPath, Name, Tags],
            ),
        ],
        ..operation(
            "secret.move",
            "Move a secret",
            SECRETS,
            "move",
            OBJECT_TO_SECOND,
        )
    },
    Operation {
        needs: NEEDS_TWO,
        checks: &[
            of("create secrets where they go", "secrets", "create", SECOND),
            of("change secrets where they go", "secrets", "edit", SECOND),
            of("delete secrets where they are", "secrets", "delete", PLACE),
            or_read(of(
                "see secrets where they are",
                "secrets",
                "describeSecret",
                PLACE,
            )),
            or_read(of(
                "read values where they are",
                "secrets",
                "readValue",
                PLACE,
            )),
        ],
        ..operation(
            "secret.move-many",
            "Move many secrets at once",
            SECRETS,
            "move many secrets at once from",
            OBJECT_TO_SECOND,
        )
    },
    Operation {
        checks: &[Check {
            or: Or::Other("commits", "read"),
            ..bare("see earlier versions", "secret-rollback", "read")
        }],
        ..operation(
            "secret.versions",
            "See earlier versions of secrets",
            SECRETS,
            "see earlier versions of secrets",
            &[],
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[READ_VALUE],
        ..operation(
            "secret.expand-reference",
            "Read a value through a reference to it",
            SECRETS,
            "read through a reference the value of",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[DESCRIBE],
        ..operation(
            "secret.write-reference",
            "Write a reference to a secret",
            SECRETS,
            "write a reference to",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        ..operation(
            "folder.list",
            "List the folders in a folder",
            FOLDERS,
            "list folders",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        checks: &[of(
            "create a folder there",
            "secret-folders",
            "create",
            PLACE,
        )],
        ..operation(
            "folder.create",
            "Create a folder in a folder",
            FOLDERS,
            "create a folder",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        checks: &[of(
            "change folders in the folder above",
            "secret-folders",
            "edit",
            ABOVE,
        )],
        ..operation(
            "folder.rename",
            "Rename a folder",
            FOLDERS,
            "rename the folder",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        checks: &[of(
            "delete folders in the folder above",
            "secret-folders",
            "delete",
            ABOVE,
        )],
        ..operation(
            "folder.delete",
            "Delete a folder",
            FOLDERS,
            "delete the folder",
            OBJECT_PLACE,
        )
    },
    Operation {
        needs: NEEDS_TWO,
        checks: &[
            of("change the folder itself", "secret-folders", "edit", PLACE),
            of(
                "change folders where it goes",
                "secret-folders",
                "edit",
                SECOND,
            ),
        ],
        ..operation(
            "folder.move",
            "Move a folder",
            FOLDERS,
            "move the folder",
            OBJECT_TO_SECOND,
        )
    },
    Operation {
        needs: NEEDS_TWO,
        checks: &[
            of("create an import there", "secret-imports", "create", PLACE),
            or_read(of(
                "see secrets where they come from",
                "secrets",
                "describeSecret",
                SECOND,
            )),
        ],
        ..operation(
            "import.create",
            "Create an import",
            IMPORTS,
            "import into",
            &[Word::Place, Word::Text(" from "), Word::SecondPlace],
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        checks: &[of("see imports there", "secret-imports", "read", PLACE)],
        ..operation(
            "import.list",
            "List the imports of a folder",
            IMPORTS,
            "list imports",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        checks: &[of("change imports there", "secret-imports", "edit", PLACE)],
        ..operation(
            "import.update",
            "Change an import",
            IMPORTS,
            "change an import",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_PLACE,
        checks: &[of(
            "delete imports there",
            "secret-imports",
            "delete",
            PLACE,
        )],
        ..operation(
            "import.delete",
            "Delete an import",
            IMPORTS,
            "delete an import",
            OBJECT_IN_PLACE,
        )
    },
    Operation {
        needs: NEEDS_TWO,
        checks: &[
            of("change imports there", "secret-imports", "edit", PLACE),
            or_read(of(
                "see secrets where they come from",
                "secrets",
                "describeSecret",
                SECOND,
            )),
        ],
        ..operation(
            "import.resync",
            "Copy an import's secrets again",
            IMPORTS,
            "copy again into",
            &[
                Word::Place,
                Word::Text(" the secrets of "),
                Word::SecondPlace,
            ],
        )
    },
    Operation {
        needs: NEEDS_TWO,
        checks: &[
            of("see imports there", "secret-imports", "read", PLACE),
            or_read(of(
                "read values where they come from",
                "secrets",
                "readValue",
                SECOND,
            )),
        ],
        ..operation(
            "import.read-secrets",
            "Read secrets through an import",
            IMPORTS,
            "read, through an import into",
            &[Word::Place, Word::Text(", secrets of "), Word::SecondPlace],
        )
    },
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
