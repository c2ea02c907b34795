//! Compares what is stored with what a pull brought, thing by thing, and says what must change, so that
//! the store holds what the server holds.
//!
//! What the pull could not see is no difference: it stays as it was. What only Reeve knows, such as
//! the reason of a privilege, stays as well.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;

/// What the pull could not see, each with whom it is about, which are groups where it is who is in
/// them; nobody means that it may be anybody.
pub type Unseen = BTreeMap<Hidden, BTreeSet<MemberId>>;

/// A kind of thing that the pull could not see, or not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// Roles.
    Roles,
    /// The rules of some roles, while all roles were listed.
    RulesOfRoles,
    /// Users.
    Users,
    /// Machine identities.
    Identities,
    /// Metadata of users.
    UserMetadata,
    /// Metadata of machine identities.
    IdentityMetadata,
    /// Groups.
    Groups,
    /// Who is in the groups.
    GroupMembers,
    /// Additional privileges of users.
    UserPrivileges,
    /// Additional privileges of users that have ended.
    EndedUserPrivileges,
    /// Additional privileges of identities.
    IdentityPrivileges,
    /// All folder grants.
    FolderGrants,
    /// Folder grants of users.
    UserFolderGrants,
    /// Folder grants of users that have ended.
    EndedUserFolderGrants,
    /// Folder grants of identities.
    IdentityFolderGrants,
    /// Folder grants of identities that have ended.
    EndedIdentityFolderGrants,
}

/// One difference: `before` is `None` if something is new, `after` if it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A role.
    Role {
        /// As it was.
        before: Option<Role>,
        /// As it is.
        after: Option<Role>,
    },
    /// A member without what hangs on it.
    Member {
        /// As it was.
        before: Option<Member>,
        /// As it is.
        after: Option<Member>,
    },
    /// A member is in a group now, or no longer.
    GroupMembership {
        /// The group.
        group: MemberId,
        /// Who.
        member: MemberId,
        /// Whether it is now.
        is_in: bool,
    },
    /// A role assignment.
    Assignment {
        /// As it was.
        before: Option<RoleAssignment>,
        /// As it is.
        after: Option<RoleAssignment>,
    },
    /// An additional privilege.
    Privilege {
        /// As it was.
        before: Option<AdditionalPrivilege>,
        /// As it is.
        after: Option<AdditionalPrivilege>,
    },
    /// A folder grant.
    FolderGrant {
        /// As it was.
        before: Option<FolderGrant>,
        /// As it is.
        after: Option<FolderGrant>,
    },
}

/// Says what must change, one thing after the other: roles first, then members, groups, assignments,
/// privileges and folder grants, because what hangs on something that goes cannot stay.
///
/// Each method takes a thing as it is stored and as it was fetched. Things that are the same on both
/// sides may be left out.
#[derive(Debug)]
pub struct Reconciliation<'a> {
    unseen: &'a Unseen,
    /// When it was fetched.
    now: DateTime<Utc>,
    gone_roles: BTreeSet<RoleId>,
    gone_members: BTreeSet<MemberId>,
}

impl<'a> Reconciliation<'a> {
    /// Begins to compare with what was fetched at `now` by somebody who did not see `unseen`.
    pub fn new(unseen: &'a Unseen, now: DateTime<Utc>) -> Self {
        Self {
            unseen,
            now,
            gone_roles: BTreeSet::new(),
            gone_members: BTreeSet::new(),
        }
    }

    /// What differs of a role, whose rules were fetched or not.
    pub fn role(
        &mut self,
        before: Option<Role>,
        mut after: Option<Role>,
        rules_were_seen: bool,
    ) -> Option<Difference> {
        if let (Some(known), Some(role)) = (&before, &mut after)
            && !rules_were_seen
            && (self.is_hidden(Hidden::Roles) || self.is_hidden(Hidden::RulesOfRoles))
        {
            role.rules.clone_from(&known.rules);
            role.description.clone_from(&known.description);
        }
        if after.is_none() {
            if self.is_hidden(Hidden::Roles) {
                return None;
            }
            let gone = before.iter().map(|role| role.id.clone());
            self.gone_roles.extend(gone);
        }
        (before != after).then_some(Difference::Role { before, after })
    }

    /// What differs of a member. `by_groups` tells whether what is stored is in the project through
    /// groups only.
    pub fn member(
        &mut self,
        before: Option<Member>,
        mut after: Option<Member>,
        by_groups: bool,
    ) -> Option<Difference> {
        if let (Some(known), Some(member)) = (&before, &mut after)
            && member.metadata.is_empty()
            && self.is_metadata_hidden(member)
        {
            member.metadata.clone_from(&known.metadata);
        }
        if let (Some(known), None) = (&before, &after) {
            if self.is_kind_hidden(known.kind) || (by_groups && self.are_groups_hidden()) {
                return None;
            }
            self.gone_members.insert(known.id.clone());
        }
        (before != after).then_some(Difference::Member { before, after })
    }

    /// What differs of the fact that `member` is in `group`.
    pub fn group_membership(
        &self,
        group: MemberId,
        member: MemberId,
        (before, after): (bool, bool),
    ) -> Option<Difference> {
        let is_hidden =
            self.is_hidden(Hidden::Groups) || self.is_hidden_of(Hidden::GroupMembers, &group);
        let stays = is_hidden && self.stays(&group) && self.stays(&member);
        if before == after || (before && stays) {
            return None;
        }
        Some(Difference::GroupMembership {
            group,
            member,
            is_in: after,
        })
    }

    /// What differs of an assignment to a member of this kind.
    pub fn assignment(
        &self,
        before: Option<RoleAssignment>,
        after: Option<RoleAssignment>,
        kind: MemberKind,
    ) -> Option<Difference> {
        if let (Some(known), None) = (&before, &after)
            && self.is_kind_hidden(kind)
            && self.stays(&known.member)
            && !self.gone_roles.contains(&known.role)
        {
            return None;
        }
        (before != after).then_some(Difference::Assignment { before, after })
    }

    /// What differs of a privilege of a member of this kind.
    pub fn privilege(
        &self,
        before: Option<AdditionalPrivilege>,
        mut after: Option<AdditionalPrivilege>,
        kind: MemberKind,
    ) -> Option<Difference> {
        if let (Some(known), Some(privilege)) = (&before, &mut after) {
            keep_what_only_we_know(known, privilege);
        }
        if let (Some(known), None) = (&before, &after)
            && self.stays(&known.member)
            && self.is_privilege_hidden(known, kind)
        {
            return None;
        }
        (before != after).then_some(Difference::Privilege { before, after })
    }

    /// What differs of a folder grant of a member of this kind.
    pub fn folder_grant(
        &self,
        before: Option<FolderGrant>,
        after: Option<FolderGrant>,
        kind: MemberKind,
    ) -> Option<Difference> {
        if let (Some(known), None) = (&before, &after)
            && self.stays(&known.member)
            && self.is_folder_grant_hidden(known, kind)
        {
            return None;
        }
        (before != after).then_some(Difference::FolderGrant { before, after })
    }

    fn stays(&self, member: &MemberId) -> bool {
        !self.gone_members.contains(member)
    }

    fn is_hidden(&self, kind: Hidden) -> bool {
        self.unseen.contains_key(&kind)
    }

    fn is_hidden_of(&self, kind: Hidden, member: &MemberId) -> bool {
        self.unseen
            .get(&kind)
            .is_some_and(|whom| whom.is_empty() || whom.contains(member))
    }

    fn are_groups_hidden(&self) -> bool {
        self.is_hidden(Hidden::Groups) || self.is_hidden(Hidden::GroupMembers)
    }

    fn is_kind_hidden(&self, kind: MemberKind) -> bool {
        self.is_hidden(match kind {
            MemberKind::User => Hidden::Users,
            MemberKind::Identity => Hidden::Identities,
            MemberKind::Group => Hidden::Groups,
        })
    }

    fn is_metadata_hidden(&self, member: &Member) -> bool {
        match member.kind {
            MemberKind::User => self.is_hidden_of(Hidden::UserMetadata, &member.id),
            MemberKind::Identity => self.is_hidden_of(Hidden::IdentityMetadata, &member.id),
            MemberKind::Group => false,
        }
    }

    fn is_privilege_hidden(&self, privilege: &AdditionalPrivilege, kind: MemberKind) -> bool {
        let of = |kind| self.is_hidden_of(kind, &privilege.member);
        self.is_kind_hidden(kind)
            || match kind {
                MemberKind::User => {
                    of(Hidden::UserPrivileges)
                        || (self.is_hidden(Hidden::EndedUserPrivileges)
                            && !privilege.lifetime.is_active(self.now))
                }
                MemberKind::Identity => of(Hidden::IdentityPrivileges),
                MemberKind::Group => false,
            }
    }

    fn is_folder_grant_hidden(&self, grant: &FolderGrant, kind: MemberKind) -> bool {
        let (all, ended) = match kind {
            MemberKind::User => (Hidden::UserFolderGrants, Hidden::EndedUserFolderGrants),
            MemberKind::Identity => (
                Hidden::IdentityFolderGrants,
                Hidden::EndedIdentityFolderGrants,
            ),
            MemberKind::Group => return false,
        };
        self.is_kind_hidden(kind)
            || self.is_hidden(Hidden::FolderGrants)
            || self.is_hidden_of(all, &grant.member)
            || (self.is_hidden(ended) && !grant.lifetime.is_active(self.now))
    }
}

fn keep_what_only_we_know(known: &AdditionalPrivilege, privilege: &mut AdditionalPrivilege) {
    privilege.reason.clone_from(&known.reason);
    privilege.ticket.clone_from(&known.ticket);
    // An account without dates says nothing against the ones we have.
    if privilege.created_at == DateTime::UNIX_EPOCH {
        privilege.created_at = known.created_at;
        privilege.updated_at = known.updated_at;
        privilege.managed = known.managed;
    }
    if let (Lifetime::Timed(now), Lifetime::Timed(then)) =
        (&mut privilege.lifetime, &known.lifetime)
        && now.range.is_none()
        && now.end == then.end
    {
        now.range.clone_from(&then.range);
    }
}

#[cfg(test)]
mod tests;
