//! The places of the project, environments and folders, and the tags that secrets can carry.

use reeve_domain::project::{Environment, EnvironmentSlug, Folder, Tag};
use rusqlite::Row;

use crate::column;
use crate::error::StoreError;
use crate::fold::fold;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

/// What of a place the project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KnownPlace {
    /// Whether it has the environment.
    pub environment: bool,
    /// Whether it has the folder in that environment; the root is in each.
    pub folder: bool,
}

/// Everything that conditions can be about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// The environments, in the order of the project.
    pub environments: Vec<Environment>,
    /// The folders, by environment in that order, then by path.
    pub folders: Vec<Folder>,
    /// The tags, by slug.
    pub tags: Vec<Tag>,
}

const SELECT_ENVIRONMENTS: &str = "
    SELECT slug, name FROM environment ORDER BY position, slug";

const SELECT_FOLDERS: &str = "
    SELECT folder.environment, folder.path
    FROM folder JOIN environment ON environment.slug = folder.environment
    ORDER BY environment.position, environment.slug, folder.path";

const SELECT_TAGS: &str = "
    SELECT slug, color FROM tag ORDER BY slug";

const SELECT_KNOWN: &str = "
    SELECT EXISTS (SELECT 1 FROM environment WHERE slug = ?1) AS environment,
           EXISTS (SELECT 1 FROM folder WHERE environment = ?1 AND path = ?2) AS folder";

const PUT_ENVIRONMENT: &str = "
    INSERT INTO environment (slug, position, name) VALUES (?1, ?2, ?3)
    ON CONFLICT (slug) DO UPDATE SET position = excluded.position, name = excluded.name";

const DELETE_ENVIRONMENT: &str = "
    DELETE FROM environment WHERE slug = ?1";

const PUT_FOLDER: &str = "
    INSERT INTO folder (environment, path, search_key) VALUES (?1, ?2, ?3)
    ON CONFLICT (environment, path) DO NOTHING";

const DELETE_FOLDER: &str = "
    DELETE FROM folder WHERE environment = ?1 AND path = ?2";

const PUT_TAG: &str = "
    INSERT INTO tag (slug, color) VALUES (?1, ?2)
    ON CONFLICT (slug) DO UPDATE SET color = excluded.color";

const DELETE_TAG: &str = "
    DELETE FROM tag WHERE slug = ?1";

impl Snapshot {
    /// Whether the project has this environment, and in it this folder.
    pub fn known_place(
        &self,
        environment: &str,
        path: Option<&str>,
    ) -> Result<KnownPlace, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT_KNOWN)?;
        Ok(statement.query_row((environment, path), |row| {
            let environment = row.get("environment")?;
            let folder: bool = row.get("folder")?;
            Ok(KnownPlace {
                environment,
                folder: folder || (environment && matches!(path, None | Some("/"))),
            })
        })?)
    }

    /// The slugs of the tags.
    pub fn tag_slugs(&self) -> Result<Vec<String>, StoreError> {
        self.connection
            .prepare_cached(SELECT_TAGS)?
            .query_map([], |row| row.get("slug"))?
            .map(|slug| Ok(slug?))
            .collect()
    }

    /// The environments, folders and tags.
    pub fn places(&self) -> Result<Places, StoreError> {
        let environments = self
            .connection
            .prepare_cached(SELECT_ENVIRONMENTS)?
            .query_map([], |row| {
                Ok(Environment {
                    slug: row.get::<_, String>("slug")?.into(),
                    name: row.get("name")?,
                })
            })?
            .collect::<Result<_, _>>()?;
        let folders = self
            .connection
            .prepare_cached(SELECT_FOLDERS)?
            .query_map([], read_folder)?
            .collect::<Result<_, _>>()?;
        let tags = self
            .connection
            .prepare_cached(SELECT_TAGS)?
            .query_map([], |row| {
                Ok(Tag {
                    slug: row.get("slug")?,
                    color: row.get("color")?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(Places {
            environments,
            folders,
            tags,
        })
    }
}

impl Transaction {
    /// Sets the name of an environment and its place among the others, new or not.
    pub fn put_environment(
        &self,
        position: usize,
        environment: &Environment,
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(PUT_ENVIRONMENT)?;
        statement.execute((
            environment.slug.as_str(),
            column::limit(position),
            &environment.name,
        ))?;
        Ok(())
    }

    /// Removes an environment and its folders.
    pub fn remove_environment(&self, slug: &EnvironmentSlug) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE_ENVIRONMENT)?
            .execute([slug.as_str()])?;
        column::one(removed, "environment", slug.as_str())
    }

    /// Adds a folder, unless it is there already.
    pub fn put_folder(&self, folder: &Folder) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(PUT_FOLDER)?;
        statement
            .execute((
                folder.environment.as_str(),
                &folder.path,
                fold(&folder.path),
            ))
            .map_err(|error| StoreError::of_row(error, "folder", &folder.path))?;
        Ok(())
    }

    /// Removes a folder.
    pub fn remove_folder(&self, folder: &Folder) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE_FOLDER)?
            .execute((folder.environment.as_str(), &folder.path))?;
        column::one(removed, "folder", &folder.path)
    }

    /// Sets the colour of a tag, new or not.
    pub fn put_tag(&self, tag: &Tag) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(PUT_TAG)?;
        statement.execute((&tag.slug, &tag.color))?;
        Ok(())
    }

    /// Removes a tag.
    pub fn remove_tag(&self, slug: &str) -> Result<(), StoreError> {
        let removed = self
            .connection
            .prepare_cached(DELETE_TAG)?
            .execute([slug])?;
        column::one(removed, "tag", slug)
    }
}

/// Reads a folder from the columns `environment` and `path`.
pub(crate) fn read_folder(row: &Row<'_>) -> rusqlite::Result<Folder> {
    Ok(Folder {
        environment: row.get::<_, String>("environment")?.into(),
        path: row.get("path")?,
    })
}
