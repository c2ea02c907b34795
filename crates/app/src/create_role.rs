//! Makes a custom role: empty, or with rules to start from.

use reeve_domain::id::RoleId;
use reeve_domain::role::{Role, RoleKind};
use reeve_policy::read::rules_to_text;

use crate::error::DeedError;
use crate::journal::{Thing, ThingChange, new_id};
use crate::reeve::Reeve;
use crate::role::{RoleNames, RoleWritten, check_names, edited_rules, remark, role_deed};

impl Reeve {
    /// Makes a role called `names` with `rules`, which are JSON text.
    pub fn create_role(&self, names: &RoleNames, rules: &str) -> Result<RoleWritten, DeedError> {
        let now = self.now();
        self.workspace()?.writer().transaction(|transaction| {
            let names = match check_names(transaction, names, None)? {
                Ok(names) => names,
                Err(problems) => return Ok(RoleWritten::Refused(problems)),
            };
            let rules = match edited_rules(rules) {
                Ok(rules) => rules,
                Err(error) => {
                    let problem = remark("rules", &error.to_string());
                    return Ok(RoleWritten::Refused(vec![problem]));
                }
            };
            let role = Role {
                id: RoleId::new(new_id()),
                kind: RoleKind::Custom,
                slug: names.slug,
                name: names.name,
                description: names.description,
                rules: rules_to_text(&rules),
            };
            let made = ThingChange::made(Thing::Role(role.clone()));
            let entry = role_deed("role.create", &role, vec![made]).carry_out(transaction, now)?;
            Ok(RoleWritten::Done {
                role,
                history: entry.id,
            })
        })
    }
}
