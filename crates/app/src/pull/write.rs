//! Writes what a pull brought, in one transaction with its entry in the history.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_change::reconcile::{Difference, State, reconcile};
use reeve_domain::id::ProjectId;
use reeve_domain::project::{Folder, Project, ProjectKind};
use reeve_remote::client::Skew;
use reeve_remote::fetched::{Fetched, Kept, Note, ProjectHead, Remembered};
use reeve_remote::probe::Capabilities;
use reeve_store::content::{Content, Raws};
use reeve_store::pulled::RawOf;
use reeve_store::transaction::Transaction;
use reeve_store::workspace::Workspace;

use super::link::{LastPull, Link, put_last_pull, put_link, read_last_pull};
use super::unseen::{UnseenKind, hidden, unseen};
use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange};

/// What a pull brought.
pub(super) struct Brought {
    pub fetched: Fetched,
    pub capabilities: Capabilities,
    /// When it was complete, on the server's clock.
    pub at: DateTime<Utc>,
    pub skew: Skew,
    pub requests: u64,
    pub took: TimeDelta,
}

/// The deed under which a pull stands in the history.
pub(crate) const DEED: &str = "project.pull";

/// Brings a workspace up to date. What was brought goes as soon as it is written.
pub(super) fn write(workspace: &Workspace, link: &Link, brought: Brought) -> Result<(), DeedError> {
    workspace.writer().transaction(|transaction| {
        let unseen = unseen(&brought.fetched.unseen);
        let before = read_last_pull(transaction)?;
        let mut last = last_pull(&brought, before.map(|pull| pull.at));
        put_project(transaction, link, &brought)?;
        put_places(transaction, &brought.fetched, &unseen)?;
        put_raws_of_places(transaction, &brought.fetched)?;
        put_answers(transaction, &brought.fetched.answers)?;
        drop(brought.fetched.answers);
        let (roles, raw_roles) = apart(brought.fetched.roles, |one| one.id.as_str());
        let (members, raw_members) = apart(brought.fetched.members, |one| one.id.as_str());
        let (assignments, raw_assignments) =
            apart(brought.fetched.assignments, |one| one.id.as_str());
        let (privileges, raw_privileges) = apart(brought.fetched.privileges, |one| one.id.as_str());
        let fetched = State {
            roles,
            members,
            group_members: brought.fetched.group_members,
            assignments,
            privileges,
        };
        let stored = stored_state(transaction)?;
        let differences = reconcile(stored, fetched, &hidden(&unseen), brought.at);
        last.entry = record(
            transaction,
            differences,
            &brought.fetched.project,
            brought.at,
        )?;
        put_raws(transaction, RawOf::Role, &raw_roles)?;
        put_raws(transaction, RawOf::Member, &raw_members)?;
        put_raws(transaction, RawOf::Assignment, &raw_assignments)?;
        put_raws(transaction, RawOf::Privilege, &raw_privileges)?;
        put_last_pull(transaction, &last)?;
        Ok(())
    })
}

/// Fills an empty workspace. What was brought goes as soon as it is written.
pub(super) fn fill(
    transaction: &Transaction,
    link: &Link,
    brought: Brought,
) -> Result<(), DeedError> {
    let mut last = last_pull(&brought, None);
    put_link(transaction, link)?;
    put_project(transaction, link, &brought)?;
    let Brought { fetched, at, .. } = brought;
    put_answers(transaction, &fetched.answers)?;
    drop(fetched.answers);
    let (environments, raw_environments) = apart(fetched.environments, |one| one.slug.as_str());
    let (folders, raw_folders) = split(fetched.folders);
    let (tags, raw_tags) = apart(fetched.tags, |one| one.slug.as_str());
    let (roles, raw_roles) = apart(fetched.roles, |one| one.id.as_str());
    let (members, raw_members) = split(fetched.members);
    let (assignments, raw_assignments) = split(fetched.assignments);
    let (privileges, raw_privileges) = split(fetched.privileges);
    let content = Content {
        environments: &environments,
        folders: &folders,
        tags: &tags,
        roles: &roles,
        members: &members,
        group_members: &fetched.group_members,
        assignments: &assignments,
        privileges: &privileges,
    };
    let raws = Raws {
        members: &raw_members,
        assignments: &raw_assignments,
        privileges: &raw_privileges,
    };
    transaction.insert_pulled(&content, &raws)?;
    transaction.replace_secret_names(&fetched.secret_names)?;
    put_raws(transaction, RawOf::Environment, &raw_environments)?;
    put_raws_of_folders(transaction, folders.iter().zip(&raw_folders))?;
    put_raws(transaction, RawOf::Tag, &raw_tags)?;
    put_raws(transaction, RawOf::Role, &raw_roles)?;
    // What came first changed nothing that anybody knew, so it is told without its things.
    let project = &fetched.project;
    let entry = deed(&project.name, &project.id, Vec::new()).record_pull(transaction, at)?;
    last.entry = Some(entry.id.to_string());
    put_last_pull(transaction, &last)?;
    Ok(())
}

fn put_project(transaction: &Transaction, link: &Link, brought: &Brought) -> Result<(), DeedError> {
    let proposal = brought.capabilities.proposal();
    let head = &brought.fetched.project;
    transaction.put_project(&Project {
        id: ProjectId::new(head.id.as_str()),
        name: head.name.clone(),
        slug: head.slug.clone(),
        kind: ProjectKind::Linked,
        semantics: link.chosen.unwrap_or(proposal.semantics),
        catalogue: proposal.catalogue,
    })?;
    transaction.put_raw(RawOf::Project, &head.raw)?;
    Ok(())
}

fn put_places(
    transaction: &Transaction,
    fetched: &Fetched,
    unseen: &[super::unseen::Unseen],
) -> Result<(), DeedError> {
    let is_unseen = |kind| unseen.iter().any(|unseen| unseen.kind == kind);
    let stored = transaction.places()?;
    for gone in &stored.environments {
        if !fetched
            .environments
            .iter()
            .any(|e| e.thing.slug == gone.slug)
        {
            transaction.remove_environment(&gone.slug)?;
        }
    }
    for (position, environment) in fetched.environments.iter().enumerate() {
        transaction.put_environment(position, &environment.thing)?;
    }
    let kept: std::collections::BTreeSet<_> = fetched
        .folders
        .iter()
        .map(|folder| {
            (
                folder.thing.environment.as_str(),
                folder.thing.path.as_str(),
            )
        })
        .collect();
    let there: std::collections::BTreeSet<&str> = fetched
        .environments
        .iter()
        .map(|e| e.thing.slug.as_str())
        .collect();
    for folder in &stored.folders {
        let environment = folder.environment.as_str();
        let gone = !kept.contains(&(environment, folder.path.as_str()));
        if gone && there.contains(environment) && !is_unseen(UnseenKind::Folders) {
            transaction.remove_folder(folder)?;
        }
    }
    for folder in &fetched.folders {
        transaction.put_folder(&folder.thing)?;
    }
    for tag in &stored.tags {
        let gone = !fetched
            .tags
            .iter()
            .any(|fetched| fetched.thing.slug == tag.slug);
        if gone && !is_unseen(UnseenKind::Tags) {
            transaction.remove_tag(&tag.slug)?;
        }
    }
    for tag in &fetched.tags {
        transaction.put_tag(&tag.thing)?;
    }
    if !is_unseen(UnseenKind::SecretNames) {
        transaction.replace_secret_names(&fetched.secret_names)?;
    }
    Ok(())
}

fn put_raws_of_places(transaction: &Transaction, fetched: &Fetched) -> Result<(), DeedError> {
    for one in &fetched.environments {
        put_raw(
            transaction,
            RawOf::Environment(one.thing.slug.as_str()),
            &one.raw,
        )?;
    }
    let folders = fetched.folders.iter();
    put_raws_of_folders(transaction, folders.map(|one| (&one.thing, &one.raw)))?;
    for one in &fetched.tags {
        put_raw(transaction, RawOf::Tag(&one.thing.slug), &one.raw)?;
    }
    Ok(())
}

fn put_raws_of_folders<'a>(
    transaction: &Transaction,
    folders: impl Iterator<Item = (&'a Folder, &'a Box<str>)>,
) -> Result<(), DeedError> {
    for (folder, raw) in folders {
        let of = RawOf::Folder(folder.environment.as_str(), &folder.path);
        put_raw(transaction, of, raw)?;
    }
    Ok(())
}

/// Puts texts beside what bears these ids.
fn put_raws<'a>(
    transaction: &Transaction,
    of: fn(&'a str) -> RawOf<'a>,
    raws: &'a [(String, Box<str>)],
) -> Result<(), DeedError> {
    for (id, raw) in raws {
        put_raw(transaction, of(id), raw)?;
    }
    Ok(())
}

fn put_raw(transaction: &Transaction, of: RawOf<'_>, raw: &str) -> Result<(), DeedError> {
    if raw.is_empty() {
        return Ok(());
    }
    Ok(transaction.put_raw(of, raw)?)
}

fn put_answers(
    transaction: &Transaction,
    answers: &BTreeMap<String, Remembered>,
) -> Result<(), DeedError> {
    let answers = answers
        .iter()
        .map(|(request, answer)| (request.as_str(), answer.etag.as_str(), &*answer.body));
    Ok(transaction.replace_remembered_answers(answers)?)
}

fn record(
    transaction: &Transaction,
    differences: Vec<Difference>,
    project: &ProjectHead,
    at: DateTime<Utc>,
) -> Result<Option<String>, DeedError> {
    if differences.is_empty() {
        return Ok(None);
    }
    let changes = differences.into_iter().map(change).collect();
    let entry = deed(&project.name, &project.id, changes).record_pull(transaction, at)?;
    Ok(Some(entry.id.to_string()))
}

fn deed(title: &str, object: &str, changes: Vec<ThingChange>) -> Deed {
    Deed {
        name: DEED.to_owned(),
        member: None,
        object: object.to_owned(),
        title: title.to_owned(),
        reason: String::new(),
        changes,
        undoes: None,
    }
}

fn change(difference: Difference) -> ThingChange {
    match difference {
        Difference::Role { before, after } => ThingChange {
            before: before.map(Thing::Role),
            after: after.map(Thing::Role),
        },
        Difference::Member { before, after } => ThingChange {
            before: before.map(Thing::Member),
            after: after.map(Thing::Member),
        },
        Difference::GroupMembership {
            group,
            member,
            is_in,
        } => {
            let thing = Thing::GroupMembership { group, member };
            if is_in {
                ThingChange::made(thing)
            } else {
                ThingChange::removed(thing)
            }
        }
        Difference::Assignment { before, after } => ThingChange {
            before: before.map(Thing::Assignment),
            after: after.map(Thing::Assignment),
        },
        Difference::Privilege { before, after } => ThingChange {
            before: before.map(Thing::Privilege),
            after: after.map(Thing::Privilege),
        },
    }
}

/// How the pull went, but for its entry in the history.
fn last_pull(brought: &Brought, before: Option<DateTime<Utc>>) -> LastPull {
    LastPull {
        at: brought.at,
        before,
        entry: None,
        skew: brought.skew.offset,
        skew_margin: brought.skew.margin,
        unseen: unseen(&brought.fetched.unseen),
        notes: brought
            .fetched
            .notes
            .iter()
            .map(|note| sentence(note, &brought.fetched))
            .collect(),
        as_user: brought.fetched.seen_as_user,
        capabilities: brought.capabilities,
        requests: brought.requests,
        took: brought.took,
    }
}

fn sentence(note: &Note, fetched: &Fetched) -> String {
    match note {
        Note::SameName {
            member,
            slug,
            shown_as,
        } => {
            let name = fetched
                .members
                .iter()
                .find(|known| known.thing.id == *member)
                .map_or(member.as_str(), |known| known.thing.name.as_str());
            format!(
                "`{name}` has several privileges called `{slug}` on the server; one is shown as `{shown_as}`"
            )
        }
        Note::RoleNotListed { slug } => format!(
            "somebody has the role `{slug}`, which is not in the list of roles; its rules are not known"
        ),
    }
}

fn stored_state(transaction: &Transaction) -> Result<State, DeedError> {
    let everything = transaction.everything()?;
    Ok(State {
        roles: everything.roles,
        members: everything.members,
        group_members: everything.group_members,
        assignments: everything.assignments,
        privileges: everything.privileges,
    })
}

/// Things and the texts from which they were read, in one order.
fn split<T>(kept: Vec<Kept<T>>) -> (Vec<T>, Vec<Box<str>>) {
    kept.into_iter().map(|kept| (kept.thing, kept.raw)).unzip()
}

/// Things, and by what names them the texts from which they were read.
fn apart<T>(kept: Vec<Kept<T>>, name: fn(&T) -> &str) -> (Vec<T>, Vec<(String, Box<str>)>) {
    kept.into_iter()
        .map(|Kept { thing, raw }| {
            let named = (name(&thing).to_owned(), raw);
            (thing, named)
        })
        .unzip()
}
