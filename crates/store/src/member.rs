//! Members: users, machine identities and groups.

use std::collections::BTreeMap;

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use rusqlite::{OptionalExtension, Row};

use crate::column;
use crate::error::StoreError;
use crate::fold::fold;
use crate::search;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// What is needed to name a member and to go to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRef {
    /// Its id.
    pub id: MemberId,
    /// What it is.
    pub kind: MemberKind,
    /// The name shown.
    pub name: String,
}

/// How many members there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MemberCounts {
    /// Users.
    pub users: u64,
    /// Machine identities.
    pub identities: u64,
    /// Groups.
    pub groups: u64,
}

const SELECT: &str = "
    SELECT member.seq, member.id, kind, name, handle, username
    FROM json_each(?1) AS wanted CROSS JOIN member ON member.id = wanted.value
    ORDER BY wanted.key";

const SELECT_AUTH_METHODS: &str = "
    SELECT member, name
    FROM json_each(?1) AS wanted CROSS JOIN member_auth_method AS method
        ON method.member = wanted.value
    ORDER BY wanted.key, position";

const SELECT_METADATA: &str = "
    SELECT member, metadata.key AS metadata_key, metadata.value AS metadata_value
    FROM json_each(?1) AS wanted CROSS JOIN member_metadata AS metadata
        ON metadata.member = wanted.value
    ORDER BY wanted.key, position";

const SELECT_SEQ: &str = "
    SELECT seq FROM member WHERE id = ?1";

const SELECT_BY_HANDLE: &str = "
    SELECT id FROM member INDEXED BY member_by_handle
    WHERE kind = ?1 AND handle <> '' AND lower(handle) = lower(?2) LIMIT 1";

const SELECT_BY_USERNAME: &str = "
    SELECT id FROM member INDEXED BY member_by_username
    WHERE kind = 'user' AND lower(username) = lower(?1) LIMIT 1";

const SELECT_ACTORS_AFTER: &str = "
    SELECT id FROM member
    WHERE kind <> 'group' AND seq > ?1
    ORDER BY seq LIMIT ?2";

const SELECT_COUNTS: &str = "
    SELECT kind, members FROM member_count";

const INSERT: &str = "
    INSERT INTO member (id, kind, name, handle, username, sort_key, raw)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, ''))";

const INSERT_UNLESS_THERE: &str = "
    INSERT INTO member (id, kind, name, handle, username, sort_key, raw)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, ''))
    ON CONFLICT (id) DO NOTHING";

const UPDATE: &str = "
    UPDATE member SET kind = ?2, name = ?3, handle = ?4, username = ?5, sort_key = ?6
    WHERE id = ?1 RETURNING seq";

const INSERT_AUTH_METHOD: &str = "
    INSERT INTO member_auth_method (member, position, name) VALUES (?1, ?2, ?3)";

const INSERT_METADATA: &str = "
    INSERT INTO member_metadata (member, position, key, value) VALUES (?1, ?2, ?3, ?4)";

const SELECT_METADATA_KEYS: &str = "
    SELECT DISTINCT key FROM member_metadata ORDER BY key LIMIT ?1";

const DELETE_AUTH_METHODS: &str = "
    DELETE FROM member_auth_method WHERE member = ?1";

const DELETE_METADATA: &str = "
    DELETE FROM member_metadata WHERE member = ?1";

const DELETE: &str = "
    DELETE FROM member WHERE id = ?1 RETURNING seq";

impl Snapshot {
    /// The member `id`.
    pub fn member(&self, id: &MemberId) -> Result<Option<Member>, StoreError> {
        Ok(self.members(std::slice::from_ref(id))?.pop())
    }

    /// The members `ids`, in that order; ids that do not exist are left out.
    pub fn members(&self, ids: &[MemberId]) -> Result<Vec<Member>, StoreError> {
        let members = self.members_with_seq(ids)?;
        Ok(members.into_iter().map(|(_, member)| member).collect())
    }

    /// The member of this kind with the handle `handle`, whatever its case; the first if several
    /// have it.
    pub fn member_by_handle(
        &self,
        kind: MemberKind,
        handle: &str,
    ) -> Result<Option<Member>, StoreError> {
        let id: Option<String> = self
            .connection
            .prepare_cached(SELECT_BY_HANDLE)?
            .query_row((column::kind_word(kind), handle), |row| row.get(0))
            .optional()?;
        id.map_or(Ok(None), |id| self.member(&id.into()))
    }

    /// The user who signs in with `username`, whatever its case; the first if several do.
    pub fn member_by_username(&self, username: &str) -> Result<Option<Member>, StoreError> {
        let id: Option<String> = self
            .connection
            .prepare_cached(SELECT_BY_USERNAME)?
            .query_row([username], |row| row.get(0))
            .optional()?;
        id.map_or(Ok(None), |id| self.member(&id.into()))
    }

    /// The members `ids` with their rows, in that order.
    pub(crate) fn members_with_seq(
        &self,
        ids: &[MemberId],
    ) -> Result<Vec<(i64, Member)>, StoreError> {
        let wanted = column::json_list(ids.iter().map(MemberId::as_str));
        let mut members = self
            .connection
            .prepare_cached(SELECT)?
            .query_and_then([&wanted], |row| Ok((row.get("seq")?, read_member(row)?)))?
            .collect::<Result<Vec<_>, StoreError>>()?;
        let seqs = column::number_list(members.iter().map(|(seq, _)| *seq));
        let mut auth_methods = self.auth_methods(&seqs)?;
        let mut metadata = self.metadata(&seqs)?;
        for (seq, member) in &mut members {
            member.auth_methods = auth_methods.remove(seq).unwrap_or_default();
            member.metadata = metadata.remove(seq).unwrap_or_default();
        }
        Ok(members)
    }

    /// The ids of at most `limit` users and identities, in the order in which they were added, from
    /// the one after `after` on. If that one does not exist, that is [`StoreError::Missing`].
    pub fn actors_after(
        &self,
        after: Option<&MemberId>,
        limit: usize,
    ) -> Result<Vec<MemberId>, StoreError> {
        let after: i64 = match after {
            None => 0,
            Some(id) => self
                .connection
                .prepare_cached(SELECT_SEQ)?
                .query_row([id.as_str()], |row| row.get(0))
                .optional()?
                .ok_or_else(|| missing(id))?,
        };
        self.connection
            .prepare_cached(SELECT_ACTORS_AFTER)?
            .query_and_then((after, column::limit(limit)), |row| {
                Ok(row.get::<_, String>("id")?.into())
            })?
            .collect()
    }

    /// How many members there are of each kind.
    pub fn member_counts(&self) -> Result<MemberCounts, StoreError> {
        let mut counts = MemberCounts::default();
        let mut statement = self.connection.prepare_cached(SELECT_COUNTS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let members = column::count(row, "members")?;
            match column::member_kind(row, "kind")? {
                MemberKind::User => counts.users = members,
                MemberKind::Identity => counts.identities = members,
                MemberKind::Group => counts.groups = members,
            }
        }
        Ok(counts)
    }

    /// What the members in the rows `seqs`, a JSON list, prove themselves with, by row.
    pub(crate) fn auth_methods(
        &self,
        seqs: &str,
    ) -> Result<BTreeMap<i64, Vec<String>>, StoreError> {
        let mut methods: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_AUTH_METHODS)?;
        let mut rows = statement.query([seqs])?;
        while let Some(row) = rows.next()? {
            methods
                .entry(row.get("member")?)
                .or_default()
                .push(row.get("name")?);
        }
        Ok(methods)
    }

    /// The metadata keys that members have, each once and in order, at most `limit` of them.
    pub fn metadata_keys(&self, limit: usize) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached(SELECT_METADATA_KEYS)?
            .query_map([column::limit(limit)], |row| row.get("key"))?
            .map(|key| Ok(key?))
            .collect()
    }

    fn metadata(&self, seqs: &str) -> Result<BTreeMap<i64, Vec<(String, String)>>, StoreError> {
        let mut metadata: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_METADATA)?;
        let mut rows = statement.query([seqs])?;
        while let Some(row) = rows.next()? {
            metadata
                .entry(row.get("member")?)
                .or_default()
                .push((row.get("metadata_key")?, row.get("metadata_value")?));
        }
        Ok(metadata)
    }
}

impl Transaction {
    /// Adds a member.
    pub fn insert_member(&self, member: &Member) -> Result<(), StoreError> {
        let seq = self.insert_unindexed(member)?;
        search::index(&self.connection, seq, member)
    }

    /// Adds a member that search does not find yet; gives its row.
    pub(crate) fn insert_unindexed(&self, member: &Member) -> Result<i64, StoreError> {
        self.write_member(INSERT, member, "")?;
        let seq = self.connection.last_insert_rowid();
        self.insert_lists(seq, member)?;
        Ok(seq)
    }

    /// Adds a member that search does not find yet, with the text from which it was read beside it,
    /// unless there is one with this id. Tells whether there was none.
    pub(crate) fn insert_unless_there(
        &self,
        member: &Member,
        raw: &str,
    ) -> Result<bool, StoreError> {
        if self.write_member(INSERT_UNLESS_THERE, member, raw)? == 0 {
            return Ok(false);
        }
        self.insert_lists(self.connection.last_insert_rowid(), member)?;
        Ok(true)
    }

    fn write_member(&self, sql: &str, member: &Member, raw: &str) -> Result<usize, StoreError> {
        self.connection
            .prepare_cached(sql)?
            .execute((
                member.id.as_str(),
                column::kind_word(member.kind),
                &member.name,
                &member.handle,
                &member.username,
                fold(&member.name),
                raw,
            ))
            .map_err(|error| StoreError::of_row(error, "member", member.id.as_str()))
    }

    /// Changes the member with the same id to `member`; the kind stays.
    pub fn update_member(&self, member: &Member) -> Result<(), StoreError> {
        let id = member.id.as_str();
        let seq: Option<i64> = self
            .connection
            .prepare_cached(UPDATE)?
            .query_row(
                (
                    id,
                    column::kind_word(member.kind),
                    &member.name,
                    &member.handle,
                    &member.username,
                    fold(&member.name),
                ),
                |row| row.get(0),
            )
            .optional()
            .map_err(|error| StoreError::of_row(error, "member", id))?;
        let seq = seq.ok_or_else(|| missing(&member.id))?;
        self.connection
            .prepare_cached(DELETE_AUTH_METHODS)?
            .execute([seq])?;
        self.connection
            .prepare_cached(DELETE_METADATA)?
            .execute([seq])?;
        self.insert_lists(seq, member)?;
        search::reindex(&self.connection, seq, member)
    }

    /// Removes a member with its assignments, privileges and memberships. Its history stays.
    pub fn remove_member(&self, id: &MemberId) -> Result<(), StoreError> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached(DELETE)?
            .query_row([id.as_str()], |row| row.get(0))
            .optional()?;
        search::forget(&self.connection, seq.ok_or_else(|| missing(id))?)
    }

    fn insert_lists(&self, seq: i64, member: &Member) -> Result<(), StoreError> {
        for (position, name) in member.auth_methods.iter().enumerate() {
            self.connection
                .prepare_cached(INSERT_AUTH_METHOD)?
                .execute((seq, column::limit(position), name))?;
        }
        for (position, (key, value)) in member.metadata.iter().enumerate() {
            self.connection.prepare_cached(INSERT_METADATA)?.execute((
                seq,
                column::limit(position),
                key,
                value,
            ))?;
        }
        Ok(())
    }
}

/// The member in the columns of its table, without what other tables hold.
fn read_member(row: &Row<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        id: row.get::<_, String>("id")?.into(),
        kind: column::member_kind(row, "kind")?,
        name: row.get("name")?,
        handle: row.get("handle")?,
        username: row.get("username")?,
        auth_methods: Vec::new(),
        metadata: Vec::new(),
    })
}

fn missing(id: &MemberId) -> StoreError {
    StoreError::Missing {
        what: "member",
        id: id.as_str().to_owned(),
    }
}

/// The member named in the columns `id`, `kind`, `name`.
pub(crate) fn read_ref(row: &Row<'_>) -> Result<MemberRef, StoreError> {
    Ok(MemberRef {
        id: row.get::<_, String>("id")?.into(),
        kind: column::member_kind(row, "kind")?,
        name: row.get("name")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn who_has_a_name_already_is_looked_up() {
        for (sql, index) in [
            (SELECT_BY_HANDLE, "member_by_handle (kind=? AND <expr>=?)"),
            (SELECT_BY_USERNAME, "member_by_username (<expr>=?)"),
        ] {
            let plan = plan::of(sql);
            assert_eq!(plan.len(), 1, "{plan:?}");
            assert!(plan[0].starts_with("SEARCH"), "{plan:?}");
            assert!(plan[0].contains(index), "{plan:?}");
        }
    }
}
