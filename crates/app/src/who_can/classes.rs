//! Those who hold the same rules, decided upon once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use reeve_domain::project::Semantics;
use reeve_policy::assemble::assemble_active;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{
    AccessRequest, Candidate, Decision, Outcome, UnknownReason, decide, outcome,
};
use reeve_policy::operation::{Operation, Situation, decide_operation, operation_outcome};

use super::crowd::{ClassKey, Crowd, Person, position_of};
use crate::simulate::extremes::extremes as unseen_extremes;
use crate::simulate::unseen::that_matter;
use crate::simulate::{Decided, Settled, settle};

/// What is asked of each class.
pub(super) enum Asked {
    Action {
        request: AccessRequest,
        nothing_else: bool,
    },
    Operation {
        operation: &'static Operation,
        situation: Box<Situation>,
    },
}

/// The classes of a crowd on one kind of server, compiled as they are met.
pub(super) struct Classes {
    pub semantics: Semantics,
    numbers: HashMap<ClassKey, usize>,
    compiled: Vec<Class>,
    cache: CompileCache,
    /// The class of each person, and the time for which that holds.
    current: Option<Current>,
}

/// The rules of those in one class.
struct Class {
    rules: CompiledRules,
    /// The same with the most and the least on top that hidden grants can come to, if some that
    /// matter were hidden from the last pull.
    extremes: Vec<CompiledRules>,
}

struct Current {
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    of: Vec<usize>,
}

/// The answer of one class.
#[derive(Debug, Clone)]
pub(super) struct ClassAnswer {
    pub outcome: Outcome,
    pub depends: bool,
    /// The positions, among what counts, of the sources of the deciding rules; the last one decides
    /// the deed itself.
    pub sources: Vec<usize>,
    /// The deciding rule of the deed itself: the position of its source, its position there.
    pub rule: Option<(usize, usize)>,
}

impl Classes {
    pub fn new(semantics: Semantics) -> Self {
        Self {
            semantics,
            numbers: HashMap::new(),
            compiled: Vec::new(),
            cache: CompileCache::new(),
            current: None,
        }
    }

    /// The class of each person at `at`.
    pub fn at(&mut self, crowd: &Crowd, at: DateTime<Utc>) -> &[usize] {
        let holds = self.current.as_ref().is_some_and(|current| {
            current.from <= at && current.until.is_none_or(|until| at < until)
        });
        if !holds {
            let of = (0_u32..)
                .zip(&crowd.people)
                .map(|(number, person)| self.class(crowd, number, person, at))
                .collect();
            self.current = Some(Current {
                from: at,
                until: crowd.next_end(at),
                of,
            });
        }
        self.current
            .as_ref()
            .map(|current| current.of.as_slice())
            .unwrap_or_default()
    }

    /// The class of one person at `at`.
    pub fn class(
        &mut self,
        crowd: &Crowd,
        number: u32,
        person: &Person,
        at: DateTime<Utc>,
    ) -> usize {
        let key = crowd.class_key(number, person, at);
        if let Some(class) = self.numbers.get(&key) {
            return *class;
        }
        let (facts, grants) = (crowd.facts_of(&key), crowd.grants_of(&key));
        let assembly = assemble_active(&facts, &grants, self.semantics, at);
        let mut extremes = Vec::new();
        let to_blame = that_matter(&key.unseen, grants.iter());
        if !to_blame.is_empty() {
            for grants in unseen_extremes(&to_blame, crowd.project.catalogue, &grants) {
                let assembly = assemble_active(&facts, &grants, self.semantics, at);
                extremes.push(compile(&assembly, &mut self.cache));
            }
        }
        self.compiled.push(Class {
            rules: compile(&assembly, &mut self.cache),
            extremes,
        });
        let class = self.compiled.len() - 1;
        self.numbers.insert(key, class);
        class
    }

    /// How many classes were met so far.
    pub fn len(&self) -> usize {
        self.compiled.len()
    }

    /// What `asked` comes to for a class.
    pub fn answer(&self, class: usize, asked: &Asked) -> Option<ClassAnswer> {
        let Class { rules, extremes } = self.compiled.get(class)?;
        let mut answer = match asked {
            Asked::Action {
                request,
                nothing_else,
            } => {
                let decided = Decided::Action(decide(rules, request));
                of_decided(
                    &decided,
                    &settle(&decided, &Situation::default(), *nothing_else),
                )
            }
            Asked::Operation {
                operation,
                situation,
            } => {
                let decided = Decided::Operation(decide_operation(rules, operation, situation));
                of_decided(&decided, &settle(&decided, situation, false))
            }
        };
        let known = asked.outcome(rules);
        if !matches!(known, Outcome::Unknown(_))
            && extremes.iter().any(|rules| asked.outcome(rules) != known)
        {
            answer.outcome = Outcome::Unknown(UnknownReason::NotSeen);
            answer.depends = false;
        }
        Some(answer)
    }
}

impl Asked {
    /// What it comes to under `rules`, whatever the question left open.
    fn outcome(&self, rules: &CompiledRules) -> Outcome {
        match self {
            Self::Action { request, .. } => outcome(rules, request),
            Self::Operation {
                operation,
                situation,
            } => operation_outcome(rules, operation, situation),
        }
    }
}

fn of_decided(decided: &Decided, settled: &Settled) -> ClassAnswer {
    let deciding: Vec<&Candidate> = match decided {
        Decided::Action(decision) => decision.deciding().into_iter().collect(),
        Decided::Operation(decision) => {
            let checks = match decision.failing() {
                Some(failing) => std::slice::from_ref(failing),
                None => decision.checks.as_slice(),
            };
            checks
                .iter()
                .filter_map(|check| preferred(&check.decisions, check.outcome)?.deciding())
                .collect()
        }
    };
    let mut sources: Vec<usize> = Vec::new();
    for candidate in &deciding {
        let Some(position) = candidate.source.as_ref().and_then(position_of) else {
            continue;
        };
        sources.retain(|other| *other != position);
        sources.push(position);
    }
    let rule = deciding.last().and_then(|candidate| {
        let source = candidate.source.as_ref().and_then(position_of)?;
        Some((source, candidate.position))
    });
    ClassAnswer {
        outcome: settled.outcome,
        depends: !settled.depends_on.is_empty(),
        sources,
        rule,
    }
}

/// Of decisions of which one will do, the one that gave the answer.
fn preferred(decisions: &[Decision], outcome: Outcome) -> Option<&Decision> {
    decisions
        .iter()
        .find(|decision| decision.outcome == outcome)
        .or_else(|| decisions.first())
}
