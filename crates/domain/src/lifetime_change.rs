//! What can be done to a lifetime: extend, shorten, end now, restart, renew, make permanent.
//!
//! Each is a step of its own and says why where it does not apply, so that many lifetimes can be
//! changed at once and none by surprise.

use chrono::{DateTime, Utc};

use crate::lifetime::{Lifetime, Standing, Timed};
use crate::span::{Span, SpanError, exact_range};

/// What is done to a lifetime.
#[derive(Debug, Clone, PartialEq)]
pub enum LifetimeChange {
    /// A later end.
    Extend(NewEnd),
    /// An earlier end that still lies ahead; something permanent gets one.
    Shorten(NewEnd),
    /// It counts no more from now on.
    EndNow,
    /// The duration begins again, now; its own one if none is given.
    Restart(Option<Range>),
    /// Something that has ended begins again, now; with its own duration if none is given.
    Renew(Option<Range>),
    /// No end any more.
    MakePermanent,
}

/// A new end.
#[derive(Debug, Clone, PartialEq)]
pub enum NewEnd {
    /// So much later or earlier than the present end.
    By(Span),
    /// So long from now.
    In(Span),
    /// At this instant.
    At(DateTime<Utc>),
}

/// A duration with the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    text: String,
    span: Span,
}

/// Why a lifetime stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Unchanged {
    /// It has no end that could be moved.
    #[error("it is permanent")]
    Permanent,
    /// It has ended, so there is nothing to move.
    #[error("it has ended; renew it instead")]
    Ended,
    /// It is timed without an end and never counted.
    #[error("it has no end time and never counted; renew it instead")]
    NeverActive,
    /// It has not ended, so there is nothing to renew.
    #[error("it has not ended; restart or extend it instead")]
    NotEnded,
    /// The new end would not be later than the present one.
    #[error("it ends later than that already")]
    NotLater,
    /// The new end would not be earlier than the present one.
    #[error("it ends earlier than that already")]
    NotEarlier,
    /// The new end would have passed.
    #[error("that would end it at once; use End now")]
    NothingLeft,
    /// It was not written how long it was given for.
    #[error("how long it was given for is not known; choose a duration")]
    NoRange,
    /// It would be as it is.
    #[error("that would change nothing")]
    Same,
    /// The new end lies beyond the last instant that can be written.
    #[error("that ends after the year 9999")]
    TooFar,
}

impl Range {
    /// Reads `text` in the grammar of [`crate::span`].
    pub fn read(text: &str) -> Result<Self, SpanError> {
        Ok(Self {
            text: text.trim().to_owned(),
            span: Span::read(text)?,
        })
    }
}

impl LifetimeChange {
    /// What becomes of `lifetime` if this is done to it at `now`.
    ///
    /// Start and range of the result belong to its end, as the server computes it: `start + range`;
    /// where the start is not known, neither is the range.
    pub fn apply(&self, lifetime: &Lifetime, now: DateTime<Utc>) -> Result<Lifetime, Unchanged> {
        let after = self.on(lifetime, now)?;
        if after == *lifetime {
            return Err(Unchanged::Same);
        }
        Ok(after)
    }

    fn on(&self, lifetime: &Lifetime, now: DateTime<Utc>) -> Result<Lifetime, Unchanged> {
        let standing = lifetime.standing(now);
        match self {
            Self::Extend(end) => extended(lifetime, standing, end, now),
            Self::Shorten(end) => shortened(lifetime, standing, end, now),
            Self::EndNow => match standing {
                Standing::Permanent | Standing::ActiveUntil(_) => Ok(until(lifetime, now)),
                Standing::Ended(_) => Err(Unchanged::Ended),
                Standing::NeverActive => Err(Unchanged::NeverActive),
            },
            Self::Restart(range) => match standing {
                Standing::Permanent => Err(Unchanged::Permanent),
                Standing::ActiveUntil(_) => begun(lifetime, range.as_ref(), now),
                Standing::Ended(_) => Err(Unchanged::Ended),
                Standing::NeverActive => Err(Unchanged::NeverActive),
            },
            Self::Renew(range) => match standing {
                Standing::Permanent => Err(Unchanged::Permanent),
                Standing::ActiveUntil(_) => Err(Unchanged::NotEnded),
                Standing::Ended(_) | Standing::NeverActive => begun(lifetime, range.as_ref(), now),
            },
            Self::MakePermanent => match standing {
                Standing::Permanent => Err(Unchanged::Permanent),
                Standing::ActiveUntil(_) => Ok(Lifetime::Permanent),
                Standing::Ended(_) => Err(Unchanged::Ended),
                Standing::NeverActive => Err(Unchanged::NeverActive),
            },
        }
    }
}

fn extended(
    lifetime: &Lifetime,
    standing: Standing,
    end: &NewEnd,
    now: DateTime<Utc>,
) -> Result<Lifetime, Unchanged> {
    let old = match standing {
        Standing::Permanent => return Err(Unchanged::Permanent),
        Standing::Ended(_) => return Err(Unchanged::Ended),
        Standing::NeverActive => return Err(Unchanged::NeverActive),
        Standing::ActiveUntil(old) => old,
    };
    let new = match end {
        NewEnd::By(span) => span.after(old),
        NewEnd::In(span) => span.after(now),
        NewEnd::At(end) => Ok(*end),
    }
    .map_err(|_| Unchanged::TooFar)?;
    if new > old {
        Ok(until(lifetime, new))
    } else {
        Err(Unchanged::NotLater)
    }
}

fn shortened(
    lifetime: &Lifetime,
    standing: Standing,
    end: &NewEnd,
    now: DateTime<Utc>,
) -> Result<Lifetime, Unchanged> {
    let old = match standing {
        Standing::Permanent => None,
        Standing::Ended(_) => return Err(Unchanged::Ended),
        Standing::NeverActive => return Err(Unchanged::NeverActive),
        Standing::ActiveUntil(old) => Some(old),
    };
    let new = match (end, old) {
        (NewEnd::By(_), None) => return Err(Unchanged::Permanent),
        // Further back than there are instants leaves nothing either.
        (NewEnd::By(span), Some(old)) => span.before(old).ok_or(Unchanged::NothingLeft)?,
        (NewEnd::In(span), _) => span.after(now).map_err(|_| Unchanged::TooFar)?,
        (NewEnd::At(end), _) => *end,
    };
    if new <= now {
        Err(Unchanged::NothingLeft)
    } else if old.is_some_and(|old| new >= old) {
        Err(Unchanged::NotEarlier)
    } else {
        Ok(until(lifetime, new))
    }
}

/// `lifetime` with another end; its start stays where there is one before the end.
fn until(lifetime: &Lifetime, end: DateTime<Utc>) -> Lifetime {
    let start = match lifetime {
        Lifetime::Timed(timed) => timed.start.filter(|start| *start < end),
        Lifetime::Permanent => None,
    };
    Lifetime::Timed(Timed {
        range: start.map(|start| exact_range(end - start)),
        start,
        end: Some(end),
    })
}

fn begun(
    lifetime: &Lifetime,
    range: Option<&Range>,
    now: DateTime<Utc>,
) -> Result<Lifetime, Unchanged> {
    let own = || match lifetime {
        Lifetime::Timed(timed) => timed.range.as_deref().and_then(|it| Range::read(it).ok()),
        Lifetime::Permanent => None,
    };
    let range = range.cloned().or_else(own).ok_or(Unchanged::NoRange)?;
    let end = range.span.after(now).map_err(|_| Unchanged::TooFar)?;
    Ok(Lifetime::timed(&range.text, now, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap()
    }

    fn at(hours: i64) -> DateTime<Utc> {
        noon() + TimeDelta::hours(hours)
    }

    /// Given at eleven for two hours.
    fn running() -> Lifetime {
        Lifetime::timed("2h", at(-1), at(1))
    }

    fn ended() -> Lifetime {
        Lifetime::timed("2h", at(-3), at(-1))
    }

    fn span(text: &str) -> Span {
        Span::read(text).unwrap()
    }

    #[track_caller]
    fn becomes(change: &LifetimeChange, lifetime: &Lifetime, expected: &Lifetime) {
        let found = change.apply(lifetime, noon());
        assert_eq!(found.as_ref(), Ok(expected));
        if let Lifetime::Timed(Timed {
            range: Some(range),
            start: Some(start),
            end,
        }) = expected
        {
            assert_eq!(span(range).after(*start).ok(), *end, "start + range = end");
        }
    }

    #[track_caller]
    fn stays(change: &LifetimeChange, lifetime: &Lifetime, why: Unchanged) {
        assert_eq!(change.apply(lifetime, noon()), Err(why));
    }

    #[test]
    fn extending_moves_the_end_and_keeps_the_start() {
        let by = LifetimeChange::Extend(NewEnd::By(span("90m")));
        let end = at(1) + TimeDelta::minutes(90);
        becomes(&by, &running(), &Lifetime::timed("210m", at(-1), end));
        let within = LifetimeChange::Extend(NewEnd::In(span("4h")));
        becomes(&within, &running(), &Lifetime::timed("5h", at(-1), at(4)));
        let until = LifetimeChange::Extend(NewEnd::At(at(23)));
        becomes(&until, &running(), &Lifetime::timed("1d", at(-1), at(23)));
    }

    #[test]
    fn shortening_leaves_something_or_says_so() {
        let by = LifetimeChange::Shorten(NewEnd::By(span("30m")));
        let end = at(1) - TimeDelta::minutes(30);
        becomes(&by, &running(), &Lifetime::timed("90m", at(-1), end));
        for gone in [
            NewEnd::By(span("1h")),
            NewEnd::By(span("200000y")),
            NewEnd::At(noon()),
            NewEnd::At(at(-5)),
        ] {
            let change = LifetimeChange::Shorten(gone);
            stays(&change, &running(), Unchanged::NothingLeft);
        }
        let same = LifetimeChange::Shorten(NewEnd::At(at(1)));
        stays(&same, &running(), Unchanged::NotEarlier);
    }

    #[test]
    fn something_permanent_gets_an_end_by_shortening_it() {
        let bounded = Lifetime::Timed(Timed {
            range: None,
            start: None,
            end: Some(at(4)),
        });
        let within = LifetimeChange::Shorten(NewEnd::In(span("4h")));
        becomes(&within, &Lifetime::Permanent, &bounded);
        let by = LifetimeChange::Shorten(NewEnd::By(span("4h")));
        stays(&by, &Lifetime::Permanent, Unchanged::Permanent);
    }

    #[test]
    fn what_is_ended_now_does_not_count_at_this_instant() {
        let change = LifetimeChange::EndNow;
        becomes(&change, &running(), &Lifetime::timed("1h", at(-1), noon()));
        for lifetime in [running(), Lifetime::Permanent] {
            let after = change.apply(&lifetime, noon()).unwrap();
            assert!(!after.is_active(noon()));
            assert!(after.is_active(noon() - TimeDelta::milliseconds(1)));
        }
        stays(&change, &ended(), Unchanged::Ended);
    }

    #[test]
    fn restarting_is_for_what_runs_and_renewing_for_what_ended() {
        let restart = LifetimeChange::Restart(None);
        let renew = LifetimeChange::Renew(None);
        let begun = Lifetime::timed("2h", noon(), at(2));
        becomes(&restart, &running(), &begun.clone());
        stays(&restart, &ended(), Unchanged::Ended);
        becomes(&renew, &ended(), &begun);
        stays(&renew, &running(), Unchanged::NotEnded);
        let week = LifetimeChange::Renew(Some(Range::read(" 1w ").unwrap()));
        let weekly = Lifetime::timed("1w", noon(), noon() + TimeDelta::weeks(1));
        becomes(&week, &Lifetime::Timed(Timed::default()), &weekly);
        stays(
            &renew,
            &Lifetime::Timed(Timed::default()),
            Unchanged::NoRange,
        );
    }

    #[test]
    fn only_what_counts_becomes_permanent() {
        let change = LifetimeChange::MakePermanent;
        becomes(&change, &running(), &Lifetime::Permanent);
        stays(&change, &Lifetime::Permanent, Unchanged::Permanent);
        stays(&change, &ended(), Unchanged::Ended);
        stays(
            &change,
            &Lifetime::Timed(Timed::default()),
            Unchanged::NeverActive,
        );
    }

    #[test]
    fn what_would_be_as_it_is_is_not_changed() {
        let just_begun = Lifetime::timed("2h", noon(), at(2));
        stays(&LifetimeChange::Restart(None), &just_begun, Unchanged::Same);
    }

    #[test]
    fn what_does_not_apply_leaves_the_lifetime_alone() {
        let extend = LifetimeChange::Extend(NewEnd::In(span("30m")));
        stays(&extend, &running(), Unchanged::NotLater);
        stays(&extend, &Lifetime::Permanent, Unchanged::Permanent);
        stays(&extend, &ended(), Unchanged::Ended);
        let far = LifetimeChange::Extend(NewEnd::By(span("300000y")));
        stays(&far, &running(), Unchanged::TooFar);
    }
}
