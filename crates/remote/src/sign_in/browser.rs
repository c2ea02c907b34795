//! Signing in as a user in the browser: the site's own page hands the session to a listener on this
//! machine, as it does for the server's command line.
//!
//! The page posts the token from its own origin; nobody else's page is let in, and the listener is
//! gone after one sign-in.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::address::Address;
use crate::client::{Client, Renewal, SignedIn};
use crate::secret::Secret;
use crate::token::Token;
use crate::wire::sign_in::Callback;

/// How long somebody may take to sign in.
pub const PATIENCE: Duration = Duration::from_mins(10);
/// No session is larger.
const LARGEST: usize = 256 * 1024;

/// Why nobody signed in.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// This machine gave no port to listen on.
    #[error("no port could be opened on this machine")]
    NoPort(#[source] std::io::Error),
    /// Nobody came.
    #[error("nobody signed in within ten minutes")]
    TimedOut,
    /// It was called off.
    #[error("it was cancelled")]
    Cancelled,
    /// What was pasted is not what the site shows.
    #[error("this is not the text that the sign-in page shows")]
    NotASession,
}

/// A listener that waits for the browser.
pub struct Waiting {
    listener: TcpListener,
    origin: String,
    /// The page to open in the browser.
    pub url: String,
}

/// What the site handed over.
pub struct Session {
    /// Who signed in.
    pub email: String,
    /// The token.
    token: Secret,
    /// What gets the next one, if there is anything.
    refresh: Secret,
}

impl Session {
    /// The sign-in of this session.
    pub fn signed_in(self, client: &Client) -> SignedIn {
        let now = client.now();
        SignedIn {
            token: Token::received(self.token, now),
            since: now,
            renewal: if self.refresh.is_empty() {
                Renewal::Nobody
            } else {
                Renewal::Refresh(self.refresh)
            },
        }
    }

    /// Reads the text that the page shows to be pasted when it cannot reach the listener.
    pub fn pasted(text: &str) -> Result<Self, BrowserError> {
        let bytes = STANDARD
            .decode(text.trim())
            .map_err(|_| BrowserError::NotASession)?;
        Self::read(&bytes).ok_or(BrowserError::NotASession)
    }

    fn read(body: &[u8]) -> Option<Self> {
        let callback: Callback = serde_json::from_slice(body).ok()?;
        (!callback.token.is_empty()).then(|| Self {
            email: callback.email,
            token: Secret::new(callback.token),
            refresh: Secret::new(callback.refresh),
        })
    }
}

impl Waiting {
    /// Opens a port on this machine for the page of the server at `address`.
    pub async fn begin(address: &Address) -> Result<Self, BrowserError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .map_err(BrowserError::NoPort)?;
        let port = listener.local_addr().map_err(BrowserError::NoPort)?.port();
        Ok(Self {
            listener,
            origin: address.origin(),
            url: format!("{address}/login?callback_port={port}"),
        })
    }

    /// Waits until somebody has signed in.
    pub async fn session(self, cancel: &CancellationToken) -> Result<Session, BrowserError> {
        let (sender, mut receiver) = mpsc::channel(1);
        let accept = self.accept(sender);
        tokio::select! {
            session = receiver.recv() => session.ok_or(BrowserError::Cancelled),
            () = accept => Err(BrowserError::Cancelled),
            () = cancel.cancelled() => Err(BrowserError::Cancelled),
            () = tokio::time::sleep(PATIENCE) => Err(BrowserError::TimedOut),
        }
    }

    async fn accept(&self, sender: mpsc::Sender<Session>) {
        let origin: Arc<str> = Arc::from(self.origin.as_str());
        while let Ok((stream, _)) = self.listener.accept().await {
            let (origin, sender) = (Arc::clone(&origin), sender.clone());
            tokio::spawn(async move {
                let service = service_fn(move |request| {
                    let (origin, sender) = (Arc::clone(&origin), sender.clone());
                    async move { Ok::<_, Infallible>(answer(request, &origin, &sender).await) }
                });
                // Whoever breaks off comes again or not at all.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    }
}

async fn answer(
    request: Request<Incoming>,
    origin: &str,
    sender: &mpsc::Sender<Session>,
) -> Response<Full<Bytes>> {
    let from = request
        .headers()
        .get(header::ORIGIN)
        .and_then(|origin| origin.to_str().ok());
    if from != Some(origin) {
        return reply(StatusCode::FORBIDDEN, None, "");
    }
    match *request.method() {
        Method::OPTIONS => reply(StatusCode::NO_CONTENT, Some(origin), ""),
        Method::POST => {
            let body = Limited::new(request.into_body(), LARGEST).collect().await;
            let session = body.ok().and_then(|body| Session::read(&body.to_bytes()));
            match session {
                Some(session) => {
                    // A second one finds the receiver gone, and that is as it should be.
                    let _ = sender.send(session).await;
                    reply(StatusCode::OK, Some(origin), "{}")
                }
                None => reply(StatusCode::BAD_REQUEST, Some(origin), "{}"),
            }
        }
        _ => reply(StatusCode::METHOD_NOT_ALLOWED, Some(origin), ""),
    }
}

fn reply(status: StatusCode, origin: Option<&str>, body: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(body.as_bytes())));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    if let Some(Ok(origin)) = origin.map(HeaderValue::from_str) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("POST, OPTIONS"),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("content-type"),
        );
        // Browsers ask for this before they let a public page speak to this machine.
        headers.insert(
            "access-control-allow-private-network",
            HeaderValue::from_static("true"),
        );
    }
    response
}
