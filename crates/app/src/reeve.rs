//! The program's state: the open workspace, and the ports.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use reeve_store::workspace::Workspace;
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::error::DeedError;
use crate::events::Events;
use crate::workspace::Refusal;

/// The running program. Deeds are its methods, each in the file that bears the deed's name.
pub struct Reeve {
    /// Where workspaces are kept that the user did not choose a place for.
    pub(crate) data: PathBuf,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) events: Arc<dyn Events>,
    session: RwLock<Session>,
    /// Wakes the watch over expiry when something that ends may have changed.
    pub(crate) ends_changed: Notify,
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
            ends_changed: Notify::new(),
        }
    }

    /// The instant that is now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
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
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session;
        self.ends_changed.notify_one();
    }
}
