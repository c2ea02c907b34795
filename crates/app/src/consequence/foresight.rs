//! Looks at members' access around instants to come.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use reeve_analysis::{Cache, Limits, Scope, Universe, difference};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::Project;
use reeve_domain::role::Role;
use reeve_domain::rule::Subject;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_policy::assemble::{
    ActorFacts, Arrangement, Assembly, Grant, Source, Through, assemble_active,
};
use reeve_policy::compile::{CompileCache, compile};
use reeve_store::access::MemberAccess;
use reeve_store::snapshot::Snapshot;

use super::known::{KnownConsequences, lock};
use super::lists::Lists;
use super::touched::{Touched, touched_pairs};
use super::{Consequence, Effect, EndEffect};
use crate::actor::{facts, folder_grant, parts, rules_of_role};
use crate::error::DeedError;
use crate::role_effect::universe;

/// How many members of a group are looked at.
const GROUP_MEMBERS: usize = 2_000;

/// How long one comparison may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// One witness proves a change; it is not shown here.
const LIMITS: Limits = Limits {
    witnesses: 1,
    ..Limits::USUAL
};

/// The instant just before another: instants are whole milliseconds.
const JUST_BEFORE: TimeDelta = TimeDelta::milliseconds(1);

/// Looks at the access of members of one project as it stands in one snapshot.
pub(crate) struct Foresight<'a> {
    snapshot: &'a Snapshot,
    known: &'a Mutex<KnownConsequences>,
    now: DateTime<Utc>,
    project: Project,
    universe: Universe,
    analysis: Arc<Cache>,
    compiled: CompileCache,
    lists: Lists,
}

/// An instant at which something of a member ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outlook {
    pub member: MemberId,
    pub kind: MemberKind,
    pub end: DateTime<Utc>,
}

impl<'a> Foresight<'a> {
    pub fn new(
        snapshot: &'a Snapshot,
        known: &'a Mutex<KnownConsequences>,
        now: DateTime<Utc>,
    ) -> Result<Self, DeedError> {
        let project = snapshot
            .project()?
            .ok_or(DeedError::Missing { what: "project" })?;
        let universe = universe(&project, &snapshot.places()?);
        let analysis = lock(known).enter(&universe, project.semantics);
        Ok(Self {
            snapshot,
            known,
            now,
            project,
            universe,
            analysis,
            compiled: CompileCache::new(),
            lists: Lists::default(),
        })
    }

    /// What each of these ends means, in order.
    pub fn effects(&mut self, outlooks: &[Outlook]) -> Result<Vec<EndEffect>, DeedError> {
        let mut groups: HashMap<&MemberId, (Vec<MemberId>, bool)> = HashMap::new();
        let mut actors: Vec<MemberId> = Vec::new();
        for outlook in outlooks {
            if outlook.kind != MemberKind::Group {
                actors.push(outlook.member.clone());
            } else if !groups.contains_key(&outlook.member) {
                let page = self
                    .snapshot
                    .group_members(&outlook.member, 0, GROUP_MEMBERS)?;
                let has_more = page.total > page.members.len() as u64;
                let ids: Vec<MemberId> = page.members.into_iter().map(|one| one.id).collect();
                actors.extend(ids.iter().cloned());
                groups.insert(&outlook.member, (ids, has_more));
            }
        }
        actors.sort();
        actors.dedup();
        let accesses: HashMap<MemberId, MemberAccess> = self
            .snapshot
            .accesses(&actors)?
            .into_iter()
            .map(|access| (access.member.id.clone(), access))
            .collect();
        let mut planned: HashMap<MemberId, Vec<ScheduledGrant>> = HashMap::new();
        let groups_of_all = accesses.values().flat_map(|access| &access.groups);
        actors.extend(groups_of_all.map(|group| group.id.clone()));
        actors.sort();
        actors.dedup();
        for grant in self.snapshot.scheduled_of(&actors)? {
            planned.entry(grant.member.clone()).or_default().push(grant);
        }
        let effects = outlooks.iter().map(|outlook| {
            let (ids, has_more) = match groups.get(&outlook.member) {
                Some((ids, has_more)) => (ids.as_slice(), *has_more),
                None => (std::slice::from_ref(&outlook.member), false),
            };
            let concerned = ids.iter().filter_map(|id| {
                let access = accesses.get(id)?;
                let planned: Vec<&ScheduledGrant> = std::iter::once(id)
                    .chain(access.groups.iter().map(|group| &group.id))
                    .filter_map(|holder| planned.get(holder))
                    .flatten()
                    .collect();
                Some((access, planned))
            });
            self.effect(concerned, outlook.end, has_more)
        });
        Ok(effects.collect())
    }

    fn effect<'m>(
        &mut self,
        concerned: impl Iterator<Item = (&'m MemberAccess, Vec<&'m ScheduledGrant>)>,
        end: DateTime<Utc>,
        has_more: bool,
    ) -> EndEffect {
        let mut effect = EndEffect {
            worst: Arc::new(Consequence::nothing()),
            affected: 0,
            looked_at: 0,
            has_more,
            together: 0,
        };
        for (access, planned) in concerned {
            let consequence = self.consequence(access, &planned, end);
            effect.looked_at += 1;
            effect.affected += usize::from(consequence.effect != Effect::Nothing);
            effect.together = ending_at(access, end).saturating_sub(1);
            if consequence.weight() > effect.worst.weight() {
                effect.worst = consequence;
            }
        }
        if effect.looked_at > 1 {
            effect.together = 0;
        }
        effect
    }

    fn consequence(
        &mut self,
        access: &MemberAccess,
        planned: &[&ScheduledGrant],
        end: DateTime<Utc>,
    ) -> Arc<Consequence> {
        match self.grants(access, planned, end) {
            Ok(grants) => {
                let actor = facts(&access.member);
                self.between(&actor, &grants, end)
            }
            Err(error) => Arc::new(Consequence::unsure(error.to_string())),
        }
    }

    /// Compares what counts just before `end` with what counts from then on.
    fn between(
        &mut self,
        actor: &ActorFacts,
        grants: &[Grant],
        end: DateTime<Utc>,
    ) -> Arc<Consequence> {
        let at = |instant| assemble_active(actor, grants, self.project.semantics, instant);
        let (before, after) = (at(end - JUST_BEFORE), at(end));
        let touched = self.touched(&before.active, &after.active);
        let mut key = self.numbers(&before.active, touched.as_ref());
        let then = self.numbers(&after.active, touched.as_ref());
        if key == then {
            return Arc::new(Consequence::nothing());
        }
        // No list has these numbers.
        key.push(u32::from(is_anything_left(&after)));
        key.extend(then);
        let key: Box<[u32]> = key.into();
        if let Some(known) = lock(self.known).get(&key) {
            return known;
        }
        match self.compare(&before, &after, touched.as_ref()) {
            Some(consequence) => {
                let consequence = Arc::new(consequence);
                lock(self.known).keep(key, Arc::clone(&consequence));
                consequence
            }
            None => Arc::new(Consequence::unsure(
                "comparing the rules would take too long".to_owned(),
            )),
        }
    }

    /// What the end of what does not count any more can concern; `None` if that could be all.
    fn touched(&self, before: &Arrangement, after: &Arrangement) -> Option<Touched> {
        let pairs = touched_pairs(before, after, self.project.catalogue)?;
        let subjects: BTreeSet<Subject> =
            pairs.iter().map(|(subject, _)| subject.clone()).collect();
        let number = lock(self.known).number(&format!("subjects {subjects:?}"));
        Some(Touched {
            pairs,
            subjects,
            number,
        })
    }

    fn compare(
        &mut self,
        before: &Assembly,
        after: &Assembly,
        touched: Option<&Touched>,
    ) -> Option<Consequence> {
        let is_left = is_anything_left(after);
        let before = compile(before, &mut self.compiled);
        let after = compile(after, &mut self.compiled);
        let started = Instant::now();
        let cancelled = || started.elapsed() > PATIENCE;
        let scope = Scope::new(&self.universe, &self.analysis)
            .within(&LIMITS)
            .cancelled_by(&cancelled);
        let scope = match touched {
            Some(touched) => scope.only(&touched.pairs),
            None => scope,
        };
        let found = difference(&before, &after, &scope).ok()?;
        Some(Consequence::of(&found, is_left, self.project.catalogue))
    }

    /// What tells the rules of one arrangement about `touched` from all others: the numbers of its
    /// lists.
    fn numbers(&mut self, arrangement: &Arrangement, touched: Option<&Touched>) -> Vec<u32> {
        if arrangement.merged.is_some() || arrangement.fault.is_some() {
            let text = format!("{:?} {:?}", arrangement.merged, arrangement.fault);
            return vec![lock(self.known).number(&text)];
        }
        arrangement
            .grants
            .iter()
            .filter_map(|grant| self.lists.number(grant, touched, self.known))
            .collect()
    }

    /// All that a member has or is to have by `end`, ended parts included.
    fn grants(
        &mut self,
        access: &MemberAccess,
        planned: &[&ScheduledGrant],
        end: DateTime<Utc>,
    ) -> Result<Vec<Grant>, DeedError> {
        let mut grants = Vec::with_capacity(parts(access));
        for held in &access.roles {
            let through = held.through.as_ref().map(|group| Through {
                id: group.id.clone(),
                name: Arc::from(group.name.as_str()),
            });
            grants.push(self.of_role(&held.role, through, &held.assignment.lifetime)?);
        }
        for privilege in &access.privileges {
            grants.push(Grant {
                source: Source::Privilege {
                    id: privilege.id.clone(),
                    slug: Arc::from(privilege.slug.as_str()),
                },
                lifetime: privilege.lifetime.clone(),
                rules: self.lists.read(&privilege.slug, &privilege.rules)?,
            });
        }
        grants.extend(access.folder_grants.iter().filter_map(folder_grant));
        // What waits is taken to begin as planned; what is late begins only when somebody says so.
        let now = self.now;
        let begun = planned
            .iter()
            .filter(|grant| now < grant.start && grant.start < end);
        for grant in begun {
            match &grant.what {
                ScheduledObject::Role(id) => {
                    if let Some(role) = self.snapshot.role(id)? {
                        grants.push(self.of_role(&role, None, &grant.lifetime)?);
                    }
                }
                ScheduledObject::Privilege { slug, rules } => grants.push(Grant {
                    source: Source::AdHoc {
                        label: Arc::from(slug.as_str()),
                    },
                    lifetime: grant.lifetime.clone(),
                    rules: self.lists.read(slug, rules)?,
                }),
            }
        }
        Ok(grants)
    }

    fn of_role(
        &mut self,
        role: &Role,
        through: Option<Through>,
        lifetime: &Lifetime,
    ) -> Result<Grant, DeedError> {
        let known = self.lists.roles.get(&role.id).cloned();
        let rules = match known {
            Some(rules) => rules,
            None => rules_of_role(role, self.project.catalogue)?,
        };
        self.lists.roles.insert(role.id.clone(), Arc::clone(&rules));
        Ok(Grant {
            source: Source::Role {
                id: role.id.clone(),
                slug: Arc::from(role.slug.as_str()),
                name: Arc::from(role.name.as_str()),
                through,
            },
            lifetime: lifetime.clone(),
            rules,
        })
    }
}

fn is_anything_left(after: &Assembly) -> bool {
    let mut left = after.active.grants.iter();
    left.any(|grant| grant.rules.iter().any(|rule| !rule.inverted()))
}

/// How much of the member's own ends at `end`.
fn ending_at(access: &MemberAccess, end: DateTime<Utc>) -> usize {
    let roles = access.roles.iter().map(|held| &held.assignment.lifetime);
    let privileges = access.privileges.iter().map(|one| &one.lifetime);
    let folder_grants = access.folder_grants.iter().map(|one| &one.lifetime);
    roles
        .chain(privileges)
        .chain(folder_grants)
        .filter(|lifetime| lifetime.end() == Some(end))
        .count()
}
