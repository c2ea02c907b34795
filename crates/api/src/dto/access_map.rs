//! The access map.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::common::FieldProblem;
use super::privilege::ActionName;
use super::remote::UnseenPart;
use super::simulate::{OutcomeKind, SimulateRequest};

/// Whose map is wanted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessMapRequest {
    /// Who, when and on which server; what and where it asks is not looked at.
    pub question: SimulateRequest,
    /// The subject on the wire, such as `secrets`.
    pub subject: String,
}

/// The access of somebody at an instant, by place.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessMapAnswer {
    /// What keeps the question from being answered, per field; then there is nothing else.
    pub problems: Vec<FieldProblem>,
    /// What stands before "may" for them in sentences.
    pub name: String,
    /// The instant.
    pub at: Option<String>,
    /// What may be done, in the order of the catalogue.
    pub actions: Vec<ActionName>,
    /// The environments, in the order of the project; the last one, without a slug, is any other.
    pub environments: Vec<Option<String>>,
    /// The regions of folders, by their first folder.
    pub regions: Vec<MapRegion>,
    /// Whether each cell says what is so now, too, where that differs.
    pub beside_now: bool,
    /// What kept it from being exact, in words.
    pub limits: Vec<String>,
    /// What could not be pulled and makes some cell uncertain.
    pub unseen: Vec<UnseenPart>,
}

/// Folders that the rules do not tell apart.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MapRegion {
    /// Some of the folders that there are.
    pub folders: Vec<String>,
    /// How many there are.
    pub count: u32,
    /// A folder that speaks for all; it need not exist.
    pub example: String,
    /// A cell for each environment.
    pub cells: Vec<MapCell>,
}

/// What may be done in one region of one environment.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MapCell {
    /// Whether there is a folder of the region in this environment.
    pub exists: bool,
    /// Each action that is not simply denied, by what was pulled.
    pub entries: Vec<MapEntry>,
    /// Each action of which it is not certain, because something could not be pulled.
    pub doubts: Vec<MapDoubt>,
    /// The same now, where another instant was asked about and it differs.
    pub now: Option<MapAccess>,
}

/// What may be done in one cell at one instant.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MapAccess {
    /// Each action that is not simply denied, by what was pulled.
    pub entries: Vec<MapEntry>,
    /// Each action of which it is not certain, because something could not be pulled.
    pub doubts: Vec<MapDoubt>,
}

/// An action of which the access to a cell is not certain.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MapDoubt {
    /// The action on the wire.
    pub action: String,
    /// For which names and tags, in words, names in backticks; empty if for all.
    pub cases: Vec<String>,
}

/// An action that is not simply denied in a cell.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MapEntry {
    /// The action on the wire.
    pub action: String,
    /// Whether it is allowed whatever the name and the tags.
    pub always: bool,
    /// Where it is not always so: for which names and tags, with the answer.
    pub cases: Vec<MapCase>,
}

/// Names and tags with one answer.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MapCase {
    /// The answer.
    pub outcome: OutcomeKind,
    /// Which, in words, names in backticks; empty for all.
    pub words: String,
}
