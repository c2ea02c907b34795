//! The sample's roles: the predefined ones of every project and some of its own.

use fastrand::Rng;
use reeve_domain::id::RoleId;
use reeve_domain::role::{Role, RoleKind};

use super::new_id;

/// Slug, name, what it is for.
const PREDEFINED: [(&str, &str, &str); 4] = [
    (
        "admin",
        "Admin",
        "Full administrative access over a project",
    ),
    (
        "member",
        "Developer",
        "Limited read/write role in a project",
    ),
    ("viewer", "Viewer", "Only read role in a project"),
    (
        "no-access",
        "No Access",
        "No access to any resources in the project",
    ),
];

/// Slug, name, what it is for, rules.
const CUSTOM: [(&str, &str, &str, &str); 8] = [
    (
        "deployer",
        "Deployer",
        "Reads what a deployment needs, outside the folders of payments",
        r#"[
  {"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"environment":{"$in":["dev","staging"]}}},
  {"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"environment":"prod","secretPath":{"$glob":"/app/**"}}},
  {"subject":"secrets","action":["readValue"],"inverted":true,"conditions":{"secretTags":{"$in":["root-key"]}}},
  {"subject":"secret-folders","action":["read"]},
  {"subject":"secret-imports","action":["read"]},
  {"subject":"dynamic-secrets","action":["lease"],"conditions":{"environment":{"$in":["dev","staging"]}}}
]"#,
    ),
    (
        "payments-reader",
        "Payments reader",
        "Reads the folders of payments in every environment but production",
        r#"[
  {"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"environment":{"$ne":"prod"},"secretPath":{"$glob":"/payments/**"}}},
  {"subject":"secret-folders","action":["read"],"conditions":{"secretPath":{"$glob":"/payments/**"}}},
  {"subject":"secret-imports","action":["read"],"conditions":{"secretPath":{"$glob":"/payments/**"}}}
]"#,
    ),
    (
        "payments-operator",
        "Payments operator",
        "Runs payments: edits its secrets, never the card data in production",
        r#"[
  {"subject":"secrets","action":["describeSecret","readValue","create","edit"],"conditions":{"secretPath":{"$glob":"/payments/**"}}},
  {"subject":"secrets","action":["readValue","edit"],"inverted":true,"conditions":{"environment":{"$glob":"prod*"},"secretTags":{"$in":["pci"]}}},
  {"subject":"secret-rotation","action":["read","rotate-secrets"],"conditions":{"secretPath":{"$glob":"/payments/**"}}},
  {"subject":"secret-folders","action":["create","edit"],"conditions":{"secretPath":{"$glob":"/payments/**"}}}
]"#,
    ),
    (
        "team-scoped",
        "Team folder",
        "The folder named by the member's own metadata",
        r#"[
  {"subject":"secrets","action":["describeSecret","readValue","create","edit","delete"],"conditions":{"environment":{"$in":["dev","staging"]},"secretPath":{"$glob":"/{{identity.metadata.team}}/**"}}},
  {"subject":"secret-folders","action":["create","edit","delete"],"conditions":{"environment":{"$in":["dev","staging"]},"secretPath":{"$glob":"/{{identity.metadata.team}}/**"}}}
]"#,
    ),
    (
        "metrics-reader",
        "Metrics reader",
        "Only what dashboards need",
        r#"[
  {"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"secretPath":{"$glob":"/observability/**"},"secretName":{"$glob":"*_READ_*"}}},
  {"subject":"audit-logs","action":["read"]}
]"#,
    ),
    (
        "security-auditor",
        "Security auditor",
        "Sees that secrets exist and who may reach them, no values",
        r#"[
  {"subject":"secrets","action":["describeSecret"]},
  {"subject":"secrets","action":["readValue"],"inverted":true},
  {"subject":"audit-logs","action":["read"]},
  {"subject":"member","action":["read"]},
  {"subject":"identity","action":["read"]},
  {"subject":"groups","action":["read"]},
  {"subject":"role","action":["read"]}
]"#,
    ),
    (
        "oncall",
        "On call",
        "Reads production while on call, and leases database credentials",
        r#"[
  {"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"environment":{"$glob":"prod*"},"secretPath":{"$glob":"/{app,data,observability}/**"}}},
  {"subject":"dynamic-secrets","action":["read-root-credential","lease"],"conditions":{"secretPath":{"$glob":"/data/**"}}},
  {"subject":"secret-rollback","action":["read","create"]}
]"#,
    ),
    (
        "legacy-sync",
        "Legacy sync",
        "Kept for the old billing job; mirrors folders with the legacy read action",
        r#"[
  {"subject":"secrets","action":["read"],"conditions":{"environment":"staging","secretPath":"/payments-legacy"}},
  {"subject":"secrets","action":["read"],"conditions":{"environment":"prod","secretPath":"/payments-legacy"}},
  {"subject":"secret-imports","action":["read"]}
]"#,
    ),
];

/// The roles that every project of this kind has.
pub(crate) fn predefined_roles() -> Vec<Role> {
    PREDEFINED
        .iter()
        .map(|(slug, name, description)| Role {
            id: RoleId::new(slug),
            kind: RoleKind::Predefined,
            slug: (*slug).into(),
            name: (*name).into(),
            description: (*description).into(),
            rules: String::new(),
        })
        .collect()
}

pub(super) fn roles(random: &mut Rng) -> Vec<Role> {
    let mut roles = predefined_roles();
    for (slug, name, description, rules) in CUSTOM {
        roles.push(Role {
            id: RoleId::new(new_id(random)),
            kind: RoleKind::Custom,
            slug: slug.into(),
            name: name.into(),
            description: description.into(),
            rules: rules.into(),
        });
    }
    roles
}
