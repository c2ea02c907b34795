//! Lists of rules as they stand: alone, or wherever they may come to stand beside the rules of
//! others.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::compile::{CompileCache, CompiledRules, compile};
use reeve_policy::decide::open::named_pairs;

use crate::difference::{Difference, Verdict, difference};
use crate::limit::{Cancelled, Exhaustive};
use crate::question::known_pairs;
use crate::scope::Scope;

/// Where a list of rules stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Beside {
    /// Alone: nobody who has these rules has others.
    Nothing,
    /// Beside any rules of other roles and privileges. Two lists that mean the same here can stand
    /// for each other with everyone who has them: a Forbid counts even where the list itself allows
    /// nothing.
    #[default]
    Anything,
}

impl Beside {
    /// What is put in front of a list so that everything about it shows: nothing, a rule that allows
    /// all, and one that forbids all.
    ///
    /// Whatever stands beside a list, a request is decided by the list, before it or after it. Where
    /// the list does not decide, these three rules do, in all ways there are; errors of the list's
    /// own Forbids and of its Allows are told apart by the third.
    fn grounds(self) -> &'static [Option<Effect>] {
        match self {
            Self::Nothing => &[None],
            Self::Anything => &[None, Some(Effect::Allow), Some(Effect::Forbid)],
        }
    }
}

/// Compiles lists of rules, templates left as they are written.
pub(crate) struct Compiling {
    semantics: Semantics,
    cache: CompileCache,
}

impl Compiling {
    pub fn new(semantics: Semantics) -> Self {
        Self {
            semantics,
            cache: CompileCache::new(),
        }
    }

    pub fn rules(&mut self, rules: &[Rule]) -> CompiledRules {
        self.on(None, rules)
    }

    fn on(&mut self, ground: Option<Effect>, rules: &[Rule]) -> CompiledRules {
        let everything = ground.map(|effect| {
            let actions = [Action::from("manage")];
            let rule = Rule::new(&Subject::from("all"), &actions, effect, None);
            grant([rule].into())
        });
        let grants: Vec<Grant> = everything
            .into_iter()
            .chain([grant(rules.into())])
            .collect();
        let assembly = assemble_as_written(&grants, self.semantics, DateTime::<Utc>::UNIX_EPOCH);
        let compiled = compile(&assembly, &mut self.cache);
        self.cache.forget_unused();
        compiled
    }

    /// Whether two lists are proven to mean the same, and if they may, what kept that from being
    /// proven.
    pub fn compare(
        &mut self,
        one: &[Rule],
        other: &[Rule],
        beside: Beside,
        scope: &Scope<'_>,
    ) -> Result<(bool, Exhaustive), Cancelled> {
        for ground in beside.grounds() {
            let one = self.on(*ground, one);
            let other = self.on(*ground, other);
            let Difference {
                verdict,
                exhaustive,
                ..
            } = difference(&one, &other, scope)?;
            if verdict != Verdict::Same || !exhaustive.is_yes() {
                return Ok((false, exhaustive));
            }
        }
        Ok((true, Exhaustive::Yes))
    }

    /// The subjects and actions of the scope that a rule is about. Those that only the rules beside
    /// it name are among them.
    pub fn pairs_of(
        &mut self,
        rule: &Rule,
        beside: &[Rule],
        scope: &Scope<'_>,
    ) -> Vec<(Subject, Action)> {
        let named = named_pairs(&self.rules(std::slice::from_ref(rule)));
        let is_about = |(subject, action): &(Subject, Action)| {
            named.iter().any(|(own, done)| {
                (own == subject || own.as_str() == "all")
                    && (done == action || done.as_str() == "manage")
            })
        };
        let mut all = named_pairs(&self.rules(beside));
        all.extend(named.iter().cloned());
        let mut pairs = match scope.only {
            Some(only) => only.to_vec(),
            None => known_pairs(&all, scope.universe),
        };
        pairs.retain(is_about);
        pairs
    }
}

fn grant(rules: Arc<[Rule]>) -> Grant {
    Grant {
        source: Source::AdHoc {
            label: Arc::from("rules"),
        },
        lifetime: Lifetime::Permanent,
        rules,
    }
}
