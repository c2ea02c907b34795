//! Putting members into a group and taking them out.

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_store::snapshot::Snapshot;

use super::{Plan, Why};
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};

/// Puts those into `group` who can be in one and are not in it.
pub(super) fn add(
    snapshot: &Snapshot,
    members: &[Member],
    group: &MemberId,
) -> Result<Plan, DeedError> {
    let mut plan = plan("group.join", snapshot, group)?;
    for member in members {
        if member.kind == MemberKind::Group {
            plan.pass_over(member, Why::IsGroup);
        } else if snapshot.is_in_group(group, &member.id)? {
            plan.pass_over(member, Why::InGroup);
        } else {
            plan.affect(&member.id, ThingChange::made(membership(group, member)));
        }
    }
    Ok(named(plan, members))
}

/// Takes those out of `group` who are in it.
pub(super) fn remove(
    snapshot: &Snapshot,
    members: &[Member],
    group: &MemberId,
) -> Result<Plan, DeedError> {
    let mut plan = plan("group.leave", snapshot, group)?;
    for member in members {
        if snapshot.is_in_group(group, &member.id)? {
            plan.affect(&member.id, ThingChange::removed(membership(group, member)));
        } else {
            plan.pass_over(member, Why::NotInGroup);
        }
    }
    Ok(named(plan, members))
}

/// The title says who, where it is one, for the group alone says too little.
fn named(mut plan: Plan, members: &[Member]) -> Plan {
    if let [one] = plan.affected.as_slice()
        && let Some(member) = members.iter().find(|member| member.id == *one)
    {
        plan.title = format!("{} · {}", plan.title, member.name);
    }
    plan
}

fn membership(group: &MemberId, member: &Member) -> Thing {
    Thing::GroupMembership {
        group: group.clone(),
        member: member.id.clone(),
    }
}

fn plan(name: &'static str, snapshot: &Snapshot, group: &MemberId) -> Result<Plan, DeedError> {
    let whole = snapshot
        .member(group)?
        .filter(|member| member.kind == MemberKind::Group)
        .ok_or(DeedError::Missing { what: "group" })?;
    Ok(Plan {
        name,
        title: whole.name,
        object: group.to_string(),
        ..Plan::default()
    })
}
