//! Writing: one connection behind a lock, all or nothing.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::StoreError;
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
            writing: Arc::new(Mutex::new(Transaction { snapshot })),
        }
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
}

impl Deref for Transaction {
    type Target = Snapshot;

    fn deref(&self) -> &Self::Target {
        &self.snapshot
    }
}
