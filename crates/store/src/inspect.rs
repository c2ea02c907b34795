//! Looking at a file before it is trusted: whose it is, how new, whether it is damaged.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::migration::{self, APPLICATION_ID, KNOWN_VERSION};
use crate::open::OpenError;

/// How much of a file is searched for damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// As much as takes a moment, which is all of a usual file. Damage in the rest of a very large
    /// one is met when it is read.
    Quick,
    /// All of it, and whether indices and tables agree.
    Thorough,
}

/// After how many steps of SQLite's a quick search for damage stops: some tens of milliseconds.
const QUICK_STEPS: i32 = 2_000_000;

/// The length of the header of a SQLite file.
const HEADER: usize = 100;

/// Where in the header the numbers are that tell what a file is.
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

/// Reads the bytes that tell what a SQLite file is, with nothing but reading them.
pub(crate) fn header(path: &Path) -> Result<(), OpenError> {
    let of_io = |error| OpenError::of_io(path, error);
    let not_ours = || OpenError::NotAWorkspace {
        path: path.to_owned(),
    };
    // Reading from something that is no file may wait for ever.
    if !fs::metadata(path).map_err(of_io)?.is_file() {
        return Err(not_ours());
    }
    let mut file = File::open(path).map_err(of_io)?;
    let mut header = [0; HEADER];
    file.read_exact(&mut header).map_err(|error| {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            not_ours()
        } else {
            of_io(error)
        }
    })?;
    let is_ours = number_at(&header, APPLICATION_ID_AT) == APPLICATION_ID.cast_unsigned();
    if !header.starts_with(b"SQLite format 3\0") || !is_ours {
        return Err(not_ours());
    }
    refuse_newer(path, i64::from(number_at(&header, USER_VERSION_AT)))
}

/// Looks at the file as if nobody could change it, so that SQLite makes no lock and no side file.
pub(crate) fn without_locks(path: &Path) -> Result<(), OpenError> {
    let connection = Connection::open_with_flags(
        immutable_uri(path),
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI,
    )
    .map_err(|error| OpenError::of_sqlite(path, error))?;
    schema(path, &connection)?;
    damage(path, &connection, Effort::Quick)
}

/// Refuses a schema that this build does not know.
pub(crate) fn schema(path: &Path, connection: &Connection) -> Result<(), OpenError> {
    let of_sqlite = |error| OpenError::of_sqlite(path, error);
    let found = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(of_sqlite)?;
    refuse_newer(path, found)?;
    match migration::differing_step(connection).map_err(of_sqlite)? {
        None => Ok(()),
        Some(version) => Err(OpenError::OtherSchema {
            path: path.to_owned(),
            version,
        }),
    }
}

/// Searches the file for damage.
pub(crate) fn damage(
    path: &Path,
    connection: &Connection,
    effort: Effort,
) -> Result<(), OpenError> {
    match first_finding(connection, effort) {
        Ok(None) => Ok(()),
        Ok(Some(finding)) => Err(OpenError::Corrupt {
            path: path.to_owned(),
            finding,
        }),
        Err(error) => Err(OpenError::of_sqlite(path, error)),
    }
}

/// The first damage that is found in the file, in SQLite's words.
pub(crate) fn first_finding(
    connection: &Connection,
    effort: Effort,
) -> rusqlite::Result<Option<String>> {
    let check = match effort {
        Effort::Quick => "quick_check",
        Effort::Thorough => "integrity_check",
    };
    if effort == Effort::Quick {
        connection.progress_handler(QUICK_STEPS, Some(|| true))?;
    }
    let found = connection.pragma_query_value(None, check, |row| row.get::<_, String>(0));
    connection.progress_handler(0, None::<fn() -> bool>)?;
    match found {
        Ok(finding) if finding == "ok" => Ok(None),
        Ok(finding) => Ok(Some(finding)),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn refuse_newer(path: &Path, found: i64) -> Result<(), OpenError> {
    if found > KNOWN_VERSION {
        return Err(OpenError::NewerSchema {
            path: path.to_owned(),
            found,
            known: KNOWN_VERSION,
        });
    }
    Ok(())
}

/// The big-endian number in the four bytes of `header` from `at`.
fn number_at(header: &[u8; HEADER], at: usize) -> u32 {
    header
        .get(at..at + 4)
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, u32::from_be_bytes)
}

/// `path` as a SQLite URI that promises that the file does not change.
fn immutable_uri(path: &Path) -> String {
    // A drive letter stands after a slash in a URI.
    let mut uri = String::from(if cfg!(windows) && path.has_root() {
        "file:/"
    } else {
        "file:"
    });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(*byte)),
            b':' if cfg!(windows) => uri.push(':'),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            byte => {
                let digit = |shift: u8| char::from_digit(u32::from((byte >> shift) & 0xf), 16);
                uri.push('%');
                uri.extend([4, 0].into_iter().filter_map(digit));
            }
        }
    }
    uri.push_str("?immutable=1");
    uri
}
