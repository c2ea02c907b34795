//! Commands that speak to a server.

pub mod pull;
pub mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use reeve_app::clock::SystemClock;
use reeve_app::connection::{Keeping, NewConnection, Proof, read_address};
use reeve_app::error::DeedError;
use reeve_app::events::{Events, Topic};
use reeve_app::reeve::{Reeve, RemotePorts};
use reeve_app::secrets::{NoBrowser, Secret};
use reeve_app::workspace::{Opening, Status};
use reeve_keychain::OsKeyring;
use tempfile::TempDir;

use crate::args::Reach;
use crate::error::CliError;

/// The name of the app's data folder.
const APP: &str = "dev.reeve.desktop";

/// Nobody listens while one command runs.
struct NoEvents;

impl Events for NoEvents {
    fn changed(&self, _: &[Topic]) {}
}

/// A program that can speak to a server.
pub struct Reached {
    /// The program.
    pub reeve: Reeve,
    /// The connection to use, if it is not the one that the workspace names.
    pub connection: Option<String>,
    /// Where connections of this run are kept; gone at its end.
    folder: Option<TempDir>,
}

/// Credentials of the environment, if there are any.
fn proof() -> Result<Option<Proof>, CliError> {
    let text = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    match (
        text("REEVE_CLIENT_ID"),
        text("REEVE_CLIENT_SECRET"),
        text("REEVE_TOKEN"),
    ) {
        (Some(client_id), Some(secret), _) => Ok(Some(Proof::Universal {
            client_id,
            client_secret: Secret::new(secret),
        })),
        (None, None, Some(token)) => Ok(Some(Proof::Token(Secret::new(token)))),
        (None, None, None) => Ok(None),
        _ => Err(CliError::Argument(
            "set both `REEVE_CLIENT_ID` and `REEVE_CLIENT_SECRET`, or `REEVE_TOKEN` alone".into(),
        )),
    }
}

/// Gets ready to reach the server: with credentials of the environment, which are kept nowhere, or
/// over a connection that the app made.
pub fn reach(reach: &Reach, linked_to: Option<&str>) -> Result<Reached, CliError> {
    let Some(proof) = proof()? else {
        let reeve = program(&datafolder()?);
        let connection = match &reach.connection {
            Some(name) => Some(named(&reeve, name)?),
            None if reeve.connections().map_err(CliError::Deed)?.is_empty() => {
                return Err(CliError::Argument(
                    "there are no credentials: set `REEVE_CLIENT_ID` and `REEVE_CLIENT_SECRET`, or \
                     `REEVE_TOKEN`, or make a connection in the app"
                        .into(),
                ));
            }
            None => None,
        };
        return Ok(Reached {
            reeve,
            connection,
            folder: None,
        });
    };
    let address = reach.url.as_deref().or(linked_to).ok_or_else(|| {
        CliError::Argument("say where the server is, with `--url` or `REEVE_URL`".into())
    })?;
    let folder = TempDir::new()?;
    let reeve = program(folder.path());
    let new = NewConnection {
        id: None,
        name: String::new(),
        address: read_address(address).map_err(|error| CliError::Argument(error.to_string()))?,
        certificate: reach.certificate.clone(),
        keeping: Keeping::Session,
    };
    let connection = reeve.connect(&new, &proof).map_err(CliError::Server)?;
    reeve.prefer_connection(&connection.id);
    Ok(Reached {
        reeve,
        connection: Some(connection.id),
        folder: Some(folder),
    })
}

impl Reached {
    /// Ends the session of credentials that were in the environment: nobody else knows its token.
    pub fn leave(&self) {
        if let (Some(connection), Some(_)) = (&self.connection, &self.folder) {
            // A token that cannot be revoked ends by itself.
            let _ = self.reeve.sign_out(connection);
        }
    }
}

/// Opens a workspace to work with it once.
pub fn open(reeve: &Reeve, file: &Path) -> Result<(), CliError> {
    reeve.open(&Opening::Visit(file.to_owned()));
    match reeve.status().map_err(CliError::Deed)? {
        Status::Open { .. } => Ok(()),
        Status::Refused(refusal) => Err(CliError::Argument(format!(
            "cannot open `{}`: {}",
            refusal.path.display(),
            refusal.error
        ))),
        Status::Welcome => Err(CliError::Argument("no workspace was opened".into())),
    }
}

/// The address that a workspace is linked to.
pub fn linked_to(file: &Path) -> Result<String, CliError> {
    let reeve = program(Path::new(""));
    open(&reeve, file)?;
    let link = reeve.link().map_err(CliError::Deed)?;
    let (link, _) = link.ok_or(CliError::Deed(DeedError::NotLinked))?;
    Ok(link.address)
}

fn program(data: &Path) -> Reeve {
    Reeve::new(data, Arc::new(SystemClock), Arc::new(NoEvents)).with_remote(RemotePorts {
        secrets: Arc::new(OsKeyring),
        browser: Arc::new(NoBrowser),
    })
}

fn named(reeve: &Reeve, name: &str) -> Result<String, CliError> {
    let connections = reeve.connections().map_err(CliError::Deed)?;
    let found = connections
        .iter()
        .find(|(connection, _)| connection.name == name || connection.id == name)
        .map(|(connection, _)| connection.id.clone());
    let id = found.ok_or_else(|| {
        CliError::Argument(format!(
            "there is no connection `{name}`; make it in the app"
        ))
    })?;
    reeve.prefer_connection(&id);
    Ok(id)
}

/// The app's data folder.
fn datafolder() -> Result<PathBuf, CliError> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    if let Some(named) = folder("REEVE_DATA_DIR") {
        return Ok(named);
    }
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        folder("XDG_DATA_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(APP)).ok_or_else(|| {
        CliError::Argument("set `REEVE_DATA_DIR` to the folder with the connections".into())
    })
}
