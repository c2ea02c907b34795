//! Where a condition looks in the attributes: a name, or names joined by dots.

use reeve_domain::value::{Object, Value};

use super::javascript::{is_array_index, is_numeric};

/// Where a condition looks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Path {
    /// The thing itself: inside `$elemMatch`.
    Itself,
    /// One name.
    Name(Step),
    /// Names one inside the other.
    Dotted(Box<[Step]>),
}

/// One name on a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub name: Box<str>,
    /// JavaScript reads the name as a number, so that lists are not searched but indexed.
    pub numeric: bool,
    /// The place in a list that the name stands for.
    pub index: Option<usize>,
    /// JavaScript's own objects have something under this name, which is not reproduced here.
    pub inherited: bool,
    /// Which of the well-known attributes it is.
    pub slot: Option<Slot>,
}

/// One of the attributes that checks of the server usually carry. They are looked up once for each
/// request instead of once for each condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot(u8);

/// The values of the well-known attributes of one request.
#[derive(Debug, Default)]
pub(crate) struct Slots<'a>([Option<&'a Value>; Slot::COUNT]);

impl Slot {
    /// How many there are.
    pub const COUNT: usize = 6;

    /// The slot of this name.
    #[inline]
    pub fn of(name: &str) -> Option<Self> {
        Some(Self(match name {
            "environment" => 0,
            "secretPath" => 1,
            "secretName" => 2,
            "secretTags" => 3,
            "metadata" => 4,
            "connectionId" => 5,
            _ => return None,
        }))
    }

    /// Its number, below [`Slot::COUNT`].
    pub fn number(self) -> u8 {
        self.0
    }
}

impl<'a> Slots<'a> {
    /// Puts these attributes into their places, which are empty.
    #[inline]
    pub fn fill(&mut self, attributes: &'a Object) {
        for (name, value) in attributes.iter() {
            if let Some(Slot(at)) = Slot::of(name)
                && let Some(place) = self.0.get_mut(usize::from(at))
            {
                // The first of two members with one name is the one that is found by name.
                place.get_or_insert(value);
            }
        }
    }

    pub fn get(&self, slot: Slot) -> Option<&'a Value> {
        self.0.get(usize::from(slot.0)).copied().flatten()
    }
}

/// What the library calls the thing itself.
pub(crate) const ITSELF: &str = "__itself__";

impl Path {
    pub fn new(property: &str) -> Self {
        if property == ITSELF {
            Self::Itself
        } else if property.contains('.') {
            Self::Dotted(property.split('.').map(Step::new).collect())
        } else {
            Self::Name(Step::new(property))
        }
    }
}

impl Step {
    fn new(name: &str) -> Self {
        Self {
            numeric: is_numeric(name),
            index: is_array_index(name),
            inherited: INHERITED.contains(&name),
            slot: Slot::of(name),
            name: name.into(),
        }
    }
}

/// Names that every object, string, list, number or truth value has in JavaScript, and the marker
/// that the library leaves on what it checks.
const INHERITED: &[&str] = &[
    "__caslSubjectType__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "anchor",
    "at",
    "big",
    "blink",
    "bold",
    "charAt",
    "charCodeAt",
    "codePointAt",
    "concat",
    "constructor",
    "copyWithin",
    "endsWith",
    "entries",
    "every",
    "fill",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "fixed",
    "flat",
    "flatMap",
    "fontcolor",
    "fontsize",
    "forEach",
    "hasOwnProperty",
    "includes",
    "indexOf",
    "isPrototypeOf",
    "isWellFormed",
    "italics",
    "join",
    "keys",
    "lastIndexOf",
    "length",
    "link",
    "localeCompare",
    "map",
    "match",
    "matchAll",
    "normalize",
    "padEnd",
    "padStart",
    "pop",
    "propertyIsEnumerable",
    "push",
    "reduce",
    "reduceRight",
    "repeat",
    "replace",
    "replaceAll",
    "reverse",
    "search",
    "shift",
    "slice",
    "small",
    "some",
    "sort",
    "splice",
    "split",
    "startsWith",
    "strike",
    "sub",
    "substr",
    "substring",
    "sup",
    "toExponential",
    "toFixed",
    "toLocaleLowerCase",
    "toLocaleString",
    "toLocaleUpperCase",
    "toLowerCase",
    "toPrecision",
    "toReversed",
    "toSorted",
    "toSpliced",
    "toString",
    "toUpperCase",
    "toWellFormed",
    "trim",
    "trimEnd",
    "trimLeft",
    "trimRight",
    "trimStart",
    "unshift",
    "valueOf",
    "values",
    "with",
];
