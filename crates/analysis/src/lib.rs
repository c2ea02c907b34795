//! The proof: what rule sets mean, over every request at once.
//!
//! Two sets of rules are compared, or one is measured, by parting the values of each attribute into
//! cells that no pattern and no value in the rules can tell apart, deciding one request for each
//! combination of cells, and merging what comes out alike into boxes that people can read. Answers
//! are exact, or say which limit kept them from being so.
//!
//! This room decides nothing by itself: how a test comes out on a value, and what follows from the
//! tests for a request, is asked of `reeve_policy`. It knows no storage, no clock and no network;
//! whatever is not known about a project is a parameter ([`Universe`]).

mod bits;
mod blast_radius;
mod book;
mod cache;
mod carried;
mod cases;
mod cells;
mod cover;
mod describe;
mod diagram;
mod difference;
mod extent;
mod frame;
mod limit;
mod question;
mod redundant;
mod region;
mod scope;
mod shorter;
mod sorting;
mod standing;
mod stepper;
mod survey;
mod together;
mod universe;
mod witness;
pub mod words;

pub use blast_radius::{BlastRadius, Concerned, Holding, Impact, Moment, blast_radius};
pub use cache::Cache;
pub use cases::{Case, Cases, Gaps, cases};
pub use diagram::Label;
pub use difference::{
    Answer, Change, Difference, Reach, Verdict, Witness, difference, is_same, is_subset,
};
pub use extent::{Area, Extent, extent, region_of_rule};
pub use limit::{Cancelled, Exhaustive, Limit, Limits};
pub use redundant::{Redundancy, Redundant, WhyRedundant, redundant_rules};
pub use region::{AccessBox, Element, Exception, ListPiece, Missing, Piece, Region, Values};
pub use scope::Scope;
pub use shorter::smallest_equivalent;
pub use standing::Beside;
pub use stepper::{Settled, Which};
pub use together::{Part, Together, together};
pub use universe::{Domain, Form, Universe};
