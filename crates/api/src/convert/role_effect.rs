//! What an edit of a role means, in words.

use reeve_app::role_effect::{Affected, Difference, Exhaustive, Redundancy, RoleEffect, words};
use reeve_app::role_effect::{Answer, Change, WhyRedundant};
use reeve_domain::project::CatalogueEdition;
use reeve_policy::catalogue::Catalogue;

use super::common::{count, member_ref};
use super::error::sentence;
use crate::dto::role_effect::{AffectedHolders, EffectChange, RedundantRule, RoleEffectView};

/// How many of those whose access changes alike are named.
const MEMBERS_SHOWN: usize = 12;
/// How many of their changes are listed.
const CHANGES_SHOWN: usize = 8;

/// What an edit means.
pub fn effect(effect: &RoleEffect) -> RoleEffectView {
    let edition = effect.edition;
    RoleEffectView {
        verdict: sentence(&words::verdict_of(&effect.role)),
        changes: changes(&effect.role, edition, usize::MAX),
        limits: limits(&effect.role.exhaustive),
        affected: effect
            .affected
            .iter()
            .map(|it| affected(it, edition))
            .collect(),
        holders: count(effect.holders),
        left_out: count(effect.left_out),
    }
}

/// What kept a comparison from being exhaustive, in words.
pub(super) fn limits(exhaustive: &Exhaustive) -> Vec<String> {
    match exhaustive {
        Exhaustive::Yes => Vec::new(),
        Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
    }
}

fn affected(affected: &Affected, edition: CatalogueEdition) -> AffectedHolders {
    AffectedHolders {
        members: affected
            .members
            .iter()
            .take(MEMBERS_SHOWN)
            .map(member_ref)
            .collect(),
        count: count(affected.members.len()),
        changes: changes(&affected.difference, edition, CHANGES_SHOWN),
        change_count: count(affected.difference.changes.len()),
    }
}

/// How two rule sets differ, as it travels, at most so many changes.
pub(super) fn changes(
    difference: &Difference,
    edition: CatalogueEdition,
    most: usize,
) -> Vec<EffectChange> {
    difference
        .changes
        .iter()
        .take(most)
        .map(|it| change(it, edition))
        .collect()
}

/// One change of meaning, as it travels.
pub fn change(change: &Change, edition: CatalogueEdition) -> EffectChange {
    let entry = Catalogue::of(edition).subject(change.subject.as_str());
    EffectChange {
        gains: match (change.before, change.after) {
            (_, Answer::Allowed) => Some(true),
            (Answer::Allowed, _) => Some(false),
            _ => None,
        },
        transition: words::transition(change.before, change.after).to_owned(),
        subject: entry
            .map_or(change.subject.as_str(), |entry| &entry.title)
            .to_owned(),
        actions: words::actions(change, edition),
        place: words::reach(&change.reach, &change.subject, edition),
        witnesses: words::examples(change),
    }
}

/// Rules that say nothing new, with why.
pub fn redundant(redundancy: &Redundancy) -> Vec<RedundantRule> {
    redundancy
        .each
        .iter()
        .map(|redundant| RedundantRule {
            rule: count(redundant.rule),
            why: sentence(&why(&redundant.why)),
        })
        .collect()
}

fn why(why: &WhyRedundant) -> String {
    match why {
        WhyRedundant::NeverApplies => "it applies to nothing that there can be".to_owned(),
        WhyRedundant::NothingToForbid => "nothing that it forbids would be allowed".to_owned(),
        WhyRedundant::Covered { by } => {
            let rules: Vec<String> = by.iter().map(|at| (at + 1).to_string()).collect();
            let rules = rules.join(" and ");
            if by.len() == 1 {
                format!("rule {rules} decides the same wherever it applies")
            } else {
                format!("rules {rules} together decide the same wherever it applies")
            }
        }
    }
}
