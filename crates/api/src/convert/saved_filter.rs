//! Filters of the list of members that were kept under a name.

use reeve_app::saved_filters as app;

use super::privilege::remarks;
use crate::dto::saved_filter::{SaveFilterAnswer, SavedFilter, SavedFilters};

/// Kept filters as they travel.
pub fn filters(filters: Vec<app::SavedFilter>) -> SavedFilters {
    SavedFilters {
        filters: filters.into_iter().map(filter).collect(),
    }
}

fn filter(filter: app::SavedFilter) -> SavedFilter {
    SavedFilter {
        id: filter.id,
        name: filter.name,
        asked: filter.asked,
    }
}

/// How keeping a filter went.
pub fn answer(kept: app::FilterKept) -> SaveFilterAnswer {
    match kept {
        app::FilterKept::Kept(kept) => SaveFilterAnswer::Saved {
            filter: filter(kept),
        },
        app::FilterKept::Refused(remark) => SaveFilterAnswer::Refused {
            problem: remarks(&[remark]).remove(0),
        },
    }
}
