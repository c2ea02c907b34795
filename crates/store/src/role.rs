//! Roles.

use reeve_domain::id::RoleId;
use reeve_domain::role::{Role, RoleKind};
use rusqlite::Row;

use crate::column;
use crate::error::{self, StoreError};
use crate::fold::fold;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// A role, and how much it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// The role.
    pub role: Role,
    /// How many assignments give it to a user or an identity directly, ended ones included.
    pub actor_count: u64,
    /// How many assignments give it to a group, ended ones included.
    pub group_count: u64,
}

const SELECT_ALL: &str = "
    SELECT id, kind, slug, name, description, rules, actor_count, group_count
    FROM role ORDER BY kind = 'custom', CASE kind WHEN 'custom' THEN search_key END, seq";

const SELECT_BY_ID: &str = "
    SELECT id, kind, slug, name, description, rules FROM role WHERE id = ?1";

const COUNT: &str = "
    SELECT count(*) AS count FROM role";

const SELECT_BY_SLUG: &str = "
    SELECT id, kind, slug, name, description, rules FROM role WHERE slug = ?1";

const INSERT: &str = "
    INSERT INTO role (id, kind, slug, name, description, rules, search_key, forbids, is_wide)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

const UPDATE: &str = "
    UPDATE role SET kind = ?2, slug = ?3, name = ?4, description = ?5, rules = ?6, search_key = ?7,
        forbids = ?8, is_wide = ?9
    WHERE id = ?1";

const DELETE: &str = "
    DELETE FROM role WHERE id = ?1";

impl Snapshot {
    /// Every role: the predefined ones in the order they were added, then the custom ones by name.
    pub fn roles(&self) -> Result<Vec<RoleRow>, StoreError> {
        self.connection
            .prepare_cached(SELECT_ALL)?
            .query_and_then([], |row| {
                Ok(RoleRow {
                    role: read_role(row)?,
                    actor_count: column::count(row, "actor_count")?,
                    group_count: column::count(row, "group_count")?,
                })
            })?
            .collect()
    }

    /// How many roles there are.
    pub fn role_count(&self) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(COUNT)?;
        Ok(statement.query_row([], |row| column::count(row, "count"))?)
    }

    /// The role `id`.
    pub fn role(&self, id: &RoleId) -> Result<Option<Role>, StoreError> {
        self.one_role(SELECT_BY_ID, id.as_str())
    }

    /// The role whose slug is `slug`.
    pub fn role_by_slug(&self, slug: &str) -> Result<Option<Role>, StoreError> {
        self.one_role(SELECT_BY_SLUG, slug)
    }

    fn one_role(&self, sql: &str, key: &str) -> Result<Option<Role>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query_and_then([key], read_role)?;
        rows.next().transpose()
    }
}

impl Transaction {
    /// Adds a role.
    pub fn insert_role(&self, role: &Role) -> Result<(), StoreError> {
        self.write_role(INSERT, role).map(|_| ())
    }

    /// Changes the role with the same id to `role`.
    pub fn update_role(&self, role: &Role) -> Result<(), StoreError> {
        let changed = self.write_role(UPDATE, role)?;
        column::one(changed, "role", role.id.as_str())
    }

    /// Removes a role that nobody has.
    pub fn remove_role(&self, id: &RoleId) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE)?
            .execute([id.as_str()])
            .map_err(|error| match error::broken_constraint(&error) {
                Some(error::Constraint::Reference) => StoreError::InUse {
                    what: "role",
                    id: id.as_str().to_owned(),
                },
                _ => error.into(),
            })?;
        column::one(removed, "role", id.as_str())
    }

    fn write_role(&self, sql: &str, role: &Role) -> Result<usize, StoreError> {
        let kind = match role.kind {
            RoleKind::Predefined => "predefined",
            RoleKind::Custom => "custom",
        };
        let facts = self.role_facts(role)?;
        self.connection
            .prepare_cached(sql)?
            .execute((
                role.id.as_str(),
                kind,
                &role.slug,
                &role.name,
                &role.description,
                &role.rules,
                fold(&format!("{} {}", role.name, role.slug)),
                facts.forbids,
                facts.wide,
            ))
            .map_err(|error| {
                if error::breaks_unique(&error, "role.slug") {
                    StoreError::SlugTaken {
                        slug: role.slug.clone(),
                    }
                } else {
                    StoreError::of_row(error, "role", role.id.as_str())
                }
            })
    }
}

/// The role in the columns `id`, `kind`, `slug`, `name`, `description`, `rules`.
pub(crate) fn read_role(row: &Row<'_>) -> Result<Role, StoreError> {
    Ok(Role {
        id: row.get::<_, String>("id")?.into(),
        kind: match row.get::<_, String>("kind")?.as_str() {
            "predefined" => RoleKind::Predefined,
            "custom" => RoleKind::Custom,
            _ => return Err(StoreError::Unreadable { what: "kind" }),
        },
        slug: row.get("slug")?,
        name: row.get("name")?,
        description: row.get("description")?,
        rules: row.get("rules")?,
    })
}
