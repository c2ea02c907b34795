//! What can go wrong between a client and the server, on purpose.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse as _;
use futures_util::stream;

use super::Asked;

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A status with a body in the server's form.
    Status(u16),
    /// 429 with `retry-after` in seconds.
    Throttled(u32),
    /// A token that has just ended.
    TokenEnded,
    /// The connection breaks in the middle of the body.
    Reset,
    /// The body comes a few bytes at a time, for ever.
    Trickle,
    /// The body ends too early, as if it were whole.
    Truncated,
    /// JSON of another form.
    OtherShape,
    /// No JSON, said to be JSON.
    Garbage,
    /// A web page.
    Page,
    /// A redirect to another machine.
    RedirectAway,
    /// A late answer.
    Late(Duration),
}

/// When what goes wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What.
    pub kind: Kind,
    /// From which request on, counted from zero.
    pub from: u64,
    /// How often.
    pub times: u64,
    /// Only where the path holds this.
    pub path: &'static str,
}

impl Fault {
    /// `kind` for every request from now on.
    pub fn always(kind: Kind) -> Self {
        Self {
            kind,
            from: 0,
            times: u64::MAX,
            path: "",
        }
    }

    /// The next `times` requests only.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = times;
        self
    }

    /// Not before so many requests went well.
    #[must_use]
    pub fn after(mut self, from: u64) -> Self {
        self.from = from;
        self
    }

    /// Only where the path holds `path`.
    #[must_use]
    pub fn on(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    pub(super) fn strikes(&self, number: u64, path: &str) -> bool {
        self.times > 0 && number >= self.from && path.contains(self.path)
    }

    /// The answer in place of the server's own.
    pub(super) fn instead(&self, asked: &Asked) -> Option<axum::response::Response> {
        let json = |status: u16, error: &str, message: &str| {
            let body = serde_json::json!({"reqId": "req-fault", "statusCode": status,
                                          "message": message, "error": error});
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            (
                status,
                [(header::CONTENT_TYPE, "application/json")],
                body.to_string(),
            )
                .into_response()
        };
        Some(match &self.kind {
            Kind::Status(status) => json(*status, "InternalServerError", "Something went wrong"),
            Kind::Throttled(seconds) => {
                let mut reply = json(429, "RateLimitExceeded", "Rate limit exceeded");
                reply
                    .headers_mut()
                    .insert(header::RETRY_AFTER, (*seconds).into());
                reply
            }
            Kind::TokenEnded if asked.headers.contains_key(header::AUTHORIZATION) => json(
                403,
                "TokenError",
                "Your token has expired. Please re-authenticate.",
            ),
            Kind::Page => (
                StatusCode::OK,
                [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                "<!doctype html><title>Sign in</title><p>Please sign in to the corporate proxy",
            )
                .into_response(),
            Kind::RedirectAway => (
                StatusCode::FOUND,
                [(
                    header::LOCATION,
                    "https://elsewhere.example/api/v1/projects",
                )],
            )
                .into_response(),
            Kind::OtherShape => (
                StatusCode::OK,
                [(header::CONTENT_TYPE, "application/json")],
                r#"{"hello":[1,2,3]}"#,
            )
                .into_response(),
            Kind::Garbage => (
                StatusCode::OK,
                [(header::CONTENT_TYPE, "application/json")],
                "{\"project\": oops",
            )
                .into_response(),
            Kind::TokenEnded | Kind::Reset | Kind::Trickle | Kind::Truncated | Kind::Late(_) => {
                return None;
            }
        })
    }

    pub(super) fn delay(&self) -> Option<Duration> {
        match self.kind {
            Kind::Late(wait) => Some(wait),
            _ => None,
        }
    }

    /// The server's own answer, damaged on its way.
    pub(super) async fn spoil(
        &self,
        response: axum::response::Response,
    ) -> axum::response::Response {
        let (mut parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        let half = bytes.slice(..bytes.len() / 2);
        match self.kind {
            Kind::Reset => {
                let broken = stream::iter([Ok(half), Err(std::io::Error::other("cut off"))]);
                Response::from_parts(parts, Body::from_stream(broken))
            }
            Kind::Truncated => {
                parts.headers.remove(header::CONTENT_LENGTH);
                Response::from_parts(parts, Body::from(half))
            }
            Kind::Trickle => {
                let endless = stream::unfold(bytes, |mut rest| async move {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    let piece = if rest.len() > 1 {
                        rest.split_to(1)
                    } else {
                        bytes::Bytes::from_static(b" ")
                    };
                    Some((Ok::<_, Infallible>(piece), rest))
                });
                parts.headers.remove(header::CONTENT_LENGTH);
                Response::from_parts(parts, Body::from_stream(endless))
            }
            _ => Response::from_parts(parts, Body::from(bytes)),
        }
    }
}
