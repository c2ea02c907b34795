//! The attributes of what is acted on, as a check passes them to the judge.

use crate::value::{Object, Value};

/// What a check says about the thing acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attributes {
    /// The check asks about the subject as such ("anywhere?"): conditional Allows count,
    /// conditional Forbids do not.
    Bare,
    /// The check is about one thing with these attributes; what is not in here is missing.
    Of(Object),
}

impl Attributes {
    /// The attributes of a secret. A part that is `None` is missing from the check; an empty list
    /// of tags is a secret without tags, which is something else.
    pub fn of_secret(
        environment: &str,
        secret_path: &str,
        secret_name: Option<&str>,
        secret_tags: Option<&[String]>,
    ) -> Self {
        let mut object: Object = [
            ("environment", Value::text(environment)),
            ("secretPath", Value::text(secret_path)),
        ]
        .into_iter()
        .collect();
        if let Some(name) = secret_name {
            object.set("secretName", Value::text(name));
        }
        if let Some(tags) = secret_tags {
            object.set("secretTags", Value::texts(tags.iter().map(String::as_str)));
        }
        Self::Of(object)
    }
}
