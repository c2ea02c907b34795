//! One request and its answer: sends, follows redirects within the server, reads the body up to a
//! limit, and says what an error means.

use std::error::Error as _;
use std::sync::atomic::Ordering;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, TimeDelta};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode, Url};

use super::{Answer, Ask, Client};
use crate::error::FetchError;
use crate::retry::asked_wait;
use crate::token::Token;
use crate::wire::error::{ErrorBody, meaning};

/// The largest answer that is read, in megabytes.
const LARGEST: u64 = 128;
/// How many redirects within the server are followed.
const REDIRECTS: usize = 3;

/// How an exchange ended.
pub(super) enum Outcome {
    Answer(Answer),
    Error(FetchError),
}

impl Client {
    /// Sends `ask` once.
    pub(super) async fn exchange(&self, ask: &Ask, token: Option<&Token>) -> Outcome {
        let Ok(_permit) = self.0.permits.acquire().await else {
            return Outcome::Error(FetchError::Cancelled);
        };
        match self.try_exchange(ask, token).await {
            Ok(answer) => Outcome::Answer(answer),
            Err(error) => Outcome::Error(error),
        }
    }

    async fn try_exchange(&self, ask: &Ask, token: Option<&Token>) -> Result<Answer, FetchError> {
        let mut url = self.address().at(&ask.path, &ask.query);
        for _ in 0..=REDIRECTS {
            let sent = self.now();
            self.0.sent.fetch_add(1, Ordering::Relaxed);
            let response = self
                .request(ask, url.clone(), token)
                .send()
                .await
                .map_err(|error| self.transport(error))?;
            self.hear_the_time(sent, response.headers());
            if !response.status().is_redirection() || response.status() == StatusCode::NOT_MODIFIED
            {
                return self.whole(ask, response).await;
            }
            url = Self::redirected(ask, &url, response.headers())?;
        }
        Err(FetchError::RedirectRefused {
            to: "itself, again and again".into(),
        })
    }

    fn request(&self, ask: &Ask, url: Url, token: Option<&Token>) -> reqwest::RequestBuilder {
        let mut request = self
            .0
            .http
            .request(ask.method.clone(), url)
            .header(header::ACCEPT, "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token.text.reveal());
        }
        if let Some(Ok(mut value)) = ask
            .cookie
            .as_ref()
            .map(|cookie| HeaderValue::from_str(cookie.reveal()))
        {
            value.set_sensitive(true);
            request = request.header(header::COOKIE, value);
        }
        if let Some(etag) = &ask.known {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(body) = &ask.body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        request
    }

    /// Where a redirect leads, if it stays on the server: another one must not see the headers.
    fn redirected(ask: &Ask, from: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
        let target = headers
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok())
            .and_then(|location| from.join(location).ok());
        match target {
            Some(target) if target.origin() == from.origin() && ask.repeatable => Ok(target),
            Some(target) => Err(FetchError::RedirectRefused {
                to: target.origin().ascii_serialization(),
            }),
            None => Err(FetchError::RedirectRefused {
                to: "nowhere".into(),
            }),
        }
    }

    async fn whole(&self, ask: &Ask, response: Response) -> Result<Answer, FetchError> {
        let status = response.status();
        let headers = response.headers().clone();
        let etag = headers
            .get(header::ETAG)
            .and_then(|etag| etag.to_str().ok())
            .map(str::to_owned);
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Answer { body: None, etag });
        }
        let body = self.body(ask, response).await?;
        if status.is_success() {
            if is_json(&headers) {
                return Ok(Answer {
                    body: Some(body),
                    etag,
                });
            }
            return Err(self.not_json(&headers));
        }
        Err(self.refusal(ask, status, &headers, &body))
    }

    async fn body(&self, ask: &Ask, mut response: Response) -> Result<Bytes, FetchError> {
        let next = |chunk: reqwest::Result<_>| chunk.map_err(|error| self.transport(error));
        // Most answers come in one piece, which is taken as it is.
        let Some(first) = next(response.chunk().await)? else {
            return Ok(Bytes::new());
        };
        let Some(second) = next(response.chunk().await)? else {
            return Ok(first);
        };
        let length = response.content_length().unwrap_or_default();
        let length = length.min(LARGEST * 1024 * 1024);
        let mut body = BytesMut::with_capacity(usize::try_from(length).unwrap_or_default());
        body.extend_from_slice(&first);
        body.extend_from_slice(&second);
        while let Some(chunk) = next(response.chunk().await)? {
            if body.len() as u64 + chunk.len() as u64 > LARGEST * 1024 * 1024 {
                return Err(FetchError::TooLarge {
                    what: ask.what.to_owned(),
                    limit: LARGEST,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }

    fn refusal(
        &self,
        ask: &Ask,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> FetchError {
        let read = serde_json::from_slice::<ErrorBody>(body).ok();
        if status == StatusCode::TOO_MANY_REQUESTS {
            let message = read.map(|body| body.sentence()).unwrap_or_default();
            return FetchError::Throttled {
                wait: asked_wait(headers, &message),
            };
        }
        match read {
            Some(body) => meaning(ask.what, status.as_u16(), &body),
            None if status.is_server_error() => FetchError::ServerFailed {
                status: status.as_u16(),
            },
            None => self.not_json(headers),
        }
    }

    fn not_json(&self, headers: &HeaderMap) -> FetchError {
        let content = match content_type(headers) {
            Some("text/html") => "a web page".to_owned(),
            Some(other) => format!("`{other}`"),
            None => "something".to_owned(),
        };
        FetchError::NotJson {
            host: self.address().host(),
            content,
        }
    }

    fn hear_the_time(&self, sent: DateTime<chrono::Utc>, headers: &HeaderMap) {
        let date = headers
            .get(header::DATE)
            .and_then(|date| date.to_str().ok())
            .and_then(|date| DateTime::parse_from_rfc2822(date).ok());
        if let Some(date) = date {
            // The header counts whole seconds.
            self.measure(sent, self.now(), date.to_utc(), TimeDelta::seconds(1));
        }
    }

    #[allow(
        clippy::needless_pass_by_value,
        reason = "the error ends here, with the address it may hold"
    )]
    fn transport(&self, error: reqwest::Error) -> FetchError {
        let host = self.address().host();
        if error.is_timeout() {
            FetchError::TimedOut { host }
        } else if is_about_trust(&error) {
            FetchError::UntrustedCertificate { host }
        } else if error.is_connect() {
            FetchError::Unreachable {
                host,
                why: innermost(&error),
            }
        } else {
            FetchError::Broken { host }
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    content_type(headers).is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    text.split(';').next().map(str::trim)
}

/// Whether the certificate is what the connection failed on.
fn is_about_trust(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        // An error of reading names as its source what is below the one it wraps.
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    false
}

/// What the system said, without the address, which stands in the message already.
fn innermost(error: &reqwest::Error) -> String {
    let mut words = "no connection".to_owned();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = match error.downcast_ref::<std::io::Error>() {
            Some(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => {
                "nobody listens there".to_owned()
            }
            _ => error.to_string(),
        };
        cause = error.source();
    }
    if words.contains("lookup") || words.contains("resolve") || words.contains("Name or service") {
        "its name is not known".to_owned()
    } else {
        words.to_lowercase()
    }
}
