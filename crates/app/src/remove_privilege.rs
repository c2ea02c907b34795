//! Takes an additional privilege away. It stops counting at once.

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::PrivilegeId;

use crate::edit_privilege::managed;
use crate::error::DeedError;
use crate::journal::privilege_deed;
use crate::reeve::Reeve;

impl Reeve {
    /// Removes the privilege and writes what it was to the history, so that it can be undone.
    pub fn remove_privilege(&self, id: &PrivilegeId) -> Result<HistoryEntry, DeedError> {
        let now = self.now();
        let entry = self.workspace()?.writer().transaction(|transaction| {
            let privilege = transaction
                .privilege(id)?
                .ok_or(DeedError::Missing { what: "privilege" })?;
            if privilege.managed {
                return Err(managed(&privilege.slug));
            }
            privilege_deed(Some(&privilege), None, None).carry_out(transaction, now)
        })?;
        self.ends_changed.notify_one();
        Ok(entry)
    }
}
