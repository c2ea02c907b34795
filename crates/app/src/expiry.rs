//! The watch over time: says so at the instant something timed ends, gives what is scheduled when its
//! start comes, and looks again after the clock was changed or the computer slept.
//!
//! It sleeps until the next end or start that the store knows of; the store is asked only when that
//! has come, or when something that ends or begins was written.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::{DeedError, StoreError};
use crate::events::Topic;
use crate::reeve::Reeve;

/// How long the watch sleeps at most before it compares the clocks. A sleeping computer does not
/// advance the timer, so this also bounds how late an end is noticed after waking.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// How far the clock may drift from the timer before it counts as changed.
const JUMP: TimeDelta = TimeDelta::milliseconds(1500);

impl Reeve {
    /// Watches until the program ends.
    pub async fn watch_expiry(&self) {
        let mut watched_until = self.now();
        // What should have begun before is late: it begins only when somebody says so.
        let mut started_until = watched_until;
        loop {
            let next = self.next_change(watched_until, started_until);
            let slept = Slept::begin(self.now());
            let pause = next
                .and_then(|end| (end - self.now()).to_std().ok())
                .unwrap_or(if next.is_some() {
                    Duration::ZERO
                } else {
                    HEARTBEAT
                })
                .min(HEARTBEAT);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.ends_changed.notified() => {}
            }
            let now = self.now();
            let was_changed = slept.clock_was_changed(now);
            if was_changed {
                self.note_set_back(slept.expected());
                self.look_for_notices.notify_one();
            }
            if was_changed || next.is_some_and(|end| end <= now) {
                self.start_what_is_due(started_until);
                self.events.changed(&[Topic::Time]);
                watched_until = now;
                started_until = now;
            }
        }
    }

    /// The first end after `ended` or start after `started`. A store that cannot be read has none;
    /// whoever looks at it is told why.
    fn next_change(&self, ended: DateTime<Utc>, started: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let workspace = self.workspace().ok()?;
        workspace
            .reader()
            .read(|snapshot| {
                let end = snapshot.next_end_after(ended)?;
                let start = snapshot.next_start_after(started)?;
                Ok::<_, StoreError>(end.into_iter().chain(start).min())
            })
            .unwrap_or_else(|error| {
                tracing::warn!(%error, "the next end could not be read");
                None
            })
    }

    fn start_what_is_due(&self, since: DateTime<Utc>) {
        match self.start_due(since) {
            Ok(0) | Err(DeedError::NoWorkspace) => {}
            Ok(_) => self.events.changed(&[
                Topic::Members,
                Topic::Roles,
                Topic::Privileges,
                Topic::History,
            ]),
            Err(error) => tracing::warn!(%error, "what is scheduled could not begin"),
        }
    }
}

/// A pause measured by both clocks.
struct Slept {
    clock: DateTime<Utc>,
    timer: Instant,
}

impl Slept {
    fn begin(now: DateTime<Utc>) -> Self {
        Self {
            clock: now,
            timer: Instant::now(),
        }
    }

    fn clock_was_changed(&self, now: DateTime<Utc>) -> bool {
        (now - self.expected()).abs() > JUMP
    }

    /// What the clock would say had it only gone on.
    fn expected(&self) -> DateTime<Utc> {
        let by_timer = TimeDelta::from_std(self.timer.elapsed()).unwrap_or_default();
        self.clock + by_timer
    }
}
