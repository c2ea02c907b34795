//! Duplicates the open project as a local one, to draft in offline. The copy knows nothing of the
//! server any more; the linked project stays as it is.

use std::path::Path;

use reeve_domain::project::{Project, ProjectKind};
use reeve_store::workspace::Workspace;

use super::link::unlink;
use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::workspace::Opening;

impl Reeve {
    /// Copies the open project to a new file at `path` as a local project called `name`, and opens
    /// it. Its history comes with it.
    pub fn duplicate_as_local(&self, path: &Path, name: &str) -> Result<(), DeedError> {
        let from = self.workspace()?;
        if path.exists() {
            return Err(DeedError::Conflict {
                sentence: format!("there is a file at `{}` already", path.display()),
            });
        }
        let unfinished = path.with_extension("unfinished");
        let _ = std::fs::remove_file(&unfinished);
        from.copy_to(&unfinished)?;
        let copied = Workspace::open(&unfinished).map_err(|error| DeedError::Conflict {
            sentence: error.to_string(),
        })?;
        copied.writer().transaction(|transaction| {
            let project = transaction
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            unlink(transaction)?;
            transaction.put_project(&Project {
                kind: ProjectKind::Local,
                name: name.trim().to_owned(),
                ..project
            })?;
            Ok::<_, DeedError>(())
        })?;
        drop(copied);
        std::fs::rename(&unfinished, path).map_err(|_| DeedError::Conflict {
            sentence: format!("`{}` cannot be written", path.display()),
        })?;
        self.open(&Opening::File(path.to_owned()));
        Ok(())
    }
}
