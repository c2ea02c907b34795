//! Who holds which role: the assignments seen from the role.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reeve_domain::id::RoleId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::RoleAssignment;

use crate::assignment::read_assignment;
use crate::column;
use crate::error::StoreError;
use crate::member::{self, MemberRef};
use crate::snapshot::Snapshot;

/// Somebody who holds a role by an assignment of their own, or a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolder {
    /// The member.
    pub member: MemberRef,
    /// How long.
    pub lifetime: Lifetime,
}

/// How many of the assignments of a role are timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimedAssignments {
    /// Those whose end lies ahead.
    pub active: u64,
    /// Those that ended.
    pub ended: u64,
}

const SELECT_TIMED: &str = "
    SELECT role.id, sum(end_at > ?1) AS active, sum(end_at <= ?1) AS ended
    FROM role_assignment INDEXED BY role_assignment_by_end
    JOIN role ON role.seq = role_assignment.role
    WHERE is_temporary = 1 AND end_at IS NOT NULL
    GROUP BY role.seq";

const SELECT_HOLDERS: &str = "
    SELECT member.id, member.kind, member.name, is_temporary, range, start_at, end_at
    FROM role_assignment AS held INDEXED BY role_assignment_by_role
    JOIN member ON member.seq = held.member
    WHERE held.role = (SELECT seq FROM role WHERE id = ?1)
    ORDER BY held.by_group DESC, member.sort_key, held.seq LIMIT ?2";

const SELECT_ASSIGNMENTS: &str = "
    SELECT held.id, member.id AS member, role.id AS role, is_temporary, range, start_at, end_at
    FROM role
    CROSS JOIN role_assignment AS held INDEXED BY role_assignment_by_role ON held.role = role.seq
    CROSS JOIN member ON member.seq = held.member
    WHERE role.id = ?1
    ORDER BY held.seq";

impl Snapshot {
    /// How many assignments of each role have an end, at `now`; roles without any are left out.
    pub fn timed_assignments(
        &self,
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<RoleId, TimedAssignments>, StoreError> {
        self.connection
            .prepare_cached(SELECT_TIMED)?
            .query_and_then([column::millis(now)], |row| {
                let timed = TimedAssignments {
                    active: column::count(row, "active")?,
                    ended: column::count(row, "ended")?,
                };
                Ok((row.get::<_, String>("id")?.into(), timed))
            })?
            .collect()
    }

    /// Who holds the role `role`, ended assignments included: groups first, each by name, at most
    /// `limit`.
    pub fn role_holders(&self, role: &RoleId, limit: usize) -> Result<Vec<RoleHolder>, StoreError> {
        self.connection
            .prepare_cached(SELECT_HOLDERS)?
            .query_and_then((role.as_str(), column::limit(limit)), |row| {
                Ok(RoleHolder {
                    member: member::read_ref(row)?,
                    lifetime: column::lifetime(row)?,
                })
            })?
            .collect()
    }

    /// All assignments of the role `role`, in the order in which they were given.
    pub fn assignments_of_role(&self, role: &RoleId) -> Result<Vec<RoleAssignment>, StoreError> {
        self.connection
            .prepare_cached(SELECT_ASSIGNMENTS)?
            .query_and_then([role.as_str()], read_assignment)?
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn holders_are_found_by_their_role() {
        for sql in [SELECT_HOLDERS, SELECT_ASSIGNMENTS] {
            let plan = plan::of(sql);
            let by_role = plan
                .iter()
                .any(|step| step.contains("role_assignment_by_role (role=?)"));
            assert!(by_role, "{plan:?}");
            assert_eq!(plan::scans(&plan), Vec::<&String>::new());
        }
    }

    #[test]
    fn only_what_is_timed_is_read_to_count_it() {
        let plan = plan::of(SELECT_TIMED);
        let timed_only = plan
            .iter()
            .any(|step| step.contains("role_assignment USING INDEX role_assignment_by_end"));
        assert!(timed_only, "{plan:?}");
    }
}
