//! The history: entries are added and read, never changed or removed.

use std::collections::HashSet;

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId};
use rusqlite::{OptionalExtension, Row};

use crate::column;
use crate::error::{self, Constraint, StoreError};
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// Which part of the history is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Only what concerns this member's access.
    pub member: Option<MemberId>,
    /// Only entries older than this one: the last entry of the page before.
    pub before: Option<HistoryId>,
    /// At most so many entries.
    pub limit: usize,
}

/// Entries of the history, newest first, in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPage {
    /// The entries.
    pub entries: Vec<HistoryEntry>,
    /// Whether older ones follow.
    pub more: bool,
}

const SELECT: &str = "
    SELECT id, at, deed, member, object, title, before, after, reason, undoes
    FROM history WHERE id = ?1";

const SELECT_UNDO: &str = "
    SELECT id, at, deed, member, object, title, before, after, reason, undoes
    FROM history WHERE undoes = ?1 ORDER BY seq DESC LIMIT 1";

const SELECT_UNDONE: &str = "
    SELECT DISTINCT undoes
    FROM json_each(?1) AS wanted CROSS JOIN history INDEXED BY history_by_undoes
        ON undoes = wanted.value";

const SELECT_SEQ: &str = "
    SELECT seq FROM history WHERE id = ?1";

const SELECT_PAGE: &str = "
    SELECT id, at, deed, member, object, title, before, after, reason, undoes
    FROM history WHERE seq < ?1
    ORDER BY seq DESC LIMIT ?2";

const SELECT_MEMBER_PAGE: &str = "
    SELECT id, at, deed, member, object, title, before, after, reason, undoes, seq
    FROM history INDEXED BY history_by_member WHERE member = ?3 AND seq < ?1
    UNION ALL
    SELECT id, at, deed, history.member, object, title, before, after, reason, undoes,
           history_member.entry
    FROM history_member CROSS JOIN history ON history.seq = history_member.entry
    WHERE history_member.member = ?3 AND history_member.entry < ?1
    ORDER BY seq DESC LIMIT ?2";

const INSERT_MEMBER: &str = "
    INSERT OR IGNORE INTO history_member (member, entry)
    SELECT ?2, seq FROM history WHERE id = ?1";

const INSERT: &str = "
    INSERT INTO history (id, at, deed, member, object, title, before, after, reason, undoes)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

impl Snapshot {
    /// One page of the history. If the entry to go on from does not exist, that is
    /// [`StoreError::Missing`].
    pub fn history_page(&self, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        let before = match &query.before {
            None => i64::MAX,
            Some(id) => self.history_seq(id)?,
        };
        let limit = column::limit(query.limit.saturating_add(1));
        let mut entries: Vec<HistoryEntry> = match &query.member {
            None => {
                let mut statement = self.connection.prepare_cached(SELECT_PAGE)?;
                let rows = statement.query_and_then((before, limit), read_entry)?;
                rows.collect::<Result<_, _>>()?
            }
            Some(member) => {
                let mut statement = self.connection.prepare_cached(SELECT_MEMBER_PAGE)?;
                let rows =
                    statement.query_and_then((before, limit, member.as_str()), read_entry)?;
                rows.collect::<Result<_, _>>()?
            }
        };
        let more = entries.len() > query.limit;
        entries.truncate(query.limit);
        Ok(HistoryPage { entries, more })
    }

    /// The entry `id`.
    pub fn history_entry(&self, id: &HistoryId) -> Result<Option<HistoryEntry>, StoreError> {
        self.one_entry(SELECT, id)
    }

    /// The newest entry that takes back the entry `id`.
    pub fn undo_of(&self, id: &HistoryId) -> Result<Option<HistoryEntry>, StoreError> {
        self.one_entry(SELECT_UNDO, id)
    }

    /// Those of the entries `ids` that were taken back.
    pub fn undone_among(&self, ids: &[HistoryId]) -> Result<HashSet<HistoryId>, StoreError> {
        let wanted = column::json_list(ids.iter().map(HistoryId::as_str));
        self.connection
            .prepare_cached(SELECT_UNDONE)?
            .query_and_then([&wanted], |row| {
                Ok(HistoryId::new(row.get::<_, String>("undoes")?))
            })?
            .collect()
    }

    fn one_entry(&self, sql: &str, id: &HistoryId) -> Result<Option<HistoryEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query_and_then([id.as_str()], read_entry)?;
        rows.next().transpose()
    }

    fn history_seq(&self, id: &HistoryId) -> Result<i64, StoreError> {
        self.connection
            .prepare_cached(SELECT_SEQ)?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Missing {
                what: "history entry",
                id: id.as_str().to_owned(),
            })
    }
}

impl Transaction {
    /// Notes that the entry `id`, which is not one member's alone, concerns the access of `members`.
    pub fn note_concerned<'a>(
        &self,
        id: &HistoryId,
        members: impl IntoIterator<Item = &'a MemberId>,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(INSERT_MEMBER)?;
        for member in members {
            statement.execute([id.as_str(), member.as_str()])?;
        }
        Ok(())
    }

    /// Adds an entry; it stays for good.
    pub fn append_history(&self, entry: &HistoryEntry) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(INSERT)?;
        statement
            .execute((
                entry.id.as_str(),
                column::millis(entry.at),
                &entry.deed,
                entry.member.as_ref().map(MemberId::as_str),
                &entry.object,
                &entry.title,
                &entry.before,
                &entry.after,
                &entry.reason,
                entry.undoes.as_ref().map(HistoryId::as_str),
            ))
            .map_err(|error| match error::broken_constraint(&error) {
                // The one rule for a new entry is that it takes no other one's place.
                Some(Constraint::Rule(_)) => StoreError::Exists {
                    what: "history entry",
                    id: entry.id.as_str().to_owned(),
                },
                _ => StoreError::of_row(error, "history entry", entry.id.as_str()),
            })?;
        Ok(())
    }
}

fn read_entry(row: &Row<'_>) -> Result<HistoryEntry, StoreError> {
    Ok(HistoryEntry {
        id: row.get::<_, String>("id")?.into(),
        at: column::instant(row, "at")?,
        deed: row.get("deed")?,
        member: row.get::<_, Option<String>>("member")?.map(Into::into),
        object: row.get("object")?,
        title: row.get("title")?,
        before: row.get("before")?,
        after: row.get("after")?,
        reason: row.get("reason")?,
        undoes: row.get::<_, Option<String>>("undoes")?.map(Into::into),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn a_page_of_the_history_is_read_from_its_place_on() {
        for (sql, index) in [
            (SELECT_PAGE, "INTEGER PRIMARY KEY (rowid<?)"),
            (
                SELECT_MEMBER_PAGE,
                "INDEX history_by_member (member=? AND seq<?)",
            ),
            (SELECT_MEMBER_PAGE, "PRIMARY KEY (member=? AND entry<?)"),
        ] {
            let plan = plan::of(sql);
            let step = plan.iter().find(|step| step.contains(index));
            assert!(
                step.is_some_and(|step| step.starts_with("SEARCH")),
                "{plan:?}"
            );
            assert_eq!(plan::scans(&plan), Vec::<&String>::new());
            assert!(!plan::sorts(&plan), "{plan:?}");
        }
    }

    #[test]
    fn undone_entries_are_looked_up() {
        for sql in [SELECT_UNDO, SELECT_UNDONE] {
            let plan = plan::of(sql);
            assert!(
                plan.iter().any(|step| step.contains("history_by_undoes")),
                "{plan:?}"
            );
            assert_eq!(plan::scans(&plan), Vec::<&String>::new());
        }
    }
}
