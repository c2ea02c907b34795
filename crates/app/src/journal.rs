//! The history's own form of what changed: JSON objects in the words of the server's API, from
//! which the thing can be made again.

use chrono::{DateTime, SecondsFormat, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId, PrivilegeId};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::value::{Object, Value};
use reeve_policy::read::{value_from_text, value_to_text};

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

/// A privilege as JSON text. Numbers in its rules stay spelled as they were.
pub(crate) fn privilege_text(privilege: &AdditionalPrivilege) -> String {
    let mut object = Object::new();
    let words = |text: Option<&str>| text.map_or(Value::Null, Value::text);
    object.set("id", Value::text(privilege.id.as_str()));
    object.set("member", Value::text(privilege.member.as_str()));
    object.set("slug", Value::text(privilege.slug.as_str()));
    if let Lifetime::Timed(timed) = &privilege.lifetime {
        let instant = |instant: Option<DateTime<Utc>>| words(instant.map(instant_text).as_deref());
        object.set("isTemporary", Value::Bool(true));
        object.set("temporaryRange", words(timed.range.as_deref()));
        object.set("temporaryAccessStartTime", instant(timed.start));
        object.set("temporaryAccessEndTime", instant(timed.end));
    } else {
        object.set("isTemporary", Value::Bool(false));
    }
    // Rules that are no JSON are kept as a string, so that nothing is lost.
    let rules =
        value_from_text(&privilege.rules).unwrap_or_else(|_| Value::text(privilege.rules.as_str()));
    object.set("permissions", rules);
    object.set("reason", Value::text(privilege.reason.as_str()));
    object.set("ticket", Value::text(privilege.ticket.as_str()));
    object.set("createdAt", Value::text(instant_text(privilege.created_at)));
    object.set("updatedAt", Value::text(instant_text(privilege.updated_at)));
    value_to_text(&Value::Object(object))
}

/// The privilege that [`privilege_text`] wrote; `None` if the text is not one.
pub(crate) fn read_privilege(text: &str) -> Option<AdditionalPrivilege> {
    let value = value_from_text(text).ok()?;
    let object = value.as_object()?;
    let words = |key: &str| object.get(key).and_then(Value::as_text);
    let instant = |key: &str| words(key).and_then(read_instant);
    let lifetime = match object.get("isTemporary")? {
        Value::Bool(true) => Lifetime::Timed(Timed {
            range: words("temporaryRange").map(str::to_owned),
            start: instant("temporaryAccessStartTime"),
            end: instant("temporaryAccessEndTime"),
        }),
        Value::Bool(false) => Lifetime::Permanent,
        _ => return None,
    };
    let rules = match object.get("permissions")? {
        Value::Text(text) => text.to_string(),
        rules => value_to_text(rules),
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
