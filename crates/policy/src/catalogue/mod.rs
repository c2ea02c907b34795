//! The catalogue: which subjects, actions, conditions and operators a server knows, as data.
//!
//! Two editions are embedded, because servers of different ages know different things. A name that
//! an edition does not know is simply not found; this module never guesses and never says whether
//! an access is allowed.

mod load;
mod predefined;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use reeve_domain::condition::{Operator, Property};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Subject};

pub use predefined::{
    PolicyTemplate, PredefinedRole, TemplateLevel, policy_templates, predefined_role,
    predefined_roles,
};

/// The subjects of one edition, grouped by area and most used first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    areas: Vec<Box<str>>,
    subjects: Vec<SubjectEntry>,
    by_name: BTreeMap<Box<str>, usize>,
}

/// A subject, its actions and its condition properties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectEntry {
    /// The wire name.
    pub subject: Subject,
    /// The area it is shown in; one of [`Catalogue::areas`].
    pub area: Box<str>,
    /// The human title, as the dashboard shows it.
    pub title: Box<str>,
    /// One sentence on what the subject is.
    pub description: Box<str>,
    /// Whether a rule on it may be inverted. On other subjects the server strips `inverted`, which
    /// turns a Forbid into an Allow.
    pub invertible: bool,
    /// Whether the server's write schema knows the subject at all; predefined roles may hold rules
    /// on subjects that no custom role can carry.
    pub writable: bool,
    /// Whether editors offer the subject for new rules.
    pub offered: bool,
    /// The order in which the server stores the members of a rule.
    pub order: MemberOrder,
    /// What can be done, in the server's order.
    pub actions: Vec<ActionEntry>,
    /// What rules can be conditioned on, in the server's order. Empty if the server strips
    /// conditions.
    pub properties: Vec<PropertyEntry>,
}

/// The order in which the server stores the members of a rule, between `subject` and `conditions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberOrder {
    /// `inverted`, then `action`.
    InvertedFirst,
    /// `action`, then `inverted`.
    ActionFirst,
}

/// One of the four columns of the permission table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// Sees it.
    Read,
    /// Makes a new one.
    Create,
    /// Changes it.
    Edit,
    /// Removes it.
    Delete,
}

impl Column {
    /// The four columns in the order of the table.
    pub const ALL: [Self; 4] = [Self::Read, Self::Create, Self::Edit, Self::Delete];
}

/// An action of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionEntry {
    /// The wire name.
    pub action: Action,
    /// The human title.
    pub title: Box<str>,
    /// One sentence on what the action allows.
    pub description: Box<str>,
    /// The column it belongs to; none for a special action. A column may hold several actions of
    /// one subject, such as describing a secret and reading its value.
    pub column: Option<Column>,
    /// Whether newer actions replace it.
    pub legacy: bool,
    /// Whether editors offer it for new rules.
    pub offered: bool,
    /// The only properties a rule with this action may be conditioned on; none if the action does
    /// not narrow what the subject allows.
    pub only_properties: Option<Vec<Property>>,
}

/// A property that conditions can test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyEntry {
    /// The wire name.
    pub property: Property,
    /// The human title, such as `Secret Path`.
    pub title: Box<str>,
    /// The operators the server keeps, in the order it stores them; it strips any other without a
    /// word.
    pub operators: Vec<Operator>,
    /// Whether a bare string, meaning "equal to", is accepted.
    pub bare: bool,
    /// Whether the attribute is a list, such as the tags of a secret.
    pub list_valued: bool,
    /// The form of its values beyond being text.
    pub form: ValueForm,
    /// For a list of objects: the members of an element, tested under `$elemMatch`.
    pub element: Vec<PropertyEntry>,
}

/// What the server asks of the values of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueForm {
    /// Any text.
    Text,
    /// A path that starts with `/`; globs are exempt.
    Path,
    /// `subject:action`, agreeing with `assignableSubject` in the same rule.
    SubjectAction,
}

impl Catalogue {
    /// The catalogue of `edition`.
    pub fn of(edition: CatalogueEdition) -> &'static Self {
        static SEED: OnceLock<Catalogue> = OnceLock::new();
        static CURRENT: OnceLock<Catalogue> = OnceLock::new();
        let (cell, text) = match edition {
            CatalogueEdition::Seed => (&SEED, load::SEED),
            CatalogueEdition::Current => (&CURRENT, load::CURRENT),
        };
        cell.get_or_init(|| load::catalogue(text).unwrap_or_default())
    }

    /// The areas in which subjects are shown, most used first.
    pub fn areas(&self) -> &[Box<str>] {
        &self.areas
    }

    /// All subjects, area by area.
    pub fn subjects(&self) -> &[SubjectEntry] {
        &self.subjects
    }

    /// The subject with this wire name, if the edition knows it.
    pub fn subject(&self, name: &str) -> Option<&SubjectEntry> {
        self.subjects.get(*self.by_name.get(name)?)
    }
}

impl SubjectEntry {
    /// The action with this wire name, if the edition knows it on this subject.
    pub fn action(&self, name: &str) -> Option<&ActionEntry> {
        self.actions.iter().find(|e| e.action.as_str() == name)
    }

    /// The property with this wire name, if rules on this subject can be conditioned on it.
    pub fn property(&self, name: &str) -> Option<&PropertyEntry> {
        self.properties.iter().find(|e| e.property.as_str() == name)
    }

    /// The actions that replaced the legacy action `name`; none if nothing did, or if the edition
    /// does not know them.
    pub fn successors(&self, name: &str) -> Vec<Action> {
        let replaced = crate::assemble::replaced_action(self.subject.as_str());
        match replaced {
            Some((legacy, new)) if legacy == name => new
                .iter()
                .filter_map(|new| self.action(new))
                .map(|entry| entry.action.clone())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The actions of one column of the permission table, legacy ones left out.
    pub fn column(&self, column: Column) -> impl Iterator<Item = &ActionEntry> {
        self.actions
            .iter()
            .filter(move |e| e.column == Some(column) && !e.legacy)
    }

    /// The actions outside the four columns, legacy ones left out.
    pub fn special(&self) -> impl Iterator<Item = &ActionEntry> {
        self.actions
            .iter()
            .filter(|e| e.column.is_none() && !e.legacy)
    }

    /// The properties that a rule with all of `actions` may be conditioned on. An action the
    /// edition does not know narrows nothing.
    pub fn properties_for(&self, actions: &[Action]) -> Vec<&PropertyEntry> {
        self.properties
            .iter()
            .filter(|property| {
                actions
                    .iter()
                    .filter_map(|action| self.action(action.as_str()))
                    .all(|entry| entry.allows(&property.property))
            })
            .collect()
    }
}

impl ActionEntry {
    /// Whether a rule with this action may be conditioned on `property`.
    pub fn allows(&self, property: &Property) -> bool {
        self.only_properties
            .as_ref()
            .is_none_or(|only| only.contains(property))
    }
}

impl PropertyEntry {
    /// Whether the server keeps `operator` on this property.
    pub fn takes(&self, operator: &Operator) -> bool {
        self.operators.contains(operator)
    }

    /// The member of an element with this wire name.
    pub fn member(&self, name: &str) -> Option<&PropertyEntry> {
        self.element.iter().find(|e| e.property.as_str() == name)
    }

    /// The title of `operator` on this property, as the dashboard shows it.
    pub fn operator_title<'a>(&self, operator: &'a Operator) -> &'a str {
        if self.list_valued && *operator == Operator::In {
            return "Contains";
        }
        operator_title(operator)
    }
}

/// The title of `operator`, as the dashboard shows it; the wire name if it has none.
pub fn operator_title(operator: &Operator) -> &str {
    match operator {
        Operator::Eq => "Equal",
        Operator::Ne => "Not Equal",
        Operator::In => "In",
        Operator::Glob => "Glob Match",
        Operator::All => "Contains All",
        Operator::ElemMatch => "Has Element",
        Operator::Other(name) => name,
    }
}
