//! All that gives a member access: its roles, directly and through groups, its privileges and its
//! folder grants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::column;
use crate::error::StoreError;
use crate::folder_grant;
use crate::member::{self, MemberRef};
use crate::page::RoleChip;
use crate::privilege;
use crate::role;
use crate::snapshot::Snapshot;

/// A member and all that gives it access, ended parts included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberAccess {
    /// The member.
    pub member: Member,
    /// The groups it is in, by name.
    pub groups: Vec<MemberRef>,
    /// Its roles: its own in the order in which they were given, then those through groups, by the
    /// name of the group and the order in which the group was given them.
    pub roles: Vec<HeldRole>,
    /// Its privileges, in the order in which they were given.
    pub privileges: Vec<AdditionalPrivilege>,
    /// Its folder grants, in the order in which they were given.
    pub folder_grants: Vec<FolderGrant>,
}

/// A role that a member has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// The assignment; its member is the group if it is held through one.
    pub assignment: RoleAssignment,
    /// The role, shared by all who have it in one answer.
    pub role: Arc<Role>,
    /// The group through which it is held; `None` if it is held directly.
    pub through: Option<MemberRef>,
}

const SELECT_HELD: &str = "
    SELECT wanted.value AS holder, held.id AS assignment,
           role.seq AS role_seq, role.id AS role, role.slug AS role_slug, role.name AS role_name,
           held.is_temporary, held.range, held.start_at, held.end_at,
           NULL AS id, NULL AS kind, NULL AS name,
           wanted.key AS position, '' AS through_key, 0 AS through_seq, held.seq AS seq
    FROM json_each(?1) AS wanted
    CROSS JOIN role_assignment AS held ON held.member = wanted.value
    CROSS JOIN role ON role.seq = held.role
    UNION ALL
    SELECT wanted.value, held.id, role.seq, role.id, role.slug, role.name,
           held.is_temporary, held.range, held.start_at, held.end_at,
           through.id, through.kind, through.name,
           wanted.key, through.sort_key, through.seq, held.seq
    FROM json_each(?1) AS wanted
    CROSS JOIN group_member ON group_member.member = wanted.value
    CROSS JOIN member AS through ON through.seq = group_member.whole
    CROSS JOIN role_assignment AS held ON held.member = through.seq
    CROSS JOIN role ON role.seq = held.role
    ORDER BY position, through_key, through_seq, seq";

const SELECT_ROLES: &str = "
    SELECT role.seq, role.id, role.kind, role.slug, role.name, role.description, role.rules
    FROM json_each(?1) AS wanted CROSS JOIN role ON role.seq = wanted.value";

const SELECT_GROUPS: &str = "
    SELECT wanted.value AS holder, through.id, through.kind, through.name
    FROM json_each(?1) AS wanted
    CROSS JOIN group_member ON group_member.member = wanted.value
    CROSS JOIN member AS through ON through.seq = group_member.whole
    ORDER BY wanted.key, through.sort_key, through.seq";

const SELECT_PRIVILEGES: &str = "
    SELECT wanted.value AS holder, privilege.id, member.id AS member, slug,
           is_temporary, range, start_at, end_at, rules, reason, ticket, is_managed,
           created_at, updated_at
    FROM json_each(?1) AS wanted
    CROSS JOIN privilege ON privilege.member = wanted.value
    CROSS JOIN member ON member.seq = privilege.member
    ORDER BY wanted.key, privilege.seq";

const SELECT_FOLDER_GRANTS: &str = "
    SELECT wanted.value AS holder, folder_grant.id, member.id AS member, environment,
           folder_grant.path, tier, is_temporary, range, start_at, end_at, created_at, updated_at
    FROM json_each(?1) AS wanted
    CROSS JOIN folder_grant ON folder_grant.member = wanted.value
    CROSS JOIN member ON member.seq = folder_grant.member
    ORDER BY wanted.key, folder_grant.seq";

/// A role that is held, without its rules.
pub(crate) struct Held {
    /// The row of who holds it.
    pub(crate) holder: i64,
    pub(crate) chip: RoleChip,
    /// The row of the role.
    role: i64,
}

impl Snapshot {
    /// The access of the member `id`.
    pub fn member_access(&self, id: &MemberId) -> Result<Option<MemberAccess>, StoreError> {
        Ok(self.accesses(std::slice::from_ref(id))?.pop())
    }

    /// The access of the members `ids`, in that order; ids that do not exist are left out. It takes
    /// the same number of queries for many members as for one.
    pub fn accesses(&self, ids: &[MemberId]) -> Result<Vec<MemberAccess>, StoreError> {
        let members = self.members_with_seq(ids)?;
        let seqs = column::number_list(members.iter().map(|(seq, _)| *seq));
        let held = self.held(&seqs)?;
        let roles = self.roles_of(&held)?;
        let mut privileges = self.privileges_of(&seqs)?;
        let mut folder_grants = self.folder_grants_of(&seqs)?;
        let mut groups = self.groups_of(&seqs)?;
        let mut held_by: BTreeMap<i64, Vec<Held>> = BTreeMap::new();
        for held in held {
            held_by.entry(held.holder).or_default().push(held);
        }
        let accesses = members.into_iter().map(|(seq, member)| {
            Ok(MemberAccess {
                roles: held_by
                    .remove(&seq)
                    .unwrap_or_default()
                    .into_iter()
                    .map(|held| with_role(held, &member.id, &roles))
                    .collect::<Result<_, _>>()?,
                groups: groups.remove(&seq).unwrap_or_default(),
                privileges: privileges.remove(&seq).unwrap_or_default(),
                folder_grants: folder_grants.remove(&seq).unwrap_or_default(),
                member,
            })
        });
        accesses.collect()
    }

    /// What the members in the rows `seqs`, a JSON list, hold, in the order of [`MemberAccess`].
    pub(crate) fn held(&self, seqs: &str) -> Result<Vec<Held>, StoreError> {
        self.connection
            .prepare_cached(SELECT_HELD)?
            .query_and_then([seqs], read_held)?
            .collect()
    }

    /// The roles that are held, by row.
    fn roles_of(&self, held: &[Held]) -> Result<BTreeMap<i64, Arc<Role>>, StoreError> {
        let distinct: BTreeSet<i64> = held.iter().map(|held| held.role).collect();
        self.connection
            .prepare_cached(SELECT_ROLES)?
            .query_and_then([column::number_list(distinct)], |row| {
                Ok((row.get("seq")?, Arc::new(role::read_role(row)?)))
            })?
            .collect()
    }

    /// The groups that the members in the rows `seqs`, a JSON list, are in, by the member's row.
    pub(crate) fn groups_of(
        &self,
        seqs: &str,
    ) -> Result<BTreeMap<i64, Vec<MemberRef>>, StoreError> {
        let mut groups: BTreeMap<i64, Vec<MemberRef>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_GROUPS)?;
        let mut rows = statement.query([seqs])?;
        while let Some(row) = rows.next()? {
            groups
                .entry(row.get("holder")?)
                .or_default()
                .push(member::read_ref(row)?);
        }
        Ok(groups)
    }

    fn privileges_of(
        &self,
        seqs: &str,
    ) -> Result<BTreeMap<i64, Vec<AdditionalPrivilege>>, StoreError> {
        let mut privileges: BTreeMap<i64, Vec<AdditionalPrivilege>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_PRIVILEGES)?;
        let mut rows = statement.query([seqs])?;
        while let Some(row) = rows.next()? {
            privileges
                .entry(row.get("holder")?)
                .or_default()
                .push(privilege::read_privilege(row)?);
        }
        Ok(privileges)
    }

    fn folder_grants_of(&self, seqs: &str) -> Result<BTreeMap<i64, Vec<FolderGrant>>, StoreError> {
        let mut grants: BTreeMap<i64, Vec<FolderGrant>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_FOLDER_GRANTS)?;
        let mut rows = statement.query([seqs])?;
        while let Some(row) = rows.next()? {
            grants
                .entry(row.get("holder")?)
                .or_default()
                .push(folder_grant::read_folder_grant(row)?);
        }
        Ok(grants)
    }
}

fn read_held(row: &Row<'_>) -> Result<Held, StoreError> {
    let through = match row.get_ref("id")? {
        ValueRef::Null => None,
        _ => Some(member::read_ref(row)?),
    };
    Ok(Held {
        holder: row.get("holder")?,
        role: row.get("role_seq")?,
        chip: RoleChip {
            assignment: row.get::<_, String>("assignment")?.into(),
            role: row.get::<_, String>("role")?.into(),
            slug: row.get("role_slug")?,
            name: row.get("role_name")?,
            lifetime: column::lifetime(row)?,
            through,
        },
    })
}

/// What is held with the role itself; `holder` has it directly or through a group.
fn with_role(
    held: Held,
    holder: &MemberId,
    roles: &BTreeMap<i64, Arc<Role>>,
) -> Result<HeldRole, StoreError> {
    let role = roles
        .get(&held.role)
        .cloned()
        .ok_or(StoreError::Unreadable { what: "role" })?;
    let through = held.chip.through;
    let member = through.as_ref().map_or(holder, |group| &group.id);
    Ok(HeldRole {
        assignment: RoleAssignment {
            id: held.chip.assignment,
            member: member.clone(),
            role: held.chip.role,
            lifetime: held.chip.lifetime,
        },
        role,
        through,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan;

    #[test]
    fn access_is_looked_up_member_by_member() {
        for (sql, indices) in [
            (
                SELECT_HELD,
                &["role_assignment_by_member", "group_member_by_member"][..],
            ),
            (SELECT_GROUPS, &["group_member_by_member"]),
            (
                SELECT_PRIVILEGES,
                &["sqlite_autoindex_privilege_2 (member=?)"],
            ),
            (SELECT_FOLDER_GRANTS, &["folder_grant_by_member (member=?)"]),
            (SELECT_ROLES, &["INTEGER PRIMARY KEY"]),
        ] {
            let plan = plan::of(sql);
            for index in indices {
                assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
            }
            assert_eq!(plan::scans(&plan), Vec::<&String>::new());
        }
    }
}
