//! Signing in and out: a machine identity by Universal Auth, a person by the browser, and tokens
//! that somebody already has.

pub mod browser;

use serde_json::json;

use crate::client::{Ask, Client, Renewal, SignedIn};
use crate::error::FetchError;
use crate::secret::Secret;
use crate::token::{Holder, Token};
use crate::wire::sign_in::{AccessToken, IdentityDetails, UserAnswer, UserToken};

/// Who is signed in, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Whose token it is.
    pub holder: Holder,
    /// A name to show: an e-mail address, the name of an identity.
    pub name: String,
}

/// What became of a token on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// The server does not accept it any more.
    Yes,
    /// It had ended already.
    Already,
    /// This server has no way to revoke it; it ends by itself.
    NotPossible,
}

/// Logs a machine identity in. Not tried again by itself: a client secret may be good for a number
/// of logins only, and wrong ones lock it.
pub async fn login(
    client: &Client,
    client_id: &str,
    client_secret: &Secret,
) -> Result<SignedIn, FetchError> {
    let body = json!({"clientId": client_id.trim(), "clientSecret": client_secret.reveal().trim()});
    let now = client.now();
    let answer: Result<AccessToken, FetchError> = client
        .read(Ask::post("the sign-in", "/api/v1/auth/universal-auth/login", body).open())
        .await;
    let token = answer.map_err(refused)?.token(now);
    Ok(SignedIn {
        token,
        since: now,
        renewal: Renewal::Universal {
            client_id: client_id.trim().to_owned(),
            client_secret: Secret::new(client_secret.reveal().trim()),
        },
    })
}

/// Whatever the server has against a login is about the credentials.
fn refused(error: FetchError) -> FetchError {
    match error {
        FetchError::TokenRefused { message } | FetchError::Refused { message } => {
            FetchError::SignInRefused { message }
        }
        FetchError::TokenExpired => FetchError::SignInRefused {
            message: "the credentials have expired".into(),
        },
        other => other,
    }
}

/// A new token for a user's session.
pub async fn refreshed(client: &Client, refresh: &Secret) -> Result<SignedIn, FetchError> {
    let mut ask = Ask::post("a longer sign-in", "/api/v1/auth/token", json!({})).open();
    ask.cookie = Some(Secret::new(format!("jid={}", refresh.reveal())));
    let now = client.now();
    let answer: UserToken = client.read(ask).await.map_err(|error| match error {
        FetchError::TokenRefused { .. } | FetchError::Refused { .. } => FetchError::TokenExpired,
        other => other,
    })?;
    Ok(SignedIn {
        token: Token::received(Secret::new(answer.token), now),
        since: now,
        renewal: Renewal::Refresh(
            answer
                .refresh_token
                .map_or_else(|| refresh.clone(), Secret::new),
        ),
    })
}

/// A sign-in with a token that somebody already has; nobody renews it.
pub fn with_token(client: &Client, text: Secret) -> SignedIn {
    let now = client.now();
    SignedIn {
        token: Token::received(text, now),
        since: now,
        renewal: Renewal::Nobody,
    }
}

/// Asks the server whether the client's token is good, and for a name to show.
pub async fn who(client: &Client) -> Result<Who, FetchError> {
    let token = client.token().await.ok_or(FetchError::TokenRefused {
        message: "nobody is signed in".into(),
    })?;
    let name = match &token.holder {
        Holder::User { id } => {
            let ask = Ask::get("the signed-in user", "/api/v1/user".into());
            let answer: UserAnswer = client.read(ask).await?;
            let user = answer.user;
            user.email.or(user.username).unwrap_or_else(|| id.clone())
        }
        Holder::Identity { id, name } => {
            let ask = Ask::get(
                "the signed-in identity",
                "/api/v1/identities/details".into(),
            );
            let answer: IdentityDetails = client.read(ask).await?;
            let organization = answer.identity_details.organization.name;
            let name = name.clone().unwrap_or_else(|| id.clone());
            format!("{name} ({organization})")
        }
        Holder::Unknown => "unknown".to_owned(),
    };
    Ok(Who {
        holder: token.holder,
        name,
    })
}

/// Makes the server forget the client's token.
pub async fn revoke(client: &Client) -> Result<Revoked, FetchError> {
    let Some(signed_in) = client.signed_in().await else {
        return Ok(Revoked::Already);
    };
    // Signing in anew only to sign out would use up a login.
    client
        .sign_in_as(SignedIn {
            renewal: Renewal::Nobody,
            ..signed_in.clone()
        })
        .await;
    let ask = if signed_in.token.is_user() {
        Ask::post("the sign-out", "/api/v1/auth/logout", json!({}))
    } else {
        let body = json!({"accessToken": signed_in.token.text.reveal()});
        Ask::post("the sign-out", "/api/v1/auth/token/revoke", body).open()
    };
    match client.send(ask).await {
        Ok(_) => Ok(Revoked::Yes),
        Err(error) if error.needs_sign_in() => Ok(Revoked::Already),
        Err(FetchError::NoSuchRoute { .. }) => Ok(Revoked::NotPossible),
        Err(error) => Err(error),
    }
}
