//! A core on a temporary workspace, driven by the commands that the window uses.

use std::path::Path;
use std::sync::{Arc, Mutex};

use reeve_api::core::{Core, Events, RemotePorts, Secrets, StartOptions};
use reeve_api::dto::common::{Changed, Topic};
use reeve_api::error::ApiError;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::shifted_clock::ShiftedClock;

/// A running core with everything a test may turn.
pub struct Session {
    /// The core.
    pub core: Arc<Core>,
    /// Its clock.
    pub clock: Arc<ShiftedClock>,
    heard: Arc<Heard>,
    data: Arc<TempDir>,
    secrets: Option<Arc<dyn Secrets>>,
}

#[derive(Default)]
struct Heard(Mutex<Vec<Topic>>);

impl Events for Heard {
    fn changed(&self, changed: Changed) {
        self.0
            .lock()
            .expect("no test panics while it holds the lock")
            .extend(changed.topics);
    }
}

impl Session {
    /// A core on a fresh sample project.
    pub fn on_sample() -> Self {
        let data = Arc::new(TempDir::new().expect("a temporary folder can be made"));
        Self::over(data, |options| options.sample = true)
    }

    /// A core on a fresh sample project with so many users and identities.
    pub fn on_large_sample(count: u32) -> Self {
        let data = Arc::new(TempDir::new().expect("a temporary folder can be made"));
        Self::over(data, |options| {
            options.sample = true;
            options.scale = Some(count);
        })
    }

    /// A core on a fresh sample project that keeps secrets in `secrets`.
    pub fn on_sample_with(secrets: Arc<dyn Secrets>) -> Self {
        let data = Arc::new(TempDir::new().expect("a temporary folder can be made"));
        Self::with_secrets(data, Some(secrets), |options| options.sample = true)
    }

    /// The folder with everything that the core keeps.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// A core on the workspace at `path`, which may not be one.
    pub fn on_file(path: &Path) -> Self {
        let data = Arc::new(TempDir::new().expect("a temporary folder can be made"));
        Self::over(data, |options| options.workspace = Some(path.to_owned()))
    }

    fn over(data: Arc<TempDir>, choose: impl FnOnce(&mut StartOptions)) -> Self {
        Self::with_secrets(data, None, choose)
    }

    fn with_secrets(
        data: Arc<TempDir>,
        secrets: Option<Arc<dyn Secrets>>,
        choose: impl FnOnce(&mut StartOptions),
    ) -> Self {
        let mut options = StartOptions {
            data: data.path().to_owned(),
            ..StartOptions::default()
        };
        choose(&mut options);
        let clock = Arc::new(ShiftedClock::default());
        let heard = Arc::new(Heard::default());
        let mut ports = RemotePorts::default();
        if let Some(secrets) = &secrets {
            ports.secrets = Arc::clone(secrets);
        }
        let core = Core::start_with(
            options,
            Arc::clone(&clock) as _,
            Arc::clone(&heard) as _,
            ports,
        );
        Self {
            core: Arc::new(core),
            clock,
            heard,
            data,
            secrets,
        }
    }

    /// Ends the core and starts another on what was open last.
    #[must_use]
    pub fn restart(self) -> Self {
        let data = Arc::clone(&self.data);
        let secrets = self.secrets.clone();
        drop(self);
        Self::with_secrets(data, secrets, |_| {})
    }

    /// The answer of a command that must succeed.
    #[track_caller]
    pub fn call(&self, command: &str, request: Value) -> Value {
        match self.core.call(command, request) {
            Ok(answer) => answer,
            Err(error) => panic!("`{command}` failed: {error:?}"),
        }
    }

    /// The error of a command that must fail.
    #[track_caller]
    pub fn fail(&self, command: &str, request: Value) -> ApiError {
        match self.core.call(command, request) {
            Ok(answer) => panic!("`{command}` succeeded: {answer}"),
            Err(error) => error,
        }
    }

    /// The id of the member with exactly this name.
    #[track_caller]
    pub fn member(&self, name: &str) -> String {
        let page = self.call(
            "list_members",
            json!({"filter": {"search": name}, "sort": "relevance", "descending": false,
                   "offset": 0, "limit": 10}),
        );
        let rows = page["rows"].as_array().expect("a page has rows");
        let row = rows
            .iter()
            .find(|row| row["name"] == name)
            .unwrap_or_else(|| panic!("no member is called `{name}`"));
        row["id"].as_str().expect("a row has an id").to_owned()
    }

    /// What the simulator answers, now and with everything as it is saved.
    #[track_caller]
    pub fn simulate(&self, who: &Value, what: &Value, place: &Value) -> Value {
        self.call(
            "simulate",
            json!({
                "who": who, "what": what, "place": place, "when": {"kind": "now"},
                "semantics": null, "unsaved": {"roleDrafts": false, "privilege": null},
            }),
        )
    }

    /// What was said to be stale since the last call.
    pub fn heard(&self) -> Vec<Topic> {
        std::mem::take(
            &mut *self
                .heard
                .0
                .lock()
                .expect("no test panics while it holds the lock"),
        )
    }
}
