//! How much work may be done, and what it means if that was not enough.

use reeve_domain::condition::Property;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::glob::Unreproducible;

/// How much work may be done before an answer is given up as not exhaustive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// States of the product of all patterns on one attribute.
    pub states: usize,
    /// Cells of one attribute.
    pub cells: usize,
    /// Combinations of cells that are told apart for one subject and action.
    pub combinations: usize,
    /// Boxes for one subject and action; beyond it the rest is left out of the list.
    pub boxes: usize,
    /// Requests that are tried for one subject and action where not all can be.
    pub samples: usize,
    /// Witnesses shown for one box.
    pub witnesses: usize,
}

impl Limits {
    /// What a person would wait for.
    pub const USUAL: Self = Self {
        states: 100_000,
        cells: 5_000,
        combinations: 200_000,
        boxes: 200,
        samples: 5_000,
        witnesses: 3,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::USUAL
    }
}

/// Whether an answer covers every request of the universe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exhaustive {
    /// Every request.
    Yes,
    /// Not every request. What is reported holds all the same; there may be more.
    No(Vec<Limit>),
}

impl Exhaustive {
    /// Whether every request is covered.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

/// What kept an answer from being exhaustive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Single values can be matched against the pattern, but nothing can be said about all.
    Pattern {
        /// The attribute.
        property: Property,
        /// The pattern.
        pattern: Box<str>,
        /// Why.
        reason: Unreproducible,
    },
    /// Single values can be tested, but nothing can be said about all: an operator that the
    /// server's API lets nobody write.
    Operator {
        /// The attribute.
        property: Property,
        /// The operator on the wire.
        operator: Box<str>,
    },
    /// Rules hold a template as it is written. It was taken for plain text; what it becomes differs
    /// from actor to actor, so compare actors to know.
    Template {
        /// What is acted on.
        subject: Subject,
        /// The template, such as `{{identity.metadata.team}}`.
        template: Box<str>,
    },
    /// The form of an attribute's values is no regular expression that can be followed.
    Form {
        /// The attribute.
        property: Property,
        /// The expression.
        expression: Box<str>,
    },
    /// The judge did not confirm an example, which must not happen.
    Disagreement {
        /// The subject.
        subject: Subject,
        /// The action.
        action: Action,
    },
    /// The patterns on one attribute have too many states together.
    States {
        /// The attribute.
        property: Property,
    },
    /// One attribute has too many cells.
    Cells {
        /// The attribute.
        property: Property,
    },
    /// Too many combinations are told apart.
    Combinations {
        /// The subject.
        subject: Subject,
        /// The action.
        action: Action,
    },
    /// There are more boxes than are listed; the verdict is exact all the same.
    Boxes {
        /// The subject.
        subject: Subject,
        /// The action.
        action: Action,
    },
}

/// The caller asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the analysis was cancelled")]
pub struct Cancelled;
