//! Grants that shall begin later. Servers make everything effective at once, so a grant waits here
//! until its start has come.

use chrono::{DateTime, Utc};

use crate::id::{MemberId, RoleId, ScheduledId};
use crate::lifetime::Lifetime;

/// A privilege or a role assignment that shall begin at an instant to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledGrant {
    /// Its id.
    pub id: ScheduledId,
    /// Who shall have it.
    pub member: MemberId,
    /// What shall be given.
    pub what: ScheduledObject,
    /// When it shall begin.
    pub start: DateTime<Utc>,
    /// How long it shall count from then on; a timed one has `start` as its start, and an end.
    pub lifetime: Lifetime,
    /// Why; kept here, never sent.
    pub reason: String,
    /// The ticket it is for; kept here, never sent.
    pub ticket: String,
    /// When it was scheduled.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Why it could not be made effective at its start, as a sentence.
    pub trouble: Option<String>,
}

/// What shall be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScheduledObject {
    /// An additional privilege.
    Privilege {
        /// Its name on the wire.
        slug: String,
        /// Its rules, as JSON text.
        rules: String,
    },
    /// A role.
    Role(RoleId),
}

/// Where a scheduled grant stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduledStanding {
    /// Its start lies ahead.
    Waiting,
    /// Its start has passed without its having been made effective.
    Late,
    /// Its end has passed as well, so it can no longer be given as planned.
    Missed,
}

impl ScheduledGrant {
    /// Where it stands at `now`.
    pub fn standing(&self, now: DateTime<Utc>) -> ScheduledStanding {
        if now < self.start {
            ScheduledStanding::Waiting
        } else if self.lifetime.is_active(now) {
            ScheduledStanding::Late
        } else {
            ScheduledStanding::Missed
        }
    }
}
