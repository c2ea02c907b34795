//! Finding members by text: the beginnings of words in name, handle, id and metadata, and, for
//! longer words, the middle of words in name and handle.

use std::collections::BTreeSet;

use reeve_domain::member::{Member, MemberKind};
use rusqlite::{Connection, named_params};

use crate::column;
use crate::error::StoreError;
use crate::fold::{fold, is_part, parts, words};

/// The most members that one search ranks and counts.
pub(crate) const FOUND_MAX: usize = 1000;

/// The most words that are looked for; a text with more than that finds nothing.
const WORDS_MAX: usize = 64;

const INSERT: &str = "
    INSERT OR REPLACE INTO member_search (rowid, name, handle, id, metadata, part, kind)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

const DELETE: &str = "
    DELETE FROM member_search WHERE rowid = ?1";

/// Ranks: the name is the text; the name begins with it; words of the name begin with its words;
/// words anywhere do; words are only found inside of others.
const SELECT_RANKED: &str = "
    WITH found (seq, rank) AS (
        SELECT * FROM (
            SELECT seq, sort_key <> :text FROM member INDEXED BY member_by_name
            WHERE sort_key >= :text AND sort_key < :text || char(1114111)
              AND (:kind IS NULL OR kind = :kind)
            ORDER BY sort_key, seq LIMIT :limit)
        UNION ALL
        SELECT * FROM (
            SELECT rowid, 2 FROM member_search WHERE member_search MATCH :in_name LIMIT :limit)
        UNION ALL
        SELECT * FROM (
            SELECT rowid, 3 FROM member_search WHERE member_search MATCH :in_words LIMIT :limit)
        UNION ALL
        SELECT * FROM (
            SELECT rowid, 4 FROM member_search WHERE member_search MATCH :anywhere LIMIT :limit)
    )
    SELECT member.seq
    FROM (SELECT seq, min(rank) AS rank FROM found GROUP BY seq) AS best
    CROSS JOIN member ON member.seq = best.seq
    ORDER BY best.rank, member.sort_key, member.seq LIMIT :limit";

/// What a user looks for, ready to be looked for.
pub(crate) struct Sought {
    text: String,
    kind: Option<MemberKind>,
    words: Vec<String>,
}

/// Members found, best first.
pub(crate) struct Found {
    /// Their rows, at most [`FOUND_MAX`].
    pub(crate) seqs: Vec<i64>,
    /// Whether these are all.
    pub(crate) all: bool,
}

impl Sought {
    /// Reads what the user typed; `None` if there is no word in it, so that it filters nothing.
    pub(crate) fn read(text: &str, kind: Option<MemberKind>) -> Option<Self> {
        let text = fold(text);
        let distinct: BTreeSet<&str> = words(&text).into_iter().collect();
        if distinct.is_empty() {
            return None;
        }
        Some(Self {
            words: distinct.into_iter().map(str::to_owned).collect(),
            text,
            kind,
        })
    }

    /// The full-text query for every word somewhere.
    pub(crate) fn anywhere(&self) -> String {
        self.matching("name handle id metadata", "name handle id metadata part")
    }

    fn in_words(&self) -> String {
        self.matching("name handle id metadata", "name handle id metadata")
    }

    fn in_name(&self) -> String {
        self.matching("name", "name")
    }

    /// Every word must begin a word of `short_columns`, or of `long_columns` if it is long enough to
    /// be looked for inside of words. Words hold letters, digits and single signs only, so quoting
    /// them is safe.
    fn matching(&self, short_columns: &str, long_columns: &str) -> String {
        let mut expression = String::new();
        for word in &self.words {
            let columns = if is_part(word) {
                long_columns
            } else {
                short_columns
            };
            if !expression.is_empty() {
                expression.push_str(" AND ");
            }
            expression.extend(["{", columns, "} : (\"", word, "\" *)"]);
        }
        if let Some(kind) = self.kind {
            expression.extend([" AND kind : \"", column::kind_word(kind), "\""]);
        }
        expression
    }
}

/// Finds and ranks what is sought.
pub(crate) fn find(connection: &Connection, sought: &Sought) -> Result<Found, StoreError> {
    if sought.words.len() > WORDS_MAX {
        return Ok(Found {
            seqs: Vec::new(),
            all: true,
        });
    }
    let mut seqs: Vec<i64> = connection
        .prepare_cached(SELECT_RANKED)?
        .query_map(
            named_params! {
                ":text": sought.text,
                ":kind": sought.kind.map(column::kind_word),
                ":in_name": sought.in_name(),
                ":in_words": sought.in_words(),
                ":anywhere": sought.anywhere(),
                ":limit": column::limit(FOUND_MAX + 1),
            },
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    let all = seqs.len() <= FOUND_MAX;
    seqs.truncate(FOUND_MAX);
    Ok(Found { seqs, all })
}

/// Makes the member in row `seq` findable by what it is now.
pub(crate) fn index(connection: &Connection, seq: i64, member: &Member) -> Result<(), StoreError> {
    let name = fold(&member.name);
    let handle = fold(&format!("{} {}", member.handle, member.username));
    let id = fold(member.id.as_str());
    let values: Vec<String> = member
        .metadata
        .iter()
        .map(|(_, value)| fold(value))
        .collect();
    let name_words = words(&name);
    let handle_words: BTreeSet<&str> = words(&handle).into_iter().collect();
    let inner: BTreeSet<&str> = name_words
        .iter()
        .chain(&handle_words)
        .flat_map(|word| parts(word))
        .collect();
    connection.prepare_cached(INSERT)?.execute((
        seq,
        name_words.join(" "),
        join(&handle_words),
        words(&id).join(" "),
        join(&values.iter().flat_map(|value| words(value)).collect()),
        join(&inner),
        column::kind_word(member.kind),
    ))?;
    Ok(())
}

/// Makes the member that was in row `seq` unfindable.
pub(crate) fn forget(connection: &Connection, seq: i64) -> Result<(), StoreError> {
    connection.prepare_cached(DELETE)?.execute([seq])?;
    Ok(())
}

fn join(words: &BTreeSet<&str>) -> String {
    words.iter().copied().collect::<Vec<_>>().join(" ")
}
