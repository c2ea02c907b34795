//! The core behind the window: the program's state and the ports that a host fills. What handles the
//! commands of the table stands in one file for each room of them.
#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the command table says what a handler is given and gives back"
)]

mod history;
mod members;
mod privileges;
mod roles;
mod servers;
mod simulator;
mod workspace;

use std::path::PathBuf;
use std::sync::Arc;

use reeve_app::events;
use reeve_app::reeve::Reeve;
use reeve_app::sample::Size;
use reeve_app::workspace::Opening;
use reeve_domain::project::Project;
use serde_json::Value;

pub use reeve_app::clock::{Clock, SystemClock};
pub use reeve_app::notices::{LastMessage, Notice, Notices};
pub use reeve_app::reeve::RemotePorts;
pub use reeve_app::secrets::{Browser, Secret, Secrets, SecretsError};

use crate::command::{COMMANDS, dispatch};
use crate::convert::common::topic;
use crate::dto::common::{Changed, Topic};
use crate::error::ApiError;

/// Hears what became stale, to tell the window.
pub trait Events: Send + Sync {
    /// Something changed.
    fn changed(&self, changed: Changed);
}

/// What a core starts with.
#[derive(Debug, Clone, Default)]
pub struct StartOptions {
    /// Where workspaces are kept that the user did not choose a place for.
    pub data: PathBuf,
    /// The workspace file to open; the one that was open last, if none is named.
    pub workspace: Option<PathBuf>,
    /// Whether to open the sample project.
    pub sample: bool,
    /// How many members the sample shall have; a team's if it is not said.
    pub scale: Option<u32>,
    /// Who is at the computer, for the history; empty if that is not known.
    pub author: String,
}

/// The core behind one window.
pub struct Core {
    reeve: Reeve,
    events: Arc<dyn Events>,
}

/// Carries the use cases' events on in the window's words.
struct Forward(Arc<dyn Events>);

impl events::Events for Forward {
    fn changed(&self, topics: &[events::Topic]) {
        self.0.changed(Changed {
            topics: topics.iter().copied().map(topic).collect(),
        });
    }
}

impl Core {
    /// Starts a core and opens a workspace. That it could not be opened is for
    /// `workspace_status` to say.
    pub fn start(options: StartOptions, clock: Arc<dyn Clock>, events: Arc<dyn Events>) -> Self {
        Self::start_with(options, clock, events, RemotePorts::default())
    }

    /// Starts a core that can keep secrets and open pages by `ports`.
    pub fn start_with(
        options: StartOptions,
        clock: Arc<dyn Clock>,
        events: Arc<dyn Events>,
        ports: RemotePorts,
    ) -> Self {
        let forward = Arc::new(Forward(Arc::clone(&events)));
        let reeve = Reeve::new(&options.data, clock, forward).with_remote(ports);
        reeve.read_preferences(&options.author);
        let size = options.scale.map_or(Size::Team, Size::Members);
        reeve.open(&match options.workspace {
            Some(path) => Opening::File(path),
            None if options.sample || options.scale.is_some() => Opening::Sample(size),
            None => Opening::Last,
        });
        Self { reeve, events }
    }

    /// Carries out the command called `name` and tells the window what it touched.
    pub fn call(&self, name: &str, request: Value) -> Result<Value, ApiError> {
        let answer = dispatch(self, name, request);
        if let Err(error) = &answer {
            tracing::warn!(command = name, code = ?error.code, "a command failed");
        }
        let touched: &[Topic] = COMMANDS
            .iter()
            .find(|command| command.name == name)
            .map_or(&[], |command| command.touches);
        if answer.is_ok() && !touched.is_empty() {
            self.events.changed(Changed {
                topics: touched.to_vec(),
            });
        }
        answer
    }

    /// Tells the window when something timed ends, and pulls when it is time, until the program does.
    pub async fn watch_expiry(&self) {
        self.reeve.watch().await;
    }

    /// Begins to pull if it is time. Gives the operation's id if it was.
    pub fn pull_if_due(&self) -> Result<Option<String>, ApiError> {
        Ok(self.reeve.pull_if_due()?)
    }

    /// From now on, messages of the desktop are shown by `notices`.
    pub fn notify_through(&self, notices: Arc<dyn Notices>) {
        self.reeve.notify_through(notices);
    }

    /// Tells of the ends that are to be told of now, in one message.
    pub fn tell_of_ends(&self) -> Result<(), ApiError> {
        Ok(self.reeve.tell_of_ends()?)
    }

    /// Tells of ends through the desktop, until the program does.
    pub async fn watch_notices(&self) {
        self.reeve.watch_notices().await;
    }

    fn project(&self) -> Result<Project, ApiError> {
        Ok(self.reeve.project()?)
    }
}
