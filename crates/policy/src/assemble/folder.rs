//! Grants on one folder: the rules that the newest servers append for them.

use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::{Object, Value};

/// How much a folder grant gives; each tier includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FolderTier {
    /// See what exists, without any value.
    List,
    /// Read values, lease dynamic secrets, follow events.
    Read,
    /// Change secrets and imports.
    Edit,
    /// Manage rotations, dynamic secrets, honey tokens and syncs.
    Manage,
    /// Give others access to the folder, and delete folders in it.
    FullAccess,
}

impl FolderTier {
    /// All of them, the least first.
    pub const ALL: [Self; 5] = [
        Self::List,
        Self::Read,
        Self::Edit,
        Self::Manage,
        Self::FullAccess,
    ];

    /// Reads the name on the wire; an unknown tier makes the server answer 404.
    pub fn from_wire(name: &str) -> Option<Self> {
        Some(match name {
            "list" => Self::List,
            "read" => Self::Read,
            "edit" => Self::Edit,
            "manage" => Self::Manage,
            "full-access" => Self::FullAccess,
            _ => return None,
        })
    }

    /// The name on the wire.
    pub fn as_wire(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Edit => "edit",
            Self::Manage => "manage",
            Self::FullAccess => "full-access",
        }
    }
}

/// The rules of a grant of `tier` on exactly one folder: first everything is forbidden there, then
/// the tier's actions are allowed again. The last rule that applies decides.
pub fn folder_rules(environment: &str, path: &str, tier: FolderTier) -> Vec<Rule> {
    let here: Object = [
        ("environment", Value::text(environment)),
        ("secretPath", Value::text(path)),
    ]
    .into_iter()
    .collect();
    let rule = |(subject, actions): &(&str, &[&str]), effect| {
        let actions: Vec<Action> = actions.iter().map(|action| Action::from(*action)).collect();
        Rule::new(
            &Subject::from(*subject),
            &actions,
            effect,
            Some(here.clone()),
        )
    };
    let forbidden = FORBIDDEN.iter().map(|entry| rule(entry, Effect::Forbid));
    let allowed = ALLOWED
        .iter()
        .filter(|(from, _, _)| *from <= tier)
        .map(|(_, subject, actions)| rule(&(*subject, *actions), Effect::Allow));
    forbidden.chain(allowed).collect()
}

const EVENTS: &[&str] = &[
    "subscribe-to-creation-events",
    "subscribe-to-update-events",
    "subscribe-to-deletion-events",
    "subscribe-to-import-mutation-events",
];

const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "secrets",
        &[
            "read",
            "describeSecret",
            "readValue",
            "create",
            "edit",
            "delete",
        ],
    ),
    (
        "secret-folders",
        &["create", "edit", "delete", "manage-access"],
    ),
    ("secret-imports", &["read", "create", "edit", "delete"]),
    (
        "dynamic-secrets",
        &[
            "read-root-credential",
            "create-root-credential",
            "edit-root-credential",
            "delete-root-credential",
            "lease",
        ],
    ),
    (
        "secret-syncs",
        &[
            "read",
            "create",
            "edit",
            "delete",
            "sync-secrets",
            "import-secrets",
            "remove-secrets",
        ],
    ),
    (
        "secret-rotation",
        &[
            "read",
            "read-generated-credentials",
            "create",
            "edit",
            "delete",
            "rotate-secrets",
        ],
    ),
    ("secret-event-subscriptions", EVENTS),
    (
        "honey-tokens",
        &[
            "read",
            "read-credentials",
            "create",
            "edit",
            "reset",
            "revoke",
        ],
    ),
];

const ALLOWED: &[(FolderTier, &str, &[&str])] = &[
    (FolderTier::List, "secrets", &["describeSecret"]),
    (FolderTier::List, "tags", &["read"]),
    (FolderTier::List, "secret-imports", &["read"]),
    (FolderTier::List, "secret-syncs", &["read"]),
    (FolderTier::List, "secret-rotation", &["read"]),
    (FolderTier::List, "honey-tokens", &["read"]),
    (FolderTier::Read, "secrets", &["readValue"]),
    (FolderTier::Read, "commits", &["read"]),
    (FolderTier::Read, "dynamic-secrets", &["lease"]),
    (FolderTier::Read, "secret-event-subscriptions", EVENTS),
    (FolderTier::Edit, "secrets", &["create", "edit", "delete"]),
    (
        FolderTier::Edit,
        "secret-imports",
        &["create", "edit", "delete"],
    ),
    (
        FolderTier::Manage,
        "secret-rotation",
        &[
            "create",
            "edit",
            "delete",
            "rotate-secrets",
            "read-generated-credentials",
        ],
    ),
    (
        FolderTier::Manage,
        "dynamic-secrets",
        &[
            "read-root-credential",
            "create-root-credential",
            "edit-root-credential",
            "delete-root-credential",
        ],
    ),
    (
        FolderTier::Manage,
        "honey-tokens",
        &["create", "edit", "reset", "revoke", "read-credentials"],
    ),
    (
        FolderTier::Manage,
        "secret-syncs",
        &[
            "create",
            "edit",
            "delete",
            "sync-secrets",
            "import-secrets",
            "remove-secrets",
        ],
    ),
    (
        FolderTier::FullAccess,
        "secret-folders",
        &["manage-access", "delete"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The subjects and actions that a tier allows and the tier before it does not.
    fn added(tier: FolderTier, before: Option<FolderTier>) -> Vec<String> {
        let allowed = |tier| {
            let rules = folder_rules("dev", "/a", tier).into_iter();
            rules
                .filter(|rule| rule.effect() == Effect::Allow)
                .flat_map(|rule| {
                    let on = |action: &Action| format!("{}:{action}", rule.subjects()[0]);
                    rule.actions().iter().map(on).collect::<Vec<_>>()
                })
                .collect::<Vec<_>>()
        };
        let known = before.map(allowed).unwrap_or_default();
        let all = allowed(tier);
        assert!(known.iter().all(|pair| all.contains(pair)), "{tier:?}");
        all.into_iter()
            .filter(|pair| !known.contains(pair))
            .collect()
    }

    #[test]
    fn edit_changes_secrets_and_imports_but_no_folders() {
        assert_eq!(
            added(FolderTier::Edit, Some(FolderTier::Read)),
            [
                "secrets:create",
                "secrets:edit",
                "secrets:delete",
                "secret-imports:create",
                "secret-imports:edit",
                "secret-imports:delete",
            ]
        );
    }

    #[test]
    fn only_full_access_reaches_folders() {
        use FolderTier::{Edit, FullAccess, List, Manage, Read};
        for (tier, before) in [
            (List, None),
            (Read, Some(List)),
            (Edit, Some(Read)),
            (Manage, Some(Edit)),
        ] {
            let added = added(tier, before);
            assert!(
                added
                    .iter()
                    .all(|pair| !pair.starts_with("secret-folders:")),
                "{added:?}"
            );
        }
        assert_eq!(
            added(FullAccess, Some(Manage)),
            ["secret-folders:manage-access", "secret-folders:delete"]
        );
    }
}
