//! Turns groups of cells into regions that people can read, preferring the patterns and values that
//! the rules themselves use.

mod lists;
mod texts;

use reeve_policy::decide::open::TextsApart;

use crate::bits::{Bits, Table};
use crate::book::Book;
use crate::cells::Cells;
use crate::cells::text::TextCells;
use crate::cover::{Groups, point_in};
use crate::frame::{Columns, Frame, FrameAttribute};
use crate::region::{AccessBox, Missing, Region, Values};
use lists::Sets;
use texts::Ground;

/// Describes boxes of one question. What was described once is remembered.
pub(crate) struct Describing<'a> {
    frame: &'a Frame,
    /// What each attribute can be described by.
    grounds: Vec<Grounds<'a>>,
    known: Table<(usize, Bits), Option<Values>>,
}

enum Grounds<'a> {
    Texts(Ground<'a>),
    Lists(Sets<'a>),
    Nothing,
}

impl<'a> Describing<'a> {
    pub fn new(frame: &'a Frame, columns: &'a Columns, book: &Book<'_>) -> Self {
        let grounds = |attribute: &'a FrameAttribute| {
            let groups = attribute.groups.get(..attribute.missing());
            let groups = groups.unwrap_or_default();
            match columns.get(attribute.column).map(|column| &column.cells) {
                Some(Cells::Text(cells)) => {
                    let patterns = patterns_in_play(attribute, cells, book);
                    Grounds::Texts(Ground::new(cells, groups, &patterns))
                }
                Some(Cells::List(cells)) => Grounds::Lists(Sets::new(cells, groups)),
                None => Grounds::Nothing,
            }
        };
        Self {
            frame,
            grounds: frame.attributes.iter().map(grounds).collect(),
            known: Table::default(),
        }
    }

    /// A box in a readable form; nothing if it has none that is exact and short enough.
    pub fn describe(&mut self, groups: &Groups) -> Option<AccessBox> {
        let frame = self.frame;
        let groups = &without_idle_gaps(frame, groups);
        let mut missing = missing(frame, groups).into_iter();
        let mut regions = Vec::with_capacity(groups.len());
        for (at, (attribute, chosen)) in frame.attributes.iter().zip(groups).enumerate() {
            let region = Region {
                values: self.values(at, attribute, chosen)?,
                missing: missing.next().unwrap_or(Missing::Excluded),
            };
            regions.push((attribute.property.clone(), region));
        }
        Some(AccessBox { regions })
    }

    fn values(&mut self, at: usize, attribute: &FrameAttribute, chosen: &Bits) -> Option<Values> {
        let all = attribute.present();
        let present = chosen.and(&all);
        if all.is_within(&present) {
            return Some(Values::Any);
        }
        if present.is_empty() {
            return Some(Values::Nothing);
        }
        let grounds = self.grounds.get(at)?;
        let made =
            self.known
                .entry((at, present))
                .or_insert_with_key(|(_, present)| match grounds {
                    Grounds::Texts(ground) => Some(Values::Texts(ground.pieces(present))),
                    Grounds::Lists(sets) => sets.pieces(present).map(Values::Lists),
                    Grounds::Nothing => None,
                });
        made.clone()
    }
}

/// The same requests, where no attribute may be missing whose values are restricted and that none
/// of the requests lacks.
fn without_idle_gaps(frame: &Frame, groups: &Groups) -> Groups {
    let mut tight = groups.clone();
    for (at, attribute) in frame.attributes.iter().enumerate() {
        let is_idle = tight.get(at).is_some_and(|own| {
            own.contains(attribute.missing())
                && !attribute.present().is_within(own)
                && !can_lack(frame, &tight, at, attribute)
        });
        if is_idle && let Some(own) = tight.get_mut(at) {
            *own = own.without(&Bits::one(attribute.missing()));
        }
    }
    tight
}

/// What is to be said of checks that lack an attribute, for each of them. Attributes that may have
/// any value come first, so that as little as possible has to be said about them.
fn missing(frame: &Frame, groups: &Groups) -> Vec<Missing> {
    let mut said = vec![Missing::CannotBe; groups.len()];
    let is_free = |at: usize, attribute: &FrameAttribute| {
        let own = groups.get(at);
        own.is_some_and(|own| attribute.present().is_within(own))
    };
    let attributes = || frame.attributes.iter().enumerate();
    let free = attributes().filter(|(at, attribute)| is_free(*at, attribute));
    let restricted = attributes().filter(|(at, attribute)| !is_free(*at, attribute));
    let mut wide = groups.clone();
    for (at, attribute) in free.chain(restricted) {
        let (Some(said), Some(own)) = (said.get_mut(at), groups.get(at)) else {
            continue;
        };
        if can_lack(frame, &wide, at, attribute) {
            *said = if own.contains(attribute.missing()) {
                Missing::Included
            } else {
                Missing::Excluded
            };
        } else if let Some(own) = wide.get_mut(at) {
            // INVARIANT: nothing is told of it, so what lacks it must be impossible for good.
            own.insert(attribute.missing());
        }
    }
    said
}

/// Whether some check in `groups`, this attribute apart, lacks it.
fn can_lack(frame: &Frame, groups: &Groups, at: usize, attribute: &FrameAttribute) -> bool {
    let mut lacking = groups.clone();
    if let Some(own) = lacking.get_mut(at) {
        *own = Bits::one(attribute.missing());
    }
    point_in(frame, &lacking).is_some()
}

/// The patterns that the rules of the question use on a text.
fn patterns_in_play(attribute: &FrameAttribute, cells: &TextCells, book: &Book<'_>) -> Bits {
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
