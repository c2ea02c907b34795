//! Settling the comparisons of very many rules with known texts at once.
//!
//! Most conditions ask a well-known attribute to be one of some texts. For up to 64 rules the texts
//! that they ask of one attribute stand in a table, each with a bit for every rule that it suits, so
//! one look settles all these conditions. Only those are settled here that stand before everything
//! that can fail or be unknown: passing over their rule hides nothing.

use std::collections::BTreeMap;

use reeve_domain::value::Value;

use super::path::{Path, Slot, Slots};
use super::program::{Check, Program, Test};
use super::text_table::{Key, TextTable};

/// What up to 64 rules ask of the well-known attributes. Rules are bits, the first the lowest.
#[derive(Debug)]
pub(crate) struct Screen {
    columns: Box<[Column]>,
}

/// What they ask of one attribute.
#[derive(Debug)]
struct Column {
    slot: Slot,
    /// The rules that each text suits.
    texts: TextTable<u64>,
    /// The rules that any text suits, and any other value or none.
    anything: u64,
}

/// How many rules one screen is for.
pub(crate) const WIDTH: usize = 64;

impl Screen {
    /// The screen of rules with these conditions, [`WIDTH`] at most.
    pub fn of<'a>(programs: impl Iterator<Item = Option<&'a Program>>) -> Self {
        let mut asked: BTreeMap<u8, (Slot, Asked<'a>)> = BTreeMap::new();
        for (rule, program) in programs.enumerate().take(WIDTH) {
            for (slot, texts) in program.into_iter().flat_map(comparisons) {
                let (_, column) = asked
                    .entry(slot.number())
                    .or_insert_with(|| (slot, Asked::default()));
                column.rules |= 1 << rule;
                for text in texts {
                    *column.texts.entry(text).or_default() |= 1 << rule;
                }
            }
        }
        Self {
            columns: asked
                .into_values()
                .map(|(slot, asked)| asked.column(slot))
                .collect(),
        }
    }

    /// The rules whose settled conditions hold for these attributes.
    #[inline]
    pub fn passing(&self, slots: &Slots<'_>) -> u64 {
        let mut passing = u64::MAX;
        for column in &self.columns {
            passing &= column.suited(slots.get(column.slot));
        }
        passing
    }
}

/// What rules ask of one attribute, before it is put into a table.
#[derive(Debug, Default)]
struct Asked<'a> {
    rules: u64,
    texts: BTreeMap<&'a str, u64>,
}

impl Asked<'_> {
    fn column(self, slot: Slot) -> Column {
        let anything = !self.rules;
        Column {
            slot,
            texts: self
                .texts
                .into_iter()
                .map(|(text, rules)| (text.into(), rules | anything))
                .collect(),
            anything,
        }
    }
}

impl Column {
    #[inline]
    fn suited(&self, value: Option<&Value>) -> u64 {
        match value {
            Some(Value::Text(text)) => self.suited_by(text),
            // A list is equal to what one of its elements is equal to.
            Some(Value::List(items)) => items
                .iter()
                .filter_map(Value::as_text)
                .fold(self.anything, |rules, text| rules | self.suited_by(text)),
            _ => self.anything,
        }
    }

    #[inline]
    fn suited_by(&self, text: &str) -> u64 {
        self.texts
            .get(Key::of(text))
            .copied()
            .unwrap_or(self.anything)
    }
}

/// How many tests, at the beginning of these, a screen settles.
pub(super) fn settled(tests: &[Test]) -> usize {
    let mut seen = Seen::default();
    tests
        .iter()
        .take_while(|test| comparison(test).is_some_and(|(slot, _)| seen.is_first(slot)))
        .count()
}

/// The tests of a program that a screen settles.
fn comparisons(program: &Program) -> impl Iterator<Item = (Slot, &[Box<str>])> {
    let usable = program.fault.is_none() && !program.may_be_invalid;
    let tests = if usable { &*program.tests } else { &[] };
    let mut seen = Seen::default();
    tests
        .iter()
        .take_while(|test| is_harmless(test))
        .filter_map(comparison)
        .filter(move |(slot, _)| seen.is_first(*slot))
}

/// The attributes met so far. Two tests of one attribute are not one: in a list, one element may
/// suit the first and another the second.
#[derive(Debug, Default)]
struct Seen(u32);

impl Seen {
    fn is_first(&mut self, slot: Slot) -> bool {
        let bit = 1 << slot.number();
        let first = self.0 & bit == 0;
        self.0 |= bit;
        first
    }
}

/// Whether a test has an answer, yes or no, whatever the attributes are.
fn is_harmless(test: &Test) -> bool {
    let plain = matches!(&test.path, Path::Name(step) if step.slot.is_some());
    plain
        && matches!(
            test.check,
            Check::IsText(_)
                | Check::InTexts(_)
                | Check::IsNot
                | Check::NotIn
                | Check::Is
                | Check::In
        )
}

/// The attribute that a test asks to be one of some texts, and these.
fn comparison(test: &Test) -> Option<(Slot, &[Box<str>])> {
    let Path::Name(step) = &test.path else {
        return None;
    };
    let texts = match &test.check {
        Check::IsText(wanted) => std::slice::from_ref(wanted),
        Check::InTexts(wanted) => wanted,
        _ => return None,
    };
    Some((step.slot?, texts))
}
