//! Grants that begin later.

use chrono::{DateTime, Utc};
use reeve_domain::id::{MemberId, RoleId, ScheduledId};
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use rusqlite::Row;

use crate::column::{self, LifetimeColumns};
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

const SELECT: &str = "
    SELECT planned.id, member.id AS member, role.id AS role, planned.slug, planned.rules, begins_at,
           is_temporary, range, start_at, end_at, reason, ticket, created_at, updated_at, trouble
    FROM scheduled_grant AS planned
    JOIN member ON member.seq = planned.member
    LEFT JOIN role ON role.seq = planned.role
    WHERE planned.id = ?1";

const SELECT_OF_MEMBERS: &str = "
    SELECT planned.id, member.id AS member, role.id AS role, planned.slug, planned.rules, begins_at,
           is_temporary, range, start_at, end_at, reason, ticket, created_at, updated_at, trouble
    FROM json_each(?1) AS wanted
    CROSS JOIN member ON member.id = wanted.value
    CROSS JOIN scheduled_grant AS planned ON planned.member = member.seq
    LEFT JOIN role ON role.seq = planned.role
    ORDER BY wanted.key, begins_at, planned.seq";

const SELECT_BEGUN: &str = "
    SELECT planned.id, member.id AS member, role.id AS role, planned.slug, planned.rules, begins_at,
           is_temporary, range, start_at, end_at, reason, ticket, created_at, updated_at, trouble
    FROM scheduled_grant AS planned INDEXED BY scheduled_grant_by_start
    JOIN member ON member.seq = planned.member
    LEFT JOIN role ON role.seq = planned.role
    WHERE begins_at <= ?1 ORDER BY begins_at, planned.seq";

const SELECT_NEXT: &str = "
    SELECT min(begins_at) AS begins_at FROM scheduled_grant WHERE begins_at > ?1";

const INSERT: &str = "
    INSERT INTO scheduled_grant
        (id, member, role, slug, rules, begins_at, is_temporary, range, start_at, end_at,
         reason, ticket, created_at, updated_at, trouble)
    VALUES (?1, (SELECT seq FROM member WHERE id = ?2), (SELECT seq FROM role WHERE id = ?3),
            ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

const UPDATE: &str = "
    UPDATE scheduled_grant
    SET member = (SELECT seq FROM member WHERE id = ?2),
        role = (SELECT seq FROM role WHERE id = ?3), slug = ?4, rules = ?5, begins_at = ?6,
        is_temporary = ?7, range = ?8, start_at = ?9, end_at = ?10, reason = ?11, ticket = ?12,
        created_at = ?13, updated_at = ?14, trouble = ?15
    WHERE id = ?1";

const DELETE: &str = "
    DELETE FROM scheduled_grant WHERE id = ?1";

impl Snapshot {
    /// The scheduled grant `id`.
    pub fn scheduled(&self, id: &ScheduledId) -> Result<Option<ScheduledGrant>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT)?;
        let mut rows = statement.query_and_then([id.as_str()], read_scheduled)?;
        rows.next().transpose()
    }

    /// What is scheduled for `members`: member by member, soonest first.
    pub fn scheduled_of(&self, members: &[MemberId]) -> Result<Vec<ScheduledGrant>, StoreError> {
        let wanted = column::json_list(members.iter().map(MemberId::as_str));
        self.connection
            .prepare_cached(SELECT_OF_MEMBERS)?
            .query_and_then([wanted], read_scheduled)?
            .collect()
    }

    /// What has a start that is not after `now`, the earliest first.
    pub fn scheduled_begun(&self, now: DateTime<Utc>) -> Result<Vec<ScheduledGrant>, StoreError> {
        self.connection
            .prepare_cached(SELECT_BEGUN)?
            .query_and_then([column::millis(now)], read_scheduled)?
            .collect()
    }

    /// The next instant after `now` at which something scheduled begins.
    pub fn next_start_after(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_NEXT)?;
        let mut rows = statement.query([column::millis(now)])?;
        match rows.next()? {
            None => Ok(None),
            Some(row) => column::optional_instant(row, "begins_at"),
        }
    }
}

impl Transaction {
    /// Schedules a grant.
    pub fn insert_scheduled(&self, grant: &ScheduledGrant) -> Result<(), StoreError> {
        self.write_scheduled(INSERT, grant).map(|_| ())
    }

    /// Changes the scheduled grant with the same id to `grant`.
    pub fn update_scheduled(&self, grant: &ScheduledGrant) -> Result<(), StoreError> {
        let changed = self.write_scheduled(UPDATE, grant)?;
        column::one(changed, "scheduled grant", grant.id.as_str())
    }

    /// Removes a scheduled grant.
    pub fn remove_scheduled(&self, id: &ScheduledId) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE)?
            .execute([id.as_str()])?;
        column::one(removed, "scheduled grant", id.as_str())
    }

    fn write_scheduled(&self, sql: &str, grant: &ScheduledGrant) -> Result<usize, StoreError> {
        let (role, slug, rules) = match &grant.what {
            ScheduledObject::Role(role) => (Some(role), None, None),
            ScheduledObject::Privilege { slug, rules } => (None, Some(slug), Some(rules)),
        };
        let of_row = |error| StoreError::of_row(error, "scheduled grant", grant.id.as_str());
        let lifetime = LifetimeColumns::from(&grant.lifetime);
        self.connection
            .prepare_cached(sql)?
            .execute(rusqlite::params![
                grant.id.as_str(),
                grant.member.as_str(),
                role.map(RoleId::as_str),
                slug,
                rules,
                column::millis(grant.start),
                lifetime.is_temporary,
                lifetime.range,
                lifetime.start_at,
                lifetime.end_at,
                &grant.reason,
                &grant.ticket,
                column::millis(grant.created_at),
                column::millis(grant.updated_at),
                &grant.trouble,
            ])
            .map_err(of_row)
    }
}

fn read_scheduled(row: &Row<'_>) -> Result<ScheduledGrant, StoreError> {
    let what = match row.get::<_, Option<String>>("role")? {
        Some(role) => ScheduledObject::Role(role.into()),
        None => ScheduledObject::Privilege {
            slug: row.get("slug")?,
            rules: row.get("rules")?,
        },
    };
    Ok(ScheduledGrant {
        id: row.get::<_, String>("id")?.into(),
        member: row.get::<_, String>("member")?.into(),
        what,
        start: column::instant(row, "begins_at")?,
        lifetime: column::lifetime(row)?,
        reason: row.get("reason")?,
        ticket: row.get("ticket")?,
        created_at: column::instant(row, "created_at")?,
        updated_at: column::instant(row, "updated_at")?,
        trouble: row.get("trouble")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn what_is_scheduled_is_looked_up_by_start_and_by_member() {
        for (sql, index) in [
            (SELECT_BEGUN, "scheduled_grant_by_start (begins_at<?)"),
            (SELECT_NEXT, "scheduled_grant_by_start (begins_at>?)"),
            (SELECT_OF_MEMBERS, "scheduled_grant_by_member (member=?)"),
        ] {
            let plan = plan::of(sql);
            assert!(
                plan.iter().any(|step| step.contains(index)),
                "{index}: {plan:?}"
            );
            assert_eq!(plan::scans(&plan), Vec::<&String>::new());
        }
    }
}
