//! What a linked project remembers of its server: where it comes from, and how the last pull went.
//! Both are settings of the workspace, as JSON text.

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::project::Semantics;
use reeve_remote::probe::Capabilities;
use reeve_store::error::StoreError;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;
use serde_json::{Value, json};

use super::unseen::{Unseen, UnseenKind};
use crate::journal::{instant_text, read_instant};

const LINK: &str = "link";
const LAST_PULL: &str = "pull.last";

/// Where a linked project comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The connection it is pulled over.
    pub connection: String,
    /// The address of the server.
    pub address: String,
    /// The project's id there.
    pub project: String,
    /// Whether names of secrets are pulled.
    pub secret_names: bool,
    /// How many minutes lie between two pulls; `None` pulls on demand only.
    pub every_minutes: Option<u32>,
    /// The order of rules that the user chose in place of the one the server's paths suggest.
    pub chosen: Option<Semantics>,
}

/// How the last pull went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPull {
    /// When it was done, on the server's clock.
    pub at: DateTime<Utc>,
    /// When the one before was done.
    pub before: Option<DateTime<Utc>>,
    /// The entry of the history with what it changed, if it changed anything.
    pub entry: Option<String>,
    /// What must be added to our clock to get the server's.
    pub skew: TimeDelta,
    /// By how much that may be wrong.
    pub skew_margin: TimeDelta,
    /// What could not be seen.
    pub unseen: Vec<Unseen>,
    /// What was odd.
    pub notes: Vec<String>,
    /// Whether a person was signed in.
    pub as_user: bool,
    /// What the server can do.
    pub capabilities: Capabilities,
    /// How many requests it took.
    pub requests: u64,
    /// How long it took.
    pub took: TimeDelta,
}

/// The link of the project, if it has one.
pub fn read_link(snapshot: &Snapshot) -> Result<Option<Link>, StoreError> {
    let text = snapshot.setting(LINK)?;
    Ok(text.and_then(|text| link(&serde_json::from_str(&text).ok()?)))
}

/// How the last pull went, if there was one.
pub fn read_last_pull(snapshot: &Snapshot) -> Result<Option<LastPull>, StoreError> {
    let text = snapshot.setting(LAST_PULL)?;
    Ok(text.and_then(|text| last_pull(&serde_json::from_str(&text).ok()?)))
}

pub(super) fn put_link(transaction: &Transaction, link: &Link) -> Result<(), StoreError> {
    let value = json!({
        "connection": link.connection,
        "address": link.address,
        "project": link.project,
        "secretNames": link.secret_names,
        "everyMinutes": link.every_minutes,
        "chosen": link.chosen.map(semantics_word),
    });
    transaction.put_setting(LINK, &value.to_string())
}

pub(super) fn put_last_pull(transaction: &Transaction, pull: &LastPull) -> Result<(), StoreError> {
    let unseen: Vec<Value> = pull
        .unseen
        .iter()
        .map(|unseen| {
            let whom: Vec<&str> = unseen.whom.iter().map(MemberId::as_str).collect();
            json!({"kind": unseen.kind.word(), "of": unseen.of, "whom": whom,
                   "why": unseen.why, "remedy": unseen.remedy})
        })
        .collect();
    let value = json!({
        "at": instant_text(pull.at),
        "before": pull.before.map(instant_text),
        "entry": pull.entry,
        "skew": pull.skew.num_milliseconds(),
        "skewMargin": pull.skew_margin.num_milliseconds(),
        "unseen": unseen,
        "notes": pull.notes,
        "asUser": pull.as_user,
        "capabilities": {
            "projectRoutes": pull.capabilities.project_routes,
            "roleById": pull.capabilities.role_by_id,
            "permissionAudit": pull.capabilities.permission_audit,
        },
        "requests": pull.requests,
        "took": pull.took.num_milliseconds(),
    });
    transaction.put_setting(LAST_PULL, &value.to_string())
}

/// Takes everything away that makes a project a linked one.
pub(super) fn unlink(transaction: &Transaction) -> Result<(), StoreError> {
    transaction.remove_setting(LINK)?;
    transaction.remove_setting(LAST_PULL)?;
    transaction.forget_answers()
}

fn link(value: &Value) -> Option<Link> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    Some(Link {
        connection: text("connection")?,
        address: text("address")?,
        project: text("project")?,
        secret_names: value.get("secretNames")?.as_bool()?,
        every_minutes: value
            .get("everyMinutes")
            .and_then(Value::as_u64)
            .and_then(|minutes| u32::try_from(minutes).ok()),
        chosen: text("chosen").as_deref().and_then(semantics),
    })
}

fn last_pull(value: &Value) -> Option<LastPull> {
    let instant = |key: &str| read_instant(value.get(key)?.as_str()?);
    let millis = |key: &str| {
        let number = value.get(key).and_then(Value::as_i64).unwrap_or_default();
        TimeDelta::try_milliseconds(number).unwrap_or_default()
    };
    let can = |key: &str| {
        let capabilities = value.get("capabilities");
        capabilities
            .and_then(|c| c.get(key))
            .and_then(Value::as_bool)
            == Some(true)
    };
    let list = |key: &str| {
        value
            .get(key)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    Some(LastPull {
        at: instant("at")?,
        before: instant("before"),
        entry: value
            .get("entry")
            .and_then(Value::as_str)
            .map(str::to_owned),
        skew: millis("skew"),
        skew_margin: millis("skewMargin"),
        unseen: list("unseen")
            .iter()
            .filter_map(|one| {
                let text = |key: &str| one.get(key)?.as_str().map(str::to_owned);
                Some(Unseen {
                    kind: UnseenKind::of_word(one.get("kind")?.as_str()?)?,
                    of: one.get("of").and_then(Value::as_u64),
                    whom: one
                        .get("whom")
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten()
                        .filter_map(|id| Some(MemberId::new(id.as_str()?)))
                        .collect(),
                    why: text("why")?,
                    remedy: text("remedy")?,
                })
            })
            .collect(),
        notes: list("notes")
            .iter()
            .filter_map(|note| note.as_str().map(str::to_owned))
            .collect(),
        as_user: value.get("asUser").and_then(Value::as_bool) == Some(true),
        capabilities: Capabilities {
            project_routes: can("projectRoutes"),
            role_by_id: can("roleById"),
            permission_audit: can("permissionAudit"),
        },
        requests: value
            .get("requests")
            .and_then(Value::as_u64)
            .unwrap_or_default(),
        took: millis("took"),
    })
}

fn semantics_word(semantics: Semantics) -> &'static str {
    match semantics {
        Semantics::ForbidWins => "forbid-wins",
        Semantics::LastMatch => "last-match",
    }
}

fn semantics(word: &str) -> Option<Semantics> {
    match word {
        "forbid-wins" => Some(Semantics::ForbidWins),
        "last-match" => Some(Semantics::LastMatch),
        _ => None,
    }
}
