//! Takes back what an entry of the history did, as a new entry of its own, which can be taken back
//! in turn.

use std::collections::BTreeMap;

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::HistoryId;

use crate::error::DeedError;
use crate::journal::thing::read_things;
use crate::journal::{Deed, Thing, ThingChange};
use crate::reeve::Reeve;

impl Reeve {
    /// Takes back the entry `id`. Refused if it was taken back already, or if what it changed has
    /// changed again since.
    pub fn undo(&self, id: &HistoryId) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let written = self.workspace()?.writer().transaction(|transaction| {
            let entry = transaction.history_entry(id)?.ok_or(DeedError::Missing {
                what: "history entry",
            })?;
            if transaction.undo_of(id)?.is_some() {
                return Err(conflict("this was taken back already"));
            }
            inverse(&entry)?.carry_out(transaction, now)
        })?;
        self.ends_changed.notify_one();
        Ok(written)
    }
}

/// The deed that takes `entry` back.
fn inverse(entry: &HistoryEntry) -> Result<Deed, DeedError> {
    let unreadable = || conflict("this entry of the history cannot be read");
    let before = read_things(entry.before.as_deref()).ok_or_else(unreadable)?;
    let after = read_things(entry.after.as_deref()).ok_or_else(unreadable)?;
    if before.is_empty() && after.is_empty() {
        return Err(conflict("this entry of the history changed nothing"));
    }
    let name = match (entry.deed.as_str(), &entry.undoes) {
        ("privilege.attach", _) => "privilege.remove",
        ("privilege.remove", _) => "privilege.attach",
        ("role.create", _) => "role.remove",
        ("role.remove", _) => "role.create",
        ("member.add", _) => "member.remove",
        ("member.remove", _) => "member.add",
        ("assignment.add", _) => "assignment.remove",
        ("assignment.remove", _) => "assignment.add",
        ("group.join", _) => "group.leave",
        ("group.leave", _) => "group.join",
        ("scheduled.add", _) => "scheduled.cancel",
        ("scheduled.cancel", _) => "scheduled.add",
        (deed, _) => deed,
    };
    Ok(Deed {
        name: name.to_owned(),
        member: entry.member.clone(),
        object: entry.object.clone(),
        title: entry.title.clone(),
        reason: String::new(),
        changes: changes_between(after, before),
        undoes: Some(entry.id.clone()),
    })
}

/// The changes from the things on one side to those on the other, which belong together by key.
pub(crate) fn changes_between(from: Vec<Thing>, to: Vec<Thing>) -> Vec<ThingChange> {
    let mut changes: BTreeMap<_, ThingChange> = BTreeMap::new();
    for thing in from {
        changes.insert(thing.key(), ThingChange::removed(thing));
    }
    for thing in to {
        let change = changes.entry(thing.key()).or_insert(ThingChange {
            before: None,
            after: None,
        });
        change.after = Some(thing);
    }
    changes.into_values().collect()
}

fn conflict(sentence: &str) -> DeedError {
    DeedError::Conflict {
        sentence: sentence.to_owned(),
    }
}
