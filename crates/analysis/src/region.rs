//! Regions: sets of requests in a form that people can read.

use reeve_domain::condition::Property;
use reeve_domain::value::{Object, Value};
use reeve_policy::glob::Glob;

/// A set of requests with attributes: those whose attributes all lie in their regions. An attribute
/// that is not listed may be anything, or missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccessBox {
    /// The attributes, most telling first.
    pub regions: Vec<(Property, Region)>,
}

/// A set of values of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// The values, where the attribute is there.
    pub values: Values,
    /// Whether checks that lack the attribute are in the set.
    pub missing: Missing,
}

/// Whether checks that lack an attribute are in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// No check lacks it here, so the question does not come up.
    CannotBe,
    /// They are in.
    Included,
    /// They are out.
    Excluded,
}

/// Values of an attribute that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// None: only checks that lack the attribute.
    Nothing,
    /// All that can be stored.
    Any,
    /// Texts that lie in any of these.
    Texts(Vec<Piece>),
    /// Lists that lie in any of these.
    Lists(Vec<ListPiece>),
    /// This one: an example, where nothing more can be said.
    Exactly(Value),
}

/// A set of texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// This one.
    Value(Box<str>),
    /// What all of these patterns match (all texts if there are none), with exceptions.
    Matching {
        /// The patterns.
        patterns: Vec<Box<str>>,
        /// What is not in it all the same.
        except: Vec<Exception>,
    },
    /// Folders at least this many levels below a folder; 1 for those directly in it.
    Below {
        /// The folder, without a trailing slash; empty for the root.
        folder: Box<str>,
        /// How many levels.
        levels: usize,
    },
}

/// What is left out of a set of texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exception {
    /// This one.
    Value(Box<str>),
    /// What this pattern matches.
    Pattern(Box<str>),
}

/// A set of lists: those that have an element of each kind in `with` and none of any in `without`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListPiece {
    /// Kinds of elements that are there.
    pub with: Vec<Element>,
    /// Kinds of elements that are not.
    pub without: Vec<Element>,
}

/// A kind of list elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// Texts that lie in any of these.
    Text(Vec<Piece>),
    /// Objects with these members, each of which lies in any of its pieces.
    Object(Vec<(Box<str>, Vec<Piece>)>),
}

impl Region {
    /// Every value, and checks that lack the attribute.
    pub const ANY: Self = Self {
        values: Values::Any,
        missing: Missing::Included,
    };

    /// Whether it makes no restriction at all.
    pub fn is_any(&self) -> bool {
        self.values == Values::Any && self.missing != Missing::Excluded
    }

    /// Whether a value, or `None` for a missing attribute, is in it.
    ///
    /// The value is taken to be one that can be stored; a pattern on which the server fails matches
    /// nothing.
    pub fn contains(&self, value: Option<&Value>) -> bool {
        match value {
            None => self.missing != Missing::Excluded,
            Some(value) => self.values.contain(value),
        }
    }
}

impl AccessBox {
    /// Every request with attributes.
    pub const EVERYTHING: Self = Self {
        regions: Vec::new(),
    };

    /// The region of an attribute; `None` if it may be anything.
    pub fn region(&self, property: &str) -> Option<&Region> {
        let mut regions = self.regions.iter();
        regions.find_map(|(name, region)| (name.as_str() == property).then_some(region))
    }

    /// Whether the box makes no restriction at all.
    pub fn is_everything(&self) -> bool {
        self.regions.iter().all(|(_, region)| region.is_any())
    }

    /// Whether a request with these attributes is in it; see [`Region::contains`].
    pub fn contains(&self, attributes: &Object) -> bool {
        self.regions
            .iter()
            .all(|(property, region)| region.contains(attributes.get(property.as_str())))
    }
}

impl Values {
    fn contain(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _) => true,
            (Self::Exactly(one), _) => one == value,
            (Self::Texts(pieces), Value::Text(text)) => in_any(pieces, text),
            (Self::Lists(pieces), Value::List(items)) => {
                pieces.iter().any(|piece| piece.contains(items))
            }
            _ => false,
        }
    }
}

fn in_any(pieces: &[Piece], text: &str) -> bool {
    pieces.iter().any(|piece| piece.contains(text))
}

fn matches(pattern: &str, text: &str) -> bool {
    Glob::new(pattern).matches(text).unwrap_or(false)
}

impl Piece {
    /// Whether a text is in it.
    pub fn contains(&self, text: &str) -> bool {
        self.contains_by(text, matches)
    }

    /// The same, asking `matches` whether a pattern matches a text.
    pub(crate) fn contains_by(&self, text: &str, matches: impl Fn(&str, &str) -> bool) -> bool {
        match self {
            Self::Value(value) => **value == *text,
            Self::Matching { patterns, except } => {
                patterns.iter().all(|pattern| matches(pattern, text))
                    && !except.iter().any(|exception| match exception {
                        Exception::Value(value) => **value == *text,
                        Exception::Pattern(pattern) => matches(pattern, text),
                    })
            }
            Self::Below { folder, levels } => text
                .strip_prefix(&**folder)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|rest| !rest.is_empty() && rest.split('/').count() >= *levels),
        }
    }
}

impl ListPiece {
    fn contains(&self, items: &[Value]) -> bool {
        let has = |kind: &Element| items.iter().any(|item| kind.contains(item));
        self.with.iter().all(has) && !self.without.iter().any(has)
    }
}

impl Element {
    fn contains(&self, item: &Value) -> bool {
        match (self, item) {
            (Self::Text(pieces), Value::Text(text)) => in_any(pieces, text),
            (Self::Object(members), Value::Object(object)) => {
                members.iter().all(|(name, pieces)| {
                    let text = object.get(name).and_then(Value::as_text);
                    text.is_some_and(|text| in_any(pieces, text))
                })
            }
            _ => false,
        }
    }
}
