//! The server's schema for rules, with the complaints of the library it is written in.
//!
//! What the library does and this module reproduces: unknown members are stripped; a value of the
//! wrong type aborts everything around it, while a flaw in a value of the right type does not;
//! where several shapes are possible, the first that is not aborted speaks, and if all are, only
//! "Invalid input" is said.

use reeve_domain::condition::Operator;
use serde_json::{Map, Value as Json};

use super::accept::{Issue, PathPart};
use super::{assignable, text};
use crate::catalogue::{Catalogue, MemberOrder, PropertyEntry, SubjectEntry, ValueForm};
use crate::glob::translate::is_refused_by_server;

/// What became of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<T> {
    /// It is as it should be.
    Valid(T),
    /// It has a flaw that was noted, and can still be looked at.
    Dirty(T),
    /// It is of the wrong type.
    Aborted,
}

/// Reads rules and notes complaints.
pub struct Parser<'a> {
    catalogue: &'a Catalogue,
    path: Vec<PathPart>,
    issues: Vec<Issue>,
}

/// What is known about one member of an object.
#[derive(Clone, Copy)]
enum Member<'p> {
    Subject,
    Action(&'p SubjectEntry),
    Inverted,
    Conditions(&'p SubjectEntry),
    Property(&'p PropertyEntry),
    Operand(&'p PropertyEntry, &'p Operator),
}

const INVALID_TYPE: &str = "invalid_type";
const TOO_SMALL: &str = "too_small";
const INVALID_UNION: &str = "invalid_union";
const CUSTOM: &str = "custom";

impl<'a> Parser<'a> {
    /// A parser that has seen nothing yet.
    pub fn new(catalogue: &'a Catalogue) -> Self {
        Self {
            catalogue,
            path: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// The complaints, in the server's order.
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }

    /// Reads a list of rules.
    pub fn rules(&mut self, json: &Json) -> Outcome<Vec<Json>> {
        self.list(json, Self::rule)
    }

    fn rule(&mut self, json: &Json) -> Outcome<Json> {
        let Some(members) = json.as_object() else {
            return self.wrong_type("object", Some(json));
        };
        let subject = members.get("subject").and_then(Json::as_str);
        let entry = subject
            .and_then(|name| self.catalogue.subject(name))
            .filter(|entry| entry.writable);
        let Some(entry) = entry else {
            return self.at(PathPart::Key("subject".into()), |parser| {
                parser.complain("Invalid discriminator value", "invalid_union_discriminator");
                Outcome::Aborted
            });
        };
        self.object(members, rule_shape(entry))
    }

    fn member(&mut self, member: Member<'_>, json: Option<&Json>) -> Outcome<Option<Json>> {
        match member {
            Member::Subject => Outcome::Valid(json.cloned()),
            Member::Action(entry) => self.action(json, entry),
            Member::Inverted => self.inverted(json),
            Member::Conditions(entry) => self.conditions(json, entry),
            Member::Property(entry) => self.property(json, entry),
            Member::Operand(entry, operator) => match operator {
                Operator::ElemMatch => self.element(json, entry),
                Operator::In | Operator::All => self.texts(json, entry, operator),
                _ => self.text(json, entry, operator),
            },
        }
    }

    fn action(&mut self, json: Option<&Json>, entry: &SubjectEntry) -> Outcome<Option<Json>> {
        let known = |item: &Json| {
            item.as_str()
                .is_some_and(|name| entry.action(name).is_some())
        };
        match json {
            Some(Json::Array(items)) if items.iter().all(known) => {
                let list = Some(Json::Array(items.clone()));
                if items.is_empty() {
                    self.complain("Array must contain at least 1 element(s)", TOO_SMALL);
                    return Outcome::Dirty(list);
                }
                Outcome::Valid(list)
            }
            Some(single) if known(single) => {
                Outcome::Valid(Some(Json::Array(vec![single.clone()])))
            }
            _ => self.no_shape(),
        }
    }

    fn inverted(&mut self, json: Option<&Json>) -> Outcome<Option<Json>> {
        match json {
            None => Outcome::Valid(None),
            Some(Json::Bool(_)) => Outcome::Valid(json.cloned()),
            Some(_) => self.wrong_type("boolean", json),
        }
    }

    fn conditions(&mut self, json: Option<&Json>, entry: &SubjectEntry) -> Outcome<Option<Json>> {
        let members = match json {
            None => return Outcome::Valid(None),
            Some(Json::Object(members)) => members,
            Some(_) => return self.wrong_type("object", json),
        };
        let outcome = self.object(members, properties_shape(&entry.properties));
        let complaint = match &outcome {
            Outcome::Valid(conditions) | Outcome::Dirty(conditions) => {
                assignable::complaint(entry, conditions)
            }
            Outcome::Aborted => None,
        };
        match (complaint, outcome) {
            (Some((property, message)), Outcome::Valid(kept) | Outcome::Dirty(kept)) => {
                self.at(PathPart::Key(property.as_str().into()), |parser| {
                    parser.complain(&message, CUSTOM);
                });
                Outcome::Dirty(Some(kept))
            }
            (_, outcome) => outcome.map(Some),
        }
    }

    /// One property under `conditions`, or one member of an element.
    fn property(&mut self, json: Option<&Json>, entry: &PropertyEntry) -> Outcome<Option<Json>> {
        let Some(json) = json else {
            return Outcome::Valid(None);
        };
        if !entry.bare {
            return self.tests(json, entry).map(Some);
        }
        let noted = self.issues.len();
        if let Some(value) = json.as_str() {
            let kept = Some(Json::from(value));
            return self.starts_as_path(entry, value.starts_with('/'), kept);
        }
        match self.tests(json, entry) {
            Outcome::Aborted => {
                self.issues.truncate(noted);
                self.no_shape()
            }
            outcome => outcome.map(Some),
        }
    }

    /// An object of operators.
    fn tests(&mut self, json: &Json, entry: &PropertyEntry) -> Outcome<Json> {
        let Some(members) = json.as_object() else {
            return self.wrong_type("object", Some(json));
        };
        let shape = entry
            .operators
            .iter()
            .map(|operator| (operator.as_wire(), Member::Operand(entry, operator)));
        self.object(members, shape)
    }

    /// The operand of `$elemMatch`, which may not be missing.
    fn element(&mut self, json: Option<&Json>, entry: &PropertyEntry) -> Outcome<Option<Json>> {
        match json.and_then(Json::as_object) {
            Some(members) => self
                .object(members, properties_shape(&entry.element))
                .map(Some),
            None => self.wrong_type("object", json),
        }
    }

    /// The operand of `$in` or `$all`. Its texts are trimmed.
    fn texts(
        &mut self,
        json: Option<&Json>,
        entry: &PropertyEntry,
        operator: &Operator,
    ) -> Outcome<Option<Json>> {
        let Some(json) = json else {
            return Outcome::Valid(None);
        };
        let outcome = self.list(json, |parser, item| {
            let Some(value) = item.as_str() else {
                return parser.wrong_type("string", Some(item));
            };
            let value = text::trimmed(value);
            parser.at_least_one_character(value)
        });
        let paths = |items: &[Json]| {
            let path = |item: &Json| item.as_str().is_some_and(|value| value.starts_with('/'));
            *operator != Operator::In || items.iter().all(path)
        };
        match outcome {
            Outcome::Aborted => Outcome::Aborted,
            Outcome::Valid(items) => {
                let hold = paths(&items);
                self.starts_as_path(entry, hold, Some(Json::Array(items)))
            }
            Outcome::Dirty(items) => {
                let hold = paths(&items);
                self.starts_as_path(entry, hold, Some(Json::Array(items)))
                    .tainted()
            }
        }
    }

    /// The operand of `$eq`, `$ne` or `$glob`.
    fn text(
        &mut self,
        json: Option<&Json>,
        entry: &PropertyEntry,
        operator: &Operator,
    ) -> Outcome<Option<Json>> {
        let value = match json {
            None => return Outcome::Valid(None),
            Some(Json::String(value)) => value.as_str(),
            Some(_) => return self.wrong_type("string", json),
        };
        let length = self.at_least_one_character(value);
        if *operator == Operator::Glob {
            if !is_refused_by_server(value) {
                return length.map(Some);
            }
            self.complain("Invalid glob pattern", CUSTOM);
            return length.map(Some).tainted();
        }
        let kept = Some(Json::from(value));
        let path = self.starts_as_path(entry, value.starts_with('/'), kept);
        match length {
            Outcome::Valid(_) => path,
            _ => path.tainted(),
        }
    }

    fn at_least_one_character(&mut self, value: &str) -> Outcome<Json> {
        if value.is_empty() {
            self.complain("String must contain at least 1 character(s)", TOO_SMALL);
            return Outcome::Dirty(Json::from(value));
        }
        Outcome::Valid(Json::from(value))
    }

    fn starts_as_path<T>(&mut self, entry: &PropertyEntry, holds: bool, kept: T) -> Outcome<T> {
        if holds || entry.form != ValueForm::Path {
            return Outcome::Valid(kept);
        }
        self.complain("Invalid Secret Path; it must start with a '/'", CUSTOM);
        Outcome::Dirty(kept)
    }

    /// Reads an object member by member, in the order of `shape`, and strips the rest.
    fn object<'p>(
        &mut self,
        members: &Map<String, Json>,
        shape: impl IntoIterator<Item = (&'p str, Member<'p>)>,
    ) -> Outcome<Json> {
        let mut kept = Map::new();
        let (mut dirty, mut aborted) = (false, false);
        for (key, member) in shape {
            let outcome = self.at(PathPart::Key(key.into()), |parser| {
                parser.member(member, members.get(key))
            });
            dirty |= matches!(outcome, Outcome::Dirty(_));
            match outcome {
                Outcome::Valid(Some(value)) | Outcome::Dirty(Some(value)) => {
                    kept.insert(key.to_owned(), value);
                }
                Outcome::Valid(None) | Outcome::Dirty(None) => {}
                Outcome::Aborted => aborted = true,
            }
        }
        Outcome::of(Json::Object(kept), dirty, aborted)
    }

    /// Reads a list item by item.
    fn list(
        &mut self,
        json: &Json,
        mut read: impl FnMut(&mut Self, &Json) -> Outcome<Json>,
    ) -> Outcome<Vec<Json>> {
        let Some(items) = json.as_array() else {
            return self.wrong_type("array", Some(json));
        };
        let mut kept = Vec::with_capacity(items.len());
        let (mut dirty, mut aborted) = (false, false);
        for (at, item) in items.iter().enumerate() {
            let outcome = self.at(PathPart::Index(at), |parser| read(parser, item));
            dirty |= matches!(outcome, Outcome::Dirty(_));
            match outcome {
                Outcome::Valid(value) | Outcome::Dirty(value) => kept.push(value),
                Outcome::Aborted => aborted = true,
            }
        }
        Outcome::of(kept, dirty, aborted)
    }

    fn at<T>(&mut self, part: PathPart, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(part);
        let result = read(self);
        self.path.pop();
        result
    }

    fn no_shape<T>(&mut self) -> Outcome<T> {
        self.complain("Invalid input", INVALID_UNION);
        Outcome::Aborted
    }

    fn wrong_type<T>(&mut self, expected: &str, received: Option<&Json>) -> Outcome<T> {
        match received {
            None => self.complain("Required", INVALID_TYPE),
            Some(value) => {
                let received = type_name(value);
                let message = format!("Expected {expected}, received {received}");
                self.complain(&message, INVALID_TYPE);
            }
        }
        Outcome::Aborted
    }

    fn complain(&mut self, message: &str, code: &'static str) {
        self.issues.push(Issue {
            path: self.path.clone(),
            message: message.to_owned(),
            code: Some(code),
        });
    }
}

impl<T> Outcome<T> {
    fn of(value: T, dirty: bool, aborted: bool) -> Self {
        match (aborted, dirty) {
            (true, _) => Self::Aborted,
            (false, true) => Self::Dirty(value),
            (false, false) => Self::Valid(value),
        }
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Valid(value) => Outcome::Valid(change(value)),
            Self::Dirty(value) => Outcome::Dirty(change(value)),
            Self::Aborted => Outcome::Aborted,
        }
    }

    /// The same, known to have a flaw.
    fn tainted(self) -> Self {
        match self {
            Self::Valid(value) | Self::Dirty(value) => Self::Dirty(value),
            Self::Aborted => Self::Aborted,
        }
    }
}

fn rule_shape(entry: &SubjectEntry) -> Vec<(&str, Member<'_>)> {
    let action = ("action", Member::Action(entry));
    let inverted = ("inverted", Member::Inverted);
    let mut shape = vec![("subject", Member::Subject)];
    match (entry.invertible, entry.order) {
        (false, _) => shape.push(action),
        (true, MemberOrder::ActionFirst) => shape.extend([action, inverted]),
        (true, MemberOrder::InvertedFirst) => shape.extend([inverted, action]),
    }
    if !entry.properties.is_empty() {
        shape.push(("conditions", Member::Conditions(entry)));
    }
    shape
}

fn properties_shape(entries: &[PropertyEntry]) -> impl Iterator<Item = (&str, Member<'_>)> {
    entries
        .iter()
        .map(|entry| (entry.property.as_str(), Member::Property(entry)))
}

fn type_name(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    }
}
