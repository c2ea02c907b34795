//! All roles, with how much they are used and what is to be said about them.

use std::collections::{BTreeMap, BTreeSet};

use reeve_domain::role::Role;
use reeve_policy::read::rules_from_text;
use reeve_policy::validate::{Severity, findings};
use reeve_store::role_holder::TimedAssignments;

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::{project, rules_text};

/// A role in the list.
#[derive(Debug, Clone)]
pub struct RoleSummary {
    /// The role.
    pub role: Role,
    /// How many rules it has; `None` if they cannot be read.
    pub rules: Option<usize>,
    /// How many users and identities have it by assignments of their own, ended ones included.
    pub members: u64,
    /// How many groups have it, ended assignments included.
    pub groups: u64,
    /// How many of these assignments are timed.
    pub timed: TimedAssignments,
    /// How many things are to be said about its rules, by weight.
    pub findings: BTreeMap<Severity, usize>,
    /// Whether there are edits that were not saved.
    pub has_draft: bool,
}

impl Reeve {
    /// Every role: the predefined ones, then the custom ones by name.
    pub fn list_roles(&self) -> Result<Vec<RoleSummary>, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let timed = snapshot.timed_assignments(now)?;
            let drafts: BTreeSet<_> = snapshot.roles_with_draft()?.into_iter().collect();
            let summaries = snapshot.roles()?.into_iter().map(|row| {
                let rules = rules_from_text(&rules_text(&row.role, &project)).ok();
                let mut weights: BTreeMap<Severity, usize> = BTreeMap::new();
                // What a server defines itself is not for anybody here to mend.
                if let Some((rules, _)) = rules.as_ref().filter(|_| !row.role.rules.is_empty()) {
                    for finding in findings(rules, project.catalogue) {
                        *weights.entry(finding.severity).or_default() += 1;
                    }
                }
                RoleSummary {
                    rules: rules.map(|(rules, _)| rules.len()),
                    members: row.actor_count,
                    groups: row.group_count,
                    timed: timed.get(&row.role.id).copied().unwrap_or_default(),
                    findings: weights,
                    has_draft: drafts.contains(&row.role.id),
                    role: row.role,
                }
            });
            Ok(summaries.collect())
        })
    }
}
