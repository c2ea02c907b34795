//! Cells of texts: each value that a rule names is one by itself; all others are parted by which
//! patterns they match.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use reeve_policy::decide::open::{OpenTest, TextsApart};
use reeve_policy::glob::{Automaton, Glob, Unreproducible};

use super::product::product;
use super::{Shortfall, Workshop};
use crate::bits::Bits;
use crate::limit::Cancelled;
use crate::universe::{Domain, Form};

/// What rules in play can tell apart in a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Atoms {
    values: BTreeSet<Box<str>>,
    globs: BTreeMap<Box<str>, Arc<Glob>>,
    /// Operators of which more cannot be said.
    more: BTreeSet<Box<str>>,
}

/// The cells of a text.
#[derive(Debug, Clone)]
pub(crate) struct TextCells {
    pub cells: Vec<TextCell>,
    /// The patterns that part them.
    pub patterns: Vec<Box<str>>,
    /// The same, prepared.
    pub globs: Vec<Arc<Glob>>,
    /// The form of all texts; nothing if they were listed.
    pub form: Option<Form>,
    pub shortfalls: Vec<Shortfall>,
}

/// Texts that no rule in play tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextCell {
    /// A shortest one.
    pub witness: Box<str>,
    /// Whether it is the only one.
    pub alone: bool,
    /// The patterns that match, by their place in [`TextCells::patterns`].
    pub matched: Bits,
}

/// Identifies cells in the cache.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextKey {
    domain: Domain,
    values: Vec<Box<str>>,
    patterns: Vec<Box<str>>,
    limits: (usize, usize),
}

impl Atoms {
    /// What `tests`, all on one attribute, can tell apart where it is a text.
    pub fn of(tests: &[OpenTest<'_>]) -> Self {
        let mut atoms = Self::default();
        for test in tests {
            match test.texts_apart() {
                TextsApart::None => {}
                TextsApart::These(values) => atoms.add_values(values),
                TextsApart::Glob(glob) => atoms.add_glob(glob),
                TextsApart::More => {
                    atoms.add_values(test.expected().as_text());
                    atoms.more.insert(test.operator().into());
                }
            }
        }
        atoms
    }

    pub fn add_values<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.values.extend(texts.into_iter().map(Box::from));
    }

    pub fn add_all(&mut self, other: &Self) {
        self.values.extend(other.values.iter().cloned());
        self.more.extend(other.more.iter().cloned());
        for glob in other.globs.values() {
            self.add_glob(glob);
        }
    }

    fn add_glob(&mut self, glob: &Arc<Glob>) {
        let pattern = glob.pattern();
        if !self.globs.contains_key(pattern) {
            self.globs.insert(pattern.into(), Arc::clone(glob));
        }
    }
}

/// Parts the texts of a domain.
pub(crate) fn cells_of(
    domain: &Domain,
    atoms: &Atoms,
    shop: Workshop<'_>,
) -> Result<Arc<TextCells>, Cancelled> {
    let (form, known) = match domain {
        Domain::Closed(values) => return Ok(Arc::new(closed(values, atoms))),
        Domain::Open { form, known } => (form, known),
    };
    let mut shortfalls: Vec<Shortfall> = atoms
        .more
        .iter()
        .cloned()
        .map(Shortfall::Operator)
        .collect();
    let mut values = atoms.values.clone();
    let mut globs = Vec::new();
    for (pattern, glob) in &atoms.globs {
        let glob = shop.cache.glob(pattern, glob);
        match glob.automaton().err() {
            None => globs.push(glob),
            // The same answer for every text.
            Some(Unreproducible::NeverEnds | Unreproducible::ServerFails) => {}
            // The same answer for every text but the pattern itself.
            Some(Unreproducible::TooLarge | Unreproducible::ForeignGroupName) => {
                values.insert(pattern.clone());
            }
            Some(reason) => {
                values.insert(pattern.clone());
                shortfalls.push(Shortfall::Pattern(pattern.clone(), reason));
            }
        }
    }
    if !shortfalls.is_empty() {
        // Not all texts can be told apart, so that at least those that exist are tried.
        values.extend(known.iter().take(shop.limits.samples).cloned());
    }
    let Some(automaton) = shop.cache.form(form) else {
        shortfalls.push(Shortfall::Form(form.expression().into()));
        let mut cells = closed(known, atoms);
        cells.shortfalls = shortfalls;
        return Ok(Arc::new(cells));
    };
    values.retain(|value| automaton.matches(value));
    let key = TextKey {
        domain: Domain::any(form.clone()),
        values: values.iter().cloned().collect(),
        patterns: globs.iter().map(|glob| glob.pattern().into()).collect(),
        limits: (shop.limits.states, shop.limits.cells),
    };
    let cells = if let Some(cells) = shop.cache.texts(&key) {
        cells
    } else {
        let cells = open(form, &automaton, &key, &globs, shop)?;
        shop.cache.keep_texts(key, cells)
    };
    if shortfalls.is_empty() {
        return Ok(cells);
    }
    let mut cells = TextCells::clone(&cells);
    cells.shortfalls.extend(shortfalls);
    Ok(Arc::new(cells))
}

/// Every listed value is a cell.
fn closed(values: &[Box<str>], atoms: &Atoms) -> TextCells {
    let mut seen = BTreeSet::new();
    TextCells {
        cells: values
            .iter()
            .filter(|value| seen.insert(&***value))
            .map(|value| TextCell {
                witness: value.clone(),
                alone: true,
                matched: atoms
                    .globs
                    .values()
                    .enumerate()
                    .filter(|(_, glob)| glob.matches(value) == Ok(true))
                    .map(|(at, _)| at)
                    .collect(),
            })
            .collect(),
        patterns: atoms.globs.keys().cloned().collect(),
        globs: atoms.globs.values().cloned().collect(),
        form: None,
        shortfalls: Vec::new(),
    }
}

fn open(
    form: &Form,
    domain: &Automaton,
    key: &TextKey,
    globs: &[Arc<Glob>],
    shop: Workshop<'_>,
) -> Result<TextCells, Cancelled> {
    let automata: Vec<&Automaton> = globs
        .iter()
        .filter_map(|glob| glob.automaton().ok())
        .collect();
    let alone = key.values.iter().map(|value| TextCell {
        witness: value.clone(),
        alone: true,
        matched: matched(value, &automata),
    });
    let apart = Automaton::of_texts(key.values.iter().map(|value| &**value));
    let product = product(domain, &apart, &automata, shop)?;
    let mut cells: Vec<TextCell> = alone.collect();
    cells.extend(
        product
            .found
            .into_iter()
            .map(|(matched, witness)| TextCell {
                witness,
                alone: false,
                matched,
            }),
    );
    let mut shortfalls = Vec::new();
    if cells.len() > shop.limits.cells {
        shortfalls.push(Shortfall::Cells);
    } else if product.too_many {
        shortfalls.push(Shortfall::States);
    }
    Ok(TextCells {
        cells,
        patterns: key.patterns.clone(),
        globs: globs.to_vec(),
        form: Some(form.clone()),
        shortfalls,
    })
}

fn matched(value: &str, automata: &[&Automaton]) -> Bits {
    automata
        .iter()
        .enumerate()
        .filter(|(_, automaton)| automaton.matches(value))
        .map(|(at, _)| at)
        .collect()
}

impl TextCells {
    /// The cell of a value of the domain.
    pub fn cell_of(&self, value: &str) -> Option<usize> {
        let named = self
            .cells
            .iter()
            .position(|cell| cell.alone && *cell.witness == *value);
        named.or_else(|| {
            self.form.as_ref()?;
            let matched: Bits = self
                .globs
                .iter()
                .enumerate()
                .filter(|(_, glob)| glob.matches(value) == Ok(true))
                .map(|(at, _)| at)
                .collect();
            self.cells
                .iter()
                .position(|cell| !cell.alone && cell.matched == matched)
        })
    }

    /// Whether one of the patterns matches a value.
    pub fn matches(&self, pattern: &str, value: &str) -> bool {
        let at = self.patterns.iter().position(|other| **other == *pattern);
        let glob = at.and_then(|at| self.globs.get(at));
        glob.is_some_and(|glob| glob.matches(value) == Ok(true))
    }
}
