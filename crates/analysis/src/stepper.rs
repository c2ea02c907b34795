//! Goes from choice to choice through a question: after each, what is known about every rule that
//! can still matter, and the answer as soon as nothing is open.

use reeve_domain::rule::Effect;
use reeve_policy::decide::open::{Applies, SoFar, TestResult, applies_by, drop_idle, settle};

use crate::bits::{Bits, Table};
use crate::carried::Carried;
use crate::diagram::{Code, Label, NOTHING, code_of_one, code_of_two, is_quiet};
use crate::difference::Answer;
use crate::frame::{Frame, FrameTest};

/// What is left of a question after some choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// The shapes of checks that fit the choices.
    shapes: Bits,
    /// The rules of each side that can still matter.
    sides: Vec<Vec<Live>>,
}

/// A rule that can still matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Live {
    rule: u32,
    /// What is known about it: a number in [`Stepper::trails`].
    trail: u32,
}

/// What is known about a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Trail {
    /// All tests so far hold; none can fail or be unknown.
    Holds,
    Settled(Applies),
    /// The results so far.
    Results(Vec<Option<TestResult>>),
}

impl State {
    /// Tells states apart, as long as the same attributes are chosen.
    pub fn key(&self) -> Vec<u32> {
        let mut key: Vec<u32> = Vec::with_capacity(16);
        for shape in self.shapes.iter() {
            key.push(u32::try_from(shape).unwrap_or(u32::MAX));
        }
        for side in &self.sides {
            key.push(u32::MAX);
            for live in side {
                key.push(live.rule);
                key.push(live.trail);
            }
        }
        key
    }
}

/// Goes from choice to choice.
pub(crate) struct Stepper<'a> {
    pub frame: &'a Frame,
    trails: Vec<Trail>,
    numbers: Table<Trail, u32>,
    telling: Option<Telling<'a>>,
    label: Option<Labelling<'a>>,
}

/// What several sides come to together.
#[derive(Clone, Copy)]
struct Labelling<'a> {
    label: &'a Label<'a>,
    /// Whether nothing is told of what all sides decide by the same rules.
    is_quiet: bool,
}

/// What one of several questions comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The answer.
    pub answer: Answer,
    /// Whether some rule decides it; a denial may be for want of one.
    pub by_rule: bool,
}

/// Given what all questions come to: a number for what that comes to together, and the questions
/// whose deciding rules are told apart.
pub type Which<'a> = dyn Fn(&[Settled]) -> (u32, Vec<usize>) + 'a;

/// Tells apart by which rules the sides are decided, where that is wanted.
struct Telling<'a> {
    which: &'a Which<'a>,
    /// The code of everything that was told apart.
    codes: Table<Vec<u32>, Code>,
}

const HOLDS: u32 = 0;

impl<'a> Stepper<'a> {
    pub fn new(frame: &'a Frame) -> Self {
        Self {
            frame,
            trails: vec![Trail::Holds],
            numbers: [(Trail::Holds, HOLDS)].into_iter().collect(),
            telling: None,
            label: None,
        }
    }

    /// Gives what the sides come to together the code that `label` says.
    pub fn labelled(frame: &'a Frame, label: Option<&'a Label<'a>>) -> Self {
        Self {
            label: label.map(|label| Labelling {
                label,
                is_quiet: is_quiet(label, frame.sides.len())
                    && frame.sides.iter().all(|side| side.fault.is_none()),
            }),
            ..Self::new(frame)
        }
    }

    /// Tells apart by which rules those sides are decided that `which` names; all that is told
    /// apart has a code of its own.
    pub fn by_decider(frame: &'a Frame, which: &'a Which<'a>) -> Self {
        Self {
            telling: Some(Telling {
                which,
                codes: Table::default(),
            }),
            ..Self::new(frame)
        }
    }

    /// Before anything is chosen.
    pub fn start(&mut self) -> State {
        let frame = self.frame;
        let mut sides = Vec::new();
        for side in &frame.sides {
            let mut live = Vec::new();
            for rule in side.rules.iter().filter(|_| side.fault.is_none()) {
                live.extend(self.first(*rule));
            }
            sides.push(live);
        }
        let mut state = State {
            shapes: Bits::below(frame.shapes.len()),
            sides,
        };
        self.tidy(&mut state);
        state
    }

    fn first(&mut self, number: usize) -> Option<Live> {
        let rule = self.frame.rules.get(number)?;
        let trail = match rule.on_all {
            Some(Applies::No) => return None,
            Some(applies) => Trail::Settled(applies),
            None if rule.doubtful => {
                let results = rule.tests.iter().map(|test| match test.attribute {
                    None => test.results.first().copied(),
                    Some(_) => None,
                });
                settled(results.collect())?
            }
            None => Trail::Holds,
        };
        Some(Live {
            rule: u32::try_from(number).ok()?,
            trail: self.number(trail),
        })
    }

    /// After choosing `group` of the attribute `level`; nothing if that is impossible.
    pub fn step(&mut self, state: &State, level: usize, group: usize) -> Option<State> {
        let frame = self.frame;
        let attribute = frame.attributes.get(level)?;
        let is_missing = group == attribute.missing();
        if let Some(Some(only)) = frame.only.get(level)
            && *only != group
        {
            return None;
        }
        let fits = |shape: &usize| {
            let carried = frame.shapes.get(*shape).and_then(|shape| shape.get(level));
            match carried {
                Some(Carried::Always) => !is_missing,
                Some(Carried::Never) => is_missing,
                Some(Carried::Perhaps) | None => true,
            }
        };
        let shapes: Bits = state.shapes.iter().filter(fits).collect();
        if shapes.is_empty() {
            return None;
        }
        let mut next = State {
            shapes,
            sides: Vec::with_capacity(state.sides.len()),
        };
        for side in &state.sides {
            let mut kept = Vec::with_capacity(side.len());
            for live in side {
                kept.extend(self.after(*live, level, group));
            }
            next.sides.push(kept);
        }
        self.tidy(&mut next);
        Some(next)
    }

    fn after(&mut self, live: Live, level: usize, group: usize) -> Option<Live> {
        let rule = self.frame.rules.get(live.rule as usize)?;
        let result_of = |test: &FrameTest| {
            (test.attribute == Some(level))
                .then(|| test.results.get(group).copied())
                .flatten()
        };
        let results = match self.trails.get(live.trail as usize)? {
            Trail::Settled(_) => return Some(live),
            Trail::Holds => {
                let holds = rule
                    .tests
                    .iter()
                    .all(|test| result_of(test).is_none_or(|result| result == Ok(true)));
                if holds && rule.settled_after == level + 1 {
                    let trail = self.number(Trail::Settled(Applies::Yes));
                    return Some(Live { trail, ..live });
                }
                return holds.then_some(live);
            }
            Trail::Results(results) => results.iter().zip(&rule.tests),
        };
        let results = results
            .map(|(known, test)| known.or_else(|| result_of(test)))
            .collect();
        let trail = settled(results)?;
        Some(Live {
            trail: self.number(trail),
            ..live
        })
    }

    fn number(&mut self, trail: Trail) -> u32 {
        if let Some(number) = self.numbers.get(&trail) {
            return *number;
        }
        let number = u32::try_from(self.trails.len()).unwrap_or(u32::MAX);
        self.trails.push(trail.clone());
        self.numbers.insert(trail, number);
        number
    }

    fn known(&self, live: Live) -> (Effect, SoFar) {
        let Some(rule) = self.frame.rules.get(live.rule as usize) else {
            return (Effect::Forbid, SoFar::Doubtful);
        };
        let known = match self.trails.get(live.trail as usize) {
            Some(Trail::Settled(Applies::Yes)) => SoFar::Applies,
            Some(Trail::Settled(Applies::Fault(_))) => SoFar::Fails,
            Some(Trail::Holds) => SoFar::Open,
            _ => SoFar::Doubtful,
        };
        (rule.effect, known)
    }

    /// Forgets what can no longer matter, and puts rules whose order does not matter in one order.
    fn tidy(&self, state: &mut State) {
        for side in &mut state.sides {
            if self.telling.is_some() {
                let ends =
                    |live: &Live| matches!(self.known(*live).1, SoFar::Applies | SoFar::Fails);
                if let Some(at) = side.iter().position(ends) {
                    side.truncate(at + 1);
                }
                continue;
            }
            drop_idle(side, |live| self.known(*live));
            let mut start = 0;
            while let Some(first) = side.get(start) {
                let (effect, known) = self.known(*first);
                let is_plain = |known| matches!(known, SoFar::Open | SoFar::Applies);
                let length = side.get(start..).map_or(0, |rest| {
                    rest.iter()
                        .take_while(|live| {
                            let (other, known) = self.known(**live);
                            other == effect && is_plain(known)
                        })
                        .count()
                });
                if is_plain(known)
                    && let Some(run) = side.get_mut(start..start + length)
                {
                    run.sort_unstable();
                }
                start += length.max(1);
            }
            side.dedup();
        }
    }

    /// What everything that is left comes to, if it all comes to the same.
    pub fn code(&mut self, state: &State) -> Option<Code> {
        if self.telling.is_some() {
            return self.code_by_decider(state);
        }
        if let Some(Labelling { label, is_quiet }) = self.label {
            let first = state.sides.first();
            if is_quiet && state.sides.iter().all(|side| Some(side) == first) {
                return Some(NOTHING);
            }
            let sides = state.sides.iter().enumerate();
            let answers: Option<Vec<Answer>> =
                sides.map(|(at, lives)| self.answer(at, lives)).collect();
            return Some(label(&answers?));
        }
        let [before, after] = state.sides.as_slice() else {
            return Some(code_of_one(self.answer(0, state.sides.first()?)?));
        };
        let faults = self.frame.sides.iter().map(|side| side.fault);
        let same_fault = faults.clone().all(|fault| fault.is_none());
        if same_fault && before == after {
            return Some(NOTHING);
        }
        Some(code_of_two(self.answer(0, before)?, self.answer(1, after)?))
    }

    /// Nothing if it is still open.
    fn code_by_decider(&mut self, state: &State) -> Option<Code> {
        let settled: Option<Vec<Settled>> = state
            .sides
            .iter()
            .enumerate()
            .map(|(at, lives)| {
                Some(Settled {
                    answer: self.answer(at, lives)?,
                    by_rule: !lives.is_empty(),
                })
            })
            .collect();
        let telling = self.telling.as_mut()?;
        let (label, sides) = (telling.which)(&settled?);
        let mut key = vec![label];
        for side in sides {
            key.push(u32::MAX);
            key.push(u32::try_from(side).ok()?);
            for live in state.sides.get(side)? {
                key.push(live.rule);
                key.push(live.trail);
            }
        }
        let next = Code::try_from(telling.codes.len() + 1).unwrap_or(Code::MAX);
        Some(*telling.codes.entry(key).or_insert(next))
    }

    /// Whether more was told apart than there are codes.
    pub fn is_overfull(&self) -> bool {
        let told = self.telling.as_ref().map_or(0, |told| told.codes.len());
        told > usize::from(Code::MAX)
    }

    fn answer(&self, side: usize, lives: &[Live]) -> Option<Answer> {
        if let Some(fault) = self.frame.sides.get(side).and_then(|side| side.fault) {
            return Some(fault.into());
        }
        let mut decided = Vec::with_capacity(lives.len());
        for live in lives {
            let rule = self.frame.rules.get(live.rule as usize)?;
            let Trail::Settled(applies) = self.trails.get(live.trail as usize)? else {
                return None;
            };
            let is_last = !matches!(applies, Applies::Unknown { .. });
            decided.push((rule.effect, *applies));
            if is_last {
                break;
            }
        }
        Some(settle(decided).into())
    }
}

/// What the results so far tell about a rule; nothing if it certainly does not apply.
fn settled(results: Vec<Option<TestResult>>) -> Option<Trail> {
    let mut is_open = false;
    let known = results.iter().map_while(|result| {
        is_open |= result.is_none();
        *result
    });
    let applies = applies_by(known);
    if is_open {
        return Some(Trail::Results(results));
    }
    match applies {
        Applies::No => None,
        applies => Some(Trail::Settled(applies)),
    }
}
