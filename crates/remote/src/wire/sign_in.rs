//! Signing in and out.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::secret::Secret;
use crate::token::Token;

/// The answer to a login and to a renewal.
#[derive(Deserialize)]
pub(crate) struct AccessToken {
    #[serde(rename = "accessToken")]
    pub text: String,
    #[serde(rename = "expiresIn")]
    pub life: i64,
    #[serde(rename = "accessTokenMaxTTL", default)]
    pub longest: i64,
}

impl AccessToken {
    /// The token, received at `now`.
    pub fn token(self, now: DateTime<Utc>) -> Token {
        Token::received(Secret::new(self.text), now).lasting(self.life, self.longest, now)
    }
}

/// The answer to a refresh of a user's session.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserToken {
    pub token: String,
    pub refresh_token: Option<String>,
}

/// What the web app posts to the callback; the spelling is its own.
#[derive(Deserialize)]
pub(crate) struct Callback {
    #[serde(default)]
    pub email: String,
    #[serde(rename = "JTWToken")]
    pub token: String,
    #[serde(rename = "RefreshToken", default)]
    pub refresh: String,
}

/// `GET /api/v1/identities/details`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdentityDetails {
    pub identity_details: Details,
}

#[derive(Deserialize)]
pub(crate) struct Details {
    pub organization: Organization,
}

#[derive(Deserialize)]
pub(crate) struct Organization {
    pub name: String,
}

/// `GET /api/v1/user`. It may hold key material, which is not read.
#[derive(Deserialize)]
pub(crate) struct UserAnswer {
    pub user: UserDetails,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserDetails {
    pub email: Option<String>,
    pub username: Option<String>,
}

/// `GET /api/status`.
#[derive(Deserialize)]
pub(crate) struct Status {
    pub date: Option<DateTime<Utc>>,
}
