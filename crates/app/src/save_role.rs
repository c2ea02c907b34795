//! Saves edited rules of a custom role. They count at once for all who hold it.

use reeve_domain::id::{HistoryId, RoleId};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::role::Role;
use reeve_domain::rule::Rule;
use reeve_policy::read::{ReadError, rules_to_text};
use reeve_policy::validate::{Finding, Severity, findings};

use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};
use crate::reeve::Reeve;
use crate::role::{custom_role, edited_rules, project, revision, role_deed};

/// Edited rules on their way to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleEdits {
    /// The role.
    pub role: RoleId,
    /// What identifies the rules that the edits began from.
    pub base: String,
    /// The rules, as JSON text.
    pub rules: String,
    /// What to do about rules that a server of this edition would refuse.
    pub refusals: Refusals,
}

/// What to do about new rules that a server would refuse. Rules that were there before are never
/// held against the edits of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusals {
    /// They keep everything from being saved.
    Stop,
    /// They are saved all the same.
    Accepted,
}

/// How an attempt to save a role went.
#[derive(Debug, Clone)]
pub enum RoleSaving {
    /// It stands and counts.
    Saved {
        /// What identifies the rules now.
        revision: String,
        /// The entry of the history.
        history: HistoryId,
    },
    /// The rules are what was stored already.
    Unchanged,
    /// The text holds no list of rules.
    Unreadable(ReadError),
    /// A server would refuse these rules, which were not there before.
    Refused(Vec<Finding>),
    /// Somebody else changed the role meanwhile.
    Overtaken {
        /// The rules that are stored now.
        rules: String,
        /// What identifies them.
        revision: String,
    },
}

impl Reeve {
    /// Saves `edits`, unless the role has changed since they began. A draft is forgotten with it.
    pub fn save_role(&self, edits: &RoleEdits) -> Result<RoleSaving, DeedError> {
        let now = self.now();
        let saving = self.workspace()?.writer().transaction(|transaction| {
            let edition = project(transaction)?.catalogue;
            let before = custom_role(transaction, &edits.role)?;
            let rules = match edited_rules(&edits.rules) {
                Ok(rules) => rules,
                Err(error) => return Ok(RoleSaving::Unreadable(error)),
            };
            let stored = edited_rules(&before.rules).unwrap_or_default();
            let text = rules_to_text(&rules);
            if text == rules_to_text(&stored) && edited_rules(&before.rules).is_ok() {
                transaction.remove_role_draft(&edits.role)?;
                return Ok(RoleSaving::Unchanged);
            }
            let current = revision(&before.rules);
            if current != edits.base {
                return Ok(RoleSaving::Overtaken {
                    rules: before.rules,
                    revision: current,
                });
            }
            if edits.refusals == Refusals::Stop {
                let refused = new_refusals(&rules, &stored, edition);
                if !refused.is_empty() {
                    return Ok(RoleSaving::Refused(refused));
                }
            }
            let after = Role {
                rules: text,
                ..before.clone()
            };
            let revision = revision(&after.rules);
            let changed = ThingChange::changed(Thing::Role(before), Thing::Role(after.clone()));
            let entry =
                role_deed("role.edit", &after, vec![changed]).carry_out(transaction, now)?;
            transaction.remove_role_draft(&edits.role)?;
            Ok::<_, DeedError>(RoleSaving::Saved {
                revision,
                history: entry.id,
            })
        })?;
        Ok(saving)
    }
}

/// What a server would refuse about `rules` and not about the `stored` ones.
fn new_refusals(rules: &[Rule], stored: &[Rule], edition: CatalogueEdition) -> Vec<Finding> {
    let is_old = |finding: &Finding| {
        use reeve_policy::validate::PathPart;
        match finding.path.first() {
            Some(PathPart::Index(at)) => rules.get(*at).is_some_and(|rule| stored.contains(rule)),
            _ => false,
        }
    };
    findings(rules, edition)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Refused && !is_old(finding))
        .collect()
}
