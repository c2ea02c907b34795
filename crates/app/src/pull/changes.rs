//! What the last pull changed, as a list to read: what was made, changed or removed on the server
//! outside Reeve, and what ended by itself meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_domain::id::{HistoryId, MemberId, RoleId};
use reeve_store::ending::{Ending, EndingObject};
use reeve_store::error::StoreError;
use reeve_store::snapshot::Snapshot;

use super::link::{LastPull, read_last_pull};
use crate::error::DeedError;
use crate::journal::Thing;
use crate::journal::thing::read_things;
use crate::reeve::Reeve;

/// So many of those that ended are named.
const ENDED_NAMED: usize = 500;

/// What the last pull changed.
#[derive(Debug, Clone)]
pub struct PullChanges {
    /// How it went.
    pub pull: LastPull,
    /// Whether it was the first one, before which nothing was known.
    pub first: bool,
    /// What was changed on the server, by kind and name.
    pub changed: Vec<OneChange>,
    /// What ended by itself since the pull before, the soonest first; not more than are worth
    /// listing.
    pub ended: Vec<OneEnd>,
    /// How many role assignments, privileges and folder grants ended, those not listed included.
    pub ended_in_all: u64,
}

/// One thing that ended by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneEnd {
    /// What it is: an assignment, a privilege or a folder grant.
    pub what: What,
    /// The name of the role or of the privilege; of a folder grant, where it is.
    pub title: String,
    /// Whose it is.
    pub of: String,
    /// Their id.
    pub member: String,
    /// When it ended, on the server's clock.
    pub at: DateTime<Utc>,
}

/// One thing that was changed on the server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OneChange {
    /// What it is.
    pub what: What,
    /// What was done to it.
    pub how: How,
    /// Its name.
    pub title: String,
    /// Whose it is, if it is somebody's.
    pub of: Option<String>,
    /// The member to look at, if it is there still.
    pub member: Option<String>,
    /// The role to look at.
    pub role: Option<String>,
}

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A role.
    Role,
    /// A member.
    Member,
    /// A membership in a group.
    GroupMembership,
    /// A role assignment.
    Assignment,
    /// A privilege.
    Privilege,
    /// A folder grant.
    FolderGrant,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It was made or given.
    Made,
    /// It was changed.
    Changed,
    /// It was removed or taken.
    Removed,
}

impl Reeve {
    /// What the last pull of the open project changed; `None` if there was none.
    pub fn pull_changes(&self) -> Result<Option<PullChanges>, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let Some(pull) = read_last_pull(snapshot)? else {
                return Ok(None);
            };
            let first = pull.before.is_none();
            let changed = match &pull.entry {
                Some(entry) if !first => changed(snapshot, &HistoryId::new(entry.as_str()))?,
                _ => Vec::new(),
            };
            let (ended, ended_in_all) = match pull.before {
                Some(before) => ended_between(snapshot, before, pull.at)?,
                None => (Vec::new(), 0),
            };
            Ok(Some(PullChanges {
                pull,
                first,
                changed,
                ended,
                ended_in_all,
            }))
        })
    }
}

fn ended_between(
    snapshot: &Snapshot,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<(Vec<OneEnd>, u64), StoreError> {
    let found = snapshot.expiring(from, to, ENDED_NAMED)?;
    let ended = found.rows.into_iter().map(one_end).collect();
    Ok((ended, found.total.count))
}

fn one_end(ending: Ending) -> OneEnd {
    let (what, title) = match ending.what {
        EndingObject::Assignment { name, .. } => (What::Assignment, name),
        EndingObject::Privilege { slug, .. } => (What::Privilege, slug),
        EndingObject::FolderGrant {
            environment, path, ..
        } => (What::FolderGrant, format!("{environment}:{path}")),
    };
    OneEnd {
        what,
        title,
        of: ending.member.name,
        member: ending.member.id.to_string(),
        at: ending.end,
    }
}

fn changed(snapshot: &Snapshot, entry: &HistoryId) -> Result<Vec<OneChange>, DeedError> {
    let Some(entry) = snapshot.history_entry(entry)? else {
        return Ok(Vec::new());
    };
    let read = |text: &Option<String>| read_things(text.as_deref()).unwrap_or_default();
    let (before, after) = (read(&entry.before), read(&entry.after));
    let names = Names::read(snapshot, before.iter().chain(&after))?;
    let mut sides: BTreeMap<_, (Option<&Thing>, Option<&Thing>)> = BTreeMap::new();
    for thing in &before {
        sides.entry(sense(thing)).or_default().0 = Some(thing);
    }
    for thing in &after {
        sides.entry(sense(thing)).or_default().1 = Some(thing);
    }
    let gone: BTreeSet<&MemberId> = sides
        .values()
        .filter_map(|side| match side {
            (Some(Thing::Member(member)), None) => Some(&member.id),
            _ => None,
        })
        .collect();
    let mut changes: Vec<OneChange> = sides
        .values()
        .filter_map(|(before, after)| {
            let how = match (before, after) {
                (None, _) => How::Made,
                // That somebody is gone says it for all they had.
                (Some(thing), None) if holder(thing).is_some_and(|of| gone.contains(of)) => {
                    return None;
                }
                (_, None) => How::Removed,
                // The server gave an assignment another id and nothing else.
                (Some(Thing::Assignment(one)), Some(Thing::Assignment(other)))
                    if one.lifetime == other.lifetime =>
                {
                    return None;
                }
                _ => How::Changed,
            };
            Some(names.line((*after).or(*before)?, how))
        })
        .collect();
    changes.sort();
    Ok(changes)
}

/// Who has the thing, if it is something that somebody has.
fn holder(thing: &Thing) -> Option<&MemberId> {
    match thing {
        Thing::Role(_) | Thing::Member(_) => None,
        Thing::GroupMembership { member, .. } => Some(member),
        Thing::Assignment(one) => Some(&one.member),
        Thing::Privilege(one) => Some(&one.member),
        Thing::FolderGrant(one) => Some(&one.member),
        Thing::Scheduled(one) => Some(&one.member),
    }
}

/// What tells one thing from another for a reader: an assignment is a role of somebody, whatever id
/// the server gave it this time.
fn sense(thing: &Thing) -> (&'static str, String) {
    match thing {
        Thing::Assignment(one) => ("assignment", format!("{} {}", one.member, one.role)),
        other => other.key(),
    }
}

/// Names of members and roles, also of those that are gone; with whether they are there.
struct Names {
    members: BTreeMap<MemberId, (String, bool)>,
    roles: BTreeMap<RoleId, (String, bool)>,
}

impl Names {
    fn read<'a>(
        snapshot: &Snapshot,
        things: impl Iterator<Item = &'a Thing> + Clone,
    ) -> Result<Self, StoreError> {
        let mut names = Self {
            members: BTreeMap::new(),
            roles: snapshot
                .roles()?
                .into_iter()
                .map(|row| (row.role.id, (row.role.name, true)))
                .collect(),
        };
        let mut wanted: Vec<MemberId> = Vec::new();
        for thing in things {
            match thing {
                Thing::Member(member) => {
                    let name = (member.name.clone(), false);
                    names.members.insert(member.id.clone(), name);
                    wanted.push(member.id.clone());
                }
                Thing::Role(role) => {
                    names
                        .roles
                        .entry(role.id.clone())
                        .or_insert_with(|| (role.name.clone(), false));
                }
                Thing::GroupMembership { group, member } => {
                    wanted.extend([group.clone(), member.clone()]);
                }
                Thing::Assignment(one) => wanted.push(one.member.clone()),
                Thing::Privilege(one) => wanted.push(one.member.clone()),
                Thing::FolderGrant(one) => wanted.push(one.member.clone()),
                Thing::Scheduled(one) => wanted.push(one.member.clone()),
            }
        }
        wanted.sort();
        wanted.dedup();
        for member in snapshot.members(&wanted)? {
            names.members.insert(member.id, (member.name, true));
        }
        Ok(names)
    }

    fn line(&self, thing: &Thing, how: How) -> OneChange {
        let name = |id: &MemberId| {
            let known = self.members.get(id);
            known.map_or_else(|| id.to_string(), |(name, _)| name.clone())
        };
        let there = |id: &MemberId| {
            let known = self.members.get(id);
            known
                .filter(|(_, is_there)| *is_there)
                .map(|_| id.to_string())
        };
        let line = |what, title: String, of: Option<&MemberId>, role: Option<&RoleId>| OneChange {
            what,
            how,
            title,
            of: of.map(name),
            member: of.and_then(there),
            role: role
                .filter(|id| self.roles.get(id).is_some_and(|(_, is_there)| *is_there))
                .map(ToString::to_string),
        };
        match thing {
            Thing::Role(role) => line(What::Role, role.name.clone(), None, Some(&role.id)),
            Thing::Member(member) => OneChange {
                of: None,
                ..line(What::Member, member.name.clone(), Some(&member.id), None)
            },
            Thing::GroupMembership { group, member } => {
                line(What::GroupMembership, name(group), Some(member), None)
            }
            Thing::Assignment(one) => {
                let role = self.roles.get(&one.role);
                let title = role.map_or_else(|| one.role.to_string(), |(name, _)| name.clone());
                line(What::Assignment, title, Some(&one.member), Some(&one.role))
            }
            Thing::Privilege(one) => {
                line(What::Privilege, one.slug.clone(), Some(&one.member), None)
            }
            Thing::FolderGrant(one) => {
                let title = format!("{}:{}", one.environment, one.path);
                line(What::FolderGrant, title, Some(&one.member), None)
            }
            Thing::Scheduled(one) => {
                line(What::Privilege, one.id.to_string(), Some(&one.member), None)
            }
        }
    }
}
