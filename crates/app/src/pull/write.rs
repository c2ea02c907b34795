//! Puts what a pull brought into its place: makes it a workspace, or brings one up to date in one
//! transaction with its entry in the history.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use reeve_change::reconcile::Difference;
use reeve_domain::id::MemberId;
use reeve_domain::role::Role;
use reeve_remote::client::Skew;
use reeve_remote::fetched::{Ending, ProjectHead, Renamed};
use reeve_remote::probe::Capabilities;
use reeve_store::error::StoreError;
use reeve_store::pulled::RawOf;
use reeve_store::snapshot::Snapshot;
use reeve_store::transaction::Transaction;
use reeve_store::workspace::Workspace;

use super::differences::{differences, put_raws};
use super::gather::Gathered;
use super::link::{LastPull, Link, put_last_pull, put_link, read_last_pull};
use super::places::put_places;
use super::unseen::{Unseen, UnseenKind, hidden, unseen};
use crate::error::DeedError;
use crate::journal::{Deed, Thing, ThingChange};

/// What a pull brought.
pub(super) struct Brought {
    pub gathered: Gathered,
    pub ending: Ending,
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
pub(super) fn write(workspace: &Workspace, brought: &Brought) -> Result<(), DeedError> {
    let gathered = &brought.gathered;
    gathered.workspace.reader().read(|fetched| {
        let mut last = last_pull(brought, fetched)?;
        workspace.writer().transaction(|transaction| {
            last.before = read_last_pull(transaction)?.map(|pull| pull.at);
            put_project(transaction, fetched)?;
            put_places(transaction, fetched, &last.unseen)?;
            put_answers(transaction, fetched)?;
            let unseen = hidden(&brought.ending.unseen, !gathered.unlisted.is_empty());
            let found = differences(transaction, fetched, &unseen, brought.at)?;
            let changes = found.differences;
            last.entry = record(transaction, changes, &gathered.project, brought.at)?;
            put_raws(transaction, fetched, &found.rows)?;
            put_last_pull(transaction, &last)?;
            Ok(())
        })
    })
}

/// Makes what was brought the workspace at `path`, where nothing may be yet.
pub(super) fn make(path: &Path, link: &Link, brought: Brought) -> Result<(), DeedError> {
    let reader = brought.gathered.workspace.reader();
    let mut last = reader.read(|fetched| last_pull(&brought, fetched))?;
    let Gathered {
        workspace,
        filling,
        project,
        place,
        ..
    } = brought.gathered;
    workspace.writer().transaction(|transaction| {
        transaction.finish_filling(filling)?;
        put_link(transaction, link)?;
        // What came first changed nothing that anybody knew, so it is told without its things.
        let deed = deed(&project.name, &project.id, Vec::new());
        let entry = deed.record_pull(transaction, brought.at)?;
        last.entry = Some(entry.id.to_string());
        put_last_pull(transaction, &last)?;
        Ok::<_, DeedError>(())
    })?;
    // The last handle to go closes the file, so that it can be renamed.
    drop(workspace);
    let unfinished = place.file();
    // Nothing was waited for while it was filled.
    File::open(&unfinished)
        .and_then(|file| file.sync_all())
        .and_then(|()| {
            if path.exists() {
                Err(std::io::ErrorKind::AlreadyExists.into())
            } else {
                std::fs::rename(&unfinished, path)
            }
        })
        .map_err(|error| not_made(path, &error))
}

fn not_made(path: &Path, error: &std::io::Error) -> DeedError {
    let path = path.display();
    DeedError::Conflict {
        sentence: match error.kind() {
            std::io::ErrorKind::AlreadyExists => format!("there is a file at `{path}` already"),
            _ => format!("`{path}` cannot be written"),
        },
    }
}

fn put_project(transaction: &Transaction, fetched: &Snapshot) -> Result<(), StoreError> {
    if let Some(project) = fetched.project()? {
        transaction.put_project(&project)?;
    }
    match fetched.raw(RawOf::Project)? {
        Some(raw) => transaction.put_raw(RawOf::Project, &raw),
        None => Ok(()),
    }
}

/// Remembers the new answers and forgets what was not asked for any more.
fn put_answers(transaction: &Transaction, fetched: &Snapshot) -> Result<(), StoreError> {
    let asked: BTreeSet<String> = fetched.remembered_requests()?.into_iter().collect();
    for request in transaction.remembered_requests()? {
        if !asked.contains(&request) {
            transaction.forget_answer(&request)?;
        }
    }
    for request in asked {
        match fetched.remembered_etag(&request)?.as_deref() {
            // The one that is remembered already.
            None | Some("") => {}
            Some(etag) => {
                transaction.remember_answer(&request, etag, &fetched.remembered_body(&request)?)?;
            }
        }
    }
    Ok(())
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
        Difference::FolderGrant { before, after } => ThingChange {
            before: before.map(Thing::FolderGrant),
            after: after.map(Thing::FolderGrant),
        },
    }
}

/// How the pull went, but for its entry in the history and the pull before.
fn last_pull(brought: &Brought, fetched: &Snapshot) -> Result<LastPull, StoreError> {
    let Brought {
        gathered, ending, ..
    } = brought;
    let mut unseen = unseen(&ending.unseen);
    let mut notes = Vec::new();
    for renamed in &ending.renamed {
        notes.push(renamed_sentence(renamed, fetched)?);
    }
    let mut holders = BTreeSet::new();
    for role in &gathered.unlisted {
        notes.push(unlisted_sentence(role));
        holders.extend(holders_of(role, fetched)?);
    }
    let roles_are_unseen = unseen.iter().any(|unseen| unseen.kind == UnseenKind::Roles);
    if !gathered.unlisted.is_empty() && !roles_are_unseen {
        unseen.push(Unseen {
            kind: UnseenKind::Roles,
            of: u64::try_from(gathered.unlisted.len()).ok(),
            whom: holders,
            why: "the server does not list them".to_owned(),
            remedy: "Pull again. If it stays, look for them on the server.".to_owned(),
        });
    }
    unseen.extend(unknown_levels(&gathered.unknown_levels));
    Ok(LastPull {
        at: brought.at,
        before: None,
        entry: None,
        skew: brought.skew.offset,
        skew_margin: brought.skew.margin,
        unseen,
        notes,
        as_user: ending.seen_as_user,
        capabilities: brought.capabilities,
        requests: brought.requests,
        took: brought.took,
    })
}

fn renamed_sentence(renamed: &Renamed, fetched: &Snapshot) -> Result<String, StoreError> {
    let Renamed {
        member,
        slug,
        shown_as,
    } = renamed;
    let name = match fetched.member(member)? {
        Some(member) => member.name,
        None => member.to_string(),
    };
    Ok(format!(
        "`{name}` has several privileges called `{slug}` on the server; one is shown as `{shown_as}`"
    ))
}

fn unlisted_sentence(role: &Role) -> String {
    let slug = &role.slug;
    format!(
        "somebody has the role `{slug}`, which is not in the list of roles; its rules are not known"
    )
}

/// That nobody knows what the folder grants of some levels give.
fn unknown_levels(levels: &BTreeSet<(MemberId, String)>) -> Option<Unseen> {
    let words: BTreeSet<String> = levels.iter().map(|(_, word)| format!("`{word}`")).collect();
    let words: Vec<String> = words.into_iter().collect();
    (!levels.is_empty()).then(|| Unseen {
        kind: UnseenKind::FolderLevels,
        of: u64::try_from(levels.len()).ok(),
        whom: levels.iter().map(|(member, _)| member.clone()).collect(),
        why: format!(
            "the server gives {}, which Reeve does not know",
            words.join(", ")
        ),
        remedy: "The server may be newer than Reeve. Update Reeve.".to_owned(),
    })
}

/// Who has `role`, through groups also.
fn holders_of(role: &Role, snapshot: &Snapshot) -> Result<BTreeSet<MemberId>, StoreError> {
    let assignments = snapshot.assignments_of_role(&role.id)?;
    let mut holders: BTreeSet<MemberId> = assignments.into_iter().map(|one| one.member).collect();
    let direct: Vec<MemberId> = holders.iter().cloned().collect();
    let in_groups = snapshot.memberships_of(&direct)?;
    let through = in_groups
        .into_iter()
        .filter(|(group, _)| direct.contains(group))
        .map(|(_, member)| member);
    holders.extend(through);
    Ok(holders)
}
