//! Checks the test server against the exchanges recorded with a real one: each that concerns it is
//! asked again and must get the recorded status and an answer of the recorded shape.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chrono::{TimeDelta, Utc};
use flate2::read::GzDecoder;
use reeve_tests::infisical::auth::issue;
use reeve_tests::infisical::world::{ADMIN, Caller, DEPLOYER, GIVER, READER, Rights, USER, World};
use reeve_tests::infisical::{Asked, Server};
use serde_json::Value;

const RECORDED: &[u8] = include_bytes!("../recorded/exchanges.jsonl.gz");

fn exchanges() -> Vec<Value> {
    let mut text = String::new();
    GzDecoder::new(RECORDED).read_to_string(&mut text).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What the test server does not play, and why.
fn not_played(name: &str) -> Option<&'static str> {
    let number = name.split('-').next().unwrap_or_default();
    Some(match number {
        "01" | "02" | "02b" | "03" | "04" | "05" | "06" | "20" | "21" | "22" | "23" | "40"
        | "41" | "42" | "43" | "44" | "45" | "46" | "47" | "48" | "48b" | "48c" | "48d" | "49"
        | "d8b" | "83b" => "sets an instance up",
        "74" | "74b" | "74c" | "74d" | "77" | "77b" | "77c" | "91" | "92" | "92b" | "92c"
        | "92d" | "95" | "95b" | "95c" | "95e" | "95g" | "95h" | "95i" | "95j" | "95k" | "95l"
        | "97" | "97b" | "97c" | "97d" | "97e" | "97f" | "97g" | "97h" | "97i" | "97k" | "97l"
        | "97m" | "98" | "98b" | "98d" | "a0b" | "a1" | "a2" | "a5" | "a5b" | "a5d" | "a5e"
        | "a6" | "a7" | "b7" | "b7b" | "b7c" | "b7d" => "changes access",
        "76" => "is about names of roles that are refused",
        "75" if !kept(name) => "is about rules that are refused",
        "70c" | "73e" => "is the lossy first form of rules",
        "b6" | "b6b" | "b6c" | "b6d" | "75z2" => "reads one secret",
        "94b" => "reads a privilege by its slug",
        _ => return None,
    })
}

/// The rules that the server accepts and changes without a word.
fn kept(name: &str) -> bool {
    [
        "unknown-condition-key",
        "unknown-operator",
        "conditions-on-plain-subject",
        "extra-field",
        "empty-conditions",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}

#[test]
fn every_recorded_exchange_that_concerns_it_gets_the_recorded_status_and_shape() {
    let mut wrong = Vec::new();
    let mut played = 0;
    for exchange in exchanges() {
        let name = exchange["name"].as_str().unwrap().to_owned();
        if not_played(&name).is_some() {
            continue;
        }
        played += 1;
        let (status, body) = play(&exchange);
        if exchange["status"] != status {
            wrong.push(format!(
                "{name}: status {status}, recorded {}: {body}",
                exchange["status"]
            ));
            continue;
        }
        let recorded = &exchange["answer"];
        if let Err(difference) = same_shape("", &[&body], &[recorded]) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {played}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(played > 120, "{played} exchanges were played");
}

/// Asks a fresh server what was asked when `exchange` was recorded.
fn play(exchange: &Value) -> (u16, Value) {
    let name = exchange["name"].as_str().unwrap();
    let mut world = World::recorded();
    set_up(&mut world, exchange);
    let server = Server::of(world);
    let mut headers = HeaderMap::new();
    if let Some(value) = authorization(&server, exchange) {
        headers.insert("authorization", HeaderValue::from_str(&value).unwrap());
    }
    let path = exchange["path"].as_str().unwrap();
    let query: BTreeMap<String, String> = exchange["query"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let joined: Vec<String> = query.iter().map(|(k, v)| format!("{k}={v}")).collect();
    let target = if joined.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", joined.join("&"))
    };
    let mut asked = Asked {
        method: exchange["method"].as_str().unwrap().to_owned(),
        path: path.to_owned(),
        target,
        query,
        headers,
        body: body(&server, exchange),
    };
    if name.starts_with("g1") {
        // As many as are allowed before.
        return limited(&server, &asked);
    }
    if name.starts_with("c0") {
        let (etag, first) = http(&server, &asked);
        assert_eq!(first.0, 200);
        asked
            .headers
            .insert(HeaderName::from_static("if-none-match"), etag);
        return http(&server, &asked).1;
    }
    let reply = server.answer(&asked);
    (reply.status, reply.body)
}

fn set_up(world: &mut World, exchange: &Value) {
    let name = exchange["name"].as_str().unwrap();
    let number = name.split('-').next().unwrap();
    let actor = exchange["actor"].as_str().unwrap_or_default();
    // In between, this identity had other roles.
    if actor.starts_with("idNobody") && number.starts_with("78") {
        world.rights.remove(GIVER);
    }
    if number == "78g" {
        world
            .rights
            .insert(GIVER.into(), Rights::Some(vec!["create:role".into()]));
    }
    if number == "64d" || number == "b2f" {
        world
            .rights
            .insert(GIVER.into(), Rights::Some(vec!["read:member".into()]));
    }
    if number.starts_with("70") || number.starts_with("75z") {
        world.roles.retain(|role| role["slug"] != "typo");
    }
    if number == "90" {
        world.identity_privileges.clear();
    }
    if number == "98c" {
        world
            .identity_privileges
            .retain(|(_, p)| p["id"] != "5e9e48b8-b184-4cc6-b77a-671d114254ed");
    }
    if number == "a6b" {
        world.user_privileges.clear();
    }
    if number.starts_with("81") || number == "82" {
        world.identity_privileges.clear();
        world.user_privileges.clear();
    }
    if number == "a8" {
        world
            .user_privileges
            .retain(|(_, p)| p["isTemporary"] == false);
    }
    if number == "30" || number == "31" {
        world.roles.clear();
    }
    // The times of the recording, so that what counted then counts.
    for held in world
        .users
        .iter_mut()
        .chain(&mut world.identities)
        .chain(&mut world.groups)
        .flat_map(|holder| holder["roles"].as_array_mut().into_iter().flatten())
        .chain(world.identity_privileges.iter_mut().map(|(_, p)| p))
        .chain(world.user_privileges.iter_mut().map(|(_, p)| p))
    {
        if held["isTemporary"] == true {
            held["temporaryAccessEndTime"] =
                reeve_tests::infisical::instant(Utc::now() + TimeDelta::hours(1)).into();
        }
    }
    if let Some(account) = world.accounts.get_mut(ADMIN) {
        match number {
            "d6" => (account.life, account.longest) = (3, 3),
            "d6e" => account.uses_left = Some(0),
            "d8" => account.wrong_logins = 3,
            _ => {}
        }
    }
}

fn authorization(server: &Arc<Server>, exchange: &Value) -> Option<String> {
    let name = exchange["name"].as_str().unwrap();
    let recorded = exchange["headers"]["authorization"].as_str();
    let number = name.split('-').next().unwrap();
    match number {
        "d0" => return None,
        "d1" | "d5" => return recorded.map(str::to_owned),
        "d2" => return Some("Bearer a.b.c".into()),
        "d4" => return Some("Basic eA==".into()),
        "d4b" => return Some("Bearer ".into()),
        _ => {}
    }
    recorded?;
    let now = server.now();
    let actor = exchange["actor"].as_str().unwrap_or_default();
    let caller = match actor.split(' ').next().unwrap_or_default() {
        "user" => Caller::User(USER.into()),
        "idReader" => Caller::Identity(READER.into()),
        "idDeployer" => Caller::Identity(DEPLOYER.into()),
        "idNobody" => Caller::Identity(GIVER.into()),
        _ => Caller::Identity(ADMIN.into()),
    };
    let life = if matches!(number, "d3" | "d6c") {
        -1
    } else {
        60
    };
    let token = issue(&mut server.world(), caller, life, now);
    if number == "d7c" {
        server.world().sessions.get_mut(&token).unwrap().revoked = true;
    }
    Some(format!("Bearer {token}"))
}

/// The recorded body with secrets of this server in place of the ones that were taken out.
fn body(server: &Arc<Server>, exchange: &Value) -> Result<Value, ()> {
    let mut body = exchange["body"].clone();
    if body == "{bad" {
        return Err(());
    }
    let number = exchange["name"]
        .as_str()
        .unwrap()
        .split('-')
        .next()
        .unwrap()
        .to_owned();
    if body.get("clientId").is_some() && !matches!(number.as_str(), "12" | "13") {
        body["clientId"] = ADMIN.into();
    }
    if body["clientSecret"] == "<CLIENT_SECRET>" {
        body["clientSecret"] = format!("secret of {ADMIN}").into();
    }
    if body.get("accessToken").is_some() {
        let life = if number == "d6d" { -1 } else { 60 };
        let now = server.now();
        body["accessToken"] = issue(
            &mut server.world(),
            Caller::Identity(ADMIN.into()),
            life,
            now,
        )
        .into();
    }
    Ok(body)
}

fn limited(server: &Arc<Server>, asked: &Asked) -> (u16, Value) {
    server.limit(Some(2));
    let statuses: Vec<_> = (0..3).map(|_| server.answer(asked)).collect();
    let last = statuses.into_iter().next_back().unwrap();
    for header in [
        "retry-after",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    ] {
        assert!(
            last.headers.iter().any(|(name, _)| *name == header),
            "{header}"
        );
    }
    (last.status, last.body)
}

/// The answer as it leaves the server, with its etag.
fn http(server: &Arc<Server>, asked: &Asked) -> (HeaderValue, (u16, Value)) {
    let response = server.whole_answer(asked);
    let etag = response.headers().get("etag").unwrap().clone();
    (etag, (response.status().as_u16(), Value::Null))
}

/// Whether `here` has the shape of `there`: the same keys, the same kinds of values. Of lists all
/// items count together, and nothing is a shape of its own for `null`.
fn same_shape(path: &str, here: &[&Value], there: &[&Value]) -> Result<(), String> {
    let some = |values: &[&Value]| values.iter().filter(|v| !v.is_null()).count() > 0;
    if !some(here) || !some(there) {
        return Ok(());
    }
    let (ours, theirs) = (kinds(here), kinds(there));
    if !ours.is_subset(&theirs) {
        return Err(format!("`{path}` is {ours:?}, recorded {theirs:?}"));
    }
    let items = |values: &[&Value]| -> Vec<Value> {
        values
            .iter()
            .filter_map(|v| v.as_array())
            .flatten()
            .cloned()
            .collect()
    };
    let (a, b) = (items(here), items(there));
    if !a.is_empty() && !b.is_empty() {
        let positional = path.ends_with("permissions[]");
        if !positional {
            same_shape(
                &format!("{path}[]"),
                &a.iter().collect::<Vec<_>>(),
                &b.iter().collect::<Vec<_>>(),
            )?;
        }
    }
    if path.ends_with(".conditions") {
        return Ok(());
    }
    let (ours, theirs) = (keys(here), keys(there));
    if let (Some(ours), Some(theirs)) = (&ours, &theirs) {
        if ours.all != theirs.all
            && !(ours.all.is_subset(&theirs.all) && theirs.always.is_subset(&ours.all))
        {
            return Err(format!(
                "`{path}` has {:?}, recorded {:?}",
                ours.all, theirs.all
            ));
        }
        for key in &ours.all {
            let of = |values: &[&Value]| -> Vec<Value> {
                values.iter().filter_map(|v| v.get(key)).cloned().collect()
            };
            let (a, b) = (of(here), of(there));
            same_shape(
                &format!("{path}.{key}"),
                &a.iter().collect::<Vec<_>>(),
                &b.iter().collect::<Vec<_>>(),
            )?;
        }
    }
    Ok(())
}

fn kinds(values: &[&Value]) -> BTreeSet<&'static str> {
    values
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| match value {
            Value::Bool(_) => "a truth",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
            Value::Null => "nothing",
        })
        .collect()
}

struct Keys {
    all: BTreeSet<String>,
    /// Those that every object has.
    always: BTreeSet<String>,
}

fn keys(values: &[&Value]) -> Option<Keys> {
    let sets: Vec<BTreeSet<String>> = values
        .iter()
        .filter_map(|value| value.as_object())
        .map(|object| object.keys().cloned().collect())
        .collect();
    let first = sets.first()?.clone();
    Some(Keys {
        all: sets.iter().flatten().cloned().collect(),
        always: sets.iter().fold(first, |always, set| &always & set),
    })
}
