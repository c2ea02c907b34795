//! Finding members by text: the beginnings of words in name, handle, metadata and id, and, for words
//! of some length, the middle of words in name and handle. One or two letters are not looked for in
//! ids, where they would find a good part of all members by chance.

use std::collections::BTreeSet;

use reeve_domain::member::{Member, MemberKind};
use rusqlite::{Connection, Row, Statement};

use crate::column;
use crate::error::StoreError;
use crate::filter::{Passing, bind_one};
use crate::fold::{fold, is_part, parts, starts, words};

/// The most members that one search ranks and counts.
pub(crate) const FOUND_MAX: usize = 1000;

/// The most words that are looked for; a text with more than that finds nothing.
const WORDS_MAX: usize = 64;

const INSERT: &str = "
    INSERT INTO member_search
        (rowid, name, word, part, name_start, word_start, kind)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

const DELETE: &str = "
    DELETE FROM member_search WHERE rowid = ?1";

const SELECT_MATCHING: &str = "
    SELECT rowid AS seq FROM member_search WHERE member_search MATCH :found";

const SELECT_SORT_KEY: &str = "
    SELECT seq, sort_key FROM member WHERE seq = :seq";

/// Names that begin with a text: those between it and what follows everything that begins with it.
const SELECT_NAMED: &str = "
    SELECT seq, sort_key FROM member INDEXED BY member_by_name
    WHERE sort_key >= :found AND sort_key < :found || char(1114111)
    ORDER BY sort_key, seq";

const SELECT_NAMED_OF_KIND: &str = "
    SELECT seq, sort_key FROM member INDEXED BY member_by_kind_name
    WHERE kind = :kind AND sort_key >= :found AND sort_key < :found || char(1114111)
    ORDER BY sort_key, seq";

/// What a user looks for, ready to be looked for.
pub(crate) struct Sought {
    text: String,
    kind: Option<MemberKind>,
    words: Vec<String>,
}

/// Members found, best first.
pub(crate) struct Found {
    /// Their rows, as many as were asked for at most.
    pub(crate) seqs: Vec<i64>,
    /// Whether these are all.
    pub(crate) all: bool,
}

/// A member that matches: its row and the key of its name.
type Candidate = (i64, String);

/// Columns to look for a word in: the starts of words for a short one, words for others.
struct Columns {
    starts: &'static str,
    words: &'static str,
}

const IN_NAME: Columns = Columns {
    starts: "name_start",
    words: "name",
};
const IN_WORDS: Columns = Columns {
    starts: "name_start word_start",
    words: "name word",
};
const ANYWHERE: Columns = Columns {
    starts: "name_start word_start",
    words: "name word part",
};

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

    /// Whether there are more words than are looked for.
    pub(crate) fn is_too_long(&self) -> bool {
        self.words.len() > WORDS_MAX
    }

    /// The full-text query for every word somewhere.
    pub(crate) fn anywhere(&self) -> String {
        self.matching(&ANYWHERE)
    }

    /// The full-text query for every word in `columns`. Words hold letters, digits and single signs
    /// only, so quoting them is safe.
    fn matching(&self, columns: &Columns) -> String {
        let mut query = String::new();
        for word in &self.words {
            let (columns, star) = if is_part(word) {
                (columns.words, " *")
            } else {
                (columns.starts, "")
            };
            if !query.is_empty() {
                query.push_str(" AND ");
            }
            query.extend(["{", columns, "} : (\"", word, "\"", star, ")"]);
        }
        if let Some(kind) = self.kind {
            query.extend([" AND kind : \"", column::kind_word(kind), "\""]);
        }
        query
    }

    /// How good a match of every word in a word somewhere is.
    fn rank(&self, sort_key: &str) -> Rank {
        if sort_key == self.text {
            Rank::IsName
        } else if sort_key.starts_with(&self.text) {
            Rank::BeginsName
        } else {
            let of_name = words(sort_key);
            let begins_one = |word: &String| of_name.iter().any(|one| one.starts_with(word));
            if self.words.iter().all(begins_one) {
                Rank::InName
            } else {
                Rank::InWords
            }
        }
    }
}

/// How good a match is, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    IsName,
    BeginsName,
    InName,
    InWords,
    InParts,
}

/// Finds and ranks what is sought among those who pass, at most `limit` members.
pub(crate) fn find(
    connection: &Connection,
    sought: &Sought,
    passing: &Passing,
    limit: usize,
) -> Result<Found, StoreError> {
    if sought.is_too_long() {
        return Ok(Found {
            seqs: Vec::new(),
            all: true,
        });
    }
    let more = limit.saturating_add(1);
    let field = Field {
        connection,
        passing,
    };
    let anywhere = field.matching(&sought.anywhere(), more)?;
    if anywhere.len() <= limit {
        let in_words = field.matching(&sought.matching(&IN_WORDS), more)?;
        return Ok(Found {
            seqs: ranked(sought, anywhere, &in_words),
            all: true,
        });
    }
    let mut seqs = Vec::new();
    let mut seen = BTreeSet::new();
    let tiers: [&dyn Fn() -> Result<Vec<Candidate>, StoreError>; 4] = [
        &|| field.named(sought, limit),
        &|| field.matching(&sought.matching(&IN_NAME), limit),
        &|| field.matching(&sought.matching(&IN_WORDS), limit),
        &|| Ok(anywhere.clone()),
    ];
    for tier in tiers {
        if seqs.len() >= limit {
            break;
        }
        let mut candidates = tier()?;
        candidates.sort_unstable_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        let new = candidates.into_iter().map(|(seq, _)| seq);
        seqs.extend(new.filter(|seq| seen.insert(*seq)));
    }
    seqs.truncate(limit);
    Ok(Found { seqs, all: false })
}

fn ranked(sought: &Sought, anywhere: Vec<Candidate>, in_words: &[Candidate]) -> Vec<i64> {
    let in_words: BTreeSet<i64> = in_words.iter().map(|(seq, _)| *seq).collect();
    let mut ranked: Vec<(Rank, String, i64)> = anywhere
        .into_iter()
        .map(|(seq, sort_key)| {
            let rank = if in_words.contains(&seq) {
                sought.rank(&sort_key)
            } else {
                Rank::InParts
            };
            (rank, sort_key, seq)
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, _, seq)| seq).collect()
}

/// Where members are sought.
struct Field<'a> {
    connection: &'a Connection,
    passing: &'a Passing,
}

impl Field<'_> {
    /// Only those who pass are looked up: a word may stand in every member, and few of them pass.
    fn matching(&self, query: &str, limit: usize) -> Result<Vec<Candidate>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_MATCHING)?;
        let mut sort_key = self.connection.prepare_cached(SELECT_SORT_KEY)?;
        bind_one(&mut statement, ":found", query)?;
        let mut rows = statement.raw_query();
        let mut candidates = Vec::new();
        while candidates.len() < limit
            && let Some(row) = rows.next()?
        {
            let seq: i64 = row.get("seq")?;
            if self.passing.admits(seq) {
                candidates.push(sort_key.query_one([seq], |row| Ok(read_candidate(row)))??);
            }
        }
        Ok(candidates)
    }

    fn named(&self, sought: &Sought, limit: usize) -> Result<Vec<Candidate>, StoreError> {
        let sql = match sought.kind {
            None => SELECT_NAMED,
            Some(_) => SELECT_NAMED_OF_KIND,
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        bind_one(&mut statement, ":found", &sought.text)?;
        bind_one(&mut statement, ":kind", sought.kind.map(column::kind_word))?;
        self.candidates(&mut statement, limit)
    }

    fn candidates(
        &self,
        statement: &mut Statement<'_>,
        limit: usize,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut rows = statement.raw_query();
        let mut candidates = Vec::new();
        while candidates.len() < limit
            && let Some(row) = rows.next()?
        {
            if self.passing.admits(row.get("seq")?) {
                candidates.push(read_candidate(row)?);
            }
        }
        Ok(candidates)
    }
}

fn read_candidate(row: &Row<'_>) -> Result<Candidate, StoreError> {
    Ok((row.get("seq")?, row.get("sort_key")?))
}

/// Makes the member in the new row `seq` findable.
pub(crate) fn index(connection: &Connection, seq: i64, member: &Member) -> Result<(), StoreError> {
    let name = fold(&member.name);
    let handle = fold(&format!("{} {}", member.handle, member.username));
    let values: Vec<String> = member
        .metadata
        .iter()
        .map(|(_, value)| fold(value))
        .collect();
    let id = fold(member.id.as_str());
    let in_name: BTreeSet<&str> = words(&name).into_iter().collect();
    let in_handle: BTreeSet<&str> = words(&handle).into_iter().collect();
    let in_values: BTreeSet<&str> = values.iter().flat_map(|value| words(value)).collect();
    let others = in_handle.union(&in_values).copied();
    connection.prepare_cached(INSERT)?.execute((
        seq,
        join(in_name.iter().copied()),
        join(others.clone().chain(words(&id))),
        join(in_name.union(&in_handle).flat_map(|word| parts(word))),
        join(in_name.iter().flat_map(|word| starts(word))),
        join(others.flat_map(starts)),
        column::kind_word(member.kind),
    ))?;
    Ok(())
}

/// Makes the member in row `seq` findable by what it is now instead of what it was.
pub(crate) fn reindex(
    connection: &Connection,
    seq: i64,
    member: &Member,
) -> Result<(), StoreError> {
    forget(connection, seq)?;
    index(connection, seq, member)
}

/// Makes the member that was in row `seq` unfindable.
pub(crate) fn forget(connection: &Connection, seq: i64) -> Result<(), StoreError> {
    connection.prepare_cached(DELETE)?.execute([seq])?;
    Ok(())
}

/// Distinct words, in order, so that equal members are indexed equally.
fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let distinct: BTreeSet<&str> = words.into_iter().collect();
    distinct.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn names_are_walked_in_order_and_matches_come_from_the_full_text_index() {
        for (sql, index) in [
            (SELECT_NAMED, "member_by_name (sort_key>? AND sort_key<?)"),
            (
                SELECT_NAMED_OF_KIND,
                "member_by_kind_name (kind=? AND sort_key>? AND sort_key<?)",
            ),
        ] {
            let plan = plan::of(sql);
            assert_eq!(plan.len(), 1, "{plan:?}");
            assert!(
                plan[0].contains(&format!("USING COVERING INDEX {index}")),
                "{plan:?}"
            );
        }
        let plan = plan::of(SELECT_MATCHING);
        assert!(
            plan[0].contains("member_search VIRTUAL TABLE INDEX 0:M"),
            "{plan:?}"
        );
        assert_eq!(plan.len(), 1, "{plan:?}");
        let plan = plan::of(SELECT_SORT_KEY);
        assert!(plan[0].contains("USING INTEGER PRIMARY KEY"), "{plan:?}");
        assert_eq!(plan.len(), 1, "{plan:?}");
    }
}
