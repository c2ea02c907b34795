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

#[cfg(test)]
mod tests {
    use reeve_domain::member::{Member, MemberKind};

    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn what_reads_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        for sql in [
            "INSERT INTO setting VALUES ('a', 'b')",
            "UPDATE revision SET number = 7",
            "DELETE FROM member",
            "CREATE TABLE more (a)",
            "PRAGMA user_version = 7",
        ] {
            let refused = workspace
                .reader()
                .read(|snapshot| -> Result<(), StoreError> {
                    Ok(snapshot.connection.execute_batch(sql)?)
                });
            assert!(
                matches!(refused, Err(StoreError::ReadOnly)),
                "{sql}: {refused:?}"
            );
        }
    }

    #[test]
    fn readers_beyond_the_pool_read_too_and_only_a_few_connections_stay() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        let reader = workspace.reader();
        let nested = reader.read(|_| {
            reader.read(|_| {
                reader.read(|_| reader.read(|_| reader.read(|_| reader.read(Snapshot::revision))))
            })
        });
        assert_eq!(nested.unwrap(), 0);
        assert_eq!(reader.pool.idle.lock().unwrap().len(), IDLE);
    }

    #[test]
    fn a_row_that_this_build_cannot_read_is_an_error_and_not_a_guess() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::create(&folder.path().join("test.reeve")).unwrap();
        let member = Member {
            id: "m".into(),
            kind: MemberKind::User,
            name: "M".into(),
            handle: String::new(),
            username: String::new(),
            auth_methods: Vec::new(),
            metadata: Vec::new(),
        };
        workspace
            .writer()
            .transaction(|transaction| {
                transaction.insert_member(&member)?;
                let connection = &transaction.connection;
                connection.execute_batch("PRAGMA ignore_check_constraints = on")?;
                connection.execute_batch(
                    "INSERT INTO history (id, at, deed, object, title, reason, hash)
                     VALUES ('h', 9223372036854775807, '', '', '', '', zeroblob(32))",
                )?;
                connection.execute_batch("DROP TRIGGER member_kind_is_fixed")?;
                Ok::<_, StoreError>(connection.execute_batch("UPDATE member SET kind = 'robot'")?)
            })
            .unwrap();
        let member = workspace
            .reader()
            .read(|snapshot| snapshot.member(&"m".into()));
        assert!(
            matches!(member, Err(StoreError::Unreadable { what: "kind" })),
            "{member:?}"
        );
        let entry = workspace
            .reader()
            .read(|snapshot| snapshot.history_entry(&"h".into()));
        assert!(
            matches!(entry, Err(StoreError::Unreadable { what: "at" })),
            "{entry:?}"
        );
    }
}
