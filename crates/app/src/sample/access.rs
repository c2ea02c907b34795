//! Who has what in the sample: role assignments and additional privileges, in every state, and folder
//! grants.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::{AssignmentId, MemberId, PrivilegeId, RoleId};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;

use super::people::IDENTITIES;
use super::{new_id, pick};

const USER_ROLES: [&str; 9] = [
    "member",
    "member",
    "member",
    "viewer",
    "viewer",
    "payments-reader",
    "security-auditor",
    "team-scoped",
    "no-access",
];
/// The role of each group, in the order the groups are made.
const GROUP_ROLES: [&str; 8] = [
    "member",
    "payments-operator",
    "security-auditor",
    "oncall",
    "viewer",
    "team-scoped",
    "payments-reader",
    "no-access",
];
const EXTRA_ROLES: [&str; 5] = [
    "oncall",
    "payments-operator",
    "deployer",
    "metrics-reader",
    "admin",
];

/// Which privilege came from an access request: a permanent one.
const MANAGED: usize = 18;

/// One privilege in how many there is given to a member of a crowd.
const CROWD_SHARE: usize = 20;

pub(super) fn assignments(
    random: &mut Rng,
    members: &[Member],
    roles: &[Role],
    now: DateTime<Utc>,
) -> Vec<RoleAssignment> {
    let id_of = |slug: &str| roles.iter().find(|r| r.slug == slug).map(|r| r.id.clone());
    let mut assignments = Vec::new();
    let mut group_roles = GROUP_ROLES.iter();
    for (index, member) in members.iter().enumerate() {
        let own = match member.kind {
            // The first user runs the project.
            MemberKind::User if index == 4 => Some(&"admin"),
            MemberKind::User => pick(random, &USER_ROLES),
            MemberKind::Identity => IDENTITIES
                .iter()
                // A crowd's identities are numbered after the team's.
                .find(|(name, _, _)| member.name.starts_with(name))
                .map(|(_, _, role)| role),
            MemberKind::Group => group_roles.next(),
        };
        if let Some(role) = own.and_then(|slug| id_of(slug)) {
            assignments.push(assignment(random, &member.id, role, Lifetime::Permanent));
        }
        if member.kind != MemberKind::Group && random.u8(..10) < 3 {
            let extra = pick(random, &EXTRA_ROLES).filter(|slug| Some(*slug) != own);
            if let Some(role) = extra.and_then(|slug| id_of(slug)) {
                let lifetime = lifetime(random, now);
                assignments.push(assignment(random, &member.id, role, lifetime));
            }
        }
    }
    assignments
}

fn assignment(
    random: &mut Rng,
    member: &MemberId,
    role: RoleId,
    lifetime: Lifetime,
) -> RoleAssignment {
    RoleAssignment {
        id: AssignmentId::new(new_id(random)),
        member: member.clone(),
        role,
        lifetime,
    }
}

/// Who, environment, folder, tier: one that narrows a role there, and one that widens another.
const FOLDER_GRANTS: [(&str, &str, &str, &str); 2] = [
    ("Samir Haddad", "prod", "/mobile", "read"),
    ("Khadija Benali", "dev", "/mobile", "edit"),
];

pub(super) fn folder_grants(
    random: &mut Rng,
    members: &[Member],
    now: DateTime<Utc>,
) -> Vec<FolderGrant> {
    let made = now - TimeDelta::days(20);
    let holders = FOLDER_GRANTS.iter().filter_map(|grant| {
        let member = members.iter().find(|member| member.name == grant.0)?;
        Some((member, grant))
    });
    holders
        .map(|(member, (_, environment, path, tier))| FolderGrant {
            id: PrivilegeId::new(new_id(random)),
            member: member.id.clone(),
            environment: (*environment).to_owned(),
            path: (*path).to_owned(),
            tier: (*tier).to_owned(),
            lifetime: Lifetime::Permanent,
            created_at: made,
            updated_at: made,
        })
        .collect()
}

/// Slug, reason, ticket, rules.
const PRIVILEGES: [(&str, &str, &str, &str); 10] = [
    (
        "incident-payments",
        "Payment retries stuck, needs the queue credentials",
        "INC-4711",
        r#"[{"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"environment":"prod","secretPath":{"$glob":"/payments/**"}}},{"subject":"secrets","action":["readValue"],"inverted":true,"conditions":{"secretTags":{"$in":["pci","root-key"]}}}]"#,
    ),
    (
        "db-readonly",
        "Looks into slow queries",
        "DATA-208",
        r#"[{"subject":"dynamic-secrets","action":["read-root-credential","lease"],"conditions":{"environment":{"$in":["staging","prod"]},"secretPath":{"$glob":"/data/postgres/**"}}}]"#,
    ),
    (
        "release-freeze-exception",
        "Hotfix during the freeze",
        "REL-77",
        r#"[{"subject":"secrets","action":["create","edit"],"conditions":{"environment":"prod","secretPath":"/app/api"}}]"#,
    ),
    (
        "rotate-certificates",
        "Certificates run out this month",
        "SEC-1290",
        r#"[{"subject":"secrets","action":["describeSecret","readValue","edit"],"conditions":{"secretPath":{"$glob":"/shared/certificates/**"}}}]"#,
    ),
    (
        "mobile-signing",
        "Signs the store builds",
        "",
        r#"[{"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"secretPath":{"$glob":"/mobile/*"},"secretName":{"$glob":"SIGNING_*"}}}]"#,
    ),
    (
        "audit-read",
        "Quarterly review",
        "SEC-1301",
        r#"[{"subject":"audit-logs","action":["read"]},{"subject":"member","action":["read"]}]"#,
    ),
    (
        "no-production",
        "Contractor: nothing in production",
        "HR-55",
        r#"[{"subject":"secrets","action":["describeSecret","readValue","edit","delete"],"inverted":true,"conditions":{"environment":{"$glob":"prod*"}}}]"#,
    ),
    (
        "folder-cleanup",
        "Removes folders of the old checkout",
        "APP-940",
        r#"[{"subject":"secret-folders","action":["edit","delete"],"conditions":{"environment":{"$ne":"prod"},"secretPath":{"$glob":"/payments-legacy/**"}}}]"#,
    ),
    (
        "grafana-admin",
        "Sets up the new dashboards",
        "",
        r#"[{"subject":"secrets","action":["describeSecret","readValue","create","edit"],"conditions":{"secretPath":{"$glob":"/observability/grafana/**"}}}]"#,
    ),
    (
        "tags-maintenance",
        "Tags what is rotated",
        "APP-951",
        r#"[{"subject":"tags","action":["read","create","edit"]},{"subject":"secrets","action":["describeSecret","edit"],"conditions":{"secretTags":{"$in":["legacy","rotated"]}}}]"#,
    ),
];

pub(super) fn privileges(
    random: &mut Rng,
    members: &[Member],
    now: DateTime<Utc>,
) -> Vec<AdditionalPrivilege> {
    const TEAM_PRIVILEGES: usize = 40;
    let actors: Vec<&Member> = members
        .iter()
        .filter(|member| member.kind != MemberKind::Group)
        .collect();
    let count = TEAM_PRIVILEGES.max(actors.len() / CROWD_SHARE);
    (0..count)
        .filter_map(|number| {
            // Steps that share no factor with usual sizes spread the privileges over everyone.
            let member = actors.get((number * 7) % actors.len().max(1))?;
            let (slug, reason, ticket, rules) = PRIVILEGES.get(number % PRIVILEGES.len())?;
            let round = number / actors.len().max(1);
            let created_at = now - TimeDelta::hours(random.i64(30..900));
            Some(AdditionalPrivilege {
                id: PrivilegeId::new(new_id(random)),
                member: member.id.clone(),
                slug: if round == 0 {
                    (*slug).into()
                } else {
                    format!("{slug}-{round}")
                },
                lifetime: nth_lifetime(random, number, now),
                rules: (*rules).into(),
                reason: (*reason).into(),
                ticket: (*ticket).into(),
                managed: number == MANAGED,
                created_at,
                updated_at: created_at,
            })
        })
        .collect()
}

/// Every state in turn, the states that matter first.
fn nth_lifetime(random: &mut Rng, number: usize, now: DateTime<Utc>) -> Lifetime {
    match number {
        0 => until(now, "4h", TimeDelta::minutes(48)),
        1 => until(now, "8h", TimeDelta::minutes(192)),
        2 => until(now, "1d", TimeDelta::minutes(17)),
        3 => Lifetime::Timed(Timed {
            range: Some("2h".into()),
            start: Some(now),
            end: None,
        }),
        number if number % 3 == 0 => Lifetime::Permanent,
        _ => lifetime(random, now),
    }
}

/// Something timed: ended lately, ending soon, or ending within weeks.
fn lifetime(random: &mut Rng, now: DateTime<Utc>) -> Lifetime {
    match random.u8(..6) {
        0 => Lifetime::Permanent,
        1 => until(now, "8h", -TimeDelta::hours(random.i64(2..120))),
        2 => until(now, "1d", TimeDelta::minutes(random.i64(20..1400))),
        3 => until(now, "1w", TimeDelta::hours(random.i64(26..160))),
        4 => until(now, "30d", TimeDelta::hours(random.i64(200..700))),
        _ => until(now, "90d", TimeDelta::days(random.i64(31..88))),
    }
}

fn until(now: DateTime<Utc>, range: &str, left: TimeDelta) -> Lifetime {
    let end = now + left;
    let start = reeve_domain::span::Span::read(range)
        .ok()
        .and_then(|span| TimeDelta::try_milliseconds(whole_milliseconds(span)))
        .map_or(now, |length| end - length);
    Lifetime::timed(range, start, end)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the sample's ranges are whole and short"
)]
fn whole_milliseconds(span: reeve_domain::span::Span) -> i64 {
    span.milliseconds() as i64
}
