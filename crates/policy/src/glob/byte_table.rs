//! Automata that read a text from left to right, byte by byte: what its first bytes rule out costs
//! no more than these.
//!
//! A table is made from an exact automaton, which reads from right to left, by following it
//! backwards. It is made only if it stays small, and answers only where bytes of ASCII settle the
//! matter; the exact automaton answers for all else.

use std::collections::BTreeMap;

use super::alphabet::Class;
use super::automaton::{Automaton, State};
use super::bits::Bits;

/// Larger automata have no table.
const STATE_LIMIT: usize = 256;
/// How many steps a table has at most.
const STEP_LIMIT: usize = 16_384;

/// A deterministic automaton over bytes.
#[derive(Clone, Debug)]
pub(super) struct ByteTable {
    /// The class of each byte, below `width`.
    classes: Box<[u8; 256]>,
    width: u16,
    /// Where the row of the next state begins, by the beginning of a state's row plus a class.
    steps: Box<[u16]>,
    /// Whether a text that ends here matches, at the beginning of a state's row.
    accepting: Bits,
}

/// The class of the bytes beyond ASCII.
const BEYOND: u8 = 0;

/// No text that goes on from here matches.
const DEAD: u16 = 0;
/// A byte beyond ASCII was met before the matter was settled.
const FOREIGN: u16 = 1;
/// Before the first byte.
const START: u16 = 2;

impl ByteTable {
    /// The table of the same language, if it is small enough.
    pub(super) fn of(automaton: &Automaton) -> Option<Self> {
        if automaton.states() > STATE_LIMIT {
            return None;
        }
        let (classes, known) = classes_of_bytes(automaton);
        let width = u16::try_from(known.len() + 1).ok()?;
        // What a state stands for: from where the exact automaton would go on to accept.
        let nowhere = Bits::new(automaton.states());
        let end = accepting(automaton);
        let mut numbers = BTreeMap::from([(nowhere.clone(), DEAD), (end.clone(), START)]);
        let mut states = vec![nowhere.clone(), nowhere, end];
        let mut steps = vec![DEAD; known.len() + 1];
        steps.extend(vec![FOREIGN; known.len() + 1]);
        while let Some(here) = states.get(steps.len() / usize::from(width)).cloned() {
            steps.push(FOREIGN);
            for class in &known {
                let next = before(automaton, &here, *class);
                let new = u16::try_from(states.len()).ok()?;
                let number = *numbers.entry(next.clone()).or_insert(new);
                if number == new {
                    states.push(next);
                }
                steps.push(number);
            }
            if steps.len() > STEP_LIMIT {
                return None;
            }
        }
        let mut accepting = Bits::new(steps.len());
        for (row, state) in states.iter().enumerate() {
            if state.contains(automaton.start() as usize) {
                accepting.insert(row * usize::from(width));
            }
        }
        Some(Self {
            classes,
            width,
            steps: steps.into_iter().map(|state| state * width).collect(),
            accepting,
        })
    }

    /// Whether `value` is in the language; nothing if that is not for ASCII to say.
    #[inline]
    pub(super) fn matches(&self, value: &str) -> Option<bool> {
        let mut row = START * self.width;
        for byte in value.bytes() {
            let class = self.classes.get(usize::from(byte)).copied()?;
            row = *self.steps.get(usize::from(row) + usize::from(class))?;
            if row <= FOREIGN * self.width {
                return (row == DEAD).then_some(false);
            }
        }
        Some(self.accepting.contains(usize::from(row)))
    }
}

/// The class of each byte, and the classes that they stand for from 1 on.
fn classes_of_bytes(automaton: &Automaton) -> (Box<[u8; 256]>, Vec<Class>) {
    let mut known: Vec<Class> = Vec::new();
    let mut classes = Box::new([BEYOND; 256]);
    for (unit, place) in (0..128_u16).zip(classes.iter_mut()) {
        let class = automaton.alphabet().class_of(unit);
        let at = known.iter().position(|other| *other == class);
        let at = at.unwrap_or_else(|| {
            known.push(class);
            known.len() - 1
        });
        // There are at most 128.
        *place = u8::try_from(at + 1).unwrap_or(BEYOND);
    }
    (classes, known)
}

fn all(automaton: &Automaton) -> impl Iterator<Item = State> {
    0..State::try_from(automaton.states()).unwrap_or(State::MAX)
}

fn accepting(automaton: &Automaton) -> Bits {
    let mut found = Bits::new(automaton.states());
    for state in all(automaton).filter(|state| automaton.accepts(*state)) {
        found.insert(state as usize);
    }
    found
}

/// The states from which a unit of `class` leads into one of `states`.
fn before(automaton: &Automaton, states: &Bits, class: Class) -> Bits {
    let mut found = Bits::new(automaton.states());
    for state in all(automaton) {
        if states.contains(automaton.step(state, class) as usize) {
            found.insert(state as usize);
        }
    }
    found
}
