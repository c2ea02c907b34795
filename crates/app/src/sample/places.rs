//! The sample's environments, folders and tags.

use reeve_domain::project::{Environment, EnvironmentSlug, Folder, Tag};

const ENVIRONMENTS: [(&str, &str); 4] = [
    ("dev", "Development"),
    ("staging", "Staging"),
    ("prod", "Production"),
    ("prod-eu", "Production EU"),
];

/// Folders that every environment has.
const FOLDERS: [&str; 34] = [
    "/",
    "/app",
    "/app/api",
    "/app/api/webhooks",
    "/app/web",
    "/app/worker",
    "/payments",
    "/payments/eu",
    "/payments/us",
    "/payments/reconciliation",
    "/payments/providers",
    "/payments/providers/stripe",
    "/payments/providers/adyen",
    "/payments-legacy",
    "/data",
    "/data/postgres",
    "/data/postgres/replicas",
    "/data/redis",
    "/data/kafka",
    "/data/warehouse",
    "/infra",
    "/infra/terraform",
    "/infra/dns",
    "/infra/cdn",
    "/infra/.internal",
    "/observability",
    "/observability/grafana",
    "/observability/sentry",
    "/mobile",
    "/mobile/ios",
    "/mobile/android",
    "/shared",
    "/shared/feature-flags",
    "/shared/certificates",
];

/// Folders that only the environments for trying things out have.
const SCRATCH_FOLDERS: [&str; 3] = ["/scratch", "/scratch/preview", "/scratch/load-tests"];

const TAGS: [(&str, &str); 7] = [
    ("pci", "#b3261e"),
    ("pii", "#8a5a00"),
    ("root-key", "#7a1fa2"),
    ("rotated", "#13714a"),
    ("shared", "#2458b8"),
    ("legacy", "#5d626c"),
    ("team-payments", "#0b7285"),
];

pub(super) fn environments() -> Vec<Environment> {
    ENVIRONMENTS
        .iter()
        .map(|(slug, name)| Environment {
            slug: EnvironmentSlug::from(*slug),
            name: (*name).into(),
        })
        .collect()
}

pub(super) fn folders() -> Vec<Folder> {
    let mut folders = Vec::new();
    for (slug, _) in ENVIRONMENTS {
        let scratch: &[&str] = if slug.starts_with("prod") {
            &[]
        } else {
            &SCRATCH_FOLDERS
        };
        folders.extend(FOLDERS.iter().chain(scratch).map(|path| Folder {
            environment: EnvironmentSlug::from(slug),
            path: (*path).into(),
        }));
    }
    folders
}

pub(super) fn tags() -> Vec<Tag> {
    TAGS.iter()
        .map(|(slug, color)| Tag {
            slug: (*slug).into(),
            color: Some((*color).into()),
        })
        .collect()
}
