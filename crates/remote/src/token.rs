//! Access tokens: whose they are and how long they last.
//!
//! How long is counted on our own clock from the moment the token came, so that a server whose
//! clock is wrong does not make a good token look expired.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::secret::Secret;

/// An access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The token itself.
    pub text: Secret,
    /// Whose it is.
    pub holder: Holder,
    /// When it ends on our clock; `None` if it does not say.
    pub expires_at: Option<DateTime<Utc>>,
    /// Until when it can be renewed, on our clock; `None` if nobody said.
    pub renewable_until: Option<DateTime<Utc>>,
}

/// Whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A person.
    User {
        /// The user's id.
        id: String,
    },
    /// A machine identity.
    Identity {
        /// The identity's id.
        id: String,
        /// Its name, if the token says.
        name: Option<String>,
    },
    /// The token does not say.
    Unknown,
}

/// A token is renewed when so much of its life is left, or a tenth of it, whichever is shorter.
const EARLY: TimeDelta = TimeDelta::minutes(2);

impl Token {
    /// The token `text` that came at `now`; what it says of itself is read, not checked.
    pub fn received(text: Secret, now: DateTime<Utc>) -> Self {
        let claims = claims(text.reveal()).unwrap_or(Value::Null);
        let seconds = |key: &str| claims.get(key).and_then(Value::as_i64);
        let life = seconds("exp")
            .zip(seconds("iat"))
            .map(|(end, start)| end - start);
        Self {
            holder: holder(&claims),
            expires_at: life.and_then(|life| after(now, life)),
            renewable_until: None,
            text,
        }
    }

    /// The same token with what the sign-in said about its life, in seconds.
    #[must_use]
    pub fn lasting(mut self, life: i64, longest: i64, now: DateTime<Utc>) -> Self {
        self.expires_at = after(now, life);
        // Zero means that there is no longest life.
        self.renewable_until = if longest > 0 {
            after(now, longest)
        } else {
            None
        };
        self
    }

    /// Whether it is a person's.
    pub fn is_user(&self) -> bool {
        matches!(self.holder, Holder::User { .. })
    }

    /// Whether it has ended at `now`.
    pub fn has_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Whether it is time to renew it, given that it came at `since`.
    pub fn is_due(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        self.expires_at.is_some_and(|end| {
            let early = EARLY.min((end - since) / 10);
            end - early <= now
        })
    }
}

fn after(now: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
    now.checked_add_signed(TimeDelta::try_seconds(seconds)?)
}

/// The claims of a JSON web token. Its signature is for the server to check.
fn claims(token: &str) -> Option<Value> {
    let body = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()
}

fn holder(claims: &Value) -> Holder {
    let text = |key: &str| claims.get(key).and_then(Value::as_str).map(str::to_owned);
    match (
        text("authTokenType").as_deref(),
        text("identityId"),
        text("userId"),
    ) {
        (Some("identityAccessToken"), Some(id), _) | (_, Some(id), None) => Holder::Identity {
            id,
            name: text("identityName"),
        },
        (_, _, Some(id)) => Holder::User { id },
        _ => Holder::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;
    use serde_json::json;

    fn jwt(claims: &Value) -> Secret {
        Secret::new(format!(
            "e30.{}.x",
            URL_SAFE_NO_PAD.encode(claims.to_string())
        ))
    }

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 1, 1, 12, 0, 0).unwrap()
    }

    #[test]
    fn a_token_says_whose_it_is() {
        let user = jwt(&json!({"authTokenType": "accessToken", "userId": "u"}));
        assert_eq!(
            Token::received(user, now()).holder,
            Holder::User { id: "u".into() }
        );
        let identity = jwt(
            &json!({"authTokenType": "identityAccessToken", "identityId": "i", "identityName": "ci"}),
        );
        assert_eq!(
            Token::received(identity, now()).holder,
            Holder::Identity {
                id: "i".into(),
                name: Some("ci".into())
            }
        );
        for odd in ["", "a.b.c", "st.abc.def.ghi", "e30.e30.e30"] {
            assert_eq!(
                Token::received(Secret::new(odd), now()).holder,
                Holder::Unknown,
                "{odd}"
            );
        }
    }

    #[test]
    fn its_life_is_counted_on_our_clock() {
        // The server's clock is ten years ahead.
        let text = jwt(&json!({"userId": "u", "iat": 2_000_000_000, "exp": 2_000_000_600}));
        let token = Token::received(text, now());
        assert_eq!(token.expires_at, Some(now() + TimeDelta::minutes(10)));
        assert!(!token.is_due(now(), now() + TimeDelta::minutes(8)));
        assert!(token.is_due(now(), now() + TimeDelta::minutes(9)));
        assert!(token.has_expired(now() + TimeDelta::minutes(10)));
    }

    #[test]
    fn a_life_that_cannot_be_reckoned_is_no_life() {
        let token = Token::received(Secret::new("x"), now());
        assert_eq!(
            token.clone().lasting(i64::MAX, i64::MAX, now()).expires_at,
            None
        );
        assert_eq!(token.lasting(60, 0, now()).renewable_until, None);
    }
}
