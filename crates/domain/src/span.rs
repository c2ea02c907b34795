//! Spans of time in the grammar of the `ms` package, which the server reads ranges with:
//! `1h`, `30m`, `1.5h`, `2 days`, `1w`; no months, no compounds.

use chrono::{DateTime, TimeDelta, Utc};

/// The longest text the server takes for a range, in characters.
pub const RANGE_MAX: usize = 32;

/// The last instant of the year 9999, in milliseconds: a later one cannot be written as text that
/// everything on the way reads.
pub const LAST_INSTANT: i64 = 253_402_300_799_999;
/// Beyond this JavaScript has no date, so no span is longer. Milliseconds.
const LAST_DATE: f64 = 8.64e15;

/// Why a text is not a usable span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Nothing was written.
    #[error("a duration is needed, such as `1h` or `3d`")]
    Empty,
    /// More than [`RANGE_MAX`] characters.
    #[error("a duration has at most {RANGE_MAX} characters")]
    TooLong,
    /// Not in the grammar.
    #[error(
        "write one number and one unit, such as `30m`, `1.5h`, `3d` or `1w`; not `1h30m`, not months"
    )]
    Form,
    /// Zero or negative.
    #[error("a duration must be longer than nothing")]
    NotPositive,
    /// It would end after the last instant that can be written.
    #[error("this ends after the year 9999; choose a shorter duration, or Permanent")]
    TooFar,
}

/// A positive span of time, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Span(f64);

impl Span {
    /// Reads `text` in the grammar of `ms`; a number without unit counts milliseconds.
    pub fn read(text: &str) -> Result<Self, SpanError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SpanError::Empty);
        }
        if text.chars().count() > RANGE_MAX {
            return Err(SpanError::TooLong);
        }
        let unit_at = text
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(unit_at);
        let milliseconds = read_number(number)? * unit_milliseconds(unit.trim_start_matches(' '))?;
        if milliseconds > 0.0 {
            Ok(Self(milliseconds))
        } else {
            Err(SpanError::NotPositive)
        }
    }

    /// The length in milliseconds; a fraction of one is possible, as on the server.
    pub fn milliseconds(self) -> f64 {
        self.0
    }

    /// The instant this long after `start`, cut to whole milliseconds as the server's clock is.
    pub fn after(self, start: DateTime<Utc>) -> Result<DateTime<Utc>, SpanError> {
        if self.0 > LAST_DATE {
            return Err(SpanError::TooFar);
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "bounded above; cutting the fraction is meant"
        )]
        let whole = self.0 as i64;
        TimeDelta::try_milliseconds(whole)
            .and_then(|delta| start.checked_add_signed(delta))
            .filter(|end| end.timestamp_millis() <= LAST_INSTANT)
            .ok_or(SpanError::TooFar)
    }

    /// The instant this long before `end`; `None` if there is no such instant.
    pub fn before(self, end: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.0 > LAST_DATE {
            return None;
        }
        #[allow(
            clippy::cast_possible_truncation,
            reason = "bounded above; cutting the fraction is meant"
        )]
        let whole = self.0 as i64;
        TimeDelta::try_milliseconds(whole).and_then(|delta| end.checked_sub_signed(delta))
    }
}

/// The shortest text that reads as exactly `span`, which is positive and in whole milliseconds.
pub fn exact_range(span: TimeDelta) -> String {
    const UNITS: [(i64, &str); 6] = [
        (604_800_000, "w"),
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "m"),
        (1000, "s"),
        (1, "ms"),
    ];
    let milliseconds = span.num_milliseconds();
    UNITS
        .iter()
        .find(|(unit, _)| milliseconds % unit == 0)
        .map_or_else(String::new, |(unit, name)| {
            format!("{}{name}", milliseconds / unit)
        })
}

/// `-?\d*\.?\d+`
fn read_number(text: &str) -> Result<f64, SpanError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let well_formed = unsigned.ends_with(|c: char| c.is_ascii_digit())
        && unsigned.chars().filter(|c| *c == '.').count() <= 1
        && !unsigned.contains('-');
    if !well_formed {
        return Err(SpanError::Form);
    }
    text.parse().map_err(|_| SpanError::Form)
}

fn unit_milliseconds(unit: &str) -> Result<f64, SpanError> {
    const SECOND: f64 = 1000.0;
    const MINUTE: f64 = 60.0 * SECOND;
    const HOUR: f64 = 60.0 * MINUTE;
    const DAY: f64 = 24.0 * HOUR;
    Ok(match unit.to_ascii_lowercase().as_str() {
        "" | "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => 1.0,
        "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
        "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => 7.0 * DAY,
        "y" | "yr" | "yrs" | "year" | "years" => 365.25 * DAY,
        _ => return Err(SpanError::Form),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_the_server_reads_them() {
        for (text, milliseconds) in [
            ("1h", 3_600_000.0),
            ("30m", 1_800_000.0),
            ("2 days", 172_800_000.0),
            ("1.5h", 5_400_000.0),
            ("1w", 604_800_000.0),
            ("1y", 31_557_600_000.0),
            ("100", 100.0),
            ("1D", 86_400_000.0),
            ("2 hrs", 7_200_000.0),
            (".5h", 1_800_000.0),
        ] {
            assert_eq!(
                Span::read(text).map(Span::milliseconds),
                Ok(milliseconds),
                "{text}"
            );
        }
    }

    #[test]
    fn what_the_server_refuses_is_refused_with_the_reason() {
        for text in [
            "1mo", "1 month", "1h30m", "+1h", "abc", "1e3", "h", "1.", "1..5h", "--1h",
        ] {
            assert_eq!(Span::read(text), Err(SpanError::Form), "{text}");
        }
        assert_eq!(Span::read("0"), Err(SpanError::NotPositive));
        assert_eq!(Span::read("-1h"), Err(SpanError::NotPositive));
        assert_eq!(Span::read("  "), Err(SpanError::Empty));
        assert_eq!(Span::read(&"1".repeat(33)), Err(SpanError::TooLong));
    }

    #[test]
    fn an_exact_range_reads_as_the_same_span() {
        for (milliseconds, text) in [
            (3_600_000, "1h"),
            (5_400_000, "90m"),
            (172_800_000, "2d"),
            (1_209_600_000, "2w"),
            (61_000, "61s"),
            (1_001, "1001ms"),
        ] {
            let range = exact_range(TimeDelta::milliseconds(milliseconds));
            assert_eq!(range, text);
            let start = DateTime::UNIX_EPOCH;
            let end = Span::read(&range).and_then(|span| span.after(start));
            assert_eq!(end.map(|end| end.timestamp_millis()), Ok(milliseconds));
        }
    }

    #[test]
    fn an_end_beyond_the_last_date_is_refused() {
        let start = DateTime::UNIX_EPOCH;
        for text in ["999999y", "9999y"] {
            assert_eq!(
                Span::read(text).and_then(|span| span.after(start)),
                Err(SpanError::TooFar)
            );
        }
    }
}
