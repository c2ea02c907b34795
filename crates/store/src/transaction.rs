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
    connection: Arc<Mutex<Connection>>,
}

impl Writer {
    pub(crate) fn over(connection: Connection) -> Self {
        Self {
            connection: Arc::new(Mutex::new(connection)),
        }
    }

    /// Runs `write` and keeps all of what it wrote, or nothing if it fails or panics. It must not
    /// begin another transaction of this workspace.
    pub fn transaction<T, E: From<StoreError>>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic inside rolled its transaction back, so the connection behind is sound.
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let changes = transaction.total_changes();
        let answer = write(&Transaction {
            snapshot: Snapshot::over(&transaction),
        })?;
        if transaction.total_changes() != changes {
            transaction
                .execute(COUNT_CHANGE, [])
                .map_err(StoreError::from)?;
        }
        transaction.commit().map_err(StoreError::from)?;
        Ok(answer)
    }
}

/// A change in the making: everything that a [`Snapshot`] reads, and writes. Its deeds are in the
/// modules of the tables.
#[derive(Debug)]
pub struct Transaction<'a> {
    snapshot: Snapshot<'a>,
}

impl<'a> Deref for Transaction<'a> {
    type Target = Snapshot<'a>;

    fn deref(&self) -> &Self::Target {
        &self.snapshot
    }
}
