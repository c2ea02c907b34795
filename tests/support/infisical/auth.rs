//! Tokens and sign-ins of the server.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::world::{Account, Caller, Session, World};
use super::{Asked, Reply, Server, new_id};

/// Where tokens come from; without it a signature is wrong.
const SIGNATURE: &str = "signed-by-the-test-server";
const MALFORMED: &str = "The provided access token is malformed. Please use a valid token or generate a new one and try again.";
const ENDED: &str = "Your token has expired. Please re-authenticate.";
/// How often somebody may be wrong.
const WRONG_LOGINS: u32 = 3;

/// Makes a token of `caller` that lasts `life` seconds.
pub fn issue(world: &mut World, caller: Caller, life: i64, now: DateTime<Utc>) -> String {
    let claims = match &caller {
        Caller::User(id) => json!({"authTokenType": "accessToken", "userId": id,
            "organizationId": world.organization["id"], "iat": now.timestamp(),
            "exp": now.timestamp() + life}),
        Caller::Identity(id) => json!({"authTokenType": "identityAccessToken", "identityId": id,
            "identityName": world.identity_name(id), "orgId": world.organization["id"],
            "iat": now.timestamp(), "exp": now.timestamp() + life, "jti": new_id()}),
    };
    let token = format!(
        "{}.{}.{SIGNATURE}",
        encoded(r#"{"alg":"HS256","typ":"JWT"}"#),
        encoded(&claims.to_string())
    );
    world.sessions.insert(
        token.clone(),
        Session {
            caller,
            ends: now + TimeDelta::seconds(life),
            revoked: false,
        },
    );
    token
}

/// Base64 for URLs, as tokens use it.
pub fn encoded(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().enumerate().fold(0u32, |bits, (place, byte)| {
            bits | u32::from(*byte) << (16 - 8 * place)
        });
        for place in 0..=chunk.len() {
            encoded.push(char::from(
                LETTERS[(bits >> (18 - 6 * place)) as usize & 63],
            ));
        }
    }
    encoded
}

/// Who asks.
pub fn caller(server: &Server, asked: &Asked) -> Result<Caller, Reply> {
    let missing = || Reply::refusal(401, "UnauthorizedError", "Token missing");
    let header = asked.headers.get("authorization").ok_or_else(missing)?;
    let header = header.to_str().unwrap_or_default();
    let error = |message: &str| Err(Reply::refusal(403, "TokenError", message));
    let Some(token) = header
        .strip_prefix("Bearer ")
        .or((header == "Bearer").then_some(""))
    else {
        return error(MALFORMED);
    };
    if token.is_empty() {
        return error("jwt must be provided");
    }
    if let Some(service) = token.strip_prefix("st.") {
        let id = service.split('.').next().unwrap_or_default();
        let message = format!("Service token with ID '{id}' not found");
        return Err(Reply::refusal(404, "NotFound", message));
    }
    if token.split('.').count() != 3 {
        return error(MALFORMED);
    }
    let world = server.world();
    let Some(session) = world.sessions.get(token) else {
        return error("invalid signature");
    };
    if session.revoked {
        let message = "Failed to authorize: token has been revoked";
        return Err(Reply::refusal(401, "UnauthorizedError", message));
    }
    if session.ends <= server.now() {
        return error(ENDED);
    }
    Ok(session.caller.clone())
}

/// `POST /api/v1/auth/universal-auth/login`.
pub fn login(server: &Server, asked: &Asked) -> Reply {
    let Ok(body) = &asked.body else {
        return Reply::refusal(500, "InternalServerError", "Something went wrong");
    };
    let missing: Vec<Value> = ["clientId", "clientSecret"]
        .iter()
        .filter(|field| !body[**field].is_string())
        .map(|field| {
            json!({"code": "invalid_type", "expected": "string", "received": "undefined",
                            "path": [field], "message": "Required"})
        })
        .collect();
    if !missing.is_empty() {
        return Reply::refusal(422, "ValidationFailure", Value::Array(missing));
    }
    let refuse = |message: &str| Reply::refusal(401, "UnauthorizedError", message);
    let now = server.now();
    let mut world = server.world();
    let Some(account) = world
        .accounts
        .get_mut(body["clientId"].as_str().unwrap_or_default())
    else {
        return refuse("Invalid credentials");
    };
    if account.wrong_logins >= WRONG_LOGINS {
        return refuse("This identity auth method is temporarily locked, please try again later");
    }
    if body["clientSecret"] != account.secret.as_str() {
        account.wrong_logins += 1;
        return refuse("Invalid credentials");
    }
    match &mut account.uses_left {
        Some(0) => return refuse("Access denied due to client secret usage limit reached"),
        Some(left) => *left -= 1,
        None => {}
    }
    let Account {
        identity,
        life,
        longest,
        ..
    } = account.clone();
    let token = issue(&mut world, Caller::Identity(identity), life, now);
    Reply::ok(
        json!({"accessToken": token, "expiresIn": life, "accessTokenMaxTTL": longest,
                     "tokenType": "Bearer"}),
    )
}

/// `POST /api/v1/auth/token/renew`.
pub fn renew(server: &Server, asked: &Asked) -> Reply {
    let now = server.now();
    let mut world = server.world();
    let session = match session_in(&world, asked, now) {
        Ok(session) => session,
        Err(reply) => return reply,
    };
    let Caller::Identity(id) = &session.caller else {
        return Reply::refusal(401, "UnauthorizedError", "Invalid token");
    };
    let account = world
        .accounts
        .values()
        .find(|account| account.identity == *id);
    let (life, longest) = account.map_or((2_592_000, 2_592_000), |a| (a.life, a.longest));
    let token = issue(&mut world, session.caller.clone(), life, now);
    Reply::ok(
        json!({"accessToken": token, "expiresIn": life, "accessTokenMaxTTL": longest,
                     "tokenType": "Bearer"}),
    )
}

/// `POST /api/v1/auth/token/revoke`.
pub fn revoke(server: &Server, asked: &Asked) -> Reply {
    let now = server.now();
    let mut world = server.world();
    if let Err(reply) = session_in(&world, asked, now) {
        return reply;
    }
    let token = body_token(asked);
    if let Some(session) = world.sessions.get_mut(&token) {
        session.revoked = true;
    }
    Reply::ok(json!({"message": "Successfully revoked access token"}))
}

/// `POST /api/v1/auth/token` with the cookie of a user's session.
pub fn refresh(server: &Server, asked: &Asked) -> Reply {
    let now = server.now();
    let cookie = asked
        .headers
        .get("cookie")
        .and_then(|cookie| cookie.to_str().ok());
    let refresh = cookie
        .and_then(|cookie| cookie.strip_prefix("jid="))
        .unwrap_or_default();
    let mut world = server.world();
    let Some(user) = world.refreshes.get(refresh).cloned() else {
        return Reply::refusal(401, "UnauthorizedError", "Invalid refresh token");
    };
    let life = world.user_life;
    let token = issue(&mut world, Caller::User(user), life, now);
    Reply::ok(json!({"token": token, "organizationId": world.organization["id"]}))
}

/// `POST /api/v1/auth/logout`.
pub fn logout(server: &Server, asked: &Asked) -> Reply {
    if let Err(reply) = caller(server, asked) {
        return reply;
    }
    let header = asked
        .headers
        .get("authorization")
        .and_then(|header| header.to_str().ok());
    let token = header
        .and_then(|header| header.strip_prefix("Bearer "))
        .unwrap_or_default();
    if let Some(session) = server.world().sessions.get_mut(token) {
        session.revoked = true;
    }
    Reply::ok(json!({"message": "Successfully logged out"}))
}

fn body_token(asked: &Asked) -> String {
    let body = asked.body.as_ref().ok();
    let token = body.and_then(|body| body["accessToken"].as_str());
    token.unwrap_or_default().to_owned()
}

fn session_in(world: &World, asked: &Asked, now: DateTime<Utc>) -> Result<Session, Reply> {
    match world.sessions.get(&body_token(asked)) {
        None => Err(Reply::refusal(403, "TokenError", "invalid signature")),
        Some(session) if session.revoked => Err(Reply::refusal(
            401,
            "UnauthorizedError",
            "Failed to authorize: token has been revoked",
        )),
        Some(session) if session.ends <= now => Err(Reply::refusal(403, "TokenError", ENDED)),
        Some(session) => Ok(session.clone()),
    }
}
