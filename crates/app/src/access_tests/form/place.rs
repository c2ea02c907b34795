//! The place of a test as text: `environment:/path`, or each part under its name.

use reeve_policy::operation::{SecondPlace, Situation, operation};
use serde_json::{Map, Value, json};

use super::TestFormError;
use super::reader::Reader;
use crate::simulate::{Place, What};

/// The parts that a place may say; any other names an attribute of what is acted on.
pub(super) const PLACE_KEYS: [&str; 14] = [
    "environment",
    "path",
    "name",
    "tags",
    "toEnvironment",
    "toPath",
    "fromEnvironment",
    "fromPath",
    "newName",
    "newTags",
    "metadata",
    "newMetadata",
    "connection",
    "nothingElse",
];

/// Reads the place where `what` would be done.
pub(super) fn place_from(place: &Reader<'_>, what: &What) -> Result<Place, TestFormError> {
    if let Value::String(text) = place.value {
        let Some((environment, path)) = text.split_once(':') else {
            return Err(place.wrong("write `environment:/path`, or say each part under its name"));
        };
        let situation = Situation {
            environment: Some(environment.to_owned()),
            secret_path: Some(path.to_owned()),
            ..Situation::default()
        };
        return Ok(Place {
            situation,
            ..Place::default()
        });
    }
    let object = place.object()?;
    let mut others = Vec::new();
    for key in object.keys() {
        if !PLACE_KEYS.contains(&key.as_str()) {
            others.push((key.clone(), place.text(key)?));
        }
    }
    let situation = Situation {
        environment: place.optional_text("environment")?,
        secret_path: place.optional_text("path")?,
        secret_name: place.optional_text("name")?,
        secret_tags: place.texts("tags")?,
        second_environment: second_from(place, what, "toEnvironment", "fromEnvironment")?,
        second_path: second_from(place, what, "toPath", "fromPath")?,
        new_name: place.optional_text("newName")?,
        new_tags: place.texts("newTags")?,
        metadata: place.pairs("metadata")?,
        new_metadata: place.pairs("newMetadata")?,
        connection: place.optional_text("connection")?,
    };
    Ok(Place {
        situation,
        nothing_else: matches!(object.get("nothingElse"), Some(Value::Bool(true))),
        others,
    })
}

/// A part of the second place. An import may give it as `to`, too; it has only one.
fn second_from(
    place: &Reader<'_>,
    what: &What,
    to: &str,
    from: &str,
) -> Result<Option<String>, TestFormError> {
    let (moved_to, imported_from) = (place.optional_text(to)?, place.optional_text(from)?);
    match (moved_to, imported_from) {
        (given, None) => Ok(given),
        (None, Some(given)) if imports(what) => Ok(Some(given)),
        (Some(_), Some(_)) if imports(what) => {
            Err(place.wrong_at(to, &format!("`{from}` says this already; leave one out")))
        }
        _ => Err(place.wrong_at(
            from,
            &format!("only an import comes from somewhere; `{to}` is where something is moved to"),
        )),
    }
}

/// Whether the second place of `what` is where something is imported from.
fn imports(what: &What) -> bool {
    match what {
        What::Operation(id) => {
            operation(id).and_then(|operation| operation.second) == Some(SecondPlace::ImportedFrom)
        }
        What::Action(..) => false,
    }
}

/// The place where `what` would be done as JSON, with the parts that it gives.
pub(super) fn place_to(place: &Place, what: &What) -> Value {
    let situation = &place.situation;
    let mut object = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.to_owned(), value);
        }
    };
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    let texts = |texts: &Option<Vec<String>>| texts.as_ref().map(|texts| json!(texts));
    put("environment", text(&situation.environment));
    put("path", text(&situation.secret_path));
    put("name", text(&situation.secret_name));
    put("tags", texts(&situation.secret_tags));
    let (environment, path) = if imports(what) {
        ("fromEnvironment", "fromPath")
    } else {
        ("toEnvironment", "toPath")
    };
    put(environment, text(&situation.second_environment));
    put(path, text(&situation.second_path));
    put("newName", text(&situation.new_name));
    put("newTags", texts(&situation.new_tags));
    put("metadata", situation.metadata.as_deref().map(object_of));
    put(
        "newMetadata",
        situation.new_metadata.as_deref().map(object_of),
    );
    put("connection", text(&situation.connection));
    for (key, value) in &place.others {
        put(key, Some(json!(value)));
    }
    put("nothingElse", place.nothing_else.then(|| json!(true)));
    Value::Object(object)
}

fn object_of(pairs: &[(String, String)]) -> Value {
    let pairs = pairs.iter().map(|(key, value)| (key.clone(), json!(value)));
    Value::Object(pairs.collect())
}
