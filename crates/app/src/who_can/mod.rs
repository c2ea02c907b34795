//! Who can: the answer to one question for everybody in the project, with its source, its end and
//! how far the deciding rule reaches.
//!
//! Whoever holds the same rules is decided upon once. A later question ends the work for an earlier
//! one.

mod answered;
mod asked;
mod classes;
pub(crate) mod crowd;
mod desk;
mod reach;
mod sections;

use chrono::{DateTime, Utc};
use reeve_domain::member::Member;
use reeve_domain::project::Semantics;
use reeve_policy::assemble::Source;
use reeve_policy::decide::Outcome;

use crate::error::DeedError;
use crate::preview_privilege::Remark;
use crate::reeve::Reeve;
use crate::simulate::{Place, Unsaved, What, When, Who, examined};

pub(crate) use desk::Desk;

/// A question about everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoCanQuestion {
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When; there is no "after everything timed" for everybody at once.
    pub at: Option<DateTime<Utc>>,
    /// How the server orders rules; as the project's does if it is `None`.
    pub semantics: Option<Semantics>,
}

/// Which part of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoCanView {
    /// Only these answers.
    pub show: Shown,
    /// Only where the deciding rule has this source; see [`SourceCount::key`].
    pub source: Option<String>,
    /// Only those whose name or address has this text in it.
    pub search: String,
    /// The keys of the sections whose rows are left out.
    pub closed: Vec<String>,
    /// How many come before the slice.
    pub offset: usize,
    /// How many the slice may have.
    pub limit: usize,
}

/// Which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Those who may.
    Allowed,
    /// Where it depends, where the server fails, and what is unknown.
    Open,
    /// Those who may not.
    Denied,
    /// Everybody.
    All,
}

/// The answer for everybody.
#[derive(Debug, Clone)]
pub enum WhoCan {
    /// The question could be put.
    Answered(WhoCanPage),
    /// The question is not what it must be.
    Incomplete(Vec<Remark>),
}

/// A slice of the answer with what holds for all of it.
#[derive(Debug, Clone)]
pub struct WhoCanPage {
    /// The instant the question was decided for.
    pub at: DateTime<Utc>,
    /// How many have which answer.
    pub counts: OutcomeCounts,
    /// Where the deciding rules of those who may come from, most members first.
    pub sources: Vec<SourceCount>,
    /// How many folders the project has, in all environments; 0 if the question is not about one.
    pub folders: usize,
    /// If those who may are shown: the sources that they stand under, in the order of the rows, with
    /// how many fit the view. Each stands once, under what decides the deed itself.
    pub sections: Vec<Section>,
    /// The rows: by section, in each who may for good first, then by end, latest first; those by how
    /// far the deciding rule reaches, then by name.
    pub rows: Vec<WhoCanRow>,
    /// How many rows there are in all, those of closed sections left out.
    pub total: usize,
    /// What is odd about the question, per field.
    pub remarks: Vec<Remark>,
}

/// How many have which answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeCounts {
    /// Those who may.
    pub allowed: usize,
    /// Those who may not.
    pub denied: usize,
    /// Where it depends, the server fails, or it is unknown.
    pub open: usize,
}

/// Those who may through one source and fit the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// As [`SourceCount::key`].
    pub key: String,
    /// As [`SourceCount::name`].
    pub name: String,
    /// How many members.
    pub members: usize,
    /// Whether its rows are left out.
    pub closed: bool,
}

/// How many may through one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCount {
    /// Tells it from the others: `role:` and an id, or `privilege` and `folder` for all
    /// privileges and all folder grants together.
    pub key: String,
    /// The name of the role, or what the others are called.
    pub name: String,
    /// How many members.
    pub members: usize,
}

/// The answer for one member.
#[derive(Debug, Clone)]
pub struct WhoCanRow {
    /// Who.
    pub member: Member,
    /// The answer.
    pub outcome: Outcome,
    /// Whether it depends on what was left open; then `outcome` is only what holds when it is
    /// missing.
    pub depends: bool,
    /// Where the deciding rules come from, the one that decides the deed itself last.
    pub sources: Vec<Source>,
    /// When the answer changes, if something timed makes it change.
    pub until: Option<DateTime<Utc>>,
    /// In how many of the project's folders the deciding rule alone would allow the same.
    pub reach: Option<usize>,
}

impl Reeve {
    /// Answers `question` for everybody.
    ///
    /// While it works, a call with another question ends it with [`DeedError::Superseded`].
    pub fn who_can(
        &self,
        question: &WhoCanQuestion,
        view: &WhoCanView,
    ) -> Result<WhoCan, DeedError> {
        let now = self.now();
        let workspace = self.workspace()?;
        let ticket = self.desk.take_ticket(question);
        let as_asked = crate::simulate::Question {
            who: Who::Rules {
                rules: String::new(),
                folder_rules: None,
            },
            what: question.what.clone(),
            place: question.place.clone(),
            when: question.at.map_or(When::Now, When::At),
            semantics: question.semantics,
            unsaved: Unsaved::default(),
        };
        let examined = workspace
            .reader()
            .read(|snapshot| examined(snapshot, &as_asked, now))?;
        if !examined.problems.is_empty() {
            return Ok(WhoCan::Incomplete(examined.problems));
        }
        let at = question.at.unwrap_or(now);
        let answered = self.desk.answer(&workspace, question, at, &ticket)?;
        let mut page = answered.page(view);
        page.remarks = examined.remarks;
        Ok(WhoCan::Answered(page))
    }
}
