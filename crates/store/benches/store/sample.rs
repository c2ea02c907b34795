//! A project of any size, the same in every run.

use chrono::TimeDelta;
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::{Role, RoleKind};
use reeve_store::content::Content;

use super::now;

/// A project of a given size, the same in every run.
pub struct Sample {
    pub roles: Vec<Role>,
    pub members: Vec<Member>,
    pub group_members: Vec<(MemberId, MemberId)>,
    pub assignments: Vec<RoleAssignment>,
    pub privileges: Vec<AdditionalPrivilege>,
}

/// One member in so many is a group.
const GROUP_EVERY: usize = 500;

const FIRST: [&str; 20] = [
    "Alice", "Bob", "Chloé", "Dmitri", "Elif", "Fatima", "Grace", "Hana", "Ivo", "José", "Kenji",
    "Lin", "Mara", "Nguyễn", "Omar", "Priya", "Quentin", "Rosa", "Søren", "Tomás",
];
const LAST: [&str; 25] = [
    "Laurent",
    "Nakamura",
    "Villanueva",
    "Melnyk",
    "Sato",
    "Varga",
    "Ortega",
    "Wei",
    "Thompson",
    "Petersen",
    "Sharma",
    "Okafor",
    "Müller",
    "Rossi",
    "Novak",
    "Silva",
    "Kowalski",
    "Haddad",
    "Jensen",
    "Dubois",
    "Ivanova",
    "Tanaka",
    "Moreau",
    "Costa",
    "Lindqvist",
];

impl Sample {
    pub fn of(count: usize) -> Self {
        let mut sample = Self {
            roles: (0..=30).map(role).collect(),
            members: (0..count).map(member).collect(),
            group_members: Vec::new(),
            assignments: Vec::new(),
            privileges: Vec::new(),
        };
        for number in 0..count {
            let kind = sample.members.get(number).map(|member| member.kind);
            for turn in 0..=(number % 2) {
                sample.assignments.push(assignment(number, turn));
            }
            sample.assignments.push(RoleAssignment {
                id: format!("everybody-{number}").into(),
                role: "role-30".into(),
                lifetime: lifetime(number, number.is_multiple_of(3)),
                ..assignment(number, 0)
            });
            if kind == Some(MemberKind::Group) {
                continue;
            }
            if number % 3 == 0 {
                let groups = count.div_ceil(GROUP_EVERY);
                sample
                    .group_members
                    .push((id(number % groups * GROUP_EVERY), id(number)));
            }
            for turn in 0..[0, 0, 1, 0, 2, 0, 3, 0, 1, 0]
                .get(number % 10)
                .copied()
                .unwrap_or(0)
            {
                sample.privileges.push(privilege(number, turn));
            }
        }
        sample
    }

    pub fn content(&self) -> Content<'_> {
        Content {
            roles: &self.roles,
            members: &self.members,
            group_members: &self.group_members,
            assignments: &self.assignments,
            privileges: &self.privileges,
            ..Content::default()
        }
    }
}

pub fn id(number: usize) -> MemberId {
    MemberId::new(format!("{number:08}-0000-4000-8000-000000000000"))
}

pub fn privilege(member: usize, turn: usize) -> AdditionalPrivilege {
    AdditionalPrivilege {
        id: format!("privilege-{member}-{turn}").into(),
        member: id(member),
        slug: format!("incident-{turn}"),
        lifetime: lifetime(member + turn, turn != 1),
        rules: r#"[{"subject":"secrets","action":["read"],"conditions":{"environment":"prod"}}]"#
            .into(),
        reason: "on call".into(),
        ticket: format!("OPS-{member}"),
        managed: false,
        created_at: now(),
        updated_at: now(),
    }
}

/// A number that looks random and is the same in every run.
fn scatter(number: usize) -> usize {
    number.wrapping_mul(2_654_435_761) % 1_000_003
}

fn role(number: usize) -> Role {
    Role {
        id: format!("role-{number}").into(),
        kind: RoleKind::Custom,
        slug: format!("role-{number}"),
        name: format!("Role {number}"),
        description: String::new(),
        rules: match number % 5 {
            0 => r#"[{"subject":"secrets","action":["read"]}]"#,
            1 => r#"[{"subject":"secrets","action":["read"],"inverted":true,"conditions":{"environment":"prod"}}]"#,
            _ => r#"[{"subject":"secrets","action":["read"],"conditions":{"environment":"dev"}}]"#,
        }
        .into(),
    }
}

fn member(number: usize) -> Member {
    let scattered = scatter(number);
    let first = FIRST
        .get(scattered % FIRST.len())
        .copied()
        .unwrap_or_default();
    let last = LAST
        .get(scattered / 20 % LAST.len())
        .copied()
        .unwrap_or_default();
    let (kind, name, handle) = if number.is_multiple_of(GROUP_EVERY) {
        (
            MemberKind::Group,
            format!("team-{}", number / GROUP_EVERY),
            format!("team-{}", number / GROUP_EVERY),
        )
    } else if number.is_multiple_of(5) {
        (
            MemberKind::Identity,
            format!("ci-{last}-{number}").to_lowercase(),
            String::new(),
        )
    } else {
        let domain = if number.is_multiple_of(4) {
            "acme.dev"
        } else {
            "example.com"
        };
        (
            MemberKind::User,
            format!("{first} {last}"),
            format!("{first}.{last}.{number}@{domain}").to_lowercase(),
        )
    };
    Member {
        id: id(number),
        kind,
        username: if kind == MemberKind::User {
            handle.clone()
        } else {
            name.clone()
        },
        name,
        handle,
        auth_methods: if kind == MemberKind::Identity {
            vec!["Universal Auth".into()]
        } else {
            vec![]
        },
        metadata: if number.is_multiple_of(4) {
            vec![
                ("team".into(), format!("team-{}", number % 50)),
                ("region".into(), "eu".into()),
            ]
        } else {
            vec![]
        },
    }
}

fn assignment(number: usize, turn: usize) -> RoleAssignment {
    RoleAssignment {
        id: format!("assignment-{number}-{turn}").into(),
        member: id(number),
        role: format!("role-{}", (number + turn) % 30).into(),
        lifetime: lifetime(number * 3 + turn, number.is_multiple_of(7)),
    }
}

fn lifetime(number: usize, timed: bool) -> Lifetime {
    if !timed {
        return Lifetime::Permanent;
    }
    let minutes = i64::try_from(scatter(number) % 86_400).unwrap_or_default();
    let end = now() + TimeDelta::minutes(minutes - 28_800);
    Lifetime::timed("8h", end - TimeDelta::hours(8), end)
}
