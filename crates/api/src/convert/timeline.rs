//! Bars and what their ends mean, in words.

use chrono::{DateTime, Utc};
use reeve_app::journal::read_instant;
use reeve_app::timeline::{
    self as app, Bar, BarObject, BarPage, Effect, End, EndEffect, RoleRef, TimelineQuery,
};
use reeve_domain::id::MemberId;

use super::common::{count, instant, kind, member_kind, tier_name};
use super::error::sentence;
use super::role_effect::change;
use crate::dto::common::MemberRef;
use crate::dto::timeline::{
    BarKind, BarView, BarWhat, EffectKind, EndEffectView, EndRef, ExpiringPage, ExpiringRequest,
    ExpiringRow, TimelinePage, TimelineRequest,
};
use crate::error::ApiError;

/// The longest slice.
const LONGEST: u32 = 500;

/// How many ends one answer may tell of.
const EXPIRING: usize = 400;

/// What a request asks for.
pub fn query(request: &TimelineRequest) -> Result<TimelineQuery, ApiError> {
    Ok(TimelineQuery {
        from: read(&request.from)?,
        to: read(&request.to)?,
        ends_within: false,
        kind: request.kind.map(bar_kind),
        offset: request.offset as usize,
        limit: request.limit.min(LONGEST) as usize,
    })
}

/// What a request asks for.
pub fn expiring_query(request: &ExpiringRequest) -> Result<TimelineQuery, ApiError> {
    Ok(TimelineQuery {
        from: read(&request.from)?,
        to: read(&request.to)?,
        ends_within: true,
        kind: request.kind.map(bar_kind),
        offset: request.offset as usize,
        limit: EXPIRING,
    })
}

/// The ends that are asked about.
pub fn ends(ends: Vec<EndRef>) -> Result<Vec<End>, ApiError> {
    ends.into_iter()
        .map(|end| {
            Ok(End {
                kind: member_kind(end.kind),
                end: read(&end.end)?,
                member: MemberId::from(end.member),
            })
        })
        .collect()
}

fn read(text: &str) -> Result<DateTime<Utc>, ApiError> {
    read_instant(text).ok_or_else(|| ApiError::bad_request(&format!("`{text}` is not an instant")))
}

fn bar_kind(kind: BarKind) -> app::BarKind {
    match kind {
        BarKind::Role => app::BarKind::Assignment,
        BarKind::Privilege => app::BarKind::Privilege,
        BarKind::FolderGrant => app::BarKind::FolderGrant,
        BarKind::Scheduled => app::BarKind::Scheduled,
    }
}

/// A slice as it travels.
pub fn page(page: &BarPage) -> TimelinePage {
    TimelinePage {
        rows: page.bars.iter().map(bar_view).collect(),
        total: count(page.total.count),
        total_is_exact: page.total.exact,
    }
}

/// What ends, as far as it was looked into.
pub fn expiring(page: &app::ExpiringPage) -> ExpiringPage {
    ExpiringPage {
        rows: page
            .bars
            .iter()
            .map(|(bar, end)| ExpiringRow {
                bar: bar_view(bar),
                effect: effect(end),
            })
            .collect(),
        total: count(page.total),
        next: page.next.map(count),
    }
}

fn bar_view(bar: &Bar) -> BarView {
    let of_role = |role: &RoleRef| (role.slug.clone(), role.name.clone());
    let of_privilege = |slug: &String| (slug.clone(), slug.clone());
    let (what, id, (slug, title)) = match &bar.what {
        BarObject::Assignment { id, role } => (BarWhat::Role, id.to_string(), of_role(role)),
        BarObject::Privilege { id, slug } => {
            (BarWhat::Privilege, id.to_string(), of_privilege(slug))
        }
        BarObject::FolderGrant {
            id,
            environment,
            path,
            tier,
        } => {
            let title = format!("{environment}:{path}");
            (
                BarWhat::FolderGrant,
                id.to_string(),
                (tier_name(tier), title),
            )
        }
        BarObject::ScheduledRole { id, role } => {
            (BarWhat::ScheduledRole, id.to_string(), of_role(role))
        }
        BarObject::ScheduledPrivilege { id, slug } => (
            BarWhat::ScheduledPrivilege,
            id.to_string(),
            of_privilege(slug),
        ),
    };
    BarView {
        id,
        what,
        member: MemberRef {
            id: bar.member.id.to_string(),
            kind: kind(bar.member.kind),
            name: bar.member.name.clone(),
        },
        slug,
        title,
        start: bar.start.map(instant),
        end: bar.end.map(instant),
    }
}

/// What an end means, in words.
pub fn effect(end: &EndEffect) -> EndEffectView {
    let worst = &end.worst;
    EndEffectView {
        effect: match worst.effect {
            Effect::Nothing => EffectKind::Nothing,
            Effect::Unsure => EffectKind::Unsure,
            Effect::Loses => EffectKind::Loses,
            Effect::Gains => EffectKind::Gains,
            Effect::LosesAndGains => EffectKind::LosesAndGains,
            Effect::LosesEverything => EffectKind::LosesEverything,
        },
        weight: worst.weight(),
        sentence: worst.sentence.clone(),
        lost: worst
            .lost
            .iter()
            .map(|one| change(one, worst.edition))
            .collect(),
        lost_count: count(worst.lost_count),
        gained: worst
            .gained
            .iter()
            .map(|one| change(one, worst.edition))
            .collect(),
        gained_count: count(worst.gained_count),
        doubt: worst.doubt.as_deref().map(sentence),
        affected: count(end.affected),
        looked_at: count(end.looked_at),
        has_more: end.has_more,
        together: count(end.together),
    }
}
