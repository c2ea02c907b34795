//! Brings what an entry of the history changed back to how it was before or after that entry, as a
//! new entry, which can be taken back in turn.
//!
//! Unlike an undo it does not mind that the things have changed again since: it compares with what
//! is stored now.

use std::convert::Infallible;

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::HistoryId;
use reeve_domain::project::CatalogueEdition;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;

use crate::error::{DeedError, StoreError};
use crate::journal::thing::{read_things, things_text};
use crate::journal::{Deed, Thing, ThingChange, stored};
use crate::open_entry::Names;
use crate::reeve::Reeve;

/// Which side of an entry is wanted back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// How things were before it.
    Before,
    /// How things were after it.
    After,
}

/// What restoring would do.
#[derive(Debug, Clone)]
pub struct RestorePreview {
    /// What would change, from how it is now; empty if everything is as it was.
    pub changes: Vec<ThingChange>,
    /// The names of what the things refer to.
    pub names: Names,
    /// The catalogue in whose words rules are shown.
    pub catalogue: CatalogueEdition,
    /// Why it cannot be done, as a sentence; `None` if it can.
    pub refusal: Option<String>,
}

impl Reeve {
    /// What restoring that side of the entry `id` would do. It is tried and given up again, so
    /// that whether it can be done is not a guess.
    pub fn preview_restore(&self, id: &HistoryId, side: Side) -> Result<RestorePreview, DeedError> {
        let now = self.now();
        let workspace = self.workspace()?;
        let tried = workspace
            .writer()
            .transaction(|transaction| -> Result<Infallible, Tried> {
                let project = transaction
                    .project()?
                    .ok_or(DeedError::Missing { what: "project" })?;
                let deed = restoring(transaction, id, side, "")?;
                let names = Names::of(transaction, &deed.changes)?;
                let refusal = carry_out(&deed, transaction, now).err();
                Err(Tried::Seen(Box::new(RestorePreview {
                    changes: deed.changes,
                    names,
                    catalogue: project.catalogue,
                    refusal: match refusal {
                        None => None,
                        Some(DeedError::Conflict { sentence }) => Some(sentence),
                        Some(other) => return Err(other.into()),
                    },
                })))
            });
        match tried {
            Err(Tried::Seen(preview)) => Ok(*preview),
            Err(Tried::Failed(error)) => Err(error),
            Ok(never) => match never {},
        }
    }

    /// Restores that side of the entry `id`.
    pub fn restore(
        &self,
        id: &HistoryId,
        side: Side,
        reason: &str,
    ) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let written = self.workspace()?.writer().transaction(|transaction| {
            let deed = restoring(transaction, id, side, reason.trim())?;
            carry_out(&deed, transaction, now)
        })?;
        self.ends_changed.notify_one();
        Ok(written)
    }
}

/// How a trial ended; nothing was written either way.
enum Tried {
    Seen(Box<RestorePreview>),
    Failed(DeedError),
}

impl From<DeedError> for Tried {
    fn from(error: DeedError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Tried {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// The deed that brings that side of the entry back, from how things are now.
fn restoring(
    snapshot: &Snapshot,
    id: &HistoryId,
    side: Side,
    reason: &str,
) -> Result<Deed, DeedError> {
    let entry = snapshot.history_entry(id)?.ok_or(DeedError::Missing {
        what: "history entry",
    })?;
    let unreadable = || conflict("this entry of the history cannot be read");
    let before = read_things(entry.before.as_deref()).ok_or_else(unreadable)?;
    let after = read_things(entry.after.as_deref()).ok_or_else(unreadable)?;
    let (wanted, other) = match side {
        Side::Before => (before, after),
        Side::After => (after, before),
    };
    let gone = other
        .into_iter()
        .filter(|thing| wanted.iter().all(|kept| kept.key() != thing.key()));
    let mut changes = Vec::new();
    for thing in gone {
        changes.extend(stored(snapshot, &thing)?.map(ThingChange::removed));
    }
    for thing in wanted {
        let now = stored(snapshot, &thing)?;
        if text(now.as_ref()) != text(Some(&thing)) {
            changes.push(ThingChange {
                before: now,
                after: Some(thing),
            });
        }
    }
    let kind = entry.deed.split('.').next().unwrap_or("access");
    Ok(Deed {
        name: format!("{kind}.restore"),
        member: entry.member,
        object: entry.object,
        title: entry.title,
        reason: reason.to_owned(),
        changes,
        undoes: None,
    })
}

fn carry_out(
    deed: &Deed,
    transaction: &Transaction,
    now: DateTime<Utc>,
) -> Result<HistoryEntry, DeedError> {
    if deed.changes.is_empty() {
        return Err(conflict("everything is as it was then"));
    }
    for change in &deed.changes {
        if let (Some(Thing::Member(member)), None) = (&change.before, &change.after) {
            refuse_if_it_has_access(transaction, member, &deed.changes)?;
        }
    }
    deed.carry_out(transaction, now)
}

/// A member takes all it has along when it goes, which the entry would not tell.
fn refuse_if_it_has_access(
    snapshot: &Snapshot,
    member: &reeve_domain::member::Member,
    changes: &[ThingChange],
) -> Result<(), DeedError> {
    let Some(access) = snapshot.member_access(&member.id)? else {
        return Ok(());
    };
    let is_removed = |key: (&'static str, String)| {
        changes.iter().any(|change| {
            change.after.is_none() && change.before.as_ref().map(Thing::key) == Some(key.clone())
        })
    };
    let own_roles = access.roles.iter().filter(|held| held.through.is_none());
    let mut left = own_roles
        .map(|held| ("assignment", held.assignment.id.to_string()))
        .chain(
            access
                .privileges
                .iter()
                .map(|privilege| ("privilege", privilege.id.to_string())),
        )
        .chain(
            access
                .groups
                .iter()
                .map(|group| ("groupMembership", format!("{} {}", group.id, member.id))),
        )
        .chain(
            snapshot
                .scheduled_of(std::slice::from_ref(&member.id))?
                .into_iter()
                .map(|grant| ("scheduled", grant.id.to_string())),
        )
        .filter(|key| !is_removed(key.clone()));
    let has_members = snapshot.group_members(&member.id, 0, 1)?.total > 0;
    if has_members || left.next().is_some() {
        return Err(conflict(&format!(
            "`{}` has roles, privileges or groups now; remove it from the list of members instead",
            member.name
        )));
    }
    Ok(())
}

fn text(thing: Option<&Thing>) -> Option<String> {
    things_text(&Vec::from_iter(thing))
}

fn conflict(sentence: &str) -> DeedError {
    DeedError::Conflict {
        sentence: sentence.to_owned(),
    }
}
