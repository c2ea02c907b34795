//! Grants that begin later.

use reeve_app::scheduled as app;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::scheduled::{self as domain, ScheduledObject};
use reeve_policy::catalogue::Catalogue;

use super::common::{instant, member_ref};
use super::error::sentence;
use super::history::entry_sentence;
use super::privilege::{duration, remarks};
use super::rule::rule_view;
use crate::dto::scheduled::{
    ScheduleRoleAnswer, ScheduleRoleRequest, ScheduledStanding, ScheduledView,
};
use crate::dto::workspace::AccessKind;

/// A scheduled grant as it travels.
pub fn scheduled_view(entry: &app::ScheduledEntry, catalogue: &Catalogue) -> ScheduledView {
    let grant = &entry.grant;
    ScheduledView {
        id: grant.id.to_string(),
        member: member_ref(&entry.member),
        what: match grant.what {
            ScheduledObject::Privilege { .. } => AccessKind::Privilege,
            ScheduledObject::Role(_) => AccessKind::Role,
        },
        title: entry.title.clone(),
        starts_at: instant(grant.start),
        ends_at: grant.lifetime.end().map(instant),
        range: match &grant.lifetime {
            Lifetime::Permanent => None,
            Lifetime::Timed(timed) => timed.range.clone(),
        },
        standing: match entry.standing {
            domain::ScheduledStanding::Waiting => ScheduledStanding::Waiting,
            domain::ScheduledStanding::Late => ScheduledStanding::Late,
            domain::ScheduledStanding::Missed => ScheduledStanding::Missed,
        },
        trouble: grant.trouble.as_deref().map(sentence),
        rules: entry
            .rules
            .iter()
            .map(|rule| rule_view(rule, catalogue))
            .collect(),
        reason: grant.reason.clone(),
        ticket: grant.ticket.clone(),
    }
}

/// A role to be scheduled, as the use case takes it.
pub fn role(request: ScheduleRoleRequest) -> app::RoleSchedule {
    app::RoleSchedule {
        member: MemberId::from(request.member),
        role: RoleId::from(request.role),
        start: request.start,
        duration: duration(request.duration),
        reason: request.reason,
    }
}

/// How scheduling a role went, as it travels.
pub fn role_answer(scheduling: &app::RoleScheduling) -> ScheduleRoleAnswer {
    match scheduling {
        app::RoleScheduling::Scheduled(entry) => ScheduleRoleAnswer::Scheduled {
            sentence: entry_sentence(entry),
            history: entry.id.to_string(),
        },
        app::RoleScheduling::Refused(problems) => ScheduleRoleAnswer::Refused {
            problems: remarks(problems),
        },
    }
}
