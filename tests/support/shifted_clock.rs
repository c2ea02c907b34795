//! A clock that a test can set.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
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
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::milliseconds(self.milliseconds.load(Ordering::Relaxed))
    }
}
