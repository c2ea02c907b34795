//! How long an assignment or a privilege counts.

use chrono::{DateTime, Utc};

/// How long something counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lifetime {
    /// It has no end. An end time that a server left behind is ignored.
    Permanent,
    /// It counts until its end.
    Timed(Timed),
}

/// The parts of a timed lifetime, as the server stores them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timed {
    /// The range as the admin wrote it, in the grammar of [`crate::span`], such as `1h`.
    pub range: Option<String>,
    /// When it was meant to begin. The server does not enforce it, so neither does the judge.
    pub start: Option<DateTime<Utc>>,
    /// When it ends; it does not count at this instant any more. Without an end it never counts.
    pub end: Option<DateTime<Utc>>,
}

/// Where a lifetime stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts and has no end.
    Permanent,
    /// It counts until the given instant.
    ActiveUntil(DateTime<Utc>),
    /// It ended at the given instant.
    Ended(DateTime<Utc>),
    /// It is timed but has no end time, which the server reads as not active.
    NeverActive,
}

impl Lifetime {
    /// A lifetime that starts at `start` and ends at `end`.
    pub fn timed(range: &str, start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self::Timed(Timed {
            range: Some(range.to_owned()),
            start: Some(start),
            end: Some(end),
        })
    }

    /// Whether it counts at `now`: permanent, or `now` before the end.
    pub fn is_active(&self, now: DateTime<Utc>) -> bool {
        matches!(
            self.standing(now),
            Standing::Permanent | Standing::ActiveUntil(_)
        )
    }

    /// Where it stands at `now`.
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        match self {
            Self::Permanent => Standing::Permanent,
            Self::Timed(Timed { end: None, .. }) => Standing::NeverActive,
            Self::Timed(Timed { end: Some(end), .. }) if now < *end => Standing::ActiveUntil(*end),
            Self::Timed(Timed { end: Some(end), .. }) => Standing::Ended(*end),
        }
    }

    /// The end, if it is timed and has one.
    pub fn end(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Permanent => None,
            Self::Timed(timed) => timed.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    #[test]
    fn a_lifetime_ends_at_its_end_and_not_after_it() {
        let end = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        let lifetime = Lifetime::timed("1h", end - TimeDelta::hours(1), end);
        assert!(lifetime.is_active(end - TimeDelta::milliseconds(1)));
        assert!(!lifetime.is_active(end));
    }

    #[test]
    fn a_start_in_the_future_does_not_delay_it() {
        let now = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        let later = Lifetime::timed("1h", now + TimeDelta::hours(1), now + TimeDelta::hours(2));
        assert!(later.is_active(now));
    }

    #[test]
    fn timed_without_an_end_never_counts() {
        let now = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        assert_eq!(
            Lifetime::Timed(Timed::default()).standing(now),
            Standing::NeverActive
        );
    }
}
