//! Removing members from the project with all they have.

use reeve_domain::id::MemberId;
use reeve_domain::member::Member;
use reeve_store::snapshot::Snapshot;

use super::{Losses, Plan};
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};

/// Removes `members`, and records what goes with them so that it can be brought back.
pub(super) fn remove(snapshot: &Snapshot, members: &[Member]) -> Result<Plan, DeedError> {
    let ids: Vec<MemberId> = members.iter().map(|member| member.id.clone()).collect();
    let assignments = snapshot.assignments_of(&ids)?;
    let privileges = snapshot.privileges_of_members(&ids)?;
    let folder_grants = snapshot.folder_grants_of_members(&ids)?;
    let memberships = snapshot.memberships_of(&ids)?;
    let scheduled = snapshot.scheduled_of(&ids)?;
    let mut plan = Plan {
        name: "member.remove",
        ..Plan::default()
    };
    if let [one] = members {
        plan.title.clone_from(&one.name);
        plan.object = one.id.to_string();
    }
    plan.preview.loses = Losses {
        roles: assignments.len(),
        privileges: privileges.len(),
        folder_grants: folder_grants.len(),
        memberships: memberships.len(),
    };
    let things = members
        .iter()
        .cloned()
        .map(Thing::Member)
        .chain(assignments.into_iter().map(Thing::Assignment))
        .chain(privileges.into_iter().map(Thing::Privilege))
        .chain(folder_grants.into_iter().map(Thing::FolderGrant))
        .chain(scheduled.into_iter().map(Thing::Scheduled))
        .chain(
            memberships
                .into_iter()
                .map(|(group, member)| Thing::GroupMembership { group, member }),
        );
    plan.changes = things.map(ThingChange::removed).collect();
    plan.affected = ids;
    Ok(plan)
}
