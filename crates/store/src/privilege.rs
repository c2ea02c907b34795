//! Additional privileges.

use reeve_domain::id::{MemberId, PrivilegeId};
use reeve_domain::privilege::AdditionalPrivilege;
use rusqlite::Row;

use crate::column::{self, LifetimeColumns};
use crate::error::{self, StoreError};
use crate::fact::StoredRules;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

const SELECT: &str = "
    SELECT privilege.id, member.id AS member, slug, is_temporary, range, start_at, end_at, rules,
           reason, ticket, is_managed, created_at, updated_at
    FROM privilege JOIN member ON member.seq = privilege.member
    WHERE privilege.id = ?1";

const SELECT_OF_MEMBERS: &str = "
    SELECT privilege.id, member.id AS member, slug, is_temporary, range, start_at, end_at, rules,
           reason, ticket, is_managed, created_at, updated_at
    FROM json_each(?1) AS wanted
    CROSS JOIN member ON member.id = wanted.value
    CROSS JOIN privilege ON privilege.member = member.seq
    ORDER BY wanted.key, privilege.seq";

const SELECT_BY_SLUG: &str = "
    SELECT privilege.id, member.id AS member, slug, is_temporary, range, start_at, end_at, rules,
           reason, ticket, is_managed, created_at, updated_at
    FROM member JOIN privilege ON privilege.member = member.seq
    WHERE member.id = ?1 AND privilege.slug = ?2";

const INSERT: &str = "
    INSERT INTO privilege
        (id, member, slug, is_temporary, range, start_at, end_at, rules, reason, ticket,
         is_managed, created_at, updated_at, forbids, is_wide, raw)
    VALUES (?1, (SELECT seq FROM member WHERE id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
            ?13, ?14, ?15, nullif(?16, ''))";

const COUNT: &str = "
    SELECT count(*) AS count FROM privilege";

const UPDATE: &str = "
    UPDATE privilege
    SET member = (SELECT seq FROM member WHERE id = ?2), slug = ?3, is_temporary = ?4, range = ?5,
        start_at = ?6, end_at = ?7, rules = ?8, reason = ?9, ticket = ?10, is_managed = ?11,
        created_at = ?12, updated_at = ?13, forbids = ?14, is_wide = ?15,
        raw = coalesce(nullif(?16, ''), raw)
    WHERE id = ?1";

const DELETE: &str = "
    DELETE FROM privilege WHERE id = ?1";

impl Snapshot {
    /// The privilege `id`.
    pub fn privilege(&self, id: &PrivilegeId) -> Result<Option<AdditionalPrivilege>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT)?;
        let mut rows = statement.query_and_then([id.as_str()], read_privilege)?;
        rows.next().transpose()
    }

    /// How many privileges are stored, ended ones included.
    pub fn privilege_count(&self) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(COUNT)?;
        Ok(statement.query_row([], |row| column::count(row, "count"))?)
    }

    /// The privileges of `members`: member by member, in the order in which they were given.
    pub fn privileges_of_members(
        &self,
        members: &[MemberId],
    ) -> Result<Vec<AdditionalPrivilege>, StoreError> {
        let wanted = column::json_list(members.iter().map(MemberId::as_str));
        self.connection
            .prepare_cached(SELECT_OF_MEMBERS)?
            .query_and_then([wanted], read_privilege)?
            .collect()
    }

    /// The privilege of `member` whose slug is `slug`.
    pub fn privilege_by_slug(
        &self,
        member: &MemberId,
        slug: &str,
    ) -> Result<Option<AdditionalPrivilege>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_BY_SLUG)?;
        let mut rows = statement.query_and_then([member.as_str(), slug], read_privilege)?;
        rows.next().transpose()
    }
}

impl Transaction {
    /// Gives a privilege to a user or an identity.
    pub fn insert_privilege(&self, privilege: &AdditionalPrivilege) -> Result<(), StoreError> {
        self.insert_privilege_with(privilege, "")
    }

    /// The same with the text from which it was read beside it, if that is not empty.
    pub(crate) fn insert_privilege_with(
        &self,
        privilege: &AdditionalPrivilege,
        raw: &str,
    ) -> Result<(), StoreError> {
        self.write_privilege(INSERT, privilege, raw).map(|_| ())
    }

    /// Changes the privilege with the same id to `privilege`; the member stays.
    pub fn update_privilege(&self, privilege: &AdditionalPrivilege) -> Result<(), StoreError> {
        let changed = self.write_privilege(UPDATE, privilege, "")?;
        column::one(changed, "privilege", privilege.id.as_str())
    }

    /// Removes a privilege.
    pub fn remove_privilege(&self, id: &PrivilegeId) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE)?
            .execute([id.as_str()])?;
        column::one(removed, "privilege", id.as_str())
    }

    fn write_privilege(
        &self,
        sql: &str,
        privilege: &AdditionalPrivilege,
        raw: &str,
    ) -> Result<usize, StoreError> {
        let lifetime = LifetimeColumns::from(&privilege.lifetime);
        let facts = self.facts_of(StoredRules::Written(&privilege.rules))?;
        self.connection
            .prepare_cached(sql)?
            .execute((
                privilege.id.as_str(),
                privilege.member.as_str(),
                &privilege.slug,
                lifetime.is_temporary,
                lifetime.range,
                lifetime.start_at,
                lifetime.end_at,
                &privilege.rules,
                &privilege.reason,
                &privilege.ticket,
                privilege.managed,
                column::millis(privilege.created_at),
                column::millis(privilege.updated_at),
                facts.forbids,
                facts.wide,
                raw,
            ))
            .map_err(|error| {
                if error::breaks_unique(&error, "privilege.slug") {
                    StoreError::SlugTaken {
                        slug: privilege.slug.clone(),
                    }
                } else {
                    StoreError::of_row(error, "privilege", privilege.id.as_str())
                }
            })
    }
}

/// The privilege in the columns of its table.
pub(crate) fn read_privilege(row: &Row<'_>) -> Result<AdditionalPrivilege, StoreError> {
    Ok(AdditionalPrivilege {
        id: row.get::<_, String>("id")?.into(),
        member: row.get::<_, String>("member")?.into(),
        slug: row.get("slug")?,
        lifetime: column::lifetime(row)?,
        rules: row.get("rules")?,
        reason: row.get("reason")?,
        ticket: row.get("ticket")?,
        managed: row.get("is_managed")?,
        created_at: column::instant(row, "created_at")?,
        updated_at: column::instant(row, "updated_at")?,
    })
}
