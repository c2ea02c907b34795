//! What an edit of a role means: how its rules differ from the saved ones over every request, and
//! which of its holders gain or lose what. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
pub use reeve_analysis::{Answer, Change, Difference, Exhaustive, Redundancy, WhyRedundant, words};
use reeve_analysis::{
    Beside, Cache, Cancelled, Holding, Limits, Moment, Scope, Universe, blast_radius, difference,
    redundant_rules,
};
use reeve_domain::id::RoleId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::Member;
use reeve_domain::project::{CatalogueEdition, Project};
use reeve_domain::role::Role;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::read::rules_to_text;
use reeve_store::place::Places;

use crate::actor::rules_of_role;
use crate::blast_radius::{Environments, Gathered, concerned, project_universe};
use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};
use crate::reeve::Reeve;
use crate::role::{edited_rules, project, role};

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
    /// How many of them could not be looked at, because something that they hold cannot be read.
    pub left_out: usize,
    /// How many times two sets of rules were compared for them: once for each distinct pair.
    pub compared: usize,
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
        let question = self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let role = role(snapshot, id)?;
            let saved = rules_of_role(&role, project.catalogue)?;
            let after = Role {
                rules: rules_to_text(&edited),
                ..role.clone()
            };
            let is_changed = rules_to_text(&saved) != after.rules;
            let changes: &[ThingChange] =
                &[ThingChange::changed(Thing::Role(role), Thing::Role(after))];
            let changes = if is_changed { changes } else { &[] };
            Ok::<_, DeedError>(Question {
                id: id.clone(),
                universe: universe(&project, &snapshot.places()?),
                gathered: concerned(snapshot, changes, project.catalogue)?,
                project,
                saved,
                edited: edited.into(),
                now,
            })
        })?;
        Ok(question.answer(&self.analysis, &cancelled).ok())
    }
}

impl Reeve {
    /// Which of `rules`, which are JSON text, say nothing new beside the others and whatever else
    /// their holders have. `None` if the text holds no rules, or if another question came meanwhile.
    pub fn redundant_rules(&self, rules: &str) -> Result<Option<Redundancy>, DeedError> {
        let turn = self.redundancies.fetch_add(1, Ordering::SeqCst) + 1;
        let cancelled = || self.redundancies.load(Ordering::SeqCst) != turn;
        let Ok(rules) = edited_rules(rules) else {
            return Ok(None);
        };
        let (universe, semantics) = self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let universe = universe(&project, &snapshot.places()?);
            Ok::<_, DeedError>((universe, project.semantics))
        })?;
        let scope = Scope::new(&universe, &self.analysis).cancelled_by(&cancelled);
        Ok(redundant_rules(&rules, semantics, Beside::Anything, &scope).ok())
    }
}

/// Everything that a comparison looks at.
struct Question {
    id: RoleId,
    project: Project,
    universe: Universe,
    saved: Arc<[Rule]>,
    edited: Arc<[Rule]>,
    /// Everybody who holds the role, ended assignments included.
    gathered: Gathered,
    now: DateTime<Utc>,
}

impl Question {
    fn answer(self, cache: &Cache, cancelled: &dyn Fn() -> bool) -> Result<RoleEffect, Cancelled> {
        let limits = Limits {
            boxes: 60,
            witnesses: 2,
            ..Limits::USUAL
        };
        let scope = Scope::new(&self.universe, cache)
            .within(&limits)
            .cancelled_by(cancelled);
        let pairs = changed_pairs(&self.saved, &self.edited, self.project.catalogue);
        let scope = match &pairs {
            Some(pairs) => scope.only(pairs),
            None => scope,
        };
        let role = difference(&self.alone(&self.saved), &self.alone(&self.edited), &scope)?;
        let Gathered {
            mut concerned,
            unreadable,
        } = self.gathered;
        concerned.retain(|one| holds(&one.before, &self.id, self.now));
        let holders = concerned.len() + unreadable.len();
        let moment = Moment {
            semantics: self.project.semantics,
            at: self.now,
        };
        let radius = blast_radius(concerned, moment, moment, &scope)?;
        Ok(RoleEffect {
            edition: self.project.catalogue,
            role,
            compared: radius.compared,
            affected: radius
                .impacts
                .into_iter()
                .map(|impact| Affected {
                    members: impact.actors,
                    difference: impact.difference,
                })
                .collect(),
            holders,
            left_out: unreadable.len(),
        })
    }

    /// The role by itself, templates left as they are written.
    fn alone(&self, rules: &Arc<[Rule]>) -> CompiledRules {
        let grant = Grant {
            source: Source::Role {
                id: self.id.clone(),
                slug: Arc::from("edited"),
                name: Arc::from("edited"),
                through: None,
            },
            lifetime: Lifetime::Permanent,
            rules: Arc::clone(rules),
        };
        let assembly = assemble_as_written(&[grant], self.project.semantics, self.now);
        compile(&assembly, &mut CompileCache::default())
    }
}

/// Whether `role` counts for somebody now.
fn holds(holding: &Holding, role: &RoleId, now: DateTime<Utc>) -> bool {
    holding.grants.iter().any(|grant| {
        matches!(&grant.source, Source::Role { id, .. } if id == role)
            && grant.lifetime.is_active(now)
    })
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
    let place = |subject: &Subject| {
        catalogue
            .subjects()
            .iter()
            .position(|it| it.subject == *subject)
    };
    let mut subjects: Vec<&Subject> = subjects.into_iter().collect();
    subjects.sort_by_key(|subject| place(subject).unwrap_or(usize::MAX));
    let mut pairs = Vec::new();
    for subject in subjects {
        let (before, after) = (saved.get(subject), edited.get(subject));
        if before.map(|(text, _)| text) == after.map(|(text, _)| text) {
            continue;
        }
        let named = [before, after].into_iter().flatten();
        let known = catalogue.subject(subject.as_str());
        let known = known.into_iter().flat_map(|entry| entry.actions.iter());
        let mut actions: Vec<Action> = known.map(|entry| entry.action.clone()).collect();
        let named: BTreeSet<Action> = named.flat_map(|(_, actions)| actions.clone()).collect();
        actions.extend(
            named
                .into_iter()
                .filter(|action| catalogue_lacks(catalogue, subject, action)),
        );
        pairs.extend(actions.into_iter().map(|action| (subject.clone(), action)));
    }
    Some(pairs)
}

fn catalogue_lacks(catalogue: &Catalogue, subject: &Subject, action: &Action) -> bool {
    let entry = catalogue.subject(subject.as_str());
    entry.is_none_or(|entry| entry.action(action.as_str()).is_none())
}

/// Every request that the project can be asked, also in environments that may be made one day.
pub(crate) fn universe(project: &Project, places: &Places) -> Universe {
    project_universe(project, places.clone(), &Environments::Open)
}
