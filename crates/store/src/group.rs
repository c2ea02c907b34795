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

const SELECT_GROUPS_WITH: &str = "
    SELECT whole.id, whole.kind, whole.name
    FROM group_member JOIN member AS whole ON whole.seq = group_member.whole
    WHERE group_member.member = (SELECT seq FROM member WHERE id = ?1)
    ORDER BY whole.sort_key, whole.seq";

/// In which groups `?1` are, and who is in those of them that are groups.
const SELECT_MEMBERSHIPS: &str = "
    SELECT whole.id AS whole, member.id AS member
    FROM json_each(?1) AS wanted
    CROSS JOIN member ON member.id = wanted.value
    CROSS JOIN group_member ON group_member.member = member.seq
    CROSS JOIN member AS whole ON whole.seq = group_member.whole
    UNION
    SELECT whole.id, member.id
    FROM json_each(?1) AS wanted
    CROSS JOIN member AS whole ON whole.id = wanted.value
    CROSS JOIN group_member ON group_member.whole = whole.seq
    CROSS JOIN member ON member.seq = group_member.member
    ORDER BY whole, member";

const SELECT_IN_ORDER: &str = "
    SELECT id FROM member INDEXED BY member_by_kind_name
    WHERE kind = 'group' ORDER BY sort_key, seq";

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

    /// Every membership that `members` have a part in, as the group or as who is in it: the group,
    /// then the member.
    pub fn memberships_of(
        &self,
        members: &[MemberId],
    ) -> Result<Vec<(MemberId, MemberId)>, StoreError> {
        let wanted = column::json_list(members.iter().map(MemberId::as_str));
        self.connection
            .prepare_cached(SELECT_MEMBERSHIPS)?
            .query_and_then([wanted], |row| {
                let id = |column| row.get::<_, String>(column).map(MemberId::from);
                Ok((id("whole")?, id("member")?))
            })?
            .collect()
    }

    /// The groups that `member` is in, by name.
    pub fn groups_with(&self, member: &MemberId) -> Result<Vec<MemberRef>, StoreError> {
        self.connection
            .prepare_cached(SELECT_GROUPS_WITH)?
            .query_and_then([member.as_str()], member::read_ref)?
            .collect()
    }

    /// All groups by name: the order in which what members hold through them counts.
    pub fn groups_in_order(&self) -> Result<Vec<MemberId>, StoreError> {
        self.connection
            .prepare_cached(SELECT_IN_ORDER)?
            .query_and_then([], |row| Ok(row.get::<_, String>("id")?.into()))?
            .collect()
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
