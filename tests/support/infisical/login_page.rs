//! The sign-in page of the server's site, as far as a program that waits for a session sees it: it
//! posts the session to the port named in its address, and shows it to be pasted if that fails.
//!
//! The site is on the internet and the port on this machine; browsers ask before they let the one
//! speak to the other. A header makes this page count as one from the internet, too.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::auth::issue;
use super::world::{Caller, USER};
use super::{Asked, Server};

/// How long a session of the page lasts, in seconds.
const LIFE: i64 = 3600;

/// The page, if `asked` is about it.
pub fn page(server: &Server, asked: &Asked) -> Option<Response> {
    if (asked.method.as_str(), asked.path.as_str()) != ("GET", "/login") {
        return None;
    }
    let port: u16 = asked.query.get("callback_port")?.parse().ok()?;
    let token = issue(
        &mut server.world(),
        Caller::User(USER.into()),
        LIFE,
        server.now(),
    );
    let session = json!({"email": "admin@example.test", "privateKey": "", "JTWToken": token,
                         "RefreshToken": ""});
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "treat-as-public-address"),
    ];
    let page = format!(
        r#"<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<h1>Sign in</h1><button>Continue as admin@example.test</button><p role="status"></p>
<script>
const session = JSON.stringify({session});
const say = (words) => {{ document.querySelector("p").textContent = words; }};
document.querySelector("button").onclick = async () => {{
  try {{
    const answer = await fetch("http://127.0.0.1:{port}/", {{
      method: "POST", headers: {{ "Content-Type": "application/json" }}, body: session,
    }});
    say(answer.ok ? "Signed in. You may close this page." : "Refused: " + answer.status);
  }} catch {{
    say(btoa(session));
  }}
}};
</script>"#
    );
    Some((headers, page).into_response())
}
