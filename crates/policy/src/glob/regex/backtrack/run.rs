//! The machine: follows instructions, and goes back to the last choice when one fails.

use super::code::Instruction;
use super::tree::Bounds;
use super::{Backtracker, TooManySteps};
use crate::glob::units::is_word;

/// Whether `value` has a match anywhere.
pub fn is_found(
    expression: &Backtracker,
    value: &[u16],
    limit: usize,
) -> Result<bool, TooManySteps> {
    let mut machine = Machine {
        code: &expression.code,
        value,
        marks: vec![None; 2 * (expression.groups + 1)],
        loops: vec![Loop::default(); expression.loops],
        trail: Vec::new(),
        steps_left: limit,
    };
    for start in 0..=value.len() {
        if machine.run(0, start)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How far a loop has come.
#[derive(Clone, Copy, Debug, Default)]
struct Loop {
    /// Rounds begun.
    rounds: u32,
    /// Where the last of them began.
    start: usize,
}

/// What is to be put back when a choice turns out wrong.
enum Undo {
    Mark(usize, Option<usize>),
    Loop(usize, Loop),
}

/// A way that was not taken yet.
struct Choice {
    address: usize,
    position: usize,
    /// How long the trail was.
    trail: usize,
}

struct Machine<'a> {
    code: &'a [Instruction],
    value: &'a [u16],
    /// Start and end of each group, by twice its number.
    marks: Vec<Option<usize>>,
    loops: Vec<Loop>,
    trail: Vec<Undo>,
    steps_left: usize,
}

impl Machine<'_> {
    /// Runs from `address` to the end of the match or look that it belongs to; whether that was
    /// reached. What a success noted stays noted; a failure leaves nothing.
    ///
    /// Looks are run within it, as deep as they are nested in the expression.
    fn run(&mut self, address: usize, position: usize) -> Result<bool, TooManySteps> {
        let base = self.trail.len();
        let mut choices = vec![Choice {
            address,
            position,
            trail: base,
        }];
        while let Some(choice) = choices.pop() {
            self.undo(choice.trail);
            let mut here = Some((choice.address, choice.position));
            while let Some((address, position)) = here {
                self.steps_left = self.steps_left.checked_sub(1).ok_or(TooManySteps)?;
                let Some(instruction) = self.code.get(address) else {
                    return Ok(true);
                };
                let (first, second) = match instruction {
                    Instruction::Match => return Ok(true),
                    Instruction::Split(first, second) => (*first, Some(*second)),
                    Instruction::Round {
                        number,
                        bounds,
                        exit,
                    } => self.ways(*number, *bounds, address + 1, *exit),
                    other => {
                        here = self.step(other, address, position)?;
                        continue;
                    }
                };
                choices.extend(second.map(|address| Choice {
                    address,
                    position,
                    trail: self.trail.len(),
                }));
                here = Some((first, position));
            }
        }
        self.undo(base);
        Ok(false)
    }

    /// Where a loop goes on, and where else it could.
    fn ways(
        &self,
        number: usize,
        bounds: Bounds,
        body: usize,
        exit: usize,
    ) -> (usize, Option<usize>) {
        let rounds = self.loop_at(number).rounds;
        if rounds < bounds.min {
            (body, None)
        } else if bounds.max.is_some_and(|max| rounds >= max) {
            (exit, None)
        } else if bounds.lazy {
            (exit, Some(body))
        } else {
            (body, Some(exit))
        }
    }

    /// Carries out an instruction that leaves no choice; where it goes on, unless it fails.
    fn step(
        &mut self,
        instruction: &Instruction,
        address: usize,
        position: usize,
    ) -> Result<Option<(usize, usize)>, TooManySteps> {
        let next = address + 1;
        let holds = |holds: bool| holds.then_some((next, position));
        Ok(match instruction {
            Instruction::Unit { set, backward } => {
                let (unit, moved) = self.unit_at(position, *backward);
                unit.filter(|unit| set.contains(*unit))
                    .map(|_| (next, moved))
            }
            Instruction::Reference { group, backward } => self
                .after_reference(*group, position, *backward)
                .map(|position| (next, position)),
            Instruction::Jump(address) => Some((*address, position)),
            Instruction::Mark { group, end } => {
                self.set_mark(2 * group + usize::from(*end), Some(position));
                Some((next, position))
            }
            Instruction::BeginLoop(number) => {
                self.set_loop(*number, Loop::default());
                Some((next, position))
            }
            Instruction::BeginRound { number, groups } => {
                let rounds = self.loop_at(*number).rounds.saturating_add(1);
                self.set_loop(
                    *number,
                    Loop {
                        rounds,
                        start: position,
                    },
                );
                for slot in 2 * groups.start..2 * groups.end {
                    self.set_mark(slot, None);
                }
                Some((next, position))
            }
            Instruction::EndRound { number, min, round } => {
                let Loop { rounds, start } = self.loop_at(*number);
                let is_idle = rounds > *min && start == position;
                (!is_idle).then_some((*round, position))
            }
            Instruction::Look { negative, end } => {
                let noted = self.trail.len();
                let found = self.run(next, position)?;
                if *negative {
                    self.undo(noted);
                }
                (found != *negative).then_some((*end, position))
            }
            Instruction::Start => holds(position == 0),
            Instruction::End => holds(position == self.value.len()),
            Instruction::WordBoundary { negative } => {
                let is_word_at = |backward| {
                    let (unit, _) = self.unit_at(position, backward);
                    unit.is_some_and(is_word)
                };
                holds((is_word_at(true) != is_word_at(false)) != *negative)
            }
            Instruction::Match | Instruction::Split(..) | Instruction::Round { .. } => None,
        })
    }

    /// The unit before or after a position, and the position on its other side.
    fn unit_at(&self, position: usize, backward: bool) -> (Option<u16>, usize) {
        if backward {
            let before = position.checked_sub(1);
            let unit = before.and_then(|at| self.value.get(at));
            (unit.copied(), before.unwrap_or_default())
        } else {
            (self.value.get(position).copied(), position + 1)
        }
    }

    /// The position after the text of a group once more; `None` if something else stands there.
    fn after_reference(&self, group: usize, position: usize, backward: bool) -> Option<usize> {
        let mark = |slot: usize| self.marks.get(slot).copied().flatten();
        let (Some(start), Some(end)) = (mark(2 * group), mark(2 * group + 1)) else {
            return Some(position);
        };
        let text = self.value.get(start..end)?;
        let (from, to) = if backward {
            (position.checked_sub(text.len())?, position)
        } else {
            (position, position + text.len())
        };
        let found = self.value.get(from..to)? == text;
        found.then_some(if backward { from } else { to })
    }

    fn loop_at(&self, number: usize) -> Loop {
        self.loops.get(number).copied().unwrap_or_default()
    }

    fn set_loop(&mut self, number: usize, new: Loop) {
        if let Some(slot) = self.loops.get_mut(number) {
            self.trail
                .push(Undo::Loop(number, std::mem::replace(slot, new)));
        }
    }

    fn set_mark(&mut self, number: usize, new: Option<usize>) {
        if let Some(slot) = self.marks.get_mut(number) {
            self.trail
                .push(Undo::Mark(number, std::mem::replace(slot, new)));
        }
    }

    /// Puts everything back as it was when the trail was `length` long.
    fn undo(&mut self, length: usize) {
        while self.trail.len() > length {
            match self.trail.pop() {
                Some(Undo::Mark(number, old)) => {
                    if let Some(slot) = self.marks.get_mut(number) {
                        *slot = old;
                    }
                }
                Some(Undo::Loop(number, old)) => {
                    if let Some(slot) = self.loops.get_mut(number) {
                        *slot = old;
                    }
                }
                None => return,
            }
        }
    }
}
