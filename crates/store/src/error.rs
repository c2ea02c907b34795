//! What can go wrong with a workspace that is open.

use rusqlite::ErrorCode;

/// Why a read or a write of an open workspace did not happen. A failed transaction changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the room given to the file, is used up.
    #[error("the disk is full, so nothing was changed")]
    DiskFull,
    /// The file or its folder cannot be written any more.
    #[error("the workspace file cannot be written")]
    ReadOnly,
    /// Another program kept the file locked for longer than a write waits.
    #[error("another program is using the workspace file")]
    Busy,
    /// The file is damaged.
    #[error("the workspace file is damaged")]
    Corrupt,
    /// The slug is in use: by another privilege of the same member, or by another role.
    #[error("the name `{slug}` is taken")]
    SlugTaken {
        /// The slug.
        slug: String,
    },
    /// There is a row with this id already.
    #[error("the {what} `{id}` exists already")]
    Exists {
        /// What kind of thing it is, in a word.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// There is no row with this id to change or remove.
    #[error("the {what} `{id}` does not exist")]
    Missing {
        /// What kind of thing it is, in a word.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// What the row refers to does not exist.
    #[error("the {what} `{id}` refers to something that does not exist")]
    Dangling {
        /// What kind of thing refers, in a word.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// Something else still refers to the row, so it was not removed.
    #[error("the {what} `{id}` is still in use")]
    InUse {
        /// What kind of thing it is, in a word.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The row would break a rule of the schema, such as a privilege of a group.
    #[error("the {what} `{id}` was refused: {rule}")]
    Refused {
        /// What kind of thing it is, in a word.
        what: &'static str,
        /// Its id.
        id: String,
        /// The rule, in the words of the schema.
        rule: String,
    },
    /// A row holds something that this build cannot read.
    #[error("the {what} column of a row cannot be read")]
    Unreadable {
        /// The column.
        what: &'static str,
    },
    /// Another failure of the disk or of SQLite.
    #[error("the workspace file could not be read or written")]
    Io(#[source] rusqlite::Error),
}

impl StoreError {
    /// Whether the same call may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Busy)
    }

    /// The error of writing the row `id` of a table, named for what it is.
    pub(crate) fn of_row(error: rusqlite::Error, what: &'static str, id: &str) -> Self {
        let id = || id.to_owned();
        match broken_constraint(&error) {
            Some(Constraint::Key) => Self::Exists { what, id: id() },
            Some(Constraint::Reference) => Self::Dangling { what, id: id() },
            Some(Constraint::Rule(rule)) => Self::Refused {
                what,
                id: id(),
                rule,
            },
            None => error.into(),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt,
            _ => Self::Io(error),
        }
    }
}

/// Which kind of constraint a write broke.
pub(crate) enum Constraint {
    /// A primary key or another unique key.
    Key,
    /// A reference to something else.
    Reference,
    /// A rule that a trigger or a check guards, in its words.
    Rule(String),
}

/// The constraint that `error` is about, if it is about one.
pub(crate) fn broken_constraint(error: &rusqlite::Error) -> Option<Constraint> {
    let rusqlite::Error::SqliteFailure(failure, message) = error else {
        return None;
    };
    if failure.code != ErrorCode::ConstraintViolation {
        return None;
    }
    Some(match failure.extended_code {
        rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
        | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | rusqlite::ffi::SQLITE_CONSTRAINT_ROWID => Constraint::Key,
        // A reference is looked up by id while writing; one that is not found is null.
        rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY | rusqlite::ffi::SQLITE_CONSTRAINT_NOTNULL => {
            Constraint::Reference
        }
        _ => Constraint::Rule(message.clone().unwrap_or_default()),
    })
}

/// Whether `error` is about the unique key that holds `column`, written as `table.column`.
pub(crate) fn breaks_unique(error: &rusqlite::Error, column: &str) -> bool {
    matches!(broken_constraint(error), Some(Constraint::Key)) && error.to_string().contains(column)
}
