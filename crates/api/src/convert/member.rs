//! Members, as the list and the detail page show them.

use chrono::{DateTime, TimeDelta, Utc};
use reeve_app::find;
use reeve_app::list_members as app;
use reeve_app::member_access::{self, MemberAccess};
use reeve_app::overview::{Ending, EndingObject};
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::lifetime::{Lifetime, Standing};
use reeve_domain::member::MemberKind;
use reeve_domain::role::RoleKind;
use reeve_policy::assemble::FolderTier;
use reeve_policy::catalogue::Catalogue;

use super::common::{count, instant, kind, member_kind, standing, tier_name};
use super::error::sentence;
use super::privilege::privilege_view;
use super::scheduled::scheduled_view;
use crate::dto::common::MemberRef;
use crate::dto::member::{
    ExpiryFilter, FolderGrantView, ListMembersRequest, MemberDetail, MemberFact, MemberFilter,
    MemberPage, MemberRow, MemberSort, MetadataEntry, RoleAssignmentView, RoleChip,
};
use crate::dto::search::{FindAnswer, FoundFolder, FoundMember};
use crate::dto::workspace::{EndingAccess, EndingKind};

/// The longest slice of the list.
const LONGEST_SLICE: u32 = 500;

/// What a request asks the list for.
pub fn query(request: ListMembersRequest, now: DateTime<Utc>) -> app::MemberQuery {
    app::MemberQuery {
        filter: filter(request.filter),
        sort: match request.sort {
            MemberSort::Relevance => app::MemberSort::Relevance,
            MemberSort::Name => app::MemberSort::Name,
            MemberSort::Kind => app::MemberSort::Kind,
            MemberSort::Privileges => app::MemberSort::Privileges,
            MemberSort::NextEnd => app::MemberSort::NextEnd,
            MemberSort::Roles => app::MemberSort::Roles,
            MemberSort::Groups => app::MemberSort::Groups,
        },
        direction: if request.descending {
            app::Direction::Descending
        } else {
            app::Direction::Ascending
        },
        offset: request.offset as usize,
        limit: request.limit.min(LONGEST_SLICE) as usize,
        now,
    }
}

/// A filter as the use cases take it.
pub fn filter(filter: MemberFilter) -> app::MemberFilter {
    app::MemberFilter {
        kind: filter.kind.map(member_kind),
        search: Some(filter.search).filter(|text| !text.trim().is_empty()),
        roles: filter.roles.into_iter().map(RoleId::from).collect(),
        expiry: filter.expiry.map(|expiry| match expiry {
            ExpiryFilter::Nothing => app::Expiry::NothingTimed,
            ExpiryFilter::Ending { minutes } => {
                app::Expiry::EndsWithin(TimeDelta::minutes(minutes.into()))
            }
            ExpiryFilter::Ended => app::Expiry::Ended,
        }),
        group: filter.group.map(MemberId::from),
        facts: filter.facts.into_iter().map(fact).collect(),
    }
}

fn fact(fact: MemberFact) -> app::MemberFact {
    match fact {
        MemberFact::Forbids => app::MemberFact::Forbids,
        MemberFact::Wide => app::MemberFact::Wide,
        MemberFact::Privileges => app::MemberFact::Privileges,
        MemberFact::NoPermanentRole => app::MemberFact::NoPermanentRole,
    }
}

/// A slice of the list as it travels.
pub fn page(page: &app::MemberPage, now: DateTime<Utc>) -> MemberPage {
    MemberPage {
        rows: page.rows.iter().map(|row| row_view(row, now)).collect(),
        total: count(page.total.count),
        total_is_exact: page.total.exact,
    }
}

fn row_view(row: &app::MemberRow, now: DateTime<Utc>) -> MemberRow {
    MemberRow {
        id: row.id.to_string(),
        kind: kind(row.kind),
        name: row.name.clone(),
        detail: match row.kind {
            MemberKind::User => row.handle.clone(),
            MemberKind::Identity => row.auth_methods.join(", "),
            MemberKind::Group if row.group_size == 1 => "1 member".into(),
            MemberKind::Group => format!("{} members", row.group_size),
        },
        roles: row
            .roles
            .iter()
            .filter(|role| role.through.is_none())
            .map(|role| RoleChip {
                slug: role.slug.clone(),
                name: role.name.clone(),
                standing: standing(&role.lifetime, now),
            })
            .collect(),
        privileges: count(row.privilege_count),
        next_end: row.next_end.map(instant),
        last_end: row.past_end.map(instant),
        groups: row.groups.iter().map(reference).collect(),
    }
}

/// One member with all its access as it stands at `now`.
pub fn detail(access: &MemberAccess, now: DateTime<Utc>) -> MemberDetail {
    let catalogue = Catalogue::of(access.project.catalogue);
    let member = &access.member;
    let mut privileges: Vec<_> = access.privileges.iter().collect();
    privileges.sort_by_key(|(one, _)| rank(&one.lifetime, one.created_at, now));
    let mut folder_grants: Vec<_> = access.folder_grants.iter().collect();
    folder_grants.sort_by_key(|one| rank(&one.lifetime, one.created_at, now));
    MemberDetail {
        id: member.id.to_string(),
        revision: reeve_app::write_member::revision(member),
        kind: kind(member.kind),
        name: member.name.clone(),
        handle: member.handle.clone(),
        username: member.username.clone(),
        auth_methods: member.auth_methods.clone(),
        metadata: member
            .metadata
            .iter()
            .map(|(key, value)| MetadataEntry {
                key: key.clone(),
                value: value.clone(),
            })
            .collect(),
        groups: access.groups.iter().map(reference).collect(),
        group_members: access.group_members.members.iter().map(reference).collect(),
        group_member_count: count(access.group_members.total),
        roles: access
            .roles
            .iter()
            .map(|(held, rules)| RoleAssignmentView {
                id: held.assignment.id.to_string(),
                role: held.role.id.to_string(),
                slug: held.role.slug.clone(),
                name: held.role.name.clone(),
                predefined: held.role.kind == RoleKind::Predefined,
                rule_count: count(rules.len()),
                standing: standing(&held.assignment.lifetime, now),
                through: held.through.as_ref().map(reference),
                kept_because: access
                    .kept_because(held)
                    .map(|refusal| sentence(&refusal.to_string())),
            })
            .collect(),
        privileges: privileges
            .into_iter()
            .map(|(privilege, rules)| privilege_view(privilege, rules, catalogue, now))
            .collect(),
        folder_grants: folder_grants
            .into_iter()
            .map(|grant| folder_grant_view(grant, now))
            .collect(),
        scheduled: access
            .scheduled
            .iter()
            .map(|entry| scheduled_view(entry, catalogue))
            .collect(),
    }
}

/// Where something that a member has stands in its list: active first by the end, then ended.
fn rank(lifetime: &Lifetime, created_at: DateTime<Utc>, now: DateTime<Utc>) -> (u8, DateTime<Utc>) {
    match lifetime.standing(now) {
        Standing::ActiveUntil(end) => (0, end),
        Standing::Permanent => (1, created_at),
        Standing::NeverActive => (2, created_at),
        // The latest end first.
        Standing::Ended(end) => (3, DateTime::<Utc>::MAX_UTC - (end - DateTime::UNIX_EPOCH)),
    }
}

fn folder_grant_view(grant: &FolderGrant, now: DateTime<Utc>) -> FolderGrantView {
    FolderGrantView {
        id: grant.id.to_string(),
        environment: grant.environment.clone(),
        path: grant.path.clone(),
        role: tier_name(&grant.tier),
        known: FolderTier::from_wire(&grant.tier).is_some(),
        standing: standing(&grant.lifetime, now),
        created_at: instant(grant.created_at),
    }
}

/// Enough of a member to name it.
pub fn reference(member: &member_access::MemberRef) -> MemberRef {
    MemberRef {
        id: member.id.to_string(),
        kind: kind(member.kind),
        name: member.name.clone(),
    }
}

/// Timed access with its end.
pub fn ending(ending: &Ending) -> EndingAccess {
    let (what, id, slug, title) = match &ending.what {
        EndingObject::Assignment { id, slug, name, .. } => {
            (EndingKind::Role, id.to_string(), slug.clone(), name.clone())
        }
        EndingObject::Privilege { id, slug } => (
            EndingKind::Privilege,
            id.to_string(),
            slug.clone(),
            slug.clone(),
        ),
        EndingObject::FolderGrant {
            id,
            environment,
            path,
            tier,
        } => (
            EndingKind::FolderGrant,
            id.to_string(),
            tier_name(tier),
            format!("{environment}:{path}"),
        ),
    };
    EndingAccess {
        member: reference(&ending.member),
        what,
        id,
        slug,
        title,
        end: instant(ending.end),
        range: match &ending.lifetime {
            Lifetime::Timed(timed) => timed.range.clone(),
            Lifetime::Permanent => None,
        },
    }
}

/// What was found, best first.
pub fn found(hits: &find::Hits) -> FindAnswer {
    FindAnswer {
        members: hits
            .members
            .iter()
            .map(|hit| FoundMember {
                member: reference(&hit.member),
                detail: hit.handle.clone(),
            })
            .collect(),
        folders: hits
            .folders
            .iter()
            .map(|folder| FoundFolder {
                environment: folder.environment.to_string(),
                path: folder.path.clone(),
            })
            .collect(),
    }
}
