//! Makes a custom role with the rules of another one, which may be one that the server defines.

use reeve_domain::id::RoleId;
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Rule};
use reeve_policy::catalogue::{Catalogue, SubjectEntry};
use reeve_policy::read::rules_to_text;

use crate::actor::rules_of_role;
use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::{RoleNames, RoleWritten, project, role};

/// What a duplicate takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicate {
    /// Every rule as it is written.
    Exact,
    /// What a server takes in a custom role: the successors of legacy actions in their place, and no
    /// rules on what only predefined roles may hold.
    Fitted,
}

impl Reeve {
    /// Makes a role called `names` with the rules of `original`.
    pub fn duplicate_role(
        &self,
        original: &RoleId,
        names: &RoleNames,
        duplicate: Duplicate,
    ) -> Result<RoleWritten, DeedError> {
        let rules = self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let original = role(snapshot, original)?;
            let rules = rules_of_role(&original, project.catalogue)?;
            Ok::<_, DeedError>(match duplicate {
                Duplicate::Exact => rules_to_text(&rules),
                Duplicate::Fitted => rules_to_text(&fitted(&rules, project.catalogue)),
            })
        })?;
        self.create_role(names, &rules)
    }
}

fn fitted(rules: &[Rule], edition: CatalogueEdition) -> Vec<Rule> {
    let catalogue = Catalogue::of(edition);
    rules
        .iter()
        .filter_map(|rule| {
            let entry = rule
                .subject()
                .and_then(|subject| catalogue.subject(subject.as_str()));
            if entry.is_some_and(|entry| !entry.writable) {
                return None;
            }
            let replaced = entry.and_then(|entry| successors(rule.actions(), entry));
            Some(replaced.map_or_else(|| rule.clone(), |actions| rule.with_actions(&actions)))
        })
        .collect()
}

/// The actions with those that replaced them in the place of legacy ones; `None` if there is none.
fn successors(actions: &[Action], entry: &SubjectEntry) -> Option<Vec<Action>> {
    let has_legacy = actions
        .iter()
        .any(|action| !entry.successors(action.as_str()).is_empty());
    if !has_legacy {
        return None;
    }
    let mut written: Vec<Action> = Vec::new();
    for action in actions {
        let successors = entry.successors(action.as_str());
        let stand_in = if successors.is_empty() {
            vec![action.clone()]
        } else {
            successors
        };
        for action in stand_in {
            if !written.contains(&action) {
                written.push(action);
            }
        }
    }
    Some(written)
}
