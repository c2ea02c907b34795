//! One role with its rules, who holds it, and the edits of it that were not saved.

use reeve_domain::id::RoleId;
use reeve_domain::project::Project;
use reeve_domain::role::Role;
pub use reeve_store::role_draft::RoleDraft;
pub use reeve_store::role_holder::RoleHolder;

use crate::error::DeedError;
use crate::reeve::Reeve;
use crate::role::{project, revision, role, rules_text};

/// How many holders are named beside a role.
const HOLDERS_SHOWN: usize = 100;

/// One role.
#[derive(Debug, Clone)]
pub struct OpenRole {
    /// The project it belongs to.
    pub project: Project,
    /// The role.
    pub role: Role,
    /// Its rules, as JSON text.
    pub rules: String,
    /// What identifies these rules.
    pub revision: String,
    /// Some of those who hold it: groups first, each by name.
    pub holders: Vec<RoleHolder>,
    /// How many assignments give it to users and identities, ended ones included.
    pub members: u64,
    /// How many assignments give it to groups, ended ones included.
    pub groups: u64,
    /// Edits that were not saved.
    pub draft: Option<RoleDraft>,
}

impl Reeve {
    /// The role `id`.
    pub fn open_role(&self, id: &RoleId) -> Result<OpenRole, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let project = project(snapshot)?;
            let role = role(snapshot, id)?;
            let rules = rules_text(&role, &project);
            let row = snapshot
                .roles()?
                .into_iter()
                .find(|row| row.role.id == *id)
                .ok_or(DeedError::Missing { what: "role" })?;
            Ok(OpenRole {
                revision: revision(&rules),
                rules,
                holders: snapshot.role_holders(id, HOLDERS_SHOWN)?,
                members: row.actor_count,
                groups: row.group_count,
                draft: snapshot.role_draft(id)?,
                project,
                role,
            })
        })
    }
}
