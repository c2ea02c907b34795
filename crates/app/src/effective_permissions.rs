//! What a member can do at all: every subject and action with the rules behind, asked of the judge.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_active, assemble_as_written};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
pub use reeve_policy::decide::Access;
use reeve_policy::decide::{RuleBehind, matrix};
use reeve_policy::explain::{Sentence, explain_assembly};

use crate::actor::{facts, grants};
use crate::error::DeedError;
use crate::reeve::Reeve;

/// What a member can do.
#[derive(Debug, Clone)]
pub struct EffectivePermissions {
    /// The catalogue of the project, for names.
    pub catalogue: CatalogueEdition,
    /// The instant for which it was asked.
    pub at: DateTime<Utc>,
    /// Every subject and action of the catalogue, then those that only the rules know.
    pub cells: Vec<AccessCell>,
    /// The rules behind cells, each once.
    pub rules: Vec<BehindRule>,
    /// What is worth knowing about all of it.
    pub notes: Vec<Sentence>,
    /// Whether templates stand as they are written, because this is a group.
    pub as_written: bool,
}

/// The access to one subject and action.
#[derive(Debug, Clone)]
pub struct AccessCell {
    /// The subject.
    pub subject: Subject,
    /// The action.
    pub action: Action,
    /// The access.
    pub access: Access,
    /// The rules behind it, in the order in which they are tried; places in the list of rules.
    pub rules: Vec<usize>,
}

/// A rule behind cells.
#[derive(Debug, Clone)]
pub struct BehindRule {
    /// The rule, with templates filled in.
    pub rule: Rule,
    /// Where it comes from; `None` if templates changed the rules so that nobody can say.
    pub source: Option<Source>,
    /// How long it counts.
    pub lifetime: Option<Lifetime>,
    /// Its position in its source.
    pub position: usize,
}

impl Reeve {
    /// What `member` can do now; for a group, what its roles give to its members.
    pub fn effective_permissions(
        &self,
        member: &MemberId,
    ) -> Result<EffectivePermissions, DeedError> {
        let at = self.now();
        let (project, access) = self.workspace()?.reader().read(|snapshot| {
            let access = snapshot
                .member_access(member)?
                .ok_or(DeedError::Missing { what: "member" })?;
            Ok::<_, DeedError>((crate::role::project(snapshot)?, access))
        })?;
        let grants = grants(&access, project.catalogue)?;
        let as_written = access.member.kind == MemberKind::Group;
        let assembly = if as_written {
            assemble_as_written(&grants, project.semantics, at)
        } else {
            assemble_active(&facts(&access.member), &grants, project.semantics, at)
        };
        let compiled = compile(&assembly, &mut CompileCache::new());
        let pairs = pairs(Catalogue::of(project.catalogue), &grants);
        let (cells, rules) = cells(&compiled, &pairs);
        Ok(EffectivePermissions {
            catalogue: project.catalogue,
            at,
            cells,
            rules,
            notes: explain_assembly(&assembly),
            as_written,
        })
    }
}

/// All of the catalogue that rules may name, then what only the grants that were given name.
fn pairs(catalogue: &Catalogue, grants: &[Grant]) -> Vec<(Subject, Action)> {
    let mut pairs: Vec<(Subject, Action)> = Vec::new();
    for entry in catalogue.subjects().iter().filter(|entry| entry.writable) {
        let subject = &entry.subject;
        pairs.extend(
            entry
                .actions
                .iter()
                .map(|action| (subject.clone(), action.action.clone())),
        );
    }
    let known: BTreeSet<(&str, &str)> = pairs
        .iter()
        .map(|(subject, action)| (subject.as_str(), action.as_str()))
        .collect();
    let mut others: BTreeSet<(String, String)> = BTreeSet::new();
    for rule in grants.iter().flat_map(|grant| grant.rules.iter()) {
        for subject in rule.subjects() {
            for action in rule.actions() {
                let pair = (subject.as_str(), action.as_str());
                // What stands for everything has no row of its own.
                if !known.contains(&pair) && pair.0 != "all" && pair.1 != "manage" {
                    others.insert((pair.0.to_owned(), pair.1.to_owned()));
                }
            }
        }
    }
    pairs.extend(
        others
            .into_iter()
            .map(|(subject, action)| (Subject::from(subject), Action::from(action))),
    );
    pairs
}

fn cells(
    compiled: &CompiledRules,
    pairs: &[(Subject, Action)],
) -> (Vec<AccessCell>, Vec<BehindRule>) {
    let mut rules: Vec<BehindRule> = Vec::new();
    let mut places: BTreeMap<RuleBehind, usize> = BTreeMap::new();
    let cells = matrix(
        compiled,
        pairs.iter().map(|(subject, action)| (subject, action)),
    )
    .into_iter()
    .map(|cell| {
        let mut behind = Vec::with_capacity(cell.rules.len());
        for rule in cell.rules {
            let place = places.get(&rule).copied();
            let place = place.or_else(|| {
                let found = compiled.behind(rule)?;
                rules.push(BehindRule {
                    rule: found.rule.clone(),
                    source: found.source.cloned(),
                    lifetime: found.lifetime.cloned(),
                    position: found.position,
                });
                places.insert(rule, rules.len() - 1);
                Some(rules.len() - 1)
            });
            behind.extend(place);
        }
        AccessCell {
            subject: cell.subject,
            action: cell.action,
            access: cell.access,
            rules: behind,
        }
    })
    .collect();
    (cells, rules)
}
