//! Every request that the open project can be asked.

use std::collections::BTreeMap;

use reeve_analysis::{Domain, Form, Universe};
use reeve_domain::project::Project;
use reeve_store::place::Places;

/// Which environments a comparison reckons with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environments {
    /// Any, also those that may be made one day.
    Open,
    /// Those that the project has.
    Closed,
    /// Exactly these.
    Only(Vec<String>),
}

/// The requests that can be made in `project`. Folders, tags and secrets can be made at any time, so
/// those that exist are only the first to be shown.
pub(crate) fn project_universe(
    project: &Project,
    places: Places,
    environments: &Environments,
) -> Universe {
    let existing = places.environments.iter().map(|e| e.slug.as_str());
    let environments = match environments {
        Environments::Open => Domain::open(Form::Slug, existing),
        Environments::Closed => Domain::closed(existing),
        Environments::Only(slugs) => Domain::closed(slugs.iter().map(String::as_str)),
    };
    let mut paths: Vec<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    Universe {
        edition: project.catalogue,
        environments,
        paths: Domain::open(Form::Path, paths),
        names: Domain::any(Form::Name),
        tags: Domain::open(Form::Slug, places.tags.iter().map(|tag| tag.slug.as_str())),
        others: BTreeMap::new(),
        folders: places.folders,
    }
}
