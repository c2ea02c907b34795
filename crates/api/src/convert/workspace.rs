//! The workspace, its refusal, and its places.

use std::collections::BTreeMap;

use reeve_app::clock_notice;
use reeve_app::places::Places as StoredPlaces;
use reeve_app::workspace::{self as app, OpenError, Refusal, Status};
use reeve_domain::project::{self, Project};

use super::common::{count, instant};
use super::error::sentence;
use crate::dto::clock::{ClockNotice, ClockSetBack};
use crate::dto::workspace::{
    CatalogueEdition, Counts, EnvironmentPlace, OpenWorkspace, Places, ProjectKind, ProjectSummary,
    RefusalReason, Semantics, TagPlace, WorkspaceRefusal, WorkspaceStatus,
};

/// Which workspace is open.
pub fn status(status: &Status) -> WorkspaceStatus {
    match status {
        Status::Open {
            path,
            project,
            counts,
        } => WorkspaceStatus::Open(OpenWorkspace {
            path: path.display().to_string(),
            project: project_summary(project),
            counts: counts_view(*counts),
        }),
        Status::Refused(refusal) => WorkspaceStatus::Refused(refusal_view(refusal)),
        Status::Welcome => WorkspaceStatus::Welcome,
    }
}

/// How many there are.
pub fn counts_view(counts: app::Counts) -> Counts {
    Counts {
        users: count(counts.users),
        identities: count(counts.identities),
        groups: count(counts.groups),
        roles: count(counts.roles),
    }
}

/// How a server orders rules, as it travels.
pub fn semantics_view(semantics: project::Semantics) -> Semantics {
    match semantics {
        project::Semantics::ForbidWins => Semantics::ForbidWins,
        project::Semantics::LastMatch => Semantics::LastMatch,
    }
}

fn project_summary(project: &Project) -> ProjectSummary {
    ProjectSummary {
        id: project.id.to_string(),
        name: project.name.clone(),
        slug: project.slug.clone(),
        kind: match project.kind {
            project::ProjectKind::Local => ProjectKind::Local,
            project::ProjectKind::Linked => ProjectKind::Linked,
        },
        semantics: semantics_view(project.semantics),
        catalogue: match project.catalogue {
            project::CatalogueEdition::Seed => CatalogueEdition::Seed,
            project::CatalogueEdition::Current => CatalogueEdition::Current,
        },
    }
}

fn refusal_view(refusal: &Refusal) -> WorkspaceRefusal {
    let (reason, hint) = match &refusal.error {
        OpenError::NotFound { .. } => (
            RefusalReason::NotFound,
            "It was moved, renamed or deleted. Open it where it is now, or go on with another.",
        ),
        OpenError::AlreadyExists { .. } => (
            RefusalReason::AlreadyExists,
            "Nothing is ever overwritten. Choose another file, or open the one that is there.",
        ),
        OpenError::NotAWorkspace { .. } => (
            RefusalReason::NotAWorkspace,
            "The file belongs to another program and was left as it is. Open a workspace instead.",
        ),
        OpenError::Corrupt { .. } => (
            RefusalReason::Corrupt,
            "The file was left as it is. Restore it from a copy, or go on with another.",
        ),
        OpenError::NewerSchema { .. } | OpenError::OtherSchema { .. } => (
            RefusalReason::NewerSchema,
            "The file was left as it is. Update Reeve to open it, or go on with another.",
        ),
        OpenError::ReadOnly { .. } => (
            RefusalReason::ReadOnly,
            "Make the file and its folder writable, then try again, or go on with another.",
        ),
        OpenError::DiskFull { .. } => (
            RefusalReason::DiskFull,
            "Make room on that disk, then try again.",
        ),
        OpenError::Locked { .. } => (
            RefusalReason::Locked,
            "Close the other program, then try again.",
        ),
        OpenError::Io { .. } => (
            RefusalReason::Io,
            "Try again, or go on with another workspace.",
        ),
    };
    WorkspaceRefusal {
        path: refusal.path.display().to_string(),
        reason,
        sentence: sentence(&refusal.error.to_string()),
        hint: hint.into(),
    }
}

/// The places, folders under their environments.
pub fn places(places: &StoredPlaces) -> Places {
    let mut folders: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for folder in &places.folders {
        folders
            .entry(folder.environment.as_str())
            .or_default()
            .push(folder.path.clone());
    }
    Places {
        environments: places
            .environments
            .iter()
            .map(|environment| EnvironmentPlace {
                slug: environment.slug.to_string(),
                name: environment.name.clone(),
                folders: folders
                    .remove(environment.slug.as_str())
                    .unwrap_or_default(),
            })
            .collect(),
        tags: places
            .tags
            .iter()
            .map(|tag| TagPlace {
                slug: tag.slug.clone(),
                color: tag.color.clone(),
            })
            .collect(),
    }
}

/// What is to be said of the clock.
pub fn clock_notice(set_back: Option<clock_notice::ClockSetBack>) -> ClockNotice {
    ClockNotice {
        set_back: set_back.map(|back| ClockSetBack {
            from: instant(back.from),
            now: instant(back.now),
            again: count(back.again),
        }),
    }
}
