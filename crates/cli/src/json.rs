//! Takes members out of a question, and says plainly what is missing.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value as Json};

use crate::batch::NoAnswer;

/// The member `key`, which may not be missing.
pub fn member<'a>(json: &'a Json, key: &str) -> Result<&'a Json, NoAnswer> {
    json.get(key).ok_or_else(|| format!("`{key}` is missing"))
}

/// The text under `key`.
pub fn text<'a>(json: &'a Json, key: &str) -> Result<&'a str, NoAnswer> {
    member(json, key)?
        .as_str()
        .ok_or_else(|| format!("`{key}` is not a text"))
}

/// The list under `key`.
pub fn list<'a>(json: &'a Json, key: &str) -> Result<&'a [Json], NoAnswer> {
    member(json, key)?
        .as_array()
        .map(Vec::as_slice)
        .ok_or_else(|| format!("`{key}` is not a list"))
}

/// The object under `key`.
pub fn object<'a>(json: &'a Json, key: &str) -> Result<&'a Map<String, Json>, NoAnswer> {
    member(json, key)?
        .as_object()
        .ok_or_else(|| format!("`{key}` is not an object"))
}

/// The instant written in `json`: in ISO 8601 with a zone, or a date, which begins at midnight UTC.
pub fn instant(json: &Json, key: &str) -> Result<DateTime<Utc>, NoAnswer> {
    let text = json
        .as_str()
        .ok_or_else(|| format!("`{key}` is not an instant"))?;
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Ok(instant.to_utc());
    }
    text.parse::<NaiveDate>()
        .map(|date| date.and_time(NaiveTime::MIN).and_utc())
        .map_err(|_| format!("`{key}` is not an instant: `{text}`"))
}
