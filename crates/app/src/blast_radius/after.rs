//! What somebody holds once changes are made, as the disk would say it then.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;
use reeve_store::access::{HeldRole, MemberAccess};
use reeve_store::member::MemberRef;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};

/// What changes come to, by whom they are about, with what must be known to apply them.
pub(super) struct Known<'a> {
    /// The changes of members, of what they hold, and of the groups they are in.
    by_member: HashMap<&'a MemberId, Vec<&'a ThingChange>>,
    /// Roles that are made, changed or given; nothing for those that are removed.
    roles: BTreeMap<RoleId, Option<Arc<Role>>>,
    /// The groups that somebody is put into, with what they hold.
    groups: BTreeMap<MemberId, MemberAccess>,
    /// Where a group stands among all that matter here.
    ranks: BTreeMap<MemberId, usize>,
}

impl<'a> Known<'a> {
    /// Reads what must be known to apply `changes`.
    pub fn read(snapshot: &Snapshot, changes: &'a [ThingChange]) -> Result<Self, DeedError> {
        let mut known = Self {
            by_member: HashMap::new(),
            roles: BTreeMap::new(),
            groups: BTreeMap::new(),
            ranks: BTreeMap::new(),
        };
        let mut given: BTreeSet<&RoleId> = BTreeSet::new();
        let mut joined: BTreeSet<MemberId> = BTreeSet::new();
        for change in changes {
            match change.after.as_ref().or(change.before.as_ref()) {
                Some(Thing::Role(role)) => {
                    let after = change.after.is_some().then(|| Arc::new(role.clone()));
                    known.roles.insert(role.id.clone(), after);
                }
                Some(Thing::Member(member)) => known.add(&member.id, change),
                Some(Thing::GroupMembership { group, member }) => {
                    known.add(member, change);
                    joined.insert(group.clone());
                }
                Some(Thing::Assignment(assignment)) => {
                    given.insert(&assignment.role);
                    known.add(&assignment.member, change);
                }
                Some(Thing::Privilege(privilege)) => known.add(&privilege.member, change),
                Some(Thing::FolderGrant(grant)) => known.add(&grant.member, change),
                Some(Thing::Scheduled(_)) | None => {}
            }
        }
        for id in given {
            if !known.roles.contains_key(id)
                && let Some(role) = snapshot.role(id)?
            {
                known.roles.insert(id.clone(), Some(Arc::new(role)));
            }
        }
        if !joined.is_empty() {
            let joined: Vec<MemberId> = joined.into_iter().collect();
            for access in snapshot.accesses(&joined)? {
                known.groups.insert(access.member.id.clone(), access);
            }
            let order = snapshot.groups_in_order()?;
            known.ranks = order.into_iter().zip(0..).collect();
        }
        Ok(known)
    }

    fn add(&mut self, member: &'a MemberId, change: &'a ThingChange) {
        self.by_member.entry(member).or_default().push(change);
    }

    fn changes_of(&self, member: &MemberId) -> &[&'a ThingChange] {
        self.by_member
            .get(member)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The member after the changes, unless it is gone.
    fn member(&self, member: &Member) -> Option<Member> {
        let mut current = Some(member.clone());
        for change in self.changes_of(&member.id) {
            match (&change.before, &change.after) {
                (_, Some(Thing::Member(after))) => current = Some(after.clone()),
                (Some(Thing::Member(_)), None) => current = None,
                _ => {}
            }
        }
        current
    }

    fn is_gone(&self, group: &MemberId) -> bool {
        self.changes_of(group)
            .iter()
            .any(|change| matches!(change.before, Some(Thing::Member(_))) && change.after.is_none())
    }

    /// The role as it is after the changes; `None` if it is gone.
    fn role(&self, id: &RoleId, stored: Option<&Arc<Role>>) -> Option<Arc<Role>> {
        match self.roles.get(id) {
            Some(after) => after.clone(),
            None => stored.cloned(),
        }
    }

    /// What `holder` holds once its assignments among the changes are made.
    fn held(
        &self,
        holder: &MemberId,
        before: Vec<HeldRole>,
        through: Option<&MemberRef>,
    ) -> Vec<HeldRole> {
        let mut held = before;
        for change in self.changes_of(holder) {
            match (&change.before, &change.after) {
                (_, Some(Thing::Assignment(assignment))) => {
                    self.assign(&mut held, assignment, through);
                }
                (Some(Thing::Assignment(gone)), None) => {
                    held.retain(|held| held.assignment.id != gone.id);
                }
                _ => {}
            }
        }
        held.into_iter()
            .filter_map(|held| {
                let role = self.role(&held.assignment.role, Some(&held.role))?;
                Some(HeldRole { role, ..held })
            })
            .collect()
    }

    fn assign(
        &self,
        held: &mut Vec<HeldRole>,
        assignment: &RoleAssignment,
        through: Option<&MemberRef>,
    ) {
        let is_same = |held: &&mut HeldRole| held.assignment.id == assignment.id;
        let place = held.iter_mut().find(is_same);
        let stored = place.as_ref().map(|held| &held.role);
        let Some(role) = self.role(&assignment.role, stored) else {
            return;
        };
        let after = HeldRole {
            assignment: assignment.clone(),
            role,
            through: through.cloned(),
        };
        match place {
            Some(place) => *place = after,
            None => held.push(after),
        }
    }
}

/// What `access` is once the changes are made.
pub(super) fn after(access: &MemberAccess, known: &Known<'_>) -> MemberAccess {
    let Some(member) = known.member(&access.member) else {
        return MemberAccess {
            member: access.member.clone(),
            groups: Vec::new(),
            roles: Vec::new(),
            privileges: Vec::new(),
            folder_grants: Vec::new(),
        };
    };
    let of = |through: Option<&MemberId>| -> Vec<HeldRole> {
        let comes = |held: &&HeldRole| held.through.as_ref().map(|group| &group.id) == through;
        access.roles.iter().filter(comes).cloned().collect()
    };
    let groups = groups(access, known);
    let mut roles = known.held(&member.id, of(None), None);
    for group in &groups {
        let mut before = of(Some(&group.id));
        if before.is_empty()
            && let Some(joined) = known.groups.get(&group.id)
        {
            before.extend(joined.roles.iter().cloned().map(|held| HeldRole {
                through: Some(group.clone()),
                ..held
            }));
        }
        roles.extend(known.held(&group.id, before, Some(group)));
    }
    MemberAccess {
        privileges: privileges(access, known),
        folder_grants: folder_grants(access, known),
        groups,
        roles,
        member,
    }
}

/// The groups after the changes, in the order in which they count.
fn groups(access: &MemberAccess, known: &Known<'_>) -> Vec<MemberRef> {
    let mut groups = access.groups.clone();
    for change in known.changes_of(&access.member.id) {
        match (&change.before, &change.after) {
            (_, Some(Thing::GroupMembership { group, .. })) => {
                groups.retain(|other| other.id != *group);
                groups.push(joined(group, known));
            }
            (Some(Thing::GroupMembership { group, .. }), None) => {
                groups.retain(|other| other.id != *group);
            }
            _ => {}
        }
    }
    groups.retain(|group| !known.is_gone(&group.id));
    if !known.ranks.is_empty() {
        let last = usize::MAX;
        groups.sort_by_key(|group| known.ranks.get(&group.id).copied().unwrap_or(last));
    }
    groups
}

fn joined(group: &MemberId, known: &Known<'_>) -> MemberRef {
    let made = known
        .changes_of(group)
        .iter()
        .find_map(|change| match &change.after {
            Some(Thing::Member(member)) => Some(member),
            _ => None,
        });
    let stored = known.groups.get(group).map(|access| &access.member);
    MemberRef {
        id: group.clone(),
        kind: MemberKind::Group,
        name: made.or(stored).map(|m| m.name.clone()).unwrap_or_default(),
    }
}

fn folder_grants(access: &MemberAccess, known: &Known<'_>) -> Vec<FolderGrant> {
    let mut grants = access.folder_grants.clone();
    for change in known.changes_of(&access.member.id) {
        match (&change.before, &change.after) {
            (_, Some(Thing::FolderGrant(after))) => {
                match grants.iter_mut().find(|grant| grant.id == after.id) {
                    Some(place) => *place = after.clone(),
                    None => grants.push(after.clone()),
                }
            }
            (Some(Thing::FolderGrant(gone)), None) => {
                grants.retain(|grant| grant.id != gone.id);
            }
            _ => {}
        }
    }
    grants
}

fn privileges(access: &MemberAccess, known: &Known<'_>) -> Vec<AdditionalPrivilege> {
    let mut privileges = access.privileges.clone();
    for change in known.changes_of(&access.member.id) {
        match (&change.before, &change.after) {
            (_, Some(Thing::Privilege(after))) => {
                match privileges.iter_mut().find(|p| p.id == after.id) {
                    Some(place) => *place = after.clone(),
                    None => privileges.push(after.clone()),
                }
            }
            (Some(Thing::Privilege(gone)), None) => {
                privileges.retain(|privilege| privilege.id != gone.id);
            }
            _ => {}
        }
    }
    privileges
}
