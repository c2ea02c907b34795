//! The answer for everybody: in order, counted, and cut into the slices that are shown.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_policy::decide::Outcome;

use super::classes::ClassAnswer;
use super::crowd::{Crowd, Person};
use super::sections::divide;
use super::{OutcomeCounts, Section, Shown, SourceCount, WhoCanPage, WhoCanRow, WhoCanView};

/// The answer for everybody.
pub(crate) struct Answered {
    crowd: Arc<Crowd>,
    at: DateTime<Utc>,
    rows: Vec<Row>,
    counts: OutcomeCounts,
    sources: Vec<SourceCount>,
    folders: usize,
}

/// The answer for the person of that number.
pub(super) struct Row {
    /// Their number in the crowd.
    pub person: usize,
    /// The answer for all who hold the same.
    pub answer: Arc<ClassAnswer>,
    /// When it becomes another one.
    pub until: Option<DateTime<Utc>>,
    /// How many folders the deciding rule reaches.
    pub reach: Option<usize>,
    /// Which source it stands under, if they may.
    pub section: Option<usize>,
}

impl Answered {
    /// The answer that `rows` make, in any order, to a question about that many folders.
    pub(super) fn new(
        crowd: Arc<Crowd>,
        at: DateTime<Utc>,
        mut rows: Vec<Row>,
        folders: usize,
    ) -> Self {
        let sources = divide(&mut rows, &crowd, at);
        sort(&mut rows, &crowd);
        Self {
            counts: counts(&rows),
            sources,
            folders,
            rows,
            crowd,
            at,
        }
    }

    /// The slice that `view` wants.
    pub fn page(&self, view: &WhoCanView) -> WhoCanPage {
        let text = view.search.trim().to_lowercase();
        let wanted = view.source.as_ref().map(|key| self.section(key));
        let fits = |row: &&Row| {
            (view.show == Shown::All || shown_as(row) == view.show)
                && wanted.is_none_or(|wanted| wanted.is_some() && row.section == wanted)
                && (text.is_empty() || self.has_text(row, &text))
        };
        let mut sections = if view.show == Shown::Allowed {
            self.sections(view)
        } else {
            Vec::new()
        };
        let mut total = 0;
        let mut rows = Vec::with_capacity(view.limit);
        for row in self.rows.iter().filter(fits) {
            let section = row.section.and_then(|at| sections.get_mut(at));
            if let Some(section) = section {
                section.members += 1;
                if section.closed {
                    continue;
                }
            }
            if total >= view.offset && rows.len() < view.limit {
                rows.extend(self.row(row));
            }
            total += 1;
        }
        sections.retain(|section| section.members > 0);
        WhoCanPage {
            at: self.at,
            counts: self.counts,
            sources: self.sources.clone(),
            sections,
            folders: self.folders,
            rows,
            total,
            remarks: Vec::new(),
        }
    }

    /// One section for each source, with nobody in it yet.
    fn sections(&self, view: &WhoCanView) -> Vec<Section> {
        self.sources
            .iter()
            .map(|source| Section {
                key: source.key.clone(),
                name: source.name.clone(),
                members: 0,
                closed: view.closed.contains(&source.key),
            })
            .collect()
    }

    fn section(&self, key: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.key == key)
    }

    fn has_text(&self, row: &Row, text: &str) -> bool {
        let person = self.crowd.people.get(row.person);
        person.is_some_and(|Person { member, .. }| {
            [&member.name, &member.handle]
                .into_iter()
                .any(|word| word.to_lowercase().contains(text))
        })
    }

    fn row(&self, row: &Row) -> Option<WhoCanRow> {
        let person = self.crowd.people.get(row.person)?;
        let source = |position: &usize| {
            let held = person.active(self.at).nth(*position)?;
            self.crowd.source(held).cloned()
        };
        Some(WhoCanRow {
            member: person.member.clone(),
            outcome: row.answer.outcome,
            depends: row.answer.depends,
            sources: row.answer.sources.iter().filter_map(source).collect(),
            until: row.until,
            reach: row.reach,
        })
    }
}

fn sort(rows: &mut [Row], crowd: &Crowd) {
    let name = |row: &Row| {
        let person = crowd.people.get(row.person);
        person.map(|person| person.member.name.as_str())
    };
    rows.sort_by(|one, other| {
        let lasting = |row: &Row| (row.until.is_none(), row.until);
        (shown_as(one) as u8)
            .cmp(&(shown_as(other) as u8))
            .then_with(|| one.section.cmp(&other.section))
            .then_with(|| lasting(other).cmp(&lasting(one)))
            .then_with(|| other.reach.cmp(&one.reach))
            .then_with(|| name(one).cmp(&name(other)))
    });
}

fn counts(rows: &[Row]) -> OutcomeCounts {
    let mut counts = OutcomeCounts::default();
    for row in rows {
        match shown_as(row) {
            Shown::Allowed => counts.allowed += 1,
            Shown::Denied => counts.denied += 1,
            Shown::Open | Shown::All => counts.open += 1,
        }
    }
    counts
}

/// As what a row is shown.
pub(super) fn shown_as(row: &Row) -> Shown {
    match row.answer.outcome {
        _ if row.answer.depends => Shown::Open,
        Outcome::Allowed => Shown::Allowed,
        Outcome::Denied => Shown::Denied,
        Outcome::ServerError(_) | Outcome::Unknown(_) => Shown::Open,
    }
}
