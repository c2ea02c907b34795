//! Connections to servers: where each is and how to sign in. No secret is among them; those are in
//! the keyring or, if the user wants, in memory for this session only.

mod file;
mod keep;
mod sign_in;

use std::path::PathBuf;

use reeve_remote::address::{Address, AddressError};
use reeve_remote::client::{Client, ClientOptions};
pub use reeve_remote::error::FetchError;
pub use reeve_remote::project::projects;
pub use reeve_remote::sign_in::Revoked;
use tokio_util::sync::CancellationToken;

pub use file::read_connections;
pub use sign_in::{NewConnection, Proof};

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::secrets::SecretsError;

/// A connection to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Where the server is.
    pub address: String,
    /// The file with certificates of an own authority.
    pub certificate: Option<PathBuf>,
    /// How to sign in.
    pub method: Method,
    /// Where the secrets are.
    pub keeping: Keeping,
    /// Who signed in last, in words.
    pub who: String,
}

/// How to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// A machine identity by Universal Auth.
    Universal {
        /// Says which identity; not secret.
        client_id: String,
    },
    /// A person, in the browser.
    Browser,
    /// A token that somebody had already.
    Token,
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// In the keyring of the operating system.
    Keyring,
    /// In memory, until the program ends.
    Session,
}

/// How a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is a sign-in to use.
    SignedIn,
    /// Somebody has to sign in.
    SignInNeeded,
    /// The keyring does not say.
    KeyringSilent(SecretsError),
}

impl Reeve {
    /// All connections, by name, and how each stands.
    pub fn connections(&self) -> Result<Vec<(Connection, Standing)>, DeedError> {
        let mut connections = file::read_connections(&self.data)?;
        connections.sort_by_key(|connection| connection.name.to_lowercase());
        Ok(connections
            .into_iter()
            .map(|connection| {
                let standing = self.standing(&connection);
                (connection, standing)
            })
            .collect())
    }

    /// The connection `id`.
    pub fn connection(&self, id: &str) -> Result<Connection, DeedError> {
        file::read_connections(&self.data)?
            .into_iter()
            .find(|connection| connection.id == id)
            .ok_or(DeedError::Missing { what: "connection" })
    }

    /// From now on every linked project is pulled over the connection `id`, whichever it names: for
    /// a run with credentials of its own.
    pub fn prefer_connection(&self, id: &str) {
        *self.remote.preferred() = Some(id.to_owned());
    }

    /// The connection over which `link` is pulled.
    pub(crate) fn connection_of(&self, link: &crate::pull::Link) -> Result<Connection, DeedError> {
        let preferred = self.remote.preferred().clone();
        let connection = self.connection(preferred.as_deref().unwrap_or(&link.connection))?;
        if connection.address == link.address {
            return Ok(connection);
        }
        // A token belongs to one server and must not be shown to another.
        Err(DeedError::Conflict {
            sentence: format!(
                "the project comes from `{}`, but the connection leads to `{}`",
                link.address, connection.address
            ),
        })
    }

    /// Whether secrets can be kept on this machine.
    pub fn keyring(&self) -> Result<(), SecretsError> {
        self.remote.ports.secrets.check()
    }

    /// A client of the server at `address` without a sign-in.
    pub(crate) fn bare_client(
        &self,
        address: &str,
        certificate: Option<&std::path::Path>,
        cancel: &CancellationToken,
    ) -> Result<Client, DeedError> {
        let address = Address::read(address).map_err(DeedError::Address)?;
        let clock = std::sync::Arc::clone(&self.clock);
        let mut options = ClientOptions::new(address, std::sync::Arc::new(move || clock.now()));
        options.cancel = cancel.clone();
        if let Some(path) = certificate {
            let read = std::fs::read(path).map_err(|error| FetchError::BadCertificateFile {
                why: format!("`{}` cannot be read: {}", path.display(), error.kind()),
            })?;
            options.certificate = Some(read);
        }
        Ok(Client::new(options)?)
    }
}

/// Reads an address as people write it.
pub fn read_address(text: &str) -> Result<String, AddressError> {
    Address::read(text).map(|address| address.to_string())
}
