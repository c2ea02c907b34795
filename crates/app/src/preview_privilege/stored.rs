//! A grant as it is stored while it is being edited.

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::scheduled::ScheduledGrant;
use reeve_store::snapshot::Snapshot;

use super::EditedRef;
use crate::error::DeedError;
use crate::journal::Thing;

/// A grant as it is stored.
pub(crate) enum StoredGrant {
    /// A privilege that was given.
    Privilege(AdditionalPrivilege),
    /// A grant that begins later.
    Scheduled(ScheduledGrant),
}

impl StoredGrant {
    /// The grant that `named` names.
    pub(crate) fn read(snapshot: &Snapshot, named: &EditedRef) -> Result<Self, DeedError> {
        match named {
            EditedRef::Privilege(id) => snapshot
                .privilege(id)?
                .map(Self::Privilege)
                .ok_or(DeedError::Missing { what: "privilege" }),
            EditedRef::Scheduled(id) => {
                snapshot
                    .scheduled(id)?
                    .map(Self::Scheduled)
                    .ok_or(DeedError::Missing {
                        what: "scheduled grant",
                    })
            }
        }
    }

    /// What tells this state of it from every other.
    pub(crate) fn revision(&self) -> String {
        match self {
            Self::Privilege(privilege) => privilege_revision(privilege),
            Self::Scheduled(grant) => scheduled_revision(grant),
        }
    }

    /// Its lifetime, moved to `start` where that is given.
    pub(super) fn kept_lifetime(&self, start: Option<DateTime<Utc>>) -> Lifetime {
        let (Self::Privilege(AdditionalPrivilege { lifetime, .. })
        | Self::Scheduled(ScheduledGrant { lifetime, .. })) = self;
        let (Some(start), Lifetime::Timed(timed)) = (start, lifetime) else {
            return lifetime.clone();
        };
        let end = match (timed.start, timed.end) {
            (Some(before), Some(end)) => Some(end + (start - before)),
            (_, end) => end,
        };
        Lifetime::Timed(Timed {
            range: timed.range.clone(),
            start: Some(start),
            end,
        })
    }
}

/// What tells this state of `privilege` from every other.
pub fn privilege_revision(privilege: &AdditionalPrivilege) -> String {
    Thing::Privilege(privilege.clone()).revision()
}

/// What tells this state of `grant` from every other.
pub fn scheduled_revision(grant: &ScheduledGrant) -> String {
    Thing::Scheduled(grant.clone()).revision()
}
