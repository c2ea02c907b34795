//! Whose access a change touches, and how, before it is made: for each actor concerned the exact
//! difference of all that they hold, worked out once for all who hold the same.
//!
//! The changes are those that deeds carry out and the history records. Nothing is written.

mod after;
mod concerned;
mod project_universe;

use chrono::{DateTime, Utc};
use reeve_analysis::{BlastRadius, Cancelled, Moment, Scope, Universe, blast_radius};
use reeve_domain::member::Member;
use reeve_domain::project::CatalogueEdition;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::journal::ThingChange;
use crate::reeve::Reeve;
use crate::role::project;

pub(crate) use concerned::{Gathered, concerned};
pub use project_universe::Environments;
pub(crate) use project_universe::project_universe;

/// Whose access changes would touch, and how.
#[derive(Debug, Clone)]
pub struct AccessEffect {
    /// Which names the server's actions have.
    pub edition: CatalogueEdition,
    /// The instant for which access was compared.
    pub at: DateTime<Utc>,
    /// Whose access differs, and how. Those whom the changes do not concern are not in it.
    pub radius: BlastRadius<Member>,
    /// Who could not be looked at, because something that they hold is stored in a form that is no
    /// list of rules.
    pub unreadable: Vec<Member>,
}

impl Reeve {
    /// What `changes` would do to the access that everybody concerned has at `at`, or now.
    ///
    /// Grants that begin later count for nothing before they begin. Ends with
    /// [`DeedError::Superseded`] soon after `cancelled` says yes.
    pub fn access_effect(
        &self,
        changes: &[ThingChange],
        at: Option<DateTime<Utc>>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<AccessEffect, DeedError> {
        let at = at.unwrap_or_else(|| self.now());
        self.workspace()?
            .reader()
            .read(|snapshot| self.effect_in(snapshot, changes, at, cancelled))
    }

    /// As [`Reeve::access_effect`], in a snapshot that is open already.
    pub(crate) fn effect_in(
        &self,
        snapshot: &Snapshot,
        changes: &[ThingChange],
        at: DateTime<Utc>,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<AccessEffect, DeedError> {
        let project = project(snapshot)?;
        let universe = project_universe(&project, snapshot.places()?, &Environments::Open);
        let scope = Scope::new(&universe, &self.analysis).cancelled_by(cancelled);
        let moment = Moment {
            semantics: project.semantics,
            at,
        };
        let Gathered {
            concerned,
            unreadable,
        } = concerned(snapshot, changes, project.catalogue)?;
        Ok(AccessEffect {
            edition: project.catalogue,
            at,
            radius: blast_radius(concerned, moment, moment, &scope)?,
            unreadable,
        })
    }

    /// Every request that the open project can be asked.
    pub fn universe(&self, environments: &Environments) -> Result<Universe, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            Ok(project_universe(&project, snapshot.places()?, environments))
        })
    }
}

impl From<Cancelled> for DeedError {
    fn from(Cancelled: Cancelled) -> Self {
        Self::Superseded
    }
}
