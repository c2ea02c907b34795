//! Tells of ends through the desktop.
//!
//! What is told and when is decided in [`decide`]; this reads the ends and asks the host to show the
//! message.

pub mod decide;

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Local, Utc};
use reeve_store::timeline::{Bar, BarKind, BarObject, TimelineQuery};

pub use decide::Notice;
use decide::{ComingEnd, Teller};

use crate::consequence::{Effect, EndEffect, Foresight, Outlook};
use crate::error::DeedError;
use crate::reeve::Reeve;

/// Shows messages of the desktop.
pub trait Notices: Send + Sync {
    /// Shows one. That it cannot be shown is the host's to log.
    fn show(&self, notice: &Notice);
}

/// How often it is looked whether something is to be told.
const PAUSE: Duration = Duration::from_secs(20);

/// At most so many ends are read for one message; more are as good as many.
const READ: usize = 200;

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
                "Deployer of ci-deployer: Loses secrets Read Value".to_owned()
            } else {
                "Open Reeve to see whose and what.".to_owned()
            },
        });
    }

    /// Tells of ends until the program ends.
    pub async fn watch_notices(&self) {
        let mut teller = Teller::new(self.now());
        loop {
            tokio::time::sleep(PAUSE).await;
            match self.notice(&mut teller) {
                Ok(Some(notice)) => self.show(&notice),
                Ok(None) | Err(DeedError::NoWorkspace) => {}
                Err(error) => tracing::warn!(%error, "what ends could not be read"),
            }
        }
    }

    /// What is to be told now.
    pub fn notice(&self, teller: &mut Teller) -> Result<Option<Notice>, DeedError> {
        let now = self.now();
        let time_of_day = now.with_timezone(&Local).time();
        let preferences = self.preferences().notices;
        let spans = teller.spans(&preferences, now, time_of_day);
        let ends = if spans.is_empty() {
            Vec::new()
        } else {
            self.ends_in(&spans)?
        };
        Ok(teller.tell(&preferences, &ends, now, time_of_day))
    }

    fn ends_in(
        &self,
        spans: &[(DateTime<Utc>, DateTime<Utc>)],
    ) -> Result<Vec<ComingEnd>, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let mut bars: Vec<Bar> = Vec::new();
            for (from, to) in spans {
                for kind in [BarKind::Assignment, BarKind::Privilege] {
                    let page = snapshot.bars(&TimelineQuery {
                        from: *from,
                        to: *to,
                        ends_within: true,
                        kind: Some(kind),
                        offset: 0,
                        limit: READ,
                    })?;
                    bars.extend(page.bars);
                }
            }
            let mut foresight = Foresight::new(snapshot, &self.consequences, now)?;
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
            let outlooks: Vec<Outlook> = known.iter().map(|(_, outlook)| outlook.clone()).collect();
            let effects = foresight.effects(&outlooks)?;
            let ends = known
                .iter()
                .zip(&effects)
                .map(|((bar, outlook), effect)| coming_end(bar, outlook, effect));
            Ok(ends.collect())
        })
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
