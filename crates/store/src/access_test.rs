//! Tests of access that were saved: text that this room does not look into.

use chrono::{DateTime, Utc};

use crate::column;
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// A test that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedTest {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The question and what is expected, as JSON text.
    pub body: String,
    /// When it was saved.
    pub created_at: DateTime<Utc>,
}

const SELECT: &str = "
    SELECT id, name, body, created_at FROM access_test ORDER BY seq";

const PUT: &str = "
    INSERT INTO access_test (id, name, body, created_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body";

const DELETE: &str = "
    DELETE FROM access_test WHERE id = ?1";

impl Snapshot {
    /// All tests, in the order in which they were saved.
    pub fn access_tests(&self) -> Result<Vec<SavedTest>, StoreError> {
        self.connection
            .prepare_cached(SELECT)?
            .query_and_then([], |row| {
                Ok(SavedTest {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    body: row.get("body")?,
                    created_at: column::instant(row, "created_at")?,
                })
            })?
            .collect()
    }
}

impl Transaction {
    /// Saves a test; one with the same id gives way to it and keeps its place.
    pub fn put_access_test(&self, test: &SavedTest) -> Result<(), StoreError> {
        self.connection.prepare_cached(PUT)?.execute((
            &test.id,
            &test.name,
            &test.body,
            column::millis(test.created_at),
        ))?;
        Ok(())
    }

    /// Removes the test `id`, if there is one.
    pub fn remove_access_test(&self, id: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(DELETE)?.execute([id])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn a_test_that_is_saved_again_keeps_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        let test = |id: &str, name: &str| SavedTest {
            id: id.into(),
            name: name.into(),
            body: "{}".into(),
            created_at: Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap(),
        };
        workspace
            .writer()
            .transaction(|transaction| -> Result<(), StoreError> {
                transaction.put_access_test(&test("a", "A"))?;
                transaction.put_access_test(&test("b", "B"))?;
                transaction.put_access_test(&test("c", "C"))?;
                transaction.put_access_test(&test("a", "again"))?;
                transaction.remove_access_test("b")
            })
            .unwrap();
        let read = workspace.reader().read(Snapshot::access_tests).unwrap();
        assert_eq!(read, [test("a", "again"), test("c", "C")]);
    }
}
