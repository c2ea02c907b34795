//! How long something shall count, as typed.

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::span::{Span, SpanError, exact_range};

use crate::journal::read_instant;
use crate::remark::{Remark, note, remark};

/// How long, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DurationDraft {
    /// As it is; only for something that is being edited.
    Kept,
    /// Without an end.
    Permanent,
    /// From its start on for a range such as `1h`.
    Timed(String),
    /// Until an instant, as text with an offset.
    Until(String),
}

/// The lifetime that begins at `start` and lasts as `duration` says; what is wrong with it is a
/// remark on the field `duration`.
pub(crate) fn read_duration(
    duration: &DurationDraft,
    start: DateTime<Utc>,
    problems: &mut Vec<Remark>,
) -> Option<Lifetime> {
    match duration {
        DurationDraft::Kept => {
            problems.push(remark("duration", "choose how long it shall count"));
            None
        }
        DurationDraft::Permanent => Some(Lifetime::Permanent),
        DurationDraft::Timed(range) => {
            let end = Span::read(range).and_then(|span| span.after(start));
            let end = note(problems, "duration", end)?;
            Some(Lifetime::timed(range.trim(), start, end))
        }
        DurationDraft::Until(text) => {
            let end = read_end(text, problems)?;
            if end <= start {
                problems.push(remark(
                    "duration",
                    "this end is not after the start; choose a later date or time",
                ));
                return None;
            }
            Some(Lifetime::timed(&exact_range(end - start), start, end))
        }
    }
}

/// The instant that `text` names, if it can be an end.
pub(crate) fn read_end(text: &str, problems: &mut Vec<Remark>) -> Option<DateTime<Utc>> {
    let Some(end) = read_instant(text) else {
        problems.push(remark("duration", "choose a date and a time"));
        return None;
    };
    // A range that reaches it must be writable as well.
    if end.timestamp_millis() > reeve_domain::span::LAST_INSTANT {
        note::<(), _>(problems, "duration", Err(SpanError::TooFar));
        return None;
    }
    Some(end)
}
