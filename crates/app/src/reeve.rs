//! The program's state: the open workspace, and the ports.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use reeve_analysis::Cache;
use reeve_store::workspace::Workspace;
use tokio::sync::Notify;

use crate::check_history::HistoryCheck;
use crate::clock::Clock;
use crate::clock_notice::ClockMemory;
use crate::consequence::KnownConsequences;
use crate::error::DeedError;
use crate::events::Events;
use crate::notices::{Notices, Telling};
use crate::preferences::Preferences;
use crate::pull::link::read_last_pull;
pub use crate::remote_state::RemotePorts;
use crate::remote_state::RemoteState;
use crate::turns::Turns;
use crate::who_can::Desk;
use crate::workspace::Refusal;

/// The running program. Deeds are its methods, each in the file that bears the deed's name. Clones
/// are the same program.
#[derive(Clone)]
pub struct Reeve {
    /// Where workspaces are kept that the user did not choose a place for.
    pub(crate) data: PathBuf,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) events: Arc<dyn Events>,
    /// Who does things here, for the history.
    author: Arc<RwLock<String>>,
    /// Who is signed in to the computer.
    pub(crate) signed_in: Arc<RwLock<String>>,
    pub(crate) preferences: Arc<RwLock<Preferences>>,
    /// Shows messages of the desktop, where the host can.
    pub(crate) notices: Arc<RwLock<Option<Arc<dyn Notices>>>>,
    pub(crate) clock_memory: Arc<Mutex<ClockMemory>>,
    /// What was told of the open workspace.
    pub(crate) telling: Arc<Mutex<Option<Telling>>>,
    /// Wakes whoever tells of ends: the clock was changed, or what is told when.
    pub(crate) look_for_notices: Arc<Notify>,
    /// The last check of the history, with the file it was of.
    last_check: Arc<Mutex<Option<(PathBuf, HistoryCheck)>>>,
    /// What ends were found to mean.
    pub(crate) consequences: Arc<Mutex<KnownConsequences>>,
    /// The number of the last comparison of a role's rules; those before it give up.
    pub(crate) role_effects: Arc<AtomicU64>,
    pub(crate) redundancies: Arc<AtomicU64>,
    /// The same for a privilege being written.
    pub(crate) privilege_effects: Arc<AtomicU64>,
    /// Questions about everything at once, of each kind.
    pub(crate) comparisons: Turns,
    pub(crate) maps: Turns,
    pub(crate) edit_searches: Turns,
    pub(crate) case_lists: Turns,
    pub(crate) batches: Turns,
    /// What was made for comparing rules, kept for the next comparison.
    pub(crate) analysis: Arc<Cache>,
    /// What is kept between questions about everybody.
    pub(crate) desk: Arc<Desk>,
    session: Arc<RwLock<Session>>,
    /// What must be added to our clock to get the server's, in milliseconds; zero for a local project.
    skew: Arc<AtomicI64>,
    pub(crate) remote: Arc<RemoteState>,
    /// Wakes the watch over expiry when something that ends may have changed.
    pub(crate) ends_changed: Arc<Notify>,
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
            author: Arc::default(),
            signed_in: Arc::default(),
            preferences: Arc::default(),
            notices: Arc::default(),
            clock_memory: Arc::default(),
            telling: Arc::default(),
            look_for_notices: Arc::default(),
            last_check: Arc::default(),
            consequences: Arc::default(),
            desk: Arc::default(),
            session: Arc::new(RwLock::new(Session::Fresh)),
            skew: Arc::default(),
            remote: Arc::new(RemoteState::new(RemotePorts::default())),
            ends_changed: Arc::new(Notify::new()),
            role_effects: Arc::default(),
            redundancies: Arc::default(),
            privilege_effects: Arc::default(),
            comparisons: Turns::default(),
            maps: Turns::default(),
            edit_searches: Turns::default(),
            case_lists: Turns::default(),
            batches: Turns::default(),
            analysis: Arc::default(),
        }
    }

    /// The same program with what it takes to speak to servers.
    #[must_use]
    pub fn with_remote(mut self, ports: RemotePorts) -> Self {
        self.remote = Arc::new(RemoteState::new(ports));
        self
    }

    /// The instant that is now: for a linked project on its server's clock, because that decides
    /// what counts.
    pub fn now(&self) -> DateTime<Utc> {
        let skew = TimeDelta::milliseconds(self.skew.load(Ordering::Relaxed));
        self.clock.now() + skew
    }

    /// From now on the server's clock is `skew` ahead of ours.
    pub(crate) fn use_skew(&self, skew: TimeDelta) {
        self.skew.store(skew.num_milliseconds(), Ordering::Relaxed);
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
        let skew = match &session {
            Session::Open(workspace) => workspace.reader().read(read_last_pull).ok().flatten(),
            Session::Refused(_) | Session::Fresh => None,
        };
        self.use_skew(skew.map_or_else(TimeDelta::zero, |pull| pull.skew));
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = session;
        self.ends_changed.notify_one();
    }
}
