//! What is known about a case, and how checks put it on the wire.

use reeve_domain::value::{Object, Value};

use super::{Attribute, Input};

/// What is known about a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Situation {
    /// Where.
    pub environment: Option<String>,
    /// In which folder; for operations on a folder, the folder itself.
    pub secret_path: Option<String>,
    /// Which secret.
    pub secret_name: Option<String>,
    /// Its tags, as slugs; an empty list is a secret without tags.
    pub secret_tags: Option<Vec<String>>,
    /// The second place: where something is moved to or imported from.
    pub second_environment: Option<String>,
    /// The folder of the second place.
    pub second_path: Option<String>,
    /// The new name.
    pub new_name: Option<String>,
    /// The new tags.
    pub new_tags: Option<Vec<String>>,
    /// Keys and values of a dynamic secret.
    pub metadata: Option<Vec<(String, String)>>,
    /// New keys and values.
    pub new_metadata: Option<Vec<(String, String)>>,
    /// The id of an app connection.
    pub connection: Option<String>,
}

impl Attribute {
    /// The name on the wire and the value; `None` if it is missing from the check.
    pub(super) fn of(self, situation: &Situation) -> Option<(&'static str, Value)> {
        let text = |value: &Option<String>| value.as_deref().map(Value::text);
        let tags = |value: &[String]| Value::texts(value.iter().map(String::as_str));
        Some(match self {
            Self::Environment => ("environment", text(&situation.environment)?),
            Self::SecondEnvironment => ("environment", text(&situation.second_environment)?),
            Self::Path => ("secretPath", text(&situation.secret_path)?),
            Self::SecondPath => ("secretPath", text(&situation.second_path)?),
            Self::ParentPath => {
                let path = parent(situation.secret_path.as_deref()?);
                ("secretPath", Value::text(path))
            }
            Self::Name => ("secretName", text(&situation.secret_name)?),
            Self::NewName => ("secretName", text(&situation.new_name)?),
            Self::Tags => ("secretTags", tags(situation.secret_tags.as_ref()?)),
            Self::TagsToBe => {
                let sent = situation.new_tags.as_ref();
                let to_be = sent.or(situation.secret_tags.as_ref())?;
                if to_be.is_empty() {
                    return None;
                }
                ("secretTags", tags(to_be))
            }
            Self::TagsSent => {
                let sent = situation.new_tags.as_deref();
                ("secretTags", tags(sent.unwrap_or_default()))
            }
            Self::Metadata => ("metadata", metadata(situation.metadata.as_ref()?)),
            Self::NewMetadata => ("metadata", metadata(situation.new_metadata.as_ref()?)),
            Self::Connection => ("connectionId", text(&situation.connection)?),
        })
    }
}

/// The path of the folder above; the root is its own parent.
fn parent(path: &str) -> &str {
    let path = path.strip_suffix('/').unwrap_or(path);
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((parent, _)) => parent,
    }
}

fn metadata(pairs: &[(String, String)]) -> Value {
    let item = |(key, value): &(String, String)| {
        let members = [("key", key), ("value", value)];
        let object: Object = members
            .into_iter()
            .map(|(name, text)| (name, Value::text(text.as_str())))
            .collect();
        Value::Object(object)
    };
    Value::List(pairs.iter().map(item).collect())
}

impl Situation {
    /// Whether this is known about the case.
    pub fn has(&self, input: Input) -> bool {
        match input {
            Input::Environment => self.environment.is_some(),
            Input::SecretPath => self.secret_path.is_some(),
            Input::SecretName => self.secret_name.is_some(),
            Input::SecretTags => self.secret_tags.is_some(),
            Input::SecondEnvironment => self.second_environment.is_some(),
            Input::SecondPath => self.second_path.is_some(),
            Input::NewName => self.new_name.is_some(),
            Input::NewTags => self.new_tags.is_some(),
            Input::Metadata => self.metadata.is_some(),
            Input::NewMetadata => self.new_metadata.is_some(),
            Input::Connection => self.connection.is_some(),
        }
    }

    /// The place, such as `prod:/payments/STRIPE_KEY`; empty if nothing is known about it.
    pub fn place(&self) -> String {
        place(
            self.environment.as_deref(),
            self.secret_path.as_deref(),
            self.secret_name.as_deref(),
        )
    }

    /// The second place.
    pub fn second_place(&self) -> String {
        place(
            self.second_environment.as_deref(),
            self.second_path.as_deref(),
            None,
        )
    }
}

/// A place in one word.
pub(crate) fn place(environment: Option<&str>, path: Option<&str>, name: Option<&str>) -> String {
    let mut place = String::new();
    if let Some(environment) = environment {
        place.push_str(environment);
    }
    if let Some(path) = path {
        if !place.is_empty() {
            place.push(':');
        }
        place.push_str(path);
    }
    if let Some(name) = name {
        if !place.is_empty() && !place.ends_with('/') {
            place.push('/');
        }
        place.push_str(name);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_of_a_folder_is_the_folder_above() {
        for (path, above) in [
            ("/a/b", "/a"),
            ("/a", "/"),
            ("/", "/"),
            ("/a/b/", "/a"),
            ("a", "/"),
        ] {
            assert_eq!(parent(path), above, "{path}");
        }
    }
}
