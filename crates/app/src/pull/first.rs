//! Links a project of a server: pulls it into a new workspace and opens that. The workspace comes
//! into being whole or not at all, and what was open stays open until then.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use reeve_domain::slug::normalise_slug;
use reeve_remote::fetched::{Nothing, OnProgress, Wanted};
use tokio_util::sync::CancellationToken;

use super::gather::{Place, Purpose};
use super::link::Link;
use super::write::make;
use super::{Asking, PLACING, PULLED};
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
        if let Some(path) = new.path.as_deref().filter(|path| path.exists()) {
            let path = path.display();
            return Err(DeedError::Conflict {
                sentence: format!("there is a file at `{path}` already"),
            });
        }
        let folder = new.path.as_deref().map_or(&*self.data, folder_of);
        let place = Place::in_folder(folder, Purpose::First)?;
        let wanted = Wanted {
            project: new.project.clone(),
            secret_names: new.secret_names,
        };
        let asking = Asking {
            wanted: &wanted,
            remembers: &Nothing,
            chosen: None,
            cancel,
            on_progress: Arc::clone(&on_progress),
        };
        let brought = self.bring(&connection, place, asking).await?;
        if cancel.is_cancelled() {
            return Err(reeve_remote::error::FetchError::Cancelled.into());
        }
        on_progress(PLACING);
        let path = new
            .path
            .clone()
            .unwrap_or_else(|| free_name(&self.data, &brought.gathered.project.slug));
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

/// The folder in which `path` is.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
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
