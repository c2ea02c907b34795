//! Environments, folders and tags, for pickers.

pub use reeve_store::place::Places;

use crate::error::DeedError;
use crate::reeve::Reeve;

impl Reeve {
    /// The places of the project.
    pub fn places(&self) -> Result<Places, DeedError> {
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(snapshot.places()?))
    }
}
