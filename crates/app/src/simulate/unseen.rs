//! Whether an answer could be another one because of what a pull could not see.
//!
//! It is asked of the judge: once more with everything allowed on top, and once more with everything
//! forbidden. If the answer stays, what is hidden cannot matter.

use std::sync::{Arc, LazyLock};

use reeve_domain::id::PrivilegeId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::MemberKind;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::Rule;
use reeve_policy::assemble::{Assembly, Grant, Source};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::{Outcome, UnknownReason};
use reeve_policy::read::rules_from_json;
use reeve_store::snapshot::Snapshot;
use serde_json::{Value, json};

use super::{Asked, Case};
use crate::error::DeedError;
use crate::pull::link::read_last_pull;
use crate::pull::unseen::UnseenKind;

/// What the last pull could not see of whoever is asked about.
pub(super) fn unseen_of(snapshot: &Snapshot, asked: &Asked) -> Result<Vec<UnseenKind>, DeedError> {
    let kind = match asked {
        Asked::Member(member) => member.kind,
        // A role counts as a group does: only its own rules can be hidden.
        Asked::Role(_) => MemberKind::Group,
        Asked::Rules => return Ok(Vec::new()),
    };
    let mut unseen = unseen_kinds(snapshot)?;
    unseen.retain(|unseen| unseen.clouds(kind));
    Ok(unseen)
}

/// What the last pull could not see.
pub(crate) fn unseen_kinds(snapshot: &Snapshot) -> Result<Vec<UnseenKind>, DeedError> {
    let pull = read_last_pull(snapshot)?;
    let unseen = pull.map(|pull| pull.unseen).unwrap_or_default();
    Ok(unseen.into_iter().map(|unseen| unseen.kind).collect())
}

/// Those of `unseen` that can matter to what `assembly` allows.
pub(crate) fn that_matter(unseen: &[UnseenKind], assembly: &Assembly) -> Vec<UnseenKind> {
    unseen
        .iter()
        .copied()
        // Metadata counts where a rule asks for some that nobody told.
        .filter(|kind| !kind.is_metadata() || asks_for_metadata(assembly))
        .collect()
}

/// The most and the least that hidden grants can come to, to be put on top of what is known.
pub(crate) fn extremes(edition: CatalogueEdition) -> [Grant; 2] {
    let everything = Everything::of(edition);
    [
        on_top(Arc::clone(&everything.allowed)),
        on_top(Arc::clone(&everything.forbidden)),
    ]
}

impl Case {
    /// `outcome`, or that it cannot be known, with what is to blame.
    pub(super) fn as_far_as_seen(
        &self,
        outcome: Outcome,
        assembly: &Assembly,
        cache: &mut CompileCache,
        ask: impl Fn(&CompiledRules) -> Outcome,
    ) -> (Outcome, Vec<UnseenKind>) {
        let to_blame = that_matter(&self.unseen, assembly);
        if to_blame.is_empty() || matches!(outcome, Outcome::Unknown(_)) {
            return (outcome, Vec::new());
        }
        let stays = extremes(self.edition).into_iter().all(|grant| {
            let mut case = self.clone();
            case.holder.grants.push(grant);
            ask(&compile(&case.active_at(case.at), cache)) == outcome
        });
        if stays {
            (outcome, Vec::new())
        } else {
            (Outcome::Unknown(UnknownReason::NotSeen), to_blame)
        }
    }
}

fn asks_for_metadata(assembly: &Assembly) -> bool {
    assembly
        .active
        .unresolved
        .iter()
        .any(|template| template.path.starts_with("identity.metadata"))
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
