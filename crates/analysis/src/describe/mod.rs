//! Turns groups of cells into regions that people can read, preferring the patterns and values that
//! the rules themselves use.

mod lists;
mod texts;

use std::sync::Arc;

use reeve_policy::decide::open::TextsApart;

use crate::bits::Bits;
use crate::book::Book;
use crate::cells::Cells;
use crate::cover::{Groups, point_in};
use crate::frame::{Columns, Frame, FrameAttribute};
use crate::region::{AccessBox, Missing, Region, Values};
use texts::Ground;

/// A box in a readable form; nothing if it has none that is exact and short enough.
pub(crate) fn describe(
    frame: &Frame,
    groups: &Groups,
    columns: &Columns,
    book: &Book<'_>,
) -> Option<AccessBox> {
    let mut regions = Vec::new();
    for (at, (attribute, chosen)) in frame.attributes.iter().zip(groups).enumerate() {
        let missing = missing(frame, groups, at, attribute, chosen);
        let values = values(attribute, chosen, columns, book)?;
        regions.push((attribute.property.clone(), Region { values, missing }));
    }
    Some(AccessBox { regions })
}

fn missing(
    frame: &Frame,
    groups: &Groups,
    at: usize,
    attribute: &FrameAttribute,
    chosen: &Bits,
) -> Missing {
    let mut lacking = groups.clone();
    if let Some(own) = lacking.get_mut(at) {
        *own = Bits::one(attribute.missing());
    }
    if point_in(frame, &lacking).is_none() {
        Missing::CannotBe
    } else if chosen.contains(attribute.missing()) {
        Missing::Included
    } else {
        Missing::Excluded
    }
}

fn values(
    attribute: &FrameAttribute,
    chosen: &Bits,
    columns: &Columns,
    book: &Book<'_>,
) -> Option<Values> {
    let present = chosen.and(&attribute.present());
    if attribute.present().is_within(&present) {
        return Some(Values::Any);
    }
    if present.is_empty() {
        return Some(Values::Nothing);
    }
    let column = columns.get(attribute.column)?;
    let groups = attribute.groups.get(..attribute.missing())?;
    match &column.cells {
        Cells::Text(cells) => {
            let in_play = patterns_in_play(attribute, cells, book);
            Some(Values::Texts(
                Ground::new(cells, groups, &in_play).pieces(&present),
            ))
        }
        Cells::List(cells) => lists::pieces(cells, groups, &present).map(Values::Lists),
    }
}

/// The patterns that the rules of the question use on a text.
fn patterns_in_play(
    attribute: &FrameAttribute,
    cells: &Arc<crate::cells::text::TextCells>,
    book: &Book<'_>,
) -> Bits {
    attribute
        .tests
        .iter()
        .filter_map(|test| match book.tests.get(*test)?.open.texts_apart() {
            TextsApart::Glob(glob) => cells
                .patterns
                .iter()
                .position(|pattern| **pattern == *glob.pattern()),
            _ => None,
        })
        .collect()
}
