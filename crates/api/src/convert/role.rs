//! Roles and what is known about their rules.

use chrono::{DateTime, Utc};
use reeve_app::delete_role::RoleRemoval;
use reeve_app::list_roles::RoleSummary;
use reeve_app::open_role::{OpenRole, RoleHolder};
use reeve_app::review_role::{self as app, Doubt};
use reeve_app::role::{RoleNames, RoleWritten};
use reeve_app::save_role::RoleSaving;
use reeve_app::try_glob::{GlobTrial, NearMiss};
use reeve_domain::project::Semantics;
use reeve_domain::role::RoleKind;
use reeve_policy::decide::{Access, Cell};
use reeve_policy::validate::{Finding, PathPart, Severity};

use super::common::{count, instant, kind, standing};
use super::error::sentence;
use super::privilege::{reach, remarks};
use crate::dto::common::MemberRef;
use crate::dto::glob_trial::{
    GlobTrialView, NearMissView, SecretPlaceView, SecretTrialView, TriedText,
};
use crate::dto::role::{
    DeleteRoleAnswer, FindingCounts, RoleDetail, RoleDraftView, RoleFields, RoleHolderView,
    RoleRow, SaveRoleAnswer, WriteRoleAnswer,
};
use crate::dto::role_review::{
    CellAccess, CellView, DoubtView, FindingSeverity, FindingView, RoleReview,
};

/// A role in the list.
pub fn row(summary: &RoleSummary) -> RoleRow {
    let role = &summary.role;
    let found = |severity| count(summary.findings.get(&severity).copied().unwrap_or_default());
    RoleRow {
        id: role.id.to_string(),
        name: role.name.clone(),
        slug: role.slug.clone(),
        description: role.description.clone(),
        predefined: role.kind == RoleKind::Predefined,
        rules: summary.rules.map(count),
        members: count(summary.members),
        groups: count(summary.groups),
        timed: count(summary.timed.active),
        ended: count(summary.timed.ended),
        findings: FindingCounts {
            refused: found(Severity::Refused),
            dangerous: found(Severity::Dangerous),
            ineffective: found(Severity::Ineffective),
            surprising: found(Severity::Surprising),
        },
        has_draft: summary.has_draft,
    }
}

/// One role as it stands at `now`.
pub fn detail(open: &OpenRole, now: DateTime<Utc>) -> RoleDetail {
    let role = &open.role;
    RoleDetail {
        id: role.id.to_string(),
        name: role.name.clone(),
        slug: role.slug.clone(),
        description: role.description.clone(),
        predefined: role.kind == RoleKind::Predefined,
        rules: open.rules.clone(),
        revision: open.revision.clone(),
        order_matters: open.project.semantics == Semantics::LastMatch,
        holders: holders(&open.holders, now),
        members: count(open.members),
        groups: count(open.groups),
        draft: open.draft.as_ref().map(|draft| RoleDraftView {
            base: draft.base.clone(),
            rules: draft.rules.clone(),
            written: draft.written.clone(),
            steps: draft.steps.clone(),
            saved_at: instant(draft.saved_at),
        }),
    }
}

fn holders(holders: &[RoleHolder], now: DateTime<Utc>) -> Vec<RoleHolderView> {
    holders
        .iter()
        .map(|holder| RoleHolderView {
            member: MemberRef {
                id: holder.member.id.to_string(),
                kind: kind(holder.member.kind),
                name: holder.member.name.clone(),
            },
            standing: standing(&holder.lifetime, now),
        })
        .collect()
}

/// The fields of a role as the use cases take them.
pub fn names(fields: RoleFields) -> RoleNames {
    RoleNames {
        name: fields.name,
        slug: fields.slug,
        description: fields.description,
    }
}

/// How making or renaming a role went.
pub fn written(written: &RoleWritten) -> WriteRoleAnswer {
    match written {
        RoleWritten::Done { role, history } => WriteRoleAnswer::Done {
            role: role.id.to_string(),
            history: history.to_string(),
        },
        RoleWritten::Refused(problems) => WriteRoleAnswer::Refused {
            problems: remarks(problems),
        },
    }
}

/// How removing a role went.
pub fn removal(removal: &RoleRemoval, now: DateTime<Utc>) -> DeleteRoleAnswer {
    match removal {
        RoleRemoval::Removed {
            name,
            reassigned,
            history,
        } => DeleteRoleAnswer::Removed {
            sentence: match reassigned {
                0 => format!("Removed the role {name}"),
                1 => format!("Removed the role {name} and gave its holder another one"),
                many => format!("Removed the role {name} and gave its {many} holders another one"),
            },
            history: history.to_string(),
        },
        RoleRemoval::Held {
            holders: some,
            assignments,
        } => DeleteRoleAnswer::Held {
            holders: holders(some, now),
            assignments: count(*assignments),
        },
    }
}

/// How saving a role went.
pub fn saving(saving: RoleSaving) -> SaveRoleAnswer {
    match saving {
        RoleSaving::Saved { revision, history } => SaveRoleAnswer::Saved {
            revision,
            history: history.to_string(),
        },
        RoleSaving::Unchanged => SaveRoleAnswer::Unchanged,
        RoleSaving::Unreadable(error) => SaveRoleAnswer::Unreadable {
            message: sentence(&error.to_string()),
        },
        RoleSaving::Refused(findings) => SaveRoleAnswer::Refused {
            findings: findings.iter().map(finding).collect(),
        },
        RoleSaving::Overtaken { rules, revision } => SaveRoleAnswer::Overtaken { rules, revision },
    }
}

/// What is known about rules being edited.
pub fn review(review: &app::RoleReview) -> RoleReview {
    RoleReview {
        unreadable: review
            .unreadable
            .as_ref()
            .map(|error| sentence(&error.to_string())),
        cells: review.cells.iter().map(cell).collect(),
        findings: review.findings.iter().map(finding).collect(),
        doubts: review.doubts.iter().map(doubt).collect(),
        reaches: review.reaches.iter().map(reach).collect(),
    }
}

fn cell(cell: &Cell) -> CellView {
    CellView {
        subject: cell.subject.to_string(),
        action: cell.action.to_string(),
        access: match cell.access {
            Access::None => CellAccess::None,
            Access::Allow => CellAccess::Allow,
            Access::Conditional => CellAccess::Conditional,
            Access::Forbid => CellAccess::Forbid,
            Access::Mixed => CellAccess::Mixed,
            Access::Unknown => CellAccess::Unknown,
        },
    }
}

fn finding(finding: &Finding) -> FindingView {
    let (rule, within) = match finding.path.split_first() {
        Some((PathPart::Index(at), within)) => (Some(count(*at)), within),
        _ => (None, finding.path.as_slice()),
    };
    FindingView {
        severity: match finding.severity {
            Severity::Refused => FindingSeverity::Refused,
            Severity::Dangerous => FindingSeverity::Dangerous,
            Severity::Ineffective => FindingSeverity::Ineffective,
            Severity::Surprising => FindingSeverity::Surprising,
        },
        code: finding.code.to_owned(),
        rule,
        path: within
            .iter()
            .map(|part| match part {
                PathPart::Index(at) => at.to_string(),
                PathPart::Key(key) => key.to_string(),
            })
            .collect(),
        message: sentence(&finding.message),
        remedy: sentence(&finding.remedy),
    }
}

fn doubt(doubt: &Doubt) -> DoubtView {
    DoubtView {
        rule: count(doubt.rule),
        property: doubt.property.clone(),
        operator: doubt.operator.clone(),
        message: sentence(&doubt.message),
    }
}

/// What a pattern matches.
pub fn trial(trial: GlobTrial) -> GlobTrialView {
    let tried = |texts: Vec<(String, Option<bool>)>| {
        texts
            .into_iter()
            .map(|(text, matches)| TriedText { text, matches })
            .collect()
    };
    GlobTrialView {
        pattern: trial.pattern,
        folders: count(trial.folders),
        matching: count(trial.matching),
        matches: trial.matches,
        near_misses: near_misses(trial.near_misses),
        secrets: trial.secrets.map(|secrets| SecretTrialView {
            secrets: count(secrets.known),
            matching: count(secrets.matching),
            matches: secrets
                .matches
                .into_iter()
                .map(|secret| SecretPlaceView {
                    environment: secret.environment.as_str().to_owned(),
                    path: secret.path,
                    name: secret.name,
                })
                .collect(),
            near_misses: near_misses(secrets.near_misses),
        }),
        tried: tried(trial.tried),
        around: tried(trial.around),
        pitfalls: trial.pitfalls.iter().map(|text| sentence(text)).collect(),
        unknown: trial.unknown,
    }
}

fn near_misses(misses: Vec<NearMiss>) -> Vec<NearMissView> {
    misses
        .into_iter()
        .map(|miss| NearMissView {
            path: miss.path,
            why: miss.why,
        })
        .collect()
}
