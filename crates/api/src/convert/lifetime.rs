//! Changes of lifetimes.

use std::collections::{BTreeMap, BTreeSet};

use reeve_app::change_lifetime as app;
use reeve_app::journal::read_instant;
use reeve_domain::id::{AssignmentId, PrivilegeId};

use super::act::selection;
use super::common::{count, instant, member_ref, standing};
use super::error::sentence;
use super::history::done;
use super::privilege::remarks;
use crate::dto::lifetime::{
    ChangeLifetimeAnswer, ChangeLifetimeRequest, EndDraft, GrantRef, GrantsPassedOver, LifetimeAct,
    LifetimeOutcome, LifetimePreview, LifetimeRow, LifetimeTargets, SeenLifetimes,
};
use crate::dto::workspace::AccessKind;
use crate::error::ApiError;

/// How many grants a preview lists.
const ROWS: usize = 1000;

/// The request as the use case takes it, and the preview that was agreed to.
pub fn request(
    request: ChangeLifetimeRequest,
) -> Result<(app::LifetimeRequest, Option<app::Seen>), ApiError> {
    let seen = request.seen.map(|seen| -> Result<_, ApiError> {
        let at = read_instant(&seen.at)
            .ok_or_else(|| ApiError::bad_request("The instant of the preview cannot be read."))?;
        Ok(app::Seen {
            at,
            digest: seen.digest,
        })
    });
    let request = app::LifetimeRequest {
        targets: match request.targets {
            LifetimeTargets::Grants { grants } => {
                app::Targets::Grants(grants.into_iter().map(grant).collect())
            }
            LifetimeTargets::Members {
                selection: chosen,
                privileges,
                roles,
            } => app::Targets::Members {
                selection: selection(chosen),
                privileges,
                roles,
            },
        },
        act: act(request.act),
        reason: request.reason,
    };
    Ok((request, seen.transpose()?))
}

fn grant(grant: GrantRef) -> app::GrantRef {
    match grant.what {
        AccessKind::Role => app::GrantRef::Assignment(AssignmentId::from(grant.id)),
        AccessKind::Privilege => app::GrantRef::Privilege(PrivilegeId::from(grant.id)),
    }
}

fn act(act: LifetimeAct) -> app::LifetimeAct {
    match act {
        LifetimeAct::Extend { end } => app::LifetimeAct::Extend(new_end(end)),
        LifetimeAct::Shorten { end } => app::LifetimeAct::Shorten(new_end(end)),
        LifetimeAct::EndNow => app::LifetimeAct::EndNow,
        LifetimeAct::Restart { range } => app::LifetimeAct::Restart(range),
        LifetimeAct::Renew { range } => app::LifetimeAct::Renew(range),
        LifetimeAct::MakePermanent => app::LifetimeAct::MakePermanent,
        LifetimeAct::Remove => app::LifetimeAct::Remove,
    }
}

fn new_end(end: EndDraft) -> app::EndDraft {
    match end {
        EndDraft::By { range } => app::EndDraft::By(range),
        EndDraft::In { range } => app::EndDraft::In(range),
        EndDraft::At { end } => app::EndDraft::At(end),
    }
}

/// How a change went, as it travels.
pub fn answer(answer: &app::LifetimeAnswer) -> ChangeLifetimeAnswer {
    match answer {
        app::LifetimeAnswer::Done { entry, preview: it } => ChangeLifetimeAnswer::Done {
            done: done(entry),
            preview: preview(it),
        },
        app::LifetimeAnswer::Nothing(it) => ChangeLifetimeAnswer::Nothing {
            preview: preview(it),
        },
        app::LifetimeAnswer::Moved(it) => ChangeLifetimeAnswer::Moved {
            preview: preview(it),
        },
    }
}

/// A preview as it travels.
pub fn preview(preview: &app::LifetimePreview) -> LifetimePreview {
    let (stay, change): (Vec<_>, Vec<_>) = preview
        .rows
        .iter()
        .partition(|row| matches!(row.outcome, app::LifetimeOutcome::PassedOver(_)));
    let mut reasons: BTreeMap<app::WhyNot, usize> = BTreeMap::new();
    for row in &stay {
        if let app::LifetimeOutcome::PassedOver(why) = row.outcome {
            *reasons.entry(why).or_default() += 1;
        }
    }
    let members: BTreeSet<_> = change.iter().map(|row| &row.member.id).collect();
    LifetimePreview {
        seen: SeenLifetimes {
            at: instant(preview.seen.at),
            digest: preview.seen.digest.clone(),
        },
        problems: remarks(&preview.problems),
        changed: count(change.len()),
        members: count(members.len()),
        passed_over: reasons
            .into_iter()
            .map(|(why, number)| GrantsPassedOver {
                reason: sentence(&why.to_string()),
                count: count(number),
            })
            .collect(),
        gone: count(preview.gone),
        rows: change
            .into_iter()
            .chain(stay)
            .take(ROWS)
            .map(|row| row_view(row, preview))
            .collect(),
    }
}

fn row_view(row: &app::LifetimeRow, preview: &app::LifetimePreview) -> LifetimeRow {
    let at = preview.seen.at;
    let (what, id) = match &row.grant {
        app::GrantRef::Privilege(id) => (AccessKind::Privilege, id.to_string()),
        app::GrantRef::Assignment(id) => (AccessKind::Role, id.to_string()),
    };
    LifetimeRow {
        grant: GrantRef { what, id },
        member: member_ref(&row.member),
        title: row.title.clone(),
        before: standing(&row.before, at),
        outcome: match &row.outcome {
            app::LifetimeOutcome::Changed(after) => LifetimeOutcome::Changed {
                after: standing(after, at),
            },
            app::LifetimeOutcome::Removed => LifetimeOutcome::Removed,
            app::LifetimeOutcome::PassedOver(why) => LifetimeOutcome::PassedOver {
                reason: sentence(&why.to_string()),
            },
        },
    }
}
