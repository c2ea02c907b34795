//! Cells of lists: which kinds of elements a list holds, where rules can tell elements apart only by
//! whether a list has one.

use std::collections::BTreeMap;
use std::sync::Arc;

use reeve_domain::value::{Object, Value};
use reeve_policy::decide::open::{ListsApart, OpenTest};

use super::text::{Atoms, TextCells, cells_of};
use super::{Shortfall, Workshop};
use crate::bits::{Bits, Seen};
use crate::limit::Cancelled;
use crate::universe::Domain;

/// The cells of a list.
#[derive(Debug, Clone)]
pub(crate) struct ListCells {
    /// Kinds of elements of which rules can tell whether a list has one.
    pub kinds: Vec<ElementKind>,
    pub cells: Vec<ListCell>,
    /// The cells of the elements, or of each member of theirs.
    pub parts: Vec<(Option<Box<str>>, Arc<TextCells>)>,
    pub shortfalls: Vec<Shortfall>,
}

/// Elements that no rule in play tells apart.
#[derive(Debug, Clone)]
pub(crate) struct ElementKind {
    /// For each part the cells that it is made of.
    pub cells: Vec<Bits>,
    /// One of them.
    pub sample: Value,
    /// What a list that has one is found to have.
    pub marks: Bits,
}

/// Lists that no rule in play tells apart.
#[derive(Debug, Clone)]
pub(crate) struct ListCell {
    /// What they are found to have.
    pub marks: Bits,
    /// One of them.
    pub value: Value,
}

/// Parts lists of texts.
pub(super) fn of_texts(
    domain: &Domain,
    tests: &[OpenTest<'_>],
    shop: Workshop<'_>,
) -> Result<ListCells, Cancelled> {
    let mut atoms = Atoms::default();
    let mut inner = Vec::new();
    for test in tests {
        match test.lists_apart() {
            ListsApart::AnyOf(wanted) | ListsApart::EachOf(wanted) => atoms.add_values(wanted),
            ListsApart::Element(tests) => {
                inner.extend(tests.into_iter().filter(|test| test.member().is_none()));
            }
            ListsApart::None | ListsApart::More => {}
        }
    }
    atoms.add_all(&Atoms::of(&inner));
    let parts = vec![(None, cells_of(domain, &atoms, shop)?)];
    gather(parts, &[domain], tests, shop)
}

/// Parts lists of objects with these members.
pub(super) fn of_objects(
    members: &[(Box<str>, Domain)],
    tests: &[OpenTest<'_>],
    shop: Workshop<'_>,
) -> Result<ListCells, Cancelled> {
    let mut parts = Vec::new();
    let inner: Vec<OpenTest<'_>> = tests
        .iter()
        .flat_map(|test| match test.lists_apart() {
            ListsApart::Element(tests) => tests,
            _ => Vec::new(),
        })
        .collect();
    for (name, domain) in members {
        let own: Vec<OpenTest<'_>> = inner
            .iter()
            .copied()
            .filter(|test| test.member() == Some(name))
            .collect();
        let cells = cells_of(domain, &Atoms::of(&own), shop)?;
        parts.push((Some(name.clone()), cells));
    }
    let domains: Vec<&Domain> = members.iter().map(|(_, domain)| domain).collect();
    gather(parts, &domains, tests, shop)
}

fn gather(
    parts: Vec<(Option<Box<str>>, Arc<TextCells>)>,
    domains: &[&Domain],
    tests: &[OpenTest<'_>],
    shop: Workshop<'_>,
) -> Result<ListCells, Cancelled> {
    let mut shortfalls: Vec<Shortfall> = parts
        .iter()
        .flat_map(|(_, cells)| cells.shortfalls.iter().cloned())
        .collect();
    for test in tests {
        if matches!(test.lists_apart(), ListsApart::More) {
            shortfalls.push(Shortfall::Operator(test.operator().into()));
        }
    }
    let count: usize = parts.iter().map(|(_, cells)| cells.cells.len()).product();
    let kinds = if count > shop.limits.cells {
        shortfalls.push(Shortfall::Cells);
        Vec::new()
    } else {
        kinds(&parts, domains, tests, &mut shortfalls)
    };
    let cells = lists(&kinds, &mut shortfalls, shop)?;
    Ok(ListCells {
        kinds,
        cells,
        parts,
        shortfalls,
    })
}

/// What kinds of elements must share to be one kind: marks, cells of the last part, and cells of the
/// parts before if there are several.
type Likeness = (Bits, Bits, Vec<usize>);

/// The kinds of elements that leave a mark, each a product of cells of its parts.
fn kinds(
    parts: &[(Option<Box<str>>, Arc<TextCells>)],
    domains: &[&Domain],
    tests: &[OpenTest<'_>],
    shortfalls: &mut Vec<Shortfall>,
) -> Vec<ElementKind> {
    let samples: Vec<Vec<Box<str>>> = parts
        .iter()
        .zip(domains)
        .map(|((_, cells), domain)| samples(cells, domain))
        .collect();
    // By marks and the cells of the other parts: the cells of the last part that go with them.
    let mut found: BTreeMap<(Bits, Vec<usize>), (Bits, Value)> = BTreeMap::new();
    for combination in combinations(parts) {
        let sample = element(parts, &samples, &combination);
        let marks = marks(&sample, tests, shortfalls);
        if marks.is_empty() {
            continue;
        }
        let (last, before) = combination.split_last().unwrap_or((&0, &[]));
        let entry = found
            .entry((marks, before.to_vec()))
            .or_insert_with(|| (Bits::new(), sample));
        entry.0.insert(*last);
    }
    // Where there is one other part, its cells that go with the same are one kind.
    let mut merged: BTreeMap<Likeness, (Vec<Bits>, Value)> = BTreeMap::new();
    for ((marks, before), (last, sample)) in found {
        let apart = if before.len() > 1 {
            before.clone()
        } else {
            Vec::new()
        };
        let entry = merged
            .entry((marks, last, apart))
            .or_insert_with(|| (vec![Bits::new(); before.len()], sample));
        for (bits, cell) in entry.0.iter_mut().zip(before) {
            bits.insert(cell);
        }
    }
    merged
        .into_iter()
        .map(|((marks, last, _), (mut cells, sample))| {
            cells.push(last);
            ElementKind {
                cells,
                sample,
                marks,
            }
        })
        .collect()
}

/// For each cell a value, one that exists if any does.
fn samples(cells: &TextCells, domain: &Domain) -> Vec<Box<str>> {
    let mut samples: Vec<Box<str>> = cells.cells.iter().map(|c| c.witness.clone()).collect();
    for value in domain.known().iter().rev() {
        if let Some(place) = cells.cell_of(value).and_then(|cell| samples.get_mut(cell)) {
            place.clone_from(value);
        }
    }
    samples
}

fn combinations(parts: &[(Option<Box<str>>, Arc<TextCells>)]) -> Vec<Vec<usize>> {
    parts.iter().fold(vec![Vec::new()], |before, (_, cells)| {
        before
            .iter()
            .flat_map(|chosen| {
                (0..cells.cells.len()).map(|cell| {
                    let mut more = chosen.clone();
                    more.push(cell);
                    more
                })
            })
            .collect()
    })
}

fn element(
    parts: &[(Option<Box<str>>, Arc<TextCells>)],
    samples: &[Vec<Box<str>>],
    chosen: &[usize],
) -> Value {
    let texts = samples.iter().zip(chosen).map(|(samples, cell)| {
        let text = samples.get(*cell).cloned().unwrap_or_default();
        Value::Text(text)
    });
    let mut members = parts.iter().map(|(name, _)| name).zip(texts);
    if let [(None, _)] = parts {
        return members.next().map_or(Value::Null, |(_, text)| text);
    }
    let object: Object = members
        .filter_map(|(name, text)| Some((name.clone()?, text)))
        .collect();
    Value::Object(object)
}

/// What a list with this element is found to have: a number for each thing looked for.
fn marks(element: &Value, tests: &[OpenTest<'_>], shortfalls: &mut Vec<Shortfall>) -> Bits {
    let mut marks = Bits::new();
    let mut number = 0;
    let text = element.as_text();
    for test in tests {
        match test.lists_apart() {
            ListsApart::None | ListsApart::More => {}
            ListsApart::AnyOf(wanted) => {
                if text.is_some_and(|text| wanted.contains(&text)) {
                    marks.insert(number);
                }
                number += 1;
            }
            ListsApart::EachOf(wanted) => {
                for one in wanted {
                    if text == Some(one) {
                        marks.insert(number);
                    }
                    number += 1;
                }
            }
            ListsApart::Element(_) => {
                match passes(element, *test) {
                    Some(true) => marks.insert(number),
                    Some(false) => {}
                    None => {
                        let shortfall = Shortfall::Operator(test.operator().into());
                        if !shortfalls.contains(&shortfall) {
                            shortfalls.push(shortfall);
                        }
                    }
                }
                number += 1;
            }
        }
    }
    marks
}

/// Whether the element passes what `test` asks of one; `None` if it fails or is unknown there, so
/// that the order of a list could matter.
fn passes(element: &Value, test: OpenTest<'_>) -> Option<bool> {
    let attribute = test.attribute()?;
    let object: Object = [(attribute, Value::List(vec![element.clone()]))]
        .into_iter()
        .collect();
    test.result(&object).ok()
}

/// All sets of marks that lists can have.
fn lists(
    kinds: &[ElementKind],
    shortfalls: &mut Vec<Shortfall>,
    shop: Workshop<'_>,
) -> Result<Vec<ListCell>, Cancelled> {
    let mut cells = vec![ListCell {
        marks: Bits::new(),
        value: Value::List(Vec::new()),
    }];
    let mut seen: Seen<Bits> = [Bits::new()].into_iter().collect();
    let mut at = 0;
    while let Some(cell) = cells.get(at).cloned() {
        if at.is_multiple_of(256) {
            shop.go_on()?;
        }
        for kind in kinds {
            let marks = cell.marks.with(&kind.marks);
            if !seen.insert(marks.clone()) {
                continue;
            }
            if cells.len() >= shop.limits.cells {
                shortfalls.push(Shortfall::Cells);
                return Ok(cells);
            }
            let mut items = cell.value.as_list().unwrap_or_default().to_vec();
            items.push(kind.sample.clone());
            cells.push(ListCell {
                marks,
                value: Value::List(items),
            });
        }
        at += 1;
    }
    Ok(cells)
}
