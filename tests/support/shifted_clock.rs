//! A clock that a test can set.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use reeve_api::core::{Clock, SystemClock};

/// The computer's clock, shifted.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    milliseconds: AtomicI64,
}

impl ShiftedClock {
    /// Shifts it by `milliseconds` against the computer's.
    pub fn shift(&self, milliseconds: i64) {
        self.milliseconds.store(milliseconds, Ordering::Relaxed);
    }

    /// The instant so many milliseconds from now, as text.
    pub fn text_after(&self, milliseconds: i64) -> String {
        let instant = self.now() + TimeDelta::milliseconds(milliseconds);
        instant.to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::milliseconds(self.milliseconds.load(Ordering::Relaxed))
    }
}
