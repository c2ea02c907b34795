//! What is kept between questions about everybody: the crowd, its classes, and the last answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::project::Folder;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Object;
use reeve_policy::decide::{AccessRequest, Outcome};
use reeve_policy::operation::{About, Or, operation};
use reeve_store::workspace::Workspace;

use super::classes::{Asked, ClassAnswer, Classes};
use super::crowd::{Crowd, Person, ends_after};
use super::reach::Measure;
use super::sections::divide;
use super::{
    OutcomeCounts, Section, Shown, SourceCount, WhoCanPage, WhoCanQuestion, WhoCanRow, WhoCanView,
};
use crate::error::DeedError;
use crate::simulate::{What, attributes};

/// How many members are gone through between two looks at whether the question still stands.
const STRIDE: usize = 512;

/// What is kept between questions about everybody.
#[derive(Default)]
pub(crate) struct Desk {
    latest: Mutex<Option<WhoCanQuestion>>,
    serial: AtomicU64,
    kept: Mutex<Option<Kept>>,
}

/// A right to work on a question, until another one is asked.
pub(crate) struct Ticket<'a> {
    serial: u64,
    desk: &'a Desk,
}

struct Kept {
    workspace: std::path::PathBuf,
    crowd: Arc<Crowd>,
    classes: Classes,
    folders: Arc<[Folder]>,
    last: Option<(WhoCanQuestion, DateTime<Utc>, Arc<Answered>)>,
}

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
    pub person: usize,
    pub answer: Arc<ClassAnswer>,
    until: Option<DateTime<Utc>>,
    reach: Option<usize>,
    /// Which source it stands under, if they may.
    pub section: Option<usize>,
}

impl Desk {
    /// Takes a ticket for `question`; tickets for other questions end.
    pub fn take_ticket(&self, question: &WhoCanQuestion) -> Ticket<'_> {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if latest.as_ref() != Some(question) {
            *latest = Some(question.clone());
            self.serial.fetch_add(1, Ordering::SeqCst);
        }
        Ticket {
            serial: self.serial.load(Ordering::SeqCst),
            desk: self,
        }
    }

    /// The answer to `question` at `at`.
    pub fn answer(
        &self,
        workspace: &Workspace,
        question: &WhoCanQuestion,
        at: DateTime<Utc>,
        ticket: &Ticket<'_>,
    ) -> Result<Arc<Answered>, DeedError> {
        let mut guard = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        ticket.check()?;
        let kept = Kept::fresh(guard.take(), workspace)?;
        let kept = guard.insert(kept);
        kept.answer(question, at, ticket)
    }
}

impl Ticket<'_> {
    fn check(&self) -> Result<(), DeedError> {
        if self.desk.serial.load(Ordering::SeqCst) == self.serial {
            Ok(())
        } else {
            Err(DeedError::Superseded)
        }
    }
}

impl Kept {
    /// What was kept if it is still true; read anew otherwise.
    fn fresh(kept: Option<Self>, workspace: &Workspace) -> Result<Self, DeedError> {
        let revision = workspace.revision()?;
        if let Some(kept) = kept
            && kept.workspace == workspace.path()
            && kept.crowd.revision == revision
        {
            return Ok(kept);
        }
        workspace.reader().read(|snapshot| {
            let crowd = Crowd::read(snapshot)?;
            Ok(Self {
                workspace: workspace.path().to_owned(),
                classes: Classes::new(crowd.project.semantics),
                crowd: Arc::new(crowd),
                folders: snapshot.places()?.folders.into(),
                last: None,
            })
        })
    }

    fn answer(
        &mut self,
        question: &WhoCanQuestion,
        at: DateTime<Utc>,
        ticket: &Ticket<'_>,
    ) -> Result<Arc<Answered>, DeedError> {
        if let Some((asked, when, answered)) = &self.last {
            let stands = self.crowd.next_end(*when).is_none_or(|end| at < end);
            if asked == question && *when <= at && stands {
                return Ok(Arc::clone(answered));
            }
        }
        let semantics = question.semantics.unwrap_or(self.crowd.project.semantics);
        if self.classes.semantics != semantics {
            self.classes = Classes::new(semantics);
        }
        let answered = Arc::new(self.work(question, at, ticket)?);
        self.last = Some((question.clone(), at, Arc::clone(&answered)));
        Ok(answered)
    }

    fn work(
        &mut self,
        question: &WhoCanQuestion,
        at: DateTime<Utc>,
        ticket: &Ticket<'_>,
    ) -> Result<Answered, DeedError> {
        let (asked, mut measure) = asked(question, &self.folders)?;
        let crowd = Arc::clone(&self.crowd);
        let class_of: Vec<usize> = self.classes.at(&crowd, at).to_vec();
        let mut answers = Answers {
            classes: &mut self.classes,
            asked: &asked,
            known: Vec::new(),
        };
        let mut rows = Vec::with_capacity(crowd.people.len());
        for (number, (person, class)) in crowd.people.iter().zip(class_of).enumerate() {
            if number % STRIDE == 0 {
                ticket.check()?;
            }
            let answer = answers.of(class);
            let until = if answer.outcome == Outcome::Denied && !answer.depends {
                None
            } else {
                answers.until(&crowd, number, person, at, &answer)
            };
            let reach = measure.as_mut().and_then(|measure| {
                if answer.outcome != Outcome::Allowed {
                    return None;
                }
                measure.reach(&crowd, person, at, &answer)
            });
            rows.push(Row {
                person: number,
                answer,
                until,
                reach,
                section: None,
            });
        }
        ticket.check()?;
        let sources = divide(&mut rows, &crowd, at);
        sort(&mut rows, &crowd);
        Ok(Answered {
            counts: counts(&rows),
            sources,
            folders: if measure.is_some() {
                self.folders.len()
            } else {
                0
            },
            rows,
            crowd,
            at,
        })
    }
}

/// What is asked of each class, and how a deciding rule is measured if the question is about
/// folders.
fn asked(
    question: &WhoCanQuestion,
    folders: &[Folder],
) -> Result<(Asked, Option<RuleMeasure>), DeedError> {
    let place = &question.place;
    match &question.what {
        What::Action(subject, action) => {
            let request = AccessRequest {
                subject: subject.clone(),
                action: action.clone(),
                attributes: attributes(place),
            };
            let measure = rest_of(&request.attributes).map(|rest| {
                RuleMeasure::new(subject, std::slice::from_ref(action), folders, &rest)
            });
            Ok((
                Asked::Action {
                    request,
                    nothing_else: place.nothing_else,
                },
                measure,
            ))
        }
        What::Operation(id) => {
            let operation = operation(id).ok_or(DeedError::Missing { what: "operation" })?;
            let situation = place.situation.clone();
            let measure = operation.checks.last().and_then(|check| {
                let request = check.requests(&situation).into_iter().next()?;
                let rest = match check.about {
                    About::Of(_) => rest_of(&request.attributes)?,
                    About::Anything => return None,
                };
                let mut actions = vec![Action::from(check.action)];
                if let Or::Legacy(legacy) | Or::LegacyFirst(legacy) = check.or {
                    actions.push(Action::from(legacy));
                }
                Some(RuleMeasure::new(
                    &Subject::from(check.subject),
                    &actions,
                    folders,
                    &rest,
                ))
            });
            Ok((
                Asked::Operation {
                    operation,
                    situation: Box::new(situation),
                },
                measure,
            ))
        }
    }
}

/// What a check carries beside the place; `None` if it is not about a place.
fn rest_of(attributes: &Attributes) -> Option<Object> {
    let Attributes::Of(object) = attributes else {
        return None;
    };
    object.get("secretPath")?;
    let mut rest = object.clone();
    rest.remove("environment");
    rest.remove("secretPath");
    Some(rest)
}

struct RuleMeasure {
    measure: Measure,
    per_folder: usize,
}

impl RuleMeasure {
    fn new(subject: &Subject, actions: &[Action], folders: &[Folder], rest: &Object) -> Self {
        Self {
            per_folder: actions.len(),
            measure: Measure::new(subject, actions, folders, rest),
        }
    }

    fn reach(
        &mut self,
        crowd: &Crowd,
        person: &Person,
        at: DateTime<Utc>,
        answer: &ClassAnswer,
    ) -> Option<usize> {
        let (source, position) = answer.rule?;
        let held = person.active(at).nth(source)?;
        let list = crowd.lists.get(usize::try_from(held.list).ok()?)?;
        // What a template makes of a rule is another rule for each; its reach is not said.
        if list.templated {
            return None;
        }
        let rule = list.rules.get(position)?;
        Some(self.measure.of(held.list, position, rule, self.per_folder))
    }
}

/// The answers of the classes, made as they are needed.
struct Answers<'a> {
    classes: &'a mut Classes,
    asked: &'a Asked,
    known: Vec<Option<Arc<ClassAnswer>>>,
}

impl Answers<'_> {
    fn of(&mut self, class: usize) -> Arc<ClassAnswer> {
        if let Some(Some(known)) = self.known.get(class) {
            return Arc::clone(known);
        }
        let answer = self.classes.answer(class, self.asked);
        let answer = Arc::new(answer.unwrap_or(ClassAnswer {
            outcome: Outcome::Denied,
            depends: false,
            sources: Vec::new(),
            rule: None,
        }));
        if self.known.len() < self.classes.len() {
            self.known.resize(self.classes.len(), None);
        }
        if let Some(place) = self.known.get_mut(class) {
            *place = Some(Arc::clone(&answer));
        }
        answer
    }

    /// When the answer for `person` becomes another one.
    fn until(
        &mut self,
        crowd: &Crowd,
        number: usize,
        person: &Person,
        at: DateTime<Utc>,
        answer: &ClassAnswer,
    ) -> Option<DateTime<Utc>> {
        let mut ends: Vec<DateTime<Utc>> = ends_after(person, at).collect();
        ends.sort_unstable();
        ends.dedup();
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        ends.into_iter().find(|end| {
            let class = self.classes.class(crowd, number, person, *end);
            let then = self.of(class);
            then.outcome != answer.outcome || then.depends != answer.depends
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

pub(super) fn shown_as(row: &Row) -> Shown {
    match row.answer.outcome {
        _ if row.answer.depends => Shown::Open,
        Outcome::Allowed => Shown::Allowed,
        Outcome::Denied => Shown::Denied,
        Outcome::ServerError(_) | Outcome::Unknown(_) => Shown::Open,
    }
}

impl Answered {
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
