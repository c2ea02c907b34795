//! Writes the changes of a deed and its entry in one transaction of the caller.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::project::ProjectKind;
use reeve_store::error::StoreError;
use reeve_store::history::Concern;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;

use super::{Deed, Thing, ThingChange};
use crate::error::DeedError;

impl Deed {
    /// Writes every change and the entry. Refused with [`DeedError::Conflict`], writing nothing
    /// once the transaction is rolled back, if a thing is not (any more) as `before` says.
    ///
    /// What others refer to is made first and removed last, whatever the order of the changes, so
    /// that an assignment can move to a role that is made with it and away from one that goes.
    pub fn carry_out(
        &self,
        transaction: &Transaction,
        now: DateTime<Utc>,
    ) -> Result<HistoryEntry, DeedError> {
        let project = transaction.project()?;
        if project.is_some_and(|project| project.kind == ProjectKind::Linked) {
            return Err(DeedError::LinkedReadOnly);
        }
        for change in &self.changes {
            check_unchanged(transaction, change)?;
        }
        let mut removed: Vec<&Thing> = Vec::new();
        let mut made: Vec<&Thing> = Vec::new();
        let mut changed: Vec<&Thing> = Vec::new();
        for change in &self.changes {
            match (&change.before, &change.after) {
                (Some(_), Some(after)) => changed.push(after),
                (Some(before), None) => removed.push(before),
                (None, Some(after)) => made.push(after),
                (None, None) => {}
            }
        }
        let (roles, made_late): (Vec<&Thing>, Vec<&Thing>) = made
            .into_iter()
            .partition(|thing| matches!(thing, Thing::Role(_)));
        let mut made = made_late;
        for role in roles {
            write(transaction, role, Change::Insert)?;
        }
        for thing in changed {
            write(transaction, thing, Change::Update)?;
        }
        removed.sort_by_key(|thing| std::cmp::Reverse(rank(thing)));
        made.sort_by_key(|thing| rank(thing));
        for thing in removed {
            remove(transaction, thing)?;
        }
        for thing in made {
            write(transaction, thing, Change::Insert)?;
        }
        self.write_entry(transaction, now)
    }

    /// Writes what a pull brought and the entry. Names may have moved from one thing to another, so
    /// they are all made free before any is taken.
    pub fn record_pull(
        &self,
        transaction: &Transaction,
        now: DateTime<Utc>,
    ) -> Result<HistoryEntry, DeedError> {
        let mut removed: Vec<&Thing> = Vec::new();
        let mut put: Vec<(&Thing, Change)> = Vec::new();
        for change in &self.changes {
            match (&change.before, &change.after) {
                (Some(before), Some(after)) => {
                    park_name(transaction, before)?;
                    put.push((after, Change::Update));
                }
                (Some(before), None) => removed.push(before),
                (None, Some(after)) => put.push((after, Change::Insert)),
                (None, None) => {}
            }
        }
        removed.sort_by_key(|thing| std::cmp::Reverse(rank(thing)));
        put.sort_by_key(|(thing, _)| rank(thing));
        let (early, late): (Vec<&Thing>, Vec<&Thing>) = removed
            .into_iter()
            .partition(|thing| rank(thing) > rank_of_members());
        for thing in early {
            remove(transaction, thing)?;
        }
        for thing in &late {
            park_name(transaction, thing)?;
        }
        for (thing, change) in put {
            write(transaction, thing, change)?;
        }
        for thing in late {
            remove(transaction, thing)?;
        }
        self.write_entry(transaction, now)
    }

    fn write_entry(
        &self,
        transaction: &Transaction,
        now: DateTime<Utc>,
    ) -> Result<HistoryEntry, DeedError> {
        let entry = self.entry(now);
        transaction.append_history(&entry)?;
        let things = self
            .changes
            .iter()
            .flat_map(|change| [&change.before, &change.after])
            .flatten();
        let concerns: BTreeSet<Concern> = things.flat_map(Thing::concerns).collect();
        transaction.note_concerned(&entry.id, concerns)?;
        Ok(entry)
    }
}

enum Change {
    Insert,
    Update,
}

/// What others refer to has the lower rank.
fn rank(thing: &Thing) -> u8 {
    match thing {
        Thing::Role(_) => 0,
        Thing::Member(_) => 1,
        Thing::GroupMembership { .. } => 2,
        Thing::Assignment(_) => 3,
        Thing::Privilege(_) => 4,
        Thing::FolderGrant(_) => 5,
        Thing::Scheduled(_) => 6,
    }
}

/// Things of a higher rank hang on members.
fn rank_of_members() -> u8 {
    1
}

/// Gives a thing a name that nothing else has, until it gets its own or goes.
fn park_name(transaction: &Transaction, thing: &Thing) -> Result<(), DeedError> {
    match thing {
        Thing::Role(role) => {
            let mut parked = role.clone();
            parked.slug = format!("parked {}", role.id);
            transaction.update_role(&parked)?;
        }
        Thing::Privilege(privilege) => {
            let mut parked = privilege.clone();
            parked.slug = format!("parked {}", privilege.id);
            transaction.update_privilege(&parked)?;
        }
        _ => {}
    }
    Ok(())
}

fn check_unchanged(transaction: &Transaction, change: &ThingChange) -> Result<(), DeedError> {
    let Some(thing) = change.before.as_ref().or(change.after.as_ref()) else {
        return Ok(());
    };
    let stored = stored(transaction, thing)?;
    // Written out, so that a number spelled otherwise is no change and a kept one no difference.
    let text = |thing: Option<&Thing>| super::thing::things_text(&Vec::from_iter(thing));
    if text(stored.as_ref()) == text(change.before.as_ref()) {
        return Ok(());
    }
    Err(conflict(match stored {
        None => format!("{} does not exist any more", the(thing)),
        Some(_) if change.before.is_none() => format!("{} exists already", the(thing)),
        Some(_) => format!("{} has changed since", the(thing)),
    }))
}

fn the(thing: &Thing) -> String {
    match thing {
        Thing::Member(member) => format!("`{}`", member.name),
        Thing::Role(role) => format!("the role `{}`", role.slug),
        Thing::GroupMembership { .. } => "the membership in the group".to_owned(),
        Thing::Assignment(_) => "the role assignment".to_owned(),
        Thing::Privilege(privilege) => format!("the privilege `{}`", privilege.slug),
        Thing::FolderGrant(_) => "the folder grant".to_owned(),
        Thing::Scheduled(_) => "the scheduled grant".to_owned(),
    }
}

/// The thing with the same key as it is stored.
pub(crate) fn stored(snapshot: &Snapshot, thing: &Thing) -> Result<Option<Thing>, StoreError> {
    Ok(match thing {
        Thing::Member(member) => snapshot.member(&member.id)?.map(Thing::Member),
        Thing::Role(role) => snapshot.role(&role.id)?.map(Thing::Role),
        Thing::GroupMembership { group, member } => {
            snapshot.is_in_group(group, member)?.then(|| thing.clone())
        }
        Thing::Assignment(assignment) => {
            snapshot.assignment(&assignment.id)?.map(Thing::Assignment)
        }
        Thing::Privilege(privilege) => snapshot.privilege(&privilege.id)?.map(Thing::Privilege),
        Thing::FolderGrant(grant) => snapshot
            .folder_grants(std::slice::from_ref(&grant.id))?
            .pop()
            .map(Thing::FolderGrant),
        Thing::Scheduled(grant) => snapshot.scheduled(&grant.id)?.map(Thing::Scheduled),
    })
}

fn remove(transaction: &Transaction, thing: &Thing) -> Result<(), DeedError> {
    match thing {
        Thing::Member(member) => transaction.remove_member(&member.id)?,
        Thing::Role(role) => transaction
            .remove_role(&role.id)
            .map_err(|error| match error {
                StoreError::InUse { .. } => {
                    conflict(format!("the role `{}` is assigned to somebody", role.slug))
                }
                other => other.into(),
            })?,
        Thing::GroupMembership { group, member } => transaction.remove_from_group(group, member)?,
        Thing::Assignment(assignment) => transaction.remove_assignment(&assignment.id)?,
        Thing::Privilege(privilege) => transaction.remove_privilege(&privilege.id)?,
        Thing::FolderGrant(grant) => transaction.remove_folder_grant(&grant.id)?,
        Thing::Scheduled(grant) => transaction.remove_scheduled(&grant.id)?,
    }
    Ok(())
}

fn write(transaction: &Transaction, thing: &Thing, change: Change) -> Result<(), DeedError> {
    let written = match (thing, change) {
        (Thing::Member(member), Change::Insert) => transaction.insert_member(member),
        (Thing::Member(member), Change::Update) => transaction.update_member(member),
        (Thing::Role(role), Change::Insert) => transaction.insert_role(role),
        (Thing::Role(role), Change::Update) => transaction.update_role(role),
        (Thing::GroupMembership { group, member }, _) => transaction.add_to_group(group, member),
        (Thing::Assignment(one), Change::Insert) => transaction.insert_assignment(one),
        (Thing::Assignment(one), Change::Update) => transaction.update_assignment(one),
        (Thing::Privilege(privilege), Change::Insert) => transaction.insert_privilege(privilege),
        (Thing::Privilege(privilege), Change::Update) => transaction.update_privilege(privilege),
        (Thing::FolderGrant(grant), Change::Insert) => transaction.insert_folder_grant(grant, ""),
        (Thing::FolderGrant(grant), Change::Update) => transaction.update_folder_grant(grant, ""),
        (Thing::Scheduled(grant), Change::Insert) => transaction.insert_scheduled(grant),
        (Thing::Scheduled(grant), Change::Update) => transaction.update_scheduled(grant),
    };
    written.map_err(|error| match error {
        StoreError::SlugTaken { slug } => match thing {
            Thing::Role(_) => conflict(format!("there is another role called `{slug}` now")),
            _ => conflict(format!(
                "the member has another privilege called `{slug}` now"
            )),
        },
        StoreError::Dangling { .. } => conflict(match thing {
            Thing::Assignment(_) => "the member or the role does not exist any more".to_owned(),
            _ => "the member does not exist any more".to_owned(),
        }),
        other => other.into(),
    })
}

fn conflict(sentence: String) -> DeedError {
    DeedError::Conflict { sentence }
}
