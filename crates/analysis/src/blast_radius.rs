//! Whom a change touches, and how: the difference for each actor, worked out once for all who hold
//! the same rules before and after.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use reeve_domain::project::Semantics;
use reeve_policy::assemble::{ActorFacts, Grant, assemble_active, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};

use crate::difference::{Change, Difference, Verdict, difference};
use crate::limit::{Cancelled, Exhaustive};
use crate::scope::Scope;
use crate::sorting::{HoldingKey, Sorting};

/// When, and on which kind of server, grants are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// How the server orders rules.
    pub semantics: Semantics,
    /// The instant; grants that do not count then are not looked at.
    pub at: DateTime<Utc>,
}

/// What somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holding {
    /// What templates are filled in with; `None` leaves them as they are written.
    pub facts: Option<ActorFacts>,
    /// All grants, ended ones included. Whoever has the same role should have the same `Arc` of
    /// rules: that is how the same rules are recognised.
    pub grants: Vec<Grant>,
}

/// Somebody before and after the change. `K` says who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned<K> {
    /// Who.
    pub actor: K,
    /// What they hold before.
    pub before: Holding,
    /// What they hold after.
    pub after: Holding,
}

/// Whom a change touches, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlastRadius<K> {
    /// Those whose access differs, or for whom that could not be excluded; by equal difference, the
    /// difference with most actors first.
    pub impacts: Vec<Impact<K>>,
    /// Those for whom every request is proven to have the same answer.
    pub unaffected: Vec<K>,
    /// How many times two rule sets were compared.
    pub compared: usize,
}

/// A difference and all whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact<K> {
    /// How their access differs. The requests that show it are those of the first actor.
    pub difference: Difference,
    /// Whom it concerns, in the order given.
    pub actors: Vec<K>,
}

impl<K> BlastRadius<K> {
    /// Whether every request of everybody was looked at, or what kept it from being so.
    pub fn exhaustive(&self) -> Exhaustive {
        let mut limits = Vec::new();
        for impact in &self.impacts {
            if let Exhaustive::No(own) = &impact.difference.exhaustive {
                limits.extend(own.iter().cloned());
            }
        }
        limits.sort_unstable();
        limits.dedup();
        if limits.is_empty() {
            Exhaustive::Yes
        } else {
            Exhaustive::No(limits)
        }
    }

    /// How everybody's access compares, taken together.
    pub fn verdict(&self) -> Verdict {
        let all = self.impacts.iter().map(|impact| impact.difference.verdict);
        all.fold(Verdict::Same, Verdict::and)
    }
}

impl Verdict {
    /// What holds of two comparisons together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, same) | (same, Self::Same) => same,
            (Self::SameAccess, access) | (access, Self::SameAccess) => access,
            (one, other) if one == other => one,
            _ => Self::Incomparable,
        }
    }
}

/// How the access of each of `concerned` differs between `before` and `after`.
pub fn blast_radius<K>(
    concerned: impl IntoIterator<Item = Concerned<K>>,
    before: Moment,
    after: Moment,
    scope: &Scope<'_>,
) -> Result<BlastRadius<K>, Cancelled> {
    let mut sorting = Sorting::new(scope.only);
    let mut classes: Vec<Class<K>> = Vec::new();
    let mut numbers: HashMap<(HoldingKey, HoldingKey), usize> = HashMap::new();
    let mut unaffected: Vec<(usize, K)> = Vec::new();
    for (place, one) in concerned.into_iter().enumerate() {
        if place.is_multiple_of(256) && (scope.cancelled)() {
            return Err(Cancelled);
        }
        let key = (
            sorting.key(place, &one.before, before),
            sorting.key(place, &one.after, after),
        );
        let stays = key.0 == key.1
            && before.semantics == after.semantics
            && (!key.0.is_own() || one.before.facts == one.after.facts);
        if stays {
            unaffected.push((place, one.actor));
            continue;
        }
        let number = *numbers.entry(key).or_insert(classes.len());
        match classes.get_mut(number) {
            Some(class) => class.actors.push((place, one.actor)),
            None => classes.push(Class {
                before: one.before,
                after: one.after,
                actors: vec![(place, one.actor)],
            }),
        }
    }
    let compared = classes.len();
    let mut found: Vec<(Difference, Vec<(usize, K)>)> = Vec::new();
    let mut cache = CompileCache::new();
    for class in classes {
        if (scope.cancelled)() {
            return Err(Cancelled);
        }
        let old = compiled(&class.before, before, &mut cache);
        let new = compiled(&class.after, after, &mut cache);
        let difference = difference(&old, &new, scope)?;
        if difference.is_same() {
            unaffected.extend(class.actors);
            continue;
        }
        match found
            .iter_mut()
            .find(|(other, _)| alike(other, &difference))
        {
            Some((_, actors)) => actors.extend(class.actors),
            None => found.push((difference, class.actors)),
        }
    }
    Ok(BlastRadius {
        impacts: impacts(found),
        unaffected: in_order(unaffected),
        compared,
    })
}

/// Those who hold the same before and after.
struct Class<K> {
    before: Holding,
    after: Holding,
    actors: Vec<(usize, K)>,
}

fn compiled(holding: &Holding, moment: Moment, cache: &mut CompileCache) -> CompiledRules {
    let assembly = match &holding.facts {
        Some(facts) => assemble_active(facts, &holding.grants, moment.semantics, moment.at),
        None => assemble_as_written(&holding.grants, moment.semantics, moment.at),
    };
    compile(&assembly, cache)
}

/// Whether two differences say the same. The requests that show them may differ, as long as the
/// pieces that they show are exact.
fn alike(one: &Difference, other: &Difference) -> bool {
    if !(one.exhaustive.is_yes() && other.exhaustive.is_yes()) {
        return one == other;
    }
    let says = |change: &Change, same: &Change| {
        change.subject == same.subject
            && change.actions == same.actions
            && change.before == same.before
            && change.after == same.after
            && change.reach == same.reach
    };
    one.verdict == other.verdict
        && one.changes.len() == other.changes.len()
        && one
            .changes
            .iter()
            .zip(&other.changes)
            .all(|(a, b)| says(a, b))
}

fn impacts<K>(found: Vec<(Difference, Vec<(usize, K)>)>) -> Vec<Impact<K>> {
    let mut impacts: Vec<Impact<K>> = found
        .into_iter()
        .map(|(difference, actors)| Impact {
            difference,
            actors: in_order(actors),
        })
        .collect();
    impacts.sort_by_key(|impact| std::cmp::Reverse(impact.actors.len()));
    impacts
}

fn in_order<K>(mut actors: Vec<(usize, K)>) -> Vec<K> {
    actors.sort_by_key(|(place, _)| *place);
    actors.into_iter().map(|(_, actor)| actor).collect()
}
