//! What is to be done for an edit, with whom else it concerns and what is in its way.

use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::member::MemberKind;
use reeve_store::snapshot::Snapshot;

use super::candidate::Candidate;
use super::{Place, Step};
use crate::error::DeedError;
use crate::permanent_role::{RolesRefusal, check_roles};
use crate::simulate::Case;

/// What is to be done for the edit `candidate`, in order.
pub(super) fn steps(
    snapshot: &Snapshot,
    candidate: &Candidate,
    case: &Case,
) -> Result<Vec<Step>, DeedError> {
    let mut taken: Vec<(MemberId, RoleId)> = Vec::new();
    let mut steps = Vec::new();
    for (words, mut at) in candidate.places(case) {
        let mut others = 0;
        match &mut at {
            Place::Role { role, .. } => others = other_holders(snapshot, role)?,
            Place::TakeRole {
                member,
                role,
                refusal,
            } => {
                taken.push((member.clone(), role.clone()));
                *refusal = refused(snapshot, member, &taken)?;
                others = others_in_group(snapshot, member)?;
            }
            Place::Privilege { .. }
            | Place::NewPrivilege { .. }
            | Place::EndPrivilege { .. }
            | Place::LeaveGroup { .. } => {}
        }
        steps.push(Step { words, at, others });
    }
    Ok(steps)
}

fn other_holders(snapshot: &Snapshot, role: &RoleId) -> Result<u64, DeedError> {
    let rows = snapshot.roles()?;
    let row = rows.into_iter().find(|row| row.role.id == *role);
    Ok(row.map_or(0, |row| {
        (row.actor_count + row.group_count).saturating_sub(1)
    }))
}

/// How many others there are, if `member` is a group.
fn others_in_group(snapshot: &Snapshot, member: &MemberId) -> Result<u64, DeedError> {
    let access = snapshot.member_access(member)?;
    if access.is_none_or(|access| access.member.kind != MemberKind::Group) {
        return Ok(0);
    }
    Ok(snapshot
        .group_members(member, 0, 0)?
        .total
        .saturating_sub(1))
}

/// Why a server would not take `member` without the roles `taken`; what it would not take already
/// may become better, or stay as bad.
fn refused(
    snapshot: &Snapshot,
    member: &MemberId,
    taken: &[(MemberId, RoleId)],
) -> Result<Option<RolesRefusal>, DeedError> {
    let Some(access) = snapshot.member_access(member)? else {
        return Ok(None);
    };
    let own = || access.roles.iter().filter(|held| held.through.is_none());
    let goes = |role: &RoleId| {
        taken
            .iter()
            .any(|(holder, gone)| holder == member && gone == role)
    };
    let left = own().filter(|held| !goes(&held.role.id));
    let is_taken = check_roles(own().map(|held| &held.assignment.lifetime)).is_ok();
    let left = check_roles(left.map(|held| &held.assignment.lifetime));
    Ok(is_taken.then(|| left.err()).flatten())
}
