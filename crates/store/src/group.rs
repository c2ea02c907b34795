//! Who is in which group.

use reeve_domain::id::MemberId;

use crate::column;
use crate::error::StoreError;
use crate::member::{self, MemberRef};
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// Some of the members of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMembers {
    /// The members asked for, by name.
    pub members: Vec<MemberRef>,
    /// How many the group has.
    pub total: u64,
}

const SELECT_MEMBERS: &str = "
    SELECT member.id, member.kind, member.name
    FROM group_member JOIN member ON member.seq = group_member.member
    WHERE group_member.whole = (SELECT seq FROM member WHERE id = ?1)
    ORDER BY member.sort_key, member.seq LIMIT ?2 OFFSET ?3";

const SELECT_SIZE: &str = "
    SELECT coalesce(max(group_size), 0) AS group_size FROM member WHERE id = ?1";

const SELECT_IS_IN: &str = "
    SELECT count(*) AS count FROM group_member
    WHERE whole = (SELECT seq FROM member WHERE id = ?1)
      AND member = (SELECT seq FROM member WHERE id = ?2)";

const INSERT: &str = "
    INSERT INTO group_member (whole, member)
    VALUES ((SELECT seq FROM member WHERE id = ?1), (SELECT seq FROM member WHERE id = ?2))
    ON CONFLICT (whole, member) DO NOTHING";

const DELETE: &str = "
    DELETE FROM group_member
    WHERE whole = (SELECT seq FROM member WHERE id = ?1)
      AND member = (SELECT seq FROM member WHERE id = ?2)";

impl Snapshot {
    /// The members of `group` by name, at most `limit` of them from `offset` on. Nothing is in a
    /// group that does not exist.
    pub fn group_members(
        &self,
        group: &MemberId,
        offset: usize,
        limit: usize,
    ) -> Result<GroupMembers, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_SIZE)?;
        let total =
            statement.query_row([group.as_str()], |row| column::count(row, "group_size"))?;
        let members = self
            .connection
            .prepare_cached(SELECT_MEMBERS)?
            .query_and_then(
                (group.as_str(), column::limit(limit), column::limit(offset)),
                member::read_ref,
            )?
            .collect::<Result<_, _>>()?;
        Ok(GroupMembers { members, total })
    }

    /// Whether `member` is in `group`.
    pub fn is_in_group(&self, group: &MemberId, member: &MemberId) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_IS_IN)?;
        let count = statement.query_row([group.as_str(), member.as_str()], |row| {
            column::count(row, "count")
        })?;
        Ok(count > 0)
    }
}

impl Transaction {
    /// Puts a user or an identity into a group, unless it is in there already.
    pub fn add_to_group(&self, group: &MemberId, member: &MemberId) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(INSERT)?
            .execute([group.as_str(), member.as_str()])
            .map_err(|error| StoreError::of_row(error, "group membership", member.as_str()))?;
        Ok(())
    }

    /// Takes a member out of a group.
    pub fn remove_from_group(&self, group: &MemberId, member: &MemberId) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE)?
            .execute([group.as_str(), member.as_str()])?;
        column::one(removed, "group membership", member.as_str())
    }
}
