//! The sample's members: users, machine identities and groups.

use fastrand::Rng;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};

use super::{new_id, pick};

const USERS: [&str; 60] = [
    "Alice Laurent",
    "Bob Nakamura",
    "Elif Karaca-Villanueva",
    "Dmitri Melnyk",
    "Hana Sato",
    "Ivo Varga",
    "José Ortega",
    "Lin Wei",
    "Mara Thompson",
    "Omar Petersen",
    "Priya Quraishi",
    "Ravi Subramaniam",
    "Sofia Almeida",
    "Tomás Ferreira",
    "Ulla Bergström",
    "Viktor Hradec",
    "Wanjiru Kamau",
    "Xiomara Delgado",
    "Yusuf Demir",
    "Zoë van der Meer",
    "Aarav Mehta",
    "Beatriz Nogueira",
    "Chidi Okonkwo",
    "Daniela Rossi",
    "Emeka Adeyemi",
    "Freya Lindqvist",
    "Gabriel Moreau",
    "Hyun-woo Park",
    "Ingrid Solberg",
    "Jakub Kowalczyk",
    "Khadija Benali",
    "Liam O’Sullivan",
    "Mei-Ling Chen",
    "Noah Goldberg",
    "Olivia Hartmann",
    "Pedro Castellanos",
    "Qing Zhao",
    "Rosa Martínez-Iglesias",
    "Samir Haddad",
    "Tereza Nováková",
    "Umar Farooq",
    "Valentina Cruz",
    "Wojciech Zieliński",
    "Yara Mansour",
    "Zainab Siddiqui",
    "Anders Holm",
    "Bianca Popescu",
    "Carlos Eduardo Vasconcelos",
    "Dina Weissberg",
    "Erik Johansen",
    "Fatoumata Diallo",
    "George Papadopoulos",
    "Helena Kučerová",
    "Isabella Conti",
    "Jan de Vries",
    "Kwame Asante",
    "Lucía Fernández",
    "Matteo Ricci",
    "Nadia Rahman",
    "Oskar Wiśniewski",
];

/// Name, auth method, and the slug of its role.
pub(super) const IDENTITIES: [(&str, &str, &str); 25] = [
    ("ci-deployer", "Universal Auth", "deployer"),
    ("staging-bot", "Kubernetes Auth", "deployer"),
    ("grafana-reader", "OIDC Auth", "metrics-reader"),
    ("k8s-billing-sync", "Kubernetes Auth", "legacy-sync"),
    ("nightly-backup", "AWS Auth", "viewer"),
    ("release-train", "Universal Auth", "deployer"),
    ("terraform-runner", "OIDC Auth", "member"),
    ("payments-worker", "Kubernetes Auth", "payments-reader"),
    (
        "payments-reconciler",
        "Kubernetes Auth",
        "payments-operator",
    ),
    ("mobile-build", "Universal Auth", "team-scoped"),
    ("edge-cache-purger", "AWS Auth", "no-access"),
    ("data-warehouse-loader", "GCP Auth", "team-scoped"),
    ("kafka-connect", "Kubernetes Auth", "team-scoped"),
    ("sentry-relay", "Universal Auth", "metrics-reader"),
    ("feature-flag-sync", "Universal Auth", "no-access"),
    ("preview-environments", "OIDC Auth", "deployer"),
    ("load-test-runner", "Universal Auth", "deployer"),
    ("secret-rotator", "AWS Auth", "member"),
    ("dns-updater", "Azure Auth", "no-access"),
    ("support-tooling", "Universal Auth", "viewer"),
    ("fraud-model-trainer", "GCP Auth", "payments-reader"),
    ("legacy-billing-job", "Universal Auth", "legacy-sync"),
    ("pager-bridge", "Token Auth", "metrics-reader"),
    ("vendor-acme-integration", "Universal Auth", "no-access"),
    (
        "checkout-app-production-eu-west-1-blue-green-controller",
        "Kubernetes Auth",
        "deployer",
    ),
];

/// Slug, how many members it has.
const GROUPS: [(&str, usize); 8] = [
    ("platform", 9),
    ("payments", 12),
    ("security", 5),
    ("oncall", 7),
    ("eu", 14),
    ("mobile", 6),
    ("data", 8),
    ("contractors", 4),
];

const TEAMS: [&str; 6] = [
    "payments",
    "app",
    "data",
    "infra",
    "mobile",
    "observability",
];

/// Members, and who is in which group.
pub(super) type People = (Vec<Member>, Vec<(MemberId, MemberId)>);

pub(super) fn team(random: &mut Rng) -> People {
    let mut members: Vec<Member> = Vec::new();
    for name in USERS {
        members.push(user(random, name, &address(name, "")));
    }
    for (name, auth, _) in IDENTITIES {
        members.push(identity(random, name, auth));
    }
    with_groups(random, members)
}

/// `count` users and identities with made-up names, one identity in five.
pub(super) fn crowd(random: &mut Rng, count: u32) -> People {
    let mut members = Vec::new();
    for number in 0..count {
        let name = pick(random, &USERS).copied().unwrap_or_default();
        if number % 5 == 4 {
            let (kind, auth, _) = pick(random, &IDENTITIES).copied().unwrap_or_default();
            members.push(identity(random, &format!("{kind}-{number}"), auth));
        } else {
            let other = pick(random, &USERS).copied().unwrap_or_default();
            let family = other.rsplit(' ').next().unwrap_or_default();
            let name = format!("{name} {family}");
            let address = address(&name, &number.to_string());
            members.push(user(random, &name, &address));
        }
    }
    with_groups(random, members)
}

fn with_groups(random: &mut Rng, mut members: Vec<Member>) -> People {
    let actors: Vec<MemberId> = members.iter().map(|member| member.id.clone()).collect();
    let mut group_members = Vec::new();
    for (slug, size) in GROUPS {
        let group = Member {
            id: MemberId::new(new_id(random)),
            kind: MemberKind::Group,
            name: slug.into(),
            handle: slug.into(),
            username: slug.into(),
            auth_methods: Vec::new(),
            metadata: Vec::new(),
        };
        let mut chosen = actors.clone();
        random.shuffle(&mut chosen);
        group_members.extend(
            chosen
                .into_iter()
                .take(size)
                .map(|member| (group.id.clone(), member)),
        );
        members.push(group);
    }
    (members, group_members)
}

fn user(random: &mut Rng, name: &str, address: &str) -> Member {
    Member {
        id: MemberId::new(new_id(random)),
        kind: MemberKind::User,
        name: name.into(),
        handle: address.into(),
        username: address.into(),
        auth_methods: Vec::new(),
        metadata: metadata(random),
    }
}

fn identity(random: &mut Rng, name: &str, auth: &str) -> Member {
    Member {
        id: MemberId::new(new_id(random)),
        kind: MemberKind::Identity,
        name: name.into(),
        handle: String::new(),
        username: name.into(),
        auth_methods: vec![auth.into()],
        metadata: metadata(random),
    }
}

/// Most members belong to a team; some have no metadata, so that templates stay unresolved.
fn metadata(random: &mut Rng) -> Vec<(String, String)> {
    let mut metadata = Vec::new();
    if random.u8(..10) < 7
        && let Some(team) = pick(random, &TEAMS)
    {
        metadata.push(("team".into(), (*team).into()));
        if random.bool() {
            metadata.push((
                "cost-center".into(),
                format!("cc-{}", random.u16(1000..9999)),
            ));
        }
    }
    metadata
}

/// An address made of `name`, in plain letters.
fn address(name: &str, suffix: &str) -> String {
    let mut local = String::new();
    for character in name.to_lowercase().chars() {
        match character {
            'a'..='z' | '0'..='9' | '-' => local.push(character),
            ' ' => local.push('.'),
            'á' | 'à' | 'ã' | 'å' => local.push('a'),
            'é' | 'ë' | 'è' => local.push('e'),
            'í' => local.push('i'),
            'ó' | 'ö' | 'ô' => local.push('o'),
            'č' => local.push('c'),
            'ń' => local.push('n'),
            'ś' => local.push('s'),
            _ => {}
        }
    }
    format!("{local}{suffix}@acme.example")
}
