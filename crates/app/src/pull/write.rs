//! Writes what a pull brought, in one transaction with its entry in the history.

use chrono::{DateTime, TimeDelta, Utc};
use reeve_change::reconcile::{Difference, State, reconcile};
use reeve_domain::id::ProjectId;
use reeve_domain::project::{Project, ProjectKind};
use reeve_remote::client::Skew;
use reeve_remote::fetched::{Fetched, Kept, Note};
use reeve_remote::probe::Capabilities;
use reeve_store::content::Content;
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

/// Brings a workspace up to date.
pub(super) fn write(
    workspace: &Workspace,
    link: &Link,
    brought: &Brought,
) -> Result<(), DeedError> {
    workspace.writer().transaction(|transaction| {
        let unseen = unseen(&brought.fetched.unseen);
        let before = read_last_pull(transaction)?;
        put_project(transaction, link, brought)?;
        put_places(transaction, &brought.fetched, &unseen)?;
        let differences = reconcile(
            stored_state(transaction)?,
            fetched_state(&brought.fetched),
            &hidden(&unseen),
            brought.at,
        );
        let entry = record(transaction, differences, brought)?;
        put_raw_texts(transaction, &brought.fetched)?;
        put_answers(transaction, &brought.fetched)?;
        put_last_pull(
            transaction,
            &last_pull(brought, before.map(|pull| pull.at), entry),
        )?;
        Ok(())
    })
}

/// Fills an empty workspace.
pub(super) fn fill(
    transaction: &Transaction,
    link: &Link,
    brought: &Brought,
) -> Result<(), DeedError> {
    let fetched = &brought.fetched;
    put_link(transaction, link)?;
    put_project(transaction, link, brought)?;
    let state = fetched_state(fetched);
    transaction.insert_all(&Content {
        environments: &things(&fetched.environments),
        folders: &things(&fetched.folders),
        tags: &things(&fetched.tags),
        roles: &state.roles,
        members: &state.members,
        group_members: &state.group_members,
        assignments: &state.assignments,
        privileges: &state.privileges,
    })?;
    transaction.replace_secret_names(&fetched.secret_names)?;
    put_raw_texts(transaction, fetched)?;
    put_answers(transaction, fetched)?;
    // What came first changed nothing that anybody knew, so it is told without its things.
    let entry = deed(&fetched.project.name, &fetched.project.id, Vec::new())
        .record_pull(transaction, brought.at)?;
    put_last_pull(
        transaction,
        &last_pull(brought, None, Some(entry.id.to_string())),
    )?;
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

fn put_raw_texts(transaction: &Transaction, fetched: &Fetched) -> Result<(), DeedError> {
    let put = |of: RawOf<'_>, raw: &str| {
        if raw.is_empty() {
            Ok(())
        } else {
            transaction.put_raw(of, raw)
        }
    };
    for one in &fetched.environments {
        put(RawOf::Environment(one.thing.slug.as_str()), &one.raw)?;
    }
    for one in &fetched.folders {
        let folder = &one.thing;
        put(
            RawOf::Folder(folder.environment.as_str(), &folder.path),
            &one.raw,
        )?;
    }
    for one in &fetched.tags {
        put(RawOf::Tag(&one.thing.slug), &one.raw)?;
    }
    for one in &fetched.roles {
        put(RawOf::Role(one.thing.id.as_str()), &one.raw)?;
    }
    for one in &fetched.members {
        put(RawOf::Member(one.thing.id.as_str()), &one.raw)?;
    }
    for one in &fetched.assignments {
        put(RawOf::Assignment(one.thing.id.as_str()), &one.raw)?;
    }
    for one in &fetched.privileges {
        put(RawOf::Privilege(one.thing.id.as_str()), &one.raw)?;
    }
    Ok(())
}

fn put_answers(transaction: &Transaction, fetched: &Fetched) -> Result<(), DeedError> {
    let answers = fetched
        .answers
        .iter()
        .map(|(request, answer)| (request.as_str(), answer.etag.as_str(), &*answer.body));
    Ok(transaction.replace_remembered_answers(answers)?)
}

fn record(
    transaction: &Transaction,
    differences: Vec<Difference>,
    brought: &Brought,
) -> Result<Option<String>, DeedError> {
    if differences.is_empty() {
        return Ok(None);
    }
    let project = &brought.fetched.project;
    let changes = differences.into_iter().map(change).collect();
    let entry = deed(&project.name, &project.id, changes).record_pull(transaction, brought.at)?;
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

fn last_pull(brought: &Brought, before: Option<DateTime<Utc>>, entry: Option<String>) -> LastPull {
    LastPull {
        at: brought.at,
        before,
        entry,
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

fn fetched_state(fetched: &Fetched) -> State {
    State {
        roles: things(&fetched.roles),
        members: things(&fetched.members),
        group_members: fetched.group_members.clone(),
        assignments: things(&fetched.assignments),
        privileges: things(&fetched.privileges),
    }
}

fn things<T: Clone>(kept: &[Kept<T>]) -> Vec<T> {
    kept.iter().map(|kept| kept.thing.clone()).collect()
}
