//! Requests that stand for a box: places, names and tags that exist before invented ones.

use reeve_domain::attributes::Attributes;
use reeve_domain::value::{Object, Value};
use reeve_policy::decide::AccessRequest;

use crate::bits::Bits;
use crate::carried::{Carried, Kind, Shape};
use crate::cells::Cells;
use crate::cover::Groups;
use crate::frame::{Column, Columns, Frame, FrameAttribute};
use crate::region::{AccessBox, Piece, Region, Values};
use crate::universe::Universe;

/// How many of the values that exist are looked at.
const LOOKED_AT: usize = 500;

/// Up to `count` requests in a box, as different as the pieces of its regions.
pub(crate) fn requests(
    frame: &Frame,
    groups: &Groups,
    region: &AccessBox,
    columns: &Columns,
    universe: &Universe,
    count: usize,
) -> Vec<AccessRequest> {
    let Some(shape) = widest_shape(frame, groups) else {
        return Vec::new();
    };
    let choices: Vec<Choice<'_>> = frame
        .attributes
        .iter()
        .zip(groups)
        .zip(shape)
        .filter_map(|((attribute, groups), carried)| {
            let present = groups.and(&attribute.present());
            if *carried == Carried::Never || present.is_empty() {
                return None;
            }
            let column = columns.get(attribute.column)?;
            let region = region.region(attribute.property.as_str());
            Some(Choice {
                attribute,
                values: values(attribute, &present, column, region, universe),
            })
        })
        .collect();
    let variety = choices.iter().map(|c| c.values.len()).max().unwrap_or(1);
    let mut requests: Vec<AccessRequest> = Vec::new();
    for turn in 0..variety.min(count) {
        let request = AccessRequest {
            subject: frame.subject.clone(),
            action: frame.action.clone(),
            attributes: Attributes::Of(chosen(&choices, turn, universe)),
        };
        if !requests.contains(&request) {
            requests.push(request);
        }
    }
    requests
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

fn values(
    attribute: &FrameAttribute,
    present: &Bits,
    column: &Column,
    region: Option<&Region>,
    universe: &Universe,
) -> Vec<Value> {
    let cells: Bits = present
        .iter()
        .filter_map(|group| attribute.groups.get(group))
        .fold(Bits::new(), |cells, group| cells.with(group));
    let (Kind::Text(domain), Cells::Text(texts)) = (&column.kind, &column.cells) else {
        let mut values: Vec<Value> = cells
            .iter()
            .filter_map(|cell| column.value(cell).cloned())
            .collect();
        values.sort_by_key(|value| value.as_list().map(<[Value]>::len));
        values.truncate(4);
        return values;
    };
    let folders = universe.folders.iter().map(|folder| folder.path.as_str());
    let is_path = attribute.property.as_str() == "secretPath";
    let known: Vec<&str> = domain
        .known()
        .iter()
        .map(|value| &**value)
        .chain(folders.filter(|_| is_path))
        .take(LOOKED_AT)
        .filter(|value| {
            texts
                .cell_of(value)
                .is_some_and(|cell| cells.contains(cell))
        })
        .collect();
    let invented: Vec<&str> = cells
        .iter()
        .filter_map(|cell| texts.cells.get(cell))
        .map(|cell| &*cell.witness)
        .collect();
    let mut chosen: Vec<String> = Vec::new();
    if let Some(Region {
        values: Values::Texts(pieces),
        ..
    }) = region
    {
        let all = || known.iter().chain(&invented);
        for piece in pieces {
            let existing = all().find(|value| piece.contains(value)).copied();
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
