//! What a privilege being written would mean for its member: what opens and what closes when it
//! begins, and what is lost when it ends, over every request. Changes nothing.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use reeve_analysis::{Cache, Cancelled, Difference, Limits, Scope, Universe, difference};
use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Project};
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{Grant, Source, assemble_active};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_store::access::MemberAccess;

use crate::actor::{facts, grants};
use crate::error::DeedError;
use crate::preview_privilege::{EditedRef, PrivilegeDraft, examine};
use crate::reeve::Reeve;
use crate::role::project;
use crate::role_effect::{changed_pairs, universe};

/// What a privilege would mean.
#[derive(Debug)]
pub struct PrivilegeEffect {
    /// Which names the server's actions have.
    pub edition: CatalogueEdition,
    /// When it would begin.
    pub begins: DateTime<Utc>,
    /// What is different from then on.
    pub beginning: Difference,
    /// What happens when it ends; `None` if it has no end.
    pub ending: Option<Ending>,
}

/// What happens when a privilege ends.
#[derive(Debug)]
pub struct Ending {
    /// When.
    pub at: DateTime<Utc>,
    /// What is different from then on, with what else will have ended by then.
    pub difference: Difference,
}

impl Reeve {
    /// What `draft` would mean for its member. `None` if it cannot be told yet, if it is for several
    /// members, or if another question came meanwhile.
    pub fn privilege_effect(
        &self,
        draft: &PrivilegeDraft,
    ) -> Result<Option<PrivilegeEffect>, DeedError> {
        let turn = self.privilege_effects.fetch_add(1, Ordering::SeqCst) + 1;
        let cancelled = || self.privilege_effects.load(Ordering::SeqCst) != turn;
        let now = self.now();
        let question = self.workspace()?.reader().read(|snapshot| {
            let Some(member) = &draft.member else {
                return Ok(None);
            };
            let access = snapshot
                .member_access(member)?
                .ok_or(DeedError::Missing { what: "member" })?;
            let preview = examine(snapshot, draft, now)?;
            let is_about_rules = |field: &str| field.starts_with("policies.");
            let (Some(lifetime), false) = (
                preview.lifetime,
                preview.problems.iter().any(|it| is_about_rules(&it.field)),
            ) else {
                return Ok(None);
            };
            let project = project(snapshot)?;
            Ok::<_, DeedError>(Some(Question {
                universe: universe(&project, &snapshot.places()?),
                project,
                access,
                edited: match draft.edited.as_ref().map(|edited| &edited.grant) {
                    Some(EditedRef::Privilege(id)) => Some(id.clone()),
                    _ => None,
                },
                rules: preview.rules.into(),
                begins: preview.start.unwrap_or(now),
                lifetime,
            }))
        })?;
        match question {
            None => Ok(None),
            Some(question) => Ok(question.answer(&cancelled)?.ok()),
        }
    }
}

struct Question {
    project: Project,
    universe: Universe,
    access: MemberAccess,
    /// The privilege that is being edited, which does not count beside its new form.
    edited: Option<PrivilegeId>,
    rules: Arc<[Rule]>,
    begins: DateTime<Utc>,
    lifetime: Lifetime,
}

impl Question {
    fn answer(
        &self,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Result<PrivilegeEffect, Cancelled>, DeedError> {
        let held = grants(&self.access, self.project.catalogue)?;
        Ok(self.compare(&held, cancelled))
    }

    fn compare(
        &self,
        held: &[Grant],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<PrivilegeEffect, Cancelled> {
        let cache = Cache::new();
        let limits = Limits {
            boxes: 60,
            witnesses: 2,
            ..Limits::USUAL
        };
        let stored = held.iter().find(|grant| self.is_edited(grant));
        let before: &[Rule] = stored.map_or(&[], |grant| &grant.rules);
        let pairs = concerned(before, &self.rules, self.project.catalogue);
        let scope = Scope::new(&self.universe, &cache)
            .within(&limits)
            .cancelled_by(cancelled);
        let scope = match &pairs {
            Some(pairs) => scope.only(pairs),
            None => scope,
        };
        let others: Vec<Grant> = held
            .iter()
            .filter(|grant| !self.is_edited(grant))
            .cloned()
            .collect();
        let mut with = others.clone();
        with.push(self.grant());
        let beginning = difference(
            &self.compiled(held, self.begins),
            &self.compiled(&with, self.begins),
            &scope,
        )?;
        let ending = match self.lifetime.end().filter(|end| *end > self.begins) {
            None => None,
            Some(at) => {
                let lasting = Grant {
                    lifetime: Lifetime::Permanent,
                    ..self.grant()
                };
                let mut still = others.clone();
                still.push(lasting);
                let (until, from) = (self.compiled(&still, at), self.compiled(&others, at));
                Some(Ending {
                    at,
                    difference: difference(&until, &from, &scope)?,
                })
            }
        };
        Ok(PrivilegeEffect {
            edition: self.project.catalogue,
            begins: self.begins,
            beginning,
            ending,
        })
    }

    fn is_edited(&self, grant: &Grant) -> bool {
        matches!(&grant.source, Source::Privilege { id, .. } if Some(id) == self.edited.as_ref())
    }

    /// The privilege as it would be.
    fn grant(&self) -> Grant {
        Grant {
            source: Source::Privilege {
                id: PrivilegeId::new("written"),
                slug: Arc::from("written"),
            },
            lifetime: self.lifetime.clone(),
            rules: Arc::clone(&self.rules),
        }
    }

    fn compiled(&self, grants: &[Grant], at: DateTime<Utc>) -> CompiledRules {
        let actor = facts(&self.access.member);
        let assembly = assemble_active(&actor, grants, self.project.semantics, at);
        compile(&assembly, &mut CompileCache::default())
    }
}

/// The subjects and actions that either list of rules can concern; `None` if that could be all.
fn concerned(
    before: &[Rule],
    after: &[Rule],
    edition: CatalogueEdition,
) -> Option<Vec<(reeve_domain::rule::Subject, reeve_domain::rule::Action)>> {
    let mut pairs = changed_pairs(before, &[], edition)?;
    pairs.extend(changed_pairs(&[], after, edition)?);
    pairs.sort();
    pairs.dedup();
    Some(pairs)
}
