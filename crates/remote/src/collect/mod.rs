//! Collects a project: the lists side by side, then what each of their items needs.

mod folder_grants;
mod groups;
mod identities;
pub(crate) mod places;
mod privileges;
mod roles;
mod users;

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reeve_domain::id::{AssignmentId, MemberId, RoleId};
use reeve_domain::role::{Role, RoleKind};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::mpsc::Sender;

use crate::client::{Ask, Client, not_understood, parse};
use crate::error::FetchError;
use crate::fetched::{
    Arrival, Ending, HeldRole, Kind, OnProgress, Progress, Remembered, Remembers, Renamed, Step,
    Unseen, Wanted,
};
use crate::path::segment;
use crate::wire::access::RoleHeld;

/// Roles that the server defines. It makes up new ids for them in every answer, so here the slug is
/// the id.
const PREDEFINED: [&str; 6] = [
    "admin",
    "member",
    "viewer",
    "no-access",
    "ssh-host-bootstrapper",
    "cryptographic-operator",
];

/// How often a list that changes while it is read is begun anew.
const BEGINNINGS: u32 = 4;

pub(crate) struct Collector<'a> {
    client: &'a Client,
    wanted: &'a Wanted,
    remembers: &'a dyn Remembers,
    on_progress: OnProgress,
    arrivals: Sender<Arrival>,
    /// The project's id as a segment of paths.
    project: String,
    unseen: Mutex<Vec<Unseen>>,
    renamed: Mutex<Vec<Renamed>>,
}

/// The text of an answer.
struct Text {
    body: Box<str>,
    /// How it is remembered for the next pull, if the server marked it.
    memory: Option<Memory>,
}

enum Memory {
    /// Under this request, with the server's mark.
    New { request: String, etag: String },
    /// Under this request already.
    Same { request: String },
}

impl<'a> Collector<'a> {
    pub fn new(
        client: &'a Client,
        wanted: &'a Wanted,
        remembers: &'a dyn Remembers,
        on_progress: OnProgress,
        arrivals: Sender<Arrival>,
    ) -> Self {
        Self {
            client,
            wanted,
            remembers,
            on_progress,
            arrivals,
            project: segment(&wanted.project),
            unseen: Mutex::default(),
            renamed: Mutex::default(),
        }
    }

    pub async fn collect(self) -> Result<Ending, FetchError> {
        let environments = self.project().await?;
        let roles = self.role_heads().await?;
        let ((), (), (), (), users, identities) = tokio::try_join!(
            self.folders(&environments),
            self.tags(),
            self.secret_names(&environments),
            self.roles(roles),
            self.users(),
            self.identities(),
        )?;
        // Who is in a group only is told from those who are members by themselves, so they came first.
        let in_groups = self.groups().await?;
        self.privileges(&users, &identities, &in_groups).await?;
        let seen_as_user = self.client.token().await;
        let mut unseen = taken(&self.unseen);
        unseen.sort_by_key(|unseen| unseen.kind);
        Ok(Ending {
            unseen,
            renamed: taken(&self.renamed),
            seen_as_user: seen_as_user.is_some_and(|token| token.is_user()),
        })
    }

    /// Gives something to whoever takes what arrives, once there is room for it.
    async fn give(&self, arrival: Arrival) -> Result<(), FetchError> {
        let given = self.arrivals.send(arrival).await;
        given.map_err(|_| FetchError::Cancelled)
    }

    fn step(&self, step: Step, done: u64, total: Option<u64>) {
        (self.on_progress)(Progress { step, done, total });
    }

    /// `answer`, or nothing with a word about it if the caller may not see `kind`.
    fn seen<T>(&self, kind: Kind, answer: Result<T, FetchError>) -> Result<Option<T>, FetchError> {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(why) if why.hides() => {
                self.hidden(kind, None, None, why);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Notes that some or all of `kind` cannot be seen, of `whom` only if that is known.
    fn hidden(&self, kind: Kind, of: Option<u64>, whom: Option<&MemberId>, why: FetchError) {
        let mut unseen = locked(&self.unseen);
        match unseen.iter_mut().find(|seen| seen.kind == kind) {
            Some(seen) => {
                seen.of = seen.of.zip(of).map(|(a, b)| a + b);
                match whom {
                    Some(whom) if !seen.whom.is_empty() => seen.whom.push(whom.clone()),
                    _ => seen.whom.clear(),
                }
            }
            None => unseen.push(Unseen {
                kind,
                of,
                whom: whom.into_iter().cloned().collect(),
                why,
            }),
        }
    }

    /// The answer to `ask`, taken from the last pull if it is the same still.
    async fn unless_known<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, FetchError> {
        let what = ask.what;
        let text = self.text(ask).await?;
        let read = parse(what, text.body.as_bytes())?;
        self.remember(text).await?;
        Ok(read)
    }

    /// The text of the answer to `ask`, taken from the last pull if it is the same still. It must be
    /// remembered once it turned out to be of use.
    async fn text(&self, mut ask: Ask) -> Result<Text, FetchError> {
        let request = key(&ask);
        ask.known = self.remembers.etag(&request);
        let answer = self.client.send(ask.clone()).await?;
        if let Some(body) = answer.body {
            return Ok(Text::new(body, request, answer.etag));
        }
        if let Some(body) = self.remembers.answer(&request) {
            let memory = Some(Memory::Same { request });
            return Ok(Text { body, memory });
        }
        // What we had is gone, so that the same does not do.
        ask.known = None;
        let answer = self.client.send(ask).await?;
        let body = answer.body.unwrap_or_default();
        Ok(Text::new(body, request, answer.etag))
    }

    async fn remember(&self, text: Text) -> Result<(), FetchError> {
        match text.memory {
            None => Ok(()),
            Some(Memory::Same { request }) => self.give(Arrival::SameAnswer(request)).await,
            Some(Memory::New { request, etag }) => {
                let body = text.body;
                let answer = Remembered {
                    request,
                    etag,
                    body,
                };
                self.give(Arrival::Answer(answer)).await
            }
        }
    }

    /// Asks `paths` one after the other until the server knows one.
    async fn first_known<T: DeserializeOwned>(
        &self,
        what: &'static str,
        paths: &[String],
    ) -> Result<T, FetchError> {
        let text = self.first_text(what, paths).await?;
        let read = parse(what, text.body.as_bytes())?;
        self.remember(text).await?;
        Ok(read)
    }

    /// The same as text.
    async fn first_text(&self, what: &'static str, paths: &[String]) -> Result<Text, FetchError> {
        let mut last = FetchError::NoSuchRoute {
            what: what.to_owned(),
        };
        for path in paths {
            match self.text(Ask::get(what, path.clone())).await {
                Err(error @ FetchError::NoSuchRoute { .. }) => last = error,
                other => return other,
            }
        }
        Err(last)
    }

    /// What `page` makes of all pages of a list that tells how long it is. If the list changes
    /// between two pages something may have slipped from one to the other, so it is read anew.
    async fn pages<T: Ord, P>(
        &self,
        what: &'static str,
        size: u64,
        page: impl Fn(u64) -> P,
    ) -> Result<Vec<T>, FetchError>
    where
        P: Future<Output = Result<(Vec<T>, u64), FetchError>>,
    {
        for _ in 0..BEGINNINGS {
            let (mut items, total) = page(0).await?;
            let first = items.len() as u64;
            let mut whole = first >= total;
            if !whole && first > 0 {
                // A server may grant smaller pages than asked for.
                let step = first.min(size);
                let offsets: Vec<u64> = (1..total.div_ceil(step)).map(|page| page * step).collect();
                let rest: Vec<_> = stream::iter(offsets.into_iter().map(&page))
                    .buffered(self.client.at_once())
                    .try_collect()
                    .await?;
                whole = rest.iter().all(|(_, again)| *again == total);
                for (more, _) in rest {
                    items.extend(more);
                }
                let distinct: BTreeSet<&T> = items.iter().collect();
                whole &= items.len() as u64 == total && distinct.len() == items.len();
            }
            if whole {
                return Ok(items);
            }
        }
        Err(FetchError::KeptChanging {
            what: what.to_owned(),
        })
    }

    /// Does `each` for all `items`, a few at once, telling how far it is.
    async fn for_each<I, F>(
        &self,
        step: Step,
        items: Vec<I>,
        each: impl Fn(I) -> F,
    ) -> Result<(), FetchError>
    where
        F: Future<Output = Result<(), FetchError>>,
    {
        let total = items.len() as u64;
        let done = AtomicU64::new(0);
        self.step(step, 0, Some(total));
        let counted = items.into_iter().map(|item| {
            let work = each(item);
            let done = &done;
            async move {
                work.await?;
                self.step(step, done.fetch_add(1, Ordering::Relaxed) + 1, Some(total));
                Ok(())
            }
        });
        stream::iter(counted)
            // Twice as many as may ask, so that reading answers keeps nobody waiting.
            .buffer_unordered(self.client.at_once() * 2)
            .try_collect()
            .await
    }
}

impl Text {
    fn new(body: Bytes, request: String, etag: Option<String>) -> Self {
        Self {
            body: text(body),
            memory: etag.map(|etag| Memory::New { request, etag }),
        }
    }
}

/// What names a request among others.
fn key(ask: &Ask) -> String {
    let mut key = ask.path.clone();
    for (name, value) in &ask.query {
        key.push_str(if key.contains('?') { "&" } else { "?" });
        key.push_str(name);
        key.push('=');
        key.push_str(value);
    }
    key
}

/// The text of a body, which is copied only if it is shared or no UTF-8.
fn text(body: Bytes) -> Box<str> {
    let text = String::from_utf8(body.into());
    text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
        .into_boxed_str()
}

/// Reads one item of a list; a failure names the item.
fn item<'a, T: serde::Deserialize<'a>>(what: &str, raw: &'a str) -> Result<T, FetchError> {
    serde_json::from_str(raw).map_err(|error| not_understood(what, &error))
}

/// The role assignments of a membership.
fn roles_held(what: &str, roles: Vec<Box<RawValue>>) -> Result<Vec<HeldRole>, FetchError> {
    roles
        .into_iter()
        .map(|raw| {
            let held: RoleHeld = item(what, raw.get())?;
            Ok(HeldRole {
                role: role_held(&held),
                id: AssignmentId::new(held.id),
                lifetime: held.time.lifetime(),
                raw: raw.into(),
            })
        })
        .collect()
}

/// A role as far as one of its assignments tells.
fn role_held(held: &RoleHeld) -> Role {
    let slug = held.slug();
    let (kind, id) = match &held.custom_role_id {
        _ if is_predefined(slug) => (RoleKind::Predefined, slug),
        Some(id) => (RoleKind::Custom, id.as_str()),
        None => (RoleKind::Custom, slug),
    };
    Role {
        id: RoleId::new(id),
        kind,
        slug: slug.to_owned(),
        name: held
            .custom_role_name
            .clone()
            .unwrap_or_else(|| slug.to_owned()),
        description: String::new(),
        rules: unknown_rules(kind).to_owned(),
    }
}

/// What stands for the rules of a role that were not read: none for a custom role, those of the
/// catalogue for one that the server defines.
fn unknown_rules(kind: RoleKind) -> &'static str {
    match kind {
        RoleKind::Predefined => "",
        RoleKind::Custom => "[]",
    }
}

fn taken<T>(list: &Mutex<Vec<T>>) -> Vec<T> {
    std::mem::take(&mut *locked(list))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_predefined(slug: &str) -> bool {
    PREDEFINED.contains(&slug)
}
