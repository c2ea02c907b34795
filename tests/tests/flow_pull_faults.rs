//! What can go wrong between the app and a server. After each fault the old state is as it was, the
//! message is true, and the next pull succeeds.

use std::time::Duration;

use reeve_tests::infisical::Infisical;
use reeve_tests::infisical::fault::{Fault, Kind};
use reeve_tests::infisical::world::ADMIN;
use reeve_tests::linked::{Linked, draft};
use serde_json::{Value, json};

/// Everything that a pull writes, to see that nothing was written.
fn state(linked: &Linked) -> Value {
    let session = &linked.session;
    json!({
        "status": session.call("workspace_status", json!({})),
        "places": session.call("places", json!({})),
        "history": session.call("history", reeve_tests::linked::whole_history()),
        "roles": session.call("list_roles", json!({})),
        "lastPull": linked.status()["lastPull"]["at"],
        "leftBehind": left_behind(linked),
    })
}

/// What pulls leave behind that do not clear up after themselves.
fn left_behind(linked: &Linked) -> Vec<String> {
    let file = linked.file();
    let folder = file.parent().unwrap();
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".pull-") || name.contains("unfinished"))
        .collect()
}

/// Strikes in the middle of a pull that would change something, and looks at what is left.
#[track_caller]
fn check(fault: Fault, says: &str) {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    server.world().tags.clear();
    let before = state(&linked);
    server.strike(fault);
    let ended = linked.try_pull();
    assert_eq!(ended["state"], "failed", "{ended}");
    let message = ended["message"].as_str().unwrap();
    assert!(message.contains(says), "{message}");
    assert!(!ended["remedy"].as_str().unwrap().is_empty());
    assert_eq!(left_behind(&linked), Vec::<String>::new());
    assert_eq!(state(&linked), before, "the old state is as it was");
    server.heal();
    linked.pull();
    let places = linked.session.call("places", json!({}));
    assert_eq!(
        places["tags"],
        json!([]),
        "the next pull brings what is new"
    );
}

#[test]
fn a_connection_that_breaks_in_the_middle_of_every_answer() {
    check(Fault::always(Kind::Reset).after(12), "broke");
}

#[test]
fn a_server_that_fails_and_fails() {
    check(
        Fault::always(Kind::Status(500)).after(9),
        "server failed with 500",
    );
}

#[test]
fn json_that_ends_too_early() {
    check(
        Fault::always(Kind::Truncated).on("/memberships").after(8),
        "ends too early",
    );
}

#[test]
fn json_of_another_form() {
    check(
        Fault::always(Kind::OtherShape).on("/roles").after(9),
        "is not of the form that Reeve knows",
    );
}

#[test]
fn something_that_only_says_it_is_json() {
    check(Fault::always(Kind::Garbage).on("/tags"), "is no JSON");
}

#[test]
fn a_web_page_in_place_of_data() {
    check(
        Fault::always(Kind::Page).after(7),
        "answered with a web page instead of data",
    );
}

#[test]
fn a_redirect_to_another_machine_is_not_followed() {
    check(
        Fault::always(Kind::RedirectAway).on("/groups"),
        "redirects to `https://elsewhere.example`, where the token must not go",
    );
}

#[test]
fn a_token_that_ends_and_that_nobody_can_renew() {
    check(
        Fault::always(Kind::TokenEnded).after(10),
        "sign-in has expired",
    );
}

#[test]
fn what_goes_wrong_now_and_then_is_tried_again_and_nobody_notices() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    for kind in [
        Kind::Status(502),
        Kind::Reset,
        Kind::Throttled(1),
        Kind::Late(Duration::from_millis(200)),
    ] {
        server.strike(Fault::always(kind).times(3).after(5));
        linked.pull();
        server.heal();
    }
}

#[test]
fn a_storm_of_429_is_waited_out_as_the_server_asks() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    server.strike(Fault::always(Kind::Throttled(1)).times(12).after(4));
    server.asked();
    let since = std::time::Instant::now();
    linked.pull();
    assert!(
        since.elapsed() >= Duration::from_secs(1),
        "it waited as long as it was asked to"
    );
    let refused = server
        .asked()
        .iter()
        .filter(|line| line.ends_with("429"))
        .count();
    assert_eq!(refused, 12, "no more were sent than came back");
}

#[test]
fn a_token_that_ends_in_the_middle_of_a_pull_is_replaced() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    server.strike(Fault::always(Kind::TokenEnded).times(1).after(10));
    server.asked();
    linked.pull();
    let asked = server.asked();
    let logins = asked
        .iter()
        .filter(|line| line.contains("universal-auth/login"))
        .count();
    assert_eq!(logins, 1, "{asked:?}");
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    let server = Infisical::start();
    if let Some(account) = server.world().accounts.get_mut(ADMIN) {
        account.life = 60;
    }
    let linked = Linked::as_admin(&server);
    linked.session.clock.shift(55_000);
    server.asked();
    linked.pull();
    let asked = server.asked();
    assert!(
        asked.iter().any(|line| line.contains("token/renew")),
        "{asked:?}"
    );
    assert!(
        !asked.iter().any(|line| line.contains("login")),
        "{asked:?}"
    );
}

#[test]
fn a_server_that_is_gone_is_said_to_be_and_comes_back() {
    let server = Infisical::start();
    let mut linked = Linked::as_admin(&server);
    let before = state(&linked);
    let world = server.world().clone();
    drop(server);
    let ended = linked.try_pull();
    assert_eq!(ended["state"], "failed");
    assert!(
        ended["message"]
            .as_str()
            .unwrap()
            .contains("nobody listens there"),
        "{ended}"
    );
    assert_eq!(ended["retry"], true);
    assert_eq!(state(&linked), before);
    // Another server at another address is another server: its connection is not used.
    let again = Infisical::of(world);
    linked.sign_in(&again, ADMIN);
    linked.session.call(
        "change_link",
        json!({"secretNames": null, "everyMinutes": null, "semantics": null,
               "connection": linked.connection}),
    );
    let ended = linked.try_pull();
    assert!(
        ended["message"]
            .as_str()
            .unwrap()
            .contains("but the connection leads to"),
        "{ended}"
    );
}

#[test]
fn a_pull_that_is_cancelled_leaves_everything_as_it_was() {
    let server = Infisical::start();
    let linked = Linked::as_user(&server);
    server.world().tags.clear();
    let before = state(&linked);
    server.strike(Fault::always(Kind::Trickle).after(8));
    let begun = linked.session.call("pull", json!({"everything": true}));
    std::thread::sleep(Duration::from_millis(200));
    let refused = linked.session.fail("pull", json!({"everything": true}));
    assert!(refused.message.contains("under way"), "{refused:?}");
    linked
        .session
        .call("cancel_operation", json!({"operation": begun["operation"]}));
    assert_eq!(linked.ended(&begun), json!({"state": "cancelled"}));
    assert_eq!(state(&linked), before);
    server.heal();
    linked.pull();
}

#[test]
fn a_first_pull_that_fails_leaves_no_file_and_the_open_project_open() {
    let server = Infisical::start();
    let mut linked = Linked::unconnected();
    linked.sign_in(&server, ADMIN);
    let before = linked.session.call("workspace_status", json!({}));
    server.strike(Fault::always(Kind::Page).after(20));
    assert_eq!(linked.try_link(&server)["state"], "failed");
    assert_eq!(linked.session.call("workspace_status", json!({})), before);
    let files: Vec<String> = std::fs::read_dir(linked.session.data())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("checkout") || name.starts_with(".pull-"))
        .collect();
    assert_eq!(files, Vec::<String>::new());
    server.heal();
    linked.link(&server);
}

#[test]
fn wrong_credentials_are_refused_in_the_servers_words_and_nothing_is_kept() {
    let server = Infisical::start();
    let linked = Linked::unconnected();
    let proof = json!({"kind": "universalAuth", "clientId": ADMIN, "clientSecret": "wrong"});
    let request = json!({"connection": draft(&server.url()), "proof": proof});
    let refused = linked.session.fail("connect", request);
    assert!(
        refused.message.contains("Invalid credentials"),
        "{refused:?}"
    );
    let list = linked.session.call("connections", json!({}));
    assert_eq!(list["connections"], json!([]));
    assert!(linked.keyring.kept().is_empty());
}

#[test]
fn plain_http_to_another_machine_is_refused_before_anything_is_sent() {
    let linked = Linked::unconnected();
    let proof = json!({"kind": "token", "token": "t"});
    let request = json!({"connection": draft("http://infisical.example"), "proof": proof});
    let refused = linked.session.fail("connect", request);
    assert_eq!(refused.field.as_deref(), Some("address"));
    assert!(refused.message.contains("https://"), "{refused:?}");
}

#[test]
fn signing_out_revokes_the_token_on_the_server_and_forgets_it_here() {
    let server = Infisical::start();
    let linked = Linked::as_admin(&server);
    let told = linked
        .session
        .call("sign_out", json!({"connection": linked.connection}));
    assert_eq!(told["revoked"], true);
    assert!(
        server
            .world()
            .sessions
            .values()
            .all(|session| session.revoked)
    );
    assert!(linked.keyring.kept().is_empty());
    let ended = linked.try_pull();
    assert_eq!(ended["signIn"], true, "{ended}");
}

#[test]
fn without_a_keyring_the_app_says_so_and_keeps_the_sign_in_for_the_session_only() {
    use reeve_api::core::SecretsError;
    let server = Infisical::start();
    let linked = Linked::unconnected();
    linked.keyring.break_with(Some(SecretsError::NoService));
    let list = linked.session.call("connections", json!({}));
    let trouble = list["keyringTrouble"]["message"].as_str().unwrap();
    assert!(
        trouble.contains("No keyring service is running"),
        "{trouble}"
    );
    let proof = json!({"kind": "universalAuth", "clientId": ADMIN,
                       "clientSecret": format!("secret of {ADMIN}")});
    let mut connection = draft(&server.url());
    let request = json!({"connection": connection, "proof": proof});
    let refused = linked.session.fail("connect", request);
    assert!(
        refused.message.contains("No keyring service"),
        "{refused:?}"
    );
    connection["keeping"] = json!("session");
    let made = linked
        .session
        .call("connect", json!({"connection": connection, "proof": proof}));
    assert_eq!(made["signedIn"], true);
    let restarted = linked.session.restart();
    let list = restarted.call("connections", json!({}));
    assert_eq!(
        list["connections"][0]["signedIn"], false,
        "memory went with the program"
    );
}
