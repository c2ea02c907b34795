//! Reads the embedded catalogue files. Their shape is ours, so a flaw in them is a flaw of the
//! build: it is reported as an error for the tests and never reaches a user.

use reeve_domain::condition::{Operator, Property};
use reeve_domain::rule::{Action, Subject};
use serde_json::Value as Json;

use super::{ActionEntry, Catalogue, Column, MemberOrder, PropertyEntry, SubjectEntry, ValueForm};

/// The first V2 permission system.
pub const SEED: &str = include_str!("../../data/catalogue-seed.json");
/// Today's subjects.
pub const CURRENT: &str = include_str!("../../data/catalogue-current.json");

/// What is wrong with an embedded file.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// It is not JSON.
    #[error("the embedded file is not JSON")]
    Json(#[from] serde_json::Error),
    /// A member is missing or of another type than expected.
    #[error("`{member}` is missing or malformed in {place}")]
    Member {
        /// The member's name.
        member: &'static str,
        /// Where it was looked for.
        place: String,
    },
}

/// Reads a catalogue file.
pub fn catalogue(text: &str) -> Result<Catalogue, DataError> {
    let file: Json = serde_json::from_str(text)?;
    let areas = texts(&file, "areas")?.into_iter().map(Box::from).collect();
    let subjects = list(&file, "subjects")?
        .iter()
        .map(subject)
        .collect::<Result<Vec<_>, _>>()?;
    let by_name = subjects
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.subject.as_str().into(), at))
        .collect();
    Ok(Catalogue {
        areas,
        subjects,
        by_name,
    })
}

fn subject(json: &Json) -> Result<SubjectEntry, DataError> {
    Ok(SubjectEntry {
        subject: Subject::from(text(json, "subject")?),
        area: text(json, "area")?.into(),
        title: text(json, "title")?.into(),
        description: text(json, "description")?.into(),
        invertible: flag(json, "invertible", false),
        writable: flag(json, "writable", true),
        offered: flag(json, "offered", true),
        order: if flag(json, "actionFirst", false) {
            MemberOrder::ActionFirst
        } else {
            MemberOrder::InvertedFirst
        },
        actions: list(json, "actions")?
            .iter()
            .map(action)
            .collect::<Result<_, _>>()?,
        properties: properties(json, "conditions")?,
    })
}

fn action(json: &Json) -> Result<ActionEntry, DataError> {
    let column = match json.get("column").map(Json::as_str) {
        None => None,
        Some(Some("read")) => Some(Column::Read),
        Some(Some("create")) => Some(Column::Create),
        Some(Some("edit")) => Some(Column::Edit),
        Some(Some("delete")) => Some(Column::Delete),
        Some(_) => return Err(missing(json, "column")),
    };
    let only_properties = match json.get("conditions") {
        None => None,
        Some(_) => Some(
            texts(json, "conditions")?
                .into_iter()
                .map(Property::from)
                .collect(),
        ),
    };
    Ok(ActionEntry {
        action: Action::from(text(json, "action")?),
        title: text(json, "title")?.into(),
        description: text(json, "description")?.into(),
        column,
        legacy: flag(json, "legacy", false),
        offered: flag(json, "offered", true) && !flag(json, "legacy", false),
        only_properties,
    })
}

fn properties(json: &Json, member: &'static str) -> Result<Vec<PropertyEntry>, DataError> {
    match json.get(member) {
        None => Ok(Vec::new()),
        Some(_) => list(json, member)?.iter().map(property).collect(),
    }
}

fn property(json: &Json) -> Result<PropertyEntry, DataError> {
    let form = match json.get("form").map(Json::as_str) {
        None => ValueForm::Text,
        Some(Some("path")) => ValueForm::Path,
        Some(Some("subject:action")) => ValueForm::SubjectAction,
        Some(_) => return Err(missing(json, "form")),
    };
    Ok(PropertyEntry {
        property: Property::from(text(json, "property")?),
        title: text(json, "title")?.into(),
        operators: texts(json, "operators")?
            .into_iter()
            .map(Operator::from_wire)
            .collect(),
        bare: flag(json, "bare", false),
        list_valued: flag(json, "list", false),
        form,
        element: properties(json, "element")?,
    })
}

pub fn text<'a>(json: &'a Json, member: &'static str) -> Result<&'a str, DataError> {
    json.get(member)
        .and_then(Json::as_str)
        .ok_or_else(|| missing(json, member))
}

pub fn list<'a>(json: &'a Json, member: &'static str) -> Result<&'a [Json], DataError> {
    json.get(member)
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .ok_or_else(|| missing(json, member))
}

pub fn texts<'a>(json: &'a Json, member: &'static str) -> Result<Vec<&'a str>, DataError> {
    list(json, member)?
        .iter()
        .map(|item| item.as_str().ok_or_else(|| missing(json, member)))
        .collect()
}

pub fn missing(json: &Json, member: &'static str) -> DataError {
    let place = json.to_string().chars().take(80).collect();
    DataError::Member { member, place }
}

fn flag(json: &Json, member: &str, otherwise: bool) -> bool {
    json.get(member)
        .and_then(Json::as_bool)
        .unwrap_or(otherwise)
}
