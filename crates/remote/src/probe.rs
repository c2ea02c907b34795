//! What a server can do. It tells no version, so each path is tried: one that exists refuses in its
//! own words, one that does not is refused by the router.

use chrono::TimeDelta;
use reeve_domain::project::{CatalogueEdition, Semantics};

use crate::client::{Ask, Client};
use crate::error::FetchError;
use crate::path::segment;
use crate::wire::sign_in::Status;

/// What a server can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// `/projects/…` routes for roles, instead of `/workspace/…` (since autumn 2025).
    pub project_routes: bool,
    /// A role by its id (since June 2026).
    pub role_by_id: bool,
    /// The permission audit (later in 2026).
    pub permission_audit: bool,
}

/// How a server orders rules, as far as its paths tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// The order.
    pub semantics: Semantics,
    /// The catalogue.
    pub catalogue: CatalogueEdition,
    /// Whether the paths settle it. If not, it is the likelier one.
    pub certain: bool,
}

/// An id that nothing has.
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

/// Tries the paths that tell servers apart, about `project`.
pub async fn probe(client: &Client, project: &str) -> Result<Capabilities, FetchError> {
    let project = segment(project);
    let exists = |path: String| async move {
        match client.send(Ask::get("a route", path)).await {
            Err(FetchError::NoSuchRoute { .. }) => Ok(false),
            Err(
                error @ (FetchError::Unreachable { .. }
                | FetchError::UntrustedCertificate { .. }
                | FetchError::TimedOut { .. }
                | FetchError::Broken { .. }
                | FetchError::RedirectRefused { .. }
                | FetchError::NotJson { .. }
                | FetchError::TokenExpired
                | FetchError::TokenRefused { .. }
                | FetchError::SignInRefused { .. }
                | FetchError::Throttled { .. }
                | FetchError::Cancelled),
            ) => Err(error),
            // It answers, or refuses in its own words, so it is there.
            Ok(_) | Err(_) => Ok(true),
        }
    };
    let (project_routes, role_by_id, permission_audit) = tokio::try_join!(
        exists(format!("/api/v1/projects/{project}/roles")),
        exists(format!("/api/v1/projects/roles/{NOBODY}")),
        exists(format!(
            "/api/v1/projects/{project}/memberships/identities/{NOBODY}/permissions/audit"
        )),
    )?;
    Ok(Capabilities {
        project_routes,
        role_by_id,
        permission_audit,
    })
}

impl Capabilities {
    /// Servers since 2026-02-24 let a Forbid win. A path that came later settles it; without one the
    /// server is likely older.
    pub fn proposal(self) -> Proposal {
        if self.permission_audit || self.role_by_id {
            Proposal {
                semantics: Semantics::ForbidWins,
                catalogue: CatalogueEdition::Current,
                certain: true,
            }
        } else {
            Proposal {
                semantics: Semantics::LastMatch,
                catalogue: if self.project_routes {
                    CatalogueEdition::Current
                } else {
                    CatalogueEdition::Seed
                },
                certain: false,
            }
        }
    }
}

/// Asks the server for the time, a few times, so that the quickest answer tells it best.
pub async fn measure_clock(client: &Client) -> Result<(), FetchError> {
    for _ in 0..3 {
        let sent = client.now();
        let status: Status = client
            .read(Ask::get("the server's status", "/api/status".into()).open())
            .await?;
        if let Some(date) = status.date {
            client.measure(sent, client.now(), date, TimeDelta::milliseconds(1));
        }
    }
    Ok(())
}
