//! Giving members an additional privilege, the same to each.

use chrono::{DateTime, Utc};
use reeve_domain::member::{Member, MemberKind};
use reeve_store::snapshot::Snapshot;

use super::{Plan, Why};
use crate::attach_privilege::{Given, GivenThing};
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};
use crate::preview_privilege::{PrivilegeDraft, examine, name_holder};
use crate::remark::Remark;

/// Gives what `draft` says to those who can have it and whose privileges do not bear its name.
pub(super) fn attach(
    snapshot: &Snapshot,
    members: &[Member],
    draft: &PrivilegeDraft,
    now: DateTime<Utc>,
    problems: &mut Vec<Remark>,
) -> Result<Plan, DeedError> {
    let draft = PrivilegeDraft {
        member: None,
        edited: None,
        ..draft.clone()
    };
    let preview = examine(snapshot, &draft, now)?;
    let Some(given) = Given::new(&draft, &preview, now) else {
        problems.extend(preview.problems);
        return Ok(Plan::default());
    };
    let mut plan = Plan {
        name: match preview.start {
            None => "privilege.attach",
            Some(_) => "scheduled.add",
        },
        title: given.slug.to_owned(),
        reason: draft.reason.trim().to_owned(),
        ..Plan::default()
    };
    for member in members {
        if member.kind == MemberKind::Group {
            plan.pass_over(member, Why::GroupHasNoPrivileges);
        } else if name_holder(snapshot, &member.id, given.slug, None)?.is_some() {
            plan.pass_over(member, Why::NameTaken);
        } else {
            let thing = match given.to(&member.id) {
                GivenThing::Privilege(privilege) => Thing::Privilege(privilege),
                GivenThing::Scheduled(grant) => Thing::Scheduled(grant),
            };
            if plan.object.is_empty() {
                plan.object = thing.key().1;
            }
            plan.affect(&member.id, ThingChange::made(thing));
        }
    }
    Ok(plan)
}
