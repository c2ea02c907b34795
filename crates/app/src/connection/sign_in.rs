//! Makes connections by signing in, signs in again, and signs out.

use std::path::PathBuf;

use reeve_remote::client::{Client, SignedIn};
pub use reeve_remote::fetched::ProjectHead;
use reeve_remote::project::projects;
use reeve_remote::sign_in::browser::{BrowserError, Session, Waiting};
use reeve_remote::sign_in::{Revoked, login, revoke, who, with_token};
use tokio_util::sync::CancellationToken;

use super::{Connection, FetchError, Keeping, Method, file};
use crate::error::DeedError;
use crate::events::Topic;
use crate::operation::Work;
use crate::reeve::Reeve;
use crate::secrets::Secret;

/// A connection to make.
#[derive(Debug, Clone)]
pub struct NewConnection {
    /// The connection to sign in again; `None` makes a new one.
    pub id: Option<String>,
    /// The name shown; the host of the server if it is empty.
    pub name: String,
    /// Where the server is, as people write it.
    pub address: String,
    /// The file with certificates of an own authority.
    pub certificate: Option<PathBuf>,
    /// Where secrets shall be kept.
    pub keeping: Keeping,
}

/// What proves who signs in.
#[derive(Debug, Clone)]
pub enum Proof {
    /// A machine identity.
    Universal {
        /// Says which.
        client_id: String,
        /// Proves it.
        client_secret: Secret,
    },
    /// A token that somebody has already.
    Token(Secret),
    /// The text that the sign-in page shows to be pasted.
    Pasted(Secret),
}

impl Reeve {
    /// Signs in with `proof` and keeps the connection. Nothing is kept if the server refuses.
    pub fn connect(&self, new: &NewConnection, proof: &Proof) -> Result<Connection, DeedError> {
        self.ready_to_keep(new.keeping)?;
        let cancel = CancellationToken::new();
        let client = self.bare_client(&new.address, new.certificate.as_deref(), &cancel)?;
        let method = match proof {
            Proof::Universal { client_id, .. } => Method::Universal {
                client_id: client_id.trim().to_owned(),
            },
            Proof::Token(_) => Method::Token,
            Proof::Pasted(_) => Method::Browser,
        };
        let signed_in = self.remote.wait(async {
            Ok::<SignedIn, DeedError>(match proof {
                Proof::Universal {
                    client_id,
                    client_secret,
                } => login(&client, client_id, client_secret).await?,
                Proof::Token(token) => with_token(&client, token.clone()),
                Proof::Pasted(text) => Session::pasted(text.reveal())?.signed_in(&client),
            })
        })??;
        let name = self.remote.wait(named(&client, signed_in))??;
        let connection = self.made(new, method, name, &client)?;
        let signed_in = self.remote.wait(client.signed_in())?;
        if let Some(signed_in) = signed_in {
            self.keep(&connection, &signed_in)?;
        }
        self.remember_connection(&connection)?;
        Ok(connection)
    }

    /// Begins a sign-in in the browser; the connection is there once the operation is done.
    pub fn connect_in_browser(&self, new: &NewConnection) -> Result<String, DeedError> {
        self.ready_to_keep(new.keeping)?;
        let client_check = CancellationToken::new();
        self.bare_client(&new.address, new.certificate.as_deref(), &client_check)?;
        let (id, cancel) = self.begin(Work::SignIn)?;
        let (reeve, new, operation) = (self.clone(), new.clone(), id.clone());
        self.remote.spawn(async move {
            let outcome = reeve.sign_in_in_browser(&new, &operation, &cancel).await;
            reeve.end(&operation, outcome);
        })?;
        Ok(id)
    }

    async fn sign_in_in_browser(
        &self,
        new: &NewConnection,
        operation: &str,
        cancel: &CancellationToken,
    ) -> Result<(), DeedError> {
        let client = self.bare_client(&new.address, new.certificate.as_deref(), cancel)?;
        let waiting = Waiting::begin(client.address()).await?;
        self.show_page(operation, &waiting.url);
        let (browser, url) = (self.remote.ports.browser.clone(), waiting.url.clone());
        // A browser that does not open is no failure: the page is shown to be opened by hand.
        let _ = tokio::task::spawn_blocking(move || browser.open(&url)).await;
        let session = waiting.session(cancel).await?;
        let signed_in = session.signed_in(&client);
        let name = named(&client, signed_in).await?;
        let connection = self.made(new, Method::Browser, name, &client)?;
        self.keep_sign_in(&connection, &client).await?;
        self.remember_connection(&connection)
    }

    /// The projects that the connection `id` can see, by name.
    pub fn remote_projects(&self, id: &str) -> Result<Vec<ProjectHead>, DeedError> {
        let connection = self.connection(id)?;
        let cancel = CancellationToken::new();
        self.remote.wait(async {
            let client = self.signed_in_client(&connection, &cancel).await?;
            let listed = projects(&client).await;
            self.keep_sign_in(&connection, &client).await?;
            Ok(listed?)
        })?
    }

    /// Signs the connection `id` out: the server forgets the token, and so do we. What the server
    /// says about it is told; our copy goes in any case.
    pub fn sign_out(&self, id: &str) -> Result<Result<Revoked, FetchError>, DeedError> {
        let connection = self.connection(id)?;
        let cancel = CancellationToken::new();
        let revoked = self.remote.wait(async {
            let client = self.signed_in_client(&connection, &cancel).await?;
            Ok::<_, DeedError>(revoke(&client).await)
        })?;
        self.forget(&connection)?;
        self.events.changed(&[Topic::Remote]);
        match revoked {
            Ok(revoked) => Ok(revoked),
            // Nobody was signed in.
            Err(DeedError::Remote(_)) => Ok(Ok(Revoked::Already)),
            Err(error) => Err(error),
        }
    }

    /// Signs the connection `id` out and forgets it. Linked projects stay and can be given another.
    pub fn remove_connection(&self, id: &str) -> Result<(), DeedError> {
        let connection = self.connection(id)?;
        // A server that is not there any more must not keep a connection alive.
        let _ = self.sign_out(id);
        let mut connections = file::read_connections(&self.data)?;
        connections.retain(|one| one.id != connection.id);
        file::write_connections(&self.data, &connections)?;
        self.events.changed(&[Topic::Remote]);
        Ok(())
    }

    fn ready_to_keep(&self, keeping: Keeping) -> Result<(), DeedError> {
        match keeping {
            Keeping::Keyring => Ok(self.keyring()?),
            Keeping::Session => Ok(()),
        }
    }

    fn made(
        &self,
        new: &NewConnection,
        method: Method,
        who: String,
        client: &Client,
    ) -> Result<Connection, DeedError> {
        let id = match &new.id {
            Some(id) => self.connection(id)?.id,
            None => crate::journal::new_id(),
        };
        let name = new.name.trim();
        Ok(Connection {
            id,
            name: if name.is_empty() {
                client.address().host()
            } else {
                name.to_owned()
            },
            address: client.address().to_string(),
            certificate: new.certificate.clone(),
            method,
            keeping: new.keeping,
            who,
        })
    }

    fn remember_connection(&self, connection: &Connection) -> Result<(), DeedError> {
        let mut connections = file::read_connections(&self.data)?;
        connections.retain(|one| one.id != connection.id);
        connections.push(connection.clone());
        file::write_connections(&self.data, &connections)?;
        self.attempt_anew();
        self.events.changed(&[Topic::Remote]);
        Ok(())
    }
}

/// Signs `client` in and asks the server who that is.
async fn named(client: &Client, signed_in: SignedIn) -> Result<String, DeedError> {
    client.sign_in_as(signed_in).await;
    Ok(who(client).await?.name)
}

impl From<BrowserError> for DeedError {
    fn from(error: BrowserError) -> Self {
        match error {
            BrowserError::Cancelled => Self::Remote(FetchError::Cancelled),
            BrowserError::NoPort(_) | BrowserError::TimedOut | BrowserError::NotASession => {
                Self::Conflict {
                    sentence: error.to_string(),
                }
            }
        }
    }
}
