//! Servers: connections, links, pulls and comparisons in the window's words.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use reeve_app::connection::{self as app, FetchError, Revoked, Standing};
use reeve_app::operation::{self, Ended, Operation, Step};
use reeve_app::pull::changes::{How, OneChange, PullChanges, What};
use reeve_app::pull::unseen::{Unseen, UnseenKind};
use reeve_app::pull::{LastPull, Link};
use reeve_app::secrets::{Secret, SecretsError};
use reeve_app::verify::{Comparison, Comparisons, Finding, Mismatch};
use reeve_domain::member::MemberKind;
use reeve_domain::project;

use super::common::{count, instant, kind};
use super::error::sentence;
use crate::dto::common::MemberRef;
use crate::dto::remote as dto;
use crate::dto::workspace::Semantics;

/// Of so many members that agree each is named.
const AGREEING_SHOWN: usize = 100;

/// A connection and how it stands.
pub fn connection(connection: &app::Connection, standing: Standing) -> dto::ConnectionView {
    let (method, client_id) = match &connection.method {
        app::Method::Universal { client_id } => {
            (dto::SignInMethod::UniversalAuth, Some(client_id.clone()))
        }
        app::Method::Browser => (dto::SignInMethod::Browser, None),
        app::Method::Token => (dto::SignInMethod::Token, None),
    };
    dto::ConnectionView {
        id: connection.id.clone(),
        name: connection.name.clone(),
        address: connection.address.clone(),
        certificate: connection
            .certificate
            .as_ref()
            .map(|path| path.display().to_string()),
        method,
        client_id,
        keeping: match connection.keeping {
            app::Keeping::Keyring => dto::Keeping::Keyring,
            app::Keeping::Session => dto::Keeping::Session,
        },
        who: connection.who.clone(),
        signed_in: standing == Standing::SignedIn,
        trouble: match standing {
            Standing::KeyringSilent(error) => Some(sentence(&error.to_string())),
            Standing::SignedIn | Standing::SignInNeeded => None,
        },
    }
}

/// Why secrets cannot be kept.
pub fn keyring_trouble(error: SecretsError) -> dto::Trouble {
    dto::Trouble {
        message: sentence(&error.to_string()),
        remedy: error.remedy().into(),
    }
}

/// A connection to make.
pub fn new_connection(draft: dto::ConnectionDraft) -> app::NewConnection {
    app::NewConnection {
        id: draft.id,
        name: draft.name,
        address: draft.address,
        certificate: draft
            .certificate
            .filter(|path| !path.trim().is_empty())
            .map(Into::into),
        keeping: match draft.keeping {
            dto::Keeping::Keyring => app::Keeping::Keyring,
            dto::Keeping::Session => app::Keeping::Session,
        },
    }
}

/// What proves who signs in.
pub fn proof(proof: dto::Proof) -> app::Proof {
    match proof {
        dto::Proof::UniversalAuth {
            client_id,
            client_secret,
        } => app::Proof::Universal {
            client_id,
            client_secret: Secret::new(client_secret),
        },
        dto::Proof::Token { token } => app::Proof::Token(Secret::new(token)),
        dto::Proof::Pasted { text } => app::Proof::Pasted(Secret::new(text)),
    }
}

/// What became of a sign-in.
pub fn signed_out(revoked: &Result<Revoked, FetchError>) -> dto::SignedOut {
    let (text, revoked) = match revoked {
        Ok(Revoked::Yes) => (
            "Signed out; the server has revoked the token.".to_owned(),
            true,
        ),
        Ok(Revoked::Already) => ("Signed out; the token had ended already.".to_owned(), true),
        Ok(Revoked::NotPossible) => (
            "Signed out here. This server cannot revoke the token; it ends by itself.".to_owned(),
            false,
        ),
        Err(error) => (
            format!("Signed out here, but the server was not told: {error}."),
            false,
        ),
    };
    dto::SignedOut {
        sentence: text,
        revoked,
    }
}

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
    }
}

/// The link of the open project.
pub fn link(
    link: &Link,
    last: Option<&LastPull>,
    connection: Option<&(app::Connection, Standing)>,
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
        unseen: pull.unseen.iter().map(unseen).collect(),
        notes: pull.notes.iter().map(|note| sentence(note)).collect(),
        as_user: pull.as_user,
        requests: count(pull.requests),
        took: u32::try_from(pull.took.num_milliseconds()).unwrap_or(u32::MAX),
    }
}

fn millis(span: TimeDelta) -> i32 {
    i32::try_from(span.num_milliseconds()).unwrap_or(i32::MAX)
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
    }
}

/// What the last pull changed.
pub fn pull_changes(changes: &PullChanges) -> dto::PullChangesView {
    dto::PullChangesView {
        at: instant(changes.pull.at - changes.pull.skew),
        summary: summary(changes),
        lines: changes.changed.iter().map(line).collect(),
    }
}

/// Counts by kind: `2 roles changed, 1 privilege given, 1 ended`.
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
    match changes.ended {
        0 => {}
        1 => parts.push("1 timed access ended".into()),
        number => parts.push(format!("{number} timed accesses ended")),
    }
    if parts.is_empty() {
        "Nothing changed on the server".into()
    } else {
        parts.join(", ")
    }
}

fn many(number: u64, what: What) -> String {
    let (one, several) = match what {
        What::Role => ("role", "roles"),
        What::Member => ("member", "members"),
        What::GroupMembership => ("group membership", "group memberships"),
        What::Assignment => ("role assignment", "role assignments"),
        What::Privilege => ("privilege", "privileges"),
    };
    format!("{number} {}", if number == 1 { one } else { several })
}

fn done(what: What, how: How) -> &'static str {
    match (what, how) {
        (What::Assignment | What::Privilege, How::Made) => "given",
        (_, How::Made) => "new",
        (_, How::Changed) => "changed",
        (What::Assignment | What::Privilege, How::Removed) => "taken away",
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
    };
    dto::ChangeLine {
        sentence: text,
        member: change.member.clone(),
        role: change.role.clone(),
    }
}

/// What the last comparison found.
pub fn comparisons(found: Option<&Comparisons>, skew: TimeDelta) -> dto::ComparisonList {
    let members = found
        .map(|found| found.members.as_slice())
        .unwrap_or_default();
    let mut by_rank: [Vec<&Comparison>; 3] = Default::default();
    for one in members {
        let [different, not_told, same] = &mut by_rank;
        match &one.finding {
            Finding::Different(_) => different.push(one),
            Finding::GroupsOnly { .. } | Finding::NotTold { .. } => not_told.push(one),
            Finding::Same { .. } => same.push(one),
        }
    }
    let [different, not_told, same] = by_rank;
    dto::ComparisonList {
        at: found.map(|found| instant(found.at - skew)),
        same: count(same.len() as u64),
        different: count(different.len() as u64),
        not_told: count(not_told.len() as u64),
        members: different
            .into_iter()
            .chain(not_told)
            .chain(same.into_iter().take(AGREEING_SHOWN))
            .map(comparison)
            .collect(),
    }
}

fn comparison(one: &Comparison) -> dto::ComparisonView {
    dto::ComparisonView {
        member: MemberRef {
            id: one.member.to_string(),
            kind: kind(one.kind),
            name: one.name.clone(),
        },
        finding: match &one.finding {
            Finding::Same { sources, rules } => dto::ComparisonFinding::Same {
                sources: count(*sources as u64),
                rules: count(*rules as u64),
            },
            Finding::Different(mismatches) => dto::ComparisonFinding::Different {
                mismatches: mismatches.iter().map(mismatch).collect(),
            },
            Finding::NotTold { why, remedy } => dto::ComparisonFinding::NotTold {
                why: sentence(why),
                remedy: remedy.clone(),
            },
            Finding::GroupsOnly { groups } => groups_only(groups),
        },
    }
}

fn groups_only(groups: &[String]) -> dto::ComparisonFinding {
    let names: Vec<String> = groups.iter().map(|name| format!("`{name}`")).collect();
    let (kind, them) = match names.as_slice() {
        [_] => ("group", "it"),
        _ => ("groups", "them"),
    };
    dto::ComparisonFinding::NotTold {
        why: format!(
            "In the project through the {kind} {} only.",
            names.join(", ")
        ),
        remedy: format!(
            "The server gives an account of direct members, and none of them is in {them}."
        ),
    }
}

/// One thing that the server and Reeve do not agree on.
pub fn mismatch(mismatch: &Mismatch) -> dto::MismatchView {
    let plain = |sentence: String| dto::MismatchView {
        sentence,
        only_on_server: Vec::new(),
        only_here: Vec::new(),
    };
    match mismatch {
        Mismatch::OnlyOnServer(source) => plain(format!(
            "The server counts the {} `{}`, which Reeve does not have",
            source.kind, source.name
        )),
        Mismatch::OnlyHere(source) => plain(format!(
            "Reeve counts the {} `{}`, which the server does not",
            source.kind, source.name
        )),
        Mismatch::OtherRules {
            source,
            only_on_server,
            only_here,
        } => dto::MismatchView {
            sentence: match source {
                Some(source) => format!("The {} `{}` has other rules", source.kind, source.name),
                None => "The rules as a whole, templates filled in, are not the same".into(),
            },
            only_on_server: only_on_server.clone(),
            only_here: only_here.clone(),
        },
        Mismatch::OtherEnd {
            source,
            on_server,
            here,
        } => {
            let words = |end: &Option<chrono::DateTime<chrono::Utc>>| {
                end.map_or_else(|| "never".to_owned(), instant)
            };
            plain(format!(
                "The {} `{}` ends at {} on the server and at {} here",
                source.kind,
                source.name,
                words(on_server),
                words(here)
            ))
        }
    }
}
