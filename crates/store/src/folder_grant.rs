//! Folder grants.

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, PrivilegeId};
use rusqlite::Row;

use crate::column::{self, LifetimeColumns};
use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

const SELECT: &str = "
    SELECT folder_grant.id, member.id AS member, environment, folder_grant.path, tier,
           is_temporary, range, start_at, end_at, created_at, updated_at
    FROM json_each(?1) AS wanted
    CROSS JOIN folder_grant ON folder_grant.id = wanted.value
    CROSS JOIN member ON member.seq = folder_grant.member
    ORDER BY wanted.key";

const SELECT_OF_MEMBERS: &str = "
    SELECT folder_grant.id, member.id AS member, environment, folder_grant.path, tier,
           is_temporary, range, start_at, end_at, created_at, updated_at
    FROM json_each(?1) AS wanted
    CROSS JOIN member ON member.id = wanted.value
    CROSS JOIN folder_grant ON folder_grant.member = member.seq
    ORDER BY wanted.key, folder_grant.seq";

const SELECT_OTHER_TIERS: &str = "
    SELECT DISTINCT member.id
    FROM folder_grant JOIN member ON member.seq = folder_grant.member
    WHERE tier NOT IN (SELECT value FROM json_each(?1))
    ORDER BY member.seq";

const INSERT: &str = "
    INSERT INTO folder_grant
        (id, member, environment, path, tier, is_temporary, range, start_at, end_at,
         created_at, updated_at, raw)
    VALUES (?1, (SELECT seq FROM member WHERE id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
            nullif(?12, ''))";

const UPDATE: &str = "
    UPDATE folder_grant
    SET member = (SELECT seq FROM member WHERE id = ?2), environment = ?3, path = ?4, tier = ?5,
        is_temporary = ?6, range = ?7, start_at = ?8, end_at = ?9, created_at = ?10,
        updated_at = ?11, raw = coalesce(nullif(?12, ''), raw)
    WHERE id = ?1";

const DELETE: &str = "
    DELETE FROM folder_grant WHERE id = ?1";

impl Snapshot {
    /// The folder grants `ids`, in that order; ids that do not exist are left out.
    pub fn folder_grants(&self, ids: &[PrivilegeId]) -> Result<Vec<FolderGrant>, StoreError> {
        let wanted = column::json_list(ids.iter().map(PrivilegeId::as_str));
        self.connection
            .prepare_cached(SELECT)?
            .query_and_then([wanted], read_folder_grant)?
            .collect()
    }

    /// The folder grants of `members`: member by member, in the order in which they were given.
    pub fn folder_grants_of_members(
        &self,
        members: &[MemberId],
    ) -> Result<Vec<FolderGrant>, StoreError> {
        let wanted = column::json_list(members.iter().map(MemberId::as_str));
        self.connection
            .prepare_cached(SELECT_OF_MEMBERS)?
            .query_and_then([wanted], read_folder_grant)?
            .collect()
    }

    /// Who has a folder grant, ended ones included, whose tier is none of `known`.
    pub fn with_other_tiers(&self, known: &[&str]) -> Result<Vec<MemberId>, StoreError> {
        let known = column::json_list(known.iter().copied());
        self.connection
            .prepare_cached(SELECT_OTHER_TIERS)?
            .query_and_then([known], |row| Ok(row.get::<_, String>("id")?.into()))?
            .collect()
    }
}

impl Transaction {
    /// Gives a folder grant to a user or an identity, with the text from which it was read beside
    /// it, if that is not empty.
    pub fn insert_folder_grant(&self, grant: &FolderGrant, raw: &str) -> Result<(), StoreError> {
        self.write_folder_grant(INSERT, grant, raw).map(|_| ())
    }

    /// Changes the folder grant with the same id to `grant`; the member stays. So does the text
    /// beside it if `raw` is empty.
    pub fn update_folder_grant(&self, grant: &FolderGrant, raw: &str) -> Result<(), StoreError> {
        let changed = self.write_folder_grant(UPDATE, grant, raw)?;
        column::one(changed, "folder grant", grant.id.as_str())
    }

    /// Removes a folder grant.
    pub fn remove_folder_grant(&self, id: &PrivilegeId) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE)?
            .execute([id.as_str()])?;
        column::one(removed, "folder grant", id.as_str())
    }

    fn write_folder_grant(
        &self,
        sql: &str,
        grant: &FolderGrant,
        raw: &str,
    ) -> Result<usize, StoreError> {
        let lifetime = LifetimeColumns::from(&grant.lifetime);
        self.connection
            .prepare_cached(sql)?
            .execute((
                grant.id.as_str(),
                grant.member.as_str(),
                &grant.environment,
                &grant.path,
                &grant.tier,
                lifetime.is_temporary,
                lifetime.range,
                lifetime.start_at,
                lifetime.end_at,
                column::millis(grant.created_at),
                column::millis(grant.updated_at),
                raw,
            ))
            .map_err(|error| StoreError::of_row(error, "folder grant", grant.id.as_str()))
    }
}

/// The folder grant in the columns of its table.
pub(crate) fn read_folder_grant(row: &Row<'_>) -> Result<FolderGrant, StoreError> {
    Ok(FolderGrant {
        id: row.get::<_, String>("id")?.into(),
        member: row.get::<_, String>("member")?.into(),
        environment: row.get("environment")?,
        path: row.get("path")?,
        tier: row.get("tier")?,
        lifetime: column::lifetime(row)?,
        created_at: column::instant(row, "created_at")?,
        updated_at: column::instant(row, "updated_at")?,
    })
}
