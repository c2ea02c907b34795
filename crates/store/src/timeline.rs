//! What is timed, as bars over a span of time: role assignments, privileges, folder grants, and
//! grants that begin later.

use chrono::{DateTime, Utc};
use reeve_domain::id::{AssignmentId, PrivilegeId, RoleId, ScheduledId};
use rusqlite::Row;

use crate::column;
use crate::error::StoreError;
use crate::member::{self, MemberRef};
use crate::page::Total;
use crate::snapshot::Snapshot;

/// Which bars are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineQuery {
    /// Bars that reach beyond this instant.
    pub from: DateTime<Utc>,
    /// Bars that begin before this instant.
    pub to: DateTime<Utc>,
    /// Only bars that end by `to`.
    pub ends_within: bool,
    /// Only bars of this kind.
    pub kind: Option<BarKind>,
    /// How many to pass over.
    pub offset: usize,
    /// At most so many.
    pub limit: usize,
}

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarKind {
    /// A role assignment.
    Assignment,
    /// An additional privilege.
    Privilege,
    /// A folder grant.
    FolderGrant,
    /// A grant that begins later.
    Scheduled,
}

/// Bars, the soonest end first; those without an end last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarPage {
    /// The bars.
    pub bars: Vec<Bar>,
    /// How many there are.
    pub total: Total,
}

/// Something timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub what: BarObject,
    /// Whose it is; a group if the role is given to a group.
    pub member: MemberRef,
    /// When it began or begins, if that is known.
    pub start: Option<DateTime<Utc>>,
    /// When it ends; only a scheduled grant may have no end.
    pub end: Option<DateTime<Utc>>,
}

/// What a bar stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BarObject {
    /// A role assignment.
    Assignment {
        /// Its id.
        id: AssignmentId,
        /// The role.
        role: RoleRef,
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
    /// A role that is given later.
    ScheduledRole {
        /// Its id.
        id: ScheduledId,
        /// The role.
        role: RoleRef,
    },
    /// A privilege that is given later.
    ScheduledPrivilege {
        /// Its id.
        id: ScheduledId,
        /// Its slug.
        slug: String,
    },
}

/// Enough of a role to name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRef {
    /// Its id.
    pub id: RoleId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
}

const COUNT: &str = "
    SELECT (SELECT count(*) FROM role_assignment INDEXED BY role_assignment_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?3
              AND (start_at IS NULL OR start_at < ?2) AND ?4 IN ('', 'assignment'))
         + (SELECT count(*) FROM privilege INDEXED BY privilege_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?3
              AND (start_at IS NULL OR start_at < ?2) AND ?4 IN ('', 'privilege'))
         + (SELECT count(*) FROM folder_grant INDEXED BY folder_grant_by_end
            WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?3
              AND (start_at IS NULL OR start_at < ?2) AND ?4 IN ('', 'folder'))
         + (SELECT count(*) FROM scheduled_grant INDEXED BY scheduled_grant_by_start
            WHERE begins_at < ?2
              AND coalesce(end_at, 9223372036854775807) > ?1
              AND coalesce(end_at, 9223372036854775807) <= ?3 AND ?4 IN ('', 'scheduled'))
        AS bars";

const SELECT: &str = "
    SELECT bar.what,
           CASE bar.what WHEN 'assignment' THEN role_assignment.id
                         WHEN 'privilege' THEN privilege.id
                         WHEN 'folder' THEN folder_grant.id ELSE planned.id END AS object,
           coalesce(privilege.slug, folder_grant.path, planned.slug) AS slug,
           folder_grant.environment, folder_grant.tier,
           role.id AS role_id, role.slug AS role_slug, role.name AS role_name,
           CASE bar.what WHEN 'assignment' THEN role_assignment.start_at
                         WHEN 'privilege' THEN privilege.start_at
                         WHEN 'folder' THEN folder_grant.start_at
                         ELSE planned.begins_at END AS start_at,
           CASE bar.what WHEN 'scheduled' THEN planned.end_at ELSE bar.end_at END AS end_at,
           member.id, member.kind, member.name
    FROM (
        SELECT 'assignment' AS what, seq, end_at
        FROM role_assignment INDEXED BY role_assignment_by_end
        WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?3
          AND (start_at IS NULL OR start_at < ?2) AND ?4 IN ('', 'assignment')
        UNION ALL
        SELECT 'privilege', seq, end_at
        FROM privilege INDEXED BY privilege_by_end
        WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?3
          AND (start_at IS NULL OR start_at < ?2) AND ?4 IN ('', 'privilege')
        UNION ALL
        SELECT 'folder', seq, end_at
        FROM folder_grant INDEXED BY folder_grant_by_end
        WHERE is_temporary = 1 AND end_at IS NOT NULL AND end_at > ?1 AND end_at <= ?3
          AND (start_at IS NULL OR start_at < ?2) AND ?4 IN ('', 'folder')
        UNION ALL
        SELECT 'scheduled', seq, coalesce(end_at, 9223372036854775807)
        FROM scheduled_grant INDEXED BY scheduled_grant_by_start
        WHERE begins_at < ?2
          AND coalesce(end_at, 9223372036854775807) > ?1
          AND coalesce(end_at, 9223372036854775807) <= ?3 AND ?4 IN ('', 'scheduled')
        ORDER BY 3, 1, 2 LIMIT ?5 OFFSET ?6
    ) AS bar
    LEFT JOIN role_assignment
        ON bar.what = 'assignment' AND role_assignment.seq = bar.seq
    LEFT JOIN privilege ON bar.what = 'privilege' AND privilege.seq = bar.seq
    LEFT JOIN folder_grant ON bar.what = 'folder' AND folder_grant.seq = bar.seq
    LEFT JOIN scheduled_grant AS planned ON bar.what = 'scheduled' AND planned.seq = bar.seq
    LEFT JOIN role ON role.seq = coalesce(role_assignment.role, planned.role)
    JOIN member
        ON member.seq = coalesce(role_assignment.member, privilege.member, folder_grant.member,
                                 planned.member)
    ORDER BY bar.end_at, bar.what, bar.seq";

impl Snapshot {
    /// The bars that `query` asks for.
    pub fn bars(&self, query: &TimelineQuery) -> Result<BarPage, StoreError> {
        let from = column::millis(query.from);
        let to = column::millis(query.to);
        let last_end = if query.ends_within { to } else { i64::MAX };
        let kind = match query.kind {
            None => "",
            Some(BarKind::Assignment) => "assignment",
            Some(BarKind::Privilege) => "privilege",
            Some(BarKind::FolderGrant) => "folder",
            Some(BarKind::Scheduled) => "scheduled",
        };
        let mut counted = self.connection.prepare_cached(COUNT)?;
        let count =
            counted.query_row((from, to, last_end, kind), |row| column::count(row, "bars"))?;
        let page = (
            from,
            to,
            last_end,
            kind,
            column::limit(query.limit),
            column::limit(query.offset),
        );
        let bars = self
            .connection
            .prepare_cached(SELECT)?
            .query_and_then(page, read_bar)?
            .collect::<Result<_, _>>()?;
        Ok(BarPage {
            bars,
            total: Total { count, exact: true },
        })
    }
}

fn read_bar(row: &Row<'_>) -> Result<Bar, StoreError> {
    let object: String = row.get("object")?;
    let role = match row.get::<_, Option<String>>("role_id")? {
        None => None,
        Some(id) => Some(RoleRef {
            id: id.into(),
            slug: row.get("role_slug")?,
            name: row.get("role_name")?,
        }),
    };
    let unreadable = StoreError::Unreadable { what: "what" };
    let what = match (
        row.get_ref("what")?
            .as_str()
            .map_err(rusqlite::Error::from)?,
        role,
    ) {
        ("assignment", Some(role)) => BarObject::Assignment {
            id: object.into(),
            role,
        },
        ("privilege", None) => BarObject::Privilege {
            id: object.into(),
            slug: row.get("slug")?,
        },
        ("folder", None) => BarObject::FolderGrant {
            id: object.into(),
            environment: row.get("environment")?,
            path: row.get("slug")?,
            tier: row.get("tier")?,
        },
        ("scheduled", Some(role)) => BarObject::ScheduledRole {
            id: object.into(),
            role,
        },
        ("scheduled", None) => BarObject::ScheduledPrivilege {
            id: object.into(),
            slug: row.get("slug")?,
        },
        _ => return Err(unreadable),
    };
    Ok(Bar {
        what,
        member: member::read_ref(row)?,
        start: column::optional_instant(row, "start_at")?,
        end: column::optional_instant(row, "end_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn bars_are_merged_from_the_indices_on_ends() {
        let plan = plan::of(SELECT);
        for index in [
            "role_assignment_by_end",
            "privilege_by_end",
            "folder_grant_by_end",
        ] {
            let step = format!("INDEX {index} (end_at>? AND end_at<?)");
            assert!(plan.iter().any(|line| line.contains(&step)), "{plan:?}");
        }
        assert!(
            plan.iter().any(|line| line.contains("MERGE (UNION ALL)")),
            "{plan:?}"
        );
        assert!(
            !plan.iter().any(|line| line.starts_with("SCAN member")),
            "{plan:?}"
        );
    }
}
