//! Who is concerned by changes, with all that they hold before and after. However many they are, it
//! takes the same number of queries.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use reeve_analysis::{Concerned, Holding};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::role::Role;
use reeve_domain::rule::Rule;
use reeve_policy::assemble::Grant;
use reeve_store::access::MemberAccess;
use reeve_store::snapshot::Snapshot;

use super::after::{Known, after};
use crate::actor::{
    facts, folder_grant, parts, privilege_source, read_rules, role_source, rules_of_role,
};
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};

/// Those whom changes concern.
pub(crate) struct Gathered {
    /// Users and identities with what they hold before and after.
    pub concerned: Vec<Concerned<Member>>,
    /// Those who hold something that cannot be read.
    pub unreadable: Vec<Member>,
}

/// Everybody whose access `changes` may touch.
pub(crate) fn concerned(
    snapshot: &Snapshot,
    changes: &[ThingChange],
    edition: CatalogueEdition,
) -> Result<Gathered, DeedError> {
    let known = Known::read(snapshot, changes)?;
    let ids = actors(snapshot, changes)?;
    let mut accesses = snapshot.accesses(&ids)?;
    let stored: BTreeSet<MemberId> = accesses.iter().map(|a| a.member.id.clone()).collect();
    let made = changes.iter().filter_map(|change| match &change.after {
        Some(Thing::Member(member)) if !stored.contains(&member.id) => Some(nobody_yet(member)),
        _ => None,
    });
    accesses.extend(made);
    let mut lists = Lists::new(edition);
    let mut gathered = Gathered {
        concerned: Vec::with_capacity(accesses.len()),
        unreadable: Vec::new(),
    };
    let acts = |access: &MemberAccess| access.member.kind != MemberKind::Group;
    for access in accesses.into_iter().filter(acts) {
        let later = after(&access, &known);
        match (lists.holding(&access), lists.holding(&later)) {
            (Ok(before), Ok(after)) => gathered.concerned.push(Concerned {
                actor: access.member,
                before,
                after,
            }),
            _ => gathered.unreadable.push(access.member),
        }
    }
    Ok(gathered)
}

/// Somebody who is about to be made, as long as they are not.
fn nobody_yet(member: &Member) -> MemberAccess {
    MemberAccess {
        member: member.clone(),
        groups: Vec::new(),
        roles: Vec::new(),
        privileges: Vec::new(),
        folder_grants: Vec::new(),
    }
}

/// The ids of those concerned, groups by those who are in them.
fn actors(snapshot: &Snapshot, changes: &[ThingChange]) -> Result<Vec<MemberId>, DeedError> {
    let mut named: BTreeSet<MemberId> = BTreeSet::new();
    let mut groups: BTreeSet<MemberId> = BTreeSet::new();
    let mut roles: BTreeSet<&RoleId> = BTreeSet::new();
    let things = changes
        .iter()
        .flat_map(|change| [&change.before, &change.after])
        .flatten();
    for thing in things {
        match thing {
            Thing::Member(member) if member.kind == MemberKind::Group => {
                groups.insert(member.id.clone());
            }
            Thing::Member(member) => {
                named.insert(member.id.clone());
            }
            Thing::Role(role) => {
                roles.insert(&role.id);
            }
            Thing::GroupMembership { member, .. } => {
                named.insert(member.clone());
            }
            Thing::Assignment(assignment) => {
                named.insert(assignment.member.clone());
            }
            Thing::Privilege(privilege) => {
                named.insert(privilege.member.clone());
            }
            Thing::FolderGrant(grant) => {
                named.insert(grant.member.clone());
            }
            Thing::Scheduled(_) => {}
        }
    }
    let mut ids: Vec<MemberId> = Vec::new();
    for role in roles {
        for holder in snapshot.role_holders(role, usize::MAX)? {
            if holder.member.kind == MemberKind::Group {
                groups.insert(holder.member.id);
            } else if named.insert(holder.member.id.clone()) {
                ids.push(holder.member.id);
            }
        }
    }
    // An assignment may be a group's.
    groups.extend(named.iter().cloned());
    let wholes: Vec<MemberId> = groups.into_iter().collect();
    named.extend(
        snapshot
            .memberships_of(&wholes)?
            .into_iter()
            .filter(|(whole, _)| wholes.binary_search(whole).is_ok())
            .map(|(_, member)| member),
    );
    let listed: BTreeSet<MemberId> = ids.iter().cloned().collect();
    ids.extend(named.into_iter().filter(|id| !listed.contains(id)));
    Ok(ids)
}

/// Rules read once for all who hold them, so that the same rules are the same list.
struct Lists {
    edition: CatalogueEdition,
    /// By where the role is, which is kept so that no other takes its place.
    roles: HashMap<usize, (Arc<Role>, Arc<[Rule]>)>,
    texts: HashMap<String, Arc<[Rule]>>,
}

impl Lists {
    fn new(edition: CatalogueEdition) -> Self {
        Self {
            edition,
            roles: HashMap::new(),
            texts: HashMap::new(),
        }
    }

    fn holding(&mut self, access: &MemberAccess) -> Result<Holding, DeedError> {
        let mut grants = Vec::with_capacity(parts(access));
        for held in &access.roles {
            grants.push(Grant {
                source: role_source(&held.role, held.through.as_ref()),
                lifetime: held.assignment.lifetime.clone(),
                rules: self.of_role(&held.role)?,
            });
        }
        for privilege in &access.privileges {
            grants.push(Grant {
                source: privilege_source(privilege),
                lifetime: privilege.lifetime.clone(),
                rules: self.of_text(&privilege.slug, &privilege.rules)?,
            });
        }
        grants.extend(access.folder_grants.iter().filter_map(folder_grant));
        Ok(Holding {
            facts: Some(facts(&access.member)),
            grants,
        })
    }

    fn of_role(&mut self, role: &Arc<Role>) -> Result<Arc<[Rule]>, DeedError> {
        let place = Arc::as_ptr(role).addr();
        if let Some((_, rules)) = self.roles.get(&place) {
            return Ok(Arc::clone(rules));
        }
        let rules = if role.rules.is_empty() {
            rules_of_role(role, self.edition)?
        } else {
            self.of_text(&role.slug, &role.rules)?
        };
        self.roles
            .insert(place, (Arc::clone(role), Arc::clone(&rules)));
        Ok(rules)
    }

    fn of_text(&mut self, slug: &str, text: &str) -> Result<Arc<[Rule]>, DeedError> {
        if let Some(rules) = self.texts.get(text) {
            return Ok(Arc::clone(rules));
        }
        let rules: Arc<[Rule]> = read_rules(slug, text)?.into();
        self.texts.insert(text.to_owned(), Arc::clone(&rules));
        Ok(rules)
    }
}
