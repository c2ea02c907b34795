//! `reeve pull`.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use reeve_app::pull::changes::{How, OneChange, OneEnd, What};
use reeve_app::pull::{Extent, LastPull, NewLink};
use reeve_app::reeve::Reeve;
use reeve_app::workspace::Status;
use serde_json::{Value, json};

use super::{Reached, linked_to, open, reach};
use crate::Ending;
use crate::args::Pull;
use crate::error::{CliError, lower};

/// Pulls into the workspace that `arguments` name.
pub fn run(arguments: &Pull) -> Result<Ending, CliError> {
    let exists = arguments.workspace.exists();
    let address = if exists {
        Some(linked_to(&arguments.workspace)?)
    } else {
        None
    };
    let reached = reach(&arguments.reach, address.as_deref())?;
    let outcome = pull(&reached, arguments, exists);
    reached.leave();
    outcome?;
    report(&reached.reeve, &arguments.workspace, arguments.json)
}

fn pull(reached: &Reached, arguments: &Pull, exists: bool) -> Result<(), CliError> {
    let quiet = Arc::new(|_| {});
    if exists {
        open(&reached.reeve, &arguments.workspace)?;
        let extent = if arguments.everything {
            Extent::Everything
        } else {
            Extent::Changed
        };
        return reached.reeve.pull(extent, quiet).map_err(CliError::Server);
    }
    let missing = |what: &str| CliError::Argument(format!("a new workspace needs {what}"));
    let new = NewLink {
        connection: reached
            .connection
            .clone()
            .ok_or_else(|| missing("`--connection`, or credentials in the environment"))?,
        project: arguments
            .project
            .clone()
            .ok_or_else(|| missing("`--project`, the id of the project on the server"))?,
        path: Some(arguments.workspace.clone()),
        secret_names: !arguments.no_secret_names,
    };
    reached
        .reeve
        .link_project(&new, quiet)
        .map(|_| ())
        .map_err(CliError::Server)
}

fn report(reeve: &Reeve, file: &Path, as_json: bool) -> Result<Ending, CliError> {
    let changes = reeve.pull_changes().map_err(CliError::Deed)?;
    let Some(changes) = changes else {
        return Err(CliError::Argument("the pull left no trace".into()));
    };
    let Status::Open {
        project, counts, ..
    } = reeve.status().map_err(CliError::Deed)?
    else {
        return Err(CliError::Argument("the workspace is not open".into()));
    };
    let pull = &changes.pull;
    let mut out = std::io::stdout().lock();
    if as_json {
        let answer = json!({
            "workspace": file.to_string_lossy(),
            "project": {"id": project.id.as_str(), "name": project.name},
            "at": pull.at.to_rfc3339(),
            "requests": pull.requests,
            "milliseconds": pull.took.num_milliseconds(),
            "clockSkewMilliseconds": pull.skew.num_milliseconds(),
            "counts": {"users": counts.users, "identities": counts.identities,
                       "groups": counts.groups, "roles": counts.roles},
            "first": changes.first,
            "changes": changes.changed.iter().map(change).collect::<Vec<_>>(),
            "ended": changes.ended.iter().map(ended).collect::<Vec<_>>(),
            "endedInAll": changes.ended_in_all,
            "unseen": unseen(pull),
            "notes": pull.notes,
        });
        writeln!(out, "{answer}")?;
    } else {
        writeln!(
            out,
            "{}: {}, {}, {}, {} ({})",
            project.name,
            counted(counts.users, "user"),
            counted(counts.identities, "machine identity"),
            counted(counts.groups, "group"),
            counted(counts.roles, "role"),
            counted(pull.requests, "request"),
        )?;
        for one in &changes.changed {
            let of = one
                .of
                .as_deref()
                .map(|of| format!(" of {of}"))
                .unwrap_or_default();
            writeln!(out, "{} {} {}{of}", how(one.how), what(one.what), one.title)?;
        }
        for one in &changes.ended {
            writeln!(out, "ended {} {} of {}", what(one.what), one.title, one.of)?;
        }
        let rest = changes.ended_in_all - changes.ended.len() as u64;
        if rest > 0 {
            writeln!(out, "ended {rest} more")?;
        }
        if !changes.first && changes.changed.is_empty() && changes.ended.is_empty() {
            writeln!(out, "nothing changed on the server")?;
        }
        for unseen in &pull.unseen {
            let (what, remedy) = (spaced(unseen.kind.word()), lower(&unseen.remedy));
            writeln!(out, "not seen: {what}: {}; {remedy}", unseen.why)?;
        }
        for note in &pull.notes {
            writeln!(out, "note: {note}")?;
        }
    }
    Ok(if pull.unseen.is_empty() {
        Ending::Yes
    } else {
        Ending::No
    })
}

/// "1 group", "3 machine identities".
fn counted(count: u64, one: &str) -> String {
    match (count, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {one}s"),
    }
}

/// "userMetadata" as people write it: "user metadata".
fn spaced(word: &str) -> String {
    word.chars()
        .flat_map(|letter| {
            let gap = letter.is_uppercase().then_some(' ');
            gap.into_iter().chain(letter.to_lowercase())
        })
        .collect()
}

fn unseen(pull: &LastPull) -> Vec<Value> {
    pull.unseen
        .iter()
        .map(|unseen| {
            json!({"what": unseen.kind.word(), "of": unseen.of, "why": unseen.why,
                             "remedy": unseen.remedy})
        })
        .collect()
}

fn change(change: &OneChange) -> Value {
    json!({"what": what(change.what), "how": how(change.how), "title": change.title,
           "of": change.of})
}

fn ended(end: &OneEnd) -> Value {
    json!({"what": what(end.what), "title": end.title, "of": end.of, "at": end.at.to_rfc3339()})
}

fn what(what: What) -> &'static str {
    match what {
        What::Role => "role",
        What::Member => "member",
        What::GroupMembership => "group membership",
        What::Assignment => "role assignment",
        What::Privilege => "privilege",
        What::FolderGrant => "folder grant",
    }
}

fn how(how: How) -> &'static str {
    match how {
        How::Made => "new",
        How::Changed => "changed",
        How::Removed => "removed",
    }
}
