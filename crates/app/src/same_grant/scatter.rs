//! Turns a custom role that one member has into an additional privilege of that member.

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{MemberId, PrivilegeId, RoleId};
use reeve_domain::member::MemberKind;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;
use reeve_store::snapshot::Snapshot;

use super::prove::Proof;
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange, new_id};
use crate::permanent_role::check_roles;
use crate::reeve::Reeve;
use crate::role::{custom_role, role_deed};

/// What turning a role into a privilege would come to.
#[derive(Debug, Clone)]
pub struct Scattering {
    /// Whose privilege it would be.
    pub member: MemberId,
    /// What it would be called.
    pub slug: String,
    /// Why it cannot be done; `None` if it can.
    pub refusal: Option<String>,
    /// What becomes of access.
    pub proof: Proof,
}

struct Plan {
    role: Role,
    changes: Vec<ThingChange>,
    scattering: Scattering,
}

impl Reeve {
    /// What turning a role into a privilege would come to. Changes nothing.
    pub fn preview_scatter(&self, role: &RoleId) -> Result<Scattering, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(self.plan_scatter(snapshot, role, now)?.scattering))
    }

    /// Turns a role that one member has into a privilege of that member, for as long, in one deed.
    /// Refused if that would change anybody's access, now or later.
    pub fn scatter_role(&self, role: &RoleId) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let entry = self.workspace()?.writer().transaction(|transaction| {
            let plan = self.plan_scatter(transaction, role, now)?;
            if let Some(sentence) = plan.scattering.refusal {
                return Err(DeedError::Conflict { sentence });
            }
            role_deed("role.scatter", &plan.role, plan.changes).carry_out(transaction, now)
        })?;
        self.ends_changed.notify_one();
        Ok(entry)
    }

    fn plan_scatter(
        &self,
        snapshot: &Snapshot,
        id: &RoleId,
        now: DateTime<Utc>,
    ) -> Result<Plan, DeedError> {
        let role = custom_role(snapshot, id)?;
        let held = snapshot.assignments_of_role(id)?;
        let [assignment] = held.as_slice() else {
            return Err(DeedError::Conflict {
                sentence: format!("`{}` is not the role of exactly one member", role.name),
            });
        };
        let member = snapshot
            .member(&assignment.member)?
            .filter(|member| member.kind != MemberKind::Group)
            .ok_or_else(|| DeedError::Conflict {
                sentence: "a group has no privileges of its own".to_owned(),
            })?;
        let others = snapshot.assignments_of(std::slice::from_ref(&member.id))?;
        let left = others.iter().filter(|other| other.id != assignment.id);
        let refusal = check_roles(left.map(|other| &other.lifetime))
            .err()
            .map(|refusal| refusal.to_string());
        let slug = free_slug(snapshot, &member.id, &role.slug)?;
        let privilege = AdditionalPrivilege {
            id: PrivilegeId::new(new_id()),
            member: member.id.clone(),
            slug: slug.clone(),
            lifetime: assignment.lifetime.clone(),
            rules: role.rules.clone(),
            reason: String::new(),
            ticket: String::new(),
            managed: false,
            created_at: now,
            updated_at: now,
        };
        let changes = vec![
            ThingChange::removed(Thing::Assignment(assignment.clone())),
            ThingChange::removed(Thing::Role(role.clone())),
            ThingChange::made(Thing::Privilege(privilege)),
        ];
        let proof = self.prove_same(snapshot, &changes, now)?;
        let refusal = refusal.or_else(|| {
            (!proof.holds())
                .then(|| "it would change what somebody may do, now or later".to_owned())
        });
        Ok(Plan {
            role,
            changes,
            scattering: Scattering {
                member: member.id,
                slug,
                refusal,
                proof,
            },
        })
    }
}

/// `slug`, or the first with a number after it that the member does not have yet.
fn free_slug(snapshot: &Snapshot, member: &MemberId, slug: &str) -> Result<String, DeedError> {
    let mut free = slug.to_owned();
    let mut number = 1;
    while snapshot.privilege_by_slug(member, &free)?.is_some() {
        number += 1;
        free = format!("{slug}-{number}");
    }
    Ok(free)
}
