//! Reading: a small pool of connections that cannot write.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::column;
use crate::error::StoreError;
use crate::open;

/// How many idle connections are kept; more readers than that at once open their own.
const IDLE: usize = 4;

const SELECT_REVISION: &str = "
    SELECT number FROM revision";

/// Reads a workspace, from any thread. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Reader {
    pool: Arc<Pool>,
}

#[derive(Debug)]
struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Self> {
        let first = open::open_reader(path)?;
        Ok(Self {
            pool: Arc::new(Pool {
                path: path.to_owned(),
                idle: Mutex::new(vec![first]),
            }),
        })
    }

    /// Runs `read` on the workspace as it stands now; what is written meanwhile is not seen.
    pub fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Snapshot) -> Result<T, E>,
    ) -> Result<T, E> {
        let snapshot = Snapshot::over(self.pool.take().map_err(StoreError::from)?);
        let answer = {
            let _seen = rusqlite::Transaction::new_unchecked(
                &snapshot.connection,
                TransactionBehavior::Deferred,
            )
            .map_err(StoreError::from)?;
            read(&snapshot)
        };
        self.pool.give_back(snapshot.connection);
        answer
    }
}

impl Pool {
    fn take(&self) -> rusqlite::Result<Connection> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.map_or_else(|| open::open_reader(&self.path), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(connection);
        }
    }
}

/// The workspace as it stood when reading began. Its queries are in the modules of the tables.
#[derive(Debug)]
pub struct Snapshot {
    pub(crate) connection: Connection,
}

impl Snapshot {
    pub(crate) fn over(connection: Connection) -> Self {
        Self { connection }
    }

    /// How many transactions have changed something since the workspace was made.
    pub fn revision(&self) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_REVISION)?;
        Ok(statement.query_row([], |row| column::count(row, "number"))?)
    }
}
