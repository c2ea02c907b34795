//! Writes a role being edited as Terraform configuration.

use reeve_domain::id::RoleId;
use reeve_exchange::terraform::role_resource;

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::{edited_rules, project, role};

impl Reeve {
    /// The role `id` with `rules`, which are JSON text, as Terraform configuration; `None` if the
    /// text holds no rules.
    pub fn write_terraform(&self, id: &RoleId, rules: &str) -> Result<Option<String>, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let role = role(snapshot, id)?;
            let rules = edited_rules(rules).ok();
            Ok(rules.map(|rules| role_resource(&role, &rules, &project.slug)))
        })
    }
}
