//! A workspace in plain lists, which does everything the long way.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::RoleId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;
use reeve_store::error::StoreError;
use reeve_store::fact::{FindFacts, RuleFacts, Server, StoredRules};
use reeve_store::filter::{Expiry, MemberFact, MemberFilter};
use reeve_store::page::{Direction, MemberQuery, MemberSort};
use reeve_store::transaction::Transaction;

use super::{assignment, at, folder_grant, privilege, role, until, without_end};

/// Names, and how they sort.
pub const NAMES: [(&str, &str); 8] = [
    ("Ann", "ann"),
    ("ANN Lee", "ann lee"),
    ("Émile Ann", "emile ann"),
    ("bob-annex", "bob-annex"),
    ("Bob", "bob"),
    ("bob", "bob"),
    ("Łukasz", "lukasz"),
    ("zoë 🚀", "zoe 🚀"),
];

const ROLES: [&str; 3] = ["r0", "r1", "r2"];

/// Roles and privileges with these ids or slugs hold a Forbid, and open every secret.
fn is_forbidding(name: &str) -> bool {
    name == "r1" || name == "slug-1" || name == "slug-2"
}

fn is_wide(name: &str) -> bool {
    name == "r2" || name == "slug-2" || name == "slug-3"
}

/// Rules that say which facts they have, for [`Telling`].
pub fn rules_of(name: &str) -> String {
    format!(
        "{} {}",
        if is_forbidding(name) { "forbids" } else { "" },
        if is_wide(name) { "wide" } else { "" }
    )
}

/// Takes the facts of rules from their words.
pub struct Telling(pub &'static str);

impl FindFacts for Telling {
    fn version(&self) -> &str {
        self.0
    }

    fn facts(&self, rules: StoredRules<'_>, _: Server) -> RuleFacts {
        let StoredRules::Written(rules) = rules else {
            return RuleFacts::default();
        };
        RuleFacts {
            forbids: rules.contains("forbids"),
            wide: rules.contains("wide"),
        }
    }
}

#[derive(Debug, Default)]
pub struct Model {
    pub members: Vec<Member>,
    pub roles: Vec<Role>,
    pub memberships: BTreeSet<(String, String)>,
    pub assignments: Vec<RoleAssignment>,
    pub privileges: Vec<AdditionalPrivilege>,
    pub folder_grants: Vec<FolderGrant>,
    made: usize,
}

/// Something done to a workspace. Numbers choose among what is there, wrapped around.
#[derive(Debug, Clone)]
pub enum Deed {
    AddMember(MemberKind, usize),
    Rename(usize, usize),
    RemoveMember(usize),
    Join(usize, usize),
    Leave(usize, usize),
    Assign(usize, usize, Lifetime),
    Reassign(usize, usize, Lifetime),
    Unassign(usize),
    Grant(usize, usize, Lifetime),
    Regrant(usize, usize, Lifetime),
    Revoke(usize),
    Open(usize, Lifetime),
    Reopen(usize, Lifetime),
    Close(usize),
}

pub fn deed() -> impl Strategy<Value = Deed> {
    let n = 0..64_usize;
    let kind = prop_oneof![
        3 => Just(MemberKind::User),
        2 => Just(MemberKind::Identity),
        2 => Just(MemberKind::Group),
    ];
    let lifetime = prop_oneof![
        2 => Just(Lifetime::Permanent),
        1 => Just(without_end()),
        6 => (0..12_i64).prop_map(until),
    ];
    prop_oneof![
        6 => (kind, n.clone()).prop_map(|(kind, name)| Deed::AddMember(kind, name)),
        2 => (n.clone(), n.clone()).prop_map(|(member, name)| Deed::Rename(member, name)),
        1 => n.clone().prop_map(Deed::RemoveMember),
        8 => (n.clone(), n.clone()).prop_map(|(group, member)| Deed::Join(group, member)),
        2 => (n.clone(), n.clone()).prop_map(|(group, member)| Deed::Leave(group, member)),
        6 => (n.clone(), n.clone(), lifetime.clone()).prop_map(|(m, r, l)| Deed::Assign(m, r, l)),
        5 => (n.clone(), n.clone(), lifetime.clone()).prop_map(|(a, r, l)| Deed::Reassign(a, r, l)),
        2 => n.clone().prop_map(Deed::Unassign),
        6 => (n.clone(), n.clone(), lifetime.clone()).prop_map(|(m, s, l)| Deed::Grant(m, s, l)),
        3 => (n.clone(), n.clone(), lifetime.clone()).prop_map(|(p, s, l)| Deed::Regrant(p, s, l)),
        2 => n.clone().prop_map(Deed::Revoke),
        4 => (n.clone(), lifetime.clone()).prop_map(|(member, l)| Deed::Open(member, l)),
        3 => (n.clone(), lifetime).prop_map(|(grant, l)| Deed::Reopen(grant, l)),
        2 => n.prop_map(Deed::Close),
    ]
}

fn pick<T>(list: &[T], number: usize) -> Option<&T> {
    (!list.is_empty()).then(|| &list[number % list.len()])
}

/// A member with the name, and a handle, metadata and ways to sign in that go with it.
pub fn named(kind: MemberKind, id: &str, name: usize) -> Member {
    let (text, _) = NAMES[name % NAMES.len()];
    Member {
        id: id.into(),
        kind,
        name: text.into(),
        handle: format!("{}.{name}@Acme.dev", NAMES[(name + 3) % NAMES.len()].0),
        username: format!("login{name}"),
        auth_methods: (0..name % 3)
            .map(|number| format!("Method {number}"))
            .collect(),
        metadata: (0..name % 4)
            .map(|number| (format!("key{number}"), format!("Team-{}", number + name)))
            .collect(),
    }
}

impl Model {
    /// The model and the workspace with the roles that deeds give.
    pub fn begin(transaction: &Transaction) -> Result<Self, StoreError> {
        let mut model = Self::default();
        for id in ROLES {
            let role = Role {
                rules: rules_of(id),
                ..role(id)
            };
            transaction.insert_role(&role)?;
            model.roles.push(role);
        }
        Ok(model)
    }

    /// Does the deed to both, and sees that the workspace refuses what it must.
    pub fn apply(&mut self, transaction: &Transaction, deed: &Deed) -> Result<(), StoreError> {
        self.made += 1;
        let made = self.made;
        match deed {
            Deed::AddMember(kind, name) => {
                let member = named(*kind, &format!("member-{made}"), *name);
                transaction.insert_member(&member)?;
                self.members.push(member);
            }
            Deed::Rename(number, name) => {
                let Some(old) = pick(&self.members, *number).cloned() else {
                    return Ok(());
                };
                let new = named(old.kind, old.id.as_str(), *name);
                transaction.update_member(&new)?;
                let member = self.members.iter_mut().find(|member| member.id == old.id);
                *member.unwrap() = new;
            }
            Deed::RemoveMember(number) => self.remove_member(transaction, *number)?,
            Deed::Join(group, member) => self.join(transaction, *group, *member)?,
            Deed::Leave(group, member) => self.leave(transaction, *group, *member)?,
            Deed::Assign(member, chosen, lifetime) => {
                let Some(member) = pick(&self.members, *member) else {
                    return Ok(());
                };
                let role = ROLES[chosen % ROLES.len()];
                let id = format!("assignment-{made}");
                let new = assignment(&id, member.id.as_str(), role, lifetime.clone());
                transaction.insert_assignment(&new)?;
                self.assignments.push(new);
            }
            Deed::Reassign(number, chosen, lifetime) => {
                let Some(old) = pick(&self.assignments, *number) else {
                    return Ok(());
                };
                let role = ROLES[chosen % ROLES.len()];
                let (id, member) = (old.id.as_str(), old.member.as_str());
                let new = assignment(id, member, role, lifetime.clone());
                transaction.update_assignment(&new)?;
                let index = number % self.assignments.len();
                self.assignments[index] = new;
            }
            Deed::Unassign(number) => {
                if !self.assignments.is_empty() {
                    let index = number % self.assignments.len();
                    let old = self.assignments.remove(index);
                    transaction.remove_assignment(&old.id)?;
                }
            }
            Deed::Grant(member, slug, lifetime) => {
                self.grant(transaction, *member, *slug, lifetime);
            }
            Deed::Regrant(number, slug, lifetime) => {
                self.regrant(transaction, *number, *slug, lifetime);
            }
            Deed::Revoke(number) => {
                if !self.privileges.is_empty() {
                    let index = number % self.privileges.len();
                    let old = self.privileges.remove(index);
                    transaction.remove_privilege(&old.id)?;
                }
            }
            Deed::Open(member, lifetime) => {
                let (_, actors) = self.split();
                let Some(member) = pick(&actors, *member) else {
                    return Ok(());
                };
                let id = format!("folder-{made}");
                let new = folder_grant(&id, member, "read", lifetime.clone());
                transaction.insert_folder_grant(&new, "")?;
                self.folder_grants.push(new);
            }
            Deed::Reopen(number, lifetime) => {
                if !self.folder_grants.is_empty() {
                    let index = number % self.folder_grants.len();
                    self.folder_grants[index].lifetime = lifetime.clone();
                    transaction.update_folder_grant(&self.folder_grants[index], "")?;
                }
            }
            Deed::Close(number) => {
                if !self.folder_grants.is_empty() {
                    let index = number % self.folder_grants.len();
                    let old = self.folder_grants.remove(index);
                    transaction.remove_folder_grant(&old.id)?;
                }
            }
        }
        Ok(())
    }

    fn remove_member(
        &mut self,
        transaction: &Transaction,
        number: usize,
    ) -> Result<(), StoreError> {
        let Some(id) = pick(&self.members, number).map(|member| member.id.clone()) else {
            return Ok(());
        };
        transaction.remove_member(&id)?;
        self.members.retain(|member| member.id != id);
        self.assignments.retain(|held| held.member != id);
        self.privileges.retain(|held| held.member != id);
        self.folder_grants.retain(|held| held.member != id);
        self.memberships
            .retain(|(group, member)| group != id.as_str() && member != id.as_str());
        Ok(())
    }

    fn join(
        &mut self,
        transaction: &Transaction,
        group: usize,
        member: usize,
    ) -> Result<(), StoreError> {
        let (groups, actors) = self.split();
        let (Some(group), Some(member)) = (pick(&groups, group), pick(&actors, member)) else {
            return Ok(());
        };
        transaction.add_to_group(&group.as_str().into(), &member.as_str().into())?;
        self.memberships.insert((group.clone(), member.clone()));
        Ok(())
    }

    /// Mostly takes somebody out of a group who is in it, sometimes tries any two.
    fn leave(
        &mut self,
        transaction: &Transaction,
        group: usize,
        member: usize,
    ) -> Result<(), StoreError> {
        let (groups, actors) = self.split();
        let any = pick(&groups, group)
            .cloned()
            .zip(pick(&actors, member).cloned());
        let inside: Vec<_> = self.memberships.iter().cloned().collect();
        let chosen = pick(&inside, member)
            .cloned()
            .filter(|_| !group.is_multiple_of(4));
        let Some((group, member)) = chosen.or(any) else {
            return Ok(());
        };
        let was_in = self.memberships.remove(&(group.clone(), member.clone()));
        let left = transaction.remove_from_group(&group.as_str().into(), &member.as_str().into());
        match left {
            Err(StoreError::Missing { .. }) if !was_in => Ok(()),
            other => other,
        }
    }

    fn grant(
        &mut self,
        transaction: &Transaction,
        member: usize,
        slug: usize,
        lifetime: &Lifetime,
    ) {
        let (_, actors) = self.split();
        let Some(member) = pick(&actors, member) else {
            return;
        };
        let id = format!("privilege-{}", self.made);
        let mut new = privilege(&id, member, &format!("slug-{}", slug % 6), lifetime.clone());
        new.rules = rules_of(&new.slug);
        let taken = self.is_taken(&new);
        match transaction.insert_privilege(&new) {
            Err(StoreError::SlugTaken { .. }) if taken => {}
            Ok(()) if !taken => self.privileges.push(new),
            other => panic!("{new:?} was answered with {other:?}"),
        }
    }

    fn regrant(
        &mut self,
        transaction: &Transaction,
        number: usize,
        slug: usize,
        lifetime: &Lifetime,
    ) {
        let Some(old) = pick(&self.privileges, number) else {
            return;
        };
        let slug = format!("slug-{}", slug % 6);
        let mut new = privilege(
            old.id.as_str(),
            old.member.as_str(),
            &slug,
            lifetime.clone(),
        );
        new.rules = rules_of(&new.slug);
        let taken = self.is_taken(&new);
        match transaction.update_privilege(&new) {
            Err(StoreError::SlugTaken { .. }) if taken => {}
            Ok(()) if !taken => {
                let index = number % self.privileges.len();
                self.privileges[index] = new;
            }
            other => panic!("{new:?} was answered with {other:?}"),
        }
    }

    fn is_taken(&self, new: &AdditionalPrivilege) -> bool {
        self.privileges
            .iter()
            .any(|other| other.id != new.id && other.member == new.member && other.slug == new.slug)
    }

    /// The ids of the groups and of the others.
    fn split(&self) -> (Vec<String>, Vec<String>) {
        let ids = |is_group: bool| {
            let members = self.members.iter();
            members
                .filter(|member| (member.kind == MemberKind::Group) == is_group)
                .map(|member| member.id.as_str().to_owned())
                .collect()
        };
        (ids(true), ids(false))
    }

    /// Assignments of a member, its own first, then those through groups by the group's name.
    pub fn held(&self, member: &Member) -> Vec<(&RoleAssignment, Option<&Member>)> {
        let own = self
            .assignments
            .iter()
            .filter(|held| held.member == member.id);
        let mut all: Vec<_> = own.map(|held| (held, None)).collect();
        for group in self.groups(member) {
            let through = self
                .assignments
                .iter()
                .filter(|held| held.member == group.id);
            all.extend(through.map(|held| (held, Some(group))));
        }
        all
    }

    /// The groups of a member, by name.
    pub fn groups(&self, member: &Member) -> Vec<&Member> {
        let mut groups: Vec<(usize, &Member)> = self
            .members
            .iter()
            .enumerate()
            .filter(|(_, group)| {
                let pair = (group.id.as_str().to_owned(), member.id.as_str().to_owned());
                self.memberships.contains(&pair)
            })
            .collect();
        groups.sort_by_key(|(seq, group)| (key(group), *seq));
        groups.into_iter().map(|(_, group)| group).collect()
    }

    pub fn privileges(&self, member: &Member) -> Vec<&AdditionalPrivilege> {
        let all = self.privileges.iter();
        all.filter(|held| held.member == member.id).collect()
    }

    /// The minutes at which something of a member ends.
    pub fn ends(&self, member: &Member) -> BTreeSet<i64> {
        let roles = self
            .held(member)
            .into_iter()
            .map(|(held, _)| &held.lifetime);
        let privileges = self
            .privileges(member)
            .into_iter()
            .map(|held| &held.lifetime);
        let folders = self
            .folder_grants
            .iter()
            .filter(|grant| grant.member == member.id)
            .map(|grant| &grant.lifetime);
        let all = roles.chain(privileges).chain(folders);
        all.filter_map(minutes).collect()
    }

    /// The members that `query` asks for, before they are cut into pages.
    pub fn sorted(&self, query: &MemberQuery) -> Vec<&Member> {
        let mut found: Vec<(usize, &Member)> = self
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| query.filter.kind.is_none_or(|kind| kind == member.kind))
            .filter(|(_, member)| {
                matches(member, query.filter.search.as_deref().unwrap_or_default())
            })
            .filter(|(_, member)| self.passes(member, &query.filter, query.now))
            .collect();
        let ascending = query.direction == Direction::Ascending;
        let signed = |number: i64| if ascending { number } else { -number };
        match query.sort {
            MemberSort::Name => {
                found.sort_by_key(|(seq, member)| (key(member), *seq));
                if !ascending {
                    found.reverse();
                }
            }
            MemberSort::Relevance => {
                let text = query.filter.search.clone().unwrap_or_default();
                found.sort_by_key(|(seq, member)| (rank(member, &text), key(member), *seq));
            }
            MemberSort::Kind => {
                let kind = |member: &Member| signed(member.kind as i64);
                found.sort_by_key(|(seq, member)| (kind(member), key(member), *seq));
            }
            MemberSort::Privileges => {
                let count =
                    |member: &Member| signed(i64::try_from(self.privileges(member).len()).unwrap());
                found.sort_by_key(|(seq, member)| (count(member), key(member), *seq));
            }
            MemberSort::NextEnd => return self.by_next_end(found, query),
            MemberSort::Roles => {
                let own = |member: &Member| {
                    let held = self.held(member);
                    held.iter().filter(|(_, through)| through.is_none()).count()
                };
                found.sort_by_key(|(seq, member)| (own(member), key(member), *seq));
                if !ascending {
                    found.reverse();
                }
            }
            MemberSort::Groups => {
                let groups = |member: &Member| self.groups(member).len();
                found.sort_by_key(|(seq, member)| (groups(member), key(member), *seq));
                if !ascending {
                    found.reverse();
                }
            }
        }
        found.into_iter().map(|(_, member)| member).collect()
    }

    /// Whether the filter, but for its kind and search, leaves the member.
    pub fn passes(&self, member: &Member, filter: &MemberFilter, now: DateTime<Utc>) -> bool {
        let held = self.held(member);
        let privileges = self.privileges(member);
        let now_minutes = (now - at(0)).num_minutes();
        let ends = self.ends(member);
        let has_role = |role: &RoleId| held.iter().any(|(held, _)| held.role == *role);
        let something_counting = |fact: fn(&str) -> bool| {
            held.iter()
                .any(|(held, _)| fact(held.role.as_str()) && held.lifetime.is_active(now))
                || privileges
                    .iter()
                    .any(|held| fact(&held.slug) && held.lifetime.is_active(now))
        };
        (filter.roles.is_empty() || filter.roles.iter().any(has_role))
            && match filter.expiry {
                None => true,
                Some(Expiry::NothingTimed) => ends.is_empty(),
                Some(Expiry::EndsWithin(span)) => ends
                    .iter()
                    .any(|end| *end > now_minutes && at(*end) <= now + span),
                Some(Expiry::Ended) => ends.iter().any(|end| *end <= now_minutes),
            }
            && filter.group.as_ref().is_none_or(|group| {
                let pair = (group.as_str().to_owned(), member.id.as_str().to_owned());
                self.memberships.contains(&pair)
            })
            && filter.facts.iter().all(|fact| match fact {
                MemberFact::Forbids => something_counting(is_forbidding),
                MemberFact::Wide => something_counting(is_wide),
                MemberFact::Privileges => !privileges.is_empty(),
                MemberFact::NoPermanentRole => held
                    .iter()
                    .all(|(held, _)| held.lifetime != Lifetime::Permanent),
            })
    }

    fn by_next_end<'a>(
        &self,
        found: Vec<(usize, &'a Member)>,
        query: &MemberQuery,
    ) -> Vec<&'a Member> {
        let now = (query.now - at(0)).num_minutes();
        let next = |member: &Member| self.ends(member).into_iter().find(|end| *end > now);
        let last = |member: &Member| self.ends(member).last().copied();
        let (mut ending, rest): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|(_, member)| next(member).is_some());
        let (mut ended, mut never): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|(_, member)| last(member).is_some());
        ending.sort_by_key(|(seq, member)| (next(member), key(member), *seq));
        if query.direction == Direction::Descending {
            ending.reverse();
        }
        ended.sort_by_key(|(seq, member)| (last(member), key(member), *seq));
        ended.reverse();
        never.sort_by_key(|(seq, member)| (key(member), *seq));
        let all = ending.into_iter().chain(ended).chain(never);
        all.map(|(_, member)| member).collect()
    }
}

/// The end of a lifetime in minutes.
pub fn minutes(lifetime: &Lifetime) -> Option<i64> {
    lifetime.end().map(|end| (end - at(0)).num_minutes())
}

/// How the name of a member sorts, from the table above.
pub fn key(member: &Member) -> &'static str {
    NAMES
        .iter()
        .find(|(name, _)| *name == member.name)
        .unwrap()
        .1
}

/// Folds the few letters that the names above use, as a reader would.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.replace(['é', 'ë'], "e").replace('ł', "l")
}

fn split(text: &str) -> Vec<String> {
    plain(text)
        .split(|character: char| character.is_ascii() && !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn matches(member: &Member, text: &str) -> bool {
    let near: Vec<String> = [&member.name, &member.handle, &member.username]
        .into_iter()
        .flat_map(|text| split(text))
        .collect();
    let values: Vec<String> = member
        .metadata
        .iter()
        .flat_map(|(_, value)| split(value))
        .collect();
    let id = split(member.id.as_str());
    split(text).iter().all(|word| {
        let begins = |list: &[String]| list.iter().any(|other| other.starts_with(word));
        let is_long = word.chars().count() > 2;
        begins(&near)
            || begins(&values)
            || (is_long && begins(&id))
            || (is_long && near.iter().any(|other| other.contains(word)))
    })
}

fn rank(member: &Member, text: &str) -> usize {
    let text = plain(text.trim());
    let words = split(&text);
    if words.is_empty() {
        return 0;
    }
    let key = key(member);
    let names = split(&member.name);
    let mut others: Vec<String> = names.clone();
    others.extend(split(&member.handle));
    others.extend(split(&member.username));
    others.extend(split(member.id.as_str()));
    others.extend(member.metadata.iter().flat_map(|(_, value)| split(value)));
    let all_begin = |list: &[String]| {
        words
            .iter()
            .all(|word| list.iter().any(|other| other.starts_with(word)))
    };
    if key == text {
        0
    } else if key.starts_with(&text) {
        1
    } else if all_begin(&names) {
        2
    } else if all_begin(&others) {
        3
    } else {
        4
    }
}
