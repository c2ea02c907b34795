//! What an analysis may look at and how long.

use reeve_domain::rule::{Action, Subject};

use crate::cache::Cache;
use crate::cells::Workshop;
use crate::limit::Limits;
use crate::universe::Universe;

/// What an analysis looks at, and what it may spend.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The requests that there can be.
    pub universe: &'a Universe,
    /// How much work may be done.
    pub limits: &'a Limits,
    /// What was made before; share it between analyses.
    pub cache: &'a Cache,
    /// Asked again and again; the analysis stops soon after it says yes.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Only these subjects and actions; all that the catalogue or the rules know if `None`.
    pub only: Option<&'a [(Subject, Action)]>,
}

impl<'a> Scope<'a> {
    /// All of a universe, with the usual limits, never cancelled.
    pub fn new(universe: &'a Universe, cache: &'a Cache) -> Self {
        Self {
            universe,
            limits: &Limits::USUAL,
            cache,
            cancelled: &|| false,
            only: None,
        }
    }

    /// The same, stopping when `cancelled` says so.
    #[must_use]
    pub fn cancelled_by(self, cancelled: &'a dyn Fn() -> bool) -> Self {
        Self { cancelled, ..self }
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(self, limits: &'a Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same, only for these subjects and actions.
    #[must_use]
    pub fn only(self, pairs: &'a [(Subject, Action)]) -> Self {
        Self {
            only: Some(pairs),
            ..self
        }
    }

    pub(crate) fn workshop(&self) -> Workshop<'a> {
        Workshop {
            cache: self.cache,
            limits: self.limits,
            cancelled: self.cancelled,
        }
    }
}
