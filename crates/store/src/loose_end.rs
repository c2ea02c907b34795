//! What hangs loose: groups without members, members whose roles all end, and what rules say, to be
//! held against the places there are.

use chrono::{DateTime, Utc};
use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;

use crate::column;
use crate::error::StoreError;
use crate::member::{self, MemberRef};
use crate::snapshot::Snapshot;

/// The first few of something, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// The first few.
    pub rows: Vec<T>,
    /// How many there are.
    pub count: u64,
}

/// A member all of whose roles are timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlyTimed {
    /// Who it is.
    pub member: MemberRef,
    /// When the last of its roles ends or ended; `None` if none ever counts.
    pub until: Option<DateTime<Utc>>,
}

/// A privilege in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivilegeRef {
    /// Its id.
    pub id: PrivilegeId,
    /// Its slug.
    pub slug: String,
    /// Whose it is.
    pub member: MemberRef,
    /// How long it counts.
    pub lifetime: Lifetime,
}

/// Where a privilege is stored, good for as long as the snapshot it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivilegeSeat(i64);

const COUNT_EMPTY_GROUPS: &str = "
    SELECT count(*) AS found FROM member INDEXED BY member_by_kind_name
    WHERE kind = 'group'
      AND NOT EXISTS (SELECT 1 FROM group_member WHERE group_member.whole = member.seq)";

const SELECT_EMPTY_GROUPS: &str = "
    SELECT id, kind, name FROM member INDEXED BY member_by_kind_name
    WHERE kind = 'group'
      AND NOT EXISTS (SELECT 1 FROM group_member WHERE group_member.whole = member.seq)
    ORDER BY sort_key LIMIT ?1";

const COUNT_ONLY_TIMED: &str = "
    SELECT count(*) AS found FROM member INDEXED BY member_without_permanent_role
    WHERE has_permanent_role = 0
      AND EXISTS (SELECT 1 FROM member_role WHERE member_role.member = member.seq)";

const SELECT_ONLY_TIMED: &str = "
    SELECT member.id, member.kind, member.name, last.end_at
    FROM (
        SELECT seq, (
            SELECT max(until) FROM member_grant
            WHERE member_grant.member = thin.seq AND role IS NOT NULL) AS end_at
        FROM member AS thin INDEXED BY member_without_permanent_role
        WHERE has_permanent_role = 0
          AND EXISTS (SELECT 1 FROM member_role WHERE member_role.member = thin.seq)
        ORDER BY end_at, seq LIMIT ?1
    ) AS last
    JOIN member ON member.seq = last.seq
    ORDER BY last.end_at, last.seq";

const SELECT_PRIVILEGE_RULES: &str = "
    SELECT seq, rules FROM privilege";

const SELECT_STANDING_RULES: &str = "
    SELECT seq, member, rules FROM privilege
    WHERE is_managed = 0 AND (is_temporary = 0 OR end_at > ?1)";

const SELECT_PRIVILEGES_AT: &str = "
    SELECT privilege.id AS privilege, privilege.slug, privilege.is_temporary, privilege.range,
           privilege.start_at, privilege.end_at, member.id, member.kind, member.name
    FROM json_each(?1) AS seat
    CROSS JOIN privilege ON privilege.seq = seat.value
    JOIN member ON member.seq = privilege.member
    ORDER BY seat.key";

impl Snapshot {
    /// Groups that nobody is in, by name, at most `limit` of them.
    pub fn empty_groups(&self, limit: usize) -> Result<Found<MemberRef>, StoreError> {
        Ok(Found {
            count: self.counted(COUNT_EMPTY_GROUPS)?,
            rows: self
                .connection
                .prepare_cached(SELECT_EMPTY_GROUPS)?
                .query_and_then([column::limit(limit)], member::read_ref)?
                .collect::<Result<_, _>>()?,
        })
    }

    /// Members that have roles, themselves or through groups, but no permanent one; whose last role
    /// ends first comes first, at most `limit` of them.
    pub fn only_timed(&self, limit: usize) -> Result<Found<OnlyTimed>, StoreError> {
        Ok(Found {
            count: self.counted(COUNT_ONLY_TIMED)?,
            rows: self
                .connection
                .prepare_cached(SELECT_ONLY_TIMED)?
                .query_and_then([column::limit(limit)], |row| {
                    Ok::<_, StoreError>(OnlyTimed {
                        member: member::read_ref(row)?,
                        until: column::optional_instant(row, "end_at")?,
                    })
                })?
                .collect::<Result<_, _>>()?,
        })
    }

    /// Shows `look` the rules of every privilege, as they are stored.
    pub fn each_privilege_rules(
        &self,
        mut look: impl FnMut(PrivilegeSeat, &str),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_PRIVILEGE_RULES)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let rules = row
                .get_ref("rules")?
                .as_str()
                .map_err(rusqlite::Error::from)?;
            look(PrivilegeSeat(row.get("seq")?), rules);
        }
        Ok(())
    }

    /// Shows `look` the rules of every privilege that counts at `now` and that an admin may change,
    /// with a number that tells its member from all others.
    pub fn each_standing_privilege(
        &self,
        now: DateTime<Utc>,
        mut look: impl FnMut(PrivilegeSeat, i64, &str),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_STANDING_RULES)?;
        let mut rows = statement.query([column::millis(now)])?;
        while let Some(row) = rows.next()? {
            let rules = row
                .get_ref("rules")?
                .as_str()
                .map_err(rusqlite::Error::from)?;
            look(PrivilegeSeat(row.get("seq")?), row.get("member")?, rules);
        }
        Ok(())
    }

    /// The privileges that are stored there, in that order.
    pub fn privileges_at(&self, seats: &[PrivilegeSeat]) -> Result<Vec<PrivilegeRef>, StoreError> {
        let seats = column::number_list(seats.iter().map(|seat| seat.0));
        self.connection
            .prepare_cached(SELECT_PRIVILEGES_AT)?
            .query_and_then([seats], |row| {
                Ok(PrivilegeRef {
                    id: row.get::<_, String>("privilege")?.into(),
                    slug: row.get("slug")?,
                    member: member::read_ref(row)?,
                    lifetime: column::lifetime(row)?,
                })
            })?
            .collect()
    }

    fn counted(&self, sql: &str) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| column::count(row, "found"))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn what_hangs_loose_is_found_by_an_index() {
        for sql in [
            COUNT_EMPTY_GROUPS,
            SELECT_EMPTY_GROUPS,
            COUNT_ONLY_TIMED,
            SELECT_PRIVILEGES_AT,
        ] {
            let plan = plan::of(sql);
            let scans = plan::scans(&plan);
            assert!(
                scans
                    .iter()
                    .all(|scan| scan.contains("json_each") || scan.contains("seat")),
                "{plan:?}"
            );
        }
        assert!(!plan::sorts(&plan::of(SELECT_EMPTY_GROUPS)));
        let plan = plan::of(SELECT_ONLY_TIMED);
        let index = "INDEX member_without_permanent_role";
        assert!(plan.iter().any(|line| line.contains(index)), "{plan:?}");
    }
}
