//! Fills what a case leaves open with values to try.

use reeve_domain::value::{Object, Value};
use reeve_policy::operation::{Attribute, Situation};

use crate::simulate::open::open_property;

/// `situation` with what was open filled in from an example of `attributes`.
pub(super) fn filled(
    situation: &Situation,
    attributes: &[Attribute],
    example: &Object,
) -> Situation {
    let mut filled = situation.clone();
    let text = |name: &str| example.get(name)?.as_text().map(str::to_owned);
    for attribute in attributes {
        if open_property(*attribute, situation).is_none() {
            continue;
        }
        match attribute {
            Attribute::Environment => filled.environment = text("environment"),
            Attribute::SecondEnvironment => filled.second_environment = text("environment"),
            Attribute::Path => filled.secret_path = text("secretPath"),
            Attribute::SecondPath => filled.second_path = text("secretPath"),
            Attribute::ParentPath => {
                let parent = text("secretPath");
                filled.secret_path =
                    parent.map(|parent| format!("{}/child", parent.trim_end_matches('/')));
            }
            Attribute::Name => filled.secret_name = text("secretName"),
            Attribute::NewName => filled.new_name = text("secretName"),
            Attribute::Tags | Attribute::TagsToBe => filled.secret_tags = Some(texts(example)),
            Attribute::TagsSent => {}
            Attribute::Metadata => filled.metadata = pairs(example),
            Attribute::NewMetadata => filled.new_metadata = pairs(example),
            Attribute::Connection => filled.connection = text("connectionId"),
        }
    }
    filled
}

fn texts(example: &Object) -> Vec<String> {
    let items = example.get("secretTags").and_then(Value::as_list);
    let items = items.unwrap_or_default().iter();
    let texts = items.filter_map(Value::as_text);
    texts.map(str::to_owned).collect()
}

fn pairs(example: &Object) -> Option<Vec<(String, String)>> {
    let items = example.get("metadata")?.as_list()?;
    let pair = |item: &Value| {
        let object = item.as_object()?;
        let text = |name: &str| Some(object.get(name)?.as_text()?.to_owned());
        Some((text("key")?, text("value")?))
    };
    Some(items.iter().filter_map(pair).collect())
}
