//! Settings of the workspace: text under a key.

use rusqlite::OptionalExtension;

use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

const SELECT: &str = "
    SELECT value FROM setting WHERE key = ?1";

const PUT: &str = "
    INSERT INTO setting (key, value) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value";

const DELETE: &str = "
    DELETE FROM setting WHERE key = ?1";

impl Snapshot {
    /// The setting under `key`, if it was ever set.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT)?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }
}

impl Transaction {
    /// Sets what is under `key`.
    pub fn put_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(PUT)?.execute([key, value])?;
        Ok(())
    }

    /// Forgets what is under `key`, if there is something.
    pub fn remove_setting(&self, key: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached(DELETE)?.execute([key])?;
        Ok(())
    }
}
