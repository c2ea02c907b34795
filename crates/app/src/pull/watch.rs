//! Pulls the open project again when it is time, if the user wants that.

use std::time::Duration;

use chrono::TimeDelta;

use super::Extent;
use crate::reeve::Reeve;

/// How often the clock is looked at.
const HEARTBEAT: Duration = Duration::from_secs(15);

impl Reeve {
    /// Watches over all that happens by itself, until the program ends.
    pub async fn watch(&self) {
        tokio::join!(self.watch_expiry(), self.watch_pull());
    }

    /// Watches over pulls until the program ends.
    pub async fn watch_pull(&self) {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            if self.pull_is_due()
                && let Err(error) = self.begin_pull(Extent::Changed)
            {
                tracing::warn!(%error, "a pull could not begin");
            }
        }
    }

    /// Whether so much time has gone since the last attempt, successful or not, as the link says.
    fn pull_is_due(&self) -> bool {
        let Ok(Some((link, Some(last)))) = self.link() else {
            return false;
        };
        let Some(minutes) = link.every_minutes else {
            return false;
        };
        let attempt = self.operation().map(|operation| operation.since);
        let since = attempt.map_or(last.at, |attempt| attempt.max(last.at));
        self.now() - since >= TimeDelta::minutes(i64::from(minutes))
    }
}
