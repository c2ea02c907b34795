//! Links a project of a server: pulls it into a new workspace and opens that. The workspace comes
//! into being whole or not at all, and what was open stays open until then.

use std::path::{Path, PathBuf};

use reeve_domain::slug::normalise_slug;
use reeve_remote::fetched::{Known, OnProgress, Wanted};
use reeve_store::open::OpenError;
use reeve_store::workspace::Workspace;
use tokio_util::sync::CancellationToken;

use super::PULLED;
use super::link::Link;
use super::write::{Brought, fill};
use crate::error::DeedError;
use crate::operation::Work;
use crate::reeve::Reeve;
use crate::workspace::Opening;

/// A project to link.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// The connection to pull it over.
    pub connection: String,
    /// The project's id on the server.
    pub project: String,
    /// The new workspace file; a free name in the data folder if none is given.
    pub path: Option<PathBuf>,
    /// Whether names of secrets are pulled.
    pub secret_names: bool,
}

impl Reeve {
    /// Begins to link a project. Gives the operation's id; its workspace is open once it is done.
    pub fn begin_link(&self, new: &NewLink) -> Result<String, DeedError> {
        self.connection(&new.connection)?;
        let (id, cancel) = self.begin(Work::Link)?;
        let (reeve, new, operation) = (self.clone(), new.clone(), id.clone());
        self.remote.spawn(async move {
            let progress = reeve.on_progress(&operation);
            let outcome = reeve
                .link_over(&new, &cancel, progress, Opening::File)
                .await;
            reeve.end(&operation, outcome.map(|_| ()));
        })?;
        Ok(id)
    }

    /// Links a project and waits for it. Gives the workspace file; the next start of the app does not
    /// come back to it.
    pub fn link_project(
        &self,
        new: &NewLink,
        on_progress: OnProgress,
    ) -> Result<PathBuf, DeedError> {
        let cancel = CancellationToken::new();
        self.remote
            .wait(self.link_over(new, &cancel, on_progress, Opening::Visit))?
    }

    async fn link_over(
        &self,
        new: &NewLink,
        cancel: &CancellationToken,
        on_progress: OnProgress,
        opening: fn(PathBuf) -> Opening,
    ) -> Result<PathBuf, DeedError> {
        let connection = self.connection(&new.connection)?;
        let wanted = Wanted {
            project: new.project.clone(),
            secret_names: new.secret_names,
        };
        let brought = self
            .bring(&connection, &wanted, &Known::default(), cancel, on_progress)
            .await?;
        if cancel.is_cancelled() {
            return Err(reeve_remote::error::FetchError::Cancelled.into());
        }
        let path = new
            .path
            .clone()
            .unwrap_or_else(|| free_name(&self.data, &brought.fetched.project.slug));
        let link = Link {
            connection: connection.id,
            address: connection.address,
            project: new.project.clone(),
            secret_names: new.secret_names,
            every_minutes: None,
            chosen: None,
        };
        let (reeve, made) = (self.clone(), path.clone());
        tokio::task::spawn_blocking(move || {
            make(&made, &link, brought)?;
            reeve.open(&opening(made));
            Ok::<_, DeedError>(())
        })
        .await
        .map_err(|_| DeedError::NoThreads)??;
        self.events.changed(&PULLED);
        Ok(path)
    }
}

/// Makes the workspace under another name first, so that a half-made one is never taken for it.
fn make(path: &Path, link: &Link, brought: Brought) -> Result<(), DeedError> {
    let refused = |error: OpenError| DeedError::Conflict {
        sentence: error.to_string(),
    };
    let io = |_: std::io::Error| DeedError::Conflict {
        sentence: format!("`{}` cannot be written", path.display()),
    };
    if path.exists() {
        return Err(DeedError::Conflict {
            sentence: format!("there is a file at `{}` already", path.display()),
        });
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    let unfinished = path.with_extension("unfinished");
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).map_err(io)?;
    }
    let workspace = Workspace::create(&unfinished).map_err(refused)?;
    let filled = workspace
        .writer()
        .transaction(|transaction| fill(transaction, link, brought));
    // The last handle to go folds the log into the file, so that the file can be renamed.
    drop(workspace);
    if let Err(error) = filled {
        let _ = std::fs::remove_file(&unfinished);
        return Err(error);
    }
    std::fs::rename(&unfinished, path).map_err(io)
}

/// A name in `folder` that no file has, made of the project's slug.
fn free_name(folder: &Path, slug: &str) -> PathBuf {
    let slug = match normalise_slug(slug, 64) {
        slug if slug.is_empty() => "project".to_owned(),
        slug => slug,
    };
    let mut path = folder.join(format!("{slug}.reeve"));
    let mut number = 2;
    while path.exists() {
        path = folder.join(format!("{slug}-{number}.reeve"));
        number += 1;
    }
    path
}
