//! The chain of the history: each entry's hash covers its content and the hash before it, so that a
//! changed, removed or inserted entry is seen.
//!
//! What is hashed, in this order: the 32 bytes of the hash before (zeros before the first entry),
//! then the columns in [`COLUMNS`], each as one byte for its type (0 nothing, 1 number, 2 text), eight
//! bytes for its length in bytes, big-endian, and the bytes themselves; a number is eight bytes,
//! big-endian. The hash is SHA-256.

use std::fmt;

use chrono::{DateTime, Utc};
use reeve_domain::id::HistoryId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::column;
use crate::error::StoreError;
use crate::snapshot::Snapshot;

/// The columns of an entry that its hash covers, in order.
pub const COLUMNS: [&str; 12] = [
    "seq", "id", "at", "author", "deed", "member", "object", "title", "before", "after", "reason",
    "undoes",
];

/// At most so many breaks are told one by one.
const BREAKS: usize = 100;

/// The hash of an entry and, through it, of every entry before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub(crate) [u8; 32]);

impl Fingerprint {
    /// What stands before the first entry.
    pub const START: Self = Self([0; 32]);
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The place of one entry in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The number of the entry, from 1.
    pub number: i64,
    /// Its hash.
    pub fingerprint: Fingerprint,
}

impl Link {
    /// The place before the first entry.
    pub const START: Self = Self {
        number: 0,
        fingerprint: Fingerprint::START,
    };
}

/// What a check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainCheck {
    /// How many entries were looked at.
    pub entries: u64,
    /// The last entry; [`Link::START`] if there is none.
    pub head: Link,
    /// Where the chain is broken, oldest first, at most a hundred.
    pub breaks: Vec<ChainBreak>,
}

/// A place where the chain is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainBreak {
    /// The entry is not as it was written, or the one before it is not the one it was written after.
    Changed {
        /// Its number.
        number: i64,
        /// Its id.
        id: HistoryId,
        /// When it says it happened.
        at: DateTime<Utc>,
        /// The name of what it says was changed.
        title: String,
    },
    /// Entries with these numbers, both included, are gone.
    Missing {
        /// The first number.
        first: i64,
        /// The last number.
        last: i64,
    },
}

const SELECT_CHAIN: &str = "
    SELECT seq, id, at, author, deed, member, object, title, before, after, reason, undoes, hash
    FROM history WHERE seq > ?1 ORDER BY seq";

const SELECT_HEAD: &str = "
    SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1";

/// The highest number ever given, which SQLite keeps apart from the entries.
const SELECT_GIVEN: &str = "
    SELECT seq FROM sqlite_sequence WHERE name = 'history'";

const UPDATE_HASH: &str = "
    UPDATE history SET hash = ?2 WHERE seq = ?1";

impl Snapshot {
    /// Follows the chain from after `known` to its end; from [`Link::START`], all of it.
    pub fn check_chain(&self, known: Link) -> Result<ChainCheck, StoreError> {
        let mut check = ChainCheck {
            entries: 0,
            head: known,
            breaks: Vec::new(),
        };
        let mut statement = self.connection.prepare_cached(SELECT_CHAIN)?;
        let mut rows = statement.query([known.number])?;
        while let Some(row) = rows.next()? {
            let number: i64 = row.get("seq")?;
            let stored = fingerprint(row.get_ref("hash")?);
            let fits = stored == Some(hash_of_row(check.head.fingerprint, row)?);
            // Numbers are given without gaps, and what follows a gap was chained to what is gone.
            let found = if number > check.head.number + 1 {
                Some(ChainBreak::Missing {
                    first: check.head.number + 1,
                    last: number - 1,
                })
            } else if fits {
                None
            } else {
                Some(ChainBreak::Changed {
                    number,
                    id: row.get::<_, String>("id")?.into(),
                    at: column::instant(row, "at")?,
                    title: row.get("title")?,
                })
            };
            if check.breaks.len() < BREAKS {
                check.breaks.extend(found);
            }
            check.entries += 1;
            check.head = Link {
                number,
                // Entries after a broken one are still held against what it bears.
                fingerprint: stored.unwrap_or(Fingerprint::START),
            };
        }
        let given = given(&self.connection)?;
        if given > check.head.number {
            check.breaks.push(ChainBreak::Missing {
                first: check.head.number + 1,
                last: given,
            });
        }
        Ok(check)
    }
}

/// The last entry, and the number that the next one gets.
pub(crate) fn head(connection: &Connection) -> Result<(Link, i64), StoreError> {
    let head = connection
        .prepare_cached(SELECT_HEAD)?
        .query_row([], |row| {
            Ok(Link {
                number: row.get("seq")?,
                fingerprint: fingerprint(row.get_ref("hash")?).unwrap_or(Fingerprint::START),
            })
        })
        .optional()?
        .unwrap_or(Link::START);
    let next = given(connection)?.max(head.number) + 1;
    Ok((head, next))
}

/// Chains the entries that bear no hash yet.
pub(crate) fn chain_all(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(SELECT_CHAIN)?;
    let mut rows = statement.query([0])?;
    let mut previous = Fingerprint::START;
    let mut hashes = Vec::new();
    while let Some(row) = rows.next()? {
        previous = hash_of_row(previous, row)?;
        hashes.push((row.get::<_, i64>("seq")?, previous));
    }
    let mut update = connection.prepare(UPDATE_HASH)?;
    for (number, hash) in hashes {
        update.execute((number, hash.0))?;
    }
    Ok(())
}

/// The hash of an entry with these values, in the order of [`COLUMNS`], after one with the hash
/// `previous`.
pub(crate) fn hash(previous: Fingerprint, values: &[ValueRef<'_>; COLUMNS.len()]) -> Fingerprint {
    let mut hasher = Sha256::new();
    hasher.update(previous.0);
    for value in values {
        match *value {
            ValueRef::Integer(number) => add(&mut hasher, 1, &number.to_be_bytes()),
            ValueRef::Text(text) => add(&mut hasher, 2, text),
            // The columns hold nothing else; the schema is strict.
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => add(&mut hasher, 0, &[]),
        }
    }
    Fingerprint(hasher.finalize().into())
}

fn add(hasher: &mut Sha256, kind: u8, bytes: &[u8]) {
    hasher.update([kind]);
    hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    hasher.update(bytes);
}

fn hash_of_row(previous: Fingerprint, row: &rusqlite::Row<'_>) -> rusqlite::Result<Fingerprint> {
    let mut values = [ValueRef::Null; COLUMNS.len()];
    for (place, column) in values.iter_mut().zip(COLUMNS) {
        *place = row.get_ref(column)?;
    }
    Ok(hash(previous, &values))
}

fn fingerprint(value: ValueRef<'_>) -> Option<Fingerprint> {
    value.as_blob().ok()?.try_into().ok().map(Fingerprint)
}

fn given(connection: &Connection) -> Result<i64, StoreError> {
    let mut statement = connection.prepare_cached(SELECT_GIVEN)?;
    Ok(statement
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}
