//! The product of many automata, walked breadth-first from the right end of texts, so that the
//! first text found in each cell is a shortest one.

use reeve_policy::glob::{Alphabet, Automaton, Class, State};

use super::Workshop;
use crate::bits::{Bits, Seen, Table};
use crate::limit::Cancelled;

/// What the texts of a domain can match.
pub(super) struct Product {
    /// Each set of patterns that some text matches, all others not, with a shortest such text.
    pub found: Vec<(Bits, Box<str>)>,
    /// Whether there were more states than allowed, so that sets may be lacking.
    pub too_many: bool,
}

/// The state of an automaton that can no longer accept.
const DEAD: State = State::MAX;

/// Walks `patterns` over the texts that `domain` accepts and `apart` does not.
pub(super) fn product(
    domain: &Automaton,
    apart: &Automaton,
    patterns: &[&Automaton],
    shop: Workshop<'_>,
) -> Result<Product, Cancelled> {
    let automata: Vec<&Automaton> = [domain, apart]
        .into_iter()
        .chain(patterns.iter().copied())
        .collect();
    let alphabet = Joint::new(&automata);
    let mut walk = Walk::new(automata, shop.limits.states);
    let mut product = Product {
        found: Vec::new(),
        too_many: false,
    };
    let mut seen: Seen<Bits> = Seen::default();
    let mut at = 0;
    while at < walk.states() {
        if at.is_multiple_of(256) {
            shop.go_on()?;
        }
        if let Some(matched) = walk.accepted(at)
            && seen.insert(matched.clone())
        {
            product.found.push((matched, walk.text(at, &alphabet)));
            if product.found.len() > shop.limits.cells {
                product.too_many = true;
                return Ok(product);
            }
        }
        for number in 0..alphabet.letters.len() {
            walk.step(at, number, &alphabet);
        }
        at += 1;
    }
    product.too_many = walk.is_full();
    Ok(product)
}

/// The letters that some automaton tells apart, best to read first.
struct Joint {
    letters: Vec<Letter>,
}

struct Letter {
    unit: u16,
    /// The class of the letter in each automaton.
    classes: Box<[Class]>,
}

impl Joint {
    fn new(automata: &[&Automaton]) -> Self {
        let mut joined: Option<(Alphabet, Vec<Vec<Class>>)> = None;
        for automaton in automata {
            let own = automaton.alphabet();
            joined = Some(match joined {
                None => {
                    let classes = (0..own.classes())
                        .filter_map(|class| Class::try_from(class).ok())
                        .map(|class| vec![class])
                        .collect();
                    (own.clone(), classes)
                }
                Some((alphabet, rows)) => {
                    let (both, pairs) = alphabet.join(own);
                    let rows = pairs
                        .into_iter()
                        .map(|(old, new)| {
                            let mut row = rows.get(usize::from(old)).cloned().unwrap_or_default();
                            row.push(new);
                            row
                        })
                        .collect();
                    (both, rows)
                }
            });
        }
        let Some((alphabet, rows)) = joined else {
            return Self {
                letters: Vec::new(),
            };
        };
        let mut letters: Vec<Letter> = (0_u16..)
            .zip(rows)
            .map(|(class, classes)| Letter {
                unit: alphabet.representative(class),
                classes: classes.into(),
            })
            .collect();
        letters.sort_by_key(|letter| preference(letter.unit));
        Self { letters }
    }
}

/// Small letters read best, then capitals, digits, other printable ASCII, everything else.
fn preference(unit: u16) -> (u8, u16) {
    let rank = match u8::try_from(unit) {
        Ok(b'a'..=b'z') => 0,
        Ok(b'A'..=b'Z') => 1,
        Ok(b'0'..=b'9') => 2,
        Ok(b'!'..=b'~') => 3,
        _ => 4,
    };
    (rank, unit)
}

/// The states reached so far.
struct Walk<'a> {
    automata: Vec<&'a Automaton>,
    /// The states of all automata, one row for each state of the product.
    rows: Vec<State>,
    /// The state to the right, and the number of the letter in front of it.
    parents: Vec<(usize, usize)>,
    numbers: Table<Box<[State]>, usize>,
    next: Vec<State>,
    limit: usize,
    full: bool,
}

impl<'a> Walk<'a> {
    fn new(automata: Vec<&'a Automaton>, limit: usize) -> Self {
        let start: Vec<State> = automata.iter().map(|automaton| automaton.start()).collect();
        Self {
            numbers: [(start.as_slice().into(), 0)].into_iter().collect(),
            next: Vec::with_capacity(start.len()),
            rows: start,
            parents: vec![(0, 0)],
            automata,
            limit,
            full: false,
        }
    }

    fn states(&self) -> usize {
        self.parents.len()
    }

    fn is_full(&self) -> bool {
        self.full
    }

    fn row(&self, at: usize) -> &[State] {
        let width = self.automata.len();
        self.rows
            .get(at * width..(at + 1) * width)
            .unwrap_or_default()
    }

    /// The patterns that match the text of a state, if the domain has that text and nothing keeps it
    /// apart.
    fn accepted(&self, at: usize) -> Option<Bits> {
        let mut accepts = self
            .row(at)
            .iter()
            .zip(&self.automata)
            .map(|(state, automaton)| *state != DEAD && automaton.accepts(*state));
        let in_domain = accepts.next()? && !accepts.next()?;
        in_domain.then(|| {
            accepts
                .enumerate()
                .filter_map(|(number, accepts)| accepts.then_some(number))
                .collect()
        })
    }

    fn step(&mut self, at: usize, number: usize, alphabet: &Joint) {
        let Some(letter) = alphabet.letters.get(number) else {
            return;
        };
        let mut next = std::mem::take(&mut self.next);
        next.clear();
        for ((state, automaton), class) in
            self.row(at).iter().zip(&self.automata).zip(&letter.classes)
        {
            let reached = if *state == DEAD {
                DEAD
            } else {
                automaton.step(*state, *class)
            };
            let dead = reached == DEAD || automaton.is_dead(reached);
            if dead && next.is_empty() {
                // The domain has no such text.
                self.next = next;
                return;
            }
            next.push(if dead { DEAD } else { reached });
        }
        if !self.numbers.contains_key(next.as_slice()) {
            if self.states() >= self.limit {
                self.full = true;
            } else {
                self.numbers.insert(next.as_slice().into(), self.states());
                self.rows.extend_from_slice(&next);
                self.parents.push((at, number));
            }
        }
        self.next = next;
    }

    /// The text that was read to reach a state.
    fn text(&self, at: usize, alphabet: &Joint) -> Box<str> {
        let mut units = Vec::new();
        let mut at = at;
        while at != 0
            && let Some((before, number)) = self.parents.get(at)
        {
            units.extend(alphabet.letters.get(*number).map(|letter| letter.unit));
            at = *before;
        }
        String::from_utf16_lossy(&units).into()
    }
}
