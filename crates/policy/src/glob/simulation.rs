//! Runs a program over a text from right to left, answering all its questions at each position.

use super::alphabet::{Alphabet, Class};
use super::bits::Bits;
use super::program::{Node, Place, Program};
use super::regex::Regex;

/// A program, and what is needed to feed it.
#[derive(Clone, Debug)]
pub(super) struct Engine {
    program: Program,
    alphabet: Alphabet,
    /// For each class the sets it lies in.
    members: Vec<Bits>,
}

/// The work allowed was not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMuchWork;

impl Engine {
    pub(super) fn new(regex: &Regex) -> Result<Self, super::program::TooLarge> {
        let program = Program::new(regex)?;
        let (alphabet, members) = Alphabet::of_sets(&program.sets);
        Ok(Self {
            program,
            alphabet,
            members,
        })
    }

    pub(super) fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// Whether `value` matches, told without an automaton.
    ///
    /// The time is bounded by `work`, which counts answers and machine words of them.
    pub(super) fn matches(&self, value: &str, work: usize) -> Result<bool, TooMuchWork> {
        let mut run = Run::new(self);
        for unit in units_from_the_right(value) {
            run.step(self.alphabet.class_of(unit));
            if run.work > work {
                return Err(TooMuchWork);
            }
        }
        Ok(run.root_at_start())
    }
}

/// The UTF-16 units of `value`, last one first.
pub(super) fn units_from_the_right(value: &str) -> impl Iterator<Item = u16> {
    value.chars().rev().flat_map(|char| {
        let mut units = [0; 2];
        let (first, second) = match char.encode_utf16(&mut units) {
            [high, low] => (Some(*low), Some(*high)),
            [unit] => (Some(*unit), None),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    })
}

/// The answers at one position of a text.
pub(super) struct Run<'e> {
    engine: &'e Engine,
    truth: Bits,
    /// Answers for the position to the right.
    before: Bits,
    pending: Bits,
    /// Answers and words looked at so far.
    pub(super) work: usize,
}

impl<'e> Run<'e> {
    /// Stands at the end of the text.
    pub(super) fn new(engine: &'e Engine) -> Self {
        let bound = engine.program.len();
        let mut run = Self {
            engine,
            truth: Bits::new(bound),
            before: Bits::new(bound),
            pending: Bits::new(bound),
            work: 0,
        };
        run.affirm(engine.program.accept);
        for place in 0..bound {
            run.pending.insert(place);
        }
        run.settle(false, true);
        run
    }

    /// The answers that matter for the positions further left.
    pub(super) fn key(&self) -> Bits {
        let mut key = self.truth.clone();
        key.intersect(&self.engine.program.targets);
        key
    }

    /// Goes on from a position whose key is known.
    pub(super) fn resume(&mut self, key: &Bits) {
        self.truth.copy_from(key);
    }

    /// Moves one position to the left, over a unit of `class`.
    pub(super) fn step(&mut self, class: Class) {
        let engine = self.engine;
        std::mem::swap(&mut self.truth, &mut self.before);
        self.truth.clear();
        self.work += 3 * self.truth.words();
        self.affirm(engine.program.accept);
        let Some(members) = engine.members.get(usize::from(class)) else {
            return;
        };
        let before = std::mem::take(&mut self.before);
        for place in before.iter() {
            for unit in engine.program.units_before.get(place) {
                let place = *unit as usize;
                self.work += 1;
                if let Node::Unit { set, .. } = engine.program.node(place)
                    && members.contains(set)
                {
                    self.affirm(place);
                }
            }
        }
        self.before = before;
        self.settle(false, false);
    }

    /// Whether the whole text matches if it begins at this position, which is not its end.
    pub(super) fn root_at_start(&mut self) -> bool {
        let program = &self.engine.program;
        if !program.start_dependent.contains(program.root) {
            return self.truth.contains(program.root);
        }
        let truth = self.truth.clone();
        self.truth.subtract(&program.start_dependent);
        self.pending.unite(&program.start_dependent);
        self.settle(true, false);
        let answer = self.truth.contains(program.root);
        self.truth = truth;
        answer
    }

    fn affirm(&mut self, place: Place) {
        self.truth.insert(place);
        for asker in self.engine.program.askers.get(place) {
            self.pending.insert(*asker as usize);
        }
    }

    /// Answers what is pending. Questions come after those they ask, so that a negative answer is
    /// final when it is asked for; inside a loop, answers only turn from no to yes.
    fn settle(&mut self, at_start: bool, at_end: bool) {
        let mut at = 0;
        while at < self.pending.words() {
            let word = self.pending.word(at);
            if word == 0 {
                at += 1;
                continue;
            }
            let place = at * 64 + word.trailing_zeros() as usize;
            self.pending.remove(place);
            self.work += 1;
            if self.truth.contains(place) || !self.answer(place, at_start, at_end) {
                continue;
            }
            self.truth.insert(place);
            for asker in self.engine.program.askers.get(place) {
                let asker = *asker as usize;
                self.pending.insert(asker);
                at = at.min(asker / 64);
            }
        }
    }

    fn answer(&self, place: Place, at_start: bool, at_end: bool) -> bool {
        let truth = |place: Place| self.truth.contains(place);
        match self.engine.program.node(place) {
            Node::Accept => true,
            Node::Unit { .. } => false,
            Node::Either { left, right } => truth(left) || truth(right),
            Node::Look {
                negative,
                body,
                next,
            } => truth(next) && truth(body) != negative,
            Node::Start { next } => at_start && truth(next),
            Node::End { next } => at_end && truth(next),
        }
    }
}
