//! The most and the least access that what a pull could not see can come to.
//!
//! Hidden grants may hold anything: everything allowed on top, or everything forbidden. Hidden metadata
//! moves only the rules whose templates ask for it: each may hold everywhere or nowhere.

use std::sync::{Arc, LazyLock};

use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::Rule;
use reeve_domain::value::Value as Written;
use reeve_policy::assemble::{Grant, Source};
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
    if unseen.iter().all(|kind| kind.is_metadata())
        && let Some(moved) = moved(grants)
    {
        return moved;
    }
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
                let mut written = rule.written().clone();
                written.remove("conditions");
                let everywhere = Rule::read(written);
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
