//! Making and opening the file of a workspace.
//!
//! A file is looked at before SQLite makes locks and side files for it, so that opening one that is
//! refused leaves no trace.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::inspect::{self, Effort};
use crate::migration::{self, KNOWN_VERSION};

/// Why a workspace was not made or opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such file; when making one, no such folder.
    #[error("`{path}` does not exist")]
    NotFound {
        /// The file, or the folder.
        path: PathBuf,
    },
    /// A workspace was to be made where something is already.
    #[error("`{path}` exists already")]
    AlreadyExists {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder, no SQLite file, or the SQLite file of another program.
    #[error("`{path}` is not a Reeve workspace")]
    NotAWorkspace {
        /// The file.
        path: PathBuf,
    },
    /// It is a workspace, but damaged.
    #[error("the workspace `{path}` is damaged: {finding}")]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What was found.
        finding: String,
    },
    /// A newer Reeve made it.
    #[error(
        "the workspace `{path}` was made by a newer Reeve: it has schema {found}, and this one knows up to {known}"
    )]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// The schema version of the file.
        found: i64,
        /// The newest schema version that this build knows.
        known: i64,
    },
    /// A build that is not one of the released ones made it.
    #[error("the workspace `{path}` has another schema under the number {version} than this Reeve")]
    OtherSchema {
        /// The file.
        path: PathBuf,
        /// The first schema version that differs.
        version: i64,
    },
    /// The file or its folder cannot be written.
    #[error("`{path}` or its folder cannot be written")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// There is no room left on the disk.
    #[error("the disk that holds `{path}` is full")]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// Another program keeps the file to itself.
    #[error("another program is using `{path}` alone")]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// Another failure of the disk or of SQLite.
    #[error("`{path}` could not be opened")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl OpenError {
    /// Whether trying again later may succeed without anybody changing the file.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Locked { .. } | Self::DiskFull { .. })
    }

    pub(crate) fn of_io(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound { path },
            io::ErrorKind::AlreadyExists => Self::AlreadyExists { path },
            io::ErrorKind::IsADirectory => Self::NotAWorkspace { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly { path }
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Io {
                path,
                source: Box::new(error),
            },
        }
    }

    pub(crate) fn of_sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotAWorkspace { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt {
                path,
                finding: error.to_string(),
            },
            // The file itself was readable before, so what cannot be opened is a new file beside it.
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly { path }
            }
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            _ => Self::Io {
                path,
                source: Box::new(error),
            },
        }
    }

    fn of_migration(path: &Path, error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::of_sqlite(path, err),
            other => Self::Io {
                path: path.to_owned(),
                source: Box::new(other),
            },
        }
    }
}

/// How long a statement waits for another connection's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long opening waits for another program's lock.
const OPEN_TIMEOUT: Duration = Duration::from_secs(1);

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 128;

/// To how many bytes the log is cut after it was folded into the file; filling a workspace makes it
/// as large as the workspace.
const LOG_BYTES: i64 = 16 * 1024 * 1024;

/// How many pages a connection keeps in memory, as SQLite takes it: 16 MiB.
pub(crate) const PAGES: i64 = -16_384;

/// Makes the file `path` with an empty schema and opens it for writing. An existing file is left
/// alone unless it is empty, as a crash while making it would leave it.
pub(crate) fn create(path: &Path) -> Result<Connection, OpenError> {
    if let Some(folder) = path.parent().filter(|folder| *folder != Path::new(""))
        && !folder.is_dir()
    {
        return Err(OpenError::NotFound {
            path: folder.to_owned(),
        });
    }
    let is_new = make_private_file(path)?;
    let made = connect(path).and_then(|connection| settle_schema(path, connection));
    if made.is_err() && is_new {
        for file in with_side_files(path) {
            // The error that matters is the one of making the workspace.
            let _ = fs::remove_file(file);
        }
    }
    made
}

/// Does without what protects a file from a crash, for one that is thrown away after one. Opening it
/// anew brings that back.
pub(crate) fn make_passing(path: &Path, connection: &Connection) -> Result<(), OpenError> {
    let of_sqlite = |error| OpenError::of_sqlite(path, error);
    connection
        .pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))
        .map_err(of_sqlite)?;
    connection
        .pragma_update(None, "synchronous", "off")
        // Sorting takes no more memory for more rows.
        .and_then(|()| connection.pragma_update(None, "temp_store", "file"))
        .map_err(of_sqlite)
}

/// Opens the existing file `path` for writing, bringing its schema up to date.
pub(crate) fn open(path: &Path) -> Result<Connection, OpenError> {
    inspect::header(path)?;
    let looked_at = !has_pending_log(path)
        && match inspect::without_locks(path) {
            // Another program that writes just now can make the file look damaged without its log.
            Err(OpenError::Corrupt { .. }) if has_pending_log(path) => false,
            other => other.map(|()| true)?,
        };
    OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(|error| OpenError::of_io(path, error))?;
    let connection = connect(path)?;
    if !looked_at {
        inspect::schema(path, &connection)?;
        inspect::damage(path, &connection, Effort::Quick)?;
    }
    let connection = settle_schema(path, connection)?;
    make_private(path);
    Ok(connection)
}

/// Opens a connection to `path` that cannot write.
pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    settle(&connection, BUSY_TIMEOUT)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Whether a program that is running or died left changes beside the file.
fn has_pending_log(path: &Path) -> bool {
    let [_, log, _] = with_side_files(path);
    fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// The file and the two that SQLite keeps beside it.
fn with_side_files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Makes an empty file that only its owner may read; SQLite gives its side files the same mode.
/// Tells whether the file is new.
fn make_private_file(path: &Path) -> Result<bool, OpenError> {
    if fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0) {
        make_private(path);
        return Ok(false);
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(|_| true)
        .map_err(|error| OpenError::of_io(path, error))
}

/// Takes the file away from everybody but its owner. Whose file it is not cannot do that, and may
/// use the file as its owner has shared it.
#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    for file in with_side_files(path) {
        if fs::metadata(&file).is_ok_and(|file| file.permissions().mode() & 0o777 != 0o600) {
            let _ = fs::set_permissions(&file, fs::Permissions::from_mode(0o600));
        }
    }
}

#[cfg(not(unix))]
fn make_private(_path: &Path) {}

/// Opens a connection to `path` that could write and has not written yet.
fn connect(path: &Path) -> Result<Connection, OpenError> {
    let of_sqlite = |error| OpenError::of_sqlite(path, error);
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(of_sqlite)?;
    // Until the file is accepted, closing it must not fold a log into it.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .and_then(|_| settle(&connection, OPEN_TIMEOUT))
        .map_err(of_sqlite)?;
    if connection.is_readonly("main").map_err(of_sqlite)? {
        return Err(OpenError::ReadOnly {
            path: path.to_owned(),
        });
    }
    Ok(connection)
}

/// Makes sure that `connection` can write, and applies what the schema lacks.
fn settle_schema(path: &Path, mut connection: Connection) -> Result<Connection, OpenError> {
    let of_sqlite = |error| OpenError::of_sqlite(path, error);
    let found: i64 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(of_sqlite)?;
    prepare_for_writing(&connection).map_err(of_sqlite)?;
    migration::migrate(&mut connection).map_err(|error| OpenError::of_migration(path, error))?;
    // The header of the file itself must tell what it is, also while it is in use.
    if found < KNOWN_VERSION {
        connection
            .pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))
            .map_err(of_sqlite)?;
    }
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .and_then(|_| connection.busy_timeout(BUSY_TIMEOUT))
        .map_err(of_sqlite)?;
    Ok(connection)
}

/// What every connection is set to.
fn settle(connection: &Connection, timeout: Duration) -> rusqlite::Result<()> {
    connection.busy_timeout(timeout)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cache_size", PAGES)?;
    connection.pragma_update(None, "temp_store", "memory")
}

/// What the one writing connection is set to, and a lock taken and given back to see that it can.
fn prepare_for_writing(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update_and_check(None, "journal_size_limit", LOG_BYTES, |_| Ok(()))?;
    match connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;") {
        // Somebody else writes right now, so it can be written.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    /// What the system says is told in our words. Most of these are also met for real in the tests of
    /// the crate; a full disk is not to be had there.
    #[test]
    fn every_failure_of_the_system_has_its_name() {
        let path = Path::new("/home/me/test.reeve");
        let of_io = |kind: io::ErrorKind| OpenError::of_io(path, kind.into());
        assert!(matches!(
            of_io(io::ErrorKind::StorageFull),
            OpenError::DiskFull { .. }
        ));
        assert!(matches!(
            of_io(io::ErrorKind::QuotaExceeded),
            OpenError::DiskFull { .. }
        ));
        assert!(matches!(
            of_io(io::ErrorKind::ReadOnlyFilesystem),
            OpenError::ReadOnly { .. }
        ));
        assert!(matches!(
            of_io(io::ErrorKind::TimedOut),
            OpenError::Io { .. }
        ));
        let of_sqlite = |code: i32| {
            OpenError::of_sqlite(
                path,
                rusqlite::Error::SqliteFailure(ffi::Error::new(code), None),
            )
        };
        assert!(matches!(
            of_sqlite(ffi::SQLITE_FULL),
            OpenError::DiskFull { .. }
        ));
        assert!(matches!(
            of_sqlite(ffi::SQLITE_READONLY_DIRECTORY),
            OpenError::ReadOnly { .. }
        ));
        assert!(matches!(
            of_sqlite(ffi::SQLITE_CANTOPEN),
            OpenError::ReadOnly { .. }
        ));
        assert!(matches!(
            of_sqlite(ffi::SQLITE_CORRUPT),
            OpenError::Corrupt { .. }
        ));
        assert!(matches!(
            of_sqlite(ffi::SQLITE_NOTADB),
            OpenError::NotAWorkspace { .. }
        ));
        assert!(matches!(
            of_sqlite(ffi::SQLITE_BUSY_RECOVERY),
            OpenError::Locked { .. }
        ));
        assert!(matches!(of_sqlite(ffi::SQLITE_IOERR), OpenError::Io { .. }));
    }
}
