//! What needs attention: what is about to end, and what has ended and is still stored.

use chrono::TimeDelta;
pub use reeve_store::ending::{Ending, EndingObject, Endings};

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::workspace::Counts;

/// How many endings of each kind are listed.
const LISTED: usize = 50;

/// What needs attention.
#[derive(Debug, Clone)]
pub struct Overview {
    /// How many of each kind there are.
    pub counts: Counts,
    /// How many additional privileges are stored.
    pub privileges: u64,
    /// What ends within a day.
    pub within_day: Endings,
    /// What ends after a day and within a week.
    pub within_week: Endings,
    /// What has ended and is still stored.
    pub ended: Endings,
}

impl Reeve {
    /// What needs attention now.
    pub fn overview(&self) -> Result<Overview, DeedError> {
        let now = self.now();
        let in_a_day = now + TimeDelta::days(1);
        self.workspace()?.reader().read(|snapshot| {
            Ok(Overview {
                counts: Counts::read(snapshot)?,
                privileges: snapshot.privilege_count()?,
                within_day: snapshot.expiring(now, in_a_day, LISTED)?,
                within_week: snapshot.expiring(in_a_day, now + TimeDelta::days(7), LISTED)?,
                ended: snapshot.expired(now, LISTED)?,
            })
        })
    }
}
