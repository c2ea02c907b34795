//! How domain values stand in columns: instants, lifetimes and words for kinds.

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::MemberKind;
use rusqlite::Row;

use crate::error::StoreError;

/// An instant as Unix milliseconds in UTC.
pub(crate) fn millis(instant: DateTime<Utc>) -> i64 {
    instant.timestamp_millis()
}

/// The instant that `column` holds.
pub(crate) fn instant(row: &Row<'_>, column: &'static str) -> Result<DateTime<Utc>, StoreError> {
    read_instant(row.get(column)?, column)
}

/// The instant that `column` holds, if it holds one.
pub(crate) fn optional_instant(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    row.get::<_, Option<i64>>(column)?
        .map(|millis| read_instant(millis, column))
        .transpose()
}

fn read_instant(millis: i64, what: &'static str) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_millis(millis).ok_or(StoreError::Unreadable { what })
}

/// The lifetime in the columns `is_temporary`, `range`, `start_at`, `end_at`.
pub(crate) fn lifetime(row: &Row<'_>) -> Result<Lifetime, StoreError> {
    if !row.get::<_, bool>("is_temporary")? {
        return Ok(Lifetime::Permanent);
    }
    Ok(Lifetime::Timed(Timed {
        range: row.get("range")?,
        start: optional_instant(row, "start_at")?,
        end: optional_instant(row, "end_at")?,
    }))
}

/// A lifetime as its four columns.
pub(crate) struct LifetimeColumns<'a> {
    pub(crate) is_temporary: bool,
    pub(crate) range: Option<&'a str>,
    pub(crate) start_at: Option<i64>,
    pub(crate) end_at: Option<i64>,
}

impl<'a> From<&'a Lifetime> for LifetimeColumns<'a> {
    fn from(lifetime: &'a Lifetime) -> Self {
        match lifetime {
            Lifetime::Permanent => Self {
                is_temporary: false,
                range: None,
                start_at: None,
                end_at: None,
            },
            Lifetime::Timed(timed) => Self {
                is_temporary: true,
                range: timed.range.as_deref(),
                start_at: timed.start.map(millis),
                end_at: timed.end.map(millis),
            },
        }
    }
}

/// The word that stands for a kind of member.
pub(crate) fn kind_word(kind: MemberKind) -> &'static str {
    match kind {
        MemberKind::User => "user",
        MemberKind::Identity => "identity",
        MemberKind::Group => "group",
    }
}

/// The kind of member that `column` holds the word of.
pub(crate) fn member_kind(row: &Row<'_>, column: &'static str) -> Result<MemberKind, StoreError> {
    match row
        .get_ref(column)?
        .as_str()
        .map_err(rusqlite::Error::from)?
    {
        "user" => Ok(MemberKind::User),
        "identity" => Ok(MemberKind::Identity),
        "group" => Ok(MemberKind::Group),
        _ => Err(StoreError::Unreadable { what: column }),
    }
}

/// A count as it stands in a column; no count here is negative.
pub(crate) fn count(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

/// A limit or an offset as SQLite takes it.
pub(crate) fn limit(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Texts as a JSON list, for `json_each`.
pub(crate) fn json_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut list = String::from("[");
    for (position, text) in texts.into_iter().enumerate() {
        if position > 0 {
            list.push(',');
        }
        list.push('"');
        for character in text.chars() {
            match character {
                '"' => list.push_str("\\\""),
                '\\' => list.push_str("\\\\"),
                c if u32::from(c) < 0x20 => list.extend(escape(c)),
                c => list.push(c),
            }
        }
        list.push('"');
    }
    list.push(']');
    list
}

/// A control character as JSON writes it.
fn escape(control: char) -> impl Iterator<Item = char> {
    let code = u32::from(control);
    let digit = move |shift: u32| char::from_digit((code >> shift) & 0xf, 16).unwrap_or('0');
    ['\\', 'u', digit(12), digit(8), digit(4), digit(0)].into_iter()
}

/// Whether a write that was meant for one row met it.
pub(crate) fn one(changed: usize, what: &'static str, id: &str) -> Result<(), StoreError> {
    if changed == 0 {
        return Err(StoreError::Missing {
            what,
            id: id.to_owned(),
        });
    }
    Ok(())
}

/// Numbers as a JSON list, for `json_each`.
pub(crate) fn number_list(numbers: impl IntoIterator<Item = i64>) -> String {
    let texts: Vec<String> = numbers
        .into_iter()
        .map(|number| number.to_string())
        .collect();
    format!("[{}]", texts.join(","))
}
