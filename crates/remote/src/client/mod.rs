//! Asks one server: a few requests at once, tried again where that helps, called off at once when
//! wanted, with a token that is renewed before it ends.

mod exchange;
mod session;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::redirect;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub use session::{Renewal, SignedIn};

use crate::address::Address;
use crate::error::FetchError;
use crate::retry::Patience;
use crate::token::Token;
use exchange::Outcome;
use session::Session;

/// Tells the time on our clock.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How a server is asked.
#[derive(Clone)]
pub struct ClientOptions {
    /// Where it is.
    pub address: Address,
    /// Certificates of an own authority, as PEM, trusted beside those of the system.
    pub certificate: Option<Vec<u8>>,
    /// How many requests may be under way at once.
    pub at_once: usize,
    /// When to try again.
    pub patience: Patience,
    /// How long connecting may take.
    pub connect_within: Duration,
    /// How long nothing may come.
    pub read_within: Duration,
    /// How long one answer may take in all.
    pub answer_within: Duration,
    /// Our clock.
    pub now: Now,
    /// Calls everything off.
    pub cancel: CancellationToken,
}

impl ClientOptions {
    /// The usual way to ask the server at `address`.
    pub fn new(address: Address, now: Now) -> Self {
        Self {
            address,
            certificate: None,
            at_once: 8,
            patience: Patience::default(),
            connect_within: Duration::from_secs(10),
            read_within: Duration::from_secs(20),
            answer_within: Duration::from_mins(1),
            now,
            cancel: CancellationToken::new(),
        }
    }
}

/// Asks one server. Clones share everything.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    options: ClientOptions,
    permits: Semaphore,
    session: tokio::sync::Mutex<Session>,
    /// Nobody asks before this instant, because the server said so.
    closed_until: Mutex<Option<Instant>>,
    skew: Mutex<Option<Skew>>,
    sent: AtomicU64,
}

/// How far the server's clock is from ours, and how well that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skew {
    /// What must be added to our clock to get the server's.
    pub offset: TimeDelta,
    /// By how much that may be wrong.
    pub margin: TimeDelta,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub method: reqwest::Method,
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub body: Option<Value>,
    /// A header of its own, such as a cookie; its value is secret.
    pub cookie: Option<crate::secret::Secret>,
    /// What is asked for, in words, for messages.
    pub what: &'static str,
    pub with_token: bool,
    /// Whether asking twice does no harm.
    pub repeatable: bool,
    /// What the answer was like the last time.
    pub known: Option<String>,
}

impl Ask {
    /// Reads `path`.
    pub fn get(what: &'static str, path: String) -> Self {
        Self {
            method: reqwest::Method::GET,
            path,
            query: Vec::new(),
            body: None,
            cookie: None,
            what,
            with_token: true,
            repeatable: true,
            known: None,
        }
    }

    /// Sends `body` to `path`, once.
    pub fn post(what: &'static str, path: &str, body: Value) -> Self {
        Self {
            method: reqwest::Method::POST,
            body: Some(body),
            repeatable: false,
            ..Self::get(what, path.to_owned())
        }
    }

    /// With one more part of the query.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.query.push((key, value.into()));
        self
    }

    /// Without the token.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.with_token = false;
        self
    }
}

/// A whole answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The body; `None` if it is as the last time.
    pub body: Option<bytes::Bytes>,
    pub etag: Option<String>,
}

impl Client {
    /// A client without a token. It asks nobody yet.
    pub fn new(options: ClientOptions) -> Result<Self, FetchError> {
        // Another client may have chosen it already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bad = |error: reqwest::Error| FetchError::BadCertificateFile {
            why: if error.is_builder() {
                "it holds no certificate in PEM form".into()
            } else {
                "it cannot be read".into()
            },
        };
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("reeve/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .connect_timeout(options.connect_within)
            .read_timeout(options.read_within)
            .timeout(options.answer_within)
            .pool_max_idle_per_host(options.at_once);
        if let Some(pem) = &options.certificate {
            let certificates = reqwest::Certificate::from_pem_bundle(pem).map_err(bad)?;
            if certificates.is_empty() {
                return Err(FetchError::BadCertificateFile {
                    why: "it holds no certificate in PEM form".into(),
                });
            }
            builder = builder.tls_certs_merge(certificates);
        }
        Ok(Self(Arc::new(Inner {
            http: builder.build().map_err(bad)?,
            permits: Semaphore::new(options.at_once.max(1)),
            session: tokio::sync::Mutex::new(Session::default()),
            closed_until: Mutex::new(None),
            skew: Mutex::new(None),
            sent: AtomicU64::new(0),
            options,
        })))
    }

    /// Where the server is.
    pub fn address(&self) -> &Address {
        &self.0.options.address
    }

    /// How many requests were sent.
    pub fn sent(&self) -> u64 {
        self.0.sent.load(Ordering::Relaxed)
    }

    /// How many requests may be under way at once.
    pub(crate) fn at_once(&self) -> usize {
        self.0.options.at_once.max(1)
    }

    /// The instant that is now on our clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.0.options.now)()
    }

    /// How far the server's clock is from ours, as the answers so far tell.
    pub fn skew(&self) -> Option<Skew> {
        *lock(&self.0.skew)
    }

    /// Uses `signed_in` from now on.
    pub async fn sign_in_as(&self, signed_in: SignedIn) {
        self.0.session.lock().await.replace(signed_in);
    }

    /// The token in use, which may be newer than the one given, to be kept for the next time.
    pub async fn signed_in(&self) -> Option<SignedIn> {
        self.0.session.lock().await.current()
    }

    /// The token in use.
    pub(crate) async fn token(&self) -> Option<Token> {
        self.signed_in().await.map(|signed_in| signed_in.token)
    }

    /// The whole answer to `ask`, read as `T`.
    pub(crate) async fn read<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, FetchError> {
        let what = ask.what;
        let answer = self.send(ask).await?;
        parse(what, answer.body.as_deref().unwrap_or_default())
    }

    /// The whole answer to `ask`, after as many tries as it takes and makes sense.
    pub(crate) async fn send(&self, ask: Ask) -> Result<Answer, FetchError> {
        tokio::select! {
            biased;
            () = self.0.options.cancel.cancelled() => Err(FetchError::Cancelled),
            answer = self.insist(ask) => answer,
        }
    }

    async fn insist(&self, ask: Ask) -> Result<Answer, FetchError> {
        let patience = self.0.options.patience;
        let (mut tries, mut waits, mut renewed) = (0, 0, false);
        loop {
            self.wait_until_open().await;
            let token = if ask.with_token {
                Some(self.token_for_use().await?)
            } else {
                None
            };
            let error = match self.exchange(&ask, token.as_ref()).await {
                Outcome::Answer(answer) => return Ok(answer),
                Outcome::Error(error) => error,
            };
            match &error {
                FetchError::TokenExpired | FetchError::TokenRefused { .. }
                    if ask.with_token && !renewed =>
                {
                    renewed = true;
                    self.replace_token(token.as_ref(), &error).await?;
                }
                FetchError::Throttled { wait } if waits < patience.waits => {
                    waits += 1;
                    let wait = wait.unwrap_or_else(|| patience.pause(waits));
                    if wait > patience.longest_wait {
                        return Err(error);
                    }
                    // A little later than asked, and not all at the same moment.
                    self.close_for(wait + patience.pause(1) / 4);
                }
                _ if ask.repeatable && helps(&error) && tries + 1 < allowed(&error, patience) => {
                    tries += 1;
                    tokio::time::sleep(patience.pause(tries)).await;
                }
                _ => return Err(error),
            }
        }
    }

    async fn wait_until_open(&self) {
        loop {
            let until = *lock(&self.0.closed_until);
            match until {
                Some(until) if until > Instant::now() => tokio::time::sleep_until(until).await,
                _ => return,
            }
        }
    }

    fn close_for(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut closed = lock(&self.0.closed_until);
        *closed = Some(closed.map_or(until, |before| before.max(until)));
    }

    /// Takes the server's word for the time it was at some moment between `sent` and `came`.
    pub(crate) fn measure(
        &self,
        sent: DateTime<Utc>,
        came: DateTime<Utc>,
        server: DateTime<Utc>,
        coarse: TimeDelta,
    ) {
        let half = (came - sent) / 2;
        if half < TimeDelta::zero() {
            return;
        }
        let seen = Skew {
            offset: server + coarse / 2 - (sent + half),
            margin: half + coarse / 2,
        };
        let mut best = lock(&self.0.skew);
        if best.is_none_or(|best| seen.margin <= best.margin) {
            *best = Some(seen);
        }
    }
}

/// Reads a body as `T`; a failure tells where, never what.
pub(crate) fn parse<'a, T: Deserialize<'a>>(what: &str, body: &'a [u8]) -> Result<T, FetchError> {
    serde_json::from_slice(body).map_err(|error| not_understood(what, &error))
}

/// Where reading stopped. Serde's own message may quote a value, so only its kind is told.
pub(crate) fn not_understood(what: &str, error: &serde_json::Error) -> FetchError {
    use serde_json::error::Category;
    let why = match error.classify() {
        Category::Eof => "it ends too early".to_owned(),
        Category::Syntax | Category::Io => "it is no JSON".to_owned(),
        Category::Data => {
            let message = error.to_string();
            match message.split_once("missing field `") {
                Some((_, rest)) => {
                    let field = rest.split('`').next().unwrap_or_default();
                    format!("`{field}` is missing")
                }
                None => "a value is of another kind than expected".to_owned(),
            }
        }
    };
    FetchError::NotUnderstood {
        what: what.to_owned(),
        why: format!("{why} (line {}, column {})", error.line(), error.column()),
    }
}

fn helps(error: &FetchError) -> bool {
    matches!(
        error,
        FetchError::Unreachable { .. }
            | FetchError::TimedOut { .. }
            | FetchError::Broken { .. }
            | FetchError::ServerFailed { .. }
    )
}

/// Who does not answer at all is asked less often than who fails.
fn allowed(error: &FetchError, patience: Patience) -> u32 {
    match error {
        FetchError::Unreachable { .. } | FetchError::TimedOut { .. } => patience.tries.min(3),
        _ => patience.tries,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
