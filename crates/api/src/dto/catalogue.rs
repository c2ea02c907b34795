//! What the project's server knows: subjects, actions, conditions and operators.

use serde::Serialize;
use ts_rs::TS;

use super::privilege::{ActionName, PolicyDraft};

/// The catalogue of the open project.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueView {
    /// The subjects, in order of areas.
    pub subjects: Vec<SubjectView>,
    /// The plain-words operations the simulator offers.
    pub operations: Vec<OperationView>,
    /// Ready-made sets of policies.
    pub templates: Vec<PolicyTemplateView>,
}

/// A subject.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SubjectView {
    /// The name on the wire.
    pub subject: String,
    /// The name shown.
    pub title: String,
    /// What it is.
    pub description: String,
    /// The area it is grouped under.
    pub area: String,
    /// Its actions.
    pub actions: Vec<ActionView>,
    /// The properties its conditions may test.
    pub properties: Vec<PropertyView>,
    /// Whether its rules may be inverted.
    pub invertible: bool,
    /// Whether editors offer it for new rules.
    pub offered: bool,
}

/// An action of a subject.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionView {
    /// The name on the wire.
    pub action: String,
    /// The name shown.
    pub title: String,
    /// What it permits.
    pub description: String,
    /// Whether newer actions replace it.
    pub legacy: bool,
    /// The column of the permission table it belongs to; none for a special action.
    pub column: Option<TableColumn>,
    /// Whether editors offer it for new rules.
    pub offered: bool,
    /// The only properties that a rule with it may test; `None` if it may test all.
    pub only_properties: Option<Vec<String>>,
}

/// A property that conditions may test.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PropertyView {
    /// The name on the wire.
    pub property: String,
    /// The name shown.
    pub title: String,
    /// The operators it takes.
    pub operators: Vec<OperatorView>,
    /// For a list of objects: the members of an element, each tested under `$elemMatch`.
    pub elements: Vec<PropertyView>,
}

/// A column of the permission table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TableColumn {
    /// Sees it.
    Read,
    /// Makes a new one.
    Create,
    /// Changes it.
    Edit,
    /// Removes it.
    Delete,
}

/// An operator.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperatorView {
    /// The name on the wire.
    pub operator: String,
    /// The name shown.
    pub title: String,
    /// Whether it takes a list.
    pub takes_list: bool,
}

/// A plain-words operation.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OperationView {
    /// Its id.
    pub id: String,
    /// Its name, such as "Read a secret's value".
    pub title: String,
    /// The group it is listed under.
    pub area: String,
    /// What its second place is called, such as "Moved to", if it has one.
    pub second_place: Option<String>,
    /// The fields of a place that it needs or takes, in order, such as `environment`.
    pub inputs: Vec<String>,
    /// What the server checks for it, in order.
    pub checks: Vec<ActionName>,
}

/// A ready-made set of policies.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyTemplateView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The policies.
    pub policies: Vec<PolicyDraft>,
}
