//! Filters of the list of members that were kept under a name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::FieldProblem;

/// The kept filters.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedFilters {
    /// In the order in which they were kept.
    pub filters: Vec<SavedFilter>,
}

/// A kept filter.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedFilter {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it asks for: the address of the list, as the window wrote it.
    pub asked: String,
}

/// Keeps a filter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveFilterRequest {
    /// The kept filter that is changed; `None` for a new one.
    pub id: Option<String>,
    /// What it shall be called.
    pub name: String,
    /// What it asks for.
    pub asked: String,
}

/// How keeping a filter went.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "outcome")]
pub enum SaveFilterAnswer {
    /// It is kept.
    Saved {
        /// The filter.
        filter: SavedFilter,
    },
    /// It cannot be kept.
    Refused {
        /// What is wrong.
        problem: FieldProblem,
    },
}

/// Forgets a kept filter.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ForgetFilterRequest {
    /// Its id.
    pub id: String,
}
