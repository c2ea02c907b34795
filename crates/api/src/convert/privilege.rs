//! Additional privileges and their drafts.

use chrono::{DateTime, Utc};
use reeve_app::edit_privilege::Editing;
use reeve_app::journal::read_instant;
use reeve_app::open_privilege::OpenedPrivilege;
use reeve_app::preview_privilege as app;
use reeve_app::privilege_effect::PrivilegeEffect;
use reeve_app::role_effect::words;
use reeve_domain::condition::{Operator, Property};
use reeve_domain::id::{MemberId, PrivilegeId, ScheduledId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::read::rules_to_text;

use super::common::{count, instant, member_ref, standing};
use super::error::sentence;
use super::history::entry_sentence;
use super::role_effect::{changes, limits};
use super::rule::rule_view;
use crate::dto::common::FieldProblem;
use crate::dto::privilege::{
    self as dto, ConditionDraft, DurationDraft, EditPrivilegeAnswer, EditedRef, EffectEnding,
    FolderReach, PolicyDraft, PrivilegeDraft, PrivilegeEffectView, PrivilegePreview, PrivilegeView,
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
        managed: privilege.managed,
        revision: app::privilege_revision(privilege),
        created_at: instant(privilege.created_at),
    }
}

/// A draft as the use cases take it.
pub fn draft(draft: PrivilegeDraft) -> app::PrivilegeDraft {
    app::PrivilegeDraft {
        member: draft.member.map(MemberId::from),
        slug: draft.slug,
        start: draft.start,
        duration: duration(draft.duration),
        policies: draft.policies.into_iter().map(policy).collect(),
        reason: draft.reason,
        ticket: draft.ticket,
        shown_at: draft.shown_at.as_deref().and_then(read_instant),
        edited: draft.edited.map(|edited| app::EditedGrant {
            grant: edited_ref(edited.grant),
            revision: edited.revision,
        }),
    }
}

/// What is being edited.
pub fn edited_ref(named: EditedRef) -> app::EditedRef {
    match named {
        EditedRef::Privilege { id } => app::EditedRef::Privilege(PrivilegeId::from(id)),
        EditedRef::Scheduled { id } => app::EditedRef::Scheduled(ScheduledId::from(id)),
    }
}

/// A duration as the use cases take it.
pub fn duration(duration: DurationDraft) -> app::DurationDraft {
    match duration {
        DurationDraft::Kept => app::DurationDraft::Kept,
        DurationDraft::Permanent => app::DurationDraft::Permanent,
        DurationDraft::Timed { range } => app::DurationDraft::Timed(range),
        DurationDraft::Until { end } => app::DurationDraft::Until(end),
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
        written: policy.written,
        kept: policy.kept,
    }
}

/// A privilege for the editor.
pub fn opened(opened: &OpenedPrivilege, catalogue: &Catalogue) -> dto::OpenedPrivilege {
    dto::OpenedPrivilege {
        member: member_ref(&opened.member),
        slug: opened.slug.clone(),
        starts_at: opened.start.map(instant),
        standing: standing(&opened.lifetime, opened.at),
        policies: opened
            .policies
            .iter()
            .map(|(loaded, rule)| opened_policy(loaded, rule, catalogue))
            .collect(),
        reason: opened.reason.clone(),
        ticket: opened.ticket.clone(),
        managed: opened.managed,
        revision: opened.revision.clone(),
    }
}

fn opened_policy(
    loaded: &app::LoadedPolicy,
    rule: &Rule,
    catalogue: &Catalogue,
) -> dto::OpenedPolicy {
    dto::OpenedPolicy {
        policy: policy_view(&loaded.draft),
        kept_because: loaded.kept_because.as_deref().map(sentence),
        rule: rule_view(rule, catalogue),
    }
}

/// Rules as policies for the editor; none for a text that holds no rules.
pub fn opened_policies(
    rules: &str,
    edition: reeve_domain::project::CatalogueEdition,
    catalogue: &Catalogue,
) -> Vec<dto::OpenedPolicy> {
    let rules = reeve_policy::read::rules_from_text(rules).map(|(rules, _)| rules);
    rules
        .unwrap_or_default()
        .iter()
        .map(|rule| opened_policy(&app::load_policy(rule, edition), rule, catalogue))
        .collect()
}

fn policy_view(policy: &app::PolicyDraft) -> PolicyDraft {
    PolicyDraft {
        subject: policy.subject.to_string(),
        actions: policy.actions.iter().map(ToString::to_string).collect(),
        inverted: policy.effect == Effect::Forbid,
        conditions: policy
            .conditions
            .iter()
            .map(|condition| ConditionDraft {
                property: condition.property.to_string(),
                operator: condition.operator.as_wire().to_owned(),
                values: condition.values.clone(),
            })
            .collect(),
        written: policy.written.clone(),
        kept: policy.kept,
    }
}

/// What a privilege would mean, as it travels.
pub fn effect(effect: &PrivilegeEffect) -> PrivilegeEffectView {
    let shown = |difference| changes(difference, effect.edition, usize::MAX);
    PrivilegeEffectView {
        verdict: sentence(&words::verdict_of(&effect.beginning)),
        changes: shown(&effect.beginning),
        ending: effect.ending.as_ref().map(|ending| EffectEnding {
            at: instant(ending.at),
            changes: shown(&ending.difference),
        }),
        limits: limits(&effect.beginning.exhaustive),
    }
}

/// How an edit went, as it travels.
pub fn editing(editing: &Editing, catalogue: &Catalogue) -> EditPrivilegeAnswer {
    match editing {
        Editing::Saved(entry) => EditPrivilegeAnswer::Saved {
            sentence: entry_sentence(entry),
            history: entry.id.to_string(),
        },
        Editing::Unchanged => EditPrivilegeAnswer::Unchanged,
        Editing::Refused(problems) => EditPrivilegeAnswer::Refused {
            problems: remarks(problems),
        },
        Editing::Overtaken(now) => EditPrivilegeAnswer::Overtaken {
            now: Box::new(opened(now, catalogue)),
        },
    }
}

/// A preview as it travels.
pub fn preview(preview: &app::PrivilegePreview, catalogue: &Catalogue) -> PrivilegePreview {
    let ends_at = preview.lifetime.as_ref().and_then(Lifetime::end);
    PrivilegePreview {
        problems: remarks(&preview.problems),
        warnings: remarks(&preview.warnings),
        slug: preview.slug.clone(),
        starts_at: preview.start.map(instant),
        ends_at: ends_at.map(instant),
        counted_from: instant(preview.counted_from),
        overtaken: preview.overtaken,
        rules: preview
            .rules
            .iter()
            .map(|rule| rule_view(rule, catalogue))
            .collect(),
        written: rules_to_text(&preview.rules),
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
