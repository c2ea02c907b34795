//! The schema, as a list of steps that are never edited once released.
//!
//! Each applied step leaves its checksum in the file, so that a file whose schema was made by other
//! steps under the same number is recognised.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::chain;

/// Says that a SQLite file is one of ours: `ReeV` in the header's application id.
pub(crate) const APPLICATION_ID: i32 = 0x5265_6556;

/// The steps, oldest first; the number of applied ones is the file's `user_version`.
const STEPS: [&str; 10] = [
    include_str!("../../../migrations/0001_workspace.sql"),
    include_str!("../../../migrations/0002_role_draft.sql"),
    include_str!("../../../migrations/0003_grants.sql"),
    include_str!("../../../migrations/0004_history_chain.sql"),
    include_str!("../../../migrations/0005_access_test.sql"),
    include_str!("../../../migrations/0006_pulled.sql"),
    include_str!("../../../migrations/0007_member_facts.sql"),
    include_str!("../../../migrations/0008_draft_steps.sql"),
    include_str!("../../../migrations/0009_answer_parts.sql"),
    include_str!("../../../migrations/0010_folder_grant.sql"),
];

/// The step after which the entries of the history are chained, which SQL alone cannot do.
const CHAINING: i64 = 4;

/// The schema version that this build writes.
pub(crate) const KNOWN_VERSION: i64 = 10;

const CREATE_CHECKSUMS: &str = "
    CREATE TABLE IF NOT EXISTS migration (
        version  INTEGER PRIMARY KEY,
        checksum TEXT NOT NULL
    ) STRICT";

const INSERT_CHECKSUM: &str = "
    INSERT INTO migration (version, checksum) VALUES (?1, ?2)";

const SELECT_CHECKSUMS: &str = "
    SELECT version, checksum FROM migration ORDER BY version";

/// Applies the steps that `connection` lacks: all of them or none.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), rusqlite_migration::Error> {
    let steps = STEPS
        .into_iter()
        .enumerate()
        .map(|(index, sql)| {
            M::up_with_hook(sql, move |transaction: &rusqlite::Transaction<'_>| {
                transaction.execute(CREATE_CHECKSUMS, [])?;
                let version = i64::try_from(index + 1).unwrap_or(i64::MAX);
                transaction.execute(INSERT_CHECKSUM, (version, checksum(sql)))?;
                transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
                if version == CHAINING {
                    chain::chain_all(transaction)?;
                }
                Ok(())
            })
            .foreign_key_check()
        })
        .collect();
    Migrations::new(steps).to_latest(connection)
}

/// The first applied step whose checksum is not that of this build's step, if there is one.
pub(crate) fn differing_step(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare(SELECT_CHECKSUMS)?;
    let mut rows = statement.query([])?;
    let mut known = STEPS.iter();
    while let Some(row) = rows.next()? {
        let found: String = row.get("checksum")?;
        if known.next().is_none_or(|sql| checksum(sql) != found) {
            return row.get("version").map(Some);
        }
    }
    Ok(None)
}

/// FNV-1a over 128 bits of the text with its line ends made `\n`, as hexadecimal. It guards against
/// mistakes, not against malice.
fn checksum(sql: &str) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = sql
        .bytes()
        .filter(|byte| *byte != b'\r')
        .fold(OFFSET, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(PRIME)
        });
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn migrated() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection
    }

    #[test]
    fn the_known_version_is_the_number_of_steps() {
        assert_eq!(usize::try_from(KNOWN_VERSION), Ok(STEPS.len()));
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = migrated();
        let schema = |connection: &Connection| -> Vec<(String, Option<String>)> {
            let mut statement = connection
                .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
                .unwrap();
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
            rows.unwrap().map(Result::unwrap).collect()
        };
        let before = (schema(&connection), connection.total_changes());
        migrate(&mut connection).unwrap();
        assert_eq!((schema(&connection), connection.total_changes()), before);
        assert_eq!(differing_step(&connection).unwrap(), None);
    }

    #[test]
    fn a_step_that_is_not_ours_is_seen() {
        let connection = migrated();
        connection
            .execute("UPDATE migration SET checksum = 'x' WHERE version = 1", [])
            .unwrap();
        assert_eq!(differing_step(&connection).unwrap(), Some(1));
    }

    #[test]
    fn line_ends_do_not_change_a_checksum() {
        assert_eq!(checksum("a\r\nb"), checksum("a\nb"));
        assert_ne!(checksum("a\nb"), checksum("a\nc"));
    }
}
