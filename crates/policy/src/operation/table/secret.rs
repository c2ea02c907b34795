//! Operations on secrets.

use super::{
    DESCRIBE, DESCRIBE_ANY, DESCRIBE_ITEM, EDIT, EDIT_TO_BE, NEEDS_PLACE, NEEDS_SECRET, NEEDS_TWO,
    OBJECT_IN_PLACE, OBJECT_SECRET, PLACE, READ_VALUE, SECOND, SECRET, SECRETS, TAKES_ITEM,
    TAKES_TAGS, bare, filter, of, operation, or_read,
};
use crate::operation::Attribute::{
    Environment, Name, NewName, Path, SecondEnvironment, SecondPath, Tags, TagsSent, TagsToBe,
};
use crate::operation::{Check, Input, Operation, Or, Refusal, SecondPlace, When, Word};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        needs: NEEDS_SECRET,
        takes: TAKES_TAGS,
        checks: &[DESCRIBE, READ_VALUE],
        ..operation(
            "secret.read-value",
            "Read a secret's value",
            SECRETS,
            "read the value of",
            OBJECT_SECRET,
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
            "read, by id, the value of",
            OBJECT_SECRET,
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
            OBJECT_SECRET,
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
            OBJECT_SECRET,
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
            OBJECT_SECRET,
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
            &[Word::Secret, Word::Text(" to "), Word::NewName],
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
            OBJECT_SECRET,
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
            OBJECT_SECRET,
        )
    },
    Operation {
        second: Some(SecondPlace::MovedTo),
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
            &[Word::Secret, Word::Text(" to "), Word::SecondPlace],
        )
    },
    Operation {
        second: Some(SecondPlace::MovedTo),
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
            &[Word::Place, Word::Text(" to "), Word::SecondPlace],
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
            OBJECT_SECRET,
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
            OBJECT_SECRET,
        )
    },
];
