//! Additional privileges and their drafts.

use chrono::{DateTime, Utc};
use reeve_app::preview_privilege as app;
use reeve_domain::condition::{Operator, Property};
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_policy::catalogue::Catalogue;

use super::common::{count, instant, standing};
use super::error::sentence;
use super::rule::rule_view;
use crate::dto::common::FieldProblem;
use crate::dto::privilege::{
    DurationDraft, FolderReach, PolicyDraft, PrivilegeDraft, PrivilegePreview, PrivilegeView,
};

/// `privilege` with `rules`, which were read from it, as it stands at `now`.
pub fn privilege_view(
    privilege: &AdditionalPrivilege,
    rules: &[Rule],
    catalogue: &Catalogue,
    now: DateTime<Utc>,
) -> PrivilegeView {
    PrivilegeView {
        id: privilege.id.to_string(),
        slug: privilege.slug.clone(),
        standing: standing(&privilege.lifetime, now),
        rules: rules
            .iter()
            .map(|rule| rule_view(rule, catalogue))
            .collect(),
        reason: privilege.reason.clone(),
        ticket: privilege.ticket.clone(),
        created_at: instant(privilege.created_at),
    }
}

/// A draft as the use cases take it.
pub fn draft(draft: PrivilegeDraft) -> app::PrivilegeDraft {
    app::PrivilegeDraft {
        member: MemberId::from(draft.member),
        slug: draft.slug,
        duration: duration(draft.duration),
        policies: draft.policies.into_iter().map(policy).collect(),
        reason: draft.reason,
        ticket: draft.ticket,
    }
}

/// A duration as the use cases take it.
pub fn duration(duration: DurationDraft) -> app::DurationDraft {
    match duration {
        DurationDraft::Permanent => app::DurationDraft::Permanent,
        DurationDraft::Timed { range } => app::DurationDraft::Timed(range),
    }
}

fn policy(policy: PolicyDraft) -> app::PolicyDraft {
    app::PolicyDraft {
        subject: Subject::from(policy.subject),
        actions: policy.actions.into_iter().map(Action::from).collect(),
        effect: if policy.inverted {
            Effect::Forbid
        } else {
            Effect::Allow
        },
        conditions: policy
            .conditions
            .into_iter()
            .map(|condition| app::ConditionDraft {
                property: Property::from(condition.property),
                operator: Operator::from_wire(&condition.operator),
                values: condition.values,
            })
            .collect(),
    }
}

/// A preview as it travels.
pub fn preview(preview: &app::PrivilegePreview, catalogue: &Catalogue) -> PrivilegePreview {
    let ends_at = preview.lifetime.as_ref().and_then(Lifetime::end);
    PrivilegePreview {
        problems: remarks(&preview.problems),
        warnings: remarks(&preview.warnings),
        slug: preview.slug.clone(),
        ends_at: ends_at.map(instant),
        rules: preview
            .rules
            .iter()
            .map(|rule| rule_view(rule, catalogue))
            .collect(),
        reaches: preview.reaches.iter().map(reach).collect(),
    }
}

/// Remarks as field problems, as sentences.
pub fn remarks(remarks: &[app::Remark]) -> Vec<FieldProblem> {
    remarks
        .iter()
        .map(|remark| FieldProblem {
            field: remark.field.clone(),
            message: sentence(&remark.message),
        })
        .collect()
}

/// Which folders a pattern covers.
pub fn reach(reach: &app::FolderReach) -> FolderReach {
    FolderReach {
        field: reach.field.clone(),
        folders: count(reach.folders),
        matching: count(reach.matching),
        examples: reach.examples.clone(),
        near_misses: reach.near_misses.clone(),
        unknown: reach.unknown.clone(),
    }
}
