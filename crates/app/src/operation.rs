//! Long work: one operation at a time, with its progress, which can be called off.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use reeve_remote::error::FetchError;
pub use reeve_remote::fetched::Step;
use reeve_remote::fetched::{OnProgress, Progress};
pub use tokio_util::sync::CancellationToken;

use crate::error::DeedError;
use crate::events::Topic;
use crate::reeve::Reeve;

/// How often the window hears of progress at most.
const TOLD_EVERY: Duration = Duration::from_millis(120);

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Brings a project of a server into a new workspace.
    Link,
    /// Brings the open project up to date.
    Pull,
    /// Compares members with the server.
    Verify,
    /// Waits for a sign-in in the browser.
    SignIn,
}

/// An operation as it stands.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// What it does.
    pub work: Work,
    /// When it began.
    pub since: DateTime<Utc>,
    /// The step that moved last.
    pub step: Option<Step>,
    /// How far each step is.
    pub steps: BTreeMap<Step, StepProgress>,
    /// A page that the user has to open, if the program could not.
    pub page: Option<String>,
    /// How it ended, once it has.
    pub ended: Option<Ended>,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepProgress {
    /// How much is done.
    pub done: u64,
    /// How much there is, once that is known.
    pub total: Option<u64>,
}

/// How an operation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It was done.
    Done,
    /// It was called off; nothing was changed.
    Cancelled,
    /// It failed; nothing was changed.
    Failed {
        /// What happened.
        message: String,
        /// What can be done about it.
        remedy: String,
        /// Whether trying again can help.
        retry: bool,
        /// Whether signing in again is what helps.
        sign_in: bool,
    },
}

/// The operation that runs or ran last.
#[derive(Default)]
pub(crate) struct Operations {
    current: Mutex<Option<(Operation, CancellationToken)>>,
    told: Mutex<Option<Instant>>,
}

impl Operations {
    fn lock(&self) -> MutexGuard<'_, Option<(Operation, CancellationToken)>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reeve {
    /// The operation that runs or ran last, if there was one.
    pub fn operation(&self) -> Option<Operation> {
        self.remote
            .operations
            .lock()
            .as_ref()
            .map(|(o, _)| o.clone())
    }

    /// Calls the operation `id` off, if it still runs.
    pub fn cancel(&self, id: &str) {
        if let Some((operation, cancel)) = self.remote.operations.lock().as_ref()
            && operation.id == id
        {
            cancel.cancel();
        }
    }

    /// Forgets how the last operation ended.
    pub fn dismiss(&self, id: &str) {
        let mut current = self.remote.operations.lock();
        if current
            .as_ref()
            .is_some_and(|(o, _)| o.id == id && o.ended.is_some())
        {
            *current = None;
        }
        drop(current);
        self.events.changed(&[Topic::Remote]);
    }

    /// Begins an operation, unless another one runs.
    pub(crate) fn begin(&self, work: Work) -> Result<(String, CancellationToken), DeedError> {
        let mut current = self.remote.operations.lock();
        if current.as_ref().is_some_and(|(o, _)| o.ended.is_none()) {
            return Err(DeedError::Busy);
        }
        let id = crate::journal::new_id();
        let cancel = CancellationToken::new();
        let operation = Operation {
            id: id.clone(),
            work,
            since: self.now(),
            step: None,
            steps: BTreeMap::new(),
            page: None,
            ended: None,
        };
        *current = Some((operation, cancel.clone()));
        drop(current);
        self.events.changed(&[Topic::Remote]);
        Ok((id, cancel))
    }

    /// Notes how the operation `id` ended.
    pub(crate) fn end(&self, id: &str, outcome: Result<(), DeedError>) {
        let ended = match outcome {
            Ok(()) => Ended::Done,
            Err(DeedError::Remote(FetchError::Cancelled)) => Ended::Cancelled,
            Err(error) => Ended::Failed {
                message: error.to_string(),
                remedy: error.remedy().to_owned(),
                retry: error.is_transient(),
                sign_in: matches!(&error, DeedError::Remote(error) if error.needs_sign_in()),
            },
        };
        self.change_operation(id, |operation| operation.ended = Some(ended));
        self.events.changed(&[Topic::Remote]);
    }

    /// Notes the page that the user has to open.
    pub(crate) fn show_page(&self, id: &str, url: &str) {
        self.change_operation(id, |operation| operation.page = Some(url.to_owned()));
        self.events.changed(&[Topic::Remote]);
    }

    /// Hears the progress of the operation `id` and tells the window, not too often.
    pub(crate) fn on_progress(&self, id: &str) -> OnProgress {
        let (reeve, id) = (self.clone(), id.to_owned());
        Arc::new(move |progress: Progress| {
            reeve.change_operation(&id, |operation| {
                operation.step = Some(progress.step);
                let step = operation.steps.entry(progress.step).or_default();
                // Several run at once, so their news may overtake each other.
                step.done = step.done.max(progress.done);
                step.total = progress.total;
            });
            if reeve.remote.operations.may_tell() {
                reeve.events.changed(&[Topic::Remote]);
            }
        })
    }

    fn change_operation(&self, id: &str, change: impl FnOnce(&mut Operation)) {
        if let Some((operation, _)) = self.remote.operations.lock().as_mut()
            && operation.id == id
        {
            change(operation);
        }
    }
}

impl Operations {
    fn may_tell(&self) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let due = told.is_none_or(|then| now.duration_since(then) >= TOLD_EVERY);
        if due {
            *told = Some(now);
        }
        due
    }
}
