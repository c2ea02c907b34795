//! Everybody in the project with what they hold, read once and kept while nothing changes.
//!
//! Rule lists are told apart by their text and shared, so that whoever holds the same lists is
//! decided upon once. This module decides nothing.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::id::RoleId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::{CatalogueEdition, Project};
use reeve_domain::rule::Rule;
use reeve_domain::value::Value;
use reeve_policy::assemble::{ADMIN, ActorFacts, FolderTier, Grant, Source, Through, folder_rules};
use reeve_policy::template::has_template;
use reeve_store::access::MemberAccess;
use reeve_store::snapshot::Snapshot;

use crate::actor::{facts, folder_source, parts, read_rules, rules_of_role};
use crate::error::DeedError;
use crate::pull::unseen::{Unseen, UnseenKind};
use crate::simulate::unseen::unseen;

/// How many members are read at once.
const CHUNK: usize = 4_000;

/// Everybody who can act, with what they hold.
pub(crate) struct Crowd {
    /// The project.
    pub project: Project,
    /// The revision of the workspace at which it was read.
    pub revision: u64,
    /// Users and identities, in the order in which they were added.
    pub people: Vec<Person>,
    /// The distinct lists of rules.
    pub lists: Vec<RuleList>,
    /// What the last pull could not see.
    pub unseen: Vec<Unseen>,
    /// The distinct sources.
    sources: Vec<Source>,
}

/// A list of rules.
pub(crate) struct RuleList {
    pub rules: Arc<[Rule]>,
    /// Whether templates are in it, so that it is another list for each actor.
    pub templated: bool,
}

/// Somebody with what they hold.
pub(crate) struct Person {
    pub member: Member,
    held: Box<[Held]>,
}

/// Rules that somebody holds.
pub(crate) struct Held {
    /// Where in `sources`.
    source: u32,
    /// Where in `lists`.
    pub list: u32,
    pub lifetime: Lifetime,
}

impl Person {
    /// What counts at `at`, in the order in which they hold it.
    pub fn active(&self, at: DateTime<Utc>) -> impl Iterator<Item = &Held> {
        self.held
            .iter()
            .filter(move |held| held.lifetime.is_active(at))
    }
}

/// What tells apart those on whom a decision could differ: the lists that count, by kind of source
/// and in order, and, where templates are filled in, who it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ClassKey {
    lists: Box<[(u8, u32)]>,
    /// Whether they have a role at all, ended ones included; without one the server takes them for
    /// no member.
    has_role: bool,
    person: Option<u32>,
    /// What could not be seen of them.
    pub unseen: Box<[UnseenKind]>,
}

#[derive(Default)]
struct Interned {
    lists: Vec<RuleList>,
    sources: Vec<Source>,
    roles: HashMap<RoleId, u32>,
    texts: HashMap<String, u32>,
    folders: HashMap<(String, String, FolderTier), u32>,
    role_sources: HashMap<(RoleId, Option<String>), u32>,
}

impl Crowd {
    /// Reads everybody.
    pub fn read(snapshot: &Snapshot) -> Result<Self, DeedError> {
        let project = snapshot
            .project()?
            .ok_or(DeedError::Missing { what: "project" })?;
        let mut interned = Interned::default();
        let mut people: Vec<Person> = Vec::new();
        loop {
            let after = people.last().map(|person| person.member.id.clone());
            let ids = snapshot.actors_after(after.as_ref(), CHUNK)?;
            if ids.is_empty() {
                break;
            }
            for access in snapshot.accesses(&ids)? {
                people.push(interned.person(access, project.catalogue)?);
            }
        }
        Ok(Self {
            revision: snapshot.revision()?,
            project,
            people,
            lists: interned.lists,
            sources: interned.sources,
            unseen: unseen(snapshot)?,
        })
    }

    /// Where what is held comes from.
    pub fn source(&self, held: &Held) -> Option<&Source> {
        self.sources.get(index(held.source))
    }

    /// The class of the person number `number` at `at`.
    pub fn class_key(&self, number: u32, person: &Person, at: DateTime<Utc>) -> ClassKey {
        let lists: Box<[(u8, u32)]> = person
            .active(at)
            .map(|held| (self.kind(held), held.list))
            .collect();
        let templated = lists.iter().any(|(_, list)| {
            let list = self.lists.get(index(*list));
            list.is_some_and(|list| list.templated)
        });
        ClassKey {
            has_role: person.held.iter().any(|held| is_role(self.kind(held))),
            person: templated.then_some(number),
            unseen: self
                .unseen
                .iter()
                .filter(|unseen| unseen.clouds(&person.member))
                .map(|unseen| unseen.kind)
                .collect(),
            lists,
        }
    }

    /// The grants of a class. Each bears as its id the position of what counts, so that whoever is
    /// in the class finds the source of its own.
    pub fn grants_of(&self, key: &ClassKey) -> Vec<Grant> {
        let nothing: Arc<[Rule]> = Arc::from([]);
        let mut grants: Vec<Grant> = key
            .lists
            .iter()
            .enumerate()
            .map(|(position, (kind, list))| Grant {
                source: marker(*kind, position),
                lifetime: Lifetime::Permanent,
                rules: self
                    .lists
                    .get(index(*list))
                    .map_or_else(|| Arc::clone(&nothing), |list| Arc::clone(&list.rules)),
            })
            .collect();
        let has_active_role = key.lists.iter().any(|(kind, _)| is_role(*kind));
        if key.has_role && !has_active_role {
            // A role that ended counts for nothing but makes them a member.
            grants.push(Grant {
                source: marker(OWN_ROLE, usize::MAX),
                lifetime: Lifetime::Timed(reeve_domain::lifetime::Timed::default()),
                rules: nothing,
            });
        }
        grants
    }

    /// What templates are filled in with for a class; nobody in particular if it has none.
    pub fn facts_of(&self, key: &ClassKey) -> ActorFacts {
        let named = key.person.and_then(|number| self.people.get(index(number)));
        match named.or_else(|| self.people.first()) {
            Some(person) => facts(&person.member),
            None => ActorFacts {
                id: "".into(),
                kind: MemberKind::User,
                username: String::new(),
                metadata: Vec::new(),
                auth: reeve_policy::assemble::Auth::Absent,
            },
        }
    }

    /// The first instant after `at` at which anything that somebody holds ends.
    pub fn next_end(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.people
            .iter()
            .flat_map(|person| ends_after(person, at))
            .min()
    }

    fn kind(&self, held: &Held) -> u8 {
        match self.source(held) {
            Some(Source::Role { slug, through, .. }) => match (&**slug, through) {
                (ADMIN, None) => OWN_ADMIN,
                (ADMIN, Some(_)) => GROUP_ADMIN,
                (_, None) => OWN_ROLE,
                (_, Some(_)) => GROUP_ROLE,
            },
            Some(Source::Folder { .. }) => FOLDER,
            Some(_) => PRIVILEGE,
            None => OWN_ROLE,
        }
    }
}

/// When what `person` holds ends after `at`.
pub(crate) fn ends_after(
    person: &Person,
    at: DateTime<Utc>,
) -> impl Iterator<Item = DateTime<Utc>> {
    person
        .held
        .iter()
        .filter_map(|held| held.lifetime.end())
        .filter(move |end| *end > at)
}

/// The position that a grant of [`Crowd::grants_of`] bears.
pub(crate) fn position_of(source: &Source) -> Option<usize> {
    match source {
        Source::Role { id, .. } => id.as_str().parse().ok(),
        Source::Privilege { id, .. } | Source::Folder { id, .. } => id.as_str().parse().ok(),
        Source::AdHoc { .. } => None,
    }
}

const OWN_ROLE: u8 = 0;
const GROUP_ROLE: u8 = 1;
const PRIVILEGE: u8 = 2;
/// An admin's role takes all folder grants away.
const OWN_ADMIN: u8 = 3;
const GROUP_ADMIN: u8 = 4;
const FOLDER: u8 = 5;

fn is_role(kind: u8) -> bool {
    !matches!(kind, PRIVILEGE | FOLDER)
}

fn marker(kind: u8, position: usize) -> Source {
    let id = position.to_string();
    let empty: Arc<str> = Arc::from("");
    match kind {
        PRIVILEGE => Source::Privilege {
            id: id.into(),
            slug: empty,
        },
        FOLDER => Source::Folder {
            id: id.into(),
            environment: Arc::clone(&empty),
            path: empty,
            tier: FolderTier::List,
        },
        kind => Source::Role {
            id: id.into(),
            slug: match kind {
                OWN_ADMIN | GROUP_ADMIN => Arc::from(ADMIN),
                _ => Arc::clone(&empty),
            },
            name: Arc::clone(&empty),
            through: matches!(kind, GROUP_ROLE | GROUP_ADMIN).then(|| Through {
                id: "".into(),
                name: empty,
            }),
        },
    }
}

impl Interned {
    fn person(
        &mut self,
        access: MemberAccess,
        edition: CatalogueEdition,
    ) -> Result<Person, DeedError> {
        let mut held = Vec::with_capacity(parts(&access));
        for role in access.roles {
            let key = role.role.id.clone();
            let list = if let Some(list) = self.roles.get(&key) {
                *list
            } else {
                let list = self.list(rules_of_role(&role.role, edition)?);
                self.roles.insert(key.clone(), list);
                list
            };
            let through = role.through.as_ref().map(|group| group.id.to_string());
            let next = number(self.sources.len());
            let source = *self.role_sources.entry((key, through)).or_insert(next);
            if source == next {
                self.sources.push(Source::Role {
                    id: role.role.id.clone(),
                    slug: Arc::from(role.role.slug.as_str()),
                    name: Arc::from(role.role.name.as_str()),
                    through: role.through.map(|group| Through {
                        id: group.id,
                        name: Arc::from(group.name),
                    }),
                });
            }
            held.push(Held {
                source,
                list,
                lifetime: role.assignment.lifetime,
            });
        }
        for privilege in access.privileges {
            let list = if let Some(list) = self.texts.get(&privilege.rules) {
                *list
            } else {
                let list = self.list(read_rules(&privilege.slug, &privilege.rules)?.into());
                self.texts.insert(privilege.rules, list);
                list
            };
            let source = number(self.sources.len());
            self.sources.push(Source::Privilege {
                id: privilege.id,
                slug: Arc::from(privilege.slug.as_str()),
            });
            held.push(Held {
                source,
                list,
                lifetime: privilege.lifetime,
            });
        }
        for grant in access.folder_grants {
            let Some(tier) = FolderTier::from_wire(&grant.tier) else {
                continue;
            };
            let source = number(self.sources.len());
            self.sources.push(folder_source(&grant, tier));
            let key = (grant.environment, grant.path, tier);
            let list = if let Some(list) = self.folders.get(&key) {
                *list
            } else {
                let list = self.list(folder_rules(&key.0, &key.1, tier).into());
                self.folders.insert(key, list);
                list
            };
            held.push(Held {
                source,
                list,
                lifetime: grant.lifetime,
            });
        }
        Ok(Person {
            member: access.member,
            held: held.into(),
        })
    }

    fn list(&mut self, rules: Arc<[Rule]>) -> u32 {
        let templated = rules.iter().any(|rule| {
            let mut written = rule.written().iter();
            written.any(|(_, value): (&str, &Value)| has_template(value))
        });
        self.lists.push(RuleList { rules, templated });
        number(self.lists.len() - 1)
    }
}

/// A position as it is kept; there are never so many that it does not fit.
fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
