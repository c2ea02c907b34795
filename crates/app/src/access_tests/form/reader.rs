//! Reads values strictly, and knows where in the text each stands.

use reeve_domain::project::Semantics;
use serde_json::{Map, Value};

use super::TestFormError;

/// A value with its place in the text.
pub(in crate::access_tests) struct Reader<'a> {
    pub value: &'a Value,
    place: String,
}

impl<'a> Reader<'a> {
    /// `value`, which stands at `place`; an empty place is the whole text.
    pub fn new(value: &'a Value, place: &str) -> Self {
        Self {
            value,
            place: place.to_owned(),
        }
    }

    /// The error that the value itself is not what it must be.
    pub fn wrong(&self, message: &str) -> TestFormError {
        TestFormError::Wrong {
            place: if self.place.is_empty() {
                "the file".to_owned()
            } else {
                self.place.clone()
            },
            message: message.to_owned(),
        }
    }

    /// The error that what stands under `key` is not what it must be.
    pub fn wrong_at(&self, key: &str, message: &str) -> TestFormError {
        TestFormError::Wrong {
            place: self.below(key),
            message: message.to_owned(),
        }
    }

    fn below(&self, key: &str) -> String {
        if self.place.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.place)
        }
    }

    /// The names with their values.
    pub fn object(&self) -> Result<&'a Map<String, Value>, TestFormError> {
        self.value
            .as_object()
            .ok_or_else(|| self.wrong("names with values are needed"))
    }

    /// Refuses names that are not among `keys`.
    pub fn knows(&self, keys: &[&str]) -> Result<(), TestFormError> {
        let unknown = self
            .object()?
            .keys()
            .find(|key| !keys.contains(&key.as_str()));
        match unknown {
            None => Ok(()),
            Some(key) => Err(self.wrong_at(
                key,
                &format!("this is not known here; known are {}", keys.join(", ")),
            )),
        }
    }

    /// What stands under `key`, which must be there.
    pub fn at(&self, key: &str) -> Result<Reader<'a>, TestFormError> {
        match self.object()?.get(key) {
            Some(value) => Ok(Reader {
                value,
                place: self.below(key),
            }),
            None => Err(self.wrong_at(key, "this is missing")),
        }
    }

    /// The text under `key`, which must be there.
    pub fn text(&self, key: &str) -> Result<String, TestFormError> {
        self.optional_text(key)?
            .ok_or_else(|| self.wrong_at(key, "this is missing"))
    }

    /// The text under `key`, if there is one.
    pub fn optional_text(&self, key: &str) -> Result<Option<String>, TestFormError> {
        match self.object()?.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            // YAML takes a text of digits for a number; as a name it is meant as it is written.
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(self.wrong_at(key, "a text is needed")),
        }
    }

    /// The list of texts under `key`, if there is one.
    pub fn texts(&self, key: &str) -> Result<Option<Vec<String>>, TestFormError> {
        match self.object()?.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| match item {
                    Value::String(text) => Ok(text.clone()),
                    _ => Err(self.wrong_at(key, "a list of texts is needed")),
                })
                .collect::<Result<_, _>>()
                .map(Some),
            Some(_) => Err(self.wrong_at(key, "a list of texts is needed, in `[` and `]`")),
        }
    }

    /// The names with texts under `key`, in order, if there are any.
    pub fn pairs(&self, key: &str) -> Result<Option<Vec<(String, String)>>, TestFormError> {
        match self.object()?.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                let pairs = Reader::new(value, &self.below(key));
                let keys = pairs.object()?.keys();
                keys.map(|name| Ok((name.clone(), pairs.text(name)?)))
                    .collect::<Result<_, _>>()
                    .map(Some)
            }
        }
    }

    /// How the server named under `key` orders rules, if one is named.
    pub fn server(&self, key: &str) -> Result<Option<Semantics>, TestFormError> {
        match self.optional_text(key)?.as_deref() {
            None => Ok(None),
            Some("forbid-wins") => Ok(Some(Semantics::ForbidWins)),
            Some("last-match") => Ok(Some(Semantics::LastMatch)),
            Some(_) => Err(self.wrong_at(key, "write `forbid-wins` or `last-match`")),
        }
    }
}
