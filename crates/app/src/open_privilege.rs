//! Opens a privilege, or one that begins later, for editing or copying.

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::Member;
use reeve_domain::rule::Rule;
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_store::snapshot::Snapshot;

use crate::actor::read_rules;
use crate::error::DeedError;
use crate::preview_privilege::{EditedRef, LoadedPolicy, StoredGrant, load_policy};
use crate::reeve::Reeve;
use crate::role::project;

/// A privilege as the editor shows it.
#[derive(Debug, Clone)]
pub struct OpenedPrivilege {
    /// Who has it, or shall have it.
    pub member: Member,
    /// Its name.
    pub slug: String,
    /// When it shall begin, if it waits.
    pub start: Option<DateTime<Utc>>,
    /// How long it counts.
    pub lifetime: Lifetime,
    /// Its policies in order, each with the rule that it is.
    pub policies: Vec<(LoadedPolicy, Rule)>,
    /// Why it was given.
    pub reason: String,
    /// The ticket it was given for.
    pub ticket: String,
    /// Whether it came from an access request.
    pub managed: bool,
    /// What tells this state of it from every other.
    pub revision: String,
    /// The instant at which it stood so.
    pub at: DateTime<Utc>,
}

impl Reeve {
    /// The privilege that `named` names, for the editor.
    pub fn open_privilege(&self, named: &EditedRef) -> Result<OpenedPrivilege, DeedError> {
        let now = self.now();
        self.workspace()?
            .reader()
            .read(|snapshot| open(snapshot, named, now))
    }
}

pub(crate) fn open(
    snapshot: &Snapshot,
    named: &EditedRef,
    now: DateTime<Utc>,
) -> Result<OpenedPrivilege, DeedError> {
    let edition = project(snapshot)?.catalogue;
    let stored = StoredGrant::read(snapshot, named)?;
    let revision = stored.revision();
    let (member, slug, rules, start, lifetime, reason, ticket, managed) = match stored {
        StoredGrant::Privilege(it) => (
            it.member,
            it.slug,
            it.rules,
            None,
            it.lifetime,
            it.reason,
            it.ticket,
            it.managed,
        ),
        StoredGrant::Scheduled(ScheduledGrant {
            what: ScheduledObject::Role(_),
            ..
        }) => return Err(DeedError::Missing { what: "privilege" }),
        StoredGrant::Scheduled(ScheduledGrant {
            what: ScheduledObject::Privilege { slug, rules },
            member,
            start,
            lifetime,
            reason,
            ticket,
            ..
        }) => (
            member,
            slug,
            rules,
            Some(start),
            lifetime,
            reason,
            ticket,
            false,
        ),
    };
    let rules = read_rules(&slug, &rules)?;
    Ok(OpenedPrivilege {
        member: snapshot
            .member(&member)?
            .ok_or(DeedError::Missing { what: "member" })?,
        policies: rules
            .into_iter()
            .map(|rule| (load_policy(&rule, edition), rule))
            .collect(),
        slug,
        start,
        lifetime,
        reason,
        ticket,
        managed,
        revision,
        at: now,
    })
}
