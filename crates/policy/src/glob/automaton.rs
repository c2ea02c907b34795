//! Deterministic automata over UTF-16 units. **They read a text from right to left**, so that
//! look-ahead needs no guessing: a witness is built by putting units in front of one another.
//!
//! An automaton is complete and immutable; it knows nothing of the expression it came from. Two of
//! them are compared by walking both over a joined alphabet (see [`Alphabet::join`]). A language may
//! hold texts that are no valid UTF-16 (lone surrogates): restrict it before showing a witness.

use std::collections::BTreeMap;

use super::alphabet::{Alphabet, Class};
use super::bits::{Bits, Lists, Table};
use super::regex::{self, Regex};
use super::simulation::{Engine, Run, units_from_the_right};

/// A state of an automaton, numbered from 0.
pub type State = u32;

/// How many states are built before giving up.
pub const STATE_LIMIT: usize = 20_000;
/// How many answers and machine words building may look at.
const WORK_LIMIT: usize = 8_000_000;
/// Up to how many states, and entries of its table, an automaton is made as small as possible.
const MINIMISE_LIMITS: (usize, usize) = (400, 16_000);

/// A complete deterministic automaton that reads from right to left.
///
/// The empty text is never accepted, since no question of access has an empty value.
#[derive(Clone, Debug)]
pub struct Automaton {
    alphabet: Alphabet,
    /// The next state by state and class.
    table: Table<State>,
    accepting: Bits,
    /// States from which an accepting one can be reached.
    alive: Bits,
    states: usize,
}

impl Automaton {
    /// The automaton of a regular expression (JavaScript, no flags), which matches where the
    /// expression finds a match. Nothing if the text is no expression, is not regular, or needs
    /// more than [`STATE_LIMIT`] states.
    pub fn of_regex(text: &str) -> Option<Self> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let parsed = regex::parse(&units)
            .ok()
            .filter(|parsed| parsed.irregular.is_empty())?;
        Self::of_tree(&parsed.regex)
    }

    /// The automaton of exactly these texts. It is small enough for any number of them: a state for
    /// each distinct ending.
    pub fn of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let texts: Vec<Vec<u16>> = texts
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| units_from_the_right(text).collect())
            .collect();
        let (alphabet, singles) = Alphabet::of_units(texts.iter().flatten().copied());
        let classes = alphabet.classes();
        // State 0 is the right end of a text, state 1 the end of all hope.
        let mut table = Table::new(2 * classes, 1);
        let mut accepted = Vec::new();
        let mut states = 2_usize;
        for text in &texts {
            let mut state = 0;
            for unit in text {
                let class = singles.get(unit).copied().unwrap_or_default();
                let at = state * classes + usize::from(class);
                if table.get(at) == 1 {
                    table.set(at, State::try_from(states).unwrap_or(1));
                    table.extend(classes, 1);
                    states += 1;
                }
                state = table.get(at) as usize;
            }
            accepted.push(state);
        }
        let mut accepting = Bits::new(states);
        for state in accepted {
            accepting.insert(state);
        }
        Self::new(alphabet, table, accepting, states)
    }

    fn of_tree(regex: &Regex) -> Option<Self> {
        Self::of_engine(&Engine::new(regex).ok()?)
    }

    pub(super) fn of_engine(engine: &Engine) -> Option<Self> {
        let raw = determinise(engine)?;
        let (states, entries) = MINIMISE_LIMITS;
        let small = raw.states <= states && raw.table.len() <= entries;
        Some(if small { minimise(&raw) } else { raw })
    }

    /// The state before anything is read, that is at the right end of a text.
    pub fn start(&self) -> State {
        0
    }

    /// The state after one more unit, of `class`, to the left.
    pub fn step(&self, state: State, class: Class) -> State {
        self.table
            .get(state as usize * self.alphabet.classes() + usize::from(class))
    }

    /// Whether the text is in the language if it begins here.
    pub fn accepts(&self, state: State) -> bool {
        self.accepting.contains(state as usize)
    }

    /// Whether nothing put in front can lead to an accepted text.
    pub fn is_dead(&self, state: State) -> bool {
        !self.alive.contains(state as usize)
    }

    /// Number of states; they are `0..states()`.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The classes of units that the automaton tells apart.
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// Whether `value` is in the language.
    pub fn matches(&self, value: &str) -> bool {
        if value.is_ascii() {
            self.run(value.bytes().rev().map(u16::from))
        } else {
            self.run(units_from_the_right(value))
        }
    }

    fn run(&self, units: impl Iterator<Item = u16>) -> bool {
        let mut state = self.start();
        for unit in units {
            state = self.step(state, self.alphabet.class_of(unit));
            if self.is_dead(state) {
                return false;
            }
        }
        self.accepts(state)
    }

    fn new(alphabet: Alphabet, table: Table<State>, accepting: Bits, states: usize) -> Self {
        let classes = alphabet.classes().max(1);
        let steps = (0_usize..).zip(table.as_slice());
        let back: Vec<(usize, u32)> = steps
            .map(|(at, next)| {
                (
                    *next as usize,
                    u32::try_from(at / classes).unwrap_or(u32::MAX),
                )
            })
            .collect();
        let back = Lists::new(states, &back);
        let mut alive = Bits::new(states);
        let mut queue: Vec<usize> = accepting.iter().collect();
        while let Some(state) = queue.pop() {
            if !alive.contains(state) {
                alive.insert(state);
                queue.extend(back.get(state).iter().map(|before| *before as usize));
            }
        }
        Self {
            alphabet,
            table,
            accepting,
            alive,
            states,
        }
    }
}

/// Follows the engine's answers from the right end over every class until nothing new appears.
fn determinise(engine: &Engine) -> Option<Automaton> {
    let classes = engine.alphabet().classes();
    let mut run = Run::new(engine);
    let mut states = vec![(run.key(), false)];
    let mut numbers = BTreeMap::from([((run.key(), false), 0)]);
    let mut table = Table::default();
    let mut at = 0;
    while let Some((key, _)) = states.get(at).cloned() {
        for class in 0..classes {
            run.resume(&key);
            run.step(Class::try_from(class).ok()?);
            let reached = (run.key(), run.root_at_start());
            let number = if let Some(number) = numbers.get(&reached) {
                *number
            } else {
                let number = u32::try_from(states.len()).ok()?;
                numbers.insert(reached.clone(), number);
                states.push(reached);
                number
            };
            table.push(number);
        }
        if states.len() > STATE_LIMIT || run.work > WORK_LIMIT {
            return None;
        }
        at += 1;
    }
    let mut accepting = Bits::new(states.len());
    for (state, _) in states
        .iter()
        .enumerate()
        .filter(|(_, (_, accepts))| *accepts)
    {
        accepting.insert(state);
    }
    Some(Automaton::new(
        engine.alphabet().clone(),
        table,
        accepting,
        states.len(),
    ))
}

/// The smallest automaton of the same language, its states in the order of first visit, with the
/// classes merged that it does not tell apart.
fn minimise(raw: &Automaton) -> Automaton {
    let blocks = equivalent_states(raw);
    let classes = raw.alphabet.classes();
    let mut numbers = Table::new(raw.states, State::MAX);
    let mut visited = vec![raw.start()];
    numbers.set(blocks.get(0) as usize, 0);
    let mut table = Table::default();
    let mut at = 0;
    while let Some(state) = visited.get(at).copied() {
        for class in 0..classes {
            let next = raw.step(state, Class::try_from(class).unwrap_or(Class::MAX));
            let block = blocks.get(next as usize) as usize;
            if numbers.get(block) == State::MAX {
                numbers.set(block, State::try_from(visited.len()).unwrap_or(State::MAX));
                visited.push(next);
            }
            table.push(numbers.get(block));
        }
        at += 1;
    }
    let mut accepting = Bits::new(visited.len());
    for (state, _) in visited
        .iter()
        .enumerate()
        .filter(|(_, state)| raw.accepts(**state))
    {
        accepting.insert(state);
    }
    let (alphabet, table) = merge_classes(&raw.alphabet, &table);
    Automaton::new(alphabet, table, accepting, visited.len())
}

/// The number of each state's block: states of one block accept the same texts.
fn equivalent_states(raw: &Automaton) -> Table<State> {
    let classes = raw.alphabet.classes();
    let states = State::try_from(raw.states).unwrap_or(State::MAX);
    let mut blocks = Table::default();
    for state in 0..states {
        blocks.push(State::from(raw.accepts(state)));
    }
    let mut count = 0;
    let mut sorted: Vec<State> = (0..states).collect();
    loop {
        let row = |state: State| {
            let start = state as usize * classes;
            raw.table
                .as_slice()
                .get(start..start + classes)
                .unwrap_or_default()
        };
        let signature = |state: State| {
            let next = row(state).iter().map(|next| blocks.get(*next as usize));
            std::iter::once(blocks.get(state as usize)).chain(next)
        };
        sorted.sort_unstable_by(|a, b| signature(*a).cmp(signature(*b)));
        let mut refined = Table::new(raw.states, 0);
        let mut last = None;
        let mut found = 0;
        for state in &sorted {
            if last.is_some_and(|last| signature(last).ne(signature(*state))) {
                found += 1;
            }
            refined.set(*state as usize, found);
            last = Some(*state);
        }
        blocks = refined;
        if found == count {
            return blocks;
        }
        count = found;
    }
}

fn merge_classes(alphabet: &Alphabet, table: &Table<State>) -> (Alphabet, Table<State>) {
    let classes = alphabet.classes().max(1);
    let rows = table.len() / classes;
    let mut numbers: BTreeMap<Vec<State>, Class> = BTreeMap::new();
    let (mut renamed, mut kept) = (Vec::new(), Vec::new());
    for class in 0..classes {
        let column: Vec<State> = (0..rows)
            .map(|row| table.get(row * classes + class))
            .collect();
        let next = Class::try_from(kept.len()).unwrap_or(Class::MAX);
        let number = *numbers.entry(column).or_insert(next);
        if number == next {
            kept.push(class);
        }
        renamed.push(number);
    }
    let mut merged = Table::default();
    for row in 0..rows {
        for class in &kept {
            merged.push(table.get(row * classes + class));
        }
    }
    (alphabet.merged(&renamed, kept.len()), merged)
}
