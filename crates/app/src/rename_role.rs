//! Gives a custom role another name, slug or description. Who holds it keeps it.

use reeve_domain::id::RoleId;
use reeve_domain::role::Role;

use crate::error::DeedError;
use crate::journal::{Thing, ThingChange};
use crate::reeve::Reeve;
use crate::role::{RoleNames, RoleWritten, check_names, custom_role, remark, role_deed};

impl Reeve {
    /// Calls the role `id` by `names` from now on.
    pub fn rename_role(&self, id: &RoleId, names: &RoleNames) -> Result<RoleWritten, DeedError> {
        let now = self.now();
        self.workspace()?.writer().transaction(|transaction| {
            let before = custom_role(transaction, id)?;
            let names = match check_names(transaction, names, Some(id))? {
                Ok(names) => names,
                Err(problems) => return Ok(RoleWritten::Refused(problems)),
            };
            let after = Role {
                slug: names.slug,
                name: names.name,
                description: names.description,
                ..before.clone()
            };
            if after == before {
                let problem = remark("name", "this is what it is called already");
                return Ok(RoleWritten::Refused(vec![problem]));
            }
            let renamed = ThingChange::changed(Thing::Role(before), Thing::Role(after.clone()));
            let deed = role_deed("role.rename", &after, vec![renamed]);
            let entry = deed.carry_out(transaction, now)?;
            Ok(RoleWritten::Done {
                role: after,
                history: entry.id,
            })
        })
    }
}
