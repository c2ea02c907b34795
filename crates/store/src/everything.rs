//! All access of the workspace at once, to compare it with another state of the same project.

use std::collections::BTreeMap;

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;

use crate::column;
use crate::error::StoreError;
use crate::privilege;
use crate::role;
use crate::snapshot::Snapshot;

/// All roles, members and what hangs on them, each in the order in which it was added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Everything {
    /// Roles.
    pub roles: Vec<Role>,
    /// Members of every kind.
    pub members: Vec<Member>,
    /// Who is in which group: the group, then the member.
    pub group_members: Vec<(MemberId, MemberId)>,
    /// Who has which role.
    pub assignments: Vec<RoleAssignment>,
    /// Additional privileges.
    pub privileges: Vec<AdditionalPrivilege>,
}

const SELECT_ROLES: &str = "
    SELECT id, kind, slug, name, description, rules FROM role ORDER BY seq";

const SELECT_MEMBERS: &str = "
    SELECT seq, id, kind, name, handle, username FROM member ORDER BY seq";

const SELECT_AUTH_METHODS: &str = "
    SELECT member, name FROM member_auth_method ORDER BY member, position";

const SELECT_METADATA: &str = "
    SELECT member, key, value FROM member_metadata ORDER BY member, position";

const SELECT_GROUP_MEMBERS: &str = "
    SELECT whole.id AS whole, member.id AS member
    FROM group_member
    JOIN member AS whole ON whole.seq = group_member.whole
    JOIN member ON member.seq = group_member.member
    ORDER BY group_member.whole, group_member.member";

const SELECT_ASSIGNMENTS: &str = "
    SELECT held.id, member.id AS member, role.id AS role, is_temporary, range, start_at, end_at
    FROM role_assignment AS held
    JOIN member ON member.seq = held.member
    JOIN role ON role.seq = held.role
    ORDER BY held.seq";

const SELECT_PRIVILEGES: &str = "
    SELECT privilege.id, member.id AS member, slug, is_temporary, range, start_at, end_at, rules,
           reason, ticket, is_managed, created_at, updated_at
    FROM privilege JOIN member ON member.seq = privilege.member
    ORDER BY privilege.seq";

impl Snapshot {
    /// Everything. Large workspaces take a while.
    pub fn everything(&self) -> Result<Everything, StoreError> {
        Ok(Everything {
            roles: self
                .connection
                .prepare_cached(SELECT_ROLES)?
                .query_and_then([], role::read_role)?
                .collect::<Result<_, _>>()?,
            members: self.every_member()?,
            group_members: self
                .connection
                .prepare_cached(SELECT_GROUP_MEMBERS)?
                .query_and_then([], |row| {
                    Ok::<_, StoreError>((
                        row.get::<_, String>("whole")?.into(),
                        row.get::<_, String>("member")?.into(),
                    ))
                })?
                .collect::<Result<_, _>>()?,
            assignments: self
                .connection
                .prepare_cached(SELECT_ASSIGNMENTS)?
                .query_and_then([], |row| {
                    Ok::<_, StoreError>(RoleAssignment {
                        id: row.get::<_, String>("id")?.into(),
                        member: row.get::<_, String>("member")?.into(),
                        role: row.get::<_, String>("role")?.into(),
                        lifetime: column::lifetime(row)?,
                    })
                })?
                .collect::<Result<_, _>>()?,
            privileges: self
                .connection
                .prepare_cached(SELECT_PRIVILEGES)?
                .query_and_then([], privilege::read_privilege)?
                .collect::<Result<_, _>>()?,
        })
    }

    fn every_member(&self) -> Result<Vec<Member>, StoreError> {
        let mut methods: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_AUTH_METHODS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of = methods.entry(row.get("member")?).or_default();
            of.push(row.get("name")?);
        }
        let mut metadata: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(SELECT_METADATA)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of = metadata.entry(row.get("member")?).or_default();
            of.push((row.get("key")?, row.get("value")?));
        }
        self.connection
            .prepare_cached(SELECT_MEMBERS)?
            .query_and_then([], |row| {
                let seq: i64 = row.get("seq")?;
                Ok(Member {
                    id: row.get::<_, String>("id")?.into(),
                    kind: column::member_kind(row, "kind")?,
                    name: row.get("name")?,
                    handle: row.get("handle")?,
                    username: row.get("username")?,
                    auth_methods: methods.remove(&seq).unwrap_or_default(),
                    metadata: metadata.remove(&seq).unwrap_or_default(),
                })
            })?
            .collect()
    }
}
