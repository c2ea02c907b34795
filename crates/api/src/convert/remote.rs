//! Links, operations and pulls in the window's words.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use reeve_app::connection::{Connection, Standing};
use reeve_app::operation::{self, Ended, Operation, Step};
use reeve_app::pull::changes::{How, OneChange, OneEnd, PullChanges, What};
use reeve_app::pull::unseen::{Unseen, UnseenKind};
use reeve_app::pull::{LastPull, Link};
use reeve_domain::member::MemberKind;
use reeve_domain::project;

use super::common::{count, instant, kind};
use super::error::sentence;
use crate::dto::remote as dto;
use crate::dto::workspace::Semantics;

/// Of so many changes of a pull each is named; the history has all of them.
const CHANGES_SHOWN: usize = 200;

/// An operation as it stands.
pub fn operation(operation: &Operation) -> dto::RemoteOperation {
    dto::RemoteOperation {
        id: operation.id.clone(),
        work: match operation.work {
            operation::Work::Link => dto::Work::Link,
            operation::Work::Pull => dto::Work::Pull,
            operation::Work::Verify => dto::Work::Verify,
            operation::Work::SignIn => dto::Work::SignIn,
        },
        since: instant(operation.since),
        step: operation
            .step
            .map(|step| step_name(operation.work, step).to_owned()),
        steps: operation
            .steps
            .iter()
            .map(|(step, progress)| dto::RemoteStep {
                name: step_name(operation.work, *step).to_owned(),
                done: count(progress.done),
                total: progress.total.map(count),
            })
            .collect(),
        page: operation.page.clone(),
        ended: operation.ended.as_ref().map(|ended| match ended {
            Ended::Done => dto::EndedView::Done,
            Ended::Cancelled => dto::EndedView::Cancelled,
            Ended::Failed {
                message,
                remedy,
                retry,
                sign_in,
            } => dto::EndedView::Failed {
                message: sentence(message),
                remedy: remedy.clone(),
                retry: *retry,
                sign_in: *sign_in,
            },
        }),
    }
}

/// What a step does, in words.
pub fn step_name(work: operation::Work, step: Step) -> &'static str {
    match (work, step) {
        (operation::Work::Verify, _) => "Members compared",
        (_, Step::Project) => "Project",
        (_, Step::Folders) => "Folders",
        (_, Step::Tags) => "Tags",
        (_, Step::SecretNames) => "Secret names",
        (_, Step::Roles) => "Roles",
        (_, Step::Users) => "Users",
        (_, Step::Identities) => "Machine identities",
        (_, Step::Metadata) => "Metadata",
        (_, Step::Groups) => "Groups",
        (_, Step::Privileges) => "Privileges",
        (_, Step::Placing) => "Writing",
    }
}

/// The link of the open project.
pub fn link(
    link: &Link,
    last: Option<&LastPull>,
    connection: Option<&(Connection, Standing)>,
) -> dto::LinkView {
    let proposal = last.map(|last| last.capabilities.proposal());
    dto::LinkView {
        connection: link.connection.clone(),
        connection_name: connection.map(|(connection, _)| connection.name.clone()),
        signed_in: connection.is_some_and(|(_, standing)| *standing == Standing::SignedIn),
        address: link.address.clone(),
        secret_names: link.secret_names,
        every_minutes: link.every_minutes,
        proposed: proposal.map_or(Semantics::ForbidWins, |proposal| {
            semantics(proposal.semantics)
        }),
        proposed_because: match proposal {
            Some(proposal) if proposal.certain => {
                "The server knows paths that came after Forbids began to win.".into()
            }
            Some(_) => {
                "The server lacks every path that came after Forbids began to win, so it is \
                 likely older. It tells no version; if you know it is newer, choose so."
                    .into()
            }
            None => "The server was not asked yet.".into(),
        },
        chosen: link.chosen.map(semantics),
        last_pull: last.map(last_pull),
    }
}

fn semantics(semantics: project::Semantics) -> Semantics {
    match semantics {
        project::Semantics::ForbidWins => Semantics::ForbidWins,
        project::Semantics::LastMatch => Semantics::LastMatch,
    }
}

fn last_pull(pull: &LastPull) -> dto::LastPullView {
    dto::LastPullView {
        // The window counts ages on our clock.
        at: instant(pull.at - pull.skew),
        skew: millis(pull.skew),
        skew_margin: millis(pull.skew_margin),
        unseen: unseen_list(&pull.unseen),
        notes: pull.notes.iter().map(|note| sentence(note)).collect(),
        as_user: pull.as_user,
        requests: count(pull.requests),
        took: u32::try_from(pull.took.num_milliseconds()).unwrap_or(u32::MAX),
    }
}

fn millis(span: TimeDelta) -> i32 {
    i32::try_from(span.num_milliseconds()).unwrap_or(i32::MAX)
}

/// What could not be seen; what leaves answers open comes first.
fn unseen_list(list: &[Unseen]) -> Vec<dto::UnseenView> {
    let mut views: Vec<_> = list.iter().map(unseen).collect();
    views.sort_by_key(|view| view.clouds.is_empty());
    views
}

fn unseen(unseen: &Unseen) -> dto::UnseenView {
    let (what, consequence) = unseen_words(unseen.kind);
    dto::UnseenView {
        what: what.into(),
        of: unseen.of.map(count),
        why: sentence(&unseen.why),
        remedy: unseen.remedy.clone(),
        consequence: consequence.into(),
        clouds: [MemberKind::User, MemberKind::Identity, MemberKind::Group]
            .into_iter()
            .filter(|member| unseen.kind.clouds(*member))
            .map(kind)
            .collect(),
        whom: unseen.whom.iter().map(ToString::to_string).collect(),
    }
}

/// What could not be seen, for an answer that it leaves open.
pub fn unseen_parts(kinds: &[UnseenKind]) -> Vec<dto::UnseenPart> {
    let part = |kind: &UnseenKind| {
        let (what, consequence) = unseen_words(*kind);
        dto::UnseenPart {
            what: what.into(),
            consequence: consequence.into(),
        }
    };
    kinds.iter().map(part).collect()
}

/// What could not be seen, and what that means for answers.
pub fn unseen_words(kind: UnseenKind) -> (&'static str, &'static str) {
    match kind {
        UnseenKind::Folders => (
            "Folders",
            "Pickers offer fewer paths; answers are not affected.",
        ),
        UnseenKind::Tags => (
            "Tags",
            "Pickers offer fewer tags; answers are not affected.",
        ),
        UnseenKind::SecretNames => (
            "Names of secrets",
            "Pickers offer no names; answers are not affected.",
        ),
        UnseenKind::Users => ("Users", "Nothing can be said about users."),
        UnseenKind::Identities => (
            "Machine identities",
            "Nothing can be said about machine identities.",
        ),
        UnseenKind::UserMetadata => (
            "Metadata of users",
            "Rules with templates on metadata are unknown for these users.",
        ),
        UnseenKind::IdentityMetadata => (
            "Metadata of machine identities",
            "Rules with templates on metadata are unknown for these identities.",
        ),
        UnseenKind::Groups => (
            "Groups",
            "Answers about anyone may lack what a group gives.",
        ),
        UnseenKind::GroupMembers => (
            "Members of groups",
            "Answers about anyone may lack what a group gives.",
        ),
        UnseenKind::Roles => (
            "Rules of roles",
            "Answers about those who have them are unknown.",
        ),
        UnseenKind::EndedUserPrivileges => (
            "Privileges of users that have ended",
            "Active ones were read from the permission audit, so answers are not affected.",
        ),
        UnseenKind::UserPrivileges => (
            "Additional privileges of users",
            "Answers about users are unknown where a privilege could change them.",
        ),
        UnseenKind::IdentityPrivileges => (
            "Additional privileges of machine identities",
            "Answers about machine identities are unknown where a privilege could change them.",
        ),
        UnseenKind::FolderGrants => (
            "Folder access",
            "Nobody can be given any, so answers are not affected.",
        ),
        UnseenKind::EndedUserFolderGrants => (
            "Folder access of users that has ended",
            "Only active access could matter, so answers are not affected.",
        ),
        UnseenKind::UserFolderGrants => (
            "Folder access of users",
            "Answers about these users are unknown where it could change them.",
        ),
        UnseenKind::EndedIdentityFolderGrants => (
            "Folder access of machine identities that has ended",
            "Only active access could matter, so answers are not affected.",
        ),
        UnseenKind::IdentityFolderGrants => (
            "Folder access of machine identities",
            "Answers about these identities are unknown where it could change them.",
        ),
        UnseenKind::FolderLevels => (
            "Levels of folder access",
            "Answers about those who have it are unknown where it could change them.",
        ),
    }
}

/// What the last pull changed.
pub fn pull_changes(changes: &PullChanges) -> dto::PullChangesView {
    dto::PullChangesView {
        at: instant(changes.pull.at - changes.pull.skew),
        summary: summary(changes),
        lines: changes
            .changed
            .iter()
            .map(line)
            .chain(
                changes
                    .ended
                    .iter()
                    .map(|end| ended_line(end, changes.pull.skew)),
            )
            .take(CHANGES_SHOWN)
            .collect(),
        in_all: count(changes.changed.len() as u64 + changes.ended_in_all),
        entry: changes.pull.entry.clone(),
    }
}

/// Counts by kind: `2 roles changed, 1 privilege given, 1 role assignment ended`.
fn summary(changes: &PullChanges) -> String {
    if changes.first {
        return "This was the first pull; the next ones list here what changed".into();
    }
    let mut counts: BTreeMap<(What, How), u64> = BTreeMap::new();
    for change in &changes.changed {
        *counts.entry((change.what, change.how)).or_default() += 1;
    }
    let mut parts: Vec<String> = counts
        .into_iter()
        .map(|((what, how), number)| format!("{} {}", many(number, what), done(what, how)))
        .collect();
    parts.extend(ended(changes));
    if parts.is_empty() {
        "Nothing changed on the server".into()
    } else {
        parts.join(", ")
    }
}

/// What ended by itself, by kind: `1 role assignment ended`. Where not all of them are known by kind,
/// only how many there are.
fn ended(changes: &PullChanges) -> Vec<String> {
    if changes.ended_in_all > changes.ended.len() as u64 {
        return vec![format!(
            "{} role assignments, privileges and folder grants ended",
            changes.ended_in_all
        )];
    }
    [What::Assignment, What::Privilege, What::FolderGrant]
        .into_iter()
        .filter_map(|what| {
            let number = changes.ended.iter().filter(|one| one.what == what).count() as u64;
            (number > 0).then(|| format!("{} ended", many(number, what)))
        })
        .collect()
}

fn many(number: u64, what: What) -> String {
    let (one, several) = match what {
        What::Role => ("role", "roles"),
        What::Member => ("member", "members"),
        What::GroupMembership => ("group membership", "group memberships"),
        What::Assignment => ("role assignment", "role assignments"),
        What::Privilege => ("privilege", "privileges"),
        What::FolderGrant => ("folder grant", "folder grants"),
    };
    format!("{number} {}", if number == 1 { one } else { several })
}

fn done(what: What, how: How) -> &'static str {
    match (what, how) {
        (What::Assignment | What::Privilege | What::FolderGrant, How::Made) => "given",
        (_, How::Made) => "new",
        (_, How::Changed) => "changed",
        (What::Assignment | What::Privilege | What::FolderGrant, How::Removed) => "taken away",
        (_, How::Removed) => "removed",
    }
}

fn line(change: &OneChange) -> dto::ChangeLine {
    let title = &change.title;
    let of = change.of.as_deref().unwrap_or_default();
    let text = match (change.what, change.how) {
        (What::Role, How::Made) => format!("The role `{title}` is new"),
        (What::Role, How::Changed) => format!("The role `{title}` was changed"),
        (What::Role, How::Removed) => format!("The role `{title}` was removed"),
        (What::Member, How::Made) => format!("`{title}` is a member now"),
        (What::Member, How::Changed) => format!("`{title}` was changed"),
        (What::Member, How::Removed) => format!("`{title}` is no member any more"),
        (What::GroupMembership, How::Removed) => format!("`{of}` left the group `{title}`"),
        (What::GroupMembership, _) => format!("`{of}` is in the group `{title}` now"),
        (What::Assignment, How::Made) => format!("`{of}` was given the role `{title}`"),
        (What::Assignment, How::Changed) => {
            format!("`{of}` has the role `{title}` for another time")
        }
        (What::Assignment, How::Removed) => format!("The role `{title}` was taken from `{of}`"),
        (What::Privilege, How::Made) => format!("`{of}` was given the privilege `{title}`"),
        (What::Privilege, How::Changed) => {
            format!("The privilege `{title}` of `{of}` was changed")
        }
        (What::Privilege, How::Removed) => {
            format!("The privilege `{title}` was taken from `{of}`")
        }
        (What::FolderGrant, How::Made) => {
            format!("`{of}` was given access to the folder `{title}`")
        }
        (What::FolderGrant, How::Changed) => {
            format!("The access of `{of}` to the folder `{title}` was changed")
        }
        (What::FolderGrant, How::Removed) => {
            format!("The access to the folder `{title}` was taken from `{of}`")
        }
    };
    dto::ChangeLine {
        how: match change.how {
            How::Made => dto::ChangeKind::Made,
            How::Changed => dto::ChangeKind::Changed,
            How::Removed => dto::ChangeKind::Removed,
        },
        sentence: text,
        member: change.member.clone(),
        role: change.role.clone(),
        ended: None,
    }
}

fn ended_line(end: &OneEnd, skew: TimeDelta) -> dto::ChangeLine {
    let OneEnd { title, of, .. } = end;
    dto::ChangeLine {
        how: dto::ChangeKind::Ended,
        sentence: match end.what {
            What::Assignment => format!("The role `{title}` of `{of}` ended"),
            What::FolderGrant => format!("The access of `{of}` to the folder `{title}` ended"),
            _ => format!("The privilege `{title}` of `{of}` ended"),
        },
        member: Some(end.member.clone()),
        role: None,
        // As old as it is on our clock.
        ended: Some(instant(end.at - skew)),
    }
}
