//! Every role, for pickers.

use reeve_domain::role::Role;

use crate::error::DeedError;
use crate::reeve::Reeve;

impl Reeve {
    /// Every role: the predefined ones, then the custom ones by name.
    pub fn role_names(&self) -> Result<Vec<Role>, DeedError> {
        self.workspace()?.reader().read(|snapshot| {
            let rows = snapshot.roles()?;
            Ok(rows.into_iter().map(|row| row.role).collect())
        })
    }
}
