//! A slice of the members, as the list shows them.

pub use reeve_store::filter::{Expiry, MemberFact, MemberFilter};
pub use reeve_store::page::{Direction, MemberPage, MemberQuery, MemberRow, MemberSort};

use crate::error::DeedError;
use crate::reeve::Reeve;

impl Reeve {
    /// The members that `query` asks for.
    pub fn list_members(&self, query: &MemberQuery) -> Result<MemberPage, DeedError> {
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(snapshot.member_page(query)?))
    }
}
