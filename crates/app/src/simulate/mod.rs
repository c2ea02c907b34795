//! Asks the judge whether somebody may do something, at an instant, and why.
//!
//! What the question leaves open is not invented: if the answer looks at it, the answer depends on
//! it, and says so. What cannot be meant is refused with the remedy.

mod case;
pub mod cases;
mod examine;
pub(crate) mod extremes;
mod holder;
mod open;
mod question;
pub(crate) mod unseen;
pub mod what_else;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_policy::decide::{Change, Decision, Outcome};
use reeve_policy::operation::OperationDecision;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::pull::unseen::UnseenKind;
use crate::reeve::Reeve;

use case::instant;
pub(crate) use case::{Case, case, decided, settle};
pub(crate) use examine::Examined;
pub(crate) use holder::Holder;
pub use holder::{Asked, UNSAVED_PRIVILEGE};
pub use open::ACTOR;
pub(crate) use open::Settled;
pub(crate) use question::attributes;
pub use question::{Place, Question, Unsaved, What, When, Who};

/// The answer.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The question could be put.
    Decided(Box<Verdict>),
    /// Something is missing from the question, or is not what it must be.
    Incomplete(Vec<Remark>),
}

/// What was decided.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Who was asked about.
    pub asked: Asked,
    /// The instant the question was decided for.
    pub at: DateTime<Utc>,
    /// The answer, as far as it does not depend on what was left open. It is not that of `decided`
    /// where what is missing makes the server fail and nothing that could be filled in changes the
    /// answer.
    pub outcome: Outcome,
    /// When the answer changes next, if something timed makes it change.
    pub change: Option<Change>,
    /// The properties left open at which the answer looked, or [`ACTOR`]. If there are any,
    /// `outcome` is only what holds when they are missing.
    pub depends_on: BTreeSet<String>,
    /// The fields of the question that would have to be filled in for a yes or no.
    pub open_fields: BTreeSet<String>,
    /// The judge's decision.
    pub decided: Decided,
    /// How many rules count at that instant.
    pub rules: usize,
    /// How the server orders rules.
    pub semantics: Semantics,
    /// What is odd about the question, per field; the answer is to the question as it was put.
    pub remarks: Vec<Remark>,
    /// What could not be pulled and makes `outcome` unknown.
    pub unseen: Vec<UnseenKind>,
}

/// The judge's decision.
#[derive(Debug, Clone)]
pub enum Decided {
    /// About one action.
    Action(Decision),
    /// About an operation and the checks it makes.
    Operation(OperationDecision),
}

impl Decided {
    /// The answer.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Action(decision) => decision.outcome,
            Self::Operation(decision) => decision.outcome,
        }
    }
}

impl Reeve {
    /// Answers `question`.
    pub fn simulate(&self, question: &Question) -> Result<Answer, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| answer(snapshot, question, now))
    }
}

/// Answers `question` from what `snapshot` shows.
pub(crate) fn answer(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Answer, DeedError> {
    let case = case(snapshot, question, now)?;
    let mut examined = examined(snapshot, question, now)?;
    let case = match case {
        Ok(case) => case,
        Err(mut problems) => {
            problems.append(&mut examined.problems);
            return Ok(Answer::Incomplete(problems));
        }
    };
    if !examined.problems.is_empty() {
        return Ok(Answer::Incomplete(examined.problems));
    }
    Ok(case.answer(question, examined.remarks))
}

/// Answers a question about bare rules on a server with the subjects of `edition`, of whose places
/// nothing is known.
pub fn answer_about_rules(
    question: &Question,
    edition: CatalogueEdition,
    now: DateTime<Utc>,
) -> Answer {
    let mut problems = examine::problems(&question.place);
    let holder = match Holder::of_rules(&question.who, &question.unsaved) {
        Ok(holder) if problems.is_empty() => holder,
        Ok(_) => return Answer::Incomplete(problems),
        Err(mut others) => {
            others.append(&mut problems);
            return Answer::Incomplete(others);
        }
    };
    let case = Case {
        unseen: Vec::new(),
        at: instant(question.when, &holder, now),
        semantics: question.semantics.unwrap_or_default(),
        edition,
        holder,
    };
    case.answer(question, Vec::new())
}

/// What there is to say about the place and the instant of `question`.
pub(crate) fn examined(
    snapshot: &Snapshot,
    question: &Question,
    now: DateTime<Utc>,
) -> Result<Examined, DeedError> {
    let place = &question.place;
    let known = |environment: &Option<String>, path: &Option<String>| match environment {
        Some(slug) => snapshot.known_place(slug, path.as_deref()),
        None => Ok(reeve_store::place::KnownPlace::default()),
    };
    let mut examined = examine::examine(
        place,
        &examine::Known {
            first: known(&place.situation.environment, &place.situation.secret_path)?,
            second: known(
                &place.situation.second_environment,
                &place.situation.second_path,
            )?,
            tags: &snapshot.tag_slugs()?,
        },
    );
    let since = match question.when {
        When::At(at) if at < now => snapshot.history_count_since(at)?,
        _ => 0,
    };
    examined
        .remarks
        .extend(examine::past(question.when, now, since));
    Ok(examined)
}
