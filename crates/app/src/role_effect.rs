//! What an edit of a role means: how its rules differ from the saved ones over every request, and
//! which of its holders gain or lose what. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
pub use reeve_analysis::{Answer, Change, Difference, Exhaustive, Redundancy, WhyRedundant, words};
use reeve_analysis::{
    Beside, Cache, Cancelled, Domain, Form, Limits, Scope, Universe, difference, redundant_rules,
};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::{CatalogueEdition, Project};
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_active, assemble_as_written};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::read::rules_to_text;
use reeve_store::access::MemberAccess;
use reeve_store::place::Places;
use reeve_store::snapshot::Snapshot;

use crate::actor::{facts, grants, rules_of_role};
use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::{edited_rules, project, role};

/// How many different sets of grants are compared before the rest is left out.
const SETS_MAX: usize = 150;
/// How many holders are looked at at most.
const HOLDERS_MAX: usize = 50_000;
/// How many members are read at once.
const CHUNK: usize = 500;

/// What an edit of a role means.
#[derive(Debug)]
pub struct RoleEffect {
    /// Which names the server's actions have.
    pub edition: CatalogueEdition,
    /// How the edited rules differ from the saved ones, by themselves.
    pub role: Difference,
    /// Holders whose access changes, those whose changes are the same together; most holders first.
    pub affected: Vec<Affected>,
    /// How many users and identities hold the role, directly or through a group.
    pub holders: usize,
    /// How many of them could not be looked at.
    pub left_out: usize,
}

/// Holders whose access changes in the same way.
#[derive(Debug)]
pub struct Affected {
    /// Who.
    pub members: Vec<Member>,
    /// How.
    pub difference: Difference,
}

impl Reeve {
    /// Compares `rules`, which are JSON text, with what is saved of the role `id`. `None` if the
    /// text holds no rules, or if another comparison began meanwhile.
    pub fn role_effect(&self, id: &RoleId, rules: &str) -> Result<Option<RoleEffect>, DeedError> {
        let turn = self.role_effects.fetch_add(1, Ordering::SeqCst) + 1;
        let cancelled = || self.role_effects.load(Ordering::SeqCst) != turn;
        let now = self.now();
        let Ok(edited) = edited_rules(rules) else {
            return Ok(None);
        };
        let subject = self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let role = role(snapshot, id)?;
            let saved = rules_of_role(&role, project.catalogue)?;
            let is_changed = rules_to_text(&saved) != rules_to_text(&edited);
            let holders = if is_changed {
                holders(snapshot, id, now)?
            } else {
                Vec::new()
            };
            Ok::<_, DeedError>(Subjects {
                id: id.clone(),
                universe: universe(&project, &snapshot.places()?),
                project,
                saved,
                edited: edited.into(),
                holders,
                now,
            })
        })?;
        Ok(subject.effect(&cancelled).ok())
    }
}

impl Reeve {
    /// Which of `rules`, which are JSON text, say nothing new beside the others and whatever else
    /// their holders have. `None` if the text holds no rules, or if another question came meanwhile.
    pub fn redundant_rules(&self, rules: &str) -> Result<Option<Redundancy>, DeedError> {
        let turn = self.role_effects.fetch_add(1, Ordering::SeqCst) + 1;
        let cancelled = || self.role_effects.load(Ordering::SeqCst) != turn;
        let Ok(rules) = edited_rules(rules) else {
            return Ok(None);
        };
        let (universe, semantics) = self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let universe = universe(&project, &snapshot.places()?);
            Ok::<_, DeedError>((universe, project.semantics))
        })?;
        let cache = Cache::new();
        let scope = Scope::new(&universe, &cache).cancelled_by(&cancelled);
        Ok(redundant_rules(&rules, semantics, Beside::Anything, &scope).ok())
    }
}

/// Everything that a comparison looks at.
struct Subjects {
    id: RoleId,
    project: Project,
    universe: Universe,
    saved: Arc<[Rule]>,
    edited: Arc<[Rule]>,
    holders: Vec<MemberAccess>,
    now: DateTime<Utc>,
}

impl Subjects {
    fn effect(&self, cancelled: &dyn Fn() -> bool) -> Result<RoleEffect, Cancelled> {
        let cache = Cache::new();
        let limits = Limits {
            boxes: 60,
            witnesses: 2,
            ..Limits::USUAL
        };
        let scope = Scope::new(&self.universe, &cache)
            .within(&limits)
            .cancelled_by(cancelled);
        let pairs = changed_pairs(&self.saved, &self.edited, self.project.catalogue);
        let scope = match &pairs {
            Some(pairs) => scope.only(pairs),
            None => scope,
        };
        let alone = |rules: &Arc<[Rule]>| {
            let assembly =
                assemble_as_written(&[self.grant(rules)], self.project.semantics, self.now);
            compile(&assembly, &mut CompileCache::default())
        };
        let role = difference(&alone(&self.saved), &alone(&self.edited), &scope)?;
        let (affected, left_out) = self.affected(&scope)?;
        Ok(RoleEffect {
            edition: self.project.catalogue,
            role,
            affected,
            holders: self.holders.len(),
            left_out,
        })
    }

    /// Those whose access changes. Holders with the same grants are compared once.
    fn affected(&self, scope: &Scope<'_>) -> Result<(Vec<Affected>, usize), Cancelled> {
        let mut sets: BTreeMap<String, Vec<&MemberAccess>> = BTreeMap::new();
        let mut left_out = 0;
        for access in &self.holders {
            match self.kind(access) {
                Some(kind) => sets.entry(kind).or_default().push(access),
                None => left_out += 1,
            }
        }
        let mut cache = CompileCache::default();
        let mut affected: Vec<Affected> = Vec::new();
        for (at, holders) in sets.into_values().enumerate() {
            let Some(first) = holders.first() else {
                continue;
            };
            let before = self.compiled(first, None, &mut cache);
            let after = self.compiled(first, Some(&self.edited), &mut cache);
            let (true, Some(before), Some(after)) = (at < SETS_MAX, before, after) else {
                left_out += holders.len();
                continue;
            };
            let difference = difference(&before, &after, scope)?;
            if difference.changes.is_empty() {
                continue;
            }
            let members = holders.iter().map(|access| access.member.clone());
            match affected.iter_mut().find(|it| it.difference == difference) {
                Some(same) => same.members.extend(members),
                None => affected.push(Affected {
                    members: members.collect(),
                    difference,
                }),
            }
        }
        affected.sort_by_key(|it| std::cmp::Reverse(it.members.len()));
        Ok((affected, left_out))
    }

    fn grant(&self, rules: &Arc<[Rule]>) -> Grant {
        Grant {
            source: Source::Role {
                id: self.id.clone(),
                slug: Arc::from("edited"),
                name: Arc::from("edited"),
                through: None,
            },
            lifetime: Lifetime::Permanent,
            rules: Arc::clone(rules),
        }
    }

    /// What tells holders apart: those of one kind have the same access before and after. Where
    /// templates are filled in, everybody is of a kind of their own.
    fn kind(&self, access: &MemberAccess) -> Option<String> {
        let grants = grants(access, self.project.catalogue).ok()?;
        let mut kind = String::new();
        let mut has_template = self.edited.iter().any(is_templated);
        for grant in grants {
            if !grant.lifetime.is_active(self.now) {
                continue;
            }
            has_template |= grant.rules.iter().any(is_templated);
            kind.extend([match &grant.source {
                Source::Role { id, through, .. } => format!("role {id} {}\n", through.is_some()),
                _ => format!("rules {}\n", rules_to_text(&grant.rules)),
            }]);
        }
        if has_template {
            kind += access.member.id.as_str();
        }
        Some(kind)
    }

    /// The rules of a holder, with `instead` in the place of the role's, if that is given.
    fn compiled(
        &self,
        access: &MemberAccess,
        instead: Option<&Arc<[Rule]>>,
        cache: &mut CompileCache,
    ) -> Option<CompiledRules> {
        let mut grants = grants(access, self.project.catalogue).ok()?;
        for grant in &mut grants {
            if let (Source::Role { id, .. }, Some(rules)) = (&grant.source, instead)
                && *id == self.id
            {
                grant.rules = Arc::clone(rules);
            }
        }
        let actor = facts(&access.member);
        let assembly = assemble_active(&actor, &grants, self.project.semantics, self.now);
        Some(compile(&assembly, cache))
    }
}

/// The subjects and actions that an edit of rules can concern; `None` if that could be all.
pub(crate) fn changed_pairs(
    saved: &[Rule],
    edited: &[Rule],
    edition: CatalogueEdition,
) -> Option<Vec<(Subject, Action)>> {
    let by_subject = |rules: &[Rule]| -> Option<BTreeMap<Subject, (String, BTreeSet<Action>)>> {
        let mut known: BTreeMap<Subject, (String, BTreeSet<Action>)> = BTreeMap::new();
        for rule in rules {
            let everything = |name: &str| matches!(name, "all" | "manage");
            let is_wide = rule.subjects().is_empty()
                || rule
                    .subjects()
                    .iter()
                    .any(|subject| everything(subject.as_str()))
                || rule
                    .actions()
                    .iter()
                    .any(|action| everything(action.as_str()));
            if is_wide {
                return None;
            }
            for subject in rule.subjects() {
                let (text, actions) = known.entry(subject.clone()).or_default();
                *text += &rules_to_text(std::slice::from_ref(rule));
                actions.extend(rule.actions().iter().cloned());
            }
        }
        Some(known)
    };
    let (saved, edited) = (by_subject(saved)?, by_subject(edited)?);
    let catalogue = Catalogue::of(edition);
    let subjects: BTreeSet<&Subject> = saved.keys().chain(edited.keys()).collect();
    let mut pairs = Vec::new();
    for subject in subjects {
        let (before, after) = (saved.get(subject), edited.get(subject));
        if before.map(|(text, _)| text) == after.map(|(text, _)| text) {
            continue;
        }
        let named = [before, after].into_iter().flatten();
        let mut actions: BTreeSet<Action> =
            named.flat_map(|(_, actions)| actions.clone()).collect();
        let known = catalogue.subject(subject.as_str());
        let known = known.into_iter().flat_map(|entry| entry.actions.iter());
        actions.extend(known.map(|entry| entry.action.clone()));
        pairs.extend(actions.into_iter().map(|action| (subject.clone(), action)));
    }
    Some(pairs)
}

fn is_templated(rule: &Rule) -> bool {
    rules_to_text(std::slice::from_ref(rule)).contains("{{")
}

/// Users and identities that hold the role now, directly or through a group, with all their access.
fn holders(
    snapshot: &Snapshot,
    id: &RoleId,
    now: DateTime<Utc>,
) -> Result<Vec<MemberAccess>, DeedError> {
    let mut ids: BTreeSet<MemberId> = BTreeSet::new();
    for assignment in snapshot.assignments_of_role(id)? {
        if !assignment.lifetime.is_active(now) || ids.len() >= HOLDERS_MAX {
            continue;
        }
        let group = snapshot.group_members(&assignment.member, 0, HOLDERS_MAX)?;
        ids.extend(group.members.into_iter().map(|member| member.id));
        ids.insert(assignment.member);
    }
    let ids: Vec<MemberId> = ids.into_iter().collect();
    let mut holders = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let accesses = snapshot.accesses(chunk)?;
        let acting = |access: &MemberAccess| access.member.kind != MemberKind::Group;
        holders.extend(accesses.into_iter().filter(acting));
    }
    Ok(holders)
}

/// Every request that the project can be asked.
pub(crate) fn universe(project: &Project, places: &Places) -> Universe {
    let environments = places.environments.iter().map(|e| e.slug.as_str());
    let tags = places.tags.iter().map(|tag| tag.slug.as_str());
    let mut paths: Vec<&str> = places.folders.iter().map(|f| f.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    Universe {
        environments: Domain::open(Form::Slug, environments),
        tags: Domain::open(Form::Slug, tags),
        paths: Domain::open(Form::Path, paths),
        folders: places.folders.clone(),
        ..Universe::of(project.catalogue)
    }
}
