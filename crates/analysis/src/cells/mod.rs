//! Cells: classes of values of one attribute that no rule in play can tell apart.
//!
//! Every value of the domain lies in exactly one cell, unless a limit says otherwise.

pub(crate) mod list;
mod product;
pub(crate) mod text;

use reeve_domain::value::Value;
use reeve_policy::decide::open::OpenTest;
use reeve_policy::glob::Unreproducible;

use crate::cache::Cache;
use crate::carried::Kind;
use crate::limit::{Cancelled, Limits};
use list::ListCells;
use std::sync::Arc;
use text::TextCells;

/// The cells of one attribute.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    Text(Arc<TextCells>),
    List(Arc<ListCells>),
}

/// What kept cells from covering the whole domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Shortfall {
    Pattern(Box<str>, Unreproducible),
    Operator(Box<str>),
    Form(Box<str>),
    States,
    Cells,
}

impl Shortfall {
    /// Whether fewer patterns at once could avoid it.
    pub fn is_size(&self) -> bool {
        matches!(self, Self::States | Self::Cells)
    }
}

/// What making cells needs besides the tests.
#[derive(Clone, Copy)]
pub(crate) struct Workshop<'a> {
    pub cache: &'a Cache,
    pub limits: &'a Limits,
    pub cancelled: &'a dyn Fn() -> bool,
}

impl Workshop<'_> {
    pub fn go_on(&self) -> Result<(), Cancelled> {
        if (self.cancelled)() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}

impl Cells {
    /// Parts the values of an attribute by what `tests`, all on that attribute, can tell apart.
    pub fn new(kind: &Kind, tests: &[OpenTest<'_>], shop: Workshop<'_>) -> Result<Self, Cancelled> {
        Ok(match kind {
            Kind::Text(domain) => {
                Self::Text(text::cells_of(domain, &text::Atoms::of(tests), shop)?)
            }
            Kind::Texts(domain) => Self::List(Arc::new(list::of_texts(domain, tests, shop)?)),
            Kind::Objects(members) => Self::List(Arc::new(list::of_objects(members, tests, shop)?)),
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.cells.len(),
            Self::List(cells) => cells.cells.len(),
        }
    }

    /// A value of each cell, in order.
    pub fn representatives(&self) -> Vec<Value> {
        match self {
            Self::Text(cells) => cells
                .cells
                .iter()
                .map(|cell| Value::text(cell.witness.clone()))
                .collect(),
            Self::List(cells) => cells.cells.iter().map(|cell| cell.value.clone()).collect(),
        }
    }

    /// What kept them from covering everything.
    pub fn shortfalls(&self) -> &[Shortfall] {
        match self {
            Self::Text(cells) => &cells.shortfalls,
            Self::List(cells) => &cells.shortfalls,
        }
    }
}
