//! The sample's environments, folders and tags.

use reeve_domain::project::{Environment, EnvironmentSlug, Folder, SecretName, Tag};

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

/// Secrets that every environment has: folder, name and tags.
const SECRETS: [(&str, &str, &[&str]); 26] = [
    ("/", "LOG_LEVEL", &["shared"]),
    ("/", "SENTRY_DSN", &["shared"]),
    ("/app/api", "API_BASE_URL", &[]),
    ("/app/api", "JWT_SIGNING_KEY", &["root-key"]),
    ("/app/api/webhooks", "WEBHOOK_SECRET", &["rotated"]),
    ("/app/web", "SESSION_COOKIE_KEY", &["rotated"]),
    ("/app/worker", "QUEUE_URL", &[]),
    ("/data/kafka", "KAFKA_BROKERS", &[]),
    ("/data/kafka", "KAFKA_SASL_PASSWORD", &["rotated"]),
    ("/data/postgres", "DATABASE_URL", &["pii"]),
    ("/data/postgres", "DATABASE_PASSWORD", &["pii", "rotated"]),
    ("/data/postgres/replicas", "DATABASE_URL", &["pii"]),
    ("/data/redis", "REDIS_URL", &[]),
    ("/data/warehouse", "SNOWFLAKE_PASSWORD", &["pii"]),
    ("/infra/.internal", "VAULT_UNSEAL_KEY", &["root-key"]),
    ("/infra/cdn", "FASTLY_API_TOKEN", &[]),
    ("/infra/dns", "CLOUDFLARE_API_TOKEN", &[]),
    ("/mobile/ios", "APNS_KEY", &[]),
    ("/observability/grafana", "GRAFANA_API_KEY", &[]),
    ("/payments", "PAYMENTS_FEATURE_SALT", &["team-payments"]),
    ("/payments-legacy", "STRIPE_KEY", &["legacy"]),
    (
        "/payments/providers/adyen",
        "ADYEN_API_KEY",
        &["pci", "team-payments"],
    ),
    (
        "/payments/providers/adyen",
        "ADYEN_HMAC_KEY",
        &["pci", "team-payments"],
    ),
    (
        "/payments/providers/stripe",
        "STRIPE_KEY",
        &["pci", "team-payments"],
    ),
    (
        "/payments/providers/stripe",
        "STRIPE_WEBHOOK_SECRET",
        &["pci", "team-payments"],
    ),
    ("/shared/certificates", "TLS_PRIVATE_KEY", &["root-key"]),
];

/// The names of the secrets; nothing has a value.
pub(super) fn secret_names() -> Vec<SecretName> {
    ENVIRONMENTS
        .iter()
        .flat_map(|(environment, _)| {
            SECRETS.iter().map(|(path, name, tags)| SecretName {
                environment: EnvironmentSlug::from(*environment),
                path: (*path).into(),
                name: (*name).into(),
                tags: tags.iter().map(|&tag| tag.into()).collect(),
            })
        })
        .collect()
}

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
