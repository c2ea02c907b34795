//! Ends that tests of this folder tell of.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

use super::decide::ComingEnd;

/// An hour in minutes.
pub(super) const HOUR: i64 = 60;

/// Minutes after a day's beginning, in UTC, which is the time here.
pub(super) fn at(minutes: i64) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// The end of a role that takes access away.
pub(super) fn end(id: &str, minutes: i64) -> ComingEnd {
    ComingEnd {
        id: id.into(),
        member: "Ann".into(),
        title: format!("role {id}"),
        end: at(minutes),
        meaning: Some("Loses secrets Read Value · prod · /payments/**".into()),
        changes_nothing: false,
    }
}
