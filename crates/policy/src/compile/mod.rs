//! Prepares rules once, so that many requests can be decided without allocation.
//!
//! A list of rules (of a role, of a privilege) is compiled into a [`RuleSet`]: conditions become
//! flat programs and an index leads from subject and action to the rules that could apply. Members
//! with the same role share its set. This module decides nothing.

pub(crate) mod guard;
mod index;
mod javascript;
mod lower;
pub(crate) mod path;
mod pattern;
pub(crate) mod program;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::{Lifetime, Standing};
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::Value;

pub(crate) use index::{Index, Turn};
pub(crate) use javascript::{is_array_index, is_blank, is_greater};
pub(crate) use program::Program;
pub use program::ServerFault;

use crate::assemble::{
    Arrangement, Assembly, AssemblyProblem, Source, UnresolvedTemplate, legacy_action,
};
use crate::glob::Glob;
use crate::template::TemplateFault;

/// What is compiled once and used for many members: globs by their text, rule lists by identity.
///
/// Rule lists are told apart by their address and kept alive here, so give members that have the
/// same role the same `Arc`.
#[derive(Debug, Default)]
pub struct CompileCache {
    globs: HashMap<Box<str>, Arc<Glob>>,
    sets: HashMap<SetKey, Arc<RuleSet>>,
    made: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct SetKey {
    address: usize,
    length: usize,
    order: SetOrder,
}

/// How the rules of one list are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SetOrder {
    /// Forbids after Allows, legacy actions added to Forbids.
    ForbidsLast,
    /// As they stand.
    AsListed,
    /// Allows after Forbids: folder grants.
    AllowsLast,
}

/// A compiled list of rules.
#[derive(Debug)]
pub struct RuleSet {
    /// Unique within the cache that made it; small, so that it can index a table.
    pub(crate) number: u32,
    pub(crate) source: Arc<[Rule]>,
    pub(crate) rules: Box<[CompiledRule]>,
    pub(crate) index: Index,
    /// Set if the server's library refuses the whole list.
    pub(crate) fault: Option<ServerFault>,
}

/// One rule, ready to be evaluated.
#[derive(Debug)]
pub(crate) struct CompiledRule {
    pub effect: Effect,
    pub conditions: Option<Program>,
    /// The rule is limited to fields, so a Forbid does not apply to a check without a field.
    pub has_fields: bool,
    /// The action that the server adds to this Forbid.
    pub added_action: Option<&'static str>,
}

/// The rules of one actor at one instant, ready to be decided upon.
#[derive(Debug, Clone)]
pub struct CompiledRules {
    pub(crate) active: Walk,
    pub(crate) inactive: Box<[InactiveWalk]>,
    pub(crate) unresolved: Arc<[UnresolvedTemplate]>,
    pub(crate) problems: Arc<[AssemblyProblem]>,
    pub(crate) now: DateTime<Utc>,
}

/// Rule sets in order of concatenation.
#[derive(Debug, Clone)]
pub(crate) struct Walk {
    pub segments: Box<[Segment]>,
    pub numbers: SetNumbers,
    /// How many of the segments, at the end, are folder grants, which come after everything else.
    pub folders: usize,
    pub fault: Option<WalkFault>,
}

/// The numbers of the sets of a walk, in place for whoever goes over many members.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SetNumbers {
    few: [u32; Self::MAX],
    count: Option<u8>,
}

impl SetNumbers {
    /// Nearly all members have fewer sets than this.
    const MAX: usize = 7;

    fn of(segments: &[Segment]) -> Self {
        let mut numbers = Self::default();
        if segments.len() <= Self::MAX {
            numbers.count = u8::try_from(segments.len()).ok();
            for (place, segment) in numbers.few.iter_mut().zip(segments) {
                *place = segment.set.number;
            }
        }
        numbers
    }

    /// The numbers, unless there are too many.
    pub fn get(&self) -> Option<&[u32]> {
        self.few.get(..usize::from(self.count?))
    }
}

/// Why nothing can be decided under these rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WalkFault {
    Server(ServerFault),
    Template(TemplateFault),
}

/// One rule set of a walk.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub set: Arc<RuleSet>,
    pub origin: Origin,
}

/// Where the rules of a segment come from.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    One {
        source: Source,
        lifetime: Lifetime,
    },
    /// Rules of several grants in one list; nobody can say for some.
    Merged(Arc<[Option<MergedOrigin>]>),
}

#[derive(Debug, Clone)]
pub(crate) struct MergedOrigin {
    pub source: Source,
    pub lifetime: Lifetime,
    pub position: usize,
}

/// What would count if an inactive grant did.
#[derive(Debug, Clone)]
pub(crate) struct InactiveWalk {
    pub source: Source,
    pub standing: Standing,
    pub walk: Walk,
}

/// Compiles what was assembled for one actor.
pub fn compile(assembly: &Assembly, cache: &mut CompileCache) -> CompiledRules {
    CompiledRules {
        active: compile_arrangement(&assembly.active, assembly.semantics, cache),
        inactive: assembly
            .inactive
            .iter()
            .map(|grant| InactiveWalk {
                source: grant.source.clone(),
                standing: grant.standing,
                walk: compile_arrangement(&grant.alternative, assembly.semantics, cache),
            })
            .collect(),
        unresolved: assembly.active.unresolved.as_slice().into(),
        problems: assembly.problems.as_slice().into(),
        now: assembly.now,
    }
}

impl CompiledRules {
    /// The instant for which the rules were assembled.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Templates that had no value.
    pub fn unresolved(&self) -> &[UnresolvedTemplate] {
        &self.unresolved
    }

    /// The same actor under other rules, with nothing inactive.
    pub(crate) fn with_active(&self, walk: &Walk) -> Self {
        Self {
            active: walk.clone(),
            inactive: Box::default(),
            unresolved: Arc::clone(&self.unresolved),
            problems: Arc::clone(&self.problems),
            now: self.now,
        }
    }

    /// What is odd about the grants as a whole.
    pub fn problems(&self) -> &[AssemblyProblem] {
        &self.problems
    }
}

impl CompileCache {
    /// A cache with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets rule lists that no compiled rules use any more.
    pub fn forget_unused(&mut self) {
        self.sets.retain(|_, set| Arc::strong_count(set) > 1);
    }

    /// How many rule lists and how many globs are held.
    pub fn len(&self) -> (usize, usize) {
        (self.sets.len(), self.globs.len())
    }

    pub(crate) fn glob(&mut self, pattern: &str) -> Arc<Glob> {
        if let Some(glob) = self.globs.get(pattern) {
            return Arc::clone(glob);
        }
        let glob = Arc::new(Glob::new(pattern));
        self.globs.insert(pattern.into(), Arc::clone(&glob));
        glob
    }

    fn shared_set(&mut self, rules: &Arc<[Rule]>, order: SetOrder) -> Arc<RuleSet> {
        let key = SetKey {
            address: rules.as_ptr().addr(),
            length: rules.len(),
            order,
        };
        if let Some(set) = self.sets.get(&key) {
            return Arc::clone(set);
        }
        let set = self.new_set(rules, order, &[]);
        self.sets.insert(key, Arc::clone(&set));
        set
    }

    fn new_set(
        &mut self,
        rules: &Arc<[Rule]>,
        order: SetOrder,
        doubtful: &[(usize, String)],
    ) -> Arc<RuleSet> {
        let compiled: Box<[CompiledRule]> = rules
            .iter()
            .enumerate()
            .map(|(at, rule)| compile_rule(rule, at, order, doubtful, self))
            .collect();
        self.made = self.made.wrapping_add(1);
        Arc::new(RuleSet {
            number: self.made.wrapping_sub(1),
            index: Index::new(rules, &compiled, order),
            fault: rules.iter().find_map(refused_by_the_library),
            rules: compiled,
            source: Arc::clone(rules),
        })
    }
}

fn compile_arrangement(
    arrangement: &Arrangement,
    semantics: Semantics,
    cache: &mut CompileCache,
) -> Walk {
    if let Some(fault) = arrangement.fault {
        return Walk {
            segments: Box::default(),
            numbers: SetNumbers::default(),
            folders: 0,
            fault: Some(WalkFault::Template(fault)),
        };
    }
    let segments: Box<[Segment]> = match &arrangement.merged {
        Some(_) => merged_segment(arrangement, cache).into_iter().collect(),
        None => arrangement
            .grants
            .iter()
            .map(|grant| Segment {
                set: segment_set(grant, semantics, cache),
                origin: Origin::One {
                    source: grant.source.clone(),
                    lifetime: grant.lifetime.clone(),
                },
            })
            .collect(),
    };
    let is_folder = |segment: &&Segment| {
        matches!(
            &segment.origin,
            Origin::One {
                source: Source::Folder { .. },
                ..
            }
        )
    };
    Walk {
        folders: segments.iter().rev().take_while(is_folder).count(),
        fault: segments
            .iter()
            .find_map(|segment| segment.set.fault)
            .map(WalkFault::Server),
        numbers: SetNumbers::of(&segments),
        segments,
    }
}

fn segment_set(
    grant: &crate::assemble::ArrangedGrant,
    semantics: Semantics,
    cache: &mut CompileCache,
) -> Arc<RuleSet> {
    let order = match (&grant.source, semantics) {
        (Source::Folder { .. }, _) => SetOrder::AllowsLast,
        (_, Semantics::ForbidWins) => SetOrder::ForbidsLast,
        (_, Semantics::LastMatch) => SetOrder::AsListed,
    };
    if grant.rendered {
        cache.new_set(&grant.rules, order, &grant.doubtful)
    } else {
        cache.shared_set(&grant.rules, order)
    }
}

fn merged_segment(arrangement: &Arrangement, cache: &mut CompileCache) -> Option<Segment> {
    let merged = arrangement.merged.as_ref()?;
    let origins: Vec<Option<MergedOrigin>> = merged
        .origins
        .iter()
        .map(|origin| {
            let (grant, position) = (*origin)?;
            let grant = arrangement.grants.get(grant)?;
            Some(MergedOrigin {
                source: grant.source.clone(),
                lifetime: grant.lifetime.clone(),
                position,
            })
        })
        .collect();
    Some(Segment {
        set: cache.new_set(&merged.rules, SetOrder::AsListed, &[]),
        origin: Origin::Merged(origins.into()),
    })
}

fn compile_rule(
    rule: &Rule,
    at: usize,
    order: SetOrder,
    doubtful: &[(usize, String)],
    cache: &mut CompileCache,
) -> CompiledRule {
    let conditions = rule.written().get("conditions");
    let doubts: Vec<&str> = doubtful
        .iter()
        .filter(|(rule, _)| *rule == at)
        .map(|(_, property)| property.as_str())
        .collect();
    CompiledRule {
        effect: rule.effect(),
        conditions: conditions
            .filter(|value| value.is_truthy())
            .map(|value| lower::lower(value, &doubts, cache)),
        has_fields: rule.written().get("fields").is_some_and(Value::is_truthy),
        added_action: match order {
            SetOrder::ForbidsLast => legacy_action(rule),
            SetOrder::AsListed | SetOrder::AllowsLast => None,
        },
    }
}

/// What makes the server's library refuse a whole list of rules.
fn refused_by_the_library(rule: &Rule) -> Option<ServerFault> {
    if rule.unreadable_item() == Some(&Value::Null) {
        return Some(ServerFault::RuleIsNull);
    }
    match rule.written().get("fields") {
        Some(Value::List(items)) if items.is_empty() => Some(ServerFault::EmptyFields),
        _ => None,
    }
}

/// The subjects of a rule as the library sees them: a missing one means every subject.
pub(crate) fn subjects_of(rule: &Rule) -> Vec<Subject> {
    let is_given = rule.written().get("subject").is_some_and(Value::is_truthy);
    if is_given {
        rule.subjects().to_vec()
    } else {
        vec![Subject::from("all")]
    }
}

/// The actions of a rule with the one the server adds.
pub(crate) fn actions_of(rule: &Rule, added: Option<&str>) -> Vec<Action> {
    rule.actions()
        .iter()
        .cloned()
        .chain(added.map(Action::from))
        .collect()
}
