//! The projects of the caller, and everything in one of them.

use tokio::sync::mpsc::Sender;

use crate::client::{Ask, Client};
use crate::collect::Collector;
use crate::collect::places::read_project;
use crate::error::FetchError;
use crate::fetched::{Arrival, Ending, OnProgress, ProjectHead, Remembers, Wanted};
use crate::wire::project::ProjectList;

/// The projects that the caller is in, by name.
pub async fn projects(client: &Client) -> Result<Vec<ProjectHead>, FetchError> {
    const WHAT: &str = "the list of projects";
    let asked = client
        .read::<ProjectList>(Ask::get(WHAT, "/api/v1/projects".into()))
        .await;
    let list = match asked {
        Err(FetchError::NoSuchRoute { .. }) => {
            client
                .read(Ask::get(WHAT, "/api/v1/workspace".into()))
                .await?
        }
        other => other?,
    };
    let mut heads = list
        .projects
        .iter()
        .map(|raw| Ok(read_project(raw.get())?.0))
        .collect::<Result<Vec<_>, FetchError>>()?;
    heads.sort_by_key(|head| head.name.to_lowercase());
    Ok(heads)
}

/// Reads everything of `wanted` that the caller may see and gives it to `arrivals` as it comes.
/// Either all of it comes, or an error: what the caller may not see is no error and listed at the
/// end. Whoever takes what arrives may give up by closing the channel, which is
/// [`FetchError::Cancelled`] here.
pub async fn fetch_all(
    client: &Client,
    wanted: &Wanted,
    remembers: &dyn Remembers,
    on_progress: OnProgress,
    arrivals: Sender<Arrival>,
) -> Result<Ending, FetchError> {
    Collector::new(client, wanted, remembers, on_progress, arrivals)
        .collect()
        .await
}
