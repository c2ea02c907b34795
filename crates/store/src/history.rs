//! The history: entries are added and read, never changed or removed. Each is chained to the one
//! before it, see [`crate::chain`].

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId, RoleId};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{OptionalExtension, Row};

use crate::chain::{self, Fingerprint, Link};
use crate::column;
use crate::error::{self, Constraint, StoreError};
use crate::fold::fold;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// Which part of the history is wanted. What is empty leaves nothing out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// Only what concerns this member.
    pub member: Option<MemberId>,
    /// Only what concerns this role: itself, or who has it.
    pub role: Option<RoleId>,
    /// Only these deeds.
    pub deeds: Vec<String>,
    /// Only entries with all of these words: in what was changed, why, by whom, or in the objects.
    pub text: String,
    /// Only entries older than this one: where the page before left off.
    pub before: Option<HistoryId>,
    /// At most so many entries.
    pub limit: usize,
}

/// Entries of the history, newest first, in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPage {
    /// The entries.
    pub entries: Vec<RecordedEntry>,
    /// Where to go on, if older ones may follow. A search that finds little pauses after a while,
    /// so there may be a place to go on with few entries or none.
    pub older: Option<HistoryId>,
}

/// An entry as it stands in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEntry {
    /// The entry.
    pub entry: HistoryEntry,
    /// Who did it; empty if that was not recorded.
    pub author: String,
    /// Its place in the chain.
    pub link: Link,
}

/// What an entry concerns, for finding it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// The access of a member.
    Member(MemberId),
    /// A role or who has it.
    Role(RoleId),
}

/// How many entries one page of a search by words looks at.
const LOOKED_AT: usize = 20_000;

const SELECT: &str = "
    SELECT seq, id, at, author, deed, member, object, title, before, after, reason, undoes, hash
    FROM history WHERE id = ?1";

const SELECT_UNDO: &str = "
    SELECT seq, id, at, author, deed, member, object, title, before, after, reason, undoes, hash
    FROM history WHERE undoes = ?1 ORDER BY seq DESC LIMIT 1";

const SELECT_UNDONE: &str = "
    SELECT DISTINCT undoes
    FROM json_each(?1) AS wanted CROSS JOIN history INDEXED BY history_by_undoes
        ON undoes = wanted.value";

const SELECT_SEQ: &str = "
    SELECT seq FROM history WHERE id = ?1";

const SELECT_DEEDS: &str = "
    WITH RECURSIVE known (deed) AS (
        SELECT min(deed) FROM history
        UNION ALL
        SELECT (SELECT min(deed) FROM history WHERE deed > known.deed)
        FROM known WHERE known.deed IS NOT NULL)
    SELECT deed FROM known WHERE deed IS NOT NULL";

const SELECT_PAGE: &str = "
    SELECT history.seq, history.id, at, author, deed, member, object, title, before, after, reason,
           undoes, hash, member.name AS member_name
    FROM history LEFT JOIN member ON member.id = history.member
    WHERE history.seq < ?1 AND (?2 IS NULL OR deed IN (SELECT value FROM json_each(?2)))
    ORDER BY history.seq DESC";

/// As [`SELECT_PAGE`], of what concerns one member or role, and another one too if it is given.
const SELECT_CONCERN_PAGE: &str = "
    SELECT history.seq, history.id, at, author, deed, member, object, title, before, after, reason,
           undoes, hash, member.name AS member_name
    FROM history_concern AS concern
    CROSS JOIN history ON history.seq = concern.entry
    LEFT JOIN member ON member.id = history.member
    WHERE concern.kind = ?3 AND concern.id = ?4 AND concern.entry < ?1
      AND (?2 IS NULL OR deed IN (SELECT value FROM json_each(?2)))
      AND (?5 IS NULL OR EXISTS (
          SELECT 1 FROM history_concern AS other
          WHERE other.kind = ?5 AND other.id = ?6 AND other.entry = concern.entry))
    ORDER BY concern.entry DESC";

const COUNT_SINCE: &str = "
    SELECT count(*) AS entries FROM history WHERE at > ?1";

const INSERT: &str = "
    INSERT INTO history (seq, id, at, author, deed, member, object, title, before, after, reason,
                         undoes, hash)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

const INSERT_CONCERN: &str = "
    INSERT OR IGNORE INTO history_concern (kind, id, entry)
    VALUES (?1, ?2, ?3)";

impl Snapshot {
    /// How many entries were written after `at`.
    pub fn history_count_since(&self, at: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(COUNT_SINCE)?;
        let count =
            statement.query_row([column::millis(at)], |row| column::count(row, "entries"))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// One page of the history. If the entry to go on from does not exist, that is
    /// [`StoreError::Missing`].
    pub fn history_page(&self, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
        let before = match &query.before {
            None => i64::MAX,
            Some(id) => self.history_seq(id)?,
        };
        let deeds = (!query.deeds.is_empty())
            .then(|| column::json_list(query.deeds.iter().map(String::as_str)));
        let member = query.member.as_ref().map(|id| ("member", id.as_str()));
        let role = query.role.as_ref().map(|id| ("role", id.as_str()));
        match member.or(role) {
            None => {
                let mut statement = self.connection.prepare_cached(SELECT_PAGE)?;
                gather(statement.query((before, deeds))?, query)
            }
            Some((kind, id)) => {
                let (other, other_id) = member.and(role).unzip();
                let mut statement = self.connection.prepare_cached(SELECT_CONCERN_PAGE)?;
                gather(
                    statement.query((before, deeds, kind, id, other, other_id))?,
                    query,
                )
            }
        }
    }

    /// The entry `id`.
    pub fn history_entry(&self, id: &HistoryId) -> Result<Option<HistoryEntry>, StoreError> {
        Ok(self.recorded_entry(id)?.map(|recorded| recorded.entry))
    }

    /// The entry `id` with what the history itself keeps of it.
    pub fn recorded_entry(&self, id: &HistoryId) -> Result<Option<RecordedEntry>, StoreError> {
        self.one_entry(SELECT, id)
    }

    /// The newest entry that takes back the entry `id`.
    pub fn undo_of(&self, id: &HistoryId) -> Result<Option<HistoryEntry>, StoreError> {
        Ok(self
            .one_entry(SELECT_UNDO, id)?
            .map(|recorded| recorded.entry))
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

    /// Every kind of deed that the history tells of, sorted.
    pub fn deeds_done(&self) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached(SELECT_DEEDS)?
            .query_and_then([], |row| Ok(row.get("deed")?))?
            .collect()
    }

    fn one_entry(&self, sql: &str, id: &HistoryId) -> Result<Option<RecordedEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query_and_then([id.as_str()], read_entry)?;
        rows.next().transpose()
    }

    fn history_seq(&self, id: &HistoryId) -> Result<i64, StoreError> {
        self.connection
            .prepare_cached(SELECT_SEQ)?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?
            .ok_or_else(|| missing(id))
    }
}

impl Transaction {
    /// Adds an entry, signed by whoever the writer writes for; it stays for good.
    pub fn append_history(&self, entry: &HistoryEntry) -> Result<(), StoreError> {
        let (head, next) = chain::head(&self.connection)?;
        let mut values = row_values(entry, &self.author, next);
        let hash = {
            let mut hashed = [ValueRef::Null; chain::COLUMNS.len()];
            for (place, value) in hashed.iter_mut().zip(&values) {
                *place = ValueRef::from(value);
            }
            chain::hash(head.fingerprint, &hashed)
        };
        values.push(Value::Blob(hash.0.to_vec()));
        self.connection
            .prepare_cached(INSERT)?
            .execute(rusqlite::params_from_iter(values))
            .map_err(|error| match error::broken_constraint(&error) {
                // The one rule for a new entry is that it takes no other one's place.
                Some(Constraint::Rule(_)) => StoreError::Exists {
                    what: "history entry",
                    id: entry.id.as_str().to_owned(),
                },
                _ => StoreError::of_row(error, "history entry", entry.id.as_str()),
            })?;
        match &entry.member {
            None => Ok(()),
            Some(member) => self.insert_concern(&Concern::Member(member.clone()), next),
        }
    }

    /// Lets the entry `id` be found by what it concerns beside its member.
    pub fn note_concerned(
        &self,
        id: &HistoryId,
        concerns: impl IntoIterator<Item = Concern>,
    ) -> Result<(), StoreError> {
        let entry = self.history_seq(id)?;
        concerns
            .into_iter()
            .try_for_each(|concern| self.insert_concern(&concern, entry))
    }

    fn insert_concern(&self, concern: &Concern, entry: i64) -> Result<(), StoreError> {
        let (kind, id) = match concern {
            Concern::Member(id) => ("member", id.as_str()),
            Concern::Role(id) => ("role", id.as_str()),
        };
        self.connection
            .prepare_cached(INSERT_CONCERN)?
            .execute((kind, id, entry))?;
        Ok(())
    }
}

/// The values of a new row in the order of [`chain::COLUMNS`].
fn row_values(entry: &HistoryEntry, author: &str, seq: i64) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    let optional = |value: Option<&str>| value.map_or(Value::Null, text);
    vec![
        Value::Integer(seq),
        text(entry.id.as_str()),
        Value::Integer(column::millis(entry.at)),
        text(author),
        text(&entry.deed),
        optional(entry.member.as_ref().map(MemberId::as_str)),
        text(&entry.object),
        text(&entry.title),
        optional(entry.before.as_deref()),
        optional(entry.after.as_deref()),
        text(&entry.reason),
        optional(entry.undoes.as_ref().map(HistoryId::as_str)),
    ]
}

/// Reads entries until the page is full, leaving out those without the words that are looked for.
fn gather(mut rows: rusqlite::Rows<'_>, query: &HistoryQuery) -> Result<HistoryPage, StoreError> {
    let sought = fold(&query.text);
    let words: Vec<&str> = sought.split_whitespace().collect();
    let mut page = HistoryPage {
        entries: Vec::new(),
        older: None,
    };
    let mut last: Option<HistoryId> = None;
    let mut looked_at = 0;
    while let Some(row) = rows.next()? {
        if page.entries.len() == query.limit || looked_at == LOOKED_AT {
            page.older = last;
            break;
        }
        looked_at += 1;
        let recorded = read_entry(row)?;
        last = Some(recorded.entry.id.clone());
        if words.is_empty() || has_words(&recorded, row, &words)? {
            page.entries.push(recorded);
        }
    }
    Ok(page)
}

/// Whether each of `words` is somewhere in the entry.
fn has_words(recorded: &RecordedEntry, row: &Row<'_>, words: &[&str]) -> Result<bool, StoreError> {
    let RecordedEntry { entry, author, .. } = recorded;
    let name: Option<String> = row.get("member_name")?;
    let brief = fold(&format!(
        "{}\n{}\n{author}\n{}",
        entry.title,
        entry.reason,
        name.unwrap_or_default()
    ));
    let mut rest = words
        .iter()
        .filter(|word| !brief.contains(**word))
        .peekable();
    if rest.peek().is_none() {
        return Ok(true);
    }
    let objects = [&entry.before, &entry.after].map(|side| side.as_deref().map(fold));
    Ok(rest.all(|word| {
        objects
            .iter()
            .flatten()
            .any(|object| object.contains(*word))
    }))
}

fn missing(id: &HistoryId) -> StoreError {
    StoreError::Missing {
        what: "history entry",
        id: id.as_str().to_owned(),
    }
}

fn read_entry(row: &Row<'_>) -> Result<RecordedEntry, StoreError> {
    Ok(RecordedEntry {
        entry: HistoryEntry {
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
        },
        author: row.get("author")?,
        link: Link {
            number: row.get("seq")?,
            fingerprint: row
                .get::<_, Vec<u8>>("hash")?
                .try_into()
                .map_or(Fingerprint::START, Fingerprint),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn a_page_of_the_history_is_read_from_its_place_on() {
        for (sql, index) in [
            (
                SELECT_PAGE,
                "SEARCH history USING INTEGER PRIMARY KEY (rowid<?)",
            ),
            (
                SELECT_CONCERN_PAGE,
                "SEARCH concern USING PRIMARY KEY (kind=? AND id=? AND entry<?)",
            ),
        ] {
            let plan = plan::of(sql);
            assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
            assert!(!plan::sorts(&plan), "{plan:?}");
            assert_eq!(plan::scans(&plan), Vec::<&String>::new());
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
