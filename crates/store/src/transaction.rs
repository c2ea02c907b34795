//! Writing: one connection behind a lock, all or nothing.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StoreError;
use crate::fact::Finder;
use crate::snapshot::Snapshot;

const COUNT_CHANGE: &str = "
    UPDATE revision SET number = number + 1";

/// Writes a workspace, from any thread, one transaction at a time. Clones share the connection.
#[derive(Debug, Clone)]
pub struct Writer {
    writing: Arc<Mutex<Transaction>>,
}

impl Writer {
    pub(crate) fn over(connection: Connection) -> Self {
        let snapshot = Snapshot::over(connection);
        Self {
            writing: Arc::new(Mutex::new(Transaction {
                snapshot,
                finder: Finder::default(),
                author: String::new(),
            })),
        }
    }

    /// From now on, entries of the history say that `author` did what they tell of.
    pub fn sign_as(&self, author: &str) {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        author.clone_into(&mut writing.author);
    }

    /// From now on, `finder` is asked about rules that are written.
    pub(crate) fn find_facts_with(&self, finder: Finder) {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        writing.finder = finder;
    }

    /// Runs `write` and keeps all of what it wrote, or nothing if it fails or panics. It must not
    /// begin another transaction of this workspace.
    pub fn transaction<T, E: From<StoreError>>(
        &self,
        write: impl FnOnce(&Transaction) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic inside rolled its transaction back, so the connection behind is sound.
        let writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = &writing.snapshot.connection;
        let whole =
            rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
                .map_err(StoreError::from)?;
        let changes = connection.total_changes();
        writing.finder.begin();
        let answer = write(&writing)?;
        if connection.total_changes() != changes {
            connection
                .execute(COUNT_CHANGE, [])
                .map_err(StoreError::from)?;
        }
        whole.commit().map_err(StoreError::from)?;
        Ok(answer)
    }
}

/// A change in the making: everything that a [`Snapshot`] reads, and writes. Its deeds are in the
/// modules of the tables.
#[derive(Debug)]
pub struct Transaction {
    snapshot: Snapshot,
    pub(crate) finder: Finder,
    /// Who writes, for the history.
    pub(crate) author: String,
}

impl Deref for Transaction {
    type Target = Snapshot;

    fn deref(&self) -> &Self::Target {
        &self.snapshot
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn a_full_disk_is_said_and_leaves_the_workspace_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        let put = |value: &str| {
            let put = |transaction: &Transaction| transaction.put_setting("key", value);
            workspace.writer().transaction(put)
        };
        put("small").unwrap();
        workspace
            .writer()
            .transaction(|transaction| -> Result<(), StoreError> {
                let pages = |pragma: &str| -> rusqlite::Result<i64> {
                    let connection = &transaction.connection;
                    connection.pragma_query_value(None, pragma, |row| row.get(0))
                };
                let most = pages("page_count")?;
                let set = format!("PRAGMA max_page_count = {most}");
                Ok(transaction.connection.query_row(&set, [], |_| Ok(()))?)
            })
            .unwrap();
        let refused = put(&"large".repeat(10_000));
        assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
        let value = workspace.reader().read(|snapshot| snapshot.setting("key"));
        assert_eq!(value.unwrap().as_deref(), Some("small"));
        put("again").unwrap();
    }

    #[test]
    fn a_file_that_another_program_is_writing_is_busy_for_now() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        let other = Connection::open(workspace.path()).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let writing = workspace.writer().writing.lock().unwrap();
        writing.connection.busy_timeout(Duration::ZERO).unwrap();
        drop(writing);
        let put = |transaction: &Transaction| transaction.put_setting("key", "value");
        let refused = workspace.writer().transaction(put).unwrap_err();
        assert!(matches!(refused, StoreError::Busy), "{refused:?}");
        assert!(refused.is_transient());
        other.execute_batch("COMMIT").unwrap();
        workspace.writer().transaction(put).unwrap();
    }

    #[test]
    fn a_file_that_is_damaged_while_it_is_open_is_said_to_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.reeve");
        drop(Workspace::create(&path).unwrap());
        let workspace = Workspace::open(&path).unwrap();
        let whole = std::fs::read(&path).unwrap();
        let mut damaged = whole.clone();
        damaged[4096..].fill(0xa5);
        std::fs::write(&path, damaged).unwrap();
        let read = workspace.reader().read(|snapshot| snapshot.setting("key"));
        assert!(matches!(read, Err(StoreError::Corrupt)), "{read:?}");
        let damage = workspace.first_damage();
        assert!(!matches!(damage, Ok(None)), "{damage:?}");
    }
}
