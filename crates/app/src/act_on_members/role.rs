//! Giving members a role and taking it away.

use std::collections::BTreeMap;

use reeve_domain::id::{AssignmentId, MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::role::Role;
use reeve_store::error::StoreError;
use reeve_store::snapshot::Snapshot;

use super::{Plan, Why, check};
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange, new_id};

/// Gives `role` to those who do not have it themselves; a server takes a role once.
pub(super) fn add(
    snapshot: &Snapshot,
    members: &[Member],
    role: &RoleId,
    lifetime: &Lifetime,
) -> Result<Plan, DeedError> {
    let held = held_by(snapshot, members)?;
    let mut plan = plan("assignment.add", snapshot, role)?;
    for member in members {
        let own = held.get(&member.id).map_or(&[][..], Vec::as_slice);
        if own.iter().any(|held| held.role == *role) {
            plan.pass_over(member, Why::HasRole);
            continue;
        }
        let after = own.iter().map(|held| &held.lifetime).chain([lifetime]);
        if let Some(why) = check(after) {
            plan.pass_over(member, why);
            continue;
        }
        let assignment = RoleAssignment {
            id: AssignmentId::new(new_id()),
            member: member.id.clone(),
            role: role.clone(),
            lifetime: lifetime.clone(),
        };
        plan.affect(&member.id, ThingChange::made(Thing::Assignment(assignment)));
    }
    Ok(plan)
}

/// Takes `role` from those who have it themselves and keep a permanent one.
pub(super) fn remove(
    snapshot: &Snapshot,
    members: &[Member],
    role: &RoleId,
) -> Result<Plan, DeedError> {
    let mut held = held_by(snapshot, members)?;
    let mut plan = plan("assignment.remove", snapshot, role)?;
    for member in members {
        let own = held.remove(&member.id).unwrap_or_default();
        let (taken, kept): (Vec<_>, Vec<_>) = own.into_iter().partition(|held| held.role == *role);
        if taken.is_empty() {
            plan.pass_over(member, Why::HasNotRole);
            continue;
        }
        if let Some(why) = check(kept.iter().map(|held| &held.lifetime)) {
            plan.pass_over(member, why);
            continue;
        }
        plan.affected.push(member.id.clone());
        plan.changes.extend(
            taken
                .into_iter()
                .map(|held| ThingChange::removed(Thing::Assignment(held))),
        );
    }
    Ok(plan)
}

fn plan(name: &'static str, snapshot: &Snapshot, role: &RoleId) -> Result<Plan, DeedError> {
    let Role { name: title, .. } = snapshot
        .role(role)?
        .ok_or(DeedError::Missing { what: "role" })?;
    Ok(Plan {
        name,
        title,
        object: role.to_string(),
        ..Plan::default()
    })
}

fn held_by(
    snapshot: &Snapshot,
    members: &[Member],
) -> Result<BTreeMap<MemberId, Vec<RoleAssignment>>, StoreError> {
    let ids: Vec<MemberId> = members.iter().map(|member| member.id.clone()).collect();
    let mut held: BTreeMap<MemberId, Vec<RoleAssignment>> = BTreeMap::new();
    for assignment in snapshot.assignments_of(&ids)? {
        held.entry(assignment.member.clone())
            .or_default()
            .push(assignment);
    }
    Ok(held)
}
