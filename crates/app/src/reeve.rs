//! The program's state: the open workspace, and the ports.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use reeve_store::workspace::Workspace;
use tokio::sync::Notify;

use crate::check_history::HistoryCheck;
use crate::clock::Clock;
use crate::error::DeedError;
use crate::events::Events;
use crate::who_can::Desk;
use crate::workspace::Refusal;

/// The running program. Deeds are its methods, each in the file that bears the deed's name.
pub struct Reeve {
    /// Where workspaces are kept that the user did not choose a place for.
    pub(crate) data: PathBuf,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) events: Arc<dyn Events>,
    session: RwLock<Session>,
    /// Who does things here, for the history.
    author: RwLock<String>,
    /// The last check of the history, with the file it was of.
    last_check: Mutex<Option<(PathBuf, HistoryCheck)>>,
    /// Wakes the watch over expiry when something that ends may have changed.
    pub(crate) ends_changed: Notify,
    /// The number of the last comparison of a role's rules; those before it give up.
    pub(crate) role_effects: AtomicU64,
    /// The same for a privilege being written.
    pub(crate) privilege_effects: AtomicU64,
    /// What is kept between questions about everybody.
    pub(crate) desk: Desk,
}

/// Which workspace is open.
#[derive(Clone)]
pub(crate) enum Session {
    Open(Workspace),
    Refused(Arc<Refusal>),
    /// Before the first workspace is asked for.
    Fresh,
}

impl Reeve {
    /// A program without an open workspace, keeping its files below `data`.
    pub fn new(data: &Path, clock: Arc<dyn Clock>, events: Arc<dyn Events>) -> Self {
        Self {
            data: data.to_owned(),
            clock,
            events,
            session: RwLock::new(Session::Fresh),
            author: RwLock::new(String::new()),
            last_check: Mutex::new(None),
            ends_changed: Notify::new(),
            role_effects: AtomicU64::new(0),
            privilege_effects: AtomicU64::new(0),
            desk: Desk::default(),
        }
    }

    /// The instant that is now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// From now on the history says that `author` did what is done here.
    pub fn sign_as(&self, author: &str) {
        let mut signed = self.author.write().unwrap_or_else(PoisonError::into_inner);
        author.trim().clone_into(&mut signed);
        if let Session::Open(workspace) = self.session() {
            workspace.writer().sign_as(&signed);
        }
    }

    /// Who does things here.
    pub fn author(&self) -> String {
        let author = self.author.read().unwrap_or_else(PoisonError::into_inner);
        author.clone()
    }

    /// The last check of the history.
    pub(crate) fn last_check(&self) -> MutexGuard<'_, Option<(PathBuf, HistoryCheck)>> {
        self.last_check
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The open workspace.
    pub(crate) fn workspace(&self) -> Result<Workspace, DeedError> {
        match self.session() {
            Session::Open(workspace) => Ok(workspace),
            Session::Refused(_) | Session::Fresh => Err(DeedError::NoWorkspace),
        }
    }

    pub(crate) fn session(&self) -> Session {
        self.session
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn set_session(&self, session: Session) {
        if let Session::Open(workspace) = &session {
            workspace.writer().sign_as(&self.author());
        }
        *self.last_check() = None;
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session;
        self.ends_changed.notify_one();
    }
}
