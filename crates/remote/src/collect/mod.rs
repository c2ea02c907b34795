//! Collects a project: the lists side by side, then what each of their items needs.

mod groups;
mod identities;
pub(crate) mod places;
mod privileges;
mod roles;
mod users;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use reeve_domain::id::{AssignmentId, MemberId, RoleId};
use reeve_domain::member::{Member, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::{Role, RoleKind};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::client::{Ask, Client, not_understood, parse};
use crate::error::FetchError;
use crate::fetched::{
    Fetched, Kept, Kind, Known, Note, OnProgress, Progress, Remembered, Step, Unseen, Wanted,
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
    known: &'a Known,
    on_progress: OnProgress,
    /// The project's id as a segment of paths.
    project: String,
    unseen: Mutex<Vec<Unseen>>,
    answers: Mutex<BTreeMap<String, Remembered>>,
}

/// A member with its role assignments as they came.
struct Person {
    member: Kept<Member>,
    roles: Vec<(RoleHeld, Box<str>)>,
}

impl<'a> Collector<'a> {
    pub fn new(
        client: &'a Client,
        wanted: &'a Wanted,
        known: &'a Known,
        on_progress: OnProgress,
    ) -> Self {
        Self {
            client,
            wanted,
            known,
            on_progress,
            project: segment(&wanted.project),
            unseen: Mutex::default(),
            answers: Mutex::default(),
        }
    }

    pub async fn collect(self) -> Result<Fetched, FetchError> {
        let (project, environments) = self.project().await?;
        let (folders, tags, secret_names, roles, users, identities, groups) = tokio::try_join!(
            self.folders(&environments),
            self.tags(),
            self.secret_names(&environments),
            self.roles(),
            self.users(),
            self.identities(),
            self.groups(),
        )?;
        let privileges = self.privileges(&users, &identities).await?;
        let mut fetched = Fetched {
            project,
            environments,
            folders,
            tags,
            secret_names,
            roles,
            seen_as_user: self
                .client
                .token()
                .await
                .is_some_and(|token| token.is_user()),
            ..Fetched::default()
        };
        for (membership, user) in users {
            fetched
                .memberships
                .insert(user.member.thing.id.clone(), membership);
            fetched.take(user);
        }
        for identity in identities {
            fetched.take(identity);
        }
        let mut known: BTreeSet<MemberId> = fetched
            .members
            .iter()
            .map(|member| member.thing.id.clone())
            .collect();
        for group in groups {
            fetched.take_group(group, &mut known);
        }
        fetched.take_privileges(privileges);
        fetched.unseen = self
            .unseen
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        fetched.unseen.sort_by_key(|unseen| unseen.kind);
        fetched.answers = self
            .answers
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        Ok(fetched)
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
        let mut unseen = self.unseen.lock().unwrap_or_else(PoisonError::into_inner);
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
    async fn unless_known<T: DeserializeOwned>(&self, mut ask: Ask) -> Result<T, FetchError> {
        let what = ask.what;
        let key = key(&ask);
        let known = self.known.answers.get(&key);
        ask.known = known.map(|known| known.etag.clone());
        let answer = self.client.send(ask).await?;
        let body = match (answer.body, known) {
            (Some(body), _) => text(body),
            (None, Some(known)) => known.body.clone(),
            (None, None) => Box::from(""),
        };
        let read = parse(what, body.as_bytes())?;
        if let Some(etag) = answer.etag {
            self.answers
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(key, Remembered { etag, body });
        }
        Ok(read)
    }

    /// Asks `paths` one after the other until the server knows one.
    async fn first_known<T: DeserializeOwned>(
        &self,
        what: &'static str,
        paths: &[String],
    ) -> Result<T, FetchError> {
        let mut last = FetchError::NoSuchRoute {
            what: what.to_owned(),
        };
        for path in paths {
            match self.unless_known(Ask::get(what, path.clone())).await {
                Err(error @ FetchError::NoSuchRoute { .. }) => last = error,
                other => return other,
            }
        }
        Err(last)
    }

    /// All pages of a list that tells how long it is. If it changes between two pages something may
    /// have slipped from one to the other, so it is read anew.
    async fn pages<P>(
        &self,
        what: &'static str,
        size: u64,
        page: impl Fn(u64) -> P,
    ) -> Result<Vec<Box<RawValue>>, FetchError>
    where
        P: Future<Output = Result<(Vec<Box<RawValue>>, u64), FetchError>>,
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
                whole &= items.len() as u64 == total;
            }
            if whole {
                return Ok(items);
            }
        }
        Err(FetchError::KeptChanging {
            what: what.to_owned(),
        })
    }

    /// Does `each` for all `items`, a few at once, telling how far it is. The order stays.
    async fn for_each<I, T, F>(
        &self,
        step: Step,
        items: Vec<I>,
        each: impl Fn(I) -> F,
    ) -> Result<Vec<T>, FetchError>
    where
        F: Future<Output = Result<T, FetchError>>,
    {
        let total = items.len() as u64;
        let done = AtomicU64::new(0);
        self.step(step, 0, Some(total));
        let counted = items.into_iter().map(|item| {
            let work = each(item);
            let done = &done;
            async move {
                let answer = work.await?;
                self.step(step, done.fetch_add(1, Ordering::Relaxed) + 1, Some(total));
                Ok(answer)
            }
        });
        stream::iter(counted)
            // Twice as many as may ask, so that reading answers keeps nobody waiting.
            .buffered(self.client.at_once() * 2)
            .try_collect()
            .await
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
fn roles_held(
    what: &str,
    roles: Vec<Box<RawValue>>,
) -> Result<Vec<(RoleHeld, Box<str>)>, FetchError> {
    roles
        .into_iter()
        .map(|raw| Ok((item(what, raw.get())?, raw.into())))
        .collect()
}

fn is_predefined(slug: &str) -> bool {
    PREDEFINED.contains(&slug)
}

impl Fetched {
    fn take(&mut self, person: Person) {
        let member = person.member.thing.id.clone();
        for (held, raw) in person.roles {
            let role = self.role_for(&held);
            self.assignments.push(Kept {
                thing: RoleAssignment {
                    id: AssignmentId::new(held.id),
                    member: member.clone(),
                    role,
                    lifetime: held.time.lifetime(),
                },
                raw,
            });
        }
        self.members.push(person.member);
    }

    /// The id of the role that is held. One that the list of roles lacks gets a place in it, so that
    /// nobody's role is lost.
    fn role_for(&mut self, held: &RoleHeld) -> RoleId {
        let slug = held.slug();
        if let Some(known) = self.roles.iter().find(|role| role.thing.slug == slug) {
            return known.thing.id.clone();
        }
        let predefined = is_predefined(slug);
        let id = match &held.custom_role_id {
            Some(id) if !predefined => RoleId::new(id.as_str()),
            _ => RoleId::new(slug),
        };
        self.notes.push(Note::RoleNotListed {
            slug: slug.to_owned(),
        });
        self.roles.push(Kept {
            thing: Role {
                id: id.clone(),
                kind: if predefined {
                    RoleKind::Predefined
                } else {
                    RoleKind::Custom
                },
                slug: slug.to_owned(),
                name: held
                    .custom_role_name
                    .clone()
                    .unwrap_or_else(|| slug.to_owned()),
                description: String::new(),
                rules: if predefined {
                    String::new()
                } else {
                    "[]".to_owned()
                },
            },
            raw: Box::from(""),
        });
        id
    }

    fn take_group(&mut self, group: groups::Group, known: &mut BTreeSet<MemberId>) {
        let whole = group.person.member.thing.id.clone();
        self.take(group.person);
        for member in group.members {
            self.group_members
                .push((whole.clone(), member.thing.id.clone()));
            // Who is in the project through a group only is in no other list.
            if known.insert(member.thing.id.clone()) {
                self.members.push(member);
            }
        }
    }

    fn take_privileges(&mut self, privileges: Vec<Kept<AdditionalPrivilege>>) {
        let mut names: BTreeSet<(MemberId, String)> = BTreeSet::new();
        for mut privilege in privileges {
            let member = privilege.thing.member.clone();
            let slug = privilege.thing.slug.clone();
            let mut number = 2;
            while !names.insert((member.clone(), privilege.thing.slug.clone())) {
                privilege.thing.slug = format!("{slug} ({number})");
                number += 1;
            }
            if privilege.thing.slug != slug {
                self.notes.push(Note::SameName {
                    member,
                    slug,
                    shown_as: privilege.thing.slug.clone(),
                });
            }
            self.privileges.push(privilege);
        }
    }
}
