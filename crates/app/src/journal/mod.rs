//! Carrying out changes together with the entry of the history that records them.
//!
//! Every deed that changes access goes through [`Deed::carry_out`]: either its changes and its entry
//! are written, or neither, and every entry can be taken back.

mod carry_out;
mod privilege;
pub(crate) mod thing;

use chrono::{DateTime, SecondsFormat, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId};

pub(crate) use carry_out::stored;
pub(crate) use privilege::privilege_deed;
pub use thing::Thing;

/// One thing that a deed changes: `before` is `None` if it is made, `after` if it is removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThingChange {
    /// How it was.
    pub before: Option<Thing>,
    /// How it is then.
    pub after: Option<Thing>,
}

/// A deed that is about to be done: what it changes and what the history says about it.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    /// What is done, as `kind of object.deed`, such as `privilege.attach`.
    pub name: String,
    /// Whose access it concerns, if it concerns one member's.
    pub member: Option<MemberId>,
    /// The id of the object that changes; of the first one, if there are several.
    pub object: String,
    /// The name of that object, for reading.
    pub title: String,
    /// Why, in the admin's words.
    pub reason: String,
    /// Everything that changes, what hangs on a removed thing included.
    pub changes: Vec<ThingChange>,
    /// The entry that this deed takes back.
    pub undoes: Option<HistoryId>,
}

impl ThingChange {
    /// Something is made.
    pub fn made(thing: Thing) -> Self {
        Self {
            before: None,
            after: Some(thing),
        }
    }

    /// Something is removed.
    pub fn removed(thing: Thing) -> Self {
        Self {
            before: Some(thing),
            after: None,
        }
    }

    /// Something is changed.
    pub fn changed(before: Thing, after: Thing) -> Self {
        Self {
            before: Some(before),
            after: Some(after),
        }
    }
}

impl Deed {
    /// The entry that records this deed at `now`.
    pub fn entry(&self, now: DateTime<Utc>) -> HistoryEntry {
        let side = |pick: fn(&ThingChange) -> Option<&Thing>| {
            thing::things_text(&self.changes.iter().filter_map(pick).collect::<Vec<_>>())
        };
        HistoryEntry {
            id: HistoryId::new(new_id()),
            at: now,
            deed: self.name.clone(),
            member: self.member.clone(),
            object: self.object.clone(),
            title: self.title.clone(),
            before: side(|change| change.before.as_ref()),
            after: side(|change| change.after.as_ref()),
            reason: self.reason.clone(),
            undoes: self.undoes.clone(),
        }
    }
}

/// An instant as the API writes it, such as `2026-01-01T12:00:00.000Z`.
pub fn instant_text(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Reads an instant written with any offset.
pub fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|instant| instant.to_utc())
}

/// An id for something made here.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
