//! Says when the clock was set back: by what the program saw of it, or by a history that reaches
//! beyond the present.
//!
//! Ends are instants and stay what they are. What had ended counts again until its end comes once
//! more, as it would on a server with that clock.

use std::sync::PoisonError;

use chrono::{DateTime, TimeDelta, Utc};

use reeve_store::history::HistoryQuery;

use crate::error::DeedError;
use crate::reeve::Reeve;

/// Less than this is no setting back but two clocks that were never quite the same.
const TOLERANCE: TimeDelta = TimeDelta::seconds(5);

/// The clock was set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSetBack {
    /// An instant that the clock had reached before.
    pub from: DateTime<Utc>,
    /// What it says now.
    pub now: DateTime<Utc>,
    /// How much had ended by `from` and counts again now.
    pub again: u64,
}

/// What is known of settings back.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ClockMemory {
    /// The latest instant that the clock had reached when it was set back.
    reached: Option<DateTime<Utc>>,
    /// Nothing is said of a setting back from here or before.
    dismissed: Option<DateTime<Utc>>,
}

impl Reeve {
    /// The clock stands behind `reached`, which it had come to before.
    pub(crate) fn note_set_back(&self, reached: DateTime<Utc>) {
        let mut memory = self
            .clock_memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        memory.reached = memory.reached.max(Some(reached));
    }

    /// Whether the clock was set back and has not caught up yet; `None` also once that was dismissed.
    pub fn clock_set_back(&self) -> Result<Option<ClockSetBack>, DeedError> {
        let now = self.now();
        let memory = *self
            .clock_memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.workspace()?.reader().read(|snapshot| {
            let last = snapshot.history_page(&HistoryQuery {
                limit: 1,
                ..HistoryQuery::default()
            })?;
            let recorded = last.entries.first().map(|recorded| recorded.entry.at);
            let Some(from) = memory.reached.max(recorded) else {
                return Ok(None);
            };
            if from <= now + TOLERANCE || memory.dismissed.is_some_and(|past| from <= past) {
                return Ok(None);
            }
            let again = snapshot.expiring(now, from, 0)?.total.count;
            Ok(Some(ClockSetBack { from, now, again }))
        })
    }

    /// Says nothing more of the setting back that is known.
    pub fn dismiss_clock_notice(&self) -> Result<(), DeedError> {
        let known = self.clock_set_back()?.map(|back| back.from);
        let mut memory = self
            .clock_memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        memory.dismissed = memory.dismissed.max(known);
        Ok(())
    }
}
