//! Role assignments: who has which role, and how long.

use reeve_domain::id::{AssignmentId, MemberId};
use reeve_domain::member::RoleAssignment;
use rusqlite::Row;

use crate::column::{self, LifetimeColumns};
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

const SELECT: &str = "
    SELECT held.id, member.id AS member, role.id AS role, is_temporary, range, start_at, end_at
    FROM role_assignment AS held
    JOIN member ON member.seq = held.member
    JOIN role ON role.seq = held.role
    WHERE held.id = ?1";

const SELECT_OF_MEMBERS: &str = "
    SELECT held.id, member.id AS member, role.id AS role, is_temporary, range, start_at, end_at
    FROM json_each(?1) AS wanted
    CROSS JOIN member ON member.id = wanted.value
    CROSS JOIN role_assignment AS held ON held.member = member.seq
    CROSS JOIN role ON role.seq = held.role
    ORDER BY wanted.key, held.seq";

const INSERT: &str = "
    INSERT INTO role_assignment
        (id, member, role, by_group, is_temporary, range, start_at, end_at, raw)
    VALUES (?1, (SELECT seq FROM member WHERE id = ?2), (SELECT seq FROM role WHERE id = ?3),
            (SELECT kind = 'group' FROM member WHERE id = ?2), ?4, ?5, ?6, ?7, nullif(?8, ''))";

const UPDATE: &str = "
    UPDATE role_assignment
    SET member = (SELECT seq FROM member WHERE id = ?2),
        role = (SELECT seq FROM role WHERE id = ?3),
        is_temporary = ?4, range = ?5, start_at = ?6, end_at = ?7,
        raw = coalesce(nullif(?8, ''), raw)
    WHERE id = ?1";

const DELETE: &str = "
    DELETE FROM role_assignment WHERE id = ?1";

impl Snapshot {
    /// The assignment `id`.
    pub fn assignment(&self, id: &AssignmentId) -> Result<Option<RoleAssignment>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT)?;
        let mut rows = statement.query_and_then([id.as_str()], read_assignment)?;
        rows.next().transpose()
    }

    /// The roles that `members` have themselves, not through groups: member by member, in the order
    /// in which they were given.
    pub fn assignments_of(&self, members: &[MemberId]) -> Result<Vec<RoleAssignment>, StoreError> {
        let wanted = column::json_list(members.iter().map(MemberId::as_str));
        self.connection
            .prepare_cached(SELECT_OF_MEMBERS)?
            .query_and_then([wanted], read_assignment)?
            .collect()
    }
}

impl Transaction {
    /// Gives a role to a member.
    pub fn insert_assignment(&self, assignment: &RoleAssignment) -> Result<(), StoreError> {
        self.insert_assignment_with(assignment, "")
    }

    /// The same with the text from which it was read beside it, if that is not empty.
    pub(crate) fn insert_assignment_with(
        &self,
        assignment: &RoleAssignment,
        raw: &str,
    ) -> Result<(), StoreError> {
        self.write_assignment(INSERT, assignment, raw).map(|_| ())
    }

    /// Changes the role or the lifetime of the assignment with the same id; the member stays.
    pub fn update_assignment(&self, assignment: &RoleAssignment) -> Result<(), StoreError> {
        let changed = self.write_assignment(UPDATE, assignment, "")?;
        column::one(changed, "assignment", assignment.id.as_str())
    }

    /// Removes an assignment.
    pub fn remove_assignment(&self, id: &AssignmentId) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE)?
            .execute([id.as_str()])?;
        column::one(removed, "assignment", id.as_str())
    }

    fn write_assignment(
        &self,
        sql: &str,
        assignment: &RoleAssignment,
        raw: &str,
    ) -> Result<usize, StoreError> {
        let lifetime = LifetimeColumns::from(&assignment.lifetime);
        self.connection
            .prepare_cached(sql)?
            .execute((
                assignment.id.as_str(),
                assignment.member.as_str(),
                assignment.role.as_str(),
                lifetime.is_temporary,
                lifetime.range,
                lifetime.start_at,
                lifetime.end_at,
                raw,
            ))
            .map_err(|error| StoreError::of_row(error, "assignment", assignment.id.as_str()))
    }
}

pub(crate) fn read_assignment(row: &Row<'_>) -> Result<RoleAssignment, StoreError> {
    Ok(RoleAssignment {
        id: row.get::<_, String>("id")?.into(),
        member: row.get::<_, String>("member")?.into(),
        role: row.get::<_, String>("role")?.into(),
        lifetime: column::lifetime(row)?,
    })
}
