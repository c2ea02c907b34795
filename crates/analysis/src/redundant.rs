//! Rules that say nothing new, held against all others together.

use reeve_domain::project::Semantics;
use reeve_domain::rule::{Effect, Rule};

use crate::difference::Reach;
use crate::extent::{Area, region_of_rule};
use crate::limit::{Cancelled, Exhaustive, Limit};
use crate::scope::Scope;
use crate::standing::{Beside, Compiling};

/// Which rules of a list say nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redundancy {
    /// Rules of which each alone can be left out, in order. Two of them may only be redundant
    /// because of each other.
    pub each: Vec<Redundant>,
    /// Rules that can be left out all together, in order; the rest has no redundant rule.
    pub together: Vec<usize>,
    /// Whether everything was looked at. If not, more rules may be redundant.
    pub exhaustive: Exhaustive,
}

/// A rule that says nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redundant {
    /// Its position in the list.
    pub rule: usize,
    /// Why.
    pub why: WhyRedundant,
}

/// Why a rule says nothing new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyRedundant {
    /// It applies to no thing that there can be.
    NeverApplies,
    /// It is a Forbid, and nothing it forbids would be allowed. This is only said of rules that
    /// stand alone.
    NothingToForbid,
    /// These rules, together, decide the same wherever it applies.
    Covered {
        /// Their positions; none of them could be left out of this explanation.
        by: Vec<usize>,
    },
}

/// The rules of a list that can be left out without a change of meaning, proven against the union
/// of all others.
pub fn redundant_rules(
    rules: &[Rule],
    semantics: Semantics,
    beside: Beside,
    scope: &Scope<'_>,
) -> Result<Redundancy, Cancelled> {
    let mut search = Search {
        rules,
        beside,
        scope,
        compiling: Compiling::new(semantics),
        limits: Vec::new(),
    };
    let all: Vec<usize> = (0..rules.len()).collect();
    let mut each = Vec::new();
    for rule in 0..rules.len() {
        if search.is_needless(rule, &all)? {
            each.push(Redundant {
                rule,
                why: search.why(rule, semantics, &all)?,
            });
        }
    }
    let together = search.together(&each)?;
    Ok(Redundancy {
        each,
        together,
        exhaustive: if search.limits.is_empty() {
            Exhaustive::Yes
        } else {
            search.limits.sort_unstable();
            search.limits.dedup();
            Exhaustive::No(search.limits)
        },
    })
}

struct Search<'a> {
    rules: &'a [Rule],
    beside: Beside,
    scope: &'a Scope<'a>,
    compiling: Compiling,
    limits: Vec<Limit>,
}

impl Search<'_> {
    /// Whether `among` mean the same without `rule`, which is one of them.
    fn is_needless(&mut self, rule: usize, among: &[usize]) -> Result<bool, Cancelled> {
        let Some(own) = self.rules.get(rule) else {
            return Ok(false);
        };
        let pick = |leave_out: Option<usize>| -> Vec<Rule> {
            among
                .iter()
                .filter(|at| Some(**at) != leave_out)
                .filter_map(|at| self.rules.get(*at).cloned())
                .collect()
        };
        let (with, without) = (pick(None), pick(Some(rule)));
        let pairs = self.compiling.pairs_of(own, self.rules, self.scope);
        let scope = self.scope.only(&pairs);
        let (same, exhaustive) = self
            .compiling
            .compare(&with, &without, self.beside, &scope)?;
        if let Exhaustive::No(limits) = exhaustive {
            self.limits.extend(limits);
        }
        Ok(same)
    }

    /// Why a redundant rule is.
    fn why(
        &mut self,
        rule: usize,
        semantics: Semantics,
        all: &[usize],
    ) -> Result<WhyRedundant, Cancelled> {
        if let Some(own) = self.rules.get(rule) {
            let region = region_of_rule(own, semantics, self.scope)?;
            let is_bare = |area: &Area| area.reach == Reach::Bare;
            if region.areas.iter().all(is_bare) && region.exhaustive.is_yes() {
                return Ok(WhyRedundant::NeverApplies);
            }
        }
        let is_forbid = self
            .rules
            .get(rule)
            .is_some_and(|rule| rule.effect() == Effect::Forbid);
        if is_forbid && self.beside == Beside::Nothing && self.is_needless(rule, &[rule])? {
            return Ok(WhyRedundant::NothingToForbid);
        }
        let mut by = all.to_vec();
        for other in all.iter().rev().filter(|other| **other != rule) {
            let fewer: Vec<usize> = by.iter().copied().filter(|at| at != other).collect();
            if self.is_needless(rule, &fewer)? {
                by = fewer;
            }
        }
        by.retain(|other| *other != rule);
        Ok(WhyRedundant::Covered { by })
    }

    /// Leaves out one rule after the other, those with most conditions first.
    fn together(&mut self, each: &[Redundant]) -> Result<Vec<usize>, Cancelled> {
        let mut order: Vec<usize> = each.iter().map(|redundant| redundant.rule).collect();
        let conditions = |at: &usize| {
            let rule = self.rules.get(*at);
            rule.map_or(0, |rule| rule.conditions().as_slice().len())
        };
        order.sort_by_key(|at| (std::cmp::Reverse(conditions(at)), std::cmp::Reverse(*at)));
        let mut left: Vec<usize> = (0..self.rules.len()).collect();
        let mut dropped = Vec::new();
        // What was left out can make another rule redundant: a Forbid loses what it forbade.
        while !order.is_empty() {
            let before = dropped.len();
            for rule in order {
                if self.is_needless(rule, &left)? {
                    left.retain(|at| *at != rule);
                    dropped.push(rule);
                }
            }
            order = if dropped.len() > before {
                left.clone()
            } else {
                Vec::new()
            };
        }
        dropped.sort_unstable();
        Ok(dropped)
    }
}
