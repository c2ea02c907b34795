//! The history's own form of what changed: JSON objects in the words of the server's API, from
//! which the thing can be made again.

use chrono::{DateTime, SecondsFormat, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId, PrivilegeId};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::privilege::AdditionalPrivilege;
use serde_json::{Map, Value, json};

/// An instant as the API writes it, such as `2026-01-01T12:00:00.000Z`.
pub fn instant_text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// What was done to one privilege: before is `None` if it was made, after if it was removed.
pub(crate) fn privilege_entry(
    at: DateTime<Utc>,
    before: Option<&AdditionalPrivilege>,
    after: Option<&AdditionalPrivilege>,
    undoes: Option<HistoryId>,
) -> HistoryEntry {
    let subject = after.or(before);
    HistoryEntry {
        id: HistoryId::new(new_id()),
        at,
        deed: match (before, after) {
            (None, _) => "privilege.attach",
            (Some(_), None) => "privilege.remove",
            (Some(_), Some(_)) => "privilege.edit",
        }
        .into(),
        member: subject.map(|privilege| privilege.member.clone()),
        object: subject.map_or_else(String::new, |privilege| privilege.id.to_string()),
        title: subject.map_or_else(String::new, |privilege| privilege.slug.clone()),
        before: before.map(privilege_text),
        after: after.map(privilege_text),
        reason: match undoes {
            None => after.map_or_else(String::new, |privilege| privilege.reason.clone()),
            Some(_) => String::new(),
        },
        undoes,
    }
}

/// An id for something made here.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A privilege as JSON text.
pub(crate) fn privilege_text(privilege: &AdditionalPrivilege) -> String {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("id", json!(privilege.id.as_str()));
    put("member", json!(privilege.member.as_str()));
    put("slug", json!(privilege.slug));
    match &privilege.lifetime {
        Lifetime::Permanent => {
            put("isTemporary", json!(false));
        }
        Lifetime::Timed(timed) => {
            put("isTemporary", json!(true));
            put("temporaryRange", json!(timed.range));
            put(
                "temporaryAccessStartTime",
                json!(timed.start.map(instant_text)),
            );
            put("temporaryAccessEndTime", json!(timed.end.map(instant_text)));
        }
    }
    // Rules are text in the store. What is no JSON is kept as a string, so that nothing is lost.
    let rules = serde_json::from_str(&privilege.rules).unwrap_or_else(|_| json!(privilege.rules));
    put("permissions", rules);
    put("reason", json!(privilege.reason));
    put("ticket", json!(privilege.ticket));
    put("createdAt", json!(instant_text(privilege.created_at)));
    put("updatedAt", json!(instant_text(privilege.updated_at)));
    Value::Object(object).to_string()
}

/// The privilege that [`privilege_text`] wrote; `None` if the text is not one.
pub(crate) fn read_privilege(text: &str) -> Option<AdditionalPrivilege> {
    let object: Value = serde_json::from_str(text).ok()?;
    let words = |key: &str| object.get(key).and_then(Value::as_str);
    let instant = |key: &str| words(key).and_then(read_instant);
    let lifetime = if object.get("isTemporary")?.as_bool()? {
        Lifetime::Timed(Timed {
            range: words("temporaryRange").map(str::to_owned),
            start: instant("temporaryAccessStartTime"),
            end: instant("temporaryAccessEndTime"),
        })
    } else {
        Lifetime::Permanent
    };
    let rules = match object.get("permissions")? {
        Value::String(text) => text.clone(),
        rules => rules.to_string(),
    };
    Some(AdditionalPrivilege {
        id: PrivilegeId::new(words("id")?),
        member: MemberId::new(words("member")?),
        slug: words("slug")?.to_owned(),
        lifetime,
        rules,
        reason: words("reason")?.to_owned(),
        ticket: words("ticket")?.to_owned(),
        created_at: instant("createdAt")?,
        updated_at: instant("updatedAt")?,
    })
}

/// Reads an instant written with any offset.
pub fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|instant| instant.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    #[test]
    fn a_privilege_is_made_again_from_its_text() {
        let start = Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap();
        let timed = Lifetime::timed("1h", start, start + TimeDelta::hours(1));
        let endless = Lifetime::Timed(Timed::default());
        for lifetime in [Lifetime::Permanent, timed, endless] {
            let privilege = AdditionalPrivilege {
                id: PrivilegeId::new("p"),
                member: MemberId::new("m"),
                slug: "db".into(),
                lifetime,
                rules: r#"[{"subject":"x","action":"read","x-odd":[1.50,null]}]"#.into(),
                reason: "why \"so\"".into(),
                ticket: String::new(),
                created_at: start,
                updated_at: start,
            };
            assert_eq!(read_privilege(&privilege_text(&privilege)), Some(privilege));
        }
    }
}
