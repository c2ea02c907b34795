//! Keeps the edits of a role that were not saved, so that they survive a crash, and forgets them.

use reeve_domain::id::RoleId;
use reeve_store::error::StoreError;
use reeve_store::role_draft::RoleDraft;

use crate::error::DeedError;
use crate::reeve::Reeve;

impl Reeve {
    /// Keeps the edits that were made to `role`: its rules as JSON text, begun from the rules that
    /// `base` identifies, and what stands in the text editor where that is no list of rules.
    pub fn keep_role_draft(
        &self,
        role: &RoleId,
        base: &str,
        rules: &str,
        written: Option<&str>,
    ) -> Result<(), DeedError> {
        let draft = RoleDraft {
            base: base.to_owned(),
            rules: rules.to_owned(),
            written: written.map(str::to_owned),
            saved_at: self.now(),
        };
        let kept = self
            .workspace()?
            .writer()
            .transaction(|transaction| transaction.put_role_draft(role, &draft));
        match kept {
            Err(StoreError::Missing { .. }) => Err(DeedError::Missing { what: "role" }),
            other => Ok(other?),
        }
    }

    /// Forgets the edits that were made to `role`.
    pub fn forget_role_draft(&self, role: &RoleId) -> Result<(), DeedError> {
        self.workspace()?
            .writer()
            .transaction(|transaction| Ok(transaction.remove_role_draft(role)?))
    }
}
