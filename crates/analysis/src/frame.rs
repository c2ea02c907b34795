//! One question in numbers: its attributes with groups of cells, its rules with the results of
//! their tests on each group.

use std::collections::BTreeMap;
use std::sync::Arc;

use reeve_domain::condition::Property;
use reeve_domain::rule::{Action, Effect, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::decide::Outcome;
use reeve_policy::decide::open::{Applies, OpenTest, TestResult};

use crate::bits::{Bits, Table};
use crate::book::{Book, Side};
use crate::carried::{Carried, Kind, Shape};
use crate::cells::{Cells, Workshop};
use crate::limit::Cancelled;
use crate::universe::Universe;

/// The cells of one attribute and the results of tests on them.
pub(crate) struct Column {
    pub property: Property,
    pub kind: Kind,
    pub cells: Cells,
    /// Attributes that have this one with a value of each cell, in order, and at last lack it.
    things: Vec<Object>,
    results: Table<usize, Arc<[TestResult]>>,
}

/// All columns of one analysis.
#[derive(Default)]
pub(crate) struct Columns {
    all: Vec<Column>,
    numbers: BTreeMap<(Property, Kind, Vec<usize>), usize>,
    /// Attributes whose cells are too many to be shared by all questions.
    crowded: Vec<(Property, Kind)>,
}

/// A question in numbers.
pub(crate) struct Frame {
    pub subject: Subject,
    /// One of the actions; all that are asked together come out alike.
    pub action: Action,
    pub attributes: Vec<FrameAttribute>,
    pub rules: Vec<FrameRule>,
    /// The rules of each side in the order tried, by their number here.
    pub sides: Vec<FrameSide>,
    /// Which attributes the checks carry.
    pub shapes: Vec<Shape>,
    /// By attribute, the only group that is looked at; all are where there is none.
    pub only: Vec<Option<usize>>,
}

/// One side of a question.
pub(crate) struct FrameSide {
    pub fault: Option<Outcome>,
    pub rules: Vec<usize>,
}

/// An attribute of a question.
pub(crate) struct FrameAttribute {
    pub property: Property,
    pub column: usize,
    /// Cells that no rule of the question tells apart; the last group stands for a missing
    /// attribute and has no cells.
    pub groups: Vec<Bits>,
    /// The tests of the question that part them.
    pub tests: Vec<usize>,
}

/// A rule of a question.
pub(crate) struct FrameRule {
    pub effect: Effect,
    pub on_all: Option<Applies>,
    pub tests: Vec<FrameTest>,
    /// Whether some test fails or is unknown on some group.
    pub doubtful: bool,
    /// How many attributes must be chosen before all tests have results.
    pub settled_after: usize,
}

/// A test of a rule of a question.
pub(crate) struct FrameTest {
    /// The attribute; nothing if there is only one result.
    pub attribute: Option<usize>,
    /// By group.
    pub results: Vec<TestResult>,
}

impl FrameAttribute {
    /// The group that stands for a missing attribute.
    pub fn missing(&self) -> usize {
        self.groups.len().saturating_sub(1)
    }

    /// The groups of values.
    pub fn present(&self) -> Bits {
        Bits::below(self.missing())
    }

    /// All groups.
    pub fn all(&self) -> Bits {
        Bits::below(self.groups.len())
    }
}

impl Columns {
    pub fn get(&self, number: usize) -> Option<&Column> {
        self.all.get(number)
    }

    /// The column of an attribute for a question that makes `tests` on it. Its cells are shared
    /// with all other questions, unless these are too many.
    fn column(
        &mut self,
        property: &Property,
        kind: Kind,
        tests: &[usize],
        book: &Book<'_>,
        shop: Workshop<'_>,
    ) -> Result<usize, Cancelled> {
        let is_crowded = self
            .crowded
            .iter()
            .any(|(name, other)| name == property && *other == kind);
        if !is_crowded {
            let all: Vec<usize> = (0..book.tests.len())
                .filter(|at| {
                    book.tests
                        .get(*at)
                        .is_some_and(|t| t.property.as_ref() == Some(property))
                })
                .collect();
            let number = self.make(property, kind.clone(), all, book, shop)?;
            let is_whole = self.all.get(number).is_some_and(|column| {
                !column
                    .cells
                    .shortfalls()
                    .iter()
                    .any(super::cells::Shortfall::is_size)
            });
            if is_whole {
                return Ok(number);
            }
            self.crowded.push((property.clone(), kind.clone()));
        }
        self.make(property, kind, tests.to_vec(), book, shop)
    }

    fn make(
        &mut self,
        property: &Property,
        kind: Kind,
        tests: Vec<usize>,
        book: &Book<'_>,
        shop: Workshop<'_>,
    ) -> Result<usize, Cancelled> {
        let key = (property.clone(), kind, tests);
        if let Some(number) = self.numbers.get(&key) {
            return Ok(*number);
        }
        let open: Vec<OpenTest<'_>> = key
            .2
            .iter()
            .filter_map(|test| book.tests.get(*test))
            .map(|test| test.open)
            .collect();
        let cells = Cells::new(&key.1, &open, shop)?;
        let things = cells
            .representatives()
            .into_iter()
            .map(|value| [(property.as_str(), value)].into_iter().collect())
            .chain([Object::new()])
            .collect();
        self.all.push(Column {
            property: property.clone(),
            kind: key.1.clone(),
            cells,
            things,
            results: Table::default(),
        });
        self.numbers.insert(key, self.all.len() - 1);
        Ok(self.all.len() - 1)
    }

    fn results(&mut self, column: usize, test: usize, open: OpenTest<'_>) -> Arc<[TestResult]> {
        let Some(column) = self.all.get_mut(column) else {
            return Arc::default();
        };
        let things = &column.things;
        let made = column
            .results
            .entry(test)
            .or_insert_with(|| things.iter().map(|thing| open.result(thing)).collect());
        Arc::clone(made)
    }
}

impl Column {
    /// A value of a cell.
    pub fn value(&self, cell: usize) -> Option<&Value> {
        self.things.get(cell)?.get(self.property.as_str())
    }
}

/// Puts a question into numbers.
pub(crate) fn frame(
    subject: &Subject,
    action: &Action,
    sides: &[Side],
    book: &Book<'_>,
    columns: &mut Columns,
    universe: &Universe,
    shop: Workshop<'_>,
) -> Result<Frame, Cancelled> {
    let mut used: Vec<usize> = sides.iter().flat_map(|s| s.rules.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    let tests = tests_of(&used, book);
    let (properties, shapes) = properties(subject, action, &tests, book, universe);
    let mut attributes = Vec::new();
    let mut by_test: BTreeMap<usize, FrameTest> = BTreeMap::new();
    for (number, property) in properties.into_iter().enumerate() {
        let is_own = |at: &usize| {
            let test = book.tests.get(*at);
            test.is_some_and(|test| test.property.as_ref() == Some(&property))
        };
        let own: Vec<usize> = tests.iter().copied().filter(is_own).collect();
        let kind = universe.kind(subject, &property);
        let column = columns.column(&property, kind, &own, book, shop)?;
        let results: Vec<Arc<[TestResult]>> = own
            .iter()
            .filter_map(|at| Some(columns.results(column, *at, book.tests.get(*at)?.open)))
            .collect();
        let cells = columns.get(column).map_or(0, |column| column.cells.len());
        let groups = groups(cells, &results);
        for (test, results) in own.iter().zip(&results) {
            by_test.insert(*test, test_of(number, &groups, results));
        }
        attributes.push(FrameAttribute {
            property,
            column,
            groups,
            tests: own,
        });
    }
    let nothing = Object::new();
    for at in tests {
        if let Some(test) = book.tests.get(at).filter(|test| test.property.is_none()) {
            let results = vec![test.open.result(&nothing)];
            let attribute = None;
            by_test.insert(at, FrameTest { attribute, results });
        }
    }
    let rules = used.iter().filter_map(|rule| book.rules.get(*rule));
    let rules = rules.map(|rule| {
        let tests = rule.tests.iter().filter_map(|test| by_test.get(test));
        FrameRule::new(rule.effect, rule.on_all, tests)
    });
    let sides = sides.iter().map(|side| {
        let rules = side.rules.iter();
        FrameSide {
            fault: side.fault,
            rules: rules
                .filter_map(|rule| used.binary_search(rule).ok())
                .collect(),
        }
    });
    Ok(Frame {
        subject: subject.clone(),
        action: action.clone(),
        rules: rules.collect(),
        sides: sides.collect(),
        attributes,
        shapes,
        only: Vec::new(),
    })
}

/// The tests that `rules` of the book make, in order.
fn tests_of(rules: &[usize], book: &Book<'_>) -> Vec<usize> {
    let rules = rules.iter().filter_map(|rule| book.rules.get(*rule));
    let mut tests: Vec<usize> = rules.flat_map(|rule| rule.tests.iter().copied()).collect();
    tests.sort_unstable();
    tests.dedup();
    tests
}

/// The attributes of a question, most telling first, and which of them its checks carry.
fn properties(
    subject: &Subject,
    action: &Action,
    tests: &[usize],
    book: &Book<'_>,
    universe: &Universe,
) -> (Vec<Property>, Vec<Shape>) {
    let mentioned = tests
        .iter()
        .filter_map(|test| book.tests.get(*test)?.property.clone());
    let mut properties = universe.properties(subject);
    let mut others: Vec<Property> = mentioned
        .clone()
        .filter(|p| !properties.contains(p))
        .collect();
    others.sort_unstable();
    others.dedup();
    properties.extend(others);
    let mentioned: Vec<Property> = mentioned.collect();
    let shapes = universe.shapes(subject, action, &properties);
    let kept: Vec<bool> = properties
        .iter()
        .enumerate()
        .map(|(at, property)| {
            let is_carried = shapes
                .iter()
                .any(|shape| shape.get(at) == Some(&Carried::Always));
            is_carried || mentioned.contains(property)
        })
        .collect();
    let mut shapes: Vec<Shape> = shapes.into_iter().map(|shape| keep(shape, &kept)).collect();
    shapes.sort_unstable();
    shapes.dedup();
    (keep(properties, &kept), shapes)
}

fn keep<T>(items: Vec<T>, kept: &[bool]) -> Vec<T> {
    items
        .into_iter()
        .zip(kept)
        .filter_map(|(item, kept)| kept.then_some(item))
        .collect()
}

/// Cells with the same results, in the order of their first cells; at last the missing attribute.
fn groups(cells: usize, results: &[Arc<[TestResult]>]) -> Vec<Bits> {
    let mut numbers: Table<Vec<Option<TestResult>>, usize> = Table::default();
    let mut groups: Vec<Bits> = Vec::new();
    for cell in 0..cells {
        let signature = results.iter().map(|test| test.get(cell).copied()).collect();
        let number = *numbers.entry(signature).or_insert_with(|| {
            groups.push(Bits::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(number) {
            group.insert(cell);
        }
    }
    groups.push(Bits::new());
    groups
}

fn test_of(attribute: usize, groups: &[Bits], results: &[TestResult]) -> FrameTest {
    FrameTest {
        attribute: Some(attribute),
        results: groups
            .iter()
            .map(Bits::first)
            .map(|cell| match cell {
                Some(cell) => results.get(cell),
                None => results.last(),
            })
            .map(|result| result.copied().unwrap_or(Ok(false)))
            .collect(),
    }
}

impl FrameRule {
    fn new<'t>(
        effect: Effect,
        on_all: Option<Applies>,
        tests: impl Iterator<Item = &'t FrameTest>,
    ) -> Self {
        let tests: Vec<FrameTest> = tests
            .map(|test| FrameTest {
                attribute: test.attribute,
                results: test.results.clone(),
            })
            .collect();
        let doubtful = tests
            .iter()
            .any(|test| test.attribute.is_none() || test.results.iter().any(Result::is_err));
        let last = tests.iter().filter_map(|test| test.attribute).max();
        Self {
            effect,
            on_all,
            doubtful,
            settled_after: last.map_or(0, |last| last + 1),
            tests,
        }
    }
}
