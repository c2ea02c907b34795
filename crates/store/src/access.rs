//! All that gives a member access: its roles, directly and through groups, and its privileges.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;

use crate::column;
use crate::error::StoreError;
use crate::member::{self, MemberRef};
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

const SELECT_ASSIGNMENTS: &str = "
    SELECT wanted.value AS holder, held.id AS assignment, held.member, held.role,
           held.is_temporary, held.range, held.start_at, held.end_at,
           NULL AS id, NULL AS kind, NULL AS name,
           wanted.key AS position, '' AS group_key, 0 AS group_seq, held.seq AS seq
    FROM json_each(?1) AS wanted CROSS JOIN role_assignment AS held ON held.member = wanted.value
    UNION ALL
    SELECT wanted.value, held.id, held.member, held.role,
           held.is_temporary, held.range, held.start_at, held.end_at,
           through.id, through.kind, through.name,
           wanted.key, through.sort_key, through.seq, held.seq
    FROM json_each(?1) AS wanted
    CROSS JOIN group_member ON group_member.member = wanted.value
    CROSS JOIN member AS through ON through.id = group_member.group_id
    CROSS JOIN role_assignment AS held ON held.member = through.id
    ORDER BY position, group_key, group_seq, seq";

const SELECT_ROLES: &str = "
    SELECT role.id, role.kind, role.slug, role.name, role.description, role.rules
    FROM json_each(?1) AS wanted CROSS JOIN role ON role.id = wanted.value";

const SELECT_GROUPS: &str = "
    SELECT wanted.value AS holder, through.id, through.kind, through.name
    FROM json_each(?1) AS wanted
    CROSS JOIN group_member ON group_member.member = wanted.value
    CROSS JOIN member AS through ON through.id = group_member.group_id
    ORDER BY wanted.key, through.sort_key, through.seq";

const SELECT_PRIVILEGES: &str = "
    SELECT privilege.id, privilege.member, slug, is_temporary, range, start_at, end_at, rules,
           reason, ticket, created_at, updated_at
    FROM json_each(?1) AS wanted CROSS JOIN privilege ON privilege.member = wanted.value
    ORDER BY wanted.key, privilege.seq";

impl Snapshot {
    /// The access of the member `id`.
    pub fn member_access(&self, id: &MemberId) -> Result<Option<MemberAccess>, StoreError> {
        Ok(self.accesses(std::slice::from_ref(id))?.pop())
    }

    /// The access of the members `ids`, in that order; ids that do not exist are left out. It takes
    /// the same number of queries for many members as for one.
    pub fn accesses(&self, ids: &[MemberId]) -> Result<Vec<MemberAccess>, StoreError> {
        let wanted = column::json_list(ids.iter().map(MemberId::as_str));
        let mut roles = self.held_roles(&wanted)?;
        let mut groups = self.groups_of(&wanted)?;
        let mut privileges = self.privileges_of(&wanted)?;
        let members = self.members(ids)?.into_iter().map(|member| {
            let id = member.id.as_str();
            MemberAccess {
                groups: groups.remove(id).unwrap_or_default(),
                roles: roles.remove(id).unwrap_or_default(),
                privileges: privileges.remove(id).unwrap_or_default(),
                member,
            }
        });
        Ok(members.collect())
    }

    fn held_roles(&self, wanted: &str) -> Result<BTreeMap<String, Vec<HeldRole>>, StoreError> {
        let held = self
            .connection
            .prepare_cached(SELECT_ASSIGNMENTS)?
            .query_and_then([wanted], |row| {
                let through = match row.get::<_, Option<String>>("id")? {
                    None => None,
                    Some(_) => Some(member::read_ref(row)?),
                };
                let assignment = RoleAssignment {
                    id: row.get::<_, String>("assignment")?.into(),
                    member: row.get::<_, String>("member")?.into(),
                    role: row.get::<_, String>("role")?.into(),
                    lifetime: column::lifetime(row)?,
                };
                Ok((row.get::<_, String>("holder")?, assignment, through))
            })?
            .collect::<Result<Vec<_>, StoreError>>()?;
        let ids: BTreeSet<&str> = held.iter().map(|(_, held, _)| held.role.as_str()).collect();
        let roles = self.roles_of(&column::json_list(ids))?;
        let mut by_holder: BTreeMap<String, Vec<HeldRole>> = BTreeMap::new();
        for (holder, assignment, through) in held {
            let role = roles
                .get(assignment.role.as_str())
                .cloned()
                .ok_or(StoreError::Unreadable { what: "role" })?;
            by_holder.entry(holder).or_default().push(HeldRole {
                assignment,
                role,
                through,
            });
        }
        Ok(by_holder)
    }

    fn roles_of(&self, wanted: &str) -> Result<BTreeMap<String, Arc<Role>>, StoreError> {
        self.connection
            .prepare_cached(SELECT_ROLES)?
            .query_and_then([wanted], |row| {
                let role = role::read_role(row)?;
                Ok((role.id.as_str().to_owned(), Arc::new(role)))
            })?
            .collect()
    }

    /// The groups that the members in the JSON list `wanted` are in, by the id of the member.
    pub(crate) fn groups_of(
        &self,
        wanted: &str,
    ) -> Result<BTreeMap<String, Vec<MemberRef>>, StoreError> {
        let mut groups: BTreeMap<String, Vec<MemberRef>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_GROUPS)?;
        let mut rows = statement.query([wanted])?;
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
        wanted: &str,
    ) -> Result<BTreeMap<String, Vec<AdditionalPrivilege>>, StoreError> {
        let mut privileges: BTreeMap<String, Vec<AdditionalPrivilege>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_PRIVILEGES)?;
        let mut rows = statement.query([wanted])?;
        while let Some(row) = rows.next()? {
            let privilege = privilege::read_privilege(row)?;
            privileges
                .entry(privilege.member.as_str().to_owned())
                .or_default()
                .push(privilege);
        }
        Ok(privileges)
    }
}
