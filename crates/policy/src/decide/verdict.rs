//! Puts the matches of single rules together into one answer.

use reeve_domain::rule::Effect;

use super::{ErrorReason, Outcome, UnknownReason};
use crate::compile::{ServerFault, WalkFault};
use crate::template::TemplateFault;

/// Whether one rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Applies {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The server fails here.
    Fault(ServerFault),
    /// Not known.
    Unknown {
        /// Why.
        reason: UnknownReason,
        /// Whether the server might fail here.
        may_fail: bool,
    },
}

/// The answer so far, while rules are tried last to first.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// What unknown rules, already tried, could have decided.
    possible: Possible,
    /// The first unknown rule: its position among those tried, and why.
    unknown: Option<(usize, UnknownReason)>,
    tried: usize,
}

/// A set of outcomes: what the answer could be as far as is known here.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Possible {
    allowed: bool,
    denied: bool,
    error: bool,
}

/// An answer and the position, among the rules tried, of the one that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub outcome: Outcome,
    pub decided_by: Option<usize>,
    pub possible: Possible,
}

impl Tally {
    /// Takes the next rule. Returns the verdict as soon as no further rule can matter.
    pub fn take(&mut self, effect: Effect, applies: Applies) -> Option<Verdict> {
        let at = self.tried;
        self.tried += 1;
        match applies {
            Applies::No => None,
            Applies::Yes => Some(self.conclude(decision_of(effect), Some(at))),
            Applies::Fault(fault) => {
                let error = Outcome::ServerError(ErrorReason::Fault(fault));
                Some(self.conclude(error, Some(at)))
            }
            Applies::Unknown { reason, may_fail } => {
                self.possible.add(decision_of(effect));
                self.possible.error |= may_fail;
                self.unknown.get_or_insert((at, reason));
                None
            }
        }
    }

    /// The verdict when no rule is left.
    pub fn finish(mut self) -> Verdict {
        self.conclude(Outcome::Denied, None)
    }

    fn conclude(&mut self, outcome: Outcome, decided_by: Option<usize>) -> Verdict {
        self.possible.add(outcome);
        match self.unknown {
            Some((at, reason)) if self.possible.count() > 1 => Verdict {
                outcome: Outcome::Unknown(reason),
                decided_by: Some(at),
                possible: self.possible,
            },
            _ => Verdict {
                outcome,
                decided_by,
                possible: Possible::only(outcome),
            },
        }
    }
}

/// The answer to "one of the two", both of which the server asks.
pub(super) fn either(first: Verdict, second: Verdict) -> (Outcome, Possible) {
    let [one, two] = [first.possible, second.possible];
    let possible = Possible {
        allowed: (one.allowed && (two.allowed || two.denied)) || (two.allowed && one.denied),
        denied: one.denied && two.denied,
        error: one.error || two.error,
    };
    let certain = possible.count() == 1;
    let outcome = match (first.outcome, second.outcome) {
        (error @ Outcome::ServerError(_), _) if certain => error,
        (_, error @ Outcome::ServerError(_)) if certain => error,
        _ if certain && possible.allowed => Outcome::Allowed,
        _ if certain && possible.denied => Outcome::Denied,
        (unknown @ Outcome::Unknown(_), _) => unknown,
        (_, other) => other,
    };
    (outcome, possible)
}

impl Possible {
    /// Whether an outcome is possible; which error it is does not matter.
    pub fn may_be(self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Allowed => self.allowed,
            Outcome::Denied => self.denied,
            Outcome::ServerError(_) => self.error,
            Outcome::Unknown(_) => false,
        }
    }

    /// All that is possible in either.
    pub fn with(self, other: Self) -> Self {
        Self {
            allowed: self.allowed || other.allowed,
            denied: self.denied || other.denied,
            error: self.error || other.error,
        }
    }

    /// The same, where an error counts as a denial.
    pub fn with_error_as_denial(self) -> Self {
        Self {
            denied: self.denied || self.error,
            error: false,
            ..self
        }
    }

    /// What is possible when `next` is asked in case of a denial.
    pub fn or_if_denied(self, next: Self) -> Self {
        let undenied = Self {
            denied: false,
            ..self
        };
        if self.denied {
            undenied.with(next)
        } else {
            undenied
        }
    }

    /// What is possible when `next` follows and only its Allow lets matters go on.
    pub fn or_stopped_by(self, next: Self) -> Self {
        self.with(Self {
            allowed: false,
            ..next
        })
    }

    fn only(outcome: Outcome) -> Self {
        let mut possible = Self::default();
        possible.add(outcome);
        possible
    }

    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Allowed => self.allowed = true,
            Outcome::Denied => self.denied = true,
            Outcome::ServerError(_) => self.error = true,
            Outcome::Unknown(_) => {
                *self = Self {
                    allowed: true,
                    denied: true,
                    error: true,
                }
            }
        }
    }

    pub fn count(self) -> u8 {
        u8::from(self.allowed) + u8::from(self.denied) + u8::from(self.error)
    }
}

fn decision_of(effect: Effect) -> Outcome {
    match effect {
        Effect::Allow => Outcome::Allowed,
        Effect::Forbid => Outcome::Denied,
    }
}

/// The answer to every request under rules that cannot be used.
pub(super) fn verdict_of_fault(fault: WalkFault) -> Verdict {
    let outcome = match fault {
        WalkFault::Server(fault) => Outcome::ServerError(ErrorReason::Fault(fault)),
        WalkFault::Template(TemplateFault::Invalid) => {
            Outcome::ServerError(ErrorReason::InvalidTemplate)
        }
        WalkFault::Template(TemplateFault::BrokenJson) => {
            Outcome::ServerError(ErrorReason::BrokenJson)
        }
        WalkFault::Template(TemplateFault::Unsupported) => {
            Outcome::Unknown(UnknownReason::Template)
        }
        WalkFault::Template(TemplateFault::DependsOnUnknown) => {
            Outcome::Unknown(UnknownReason::NotTold)
        }
    };
    Verdict {
        outcome,
        decided_by: None,
        possible: Possible::only(outcome),
    }
}
