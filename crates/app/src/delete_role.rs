//! Removes a custom role: one that nobody holds, or one whose holders get another role instead.

use std::collections::BTreeMap;

use reeve_domain::id::{HistoryId, MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::RoleAssignment;
use reeve_domain::role::Role;
use reeve_store::role_holder::RoleHolder;
use reeve_store::transaction::Transaction;

use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};
use crate::reeve::Reeve;
use crate::role::{custom_role, role, role_deed};

/// How many holders are named in a refusal.
const HOLDERS_SHOWN: usize = 100;

/// How an attempt to remove a role went.
#[derive(Debug, Clone)]
pub enum RoleRemoval {
    /// It is gone.
    Removed {
        /// What it was called.
        name: String,
        /// How many assignments were given the other role instead.
        reassigned: usize,
        /// The entry of the history.
        history: HistoryId,
    },
    /// It is assigned; nothing was changed.
    Held {
        /// Some of those who hold it: groups first, each by name.
        holders: Vec<RoleHolder>,
        /// How many assignments there are, ended ones included.
        assignments: usize,
    },
}

impl Reeve {
    /// Removes the role `id`. Who holds it gets `instead` for as long, if that is given; without it
    /// a role that is held stays. Somebody who has `instead` already has it for the longer of both.
    pub fn delete_role(
        &self,
        id: &RoleId,
        instead: Option<&RoleId>,
    ) -> Result<RoleRemoval, DeedError> {
        let now = self.now();
        let removal = self.workspace()?.writer().transaction(|transaction| {
            let doomed = custom_role(transaction, id)?;
            let held = transaction.assignments_of_role(id)?;
            let changes = match instead {
                _ if held.is_empty() => Vec::new(),
                Some(instead) if instead != id => reassigned(transaction, &held, instead)?,
                _ => {
                    return Ok(RoleRemoval::Held {
                        holders: transaction.role_holders(id, HOLDERS_SHOWN)?,
                        assignments: held.len(),
                    });
                }
            };
            let removed = ThingChange::removed(Thing::Role(doomed.clone()));
            let changes = changes.into_iter().chain([removed]).collect();
            let entry = role_deed("role.remove", &doomed, changes).carry_out(transaction, now)?;
            Ok::<_, DeedError>(RoleRemoval::Removed {
                name: doomed.name,
                reassigned: held.len(),
                history: entry.id,
            })
        })?;
        self.ends_changed.notify_one();
        Ok(removal)
    }
}

fn reassigned(
    transaction: &Transaction,
    held: &[RoleAssignment],
    instead: &RoleId,
) -> Result<Vec<ThingChange>, DeedError> {
    let instead: Role = role(transaction, instead)?;
    let mut own: BTreeMap<MemberId, RoleAssignment> = BTreeMap::new();
    for assignment in transaction.assignments_of_role(&instead.id)? {
        let longer = own
            .get(&assignment.member)
            .is_none_or(|other| outlasts(&assignment.lifetime, &other.lifetime));
        if longer {
            own.insert(assignment.member.clone(), assignment);
        }
    }
    let mut changes = Vec::new();
    for assignment in held {
        let moved = RoleAssignment {
            role: instead.id.clone(),
            ..assignment.clone()
        };
        let before = Thing::Assignment(assignment.clone());
        match own.get(&assignment.member) {
            Some(kept) if !outlasts(&moved.lifetime, &kept.lifetime) => {
                changes.push(ThingChange::removed(before));
                continue;
            }
            Some(shorter) => {
                changes.retain(|change| {
                    !matches!(&change.after, Some(Thing::Assignment(after)) if after.id == shorter.id)
                });
                let was = held
                    .iter()
                    .find(|other| other.id == shorter.id)
                    .unwrap_or(shorter);
                changes.push(ThingChange::removed(Thing::Assignment(was.clone())));
            }
            None => {}
        }
        changes.push(ThingChange::changed(
            before,
            Thing::Assignment(moved.clone()),
        ));
        own.insert(moved.member.clone(), moved);
    }
    Ok(changes)
}

/// Whether `one` counts for longer than `other`.
pub(crate) fn outlasts(one: &Lifetime, other: &Lifetime) -> bool {
    match (one, other) {
        (_, Lifetime::Permanent) => false,
        (Lifetime::Permanent, _) => true,
        (one, other) => one.end() > other.end(),
    }
}
