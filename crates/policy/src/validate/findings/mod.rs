//! What an admin should know about rules before they are saved, in plain words: what the server
//! refuses, what it takes but strips, what can never apply, and what works otherwise than it reads.

mod conditions;
mod nearest;
mod refused;
mod rule;
mod templates;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Effect, Rule};

use super::PathPart;
use crate::catalogue::Catalogue;
use crate::read::{rule_to_json, rules_to_json};

/// How much a finding matters, the heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The server does not take the rules.
    Refused,
    /// The server takes them, and they open more or forbid less than they read.
    Dangerous,
    /// The server takes them, and this part can never have an effect.
    Ineffective,
    /// They work, but not as most people expect.
    Surprising,
}

/// One thing to know about a list of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What kind of finding it is, for those who accept it or look for its like; stable.
    pub code: &'static str,
    /// Where, from the list of rules on.
    pub path: Vec<PathPart>,
    /// What is the matter.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

/// Everything there is to say about `rules` for a server of `edition`: rule by rule, and within a
/// rule the heaviest first.
pub fn findings(rules: &[Rule], edition: CatalogueEdition) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        let mut notes = Notes::new(at, rule, edition);
        refused::note(&mut notes);
        rule::note(&mut notes);
        conditions::note(&mut notes);
        templates::note(&mut notes);
        let first = *seen.entry(rule_to_json(rule).to_string()).or_insert(at);
        if first != at {
            notes.add(
                Severity::Surprising,
                "duplicate-rule",
                &[],
                format!("this rule is the same as rule {}", first + 1),
                "remove one of the two".to_owned(),
            );
        }
        notes.found.sort_by_key(|finding| finding.severity);
        all.extend(notes.found);
    }
    all.extend(refused::beyond_single_rules(
        &rules_to_json(rules),
        edition,
        &all,
    ));
    all
}

/// What is known of one rule, and what was found about it.
struct Notes<'a> {
    at: usize,
    rule: &'a Rule,
    edition: CatalogueEdition,
    catalogue: &'static Catalogue,
    found: Vec<Finding>,
}

/// A step of a path within a rule.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

impl<'a> Notes<'a> {
    fn new(at: usize, rule: &'a Rule, edition: CatalogueEdition) -> Self {
        Self {
            at,
            rule,
            edition,
            catalogue: Catalogue::of(edition),
            found: Vec::new(),
        }
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        path: &[Step<'_>],
        message: String,
        remedy: String,
    ) {
        let within = path.iter().map(|step| match step {
            Step::Key(key) => PathPart::Key((*key).into()),
            Step::Item(at) => PathPart::Index(*at),
        });
        self.found.push(Finding {
            severity,
            code,
            path: std::iter::once(PathPart::Index(self.at))
                .chain(within)
                .collect(),
            message,
            remedy,
        });
    }

    fn forbids(&self) -> bool {
        self.rule.effect() == Effect::Forbid
    }

    /// How much it matters that the rule never applies.
    fn when_never(&self) -> Severity {
        if self.forbids() {
            Severity::Dangerous
        } else {
            Severity::Ineffective
        }
    }

    /// How much it matters that the rule applies more widely than it reads.
    fn when_wider(&self) -> Severity {
        if self.forbids() {
            Severity::Surprising
        } else {
            Severity::Dangerous
        }
    }

    /// What it means that the rule never applies.
    fn never(&self) -> &'static str {
        if self.forbids() {
            "the rule forbids nothing"
        } else {
            "the rule allows nothing"
        }
    }
}
