//! Ways to sign in: over an own authority's certificate, and as a user in the browser.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use reeve_tests::infisical::Infisical;
use reeve_tests::infisical::auth::issue;
use reeve_tests::infisical::world::{ADMIN, Caller, USER};
use reeve_tests::linked::{Linked, draft};
use serde_json::{Value, json};

fn universal_auth() -> Value {
    json!({"kind": "universalAuth", "clientId": ADMIN, "clientSecret": format!("secret of {ADMIN}")})
}

#[test]
fn a_certificate_of_an_unknown_authority_is_refused_before_anything_secret_is_sent() {
    let (server, _) = Infisical::start_encrypted();
    let linked = Linked::unconnected();
    let request = json!({"connection": draft(&server.url()), "proof": universal_auth()});
    let error = linked.session.fail("connect", request);
    let message = &error.message;
    assert!(message.contains("certificate"), "{error:?}");
    let hint = &error.hint;
    assert!(hint.contains("certificate"), "{error:?}");
    assert_eq!(server.asked(), Vec::<String>::new());
    assert_eq!(
        linked.session.call("connections", json!({}))["connections"],
        json!([])
    );
}

#[test]
fn with_the_certificate_of_an_own_authority_a_project_is_pulled_over_https() {
    let (server, authority) = Infisical::start_encrypted();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("our-ca.pem");
    fs::write(&path, authority).unwrap();
    let mut linked = Linked::unconnected();
    let mut connection = draft(&server.url());
    connection["certificate"] = json!(path);
    let made = linked.session.call(
        "connect",
        json!({"connection": connection, "proof": universal_auth()}),
    );
    linked.connection = made["id"].as_str().unwrap().to_owned();
    linked.link(&server);
    assert!(server.url().starts_with("https://"));
    assert_eq!(linked.status()["address"], server.url());
}

#[test]
fn a_certificate_file_that_is_none_is_named_with_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.pem");
    fs::write(&path, "not a certificate").unwrap();
    let linked = Linked::unconnected();
    for (path, says) in [
        (path, "no certificate in PEM form"),
        (folder.path().join("nowhere.pem"), "nowhere.pem"),
    ] {
        let mut connection = draft("https://127.0.0.1:9");
        connection["certificate"] = json!(path);
        let request = json!({"connection": connection, "proof": universal_auth()});
        let error = linked.session.fail("connect", request);
        assert!(error.message.contains(says), "{error:?}");
    }
}

/// A sign-in that waits for the browser, and the port it waits on.
fn waiting(linked: &Linked, server: &Infisical) -> (Value, u16) {
    let begun = linked.session.call(
        "connect_in_browser",
        json!({"connection": draft(&server.url())}),
    );
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let status = linked.session.call("remote_status", json!({}));
        if let Some(page) = status["operation"]["page"].as_str() {
            let start = format!("{}/login?callback_port=", server.url());
            let port = page.strip_prefix(&start).expect("the page of this server");
            return (begun, port.parse().expect("a port"));
        }
        assert!(Instant::now() < until, "no page is shown: {status}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// What the listener answers to a request as a browser sends it.
fn send(port: u16, method: &str, origin: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("somebody listens");
    let length = body.len();
    write!(
        stream,
        "{method} / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

fn session_of_a_user(server: &Infisical) -> String {
    let now = server.server().now();
    let token = issue(&mut server.world(), Caller::User(USER.into()), 3600, now);
    json!({"email": "admin@example.test", "privateKey": "", "JTWToken": token, "RefreshToken": ""})
        .to_string()
}

#[test]
fn the_browser_hands_its_session_over_once_and_only_from_the_servers_own_page() {
    let server = Infisical::start();
    let mut linked = Linked::unconnected();
    let (begun, port) = waiting(&linked, &server);
    let session = session_of_a_user(&server);

    let foreign = send(port, "POST", "https://elsewhere.example", &session);
    assert!(foreign.starts_with("HTTP/1.1 403"), "{foreign}");
    assert!(
        !foreign.contains("access-control-allow-origin"),
        "{foreign}"
    );
    let asked = send(port, "OPTIONS", &server.url(), "");
    assert!(asked.starts_with("HTTP/1.1 204"), "{asked}");
    let allowed = format!("access-control-allow-origin: {}", server.url());
    assert!(asked.contains(&allowed), "{asked}");
    let read = send(port, "GET", &server.url(), "");
    assert!(read.starts_with("HTTP/1.1 405"), "{read}");
    let nonsense = send(port, "POST", &server.url(), "{\"JTWToken\":\"\"}");
    assert!(nonsense.starts_with("HTTP/1.1 400"), "{nonsense}");

    let taken = send(port, "POST", &server.url(), &session);
    assert!(taken.starts_with("HTTP/1.1 200"), "{taken}");
    assert_eq!(linked.ended(&begun)["state"], "done");
    assert!(
        TcpStream::connect(("127.0.0.1", port)).is_err(),
        "the listener is gone"
    );

    let connections = linked.session.call("connections", json!({}));
    let made = &connections["connections"][0];
    assert_eq!(made["method"], "browser");
    assert_eq!(made["signedIn"], true);
    linked.connection = made["id"].as_str().unwrap().to_owned();
    linked.link(&server);
    let pulled = linked.status();
    assert_eq!(pulled["lastPull"]["asUser"], true, "{pulled}");
}

#[test]
fn a_sign_in_that_is_called_off_closes_its_port_and_keeps_nothing() {
    let server = Infisical::start();
    let linked = Linked::unconnected();
    let (begun, port) = waiting(&linked, &server);
    linked
        .session
        .call("cancel_operation", json!({"operation": begun["operation"]}));
    assert_eq!(linked.ended(&begun)["state"], "cancelled");
    assert!(
        TcpStream::connect(("127.0.0.1", port)).is_err(),
        "the listener is gone"
    );
    let connections = linked.session.call("connections", json!({}));
    assert_eq!(connections["connections"], json!([]));
}

#[test]
fn the_text_that_the_page_shows_can_be_pasted_instead() {
    use base64::Engine as _;
    let server = Infisical::start();
    let mut linked = Linked::unconnected();
    let text = base64::engine::general_purpose::STANDARD.encode(session_of_a_user(&server));
    linked.connect(
        &server.url(),
        &json!({"kind": "pasted", "text": format!(" {text}\n")}),
    );
    linked.link(&server);

    let request = json!({"connection": draft(&server.url()),
                         "proof": {"kind": "pasted", "text": "half of it"}});
    let error = linked.session.fail("connect", request);
    let message = &error.message;
    assert!(
        message.contains("not the text that the sign-in page shows"),
        "{error:?}"
    );
}
