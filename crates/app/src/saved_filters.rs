//! The filters of the list of members that an admin has kept under a name.

pub use reeve_store::saved_filter::SavedFilter;

use crate::error::DeedError;
use crate::journal::new_id;
use crate::preview_privilege::Remark;
use crate::reeve::Reeve;

/// The longest name of a filter, in characters.
const NAME_MAX: usize = 60;
/// How many filters can be kept.
const FILTERS_MAX: usize = 100;

/// How keeping a filter went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterKept {
    /// It is kept.
    Kept(SavedFilter),
    /// It cannot be kept; nothing was changed.
    Refused(Remark),
}

impl Reeve {
    /// The kept filters, in order.
    pub fn saved_filters(&self) -> Result<Vec<SavedFilter>, DeedError> {
        self.workspace()?
            .reader()
            .read(|snapshot| Ok(snapshot.saved_filters()?))
    }

    /// Keeps a filter under `name`: a new one, or, if `id` is one of a kept filter, that one.
    pub fn save_filter(
        &self,
        id: Option<&str>,
        name: &str,
        asked: &str,
    ) -> Result<FilterKept, DeedError> {
        self.workspace()?.writer().transaction(|transaction| {
            let mut filters = transaction.saved_filters()?;
            let kept = SavedFilter {
                id: id.map_or_else(new_id, str::to_owned),
                name: name.trim().to_owned(),
                asked: asked.to_owned(),
            };
            if let Some(message) = wrong_name(&kept, &filters) {
                return Ok::<_, DeedError>(FilterKept::Refused(Remark {
                    field: "name".to_owned(),
                    message,
                }));
            }
            match filters.iter_mut().find(|filter| filter.id == kept.id) {
                Some(filter) => filter.clone_from(&kept),
                None => filters.push(kept.clone()),
            }
            transaction.put_saved_filters(&filters)?;
            Ok(FilterKept::Kept(kept))
        })
    }

    /// Forgets a kept filter. Gives it, so that it can be kept again; `None` if it was gone.
    pub fn forget_filter(&self, id: &str) -> Result<Option<SavedFilter>, DeedError> {
        self.workspace()?.writer().transaction(|transaction| {
            let mut filters = transaction.saved_filters()?;
            let place = filters.iter().position(|filter| filter.id == id);
            let forgotten = place.map(|place| filters.remove(place));
            if forgotten.is_some() {
                transaction.put_saved_filters(&filters)?;
            }
            Ok::<_, DeedError>(forgotten)
        })
    }
}

fn wrong_name(kept: &SavedFilter, filters: &[SavedFilter]) -> Option<String> {
    let length = kept.name.chars().count();
    let same = |other: &&SavedFilter| {
        other.id != kept.id && other.name.to_lowercase() == kept.name.to_lowercase()
    };
    if kept.name.is_empty() {
        Some("give the filter a name".to_owned())
    } else if length > NAME_MAX {
        Some(format!(
            "the name has {length} characters; at most {NAME_MAX} are allowed"
        ))
    } else if filters.iter().find(same).is_some() {
        Some(format!(
            "`{}` is the name of another filter; choose another name",
            kept.name
        ))
    } else if filters.len() >= FILTERS_MAX && filters.iter().all(|other| other.id != kept.id) {
        Some(format!(
            "{FILTERS_MAX} filters are kept already; forget one first"
        ))
    } else {
        None
    }
}
