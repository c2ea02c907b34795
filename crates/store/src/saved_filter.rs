//! Filters of the list of members that were kept under a name.

use rusqlite::Row;

use crate::column;
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// A filter that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    /// Its id.
    pub id: String,
    /// What the admin calls it.
    pub name: String,
    /// What it asks for; text that only the window looks into.
    pub asked: String,
}

const SELECT: &str = "
    SELECT id, name, asked FROM saved_filter ORDER BY position, id";

const DELETE_ALL: &str = "
    DELETE FROM saved_filter";

const INSERT: &str = "
    INSERT INTO saved_filter (id, position, name, asked) VALUES (?1, ?2, ?3, ?4)";

impl Snapshot {
    /// The kept filters, in the order that the admin gave them.
    pub fn saved_filters(&self) -> Result<Vec<SavedFilter>, StoreError> {
        self.connection
            .prepare_cached(SELECT)?
            .query_and_then([], read)?
            .collect()
    }
}

impl Transaction {
    /// Keeps these filters, in this order, and no others.
    pub fn put_saved_filters(&self, filters: &[SavedFilter]) -> Result<(), StoreError> {
        self.connection.prepare_cached(DELETE_ALL)?.execute([])?;
        let mut insert = self.connection.prepare_cached(INSERT)?;
        for (position, filter) in filters.iter().enumerate() {
            insert.execute((
                &filter.id,
                column::limit(position),
                &filter.name,
                &filter.asked,
            ))?;
        }
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<SavedFilter, StoreError> {
    Ok(SavedFilter {
        id: row.get("id")?,
        name: row.get("name")?,
        asked: row.get("asked")?,
    })
}
