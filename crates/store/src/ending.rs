//! What ends: timed assignments, privileges and folder grants by their end.

use chrono::{DateTime, Utc};
use reeve_domain::id::{AssignmentId, PrivilegeId, RoleId};
use reeve_domain::lifetime::Lifetime;
use rusqlite::Row;

use crate::column;
use crate::error::StoreError;
use crate::member::{self, MemberRef};
use crate::page::Total;
use crate::snapshot::Snapshot;

/// A timed assignment, privilege or folder grant that has an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What ends.
    pub what: EndingObject,
    /// Whose it is; a group if the role is given to a group.
    pub member: MemberRef,
    /// When it ends or ended.
    pub end: DateTime<Utc>,
    /// Its lifetime.
    pub lifetime: Lifetime,
}

/// What ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndingObject {
    /// A role assignment.
    Assignment {
        /// Its id.
        id: AssignmentId,
        /// The role.
        role: RoleId,
        /// The slug of the role.
        slug: String,
        /// The name of the role.
        name: String,
    },
    /// An additional privilege.
    Privilege {
        /// Its id.
        id: PrivilegeId,
        /// Its slug.
        slug: String,
    },
    /// A folder grant.
    FolderGrant {
        /// Its id.
        id: PrivilegeId,
        /// The slug of the environment.
        environment: String,
        /// The path of the folder.
        path: String,
        /// How much it grants, in the server's word.
        tier: String,
    },
}

/// What ends in a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endings {
    /// The first of them, in order.
    pub rows: Vec<Ending>,
    /// How many there are.
    pub total: Total,
}

const COUNT: &str = "
    SELECT (SELECT count(*) FROM role_assignment INDEXED BY role_assignment_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2)
         + (SELECT count(*) FROM privilege INDEXED BY privilege_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2)
         + (SELECT count(*) FROM folder_grant INDEXED BY folder_grant_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2)
        AS endings";

const SELECT_SOONEST: &str = "
    SELECT ending.what, ending.object, role.id AS role, coalesce(role.slug, ending.slug) AS slug,
           role.name AS role_name, ending.environment, ending.tier, ending.is_temporary,
           ending.range, ending.start_at, ending.end_at, member.id, member.kind, member.name
    FROM (
        SELECT * FROM (
            SELECT 'assignment' AS what, id AS object, seq, member, role, NULL AS slug,
                   NULL AS environment, NULL AS tier, is_temporary, range, start_at, end_at
            FROM role_assignment INDEXED BY role_assignment_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2
            ORDER BY end_at, seq LIMIT ?3)
        UNION ALL
        SELECT * FROM (
            SELECT 'privilege', id, seq, member, NULL, slug, NULL, NULL, is_temporary, range,
                   start_at, end_at
            FROM privilege INDEXED BY privilege_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2
            ORDER BY end_at, seq LIMIT ?3)
        UNION ALL
        SELECT * FROM (
            SELECT 'folder', id, seq, member, NULL, path, environment, tier, is_temporary, range,
                   start_at, end_at
            FROM folder_grant INDEXED BY folder_grant_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2
            ORDER BY end_at, seq LIMIT ?3)
    ) AS ending
    JOIN member ON member.seq = ending.member
    LEFT JOIN role ON role.seq = ending.role
    ORDER BY ending.end_at, ending.what, ending.seq LIMIT ?3";

const SELECT_LATEST: &str = "
    SELECT ending.what, ending.object, role.id AS role, coalesce(role.slug, ending.slug) AS slug,
           role.name AS role_name, ending.environment, ending.tier, ending.is_temporary,
           ending.range, ending.start_at, ending.end_at, member.id, member.kind, member.name
    FROM (
        SELECT * FROM (
            SELECT 'assignment' AS what, id AS object, seq, member, role, NULL AS slug,
                   NULL AS environment, NULL AS tier, is_temporary, range, start_at, end_at
            FROM role_assignment INDEXED BY role_assignment_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2
            ORDER BY end_at DESC, seq DESC LIMIT ?3)
        UNION ALL
        SELECT * FROM (
            SELECT 'privilege', id, seq, member, NULL, slug, NULL, NULL, is_temporary, range,
                   start_at, end_at
            FROM privilege INDEXED BY privilege_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2
            ORDER BY end_at DESC, seq DESC LIMIT ?3)
        UNION ALL
        SELECT * FROM (
            SELECT 'folder', id, seq, member, NULL, path, environment, tier, is_temporary, range,
                   start_at, end_at
            FROM folder_grant INDEXED BY folder_grant_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?2
            ORDER BY end_at DESC, seq DESC LIMIT ?3)
    ) AS ending
    JOIN member ON member.seq = ending.member
    LEFT JOIN role ON role.seq = ending.role
    ORDER BY ending.end_at DESC, ending.what, ending.seq DESC LIMIT ?3";

const SELECT_NEXT: &str = "
    SELECT min(end_at) AS end_at FROM (
        SELECT min(end_at) AS end_at FROM role_assignment INDEXED BY role_assignment_by_end
        WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1
        UNION ALL
        SELECT min(end_at) FROM privilege INDEXED BY privilege_by_end
        WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1
        UNION ALL
        SELECT min(end_at) FROM folder_grant INDEXED BY folder_grant_by_end
        WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1)";

impl Snapshot {
    /// What ends after `now` and not after `until`, soonest first, at most `limit` of them.
    pub fn expiring(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: usize,
    ) -> Result<Endings, StoreError> {
        let span = (column::millis(now), column::millis(until));
        self.endings(SELECT_SOONEST, span, limit)
    }

    /// What has ended at `now` and is still stored, the most recent first, at most `limit` of them.
    pub fn expired(&self, now: DateTime<Utc>, limit: usize) -> Result<Endings, StoreError> {
        self.endings(SELECT_LATEST, (i64::MIN, column::millis(now)), limit)
    }

    /// The next instant after `now` at which something ends.
    pub fn next_end_after(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_NEXT)?;
        let mut rows = statement.query([column::millis(now)])?;
        match rows.next()? {
            None => Ok(None),
            Some(row) => column::optional_instant(row, "end_at"),
        }
    }

    fn endings(
        &self,
        sql: &str,
        (after, until): (i64, i64),
        limit: usize,
    ) -> Result<Endings, StoreError> {
        let mut statement = self.connection.prepare_cached(COUNT)?;
        let count = statement.query_row([after, until], |row| column::count(row, "endings"))?;
        let rows = self
            .connection
            .prepare_cached(sql)?
            .query_and_then((after, until, column::limit(limit)), read_ending)?
            .collect::<Result<_, _>>()?;
        Ok(Endings {
            rows,
            total: Total { count, exact: true },
        })
    }
}

fn read_ending(row: &Row<'_>) -> Result<Ending, StoreError> {
    let slug = row.get("slug")?;
    let object: String = row.get("object")?;
    let (role, tier): (Option<String>, Option<String>) = (row.get("role")?, row.get("tier")?);
    let what = match (role, tier) {
        (Some(role), _) => EndingObject::Assignment {
            id: object.into(),
            role: role.into(),
            slug,
            name: row.get("role_name")?,
        },
        (None, Some(tier)) => EndingObject::FolderGrant {
            id: object.into(),
            environment: row.get("environment")?,
            path: slug,
            tier,
        },
        (None, None) => EndingObject::Privilege {
            id: object.into(),
            slug,
        },
    };
    Ok(Ending {
        what,
        member: member::read_ref(row)?,
        end: column::instant(row, "end_at")?,
        lifetime: column::lifetime(row)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    const INDICES: [&str; 3] = [
        "role_assignment_by_end",
        "privilege_by_end",
        "folder_grant_by_end",
    ];

    #[test]
    fn the_next_end_is_one_step_into_each_index() {
        let plan = plan::of(SELECT_NEXT);
        for index in INDICES {
            let step = format!("USING COVERING INDEX {index} (end_at>?)");
            let found = plan.iter().find(|line| line.contains(&step));
            assert!(
                found.is_some_and(|line| line.starts_with("SEARCH")),
                "{plan:?}"
            );
        }
        assert_eq!(plan::scans(&plan), Vec::<&String>::new());
        assert!(!plan::sorts(&plan), "{plan:?}");
    }

    #[test]
    fn ends_are_read_in_order_and_only_the_few_that_are_shown_are_merged() {
        for sql in [SELECT_SOONEST, SELECT_LATEST] {
            let plan = plan::of(sql);
            for index in INDICES {
                let step = format!("INDEX {index} (end_at>? AND end_at<?)");
                assert!(plan.iter().any(|line| line.contains(&step)), "{plan:?}");
            }
            let sorted = plan.iter().filter(|line| line.contains("TEMP B-TREE"));
            assert_eq!(sorted.count(), 1, "{plan:?}");
            assert_eq!(plan::scans(&plan), Vec::<&String>::new(), "{plan:?}");
        }
        assert_eq!(plan::scans(&plan::of(COUNT)), Vec::<&String>::new());
    }
}
