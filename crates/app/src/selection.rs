//! Members that an admin has chosen for one act.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_store::error::StoreError;
pub use reeve_store::filter::MemberFilter;
use reeve_store::snapshot::Snapshot;

/// Chosen members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These.
    Members(Vec<MemberId>),
    /// All that a filter leaves, but for some.
    Matching {
        /// The filter.
        filter: MemberFilter,
        /// Who was taken out by hand.
        except: BTreeSet<MemberId>,
    },
}

impl Selection {
    /// The ids of the members that are chosen at `now`, each once. Some of them may not exist any more.
    pub fn ids(
        &self,
        snapshot: &Snapshot,
        now: DateTime<Utc>,
    ) -> Result<Vec<MemberId>, StoreError> {
        match self {
            Self::Members(ids) => {
                let mut seen = BTreeSet::new();
                Ok(ids.iter().filter(|id| seen.insert(*id)).cloned().collect())
            }
            Self::Matching { filter, except } => {
                let mut ids = snapshot.matching_ids(filter, now)?;
                ids.retain(|id| !except.contains(id));
                Ok(ids)
            }
        }
    }
}
