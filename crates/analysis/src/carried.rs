//! Which attributes the server's checks carry, and what their values are.

use reeve_domain::attributes::Attributes;
use reeve_domain::condition::Property;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::Value;
use reeve_policy::catalogue::{Catalogue, SubjectEntry};
use reeve_policy::decide::AccessRequest;
use reeve_policy::operation::{About, Attribute, Check, OPERATIONS, Or};

use crate::universe::{Domain, Form, Universe};

/// Whether a check carries an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Carried {
    Always,
    Never,
    Perhaps,
}

/// Which attributes one kind of check carries: one entry for each attribute asked about.
pub(crate) type Shape = Vec<Carried>;

/// What the value of an attribute is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// A text.
    Text(Domain),
    /// A list of texts.
    Texts(Domain),
    /// A list of objects whose members are texts.
    Objects(Vec<(Box<str>, Domain)>),
}

impl Universe {
    /// What is known about the subjects of this edition.
    pub(crate) fn catalogue(&self) -> &'static Catalogue {
        Catalogue::of(self.edition)
    }

    /// The attributes that checks on `subject` are known to carry, in the order in which they read
    /// best.
    pub(crate) fn properties(&self, subject: &Subject) -> Vec<Property> {
        let entry = self.catalogue().subject(subject.as_str());
        entry.map_or_else(Vec::new, |entry| {
            entry
                .properties
                .iter()
                .map(|p| p.property.clone())
                .collect()
        })
    }

    /// What the values of an attribute are. What neither the catalogue nor the caller knows is
    /// taken for any text.
    pub(crate) fn kind(&self, subject: &Subject, property: &Property) -> Kind {
        let entry = self
            .catalogue()
            .subject(subject.as_str())
            .and_then(|entry| entry.property(property.as_str()));
        let domain = self.domain(property);
        match entry {
            Some(entry) if !entry.element.is_empty() => Kind::Objects(
                entry
                    .element
                    .iter()
                    .map(|member| {
                        let name = format!("{property}.{}", member.property);
                        let domain = self.other(&Property::from(name.as_str()));
                        (member.property.as_str().into(), domain)
                    })
                    .collect(),
            ),
            Some(entry) if entry.list_valued => Kind::Texts(domain),
            _ => Kind::Text(domain),
        }
    }

    fn domain(&self, property: &Property) -> Domain {
        match property.as_str() {
            "environment" => self.environments.clone(),
            "secretPath" => self.paths.clone(),
            "secretName" => self.names.clone(),
            "secretTags" => self.tags.clone(),
            _ => self.other(property),
        }
    }

    fn other(&self, property: &Property) -> Domain {
        let known = self.others.get(property);
        known.cloned().unwrap_or_else(|| Domain::any(Form::Text))
    }

    /// Whether some check of the server can make this request. Attributes that neither the catalogue
    /// nor this universe knows are taken for texts that may be there or not.
    pub fn contains(&self, request: &AccessRequest) -> bool {
        let Attributes::Of(object) = &request.attributes else {
            return true;
        };
        let mut properties = self.properties(&request.subject);
        for (name, value) in object.iter() {
            let property = Property::from(name);
            if !self.kind(&request.subject, &property).contains(value) {
                return false;
            }
            if !properties.contains(&property) {
                properties.push(property);
            }
        }
        let shapes = self.shapes(&request.subject, &request.action, &properties);
        shapes.iter().any(|shape| {
            properties.iter().zip(shape).all(|(property, carried)| {
                let is_there = object.get(property.as_str()).is_some();
                match carried {
                    Carried::Always => is_there,
                    Carried::Never => !is_there,
                    Carried::Perhaps => true,
                }
            })
        })
    }

    /// Which of `properties` the checks of an action carry: one shape for each kind of check.
    ///
    /// Checks of known operations carry what the operation says. All others are taken to carry a
    /// place, if the subject has one, and perhaps anything else.
    pub(crate) fn shapes(
        &self,
        subject: &Subject,
        action: &Action,
        properties: &[Property],
    ) -> Vec<Shape> {
        let known_to_operations = carried_by_any(subject.as_str());
        let mut shapes: Vec<Shape> = carried_by(subject.as_str(), action.as_str())
            .into_iter()
            .map(|attributes| {
                properties
                    .iter()
                    .map(|property| carried(property, &attributes, &known_to_operations))
                    .collect()
            })
            .collect();
        if shapes.is_empty() {
            let entry = self.catalogue().subject(subject.as_str());
            shapes.push(properties.iter().map(|p| by_default(entry, p)).collect());
        }
        shapes.sort_unstable();
        shapes.dedup();
        shapes
    }
}

impl Kind {
    fn contains(&self, value: &Value) -> bool {
        let holds = |domain: &Domain, value: &Value| {
            let text = value.as_text();
            text.is_some_and(|text| domain.contains(text))
        };
        match (self, value) {
            (Self::Text(domain), value) => holds(domain, value),
            (Self::Texts(domain), Value::List(items)) => {
                items.iter().all(|item| holds(domain, item))
            }
            (Self::Objects(members), Value::List(items)) => items.iter().all(|item| {
                let Value::Object(object) = item else {
                    return false;
                };
                object.len() == members.len()
                    && members.iter().all(|(name, domain)| {
                        object.get(name).is_some_and(|value| holds(domain, value))
                    })
            }),
            _ => false,
        }
    }
}

fn by_default(entry: Option<&SubjectEntry>, property: &Property) -> Carried {
    let is_place = matches!(property.as_str(), "environment" | "secretPath");
    let is_known = entry.is_some_and(|entry| entry.property(property.as_str()).is_some());
    if is_place && is_known {
        Carried::Always
    } else {
        Carried::Perhaps
    }
}

fn carried(property: &Property, attributes: &[Attribute], known: &[&str]) -> Carried {
    let attribute = attributes
        .iter()
        .find(|attribute| wire(**attribute) == property.as_str());
    match attribute {
        // Left out where the secret is to have no tags.
        Some(Attribute::TagsToBe) => Carried::Perhaps,
        Some(_) => Carried::Always,
        None if known.contains(&property.as_str()) => Carried::Never,
        None => Carried::Perhaps,
    }
}

/// The attributes of each check that operations make for a subject and action.
fn carried_by(subject: &str, action: &str) -> Vec<Vec<Attribute>> {
    let mut found = Vec::new();
    for check in checks() {
        let asked = (check.subject == subject && check.action == action)
            || match check.or {
                Or::Nothing => false,
                Or::Legacy(legacy) | Or::LegacyFirst(legacy) => {
                    check.subject == subject && legacy == action
                }
                Or::Other(other, other_action) => other == subject && other_action == action,
            };
        if let (true, About::Of(attributes)) = (asked, check.about)
            && !found
                .iter()
                .any(|other: &Vec<Attribute>| other == attributes)
        {
            found.push(attributes.to_vec());
        }
    }
    found
}

/// The names of all attributes that operations know on a subject.
fn carried_by_any(subject: &str) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = checks()
        .filter(|check| check.subject == subject)
        .flat_map(|check| match check.about {
            About::Of(attributes) => attributes,
            About::Anything => &[],
        })
        .map(|attribute| wire(*attribute))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn checks() -> impl Iterator<Item = &'static Check> {
    OPERATIONS.iter().flat_map(|operation| operation.checks)
}

fn wire(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Environment | Attribute::SecondEnvironment => "environment",
        Attribute::Path | Attribute::ParentPath | Attribute::SecondPath => "secretPath",
        Attribute::Name | Attribute::NewName => "secretName",
        Attribute::Tags | Attribute::TagsToBe | Attribute::TagsSent => "secretTags",
        Attribute::Metadata | Attribute::NewMetadata => "metadata",
        Attribute::Connection => "connectionId",
    }
}
