//! One member with all its access, ended parts included.

use std::sync::Arc;

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::Project;
use reeve_domain::rule::Rule;
use reeve_store::access::HeldRole;
use reeve_store::group::GroupMembers;
pub use reeve_store::member::MemberRef;

use crate::actor::{read_rules, rules_of_role};
use crate::error::DeedError;
use crate::permanent_role::{RolesRefusal, check_roles};
use crate::reeve::Reeve;
use crate::scheduled::{ScheduledEntry, entries};

/// How many members of a group are shown beside it.
const GROUP_MEMBERS_SHOWN: usize = 200;

/// One member with all its access.
#[derive(Debug, Clone)]
pub struct MemberAccess {
    /// The project it is a member of.
    pub project: Project,
    /// The member.
    pub member: Member,
    /// The groups it is in, by name.
    pub groups: Vec<MemberRef>,
    /// The members of this group, by name; none for others.
    pub group_members: GroupMembers,
    /// Its roles with their rules: its own, then those through groups.
    pub roles: Vec<(HeldRole, Arc<[Rule]>)>,
    /// Its privileges with their rules, in the order given.
    pub privileges: Vec<(AdditionalPrivilege, Vec<Rule>)>,
    /// Its folder grants, in the order given.
    pub folder_grants: Vec<FolderGrant>,
    /// What it shall get later, the soonest first.
    pub scheduled: Vec<ScheduledEntry>,
}

impl MemberAccess {
    /// Why `held` can be neither taken away nor given an end: a server would refuse the roles that
    /// the member would be left with. `None` if it can be.
    pub fn kept_because(&self, held: &HeldRole) -> Option<RolesRefusal> {
        let own = || {
            self.roles
                .iter()
                .map(|(held, _)| held)
                .filter(|held| held.through.is_none())
        };
        let others = own()
            .filter(|other| other.assignment.id != held.assignment.id)
            .map(|other| &other.assignment.lifetime);
        // What a server would not take already may become better, or stay as bad.
        let is_taken = check_roles(own().map(|held| &held.assignment.lifetime)).is_ok();
        (is_taken && held.through.is_none())
            .then(|| check_roles(others).err())
            .flatten()
    }
}

impl Reeve {
    /// The member `id` with all its access.
    pub fn member_access(&self, id: &MemberId) -> Result<MemberAccess, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let access = snapshot
                .member_access(id)?
                .ok_or(DeedError::Missing { what: "member" })?;
            let group_members = if access.member.kind == MemberKind::Group {
                snapshot.group_members(id, 0, GROUP_MEMBERS_SHOWN)?
            } else {
                GroupMembers {
                    members: Vec::new(),
                    total: 0,
                }
            };
            let with_rules = access
                .roles
                .into_iter()
                .map(|held| {
                    let rules = rules_of_role(&held.role, project.catalogue)?;
                    Ok((held, rules))
                })
                .collect::<Result<_, DeedError>>()?;
            let privileges = access
                .privileges
                .into_iter()
                .map(|privilege| {
                    let rules = read_rules(&privilege.slug, &privilege.rules)?;
                    Ok((privilege, rules))
                })
                .collect::<Result<_, DeedError>>()?;
            let scheduled = snapshot.scheduled_of(std::slice::from_ref(id))?;
            Ok(MemberAccess {
                scheduled: entries(snapshot, scheduled, now)?,
                project,
                member: access.member,
                groups: access.groups,
                group_members,
                roles: with_rules,
                privileges,
                folder_grants: access.folder_grants,
            })
        })
    }
}
