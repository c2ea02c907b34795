//! What the program holds for its servers: the ports to keyring and browser, the runtime on which
//! requests wait, sign-ins of this session, and the operation under way.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use reeve_remote::client::SignedIn;
use tokio::runtime::Runtime;

use crate::error::DeedError;
use crate::operation::Operations;
use crate::pull::watch::Attempts;
use crate::secrets::{Browser, NoBrowser, NoSecrets, Secrets};
use crate::verify::Comparisons;

/// What the host lends for speaking to servers.
#[derive(Clone)]
pub struct RemotePorts {
    /// Keeps tokens and client secrets.
    pub secrets: Arc<dyn Secrets>,
    /// Shows pages.
    pub browser: Arc<dyn Browser>,
}

impl Default for RemotePorts {
    fn default() -> Self {
        Self {
            secrets: Arc::new(NoSecrets),
            browser: Arc::new(NoBrowser),
        }
    }
}

pub(crate) struct RemoteState {
    pub ports: RemotePorts,
    pub operations: Operations,
    /// Sign-ins that are not in the keyring, and those that were read from it, by connection.
    pub signed_in: Mutex<BTreeMap<String, SignedIn>>,
    runtime: OnceLock<Runtime>,
    comparisons: Mutex<Option<(PathBuf, Comparisons)>>,
    attempts: Mutex<Attempts>,
    /// The connection that is used in place of those that links name.
    preferred: Mutex<Option<String>>,
}

impl RemoteState {
    pub fn new(ports: RemotePorts) -> Self {
        Self {
            ports,
            operations: Operations::default(),
            signed_in: Mutex::default(),
            runtime: OnceLock::new(),
            comparisons: Mutex::default(),
            attempts: Mutex::default(),
            preferred: Mutex::default(),
        }
    }

    /// What the last comparison found, and in which workspace.
    pub fn comparisons(&self) -> MutexGuard<'_, Option<(PathBuf, Comparisons)>> {
        self.comparisons
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The attempts to pull since the last one that was done.
    pub fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that is used in place of those that links name.
    pub fn preferred(&self) -> MutexGuard<'_, Option<String>> {
        self.preferred
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The runtime, made when it is first needed: many sessions never speak to a server.
    fn runtime(&self) -> Result<&Runtime, DeedError> {
        if let Some(runtime) = self.runtime.get() {
            return Ok(runtime);
        }
        let made = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("reeve-remote")
            .enable_all()
            .build()
            .map_err(|_| DeedError::NoThreads)?;
        // Whoever comes second uses the first one's; its own goes without having run anything.
        if let Err(unused) = self.runtime.set(made) {
            unused.shutdown_background();
        }
        self.runtime.get().ok_or(DeedError::NoThreads)
    }

    /// Runs `work` beside everything else.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> Result<(), DeedError> {
        self.runtime()?.spawn(work);
        Ok(())
    }

    /// Runs `work` and waits for it. Must not be called where waiting is forbidden.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, DeedError> {
        Ok(self.runtime()?.block_on(work))
    }
}

impl Drop for RemoteState {
    fn drop(&mut self) {
        // The last owner may be a task of the runtime itself, which must not wait for its own end.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
