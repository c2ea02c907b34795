//! Pulls the open project again when it is time, if the user wants that.
//!
//! After a failure that may pass it asks again after a minute, then after two, four and so on, never
//! less often than the user wants. After one that will not pass it waits as long as usual, and where
//! signing in is what helps it waits for that: wrong credentials lock an identity out.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_remote::error::FetchError;

use super::Extent;
use crate::error::DeedError;
use crate::reeve::Reeve;

/// How often the clock is looked at.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// The attempts to pull the open project since the last one that was done.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    /// The workspace that they were about.
    of: PathBuf,
    /// When the last one failed.
    last: Option<DateTime<Utc>>,
    /// How many failed in a row.
    failures: u32,
    /// What the last one says about the next.
    outlook: Outlook,
}

/// When another attempt makes sense.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Outlook {
    /// When it is time.
    #[default]
    Usual,
    /// Soon: what went wrong may pass.
    Soon,
    /// Once somebody has signed in.
    AfterSignIn,
}

impl Reeve {
    /// Watches over all that happens by itself, until the program ends.
    pub async fn watch(&self) {
        tokio::join!(self.watch_expiry(), self.watch_pull());
    }

    /// Watches over pulls until the program ends.
    pub async fn watch_pull(&self) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            if let Err(error) = self.pull_if_due() {
                tracing::warn!(%error, "a pull could not begin");
            }
        }
    }

    /// Begins to bring the open project up to date if it is time. Gives the operation's id, or
    /// nothing if it is not time or something else runs.
    pub fn pull_if_due(&self) -> Result<Option<String>, DeedError> {
        if self
            .operation()
            .is_some_and(|operation| operation.ended.is_none())
            || !self.pull_is_due()
        {
            return Ok(None);
        }
        match self.begin_pull(Extent::Changed) {
            Err(DeedError::Busy) => Ok(None),
            begun => begun.map(Some),
        }
    }

    /// Whether so much time has gone since the last pull as the link says, and since the last
    /// attempt as makes sense after how it went.
    fn pull_is_due(&self) -> bool {
        let (Ok(workspace), Ok(Some((link, Some(last))))) = (self.workspace(), self.link()) else {
            return false;
        };
        let Some(minutes) = link.every_minutes else {
            return false;
        };
        let (usual, now) = (TimeDelta::minutes(i64::from(minutes)), self.now());
        let attempts = self.remote.attempts();
        // A clock that was set back must not keep anything waiting.
        let since = |then: DateTime<Utc>| if then > now { usual } else { now - then };
        let mut is_due = since(last.at) >= usual;
        if attempts.of == workspace.path()
            && let Some(attempt) = attempts.last
        {
            let Some(pause) = attempts.pause(usual) else {
                return false;
            };
            is_due &= since(attempt) >= pause;
        }
        is_due
    }

    /// Notes how a pull of `workspace` went that has just ended.
    pub(super) fn note_attempt(&self, workspace: &Path, outcome: &Result<(), DeedError>) {
        let mut attempts = self.remote.attempts();
        if attempts.of != workspace {
            *attempts = Attempts {
                of: workspace.to_owned(),
                ..Attempts::default()
            };
        }
        attempts.last = outcome.is_err().then(|| self.now());
        attempts.failures = match outcome {
            Ok(()) => 0,
            Err(_) => attempts.failures.saturating_add(1),
        };
        attempts.outlook = match outcome {
            Err(DeedError::Remote(error)) if error.needs_sign_in() => Outlook::AfterSignIn,
            Err(DeedError::Remote(FetchError::Cancelled)) | Ok(()) => Outlook::Usual,
            Err(error) if error.is_transient() => Outlook::Soon,
            Err(_) => Outlook::Usual,
        };
    }

    /// Notes that somebody signed in, which may be what the next attempt waits for.
    pub(crate) fn attempt_anew(&self) {
        *self.remote.attempts() = Attempts::default();
    }
}

impl Attempts {
    /// How long after the last attempt the next one makes sense; `None` if not by itself.
    fn pause(&self, usual: TimeDelta) -> Option<TimeDelta> {
        match self.outlook {
            Outlook::Usual => Some(usual),
            Outlook::AfterSignIn => None,
            Outlook::Soon => {
                let doublings = self.failures.saturating_sub(1).min(16);
                Some(TimeDelta::minutes(1 << doublings).min(usual))
            }
        }
    }
}
