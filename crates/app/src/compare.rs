//! Two sides compared over every request: two members, two instants, two kinds of server, saved
//! against unsaved. Only what differs is said, each with where it comes from.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use reeve_analysis::{
    Answer, Cache, Cancelled, Limits, Part, Scope, Witness, difference, together,
};
pub use reeve_analysis::{Change, Difference, Exhaustive, Verdict};
use reeve_domain::project::CatalogueEdition;
use reeve_policy::assemble::Source;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{decide, outcome};

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;
use crate::reeve::Reeve;
use crate::role_effect::universe;
use crate::simulate::unseen::{Clouds, stands};
use crate::simulate::{Asked, Case, Question, case};

/// How many differences are told.
const TOLD: usize = 300;

/// What came of a comparison.
#[derive(Debug)]
pub enum Comparison {
    /// Both sides could be looked at.
    Compared(Box<Compared>),
    /// A side is not what it must be: the first remarks are about the left one.
    Incomplete(Vec<Remark>, Vec<Remark>),
}

/// How two sides differ.
#[derive(Debug)]
pub struct Compared {
    /// Which names the server's actions have.
    pub edition: CatalogueEdition,
    /// The two sides.
    pub sides: [Side; 2],
    /// How they differ.
    pub difference: Difference,
    /// For each change, through what each side has its answer.
    pub sources: Vec<[Option<Source>; 2]>,
    /// For each change, whether the answer of each side is certain: it stands whatever could not be
    /// pulled. A change is parted where that is not the same everywhere.
    pub certain: Vec<[bool; 2]>,
}

/// One side.
#[derive(Debug)]
pub struct Side {
    /// Who was asked about.
    pub asked: Asked,
    /// The instant.
    pub at: DateTime<Utc>,
    /// What could not be pulled of it and makes some of its answers uncertain, also where both sides
    /// seem to agree.
    pub unseen: Vec<UnseenKind>,
}

impl Reeve {
    /// Compares what `left` and `right` are about; what they ask is not looked at.
    ///
    /// While it works, another comparison ends it with [`DeedError::Superseded`].
    pub fn compare(&self, left: &Question, right: &Question) -> Result<Comparison, DeedError> {
        let turn = self.comparisons.next();
        let cancelled = || turn.is_over();
        let now = self.now();
        let (one, other, universe) = self.workspace()?.reader().read(|snapshot| {
            let project = snapshot
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            Ok::<_, DeedError>((
                case(snapshot, left, now)?,
                case(snapshot, right, now)?,
                universe(&project, &snapshot.places()?),
            ))
        })?;
        let (one, other) = match (one, other) {
            (Ok(one), Ok(other)) => (one, other),
            (one, other) => {
                let remarks = |side: Result<_, Vec<Remark>>| side.err().unwrap_or_default();
                return Ok(Comparison::Incomplete(remarks(one), remarks(other)));
            }
        };
        let mut cache = CompileCache::new();
        let left = Known::of(&one, &mut cache);
        let right = Known::of(&other, &mut cache);
        let analysis = Cache::new();
        let limits = Limits {
            boxes: TOLD,
            witnesses: 2,
            ..Limits::USUAL
        };
        let scope = Scope::new(&universe, &analysis)
            .within(&limits)
            .cancelled_by(&cancelled);
        let found = found(&left, &right, &scope).map_err(|_| DeedError::Superseded)?;
        let sources = found
            .difference
            .changes
            .iter()
            .map(|change| [source(&left.rules, change), source(&right.rules, change)])
            .collect();
        let [left_clouds, right_clouds] = [left.clouds, right.clouds];
        let [left_is_certain, right_is_certain] = found.is_certain;
        Ok(Comparison::Compared(Box::new(Compared {
            edition: one.edition,
            sides: [
                side(one, left_clouds.filter(|_| !left_is_certain)),
                side(other, right_clouds.filter(|_| !right_is_certain)),
            ],
            difference: found.difference,
            sources,
            certain: found.certain,
        })))
    }
}

fn side(case: Case, clouds: Option<Clouds>) -> Side {
    Side {
        at: case.at,
        unseen: clouds.map(|clouds| clouds.to_blame).unwrap_or_default(),
        asked: case.holder.asked,
    }
}

/// The rules of one side, with what is hidden of it.
struct Known {
    rules: CompiledRules,
    clouds: Option<Clouds>,
}

impl Known {
    fn of(case: &Case, cache: &mut CompileCache) -> Self {
        Self {
            rules: compile(&case.assembly(), cache),
            clouds: case.clouds(cache),
        }
    }

    /// The rules by what was seen, then those at the extremes.
    fn sets(&self) -> Vec<&CompiledRules> {
        let extremes = self.clouds.iter().flat_map(|clouds| &clouds.extremes);
        std::iter::once(&self.rules).chain(extremes).collect()
    }
}

/// What was found.
struct Found {
    difference: Difference,
    /// For each change, whether the answer of each side is certain.
    certain: Vec<[bool; 2]>,
    /// Whether every answer of each side is.
    is_certain: [bool; 2],
}

fn found(left: &Known, right: &Known, scope: &Scope<'_>) -> Result<Found, Cancelled> {
    if left.clouds.is_none() && right.clouds.is_none() {
        let difference = difference(&left.rules, &right.rules, scope)?;
        return Ok(Found {
            certain: vec![[true, true]; difference.changes.len()],
            difference,
            is_certain: [true, true],
        });
    }
    let ours = left.sets();
    let sets: Vec<&CompiledRules> = ours.iter().copied().chain(right.sets()).collect();
    let all_certain = [Cell::new(true), Cell::new(true)];
    let judged = |answers: &[Answer]| {
        let (left, right) = answers.split_at(ours.len());
        Judged {
            answers: [left, right].map(|side| side.first().copied().unwrap_or(Answer::Unknown)),
            certain: [left, right].map(stands),
        }
    };
    let label = |answers: &[Answer]| {
        let judged = judged(answers);
        for (all, certain) in all_certain.iter().zip(judged.certain) {
            all.set(all.get() && certain);
        }
        judged.label()
    };
    let found = together(&sets, &label, scope)?;
    let mut certain = Vec::with_capacity(found.parts.len());
    let mut changes = Vec::with_capacity(found.parts.len());
    for part in found.parts {
        let Some(judged) = Judged::of_label(part.label) else {
            continue;
        };
        certain.push(judged.certain);
        changes.push(change(part, judged.answers, &left.rules, &right.rules));
    }
    Ok(Found {
        difference: Difference {
            verdict: Verdict::of(&changes),
            changes,
            exhaustive: found.exhaustive,
        },
        certain,
        is_certain: all_certain.map(Cell::into_inner),
    })
}

fn change(
    part: Part,
    [before, after]: [Answer; 2],
    left: &CompiledRules,
    right: &CompiledRules,
) -> Change {
    let witness = |request| Witness {
        before: outcome(left, &request),
        after: outcome(right, &request),
        request,
    };
    Change {
        subject: part.subject,
        actions: part.actions,
        before,
        after,
        reach: part.reach,
        witnesses: part.examples.into_iter().map(witness).collect(),
    }
}

/// What both sides answer, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Judged {
    answers: [Answer; 2],
    certain: [bool; 2],
}

impl Judged {
    const ANSWERS: [Answer; 4] = [
        Answer::Allowed,
        Answer::Denied,
        Answer::Error,
        Answer::Unknown,
    ];

    /// Everything that is a difference.
    fn all() -> impl Iterator<Item = Self> {
        let answers = Self::ANSWERS
            .into_iter()
            .flat_map(|left| Self::ANSWERS.map(|right| [left, right]));
        let is_difference = |answers: &[Answer; 2]| {
            let [left, right] = answers;
            left != right || *left == Answer::Unknown
        };
        answers.filter(is_difference).flat_map(|answers| {
            [[true, true], [true, false], [false, true], [false, false]]
                .map(|certain| Self { answers, certain })
        })
    }

    /// Where it stands among all differences, from 1; 0 if it is none.
    fn label(self) -> u8 {
        let place = Self::all().position(|other| other == self);
        place.map_or(0, |place| u8::try_from(place + 1).unwrap_or(0))
    }

    fn of_label(label: u8) -> Option<Self> {
        Self::all().nth(usize::from(label).checked_sub(1)?)
    }
}

/// Through what one side has its answer to what shows the change.
fn source(rules: &CompiledRules, change: &Change) -> Option<Source> {
    let witness = change.witnesses.first()?;
    let decision = decide(rules, &witness.request);
    decision.deciding()?.source.clone()
}
