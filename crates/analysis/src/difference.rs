//! How two rule sets differ: for every request, or for none.

use reeve_domain::rule::{Action, Subject};
use reeve_policy::compile::CompiledRules;
use reeve_policy::decide::{AccessRequest, Outcome, outcome};

use crate::diagram::answers_of_two;
use crate::limit::{Cancelled, Exhaustive};
use crate::region::AccessBox;
use crate::scope::Scope;
use crate::survey::{Found, Survey, survey};

/// How `after` differs from `before`, over every request of the scope.
///
/// The two can be anything compiled: two actors, two instants, two semantics, rules before and after
/// an edit. Grants that do not count at the instant of a set are not looked at. Where a set is so
/// broken that nothing is known about any request, nothing can be said to be the same.
pub fn difference(
    before: &CompiledRules,
    after: &CompiledRules,
    scope: &Scope<'_>,
) -> Result<Difference, Cancelled> {
    if std::ptr::eq(before, after) {
        return Ok(Difference {
            verdict: Verdict::Same,
            changes: Vec::new(),
            exhaustive: Exhaustive::Yes,
        });
    }
    let mut survey = survey(&[before, after], None, scope)?;
    let found = std::mem::take(&mut survey.found);
    let changes: Vec<Change> = found
        .into_iter()
        .map(|found| change(found, before, after, &mut survey))
        .collect();
    Ok(Difference {
        verdict: Verdict::of(&changes),
        changes,
        exhaustive: survey.exhaustive(),
    })
}

/// Whether the two are proven to mean the same.
pub fn is_same(
    one: &CompiledRules,
    other: &CompiledRules,
    scope: &Scope<'_>,
) -> Result<bool, Cancelled> {
    Ok(difference(one, other, scope)?.is_same())
}

/// Whether everything that `small` allows is proven to be allowed by `large`.
pub fn is_subset(
    small: &CompiledRules,
    large: &CompiledRules,
    scope: &Scope<'_>,
) -> Result<bool, Cancelled> {
    let difference = difference(large, small, scope)?;
    let gains = |change: &Change| {
        matches!(change.after, Answer::Allowed | Answer::Unknown)
            && change.before != Answer::Allowed
    };
    Ok(difference.exhaustive.is_yes() && !difference.changes.iter().any(gains))
}

fn change(
    found: Found,
    before: &CompiledRules,
    after: &CompiledRules,
    survey: &mut Survey,
) -> Change {
    let answers = answers_of_two(found.code);
    let count = found.requests.len();
    let witnesses: Vec<Witness> = found
        .requests
        .into_iter()
        .map(|request| Witness {
            before: outcome(before, &request),
            after: outcome(after, &request),
            request,
        })
        .filter(|witness| (witness.before.into(), witness.after.into()) == answers)
        .collect();
    if witnesses.len() < count || witnesses.is_empty() {
        survey.disagrees(&found.subject, &found.actions);
    }
    Change {
        subject: found.subject,
        actions: found.actions,
        before: answers.0,
        after: answers.1,
        reach: found.reach,
        witnesses,
    }
}

/// How two rule sets differ in meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How the access they give compares.
    pub verdict: Verdict,
    /// Everything that has another answer, in as few pieces as were found; empty if nothing has.
    pub changes: Vec<Change>,
    /// Whether every request was looked at. If not, the verdict speaks for those that were.
    pub exhaustive: Exhaustive,
}

/// How the access of the set after compares with the set before.
///
/// Only what is allowed counts as access. What is unknown on one side could be anything, so it
/// counts as a gain or a loss if the other side is not unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Every request has the same answer.
    Same,
    /// The same is allowed; only denials, errors and what is unknown trade places.
    SameAccess,
    /// Something is no longer allowed, and nothing is newly allowed.
    Narrower,
    /// Something is newly allowed, and everything that was still is.
    Wider,
    /// Something is newly allowed and something else no longer is.
    Incomparable,
}

impl Verdict {
    /// What `changes` come to together, if there are no others.
    pub fn of(changes: &[Change]) -> Self {
        let is_access = |answer: Answer| matches!(answer, Answer::Allowed | Answer::Unknown);
        let gained = changes
            .iter()
            .any(|c| is_access(c.after) && c.before != Answer::Allowed);
        let lost = changes
            .iter()
            .any(|c| is_access(c.before) && c.after != Answer::Allowed);
        match (gained, lost) {
            (true, true) => Self::Incomparable,
            (true, false) => Self::Wider,
            (false, true) => Self::Narrower,
            (false, false) if changes.is_empty() => Self::Same,
            (false, false) => Self::SameAccess,
        }
    }
}

/// Requests whose answer changes in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is acted on.
    pub subject: Subject,
    /// What is done; all of these change alike.
    pub actions: Vec<Action>,
    /// The answer before.
    pub before: Answer,
    /// The answer after.
    pub after: Answer,
    /// Which checks.
    pub reach: Reach,
    /// Requests that show it, each confirmed by the judge; the most telling first.
    pub witnesses: Vec<Witness>,
}

/// An answer, its reasons apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Allowed.
    Allowed,
    /// Denied.
    Denied,
    /// The server answers with an error.
    Error,
    /// It cannot be known here.
    Unknown,
}

/// Which checks something is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Checks without attributes ("anywhere?").
    Bare,
    /// Checks on things in the box.
    Things(AccessBox),
    /// All checks, with attributes and without.
    Everything,
}

/// A request that shows a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The request.
    pub request: AccessRequest,
    /// The answer before.
    pub before: Outcome,
    /// The answer after.
    pub after: Outcome,
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Allowed => Self::Allowed,
            Outcome::Denied => Self::Denied,
            Outcome::ServerError(_) => Self::Error,
            Outcome::Unknown(_) => Self::Unknown,
        }
    }
}

impl Change {
    /// Whether an answer is unknown on either side, so that more or less may have changed.
    pub fn is_open(&self) -> bool {
        self.before == Answer::Unknown || self.after == Answer::Unknown
    }
}

impl Difference {
    /// Whether the two are proven to mean the same.
    pub fn is_same(&self) -> bool {
        self.verdict == Verdict::Same && self.exhaustive.is_yes()
    }

    /// What is newly allowed.
    pub fn newly_allowed(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|c| c.after == Answer::Allowed)
    }

    /// What is no longer allowed, because it is denied, fails or is unknown.
    pub fn no_longer_allowed(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|c| c.before == Answer::Allowed)
    }
}
