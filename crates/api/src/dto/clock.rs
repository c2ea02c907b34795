//! What is to be said of the clock.

use serde::Serialize;
use ts_rs::TS;

/// What is to be said of the clock.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockNotice {
    /// That it was set back, as long as it has not caught up and nobody dismissed it.
    pub set_back: Option<ClockSetBack>,
}

/// The clock was set back.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockSetBack {
    /// An instant that it had reached before.
    pub from: String,
    /// What it says now.
    pub now: String,
    /// How much had ended by `from` and counts again.
    pub again: u32,
}
