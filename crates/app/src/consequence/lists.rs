//! Rules that were read once, and the numbers that tell lists of rules apart.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use reeve_domain::id::RoleId;
use reeve_domain::rule::{Rule, Subject};
use reeve_policy::assemble::{ArrangedGrant, Source};
use reeve_policy::read::rules_to_text;

use super::known::{KnownConsequences, lock};
use super::touched::Touched;
use crate::actor::read_rules;
use crate::error::DeedError;

/// A list of rules that is held, so that its address stays its own, with its number.
type Numbered = (Arc<[Rule]>, Option<u32>);

/// Rules that were read, and their numbers, so that each list is read once.
#[derive(Default)]
pub(super) struct Lists {
    pub roles: HashMap<RoleId, Arc<[Rule]>>,
    privileges: HashMap<Box<str>, Arc<[Rule]>>,
    /// By the address of the list, which is its own as long as it is held here, and what it is
    /// looked at for.
    numbers: HashMap<(usize, Option<u32>), Numbered>,
}

impl Lists {
    /// The rules of a privilege; the same list for the same text.
    pub fn read(&mut self, slug: &str, text: &str) -> Result<Arc<[Rule]>, DeedError> {
        if let Some(rules) = self.privileges.get(text) {
            return Ok(Arc::clone(rules));
        }
        let rules: Arc<[Rule]> = read_rules(slug, text)?.into();
        self.privileges.insert(text.into(), Arc::clone(&rules));
        Ok(rules)
    }

    /// The number of the rules of a grant that are about `touched`; `None` if there are none.
    pub fn number(
        &mut self,
        grant: &ArrangedGrant,
        touched: Option<&Touched>,
        known: &Mutex<KnownConsequences>,
    ) -> Option<u32> {
        let is_folder = matches!(grant.source, Source::Folder { .. });
        // Whose rules are its own, or doubtful by their places, is told apart as a whole.
        if grant.rendered || is_folder || !grant.doubtful.is_empty() {
            let rules = rules_to_text(&grant.rules);
            let text = format!("{is_folder} {:?} {rules}", grant.doubtful);
            return Some(lock(known).number(&text));
        }
        let key = (grant.rules.as_ptr().addr(), touched.map(|one| one.number));
        if let Some((_, number)) = self.numbers.get(&key) {
            return *number;
        }
        let about: Vec<Rule> = grant
            .rules
            .iter()
            .filter(|rule| touched.is_none_or(|one| is_about(rule, &one.subjects)))
            .cloned()
            .collect();
        let number = (!about.is_empty()).then(|| lock(known).number(&rules_to_text(&about)));
        let held = (Arc::clone(&grant.rules), number);
        self.numbers.insert(key, held);
        number
    }
}

/// Whether a rule can matter for one of `subjects`. What is odd about it may matter for all.
fn is_about(rule: &Rule, subjects: &BTreeSet<Subject>) -> bool {
    rule.subjects().is_empty()
        || rule.written().get("fields").is_some()
        || rule
            .subjects()
            .iter()
            .any(|subject| subject.as_str() == "all" || subjects.contains(subject))
}
