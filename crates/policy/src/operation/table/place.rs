//! Operations on folders and imports.

use super::{
    ABOVE, FOLDERS, IMPORTS, NEEDS_PLACE, NEEDS_TWO, OBJECT_FOLDER, OBJECT_IN_PLACE, PLACE, SECOND,
    of, operation, or_read,
};
use crate::operation::{Operation, SecondPlace, Word};

pub(super) const OPERATIONS: &[Operation] = &[
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
            "rename",
            OBJECT_FOLDER,
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
            "delete",
            OBJECT_FOLDER,
        )
    },
    Operation {
        second: Some(SecondPlace::MovedTo),
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
            "move",
            &[Word::Folder, Word::Text(" to "), Word::SecondPlace],
        )
    },
    Operation {
        second: Some(SecondPlace::ImportedFrom),
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
        second: Some(SecondPlace::ImportedFrom),
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
        second: Some(SecondPlace::ImportedFrom),
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
];
