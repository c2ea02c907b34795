//! A server that behaves like a real Infisical server as far as a pull and a sign-in go, oddities
//! included: made-up ids of built-in roles, lists without permissions, routes for user sessions
//! only, 403 for an ended token, dropped unknown keys, etags.
//!
//! It is written from the API reference and from exchanges recorded with a real server, and those
//! exchanges are replayed against it (`tests/tests/recorded_exchanges.rs`).

#![allow(
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::single_match_else,
    clippy::too_many_lines,
    clippy::unnested_or_patterns,
    reason = "handlers are tables of paths, one line each, all of one form"
)]

pub mod audit;
pub mod auth;
pub mod fault;
pub mod folder_access;
pub mod login_page;
pub mod outside;
pub mod routes;
pub mod rules;
pub mod tls;
pub mod world;
pub mod writes;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use fault::Fault;
use world::World;

/// What every handler of the server sees.
pub struct Server {
    world: Mutex<World>,
    faults: Mutex<Vec<Fault>>,
    requests: Mutex<Vec<String>>,
    count: AtomicU64,
    /// How far the server's clock is from ours, in milliseconds.
    shift: AtomicI64,
    /// Requests of one route and minute, if the server limits them.
    limit: Mutex<Option<(u32, BTreeMap<String, u32>)>>,
}

/// A running server. It stops when it is dropped.
pub struct Infisical {
    server: Arc<Server>,
    address: SocketAddr,
    task: JoinHandle<()>,
    runtime: Option<tokio::runtime::Runtime>,
    scheme: &'static str,
}

/// A request as the handlers see it.
pub struct Asked {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The path with its query.
    pub target: String,
    /// The parts of the query.
    pub query: BTreeMap<String, String>,
    /// Its headers.
    pub headers: HeaderMap,
    /// The body, if it was JSON; `Err` if it was something else.
    pub body: Result<Value, ()>,
}

/// An answer before it gets its etag.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// Headers of its own.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// A good answer.
    pub fn ok(body: Value) -> Self {
        Self {
            status: 200,
            body,
            headers: Vec::new(),
        }
    }

    /// A refusal in the server's form.
    pub fn refusal(status: u16, error: &str, message: impl Into<Value>) -> Self {
        let id: String = std::iter::repeat_with(fastrand_letter).take(14).collect();
        Self {
            status,
            body: json!({"reqId": format!("req-{id}"), "statusCode": status,
                         "message": message.into(), "error": error}),
            headers: Vec::new(),
        }
    }

    /// The refusal of a caller without `action` on `subject`.
    pub fn denied(action: &str, subject: &str) -> Self {
        let message = format!("You are not allowed to {action} on {subject}");
        let mut reply = Self::refusal(403, "PermissionDenied", message);
        reply.body["details"] = json!([]);
        reply
    }

    /// The refusal of a path that does not exist.
    pub fn no_route(asked: &Asked) -> Self {
        Self {
            status: 404,
            body: json!({"message": format!("Route {}:{} not found", asked.method, asked.target),
                         "error": "Not Found", "statusCode": 404}),
            headers: Vec::new(),
        }
    }
}

fn fastrand_letter() -> char {
    let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    char::from(letters[usize::from(uuid::Uuid::new_v4().as_bytes()[0]) % letters.len()])
}

/// A new id in the server's form.
pub fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// An instant in the server's form.
pub fn instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

impl Server {
    /// A server of `world` that is not listening yet.
    pub fn of(world: World) -> Arc<Self> {
        Arc::new(Self {
            world: Mutex::new(world),
            faults: Mutex::default(),
            requests: Mutex::default(),
            count: AtomicU64::new(0),
            shift: AtomicI64::new(0),
            limit: Mutex::new(None),
        })
    }

    /// The instant that is now on the server's clock.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + TimeDelta::milliseconds(self.shift.load(Ordering::Relaxed))
    }

    /// The state, to read and to change.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers one request, whatever it came through.
    pub fn answer(&self, asked: &Asked) -> Reply {
        if let Some(limited) = self.limited(asked) {
            return limited;
        }
        routes::answer(self, asked)
    }

    /// The answer as it leaves the server, with its etag.
    pub fn whole_answer(&self, asked: &Asked) -> Response {
        finish(self, asked, self.answer(asked))
    }

    /// Allows so many requests of one path.
    pub fn limit(&self, most: Option<u32>) {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner) =
            most.map(|most| (most, BTreeMap::new()));
    }

    fn limited(&self, asked: &Asked) -> Option<Reply> {
        let mut limit = self.limit.lock().unwrap_or_else(PoisonError::into_inner);
        let (most, used) = limit.as_mut()?;
        let used = used.entry(asked.path.clone()).or_default();
        *used += 1;
        if *used <= *most {
            return None;
        }
        let message = "Rate limit exceeded. Please try again in 1 seconds";
        let mut reply = Reply::refusal(429, "RateLimitExceeded", message);
        reply.headers.push(("retry-after", "1".into()));
        reply.headers.push(("x-ratelimit-limit", most.to_string()));
        reply.headers.push(("x-ratelimit-remaining", "0".into()));
        reply.headers.push(("x-ratelimit-reset", "1".into()));
        Some(reply)
    }

    fn fault(&self, asked: &Asked) -> Option<Fault> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        let place = faults
            .iter()
            .position(|fault| fault.strikes(number, &asked.path))?;
        let struck = faults[place].clone();
        faults[place].times = struck.times.saturating_sub(1);
        faults.retain(|fault| fault.times > 0);
        Some(struck)
    }
}

impl Infisical {
    /// Starts the recorded project on a port of its own.
    pub fn start() -> Self {
        Self::of(World::today())
    }

    /// Starts `world` on a port of its own.
    pub fn of(world: World) -> Self {
        Self::listening(world, None)
    }

    /// Starts `world` behind the certificate that `acceptor` shows.
    fn listening(world: World, acceptor: Option<TlsAcceptor>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let server = Server::of(world);
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let router = Self::router(Arc::clone(&server));
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let task = runtime.spawn(async move {
            let _ = match acceptor {
                Some(acceptor) => axum::serve(tls::Encrypted { listener, acceptor }, router).await,
                None => axum::serve(listener, router).await,
            };
        });
        Self {
            server,
            address,
            task,
            runtime: Some(runtime),
            scheme,
        }
    }

    /// The server as a router, for those who listen themselves.
    pub fn router(server: Arc<Server>) -> Router {
        Router::new().fallback(handle).with_state(server)
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// What its handlers see.
    pub fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// The state, to read and to change.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.server.world()
    }

    /// From now on `fault` strikes.
    pub fn strike(&self, fault: Fault) {
        self.server.count.store(0, Ordering::Relaxed);
        self.server
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }

    /// Nothing strikes any more.
    pub fn heal(&self) {
        self.server
            .faults
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Moves the server's clock.
    pub fn shift_clock(&self, by: TimeDelta) {
        self.server
            .shift
            .store(by.num_milliseconds(), Ordering::Relaxed);
    }

    /// What was asked since the last call, as `METHOD path?query status`.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(
            &mut *self
                .server
                .requests
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

impl Drop for Infisical {
    fn drop(&mut self) {
        self.task.abort();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn handle(State(server): State<Arc<Server>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, 1 << 22).await.unwrap_or_default();
    let target = parts
        .uri
        .path_and_query()
        .map_or("", |target| target.as_str());
    let asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        target: target.to_owned(),
        query: query(parts.uri.query().unwrap_or_default()),
        headers: parts.headers,
        body: if bytes.is_empty() {
            Ok(Value::Null)
        } else {
            serde_json::from_slice(&bytes).map_err(|_| ())
        },
    };
    if let Some(page) = login_page::page(&server, &asked) {
        return page;
    }
    let fault = server.fault(&asked);
    if let Some(answer) = fault.as_ref().and_then(|fault| fault.instead(&asked)) {
        server.note(&asked, answer.status().as_u16());
        return answer;
    }
    if let Some(wait) = fault.as_ref().and_then(Fault::delay) {
        tokio::time::sleep(wait).await;
    }
    let response = finish(&server, &asked, server.answer(&asked));
    server.note(&asked, response.status().as_u16());
    match fault {
        Some(fault) => fault.spoil(response).await,
        None => response,
    }
}

impl Server {
    fn note(&self, asked: &Asked, status: u16) {
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(format!("{} {} {status}", asked.method, asked.target));
    }
}

/// Gives `reply` its etag, or 304 if the caller has it already.
fn finish(server: &Server, asked: &Asked, reply: Reply) -> Response {
    let text = reply.body.to_string();
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let etag = format!("\"{:016x}\"", hasher.finish());
    let known = asked.headers.get(header::IF_NONE_MATCH);
    let same =
        asked.method == "GET" && known.is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
        let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        (status, kind, text).into_response()
    };
    let headers = response.headers_mut();
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put("etag", &etag);
    put(
        "date",
        &server.now().format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
    );
    for (name, value) in &reply.headers {
        put(name, value);
    }
    response
}

/// The parts of a query, decoded.
pub fn query(text: &str) -> BTreeMap<String, String> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        })
        .collect()
}

/// A segment or a part of a query as it was before it was encoded.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'%' if at + 2 < bytes.len() => {
                let hex = std::str::from_utf8(&bytes[at + 1..at + 3]).unwrap_or("20");
                decoded.push(u8::from_str_radix(hex, 16).unwrap_or(b' '));
                at += 3;
            }
            b'+' => {
                decoded.push(b' ');
                at += 1;
            }
            byte => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
