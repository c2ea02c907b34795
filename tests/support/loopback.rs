//! Serves the window's own pages and the real core on loopback, so that a plain browser can drive
//! them in tests.
//!
//! The pages are the shipped ones, byte for byte: a script put before theirs plays the part of
//! Tauri. Only this machine can connect, and only with the one-time token.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::{Stream, StreamExt};
use reeve_api::core::{Core, Events, LastMessage, Notice, Notices, RemotePorts, StartOptions};
use reeve_api::dto::common::Changed;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;

use crate::keyring::MemoryKeyring;
use crate::shifted_clock::ShiftedClock;

/// The policy of the desktop window, with the one address that a page on loopback needs.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

struct Server {
    core: Arc<Core>,
    clock: Arc<ShiftedClock>,
    said: broadcast::Sender<Said>,
    token: String,
    pages: PathBuf,
}

/// What the page hears: the name of an event, and its payload as JSON.
type Said = (&'static str, String);

struct Broadcast(broadcast::Sender<Said>);

impl Events for Broadcast {
    fn changed(&self, changed: Changed) {
        // Nobody listening is fine.
        let _ = self.0.send(("changed", json!(changed).to_string()));
    }
}

/// Where a desktop would show a message, the page hears of it.
impl Notices for Broadcast {
    fn show(&self, notice: &Notice) {
        let payload = json!({"title": notice.title, "body": notice.body});
        let _ = self.0.send(("notice", payload.to_string()));
    }

    fn last(&self) -> LastMessage {
        LastMessage::Gone
    }
}

/// Serves until the program ends; `on_ready` gets the address with the token.
pub async fn serve(
    options: StartOptions,
    token: String,
    on_ready: impl FnOnce(&str),
) -> std::io::Result<()> {
    let (said, _) = broadcast::channel(64);
    let clock = Arc::new(ShiftedClock::default());
    let core = Arc::new(Core::start_with(
        options,
        Arc::clone(&clock) as _,
        Arc::new(Broadcast(said.clone())),
        ports(),
    ));
    core.notify_through(Arc::new(Broadcast(said.clone())));
    let watched = Arc::clone(&core);
    tokio::spawn(async move { watched.watch_expiry().await });
    let telling = Arc::clone(&core);
    tokio::spawn(async move { telling.watch_notices().await });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    on_ready(&format!("http://{}/?token={token}", listener.local_addr()?));
    let server = Arc::new(Server {
        core,
        clock,
        said,
        token,
        pages: std::env::var_os("REEVE_PAGES").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/dist"),
            PathBuf::from,
        ),
    });
    let router = Router::new()
        .route("/__core/rpc", post(rpc))
        .route("/__core/clock", post(set_clock))
        .route("/__core/tamper", post(tamper))
        .route("/__core/events", get(events))
        .route("/__core/tauri.js", get(tauri_script))
        .fallback(get(page))
        .with_state(server);
    axum::serve(listener, router).await
}

/// A keyring in memory, or none, as the environment wants it.
fn ports() -> RemotePorts {
    let mut ports = RemotePorts::default();
    if std::env::var_os("REEVE_NO_KEYRING").is_none() {
        ports.secrets = Arc::new(MemoryKeyring::default());
    }
    ports
}

async fn rpc(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Json(call): Json<Value>,
) -> Response {
    if !server.knows(headers.get("x-token").and_then(|token| token.to_str().ok())) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let command = call["command"].as_str().unwrap_or_default().to_owned();
    let request = call["request"].clone();
    let answer = tokio::task::spawn_blocking(move || server.core.call(&command, request)).await;
    match answer {
        Ok(Ok(answer)) => Json(json!({ "ok": answer })).into_response(),
        Ok(Err(error)) => Json(json!({ "error": error })).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn set_clock(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Json(shift): Json<Value>,
) -> StatusCode {
    if !server.knows(headers.get("x-token").and_then(|token| token.to_str().ok())) {
        return StatusCode::FORBIDDEN;
    }
    server
        .clock
        .shift(shift["milliseconds"].as_i64().unwrap_or_default());
    StatusCode::NO_CONTENT
}

/// Changes the open workspace file past the core, as another program would.
async fn tamper(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    Json(request): Json<Value>,
) -> StatusCode {
    if !server.knows(headers.get("x-token").and_then(|token| token.to_str().ok())) {
        return StatusCode::FORBIDDEN;
    }
    let status = server.core.call("workspace_status", json!({}));
    let path = status
        .ok()
        .and_then(|open| open["path"].as_str().map(str::to_owned));
    let done = path.and_then(|path| {
        let file = rusqlite::Connection::open(path).ok()?;
        file.execute_batch(request["sql"].as_str()?).ok()
    });
    match done {
        Some(()) => StatusCode::NO_CONTENT,
        None => StatusCode::BAD_REQUEST,
    }
}

async fn events(
    State(server): State<Arc<Server>>,
    Query(query): Query<std::collections::BTreeMap<String, String>>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    if !server.knows(query.get("token").map(String::as_str)) {
        return Err(StatusCode::FORBIDDEN);
    }
    let said = BroadcastStream::new(server.said.subscribe()).filter_map(|said| async {
        let (name, payload) = said.ok()?;
        Some(Ok(Event::default().event(name).data(payload)))
    });
    Ok(Sse::new(said))
}

async fn tauri_script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript")],
        include_str!("tauri.js"),
    )
}

/// A file of the pages; any other address is the page itself, whose router knows it.
async fn page(State(server): State<Arc<Server>>, uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    let asked = server.pages.join(name);
    if !name.is_empty() && !name.contains("..") && asked.is_file() {
        return match tokio::fs::read(&asked).await {
            Ok(bytes) => (
                [(header::CONTENT_TYPE, content_type(name))],
                Body::from(bytes),
            )
                .into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let Ok(html) = tokio::fs::read_to_string(server.pages.join("index.html")).await else {
        return (StatusCode::NOT_FOUND, "ui/dist is not built").into_response();
    };
    let html = html.replacen(
        "<head>",
        "<head><script src=\"/__core/tauri.js\"></script>",
        1,
    );
    (
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, CSP),
        ],
        html,
    )
        .into_response()
}

impl Server {
    fn knows(&self, token: Option<&str>) -> bool {
        token == Some(self.token.as_str())
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
