//! Brings a project from its server: everything is fetched and gathered aside first, then put into its
//! place in one transaction together with its entry in the history. A pull that fails or is called off
//! changes nothing.

mod differences;
mod first;
mod gather;
pub(crate) mod link;
mod local;
mod places;
mod remembered;
pub(crate) mod watch;
mod write;

pub mod changes;
pub mod unseen;

use std::sync::Arc;
use std::time::Instant;

use chrono::TimeDelta;
use reeve_domain::project::Semantics;
use reeve_remote::client::Client;
use reeve_remote::fetched::{Ending, Nothing, OnProgress, Progress, Remembers, Step, Wanted};
use reeve_remote::probe::{Capabilities, measure_clock, probe};
use reeve_remote::project::fetch_all;
use reeve_store::fact::Server;
use reeve_store::workspace::Workspace;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub use first::NewLink;
pub use link::{LastPull, Link};

use crate::error::DeedError;
use crate::events::Topic;
use crate::operation::Work;
use crate::reeve::Reeve;
use gather::{Gathered, Place, Purpose, ROOM, gather};
use remembered::Remembered;
use write::Brought;

/// Everything that a pull makes stale.
pub(crate) const PULLED: [Topic; 8] = [
    Topic::Workspace,
    Topic::Places,
    Topic::Members,
    Topic::Roles,
    Topic::Privileges,
    Topic::History,
    Topic::Time,
    Topic::Remote,
];

/// How far a pull is once everything has come.
const PLACING: Progress = Progress {
    step: Step::Placing,
    done: 0,
    total: None,
};

/// What must be asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What the server says has changed, and what it cannot say that about.
    Changed,
    /// Everything.
    Everything,
}

impl Reeve {
    /// The link of the open project and how its last pull went.
    pub fn link(&self) -> Result<Option<(Link, Option<LastPull>)>, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let Some(link) = link::read_link(snapshot)? else {
                return Ok(None);
            };
            Ok(Some((link, link::read_last_pull(snapshot)?)))
        })
    }

    /// Begins to bring the open project up to date. Gives the operation's id.
    pub fn begin_pull(&self, extent: Extent) -> Result<String, DeedError> {
        let workspace = self.workspace()?;
        let link = linked(&workspace)?;
        let (id, cancel) = self.begin(Work::Pull)?;
        let (reeve, operation) = (self.clone(), id.clone());
        self.remote.spawn(async move {
            let progress = reeve.on_progress(&operation);
            let outcome = reeve
                .pull_over(&workspace, &link, extent, &cancel, progress)
                .await;
            reeve.note_attempt(workspace.path(), &outcome);
            reeve.end(&operation, outcome);
        })?;
        Ok(id)
    }

    /// Brings the open project up to date and waits for it.
    pub fn pull(&self, extent: Extent, on_progress: OnProgress) -> Result<(), DeedError> {
        let workspace = self.workspace()?;
        let link = linked(&workspace)?;
        let cancel = CancellationToken::new();
        self.remote
            .wait(self.pull_over(&workspace, &link, extent, &cancel, on_progress))?
    }

    /// Changes what is pulled and when.
    pub fn change_link(&self, change: impl FnOnce(&mut Link)) -> Result<(), DeedError> {
        let workspace = self.workspace()?;
        let mut link = linked(&workspace)?;
        change(&mut link);
        workspace.writer().transaction(|transaction| {
            link::put_link(transaction, &link)?;
            let project = transaction
                .project()?
                .ok_or(DeedError::Missing { what: "project" })?;
            let proposed = link::read_last_pull(transaction)?
                .map_or_else(Semantics::default, |last| {
                    last.capabilities.proposal().semantics
                });
            transaction.put_project(&reeve_domain::project::Project {
                semantics: link.chosen.unwrap_or(proposed),
                ..project
            })?;
            Ok::<_, DeedError>(())
        })?;
        self.events.changed(&PULLED);
        Ok(())
    }

    async fn pull_over(
        &self,
        workspace: &Workspace,
        link: &Link,
        extent: Extent,
        cancel: &CancellationToken,
        on_progress: OnProgress,
    ) -> Result<(), DeedError> {
        let remembered = Remembered(workspace.clone());
        let folder = workspace.path().parent().unwrap_or(workspace.path());
        let place = Place::in_folder(folder, Purpose::Again)?;
        let connection = self.connection_of(link)?;
        let asking = Asking {
            wanted: &wanted(link),
            remembers: match extent {
                Extent::Changed => &remembered,
                Extent::Everything => &Nothing,
            },
            chosen: link.chosen,
            cancel,
            on_progress: Arc::clone(&on_progress),
        };
        let brought = self.bring(&connection, place, asking).await?;
        if cancel.is_cancelled() {
            return Err(reeve_remote::error::FetchError::Cancelled.into());
        }
        on_progress(PLACING);
        let workspace = workspace.clone();
        let skew = brought.skew.offset;
        // Writing blocks; other tasks must go on meanwhile.
        tokio::task::spawn_blocking(move || write::write(&workspace, &brought))
            .await
            .map_err(|_| DeedError::NoThreads)??;
        self.use_skew(skew);
        self.ends_changed.notify_one();
        self.events.changed(&PULLED);
        Ok(())
    }

    /// Fetches everything that is asked for and gathers it in `place`. Changes nothing.
    async fn bring(
        &self,
        connection: &crate::connection::Connection,
        place: Place,
        asking: Asking<'_>,
    ) -> Result<Brought, DeedError> {
        let since = Instant::now();
        let client = self.signed_in_client(connection, asking.cancel).await?;
        let fetched = Box::pin(fetch(&client, place, asking)).await;
        // Also after a failure: the token may be a new one, and the old one may be used up.
        self.keep_sign_in(connection, &client).await?;
        let (gathered, ending, capabilities) = fetched?;
        let skew = client.skew().unwrap_or(reeve_remote::client::Skew {
            offset: TimeDelta::zero(),
            margin: TimeDelta::zero(),
        });
        Ok(Brought {
            gathered,
            ending,
            capabilities,
            at: self.clock.now() + skew.offset,
            skew,
            requests: client.sent(),
            took: TimeDelta::from_std(since.elapsed()).unwrap_or_default(),
        })
    }
}

/// What is asked for, and how.
struct Asking<'a> {
    wanted: &'a Wanted,
    remembers: &'a dyn Remembers,
    /// The order of rules that the user chose.
    chosen: Option<Semantics>,
    cancel: &'a CancellationToken,
    on_progress: OnProgress,
}

/// Reads and writes side by side: what arrives is written by a thread of its own.
async fn fetch(
    client: &Client,
    place: Place,
    asking: Asking<'_>,
) -> Result<(Gathered, Ending, Capabilities), DeedError> {
    measure_clock(client).await?;
    let wanted = asking.wanted;
    let capabilities = probe(client, &wanted.project).await?;
    let proposal = capabilities.proposal();
    let server = Server {
        semantics: asking.chosen.unwrap_or(proposal.semantics),
        catalogue: proposal.catalogue,
    };
    let (arrivals, arriving) = mpsc::channel(ROOM);
    let gathering = tokio::task::spawn_blocking(move || gather(place, server, arriving));
    let on_progress = Arc::clone(&asking.on_progress);
    let ending = fetch_all(client, wanted, asking.remembers, on_progress, arrivals).await;
    // Who cannot write gives up, which looks like a wish to end to who reads.
    let gathered = gathering.await.map_err(|_| DeedError::NoThreads)??;
    Ok((gathered, ending?, capabilities))
}

/// The link of a project that must have one.
pub(crate) fn linked(workspace: &Workspace) -> Result<Link, DeedError> {
    workspace
        .reader()
        .read(link::read_link)?
        .ok_or(DeedError::NotLinked)
}

fn wanted(link: &Link) -> Wanted {
    Wanted {
        project: link.project.clone(),
        secret_names: link.secret_names,
    }
}
