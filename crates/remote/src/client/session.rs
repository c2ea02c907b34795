//! The sign-in of a client: its token, and how a new one is got.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Ask, Client};
use crate::error::FetchError;
use crate::secret::Secret;
use crate::sign_in::{login, refreshed};
use crate::token::Token;
use crate::wire::sign_in::AccessToken;

/// A token with the way to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The token.
    pub token: Token,
    /// When it came, on our clock.
    pub since: DateTime<Utc>,
    /// How a new one is got.
    pub renewal: Renewal,
}

/// How a new token is got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewal {
    /// Universal Auth: the old one is renewed; failing that, the identity logs in again.
    Universal {
        /// Says which identity.
        client_id: String,
        /// Proves it.
        client_secret: Secret,
    },
    /// A user's session: a new token for the refresh token.
    Refresh(Secret),
    /// Somebody has to sign in.
    Nobody,
}

#[derive(Debug, Default)]
pub(super) struct Session {
    current: Option<SignedIn>,
}

impl Session {
    pub fn replace(&mut self, signed_in: SignedIn) {
        self.current = Some(signed_in);
    }

    pub fn current(&self) -> Option<SignedIn> {
        self.current.clone()
    }
}

impl Client {
    /// The token to send, renewed first if it is about to end. Everybody else waits meanwhile.
    pub(super) async fn token_for_use(&self) -> Result<Token, FetchError> {
        let mut session = self.0.session.lock().await;
        let Some(current) = session.current.clone() else {
            return Err(FetchError::TokenRefused {
                message: "nobody is signed in".into(),
            });
        };
        if !current.token.is_due(current.since, self.now()) {
            return Ok(current.token);
        }
        match Box::pin(self.renew(&current)).await {
            Ok(next) => {
                let token = next.token.clone();
                session.current = Some(next);
                Ok(token)
            }
            // As long as the old one lasts there is time to try again.
            Err(_) if !current.token.has_expired(self.now()) => Ok(current.token),
            Err(error) => Err(error),
        }
    }

    /// Gets a new token after the server refused `used`, unless somebody did so meanwhile.
    pub(super) async fn replace_token(
        &self,
        used: Option<&Token>,
        refused: &FetchError,
    ) -> Result<(), FetchError> {
        let mut session = self.0.session.lock().await;
        let Some(current) = session.current.clone() else {
            return Err(refused.clone());
        };
        if used.is_some_and(|used| used.text != current.token.text) {
            return Ok(());
        }
        let next = Box::pin(self.sign_in_anew(&current))
            .await
            .map_err(|error| {
                // That the renewal is refused tells less than why it was needed.
                if error.needs_sign_in() && current.renewal == Renewal::Nobody {
                    refused.clone()
                } else {
                    error
                }
            })?;
        session.current = Some(next);
        Ok(())
    }

    /// A new token before the old one has ended.
    async fn renew(&self, current: &SignedIn) -> Result<SignedIn, FetchError> {
        if let Renewal::Universal { .. } = &current.renewal {
            let now = self.now();
            let renewable = current.token.renewable_until.is_none_or(|end| now < end);
            if renewable
                && !current.token.has_expired(now)
                && let Ok(next) = self.renewed(current).await
            {
                return Ok(next);
            }
        }
        self.sign_in_anew(current).await
    }

    async fn renewed(&self, current: &SignedIn) -> Result<SignedIn, FetchError> {
        let body = json!({"accessToken": current.token.text.reveal()});
        let ask = Ask::post("a longer sign-in", "/api/v1/auth/token/renew", body).open();
        let now = self.now();
        let answer: AccessToken = Box::pin(self.read(ask)).await?;
        Ok(SignedIn {
            token: answer.token(now),
            since: now,
            renewal: current.renewal.clone(),
        })
    }

    async fn sign_in_anew(&self, current: &SignedIn) -> Result<SignedIn, FetchError> {
        match &current.renewal {
            Renewal::Universal {
                client_id,
                client_secret,
            } => login(self, client_id, client_secret).await,
            Renewal::Refresh(refresh) => refreshed(self, refresh).await,
            Renewal::Nobody => Err(FetchError::TokenExpired),
        }
    }
}
