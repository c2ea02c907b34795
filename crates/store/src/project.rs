//! The project of the workspace.

use reeve_domain::project::{CatalogueEdition, Project, ProjectKind, Semantics};
use rusqlite::{OptionalExtension, Row};

use crate::error::StoreError;
use crate::snapshot::Snapshot;
use crate::transaction::Transaction;

const SELECT: &str = "
    SELECT id, name, slug, kind, semantics, catalogue FROM project";

const PUT: &str = "
    INSERT INTO project (only, id, name, slug, kind, semantics, catalogue)
    VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (only) DO UPDATE SET
        id = excluded.id, name = excluded.name, slug = excluded.slug, kind = excluded.kind,
        semantics = excluded.semantics, catalogue = excluded.catalogue";

impl Snapshot {
    /// The project, if the workspace has one yet.
    pub fn project(&self) -> Result<Option<Project>, StoreError> {
        let mut statement = self.connection.prepare_cached(SELECT)?;
        statement
            .query_row([], |row| Ok(read_project(row)))
            .optional()?
            .transpose()
    }
}

impl Transaction {
    /// Sets what the project is, whether or not the workspace had one.
    pub fn put_project(&self, project: &Project) -> Result<(), StoreError> {
        let kind = match project.kind {
            ProjectKind::Local => "local",
            ProjectKind::Linked => "linked",
        };
        let semantics = match project.semantics {
            Semantics::ForbidWins => "forbid-wins",
            Semantics::LastMatch => "last-match",
        };
        let catalogue = match project.catalogue {
            CatalogueEdition::Seed => "seed",
            CatalogueEdition::Current => "current",
        };
        let before = self.project()?;
        let mut statement = self.connection.prepare_cached(PUT)?;
        statement.execute((
            project.id.as_str(),
            &project.name,
            &project.slug,
            kind,
            semantics,
            catalogue,
        ))?;
        self.facts_change(before.as_ref(), project)
    }
}

fn read_project(row: &Row<'_>) -> Result<Project, StoreError> {
    Ok(Project {
        id: row.get::<_, String>("id")?.into(),
        name: row.get("name")?,
        slug: row.get("slug")?,
        kind: match row.get::<_, String>("kind")?.as_str() {
            "local" => ProjectKind::Local,
            "linked" => ProjectKind::Linked,
            _ => return Err(StoreError::Unreadable { what: "kind" }),
        },
        semantics: match row.get::<_, String>("semantics")?.as_str() {
            "forbid-wins" => Semantics::ForbidWins,
            "last-match" => Semantics::LastMatch,
            _ => return Err(StoreError::Unreadable { what: "semantics" }),
        },
        catalogue: match row.get::<_, String>("catalogue")?.as_str() {
            "seed" => CatalogueEdition::Seed,
            "current" => CatalogueEdition::Current,
            _ => return Err(StoreError::Unreadable { what: "catalogue" }),
        },
    })
}
