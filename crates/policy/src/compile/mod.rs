//! Prepares rules once, so that many requests can be decided without allocation.
//!
//! A list of rules (of a role, of a privilege) is compiled into a [`RuleSet`]: conditions become
//! flat programs and an index leads from subject and action to the rules that could apply. Members
//! with the same role share its set. This module decides nothing.

mod cache;
mod index;
mod javascript;
mod lower;
pub(crate) mod path;
mod pattern;
pub(crate) mod program;
mod screen;
pub(crate) mod text_table;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::{Lifetime, Standing};
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::Value;

pub use cache::CompileCache;
pub(crate) use index::{Index, Turn};
pub(crate) use javascript::{is_array_index, is_blank, is_greater};
pub(crate) use program::Program;
pub use program::ServerFault;

use crate::assemble::{Arrangement, Assembly, AssemblyProblem, Source, UnresolvedTemplate};
use crate::template::TemplateFault;

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
    pub(crate) as_written: bool,
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

impl Origin {
    /// Where the rule at this place of the set comes from, how long it counts, and its position in
    /// its source.
    pub fn of(&self, at: usize) -> (Option<&Source>, Option<&Lifetime>, usize) {
        match self {
            Self::One { source, lifetime } => (Some(source), Some(lifetime), at),
            Self::Merged(origins) => match origins.get(at) {
                Some(Some(origin)) => (
                    Some(&origin.source),
                    Some(&origin.lifetime),
                    origin.position,
                ),
                _ => (None, None, at),
            },
        }
    }
}

/// Where one of several merged rules comes from.
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
        as_written: assembly.as_written,
    }
}

impl CompiledRules {
    /// The instant for which the rules were assembled.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Whether templates stand in the rules as they are written: what is decided then holds for
    /// those whose templates are filled in with just that text, which is nobody.
    pub fn is_as_written(&self) -> bool {
        self.as_written
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
            as_written: self.as_written,
        }
    }

    /// What is odd about the grants as a whole.
    pub fn problems(&self) -> &[AssemblyProblem] {
        &self.problems
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
