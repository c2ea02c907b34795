//! What is timed, as bars over a span of time, and what the end of each means.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reeve_domain::member::MemberKind;
pub use reeve_store::timeline::{Bar, BarKind, BarObject, BarPage, RoleRef, TimelineQuery};

pub use crate::consequence::{Consequence, Effect, EndEffect};
use crate::consequence::{Foresight, Outlook};
use crate::error::DeedError;
use crate::reeve::Reeve;

/// How long one answer about ends may look before it stops for the next one to go on.
const BUDGET: Duration = Duration::from_millis(200);

/// The same for an answer that goes on, when there is something to see already: each begins by
/// reading places and roles anew, so few long ones are done sooner than many short ones.
const BUDGET_GOING_ON: Duration = Duration::from_secs(1);

/// How many ends are looked at between two looks at the clock.
const STRIDE: usize = 32;

/// The end of something, to be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Whose it is.
    pub member: reeve_domain::id::MemberId,
    /// What that member is.
    pub kind: MemberKind,
    /// When it ends.
    pub end: DateTime<Utc>,
}

/// Bars with what their ends mean, as far as it was found out.
#[derive(Debug, Clone)]
pub struct ExpiringPage {
    /// The bars, the soonest end first, each with what its end means.
    pub bars: Vec<(Bar, EndEffect)>,
    /// How many there are in all.
    pub total: u64,
    /// Where to go on; `None` at the end.
    pub next: Option<usize>,
}

impl Reeve {
    /// A slice of the bars. A span that ends before it begins is refused.
    pub fn timeline(&self, query: &TimelineQuery) -> Result<BarPage, DeedError> {
        check_span(query)?;
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(snapshot.bars(query)?))
    }

    /// What these ends mean, in order: as many of them as can be looked into without making the
    /// window wait, at least one. Ask again for the rest.
    pub fn end_effects(&self, ends: &[End]) -> Result<Vec<EndEffect>, DeedError> {
        let (started, now) = (Instant::now(), self.now());
        self.workspace()?.reader().read(|snapshot| {
            let mut foresight = Foresight::new(snapshot, &self.consequences, now)?;
            let mut effects = Vec::with_capacity(ends.len());
            for some in ends.chunks(STRIDE) {
                let outlooks: Vec<Outlook> = some.iter().map(outlook).collect();
                effects.extend(foresight.effects(&outlooks)?);
                if started.elapsed() > BUDGET {
                    break;
                }
            }
            Ok(effects)
        })
    }

    /// What ends in the span of `query`, with what that means, from `query.offset` on: as much as
    /// can be looked into without making the window wait, at least one.
    pub fn expiring(&self, query: &TimelineQuery) -> Result<ExpiringPage, DeedError> {
        check_span(query)?;
        let (started, now) = (Instant::now(), self.now());
        let budget = if query.offset == 0 {
            BUDGET
        } else {
            BUDGET_GOING_ON
        };
        self.workspace()?.reader().read(|snapshot| {
            let page = snapshot.bars(query)?;
            let mut foresight = Foresight::new(snapshot, &self.consequences, now)?;
            let mut bars = Vec::with_capacity(page.bars.len());
            for some in page.bars.chunks(STRIDE) {
                let outlooks: Vec<Outlook> = some.iter().filter_map(outlook_of_bar).collect();
                let effects = foresight.effects(&outlooks)?;
                bars.extend(some.iter().cloned().zip(effects));
                if started.elapsed() > budget {
                    break;
                }
            }
            let reached = query.offset + bars.len();
            Ok(ExpiringPage {
                next: (!bars.is_empty() && (reached as u64) < page.total.count).then_some(reached),
                total: page.total.count,
                bars,
            })
        })
    }
}

fn outlook(end: &End) -> Outlook {
    Outlook {
        member: end.member.clone(),
        kind: end.kind,
        end: end.end,
    }
}

fn outlook_of_bar(bar: &Bar) -> Option<Outlook> {
    Some(Outlook {
        member: bar.member.id.clone(),
        kind: bar.member.kind,
        end: bar.end?,
    })
}

fn check_span(query: &TimelineQuery) -> Result<(), DeedError> {
    if query.from < query.to {
        return Ok(());
    }
    Err(DeedError::Conflict {
        sentence: "the span of time ends before it begins".to_owned(),
    })
}
