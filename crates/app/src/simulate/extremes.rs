//! The most and the least access that what a pull could not see can come to.
//!
//! Hidden grants may hold anything: everything allowed on top, or everything forbidden. Hidden metadata
//! moves only the rules whose templates ask for it: each may hold everywhere or nowhere. Hidden folder
//! grants come after everything else, and may allow and forbid what such grants can on every folder.

use std::sync::{Arc, LazyLock};

use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Effect, Rule, Subject};
use reeve_domain::value::Value as Written;
use reeve_policy::assemble::{FolderTier, Grant, Source, folder_rules};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::read::rules_from_json;
use serde_json::{Value, json};

use crate::pull::unseen::UnseenKind;

/// `grants` with the most and with the least that `unseen` can add to them.
pub(crate) fn extremes(
    unseen: &[UnseenKind],
    edition: CatalogueEdition,
    grants: &[Grant],
) -> [Vec<Grant>; 2] {
    let has = |is: fn(UnseenKind) -> bool| unseen.iter().any(|kind| is(*kind));
    let knows_grants = !has(|kind| !kind.is_metadata() && !kind.is_folder_grants());
    let moved = if has(UnseenKind::is_metadata) {
        moved(grants)
    } else {
        Some([grants.to_vec(), grants.to_vec()])
    };
    let [mut most, mut least] = match moved {
        Some(moved) if knows_grants => moved,
        _ => anything_on_top(edition, grants),
    };
    if has(UnseenKind::is_folder_grants) {
        let folders = Folders::get();
        most.push(on_folders(Arc::clone(&folders.allowed)));
        least.push(on_folders(Arc::clone(&folders.forbidden)));
    }
    [most, least]
}

/// `grants` with everything allowed on top, and with everything forbidden.
fn anything_on_top(edition: CatalogueEdition, grants: &[Grant]) -> [Vec<Grant>; 2] {
    let everything = Everything::of(edition);
    [&everything.allowed, &everything.forbidden].map(|rules| {
        let mut grants = grants.to_vec();
        grants.push(on_top(Arc::clone(rules)));
        grants
    })
}

/// Whether a template of `rule` asks for metadata.
pub(super) fn asks_for_metadata(rule: &Rule) -> bool {
    fn asks(value: &Written) -> bool {
        match value {
            Written::Text(text) => text.contains("{{") && text.contains("metadata"),
            Written::List(items) => items.iter().any(asks),
            Written::Object(object) => object.iter().any(|(key, value)| {
                (key.contains("{{") && key.contains("metadata")) || asks(value)
            }),
            Written::Null | Written::Bool(_) | Written::Number(_) => false,
        }
    }
    rule.written().iter().any(|(_, value)| asks(value))
}

/// `grants` with the rules that ask for metadata at their most and at their least; `None` if they ask
/// for it elsewhere than in conditions.
fn moved(grants: &[Grant]) -> Option<[Vec<Grant>; 2]> {
    Some([at_most(grants, false)?, at_most(grants, true)?])
}

/// With `inverted` every Forbid that asks for metadata holds everywhere and every Allow nowhere;
/// without it the other way round.
fn at_most(grants: &[Grant], inverted: bool) -> Option<Vec<Grant>> {
    let moved = |grant: &Grant| {
        let mut rules = Vec::with_capacity(grant.rules.len());
        for rule in grant.rules.iter() {
            if !asks_for_metadata(rule) {
                rules.push(rule.clone());
            } else if rule.inverted() == inverted {
                let everywhere = without_conditions(rule);
                if asks_for_metadata(&everywhere) {
                    return None;
                }
                rules.push(everywhere);
            }
        }
        Some(Grant {
            rules: rules.into(),
            ..grant.clone()
        })
    };
    grants.iter().map(moved).collect()
}

/// Every action on every subject of a catalogue.
struct Everything {
    allowed: Arc<[Rule]>,
    forbidden: Arc<[Rule]>,
}

impl Everything {
    fn of(edition: CatalogueEdition) -> &'static Self {
        static CURRENT: LazyLock<Everything> =
            LazyLock::new(|| Everything::make(CatalogueEdition::Current));
        static SEED: LazyLock<Everything> =
            LazyLock::new(|| Everything::make(CatalogueEdition::Seed));
        match edition {
            CatalogueEdition::Current => &CURRENT,
            CatalogueEdition::Seed => &SEED,
        }
    }

    fn make(edition: CatalogueEdition) -> Self {
        Self {
            allowed: rules(edition, false),
            forbidden: rules(edition, true),
        }
    }
}

fn rules(edition: CatalogueEdition, inverted: bool) -> Arc<[Rule]> {
    let rules: Vec<Value> = Catalogue::of(edition)
        .subjects()
        .iter()
        .map(|entry| {
            let actions: Vec<&str> = entry
                .actions
                .iter()
                .map(|action| action.action.as_str())
                .collect();
            json!({"subject": entry.subject.as_str(), "action": actions, "inverted": inverted})
        })
        .collect();
    rules_from_json(&Value::Array(rules)).0.into()
}

/// All that folder grants can allow and forbid, on every folder.
struct Folders {
    allowed: Arc<[Rule]>,
    forbidden: Arc<[Rule]>,
}

impl Folders {
    fn get() -> &'static Self {
        static FOLDERS: LazyLock<Folders> = LazyLock::new(|| {
            let rules = folder_rules("", "", FolderTier::FullAccess);
            let everywhere = |effect| {
                let rules = rules.iter().filter(|rule| rule.effect() == effect);
                rules.map(without_conditions).collect()
            };
            Folders {
                allowed: everywhere(Effect::Allow),
                forbidden: everywhere(Effect::Forbid),
            }
        });
        &FOLDERS
    }
}

/// Whether folder grants say anything about `subject`.
pub(crate) fn folder_grants_reach(subject: &Subject) -> bool {
    let folders = Folders::get();
    let mut rules = folders.allowed.iter().chain(folders.forbidden.iter());
    rules.any(|rule| rule.subjects().contains(subject))
}

fn without_conditions(rule: &Rule) -> Rule {
    let mut written = rule.written().clone();
    written.remove("conditions");
    Rule::read(written)
}

fn on_folders(rules: Arc<[Rule]>) -> Grant {
    Grant {
        source: Source::Folder {
            id: PrivilegeId::new("unseen"),
            environment: Arc::from(""),
            path: Arc::from(""),
            tier: FolderTier::FullAccess,
        },
        lifetime: Lifetime::Permanent,
        rules,
    }
}

fn on_top(rules: Arc<[Rule]>) -> Grant {
    Grant {
        source: Source::Privilege {
            id: PrivilegeId::new("unseen"),
            slug: Arc::from("unseen"),
        },
        lifetime: Lifetime::Permanent,
        rules,
    }
}
