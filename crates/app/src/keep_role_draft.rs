//! Keeps the edits of a role that were not saved, so that they survive a crash, and forgets them.

use reeve_domain::id::RoleId;
use reeve_store::error::StoreError;
use reeve_store::role_draft::RoleDraft;

use crate::error::DeedError;
use crate::reeve::Reeve;

/// Edits of a role that were not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEdits {
    /// What identifies the saved rules that they began from.
    pub base: String,
    /// The edited rules, as JSON text.
    pub rules: String,
    /// What stands in the text editor, where that is no list of rules.
    pub written: Option<String>,
    /// The steps that led here, for whoever goes on; this room does not look into them.
    pub steps: Option<String>,
}

impl Reeve {
    /// Keeps the edits that were made to `role`.
    pub fn keep_role_draft(&self, role: &RoleId, edits: KeptEdits) -> Result<(), DeedError> {
        let draft = RoleDraft {
            base: edits.base,
            rules: edits.rules,
            written: edits.written,
            steps: edits.steps,
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
