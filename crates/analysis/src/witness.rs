//! Requests that stand for a box: places, names and tags that exist before invented ones.

use reeve_domain::attributes::Attributes;
use reeve_domain::value::{Object, Value};
use reeve_policy::decide::AccessRequest;

use crate::bits::{Bits, Table};
use crate::carried::{Carried, Kind, Shape};
use crate::cells::Cells;
use crate::cells::text::TextCells;
use crate::cover::Groups;
use crate::frame::{Column, Columns, Frame, FrameAttribute};
use crate::region::{AccessBox, Piece, Region, Values};
use crate::universe::{Domain, Universe};

/// How many of the values that exist are looked at.
const LOOKED_AT: usize = 500;

/// Chooses requests of boxes of one question. What was chosen once is remembered.
pub(crate) struct Choosing<'a> {
    frame: &'a Frame,
    columns: &'a Columns,
    universe: &'a Universe,
    known: Table<(usize, Bits), Vec<Value>>,
    /// For each attribute the values that exist, with their cells.
    existing: Vec<Option<Vec<(&'a str, usize)>>>,
}

impl<'a> Choosing<'a> {
    pub fn new(frame: &'a Frame, columns: &'a Columns, universe: &'a Universe) -> Self {
        Self {
            frame,
            columns,
            universe,
            known: Table::default(),
            existing: vec![None; frame.attributes.len()],
        }
    }

    /// Up to `count` requests in a box, as different as the pieces of its regions.
    pub fn requests(
        &mut self,
        groups: &Groups,
        region: &AccessBox,
        count: usize,
    ) -> Vec<AccessRequest> {
        let frame = self.frame;
        let Some(shape) = widest_shape(frame, groups) else {
            return Vec::new();
        };
        let mut choices = Vec::with_capacity(groups.len());
        for (at, (attribute, groups)) in frame.attributes.iter().zip(groups).enumerate() {
            let present = groups.and(&attribute.present());
            if shape.get(at) == Some(&Carried::Never) || present.is_empty() {
                continue;
            }
            let region = region.region(attribute.property.as_str());
            choices.push(Choice {
                attribute,
                values: self.values(at, attribute, present, region),
            });
        }
        let variety = choices.iter().map(|c| c.values.len()).max().unwrap_or(1);
        let mut requests: Vec<AccessRequest> = Vec::new();
        for turn in 0..variety.min(count) {
            let request = AccessRequest {
                subject: frame.subject.clone(),
                action: frame.action.clone(),
                attributes: Attributes::Of(chosen(&choices, turn, self.universe)),
            };
            if !requests.contains(&request) {
                requests.push(request);
            }
        }
        requests
    }

    fn values(
        &mut self,
        at: usize,
        attribute: &FrameAttribute,
        present: Bits,
        region: Option<&Region>,
    ) -> Vec<Value> {
        let key = (at, present);
        if let Some(values) = self.known.get(&key) {
            return values.clone();
        }
        let Some(column) = self.columns.get(attribute.column) else {
            return Vec::new();
        };
        let cells: Bits = key
            .1
            .iter()
            .filter_map(|group| attribute.groups.get(group))
            .fold(Bits::new(), |cells, group| cells.with(group));
        let values = match (&column.kind, &column.cells) {
            (Kind::Text(domain), Cells::Text(texts)) => {
                self.texts(at, attribute, domain, texts, &cells, region)
            }
            _ => lists(column, &cells),
        };
        self.known.insert(key, values.clone());
        values
    }

    fn texts(
        &mut self,
        at: usize,
        attribute: &FrameAttribute,
        domain: &'a Domain,
        texts: &TextCells,
        cells: &Bits,
        region: Option<&Region>,
    ) -> Vec<Value> {
        let is_path = attribute.property.as_str() == "secretPath";
        let universe = self.universe;
        let gather = || {
            let folders = universe.folders.iter().map(|folder| folder.path.as_str());
            let exist = domain.known().iter().map(|value| &**value);
            exist
                .chain(folders.filter(|_| is_path))
                .take(LOOKED_AT)
                .filter_map(|value| Some((value, texts.cell_of(value)?)))
                .collect::<Vec<_>>()
        };
        let existing = match self.existing.get_mut(at) {
            Some(existing) => existing.get_or_insert_with(gather),
            None => return Vec::new(),
        };
        let known: Vec<&str> = existing
            .iter()
            .filter(|(_, cell)| cells.contains(*cell))
            .map(|(value, _)| *value)
            .collect();
        let invented: Vec<&str> = cells
            .iter()
            .filter_map(|cell| texts.cells.get(cell))
            .map(|cell| &*cell.witness)
            .collect();
        best(&known, &invented, region, |pattern, text| {
            texts.matches(pattern, text)
        })
    }
}

/// A value for each piece of the region, then others that exist, and invented ones at last.
fn best(
    known: &[&str],
    invented: &[&str],
    region: Option<&Region>,
    matches: impl Fn(&str, &str) -> bool,
) -> Vec<Value> {
    let mut chosen: Vec<String> = Vec::new();
    if let Some(Region {
        values: Values::Texts(pieces),
        ..
    }) = region
    {
        for piece in pieces {
            let mut all = known.iter().chain(invented);
            let existing = all
                .find(|value| piece.contains_by(value, &matches))
                .copied();
            chosen.extend(existing.map(str::to_owned).or_else(|| example(piece)));
        }
    }
    chosen.extend(known.iter().take(4).map(|value| (*value).to_owned()));
    if chosen.is_empty() {
        chosen.extend(invented.iter().take(2).map(|value| (*value).to_owned()));
    }
    let mut seen = Vec::new();
    chosen.retain(|value| {
        let is_new = !seen.contains(value);
        seen.push(value.clone());
        is_new
    });
    chosen.into_iter().map(Value::text).collect()
}

/// The shortest lists.
fn lists(column: &Column, cells: &Bits) -> Vec<Value> {
    let mut values: Vec<Value> = cells
        .iter()
        .filter_map(|cell| column.value(cell).cloned())
        .collect();
    values.sort_by_key(|value| value.as_list().map(<[Value]>::len));
    values.truncate(4);
    values
}

/// The values that one attribute can have in the witnesses, best first.
struct Choice<'a> {
    attribute: &'a FrameAttribute,
    values: Vec<Value>,
}

impl Choice<'_> {
    fn name(&self) -> &str {
        self.attribute.property.as_str()
    }
}

/// The shape of checks with most attributes that fits the box.
fn widest_shape<'f>(frame: &'f Frame, groups: &Groups) -> Option<&'f Shape> {
    let fits = |shape: &&Shape| {
        let mut attributes = frame.attributes.iter().zip(groups).zip(shape.iter());
        attributes.all(|((attribute, groups), carried)| {
            let missing = groups.contains(attribute.missing());
            let present = groups.meets(&attribute.present());
            match carried {
                Carried::Always => present,
                Carried::Never => missing,
                Carried::Perhaps => present || missing,
            }
        })
    };
    let carries = |shape: &&Shape| shape.iter().filter(|c| **c != Carried::Never).count();
    frame.shapes.iter().filter(fits).max_by_key(carries)
}

fn chosen(choices: &[Choice<'_>], turn: usize, universe: &Universe) -> Object {
    let pick = |choice: &Choice<'_>| -> Option<Value> {
        choice
            .values
            .get(turn % choice.values.len().max(1))
            .cloned()
    };
    let path = choices.iter().find(|choice| choice.name() == "secretPath");
    let path = path.and_then(pick);
    choices
        .iter()
        .filter_map(|choice| {
            let mut value = pick(choice)?;
            if choice.name() == "environment"
                && let Some(path) = path.as_ref().and_then(Value::as_text)
            {
                value = environment_with(path, choice, universe).unwrap_or(value);
            }
            Some((choice.name(), value))
        })
        .collect()
}

/// An environment, of those to choose from, in which the folder exists.
fn environment_with(path: &str, choice: &Choice<'_>, universe: &Universe) -> Option<Value> {
    choice
        .values
        .iter()
        .find(|value| {
            universe.folders.iter().any(|folder| {
                folder.path == path && value.as_text() == Some(folder.environment.as_str())
            })
        })
        .cloned()
}

/// A text of a piece that no cell has as its witness.
fn example(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Value(value) => Some(value.to_string()),
        Piece::Below { folder, levels } => {
            let letters = ('a'..='z').take((*levels).max(1));
            let below: String = letters.flat_map(|letter| ['/', letter]).collect();
            Some(format!("{folder}{below}"))
        }
        Piece::Matching { .. } => None,
    }
}
