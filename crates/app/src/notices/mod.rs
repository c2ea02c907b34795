//! Tells of ends through the desktop.
//!
//! What is told and when is decided in [`decide`]; this reads the ends, remembers what was told, and
//! asks the host to show the message.

pub mod decide;
#[cfg(test)]
mod examples;
mod told;
mod words;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Local, TimeDelta, Utc};
use reeve_store::timeline::{Bar, BarKind, BarObject, TimelineQuery};

use decide::{ComingEnd, ReadEnds, Teller};
pub use decide::{LastMessage, Notice};

use crate::consequence::{Effect, EndEffect, Foresight, Outlook};
use crate::error::DeedError;
use crate::reeve::Reeve;

/// Shows messages of the desktop.
pub trait Notices: Send + Sync {
    /// Shows one, in place of the last one if that still stands. That it cannot be shown is the
    /// host's to log.
    fn show(&self, notice: &Notice);

    /// Whether the last one can still be seen.
    fn last(&self) -> LastMessage;
}

/// How often it is looked whether something is to be told.
const PAUSE: Duration = Duration::from_secs(20);

/// How old what is kept of the teller may become while nothing is told.
const STALE: TimeDelta = TimeDelta::minutes(5);

/// At most so many ends are read for one message.
const READ: usize = 100;

/// What was told of one workspace, and since when that is kept.
pub(crate) struct Telling {
    workspace: PathBuf,
    teller: Teller,
    kept: Option<DateTime<Utc>>,
}

impl Reeve {
    /// From now on, messages are shown by `notices`.
    pub fn notify_through(&self, notices: Arc<dyn Notices>) {
        *self.notices.write().unwrap_or_else(PoisonError::into_inner) = Some(notices);
    }

    /// Whether messages can be shown here.
    pub fn can_notify(&self) -> bool {
        self.notices
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Shows what a message would look like, whatever the preferences say of when.
    pub fn try_notice(&self) {
        let with_names = self.preferences().notices.with_names;
        self.show(&Notice {
            title: "Access ends within 1 hour".to_owned(),
            body: if with_names {
                "Deployer of ci-deployer ends within 1 hour: Loses Secrets Read Value".to_owned()
            } else {
                "Open Reeve to see whose and what.".to_owned()
            },
        });
    }

    /// Tells of ends until the program ends.
    pub async fn watch_notices(&self) {
        loop {
            let reeve = self.clone();
            // Finding out what an end means may take its time.
            let told = tokio::task::spawn_blocking(move || reeve.tell_of_ends()).await;
            match told {
                Ok(Ok(()) | Err(DeedError::NoWorkspace)) => {}
                Ok(Err(error)) => tracing::warn!(%error, "what ends could not be read"),
                Err(error) => tracing::warn!(%error, "telling of ends failed"),
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = self.look_for_notices.notified() => {}
            }
        }
    }

    /// Tells of what is to be told of now, if anything, in one message. What was told before, also
    /// by an earlier run of the program, is not told again.
    pub fn tell_of_ends(&self) -> Result<(), DeedError> {
        let path = self.workspace()?.path().to_owned();
        let now = self.now();
        let mut telling = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        let mut current = match telling.take() {
            Some(telling) if telling.workspace == path => telling,
            _ => Telling {
                teller: self.kept_teller(&path).unwrap_or(Teller::new(now)),
                workspace: path,
                kept: None,
            },
        };
        let before = current.teller.clone();
        let notice = self.notice(&mut current.teller)?;
        // Kept before it is shown: better never told than told twice.
        let has_told = current.teller.told != before.told;
        let is_stale = current.kept.is_none_or(|at| (now - at).abs() >= STALE);
        if has_told || is_stale {
            self.keep_teller(&current.workspace, &current.teller)?;
            current.kept = Some(now);
        }
        *telling = Some(current);
        drop(telling);
        if let Some(notice) = notice {
            self.show(&notice);
        }
        Ok(())
    }

    /// What is to be told now.
    fn notice(&self, teller: &mut Teller) -> Result<Option<Notice>, DeedError> {
        let now = self.now();
        let time_of_day = now.with_timezone(&Local).time();
        let preferences = self.preferences().notices;
        let spans = teller.spans(&preferences, now, time_of_day);
        let ends = if spans.is_empty() {
            ReadEnds::default()
        } else {
            self.ends_in(&spans)?
        };
        Ok(teller.tell(&preferences, &ends, self.last_message(), now, time_of_day))
    }

    fn ends_in(&self, spans: &[(DateTime<Utc>, DateTime<Utc>)]) -> Result<ReadEnds, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let mut bars: Vec<Bar> = Vec::new();
            let mut has_more = false;
            for (from, to) in spans {
                for kind in [
                    BarKind::Assignment,
                    BarKind::Privilege,
                    BarKind::FolderGrant,
                ] {
                    let page = snapshot.bars(&TimelineQuery {
                        from: *from,
                        to: *to,
                        ends_within: true,
                        kind: Some(kind),
                        offset: 0,
                        limit: READ,
                    })?;
                    has_more |= page.total.count > page.bars.len() as u64;
                    bars.extend(page.bars);
                }
            }
            let known: Vec<(Bar, Outlook)> = bars
                .into_iter()
                .filter_map(|bar| {
                    let outlook = Outlook {
                        member: bar.member.id.clone(),
                        kind: bar.member.kind,
                        end: bar.end?,
                    };
                    Some((bar, outlook))
                })
                .collect();
            if known.is_empty() {
                return Ok(ReadEnds::default());
            }
            let outlooks: Vec<Outlook> = known.iter().map(|(_, outlook)| outlook.clone()).collect();
            let effects = Foresight::new(snapshot, &self.consequences, now)?.effects(&outlooks)?;
            let ends = known
                .iter()
                .zip(&effects)
                .map(|((bar, outlook), effect)| coming_end(bar, outlook, effect));
            Ok(ReadEnds {
                ends: ends.collect(),
                has_more,
            })
        })
    }

    fn last_message(&self) -> LastMessage {
        let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
        notices
            .as_ref()
            .map_or(LastMessage::Gone, |notices| notices.last())
    }

    fn show(&self, notice: &Notice) {
        let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(notices) = notices.as_ref() {
            notices.show(notice);
        }
    }
}

fn coming_end(bar: &Bar, outlook: &Outlook, effect: &EndEffect) -> ComingEnd {
    let (id, title) = match &bar.what {
        BarObject::Assignment { id, role } => (id.to_string(), role.name.clone()),
        BarObject::Privilege { id, slug } => (id.to_string(), slug.clone()),
        BarObject::FolderGrant {
            id,
            environment,
            path,
            ..
        } => (
            id.to_string(),
            format!("Folder access to {environment}:{path}"),
        ),
        BarObject::ScheduledRole { id, role } => (id.to_string(), role.name.clone()),
        BarObject::ScheduledPrivilege { id, slug } => (id.to_string(), slug.clone()),
    };
    ComingEnd {
        id,
        member: bar.member.name.clone(),
        title,
        end: outlook.end,
        meaning: Some(effect.worst.sentence.clone()),
        changes_nothing: effect.worst.effect == Effect::Nothing,
    }
}
