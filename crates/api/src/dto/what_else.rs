//! What else somebody may do in the same place.

use serde::Serialize;
use ts_rs::TS;

use super::simulate::OutcomeKind;

/// The other operations about which the place says enough.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatElseAnswer {
    /// The operations, in the order of the catalogue.
    pub operations: Vec<ElseThere>,
}

/// Another operation in the same place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ElseThere {
    /// Its id.
    pub operation: String,
    /// Its title, such as "Edit a secret".
    pub title: String,
    /// The answer.
    pub outcome: OutcomeKind,
}
