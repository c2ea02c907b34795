//! Tells apart the holdings on which a decision could differ, so that all others are compared once.
//!
//! What nothing of the question can touch is left out, and templates count as what they are filled
//! in with: those whose team is the same have the same rules.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use reeve_domain::rule::{Action, Rule, Subject};
use reeve_policy::assemble::{ActorFacts, Source, filled_in, is_templated};
use reeve_policy::read::rules_to_text;

use crate::blast_radius::{Holding, Moment};

/// What tells holdings apart on which a decision could differ.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct HoldingKey {
    /// The lists that count and matter, by kind of source and in order.
    lists: Vec<(Kind, ListKey)>,
    /// Whether there is a role at all, ended ones included; without one the server takes nobody for
    /// a member.
    has_role: bool,
    /// Whose it is, if only rendering all rules at once tells what templates come to.
    own: Option<usize>,
}

/// A list of rules, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum ListKey {
    AsWritten(usize),
    /// One of the ways to fill in the templates of lists.
    Filled(usize),
}

/// What matters about a source for what counts and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Role { through_group: bool, admin: bool },
    Privilege,
    Folder,
    AdHoc,
}

/// Numbers lists of rules, so that the same list has the same number.
pub(crate) struct Sorting<'a> {
    /// The subjects that are looked at; all if `None`.
    subjects: Option<BTreeSet<&'a Subject>>,
    numbers: HashMap<(usize, usize), usize>,
    lists: Vec<List>,
    filled: HashMap<(usize, Vec<Filling>), usize>,
}

struct List {
    /// Kept, so that no other takes its address.
    rules: Arc<[Rule]>,
    /// Where the rules are that hold templates.
    templated: Vec<usize>,
    /// Whether an answer can depend on it.
    matters: bool,
}

/// A rule with its templates filled in, and the properties that depend on what nobody told.
type Filling = (String, Vec<String>);

impl HoldingKey {
    /// Whether nobody else can have the same.
    pub fn is_own(&self) -> bool {
        self.own.is_some()
    }
}

impl<'a> Sorting<'a> {
    /// For questions about `only` these subjects and actions; about all if `None`.
    pub fn new(only: Option<&'a [(Subject, Action)]>) -> Self {
        Self {
            subjects: only.map(|pairs| pairs.iter().map(|(subject, _)| subject).collect()),
            numbers: HashMap::new(),
            lists: Vec::new(),
            filled: HashMap::new(),
        }
    }

    /// What tells this holding of the actor at `place` from others.
    pub fn key(&mut self, place: usize, holding: &Holding, moment: Moment) -> HoldingKey {
        let is_role = |source: &Source| matches!(source, Source::Role { .. });
        let mut key = HoldingKey {
            lists: Vec::with_capacity(holding.grants.len()),
            has_role: holding.grants.iter().any(|grant| is_role(&grant.source)),
            own: None,
        };
        for grant in &holding.grants {
            if !grant.lifetime.is_active(moment.at) {
                continue;
            }
            let number = self.number(&grant.rules);
            let kind = kind(&grant.source);
            let Some(list) = self.lists.get(number) else {
                continue;
            };
            let facts = holding.facts.as_ref();
            let is_needed = list.matters || matches!(kind, Kind::Role { admin: true, .. });
            let list = match facts.filter(|_| !list.templated.is_empty()) {
                None => ListKey::AsWritten(number),
                Some(facts) => match list.filled_in(facts) {
                    Some(filling) if is_needed => {
                        let next = self.filled.len();
                        let filled = self.filled.entry((number, filling)).or_insert(next);
                        ListKey::Filled(*filled)
                    }
                    Some(_) => continue,
                    None => return self.own_key(place, holding, moment, key.has_role),
                },
            };
            if is_needed {
                key.lists.push((kind, list));
            }
        }
        key
    }

    /// The key of somebody whose rules are like nobody else's.
    fn own_key(
        &mut self,
        place: usize,
        holding: &Holding,
        moment: Moment,
        has_role: bool,
    ) -> HoldingKey {
        let active = holding.grants.iter();
        let active = active.filter(|grant| grant.lifetime.is_active(moment.at));
        let lists = active
            .map(|grant| {
                let list = ListKey::AsWritten(self.number(&grant.rules));
                (kind(&grant.source), list)
            })
            .collect();
        HoldingKey {
            lists,
            has_role,
            own: Some(place),
        }
    }

    fn number(&mut self, rules: &Arc<[Rule]>) -> usize {
        let next = self.lists.len();
        let key = (rules.as_ptr().addr(), rules.len());
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.lists.push(List {
                templated: (0..rules.len())
                    .filter(|at| rules.get(*at).is_some_and(is_templated))
                    .collect(),
                matters: rules.iter().any(|rule| self.matters(rule)),
                rules: Arc::clone(rules),
            });
        }
        number
    }

    /// Whether an answer that is looked at can depend on `rule`: it is about the subject, about all
    /// of them, or so odd that the server may refuse the whole list for it.
    fn matters(&self, rule: &Rule) -> bool {
        let Some(wanted) = &self.subjects else {
            return true;
        };
        let subjects = rule.subjects();
        subjects.is_empty()
            || rule.written().get("fields").is_some()
            || subjects
                .iter()
                .any(|subject| subject.as_str() == "all" || wanted.contains(subject))
    }
}

impl List {
    /// The rules with templates as `facts` fill them in; `None` if only all rules at once tell.
    fn filled_in(&self, facts: &ActorFacts) -> Option<Vec<Filling>> {
        let templated = self.templated.iter().filter_map(|at| self.rules.get(*at));
        templated
            .map(|rule| {
                let filled = filled_in(facts, rule)?;
                Some((rules_to_text(&[filled.rule]), filled.doubtful))
            })
            .collect()
    }
}

fn kind(source: &Source) -> Kind {
    match source {
        Source::Role { through, .. } => Kind::Role {
            through_group: through.is_some(),
            admin: source.is_admin(),
        },
        Source::Privilege { .. } => Kind::Privilege,
        Source::Folder { .. } => Kind::Folder,
        Source::AdHoc { .. } => Kind::AdHoc,
    }
}
