//! Makes one custom role of privileges that mean the same.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{AssignmentId, MemberId, PrivilegeId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::RoleAssignment;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::{Role, RoleKind};
use reeve_store::snapshot::Snapshot;

use super::prove::Proof;
use crate::delete_role::outlasts;
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange, new_id};
use crate::preview_privilege::Remark;
use crate::reeve::Reeve;
use crate::role::{RoleNames, check_names, remark, role_deed};

/// Which privileges become which role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatherRequest {
    /// The privileges; the rules of the first become those of the role.
    pub privileges: Vec<PrivilegeId>,
    /// What the role is called.
    pub names: RoleNames,
}

/// What making the role would come to.
#[derive(Debug, Clone)]
pub struct Gathering {
    /// What is wrong with the names.
    pub problems: Vec<Remark>,
    /// How many privileges would go.
    pub privileges: usize,
    /// How many members would have the role.
    pub members: usize,
    /// What becomes of access.
    pub proof: Proof,
}

/// How making the role went.
#[derive(Debug, Clone)]
pub enum Gathered {
    /// It stands, and the privileges are gone.
    Done {
        /// The role.
        role: Box<Role>,
        /// The entry of the history, which takes all of it back.
        entry: Box<HistoryEntry>,
    },
    /// Nothing was changed: a name is wrong, or somebody's access would be another one.
    Refused(Box<Gathering>),
}

struct Plan {
    role: Role,
    changes: Vec<ThingChange>,
    gathering: Gathering,
}

impl Reeve {
    /// What making a role of privileges would come to. Changes nothing.
    pub fn preview_gather(&self, request: &GatherRequest) -> Result<Gathering, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(self.plan_gather(snapshot, request, now)?.gathering))
    }

    /// Makes a role of privileges, gives it to their members for as long, and removes them, all in
    /// one deed. Refused if that would change anybody's access, now or later.
    pub fn gather_privileges(&self, request: &GatherRequest) -> Result<Gathered, DeedError> {
        let now = self.now();
        let gathered = self.workspace()?.writer().transaction(|transaction| {
            let plan = self.plan_gather(transaction, request, now)?;
            if !plan.gathering.problems.is_empty() || !plan.gathering.proof.holds() {
                return Ok(Gathered::Refused(Box::new(plan.gathering)));
            }
            let deed = role_deed("role.gather", &plan.role, plan.changes);
            let entry = deed.carry_out(transaction, now)?;
            Ok::<_, DeedError>(Gathered::Done {
                role: Box::new(plan.role),
                entry: Box::new(entry),
            })
        })?;
        self.ends_changed.notify_one();
        Ok(gathered)
    }

    fn plan_gather(
        &self,
        snapshot: &Snapshot,
        request: &GatherRequest,
        now: DateTime<Utc>,
    ) -> Result<Plan, DeedError> {
        let (names, mut problems) = match check_names(snapshot, &request.names, None)? {
            Ok(names) => (names, Vec::new()),
            Err(problems) => (request.names.clone(), problems),
        };
        let privileges = read(snapshot, &request.privileges)?;
        if let Some(managed) = privileges.iter().find(|privilege| privilege.managed) {
            let sentence = format!(
                "the privilege `{}` came from an access request, which decides about it",
                managed.slug
            );
            problems.push(remark("privileges", &sentence));
        }
        let role = Role {
            id: RoleId::new(new_id()),
            kind: RoleKind::Custom,
            slug: names.slug,
            name: names.name,
            description: names.description,
            rules: privileges
                .first()
                .map_or_else(|| "[]".to_owned(), |first| first.rules.clone()),
        };
        let longest = longest(&privileges);
        let members = longest.len();
        let mut changes = vec![ThingChange::made(Thing::Role(role.clone()))];
        changes.extend(longest.into_iter().map(|(member, lifetime)| {
            ThingChange::made(Thing::Assignment(RoleAssignment {
                id: AssignmentId::new(new_id()),
                member,
                role: role.id.clone(),
                lifetime,
            }))
        }));
        let count = privileges.len();
        let gone = privileges.into_iter().map(Thing::Privilege);
        changes.extend(gone.map(ThingChange::removed));
        let proof = self.prove_same(snapshot, &changes, now)?;
        Ok(Plan {
            role,
            changes,
            gathering: Gathering {
                problems,
                privileges: count,
                members,
                proof,
            },
        })
    }
}

fn read(snapshot: &Snapshot, ids: &[PrivilegeId]) -> Result<Vec<AdditionalPrivilege>, DeedError> {
    let mut privileges = Vec::with_capacity(ids.len());
    for id in ids {
        let privilege = snapshot.privilege(id)?;
        privileges.push(privilege.ok_or(DeedError::Missing { what: "privilege" })?);
    }
    Ok(privileges)
}

/// Each member with how long the longest of its privileges counts.
fn longest(privileges: &[AdditionalPrivilege]) -> BTreeMap<MemberId, Lifetime> {
    let mut longest: BTreeMap<MemberId, Lifetime> = BTreeMap::new();
    for privilege in privileges {
        match longest.get_mut(&privilege.member) {
            Some(known) if outlasts(&privilege.lifetime, known) => {
                *known = privilege.lifetime.clone();
            }
            Some(_) => {}
            None => {
                longest.insert(privilege.member.clone(), privilege.lifetime.clone());
            }
        }
    }
    longest
}
