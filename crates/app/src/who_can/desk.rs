//! What is kept between questions about everybody: the crowd, its classes, and the last answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use reeve_domain::project::Folder;
use reeve_policy::decide::Outcome;
use reeve_store::workspace::Workspace;

use super::WhoCanQuestion;
use super::answered::{Answered, Row};
use super::asked::asked;
use super::classes::{Asked, ClassAnswer, Classes};
use super::crowd::{Crowd, Person, ends_after};
use crate::error::DeedError;

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
        let folders = measure.map_or(0, |_| self.folders.len());
        Ok(Answered::new(crowd, at, rows, folders))
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
