//! What differs between two workspaces, row by row: both are walked side by side in the order of their
//! keys, so that only the keys of what differs need room.

use std::cmp::Ordering;

use rusqlite::types::ValueRef;
use rusqlite::{Row, Statement};

use crate::error::StoreError;
use crate::snapshot::Snapshot;

/// Which rows are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Roles, by id.
    Roles,
    /// Members with metadata and ways to sign in, by id.
    Members,
    /// Who is in which group, by group and member.
    GroupMembers,
    /// Role assignments, by id.
    Assignments,
    /// Privileges by id, but for what only Reeve knows of them.
    Privileges,
    /// Folder grants, by id.
    FolderGrants,
    /// Names of secrets with their tags, by environment, path and name.
    SecretNames,
}

/// The key of a row that is not the same in both workspaces, the text from which it was read
/// included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Its parts.
    pub key: Vec<String>,
    /// Whether the first workspace has such a row.
    pub in_first: bool,
    /// Whether the second has.
    pub in_second: bool,
}

const SELECT_ROLES: &str = "
    SELECT id, kind, slug, name, description, rules, raw FROM role ORDER BY id";

const SELECT_MEMBERS: &str = "
    SELECT id, kind, name, handle, username, raw,
           (SELECT json_group_array(method.name ORDER BY position)
            FROM member_auth_method AS method WHERE method.member = seq),
           (SELECT json_group_array(json_array(key, value) ORDER BY position)
            FROM member_metadata AS metadata WHERE metadata.member = seq)
    FROM member ORDER BY id";

const SELECT_GROUP_MEMBERS: &str = "
    SELECT whole.id, member.id
    FROM group_member
    JOIN member AS whole ON whole.seq = group_member.whole
    JOIN member ON member.seq = group_member.member
    ORDER BY whole.id, member.id";

const SELECT_ASSIGNMENTS: &str = "
    SELECT held.id, member.id, role.id, is_temporary, range, start_at, end_at, held.raw
    FROM role_assignment AS held
    JOIN member ON member.seq = held.member
    JOIN role ON role.seq = held.role
    ORDER BY held.id";

const SELECT_PRIVILEGES: &str = "
    SELECT privilege.id, member.id, slug, is_temporary, range, start_at, end_at, rules, is_managed,
           created_at, updated_at, privilege.raw
    FROM privilege JOIN member ON member.seq = privilege.member
    ORDER BY privilege.id";

const SELECT_FOLDER_GRANTS: &str = "
    SELECT folder_grant.id, member.id, environment, path, tier, is_temporary, range, start_at,
           end_at, created_at, updated_at, folder_grant.raw
    FROM folder_grant JOIN member ON member.seq = folder_grant.member
    ORDER BY folder_grant.id";

const SELECT_SECRET_NAMES: &str = "
    SELECT environment, path, name, tags FROM secret_name ORDER BY environment, path, name";

impl Rows {
    fn sql(self) -> &'static str {
        match self {
            Self::Roles => SELECT_ROLES,
            Self::Members => SELECT_MEMBERS,
            Self::GroupMembers => SELECT_GROUP_MEMBERS,
            Self::Assignments => SELECT_ASSIGNMENTS,
            Self::Privileges => SELECT_PRIVILEGES,
            Self::FolderGrants => SELECT_FOLDER_GRANTS,
            Self::SecretNames => SELECT_SECRET_NAMES,
        }
    }

    /// How many of the first columns are the key.
    fn key(self) -> usize {
        match self {
            Self::Roles
            | Self::Members
            | Self::Assignments
            | Self::Privileges
            | Self::FolderGrants => 1,
            Self::GroupMembers => 2,
            Self::SecretNames => 3,
        }
    }
}

/// The rows that are not the same in `first` and `second`, in the order of their keys.
pub fn differing(
    rows: Rows,
    first: &Snapshot,
    second: &Snapshot,
) -> Result<Vec<Differing>, StoreError> {
    let mut ours = first.connection.prepare_cached(rows.sql())?;
    let mut theirs = second.connection.prepare_cached(rows.sql())?;
    let columns = Columns::of(&ours, rows.key());
    let (mut ours, mut theirs) = (ours.query([])?, theirs.query([])?);
    let (mut one, mut other) = (ours.next()?, theirs.next()?);
    let mut found = Vec::new();
    loop {
        let order = match (one, other) {
            (None, None) => return Ok(found),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => columns.order(one, other)?,
        };
        let same = match (one, other) {
            (Some(one), Some(other)) if order.is_eq() => columns.are_equal(one, other)?,
            _ => false,
        };
        let keyed = if order.is_gt() { other } else { one };
        if let Some(row) = keyed.filter(|_| !same) {
            found.push(Differing {
                key: columns.key(row)?,
                in_first: order.is_le(),
                in_second: order.is_ge(),
            });
        }
        if order.is_le() {
            one = ours.next()?;
        }
        if order.is_ge() {
            other = theirs.next()?;
        }
    }
}

/// Which columns are the key, and which the rest.
struct Columns {
    key: std::ops::Range<usize>,
    rest: std::ops::Range<usize>,
}

impl Columns {
    fn of(statement: &Statement<'_>, key: usize) -> Self {
        Self {
            key: 0..key,
            rest: key..statement.column_count(),
        }
    }

    /// Keys are text and sorted by bytes, as SQLite does.
    fn order(&self, one: &Row<'_>, other: &Row<'_>) -> Result<Ordering, StoreError> {
        for column in self.key.clone() {
            let order = text(one, column)?.cmp(text(other, column)?);
            if order.is_ne() {
                return Ok(order);
            }
        }
        Ok(Ordering::Equal)
    }

    fn are_equal(&self, one: &Row<'_>, other: &Row<'_>) -> Result<bool, StoreError> {
        for column in self.rest.clone() {
            if one.get_ref(column)? != other.get_ref(column)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn key(&self, row: &Row<'_>) -> Result<Vec<String>, StoreError> {
        let parts = self.key.clone();
        parts
            .map(|column| Ok(String::from_utf8_lossy(text(row, column)?).into_owned()))
            .collect()
    }
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8], StoreError> {
    match row.get_ref(column)? {
        ValueRef::Text(text) => Ok(text),
        _ => Err(StoreError::Unreadable { what: "key" }),
    }
}
