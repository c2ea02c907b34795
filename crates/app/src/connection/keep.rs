//! Sign-ins between two requests: in the keyring as one JSON text per connection, or in memory.

use std::sync::PoisonError;

use chrono::{DateTime, Utc};
use reeve_remote::client::{Client, Renewal, SignedIn};
use reeve_remote::token::Token;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Connection, FetchError, Keeping, Method, Standing};
use crate::error::DeedError;
use crate::journal::{instant_text, read_instant};
use crate::reeve::Reeve;
use crate::secrets::{Secret, SecretsError};

/// The key in the keyring.
fn key(connection: &str) -> String {
    format!("connection {connection}")
}

impl Reeve {
    /// A client that is signed in as `connection`.
    pub(crate) async fn signed_in_client(
        &self,
        connection: &Connection,
        cancel: &CancellationToken,
    ) -> Result<Client, DeedError> {
        let client = self.bare_client(
            &connection.address,
            connection.certificate.as_deref(),
            cancel,
        )?;
        let reeve = self.clone();
        let of = connection.clone();
        // The keyring blocks on a runtime of its own, which is not allowed on ours.
        let kept = tokio::task::spawn_blocking(move || reeve.kept(&of))
            .await
            .map_err(|_| DeedError::Keyring(SecretsError::Failed))??;
        let signed_in = kept.ok_or(FetchError::TokenRefused {
            message: "nobody is signed in".into(),
        })?;
        client.sign_in_as(signed_in).await;
        Ok(client)
    }

    /// Keeps the sign-in of `client`, which may be newer than the one it began with.
    pub(crate) async fn keep_sign_in(
        &self,
        connection: &Connection,
        client: &Client,
    ) -> Result<(), DeedError> {
        let Some(signed_in) = client.signed_in().await else {
            return Ok(());
        };
        let (reeve, of) = (self.clone(), connection.clone());
        tokio::task::spawn_blocking(move || reeve.keep(&of, &signed_in))
            .await
            .map_err(|_| DeedError::Keyring(SecretsError::Failed))?
    }

    pub(super) fn keep(&self, of: &Connection, signed_in: &SignedIn) -> Result<(), DeedError> {
        let same = self
            .remembered(&of.id)
            .is_some_and(|before| before == *signed_in);
        if same {
            return Ok(());
        }
        if of.keeping == Keeping::Keyring {
            let text = Secret::new(write(signed_in).to_string());
            self.remote.ports.secrets.write(&key(&of.id), &text)?;
        }
        self.remote
            .signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(of.id.clone(), signed_in.clone());
        Ok(())
    }

    /// The sign-in of `of`, from memory or from the keyring.
    pub(super) fn kept(&self, of: &Connection) -> Result<Option<SignedIn>, DeedError> {
        if let Some(signed_in) = self.remembered(&of.id) {
            return Ok(Some(signed_in));
        }
        if of.keeping == Keeping::Session {
            return Ok(None);
        }
        let text = self.remote.ports.secrets.read(&key(&of.id))?;
        let signed_in = text.and_then(|text| {
            let value = serde_json::from_str(text.reveal()).ok()?;
            read(&value, &of.method)
        });
        if let Some(signed_in) = &signed_in {
            self.remote
                .signed_in
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(of.id.clone(), signed_in.clone());
        }
        Ok(signed_in)
    }

    /// Forgets the sign-in of `of` here and in the keyring.
    pub(super) fn forget(&self, of: &Connection) -> Result<(), DeedError> {
        self.remote
            .signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&of.id);
        if of.keeping == Keeping::Keyring {
            self.remote.ports.secrets.remove(&key(&of.id))?;
        }
        Ok(())
    }

    pub(super) fn standing(&self, of: &Connection) -> Standing {
        match self.kept(of) {
            Ok(Some(signed_in)) => {
                let ended = signed_in.token.has_expired(self.clock.now());
                if ended && signed_in.renewal == Renewal::Nobody {
                    Standing::SignInNeeded
                } else {
                    Standing::SignedIn
                }
            }
            Err(DeedError::Keyring(error)) => Standing::KeyringSilent(error),
            Ok(None) | Err(_) => Standing::SignInNeeded,
        }
    }

    fn remembered(&self, id: &str) -> Option<SignedIn> {
        self.remote
            .signed_in
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id)
            .cloned()
    }
}

fn write(signed_in: &SignedIn) -> Value {
    let (client_secret, refresh) = match &signed_in.renewal {
        Renewal::Universal { client_secret, .. } => (Some(client_secret.reveal()), None),
        Renewal::Refresh(refresh) => (None, Some(refresh.reveal())),
        Renewal::Nobody => (None, None),
    };
    json!({
        "accessToken": signed_in.token.text.reveal(),
        "since": instant_text(signed_in.since),
        "expiresAt": signed_in.token.expires_at.map(instant_text),
        "renewableUntil": signed_in.token.renewable_until.map(instant_text),
        "clientSecret": client_secret,
        "refreshToken": refresh,
    })
}

fn read(value: &Value, method: &Method) -> Option<SignedIn> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let instant = |key: &str| -> Option<DateTime<Utc>> { read_instant(text(key)?) };
    let since = instant("since")?;
    let mut token = Token::received(Secret::new(text("accessToken")?), since);
    token.expires_at = instant("expiresAt").or(token.expires_at);
    token.renewable_until = instant("renewableUntil");
    Some(SignedIn {
        token,
        since,
        renewal: match (method, text("clientSecret"), text("refreshToken")) {
            (Method::Universal { client_id }, Some(secret), _) => Renewal::Universal {
                client_id: client_id.clone(),
                client_secret: Secret::new(secret),
            },
            (_, _, Some(refresh)) => Renewal::Refresh(Secret::new(refresh)),
            _ => Renewal::Nobody,
        },
    })
}
