//! A workspace: one file, one writer, a few readers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::StoreError;
use crate::inspect::{self, Effort};
use crate::open::{self, OpenError};
use crate::snapshot::{Reader, Snapshot};
use crate::transaction::Writer;

/// An open workspace. Clones share the file; the last one to go closes it.
#[derive(Debug, Clone)]
pub struct Workspace {
    path: Arc<PathBuf>,
    // The reader stands before the writer so that the writer's connection is closed last, which
    // folds the log into the file.
    reader: Reader,
    writer: Writer,
}

impl Workspace {
    /// Makes an empty workspace at `path`, where nothing may be yet.
    pub fn create(path: &Path) -> Result<Self, OpenError> {
        Self::over(path, open::create(path)?)
    }

    /// Makes an empty workspace that is filled at once, far quicker than others, and is then closed
    /// and put in its place, or thrown away: a crash meanwhile may damage it.
    pub fn create_passing(path: &Path) -> Result<Self, OpenError> {
        let connection = open::create(path)?;
        open::make_passing(path, &connection)?;
        Self::over(path, connection)
    }

    /// Opens the workspace at `path`, bringing an older one up to date.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::over(path, open::open(path)?)
    }

    fn over(path: &Path, connection: rusqlite::Connection) -> Result<Self, OpenError> {
        let path = std::path::absolute(path).map_err(|error| OpenError::Io {
            path: path.to_owned(),
            source: Box::new(error),
        })?;
        let reader = Reader::open(&path).map_err(|error| OpenError::of_sqlite(&path, error))?;
        Ok(Self {
            path: Arc::new(path),
            reader,
            writer: Writer::over(connection),
        })
    }

    /// Where its file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The handle that reads.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The handle that writes.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Copies the workspace as it stands to a new file at `path`.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.reader
            .read(|snapshot| Ok(snapshot.connection.backup("main", path, None)?))
    }

    /// Searches the whole file for damage, which takes a while for a large one, and gives the first
    /// finding, in SQLite's words.
    pub fn first_damage(&self) -> Result<Option<String>, StoreError> {
        self.reader.read(|snapshot| {
            let found = inspect::first_finding(&snapshot.connection, Effort::Thorough);
            found.map_err(StoreError::from)
        })
    }

    /// How many transactions have changed something since the workspace was made, also those of
    /// other programs. Two equal revisions mean that nothing changed in between.
    pub fn revision(&self) -> Result<u64, StoreError> {
        self.reader.read(Snapshot::revision)
    }
}
