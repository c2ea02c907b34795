//! An edit that might change an answer: what it does to the grants of somebody, and how they decide
//! then.

use std::sync::Arc;

use reeve_domain::id::{MemberId, PrivilegeId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{Grant, Source};
use reeve_policy::catalogue::predefined_role;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{Candidate as Tried, Outcome};

use super::{Place, text_of};
use crate::simulate::{Asked, Case, Decided, Question, decided};

/// Edits that change the answer together.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidate {
    pub changes: Vec<Change>,
    /// What is done, for each change.
    pub steps: Vec<String>,
}

/// A change of what somebody holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// The rules of a grant become these.
    Rules { grant: usize, rules: Vec<Rule> },
    /// A grant is no more, however often it is held.
    Gone { grant: usize },
    /// Nothing is held through that group any more.
    Left { group: MemberId },
    /// There is one more privilege.
    Added { rules: Vec<Rule> },
}

impl Candidate {
    /// `case` with the changes made.
    pub fn case(&self, case: &Case) -> Case {
        let mut edited = case.clone();
        edited.holder.grants = self.grants(&case.holder.grants);
        edited
    }

    fn grants(&self, before: &[Grant]) -> Vec<Grant> {
        let mut grants: Vec<Option<Grant>> = before.iter().cloned().map(Some).collect();
        for change in &self.changes {
            match change {
                Change::Rules { grant, rules } => {
                    let rules: Arc<[Rule]> = rules.clone().into();
                    let edited = before.get(*grant).map(|grant| grant.source.clone());
                    for other in grants.iter_mut().flatten() {
                        if edited
                            .as_ref()
                            .is_some_and(|it| is_same_thing(it, &other.source))
                        {
                            other.rules = Arc::clone(&rules);
                        }
                    }
                }
                Change::Gone { grant } => {
                    let gone = before.get(*grant).map(|grant| &grant.source);
                    take(&mut grants, |source| Some(source) == gone);
                }
                Change::Left { group } => {
                    take(&mut grants, |source| group_of(source) == Some(group));
                }
                Change::Added { rules } => grants.push(Some(Grant {
                    source: Source::Privilege {
                        id: PrivilegeId::from("new"),
                        slug: Arc::from("new"),
                    },
                    lifetime: Lifetime::Permanent,
                    rules: rules.clone().into(),
                })),
            }
        }
        grants.into_iter().flatten().collect()
    }

    /// What is to be done, with where.
    pub fn places(&self, case: &Case) -> Vec<(String, Place)> {
        let member = match &case.holder.asked {
            Asked::Member(member) => Some(member.id.clone()),
            Asked::Role(_) | Asked::Rules => None,
        };
        let place = |change: &Change| match change {
            Change::Rules { grant, rules } => match &case.holder.grants.get(*grant)?.source {
                Source::Role { id, .. } => Some(Place::Role {
                    role: id.clone(),
                    rules: text_of(rules),
                }),
                Source::Privilege { id, .. } => Some(Place::Privilege {
                    member: member.clone()?,
                    privilege: id.clone(),
                    rules: text_of(rules),
                }),
                _ => None,
            },
            Change::Gone { grant } => match &case.holder.grants.get(*grant)?.source {
                Source::Role { id, through, .. } => Some(Place::TakeRole {
                    member: match through {
                        Some(group) => group.id.clone(),
                        None => member.clone()?,
                    },
                    role: id.clone(),
                    refusal: None,
                }),
                Source::Privilege { id, .. } => Some(Place::EndPrivilege {
                    member: member.clone()?,
                    privilege: id.clone(),
                }),
                _ => None,
            },
            Change::Left { group } => Some(Place::LeaveGroup {
                member: member.clone()?,
                group: group.clone(),
            }),
            Change::Added { rules } => Some(Place::NewPrivilege {
                member: member.clone()?,
                rules: text_of(rules),
            }),
        };
        let steps = self.changes.iter().zip(&self.steps);
        steps
            .filter_map(|(change, words)| Some((words.clone(), place(change)?)))
            .collect()
    }
}

fn take(grants: &mut [Option<Grant>], is_gone: impl Fn(&Source) -> bool) {
    for grant in grants {
        if grant.as_ref().is_some_and(|grant| is_gone(&grant.source)) {
            *grant = None;
        }
    }
}

/// The group through which something is held.
pub(super) fn group_of(source: &Source) -> Option<&MemberId> {
    match source {
        Source::Role {
            through: Some(group),
            ..
        } => Some(&group.id),
        _ => None,
    }
}

/// Whether two sources are the same thing to edit: a role is, however it is held.
fn is_same_thing(one: &Source, other: &Source) -> bool {
    match (one, other) {
        (Source::Role { id, .. }, Source::Role { id: other, .. }) => id == other,
        _ => one == other,
    }
}

impl Candidate {
    /// The rules of a grant as they are so far.
    pub fn rules_of(&self, case: &Case, grant: usize) -> Option<Vec<Rule>> {
        let edited = self.changes.iter().find_map(|change| match change {
            Change::Rules { grant: at, rules } if *at == grant => Some(rules.clone()),
            _ => None,
        });
        edited.or_else(|| Some(case.holder.grants.get(grant)?.rules.to_vec()))
    }

    /// Gives a grant other rules; `words` says what was done.
    pub fn set_rules(&mut self, case: &Case, grant: usize, rules: Vec<Rule>, words: &str) {
        let known = self
            .changes
            .iter()
            .position(|change| matches!(change, Change::Rules { grant: at, .. } if *at == grant));
        if let Some(at) = known {
            if let Some(place) = self.changes.get_mut(at) {
                *place = Change::Rules { grant, rules };
            }
            if let Some(step) = self.steps.get_mut(at) {
                step.push_str(", ");
                step.push_str(words);
            }
            return;
        }
        let source = case.holder.grants.get(grant).map(|grant| &grant.source);
        self.changes.push(Change::Rules { grant, rules });
        self.steps.push(match source {
            Some(source) => format!("In {source}, {words}"),
            None => words.to_owned(),
        });
    }
}

/// The answer to a question for the grants of a case, with each check's decisions.
pub(super) struct Asking<'a> {
    pub case: &'a Case,
    pub question: &'a Question,
}

impl Asking<'_> {
    pub fn decide(&self, candidate: &Candidate) -> Decided {
        let case = candidate.case(self.case);
        let rules: CompiledRules = compile(&case.assembly(), &mut CompileCache::new());
        decided(&rules, self.question)
    }

    pub fn outcome(&self, candidate: &Candidate) -> Outcome {
        self.decide(candidate).outcome()
    }

    /// The place of the grant among those of the case from which a rule came.
    pub fn grant_of(&self, tried: &Tried) -> Option<usize> {
        let mut grants = self.case.holder.grants.iter();
        grants.position(|grant| Some(&grant.source) == tried.source.as_ref())
    }

    /// Whether it is about a member of whom everything is known, so that something can be given or
    /// taken.
    pub fn is_about_member(&self) -> bool {
        let holder = &self.case.holder;
        matches!(&holder.asked, Asked::Member(_)) && holder.facts.is_some()
    }
}

/// Edits that were tried and give the wanted answer, each once.
pub(super) struct Found<'a> {
    asking: &'a Asking<'a>,
    wanted: fn(Outcome) -> bool,
    edits: Vec<Candidate>,
}

impl<'a> Found<'a> {
    /// None yet of those after which the answer is `wanted`.
    pub fn none(asking: &'a Asking<'a>, wanted: fn(Outcome) -> bool) -> Self {
        Self {
            asking,
            wanted,
            edits: Vec::new(),
        }
    }

    /// Tries an edit and keeps it if it is new, can be made, and gives the wanted answer.
    pub fn keep(&mut self, candidate: Option<Candidate>) {
        let Some(candidate) = candidate else { return };
        let mut others = self.edits.iter();
        if others.all(|other| other.changes != candidate.changes)
            && !candidate.places(self.asking.case).is_empty()
            && (self.wanted)(self.asking.outcome(&candidate))
        {
            self.edits.push(candidate);
        }
    }

    /// The edits in the order in which they were tried.
    pub fn into_edits(self) -> Vec<Candidate> {
        self.edits
    }
}

/// Whether the rules of a grant can be edited: those that the server defines cannot.
pub(super) fn is_editable(case: &Case, grant: usize) -> bool {
    match case.holder.grants.get(grant).map(|grant| &grant.source) {
        Some(Source::Role { slug, .. }) => predefined_role(case.edition, slug).is_none(),
        Some(Source::Privilege { id, .. }) => !id.as_str().is_empty(),
        _ => false,
    }
}
