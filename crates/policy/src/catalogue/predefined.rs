//! The roles every server defines itself, and ready-made sets of rules to start from.

use std::sync::{Arc, OnceLock};

use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use serde_json::Value as Json;

use super::load::{DataError, list, missing, text, texts};

/// A role that the server defines. It can be read and duplicated, not edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PredefinedRole {
    /// The name on the wire.
    pub slug: Box<str>,
    /// The name shown; `member` is shown as "Developer".
    pub name: Box<str>,
    /// What it is for.
    pub description: Box<str>,
    /// Its rules: Allows without conditions.
    pub rules: Arc<[Rule]>,
}

/// A ready-made set of rules that an editor inserts as ordinary rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTemplate {
    /// Identifies it within its edition.
    pub slug: Box<str>,
    /// The name shown.
    pub name: Box<str>,
    /// The area of the catalogue it belongs to.
    pub area: Box<str>,
    /// How far it goes.
    pub level: TemplateLevel,
    /// What it lets its holders do.
    pub description: Box<str>,
    /// Its rules: Allows without conditions and without legacy actions.
    pub rules: Arc<[Rule]>,
}

/// How far a template goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TemplateLevel {
    /// Sees.
    View,
    /// Uses what is there, without changing it.
    Use,
    /// Sees and changes.
    Edit,
    /// Decides for others.
    Manage,
}

/// The predefined roles of `edition`, in the order servers list them.
pub fn predefined_roles(edition: CatalogueEdition) -> &'static [PredefinedRole] {
    static SEED: OnceLock<Vec<PredefinedRole>> = OnceLock::new();
    static CURRENT: OnceLock<Vec<PredefinedRole>> = OnceLock::new();
    let cell = match edition {
        CatalogueEdition::Seed => &SEED,
        CatalogueEdition::Current => &CURRENT,
    };
    cell.get_or_init(|| read(roles_text(edition), role).unwrap_or_default())
}

/// The predefined role with this slug, if `edition` has it.
pub fn predefined_role(edition: CatalogueEdition, slug: &str) -> Option<&'static PredefinedRole> {
    predefined_roles(edition)
        .iter()
        .find(|role| &*role.slug == slug)
}

/// The templates of `edition`, area by area.
pub fn policy_templates(edition: CatalogueEdition) -> &'static [PolicyTemplate] {
    static SEED: OnceLock<Vec<PolicyTemplate>> = OnceLock::new();
    static CURRENT: OnceLock<Vec<PolicyTemplate>> = OnceLock::new();
    let cell = match edition {
        CatalogueEdition::Seed => &SEED,
        CatalogueEdition::Current => &CURRENT,
    };
    cell.get_or_init(|| read(templates_text(edition), template).unwrap_or_default())
}

pub(super) fn roles_text(edition: CatalogueEdition) -> &'static str {
    match edition {
        CatalogueEdition::Seed => include_str!("../../data/roles-seed.json"),
        CatalogueEdition::Current => include_str!("../../data/roles-current.json"),
    }
}

pub(super) fn templates_text(edition: CatalogueEdition) -> &'static str {
    match edition {
        CatalogueEdition::Seed => include_str!("../../data/templates-seed.json"),
        CatalogueEdition::Current => include_str!("../../data/templates-current.json"),
    }
}

/// Reads a file that is a list of entries.
pub(super) fn read<T>(
    file: &str,
    entry: fn(&Json) -> Result<T, DataError>,
) -> Result<Vec<T>, DataError> {
    let file: Json = serde_json::from_str(file)?;
    file.as_array()
        .ok_or_else(|| missing(&file, "entries"))?
        .iter()
        .map(entry)
        .collect()
}

pub(super) fn role(json: &Json) -> Result<PredefinedRole, DataError> {
    Ok(PredefinedRole {
        slug: text(json, "slug")?.into(),
        name: text(json, "name")?.into(),
        description: text(json, "description")?.into(),
        rules: rules(json)?,
    })
}

pub(super) fn template(json: &Json) -> Result<PolicyTemplate, DataError> {
    let level = match text(json, "level")? {
        "view" => TemplateLevel::View,
        "use" => TemplateLevel::Use,
        "edit" => TemplateLevel::Edit,
        "manage" => TemplateLevel::Manage,
        _ => return Err(missing(json, "level")),
    };
    Ok(PolicyTemplate {
        slug: text(json, "slug")?.into(),
        name: text(json, "name")?.into(),
        area: text(json, "area")?.into(),
        level,
        description: text(json, "description")?.into(),
        rules: rules(json)?,
    })
}

fn rules(json: &Json) -> Result<Arc<[Rule]>, DataError> {
    list(json, "rules")?.iter().map(rule).collect()
}

fn rule(json: &Json) -> Result<Rule, DataError> {
    let subject = Subject::from(text(json, "subject")?);
    let actions: Vec<Action> = texts(json, "action")?
        .into_iter()
        .map(Action::from)
        .collect();
    Ok(Rule::new(&subject, &actions, Effect::Allow, None))
}
