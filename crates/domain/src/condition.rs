//! Conditions: tests on the attributes of what is acted on. This module knows their shape, not how
//! they are evaluated.

use crate::text::text_newtype;
use crate::value::{Object, Value};

text_newtype! {
    /// The attribute a condition looks at, such as `environment`, `secretPath`, `secretName` or
    /// `secretTags`. A dot walks into nested values, as in the server's matcher.
    Property
}

/// How an attribute is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `$eq`
    Eq,
    /// `$ne`
    Ne,
    /// `$in`
    In,
    /// `$glob`
    Glob,
    /// `$all`
    All,
    /// `$elemMatch`
    ElemMatch,
    /// Anything else that starts with `$` or stands among operators; kept and shown as it is.
    Other(Box<str>),
}

impl Operator {
    /// Reads the name on the wire.
    pub fn from_wire(name: &str) -> Self {
        match name {
            "$eq" => Self::Eq,
            "$ne" => Self::Ne,
            "$in" => Self::In,
            "$glob" => Self::Glob,
            "$all" => Self::All,
            "$elemMatch" => Self::ElemMatch,
            other => Self::Other(other.into()),
        }
    }

    /// The name on the wire.
    pub fn as_wire(&self) -> &str {
        match self {
            Self::Eq => "$eq",
            Self::Ne => "$ne",
            Self::In => "$in",
            Self::Glob => "$glob",
            Self::All => "$all",
            Self::ElemMatch => "$elemMatch",
            Self::Other(name) => name,
        }
    }
}

/// What one property is tested for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// A bare value, which means "equal to".
    Bare(Value),
    /// An object whose keys are operators; all must hold. Empty after the server stripped what it
    /// does not know, and then it never holds.
    Operators(Vec<(Operator, Value)>),
}

/// One property with its test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is looked at.
    pub property: Property,
    /// What it is tested for.
    pub test: Test,
}

/// The conditions of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conditions {
    /// The rule has none: `conditions` is absent, or a value that JavaScript takes for false.
    None,
    /// All must hold, in this order. An empty list is not the same as [`Conditions::None`]: a check
    /// without attributes skips a Forbid with `{}`.
    All(Vec<Condition>),
    /// `conditions` is neither absent nor an object.
    Malformed(Value),
}

impl Conditions {
    /// Reads the `conditions` member of a rule.
    pub fn read(written: Option<&Value>) -> Self {
        match written {
            Some(Value::Object(object)) => Self::All(read_all(object)),
            Some(value) if value.is_truthy() => Self::Malformed(value.clone()),
            _ => Self::None,
        }
    }

    /// The conditions as a list, empty for a rule that has none.
    pub fn as_slice(&self) -> &[Condition] {
        match self {
            Self::All(conditions) => conditions,
            Self::None | Self::Malformed(_) => &[],
        }
    }
}

fn read_all(object: &Object) -> Vec<Condition> {
    object
        .iter()
        .map(|(property, test)| Condition {
            property: Property::from(property),
            test: Test::read(test),
        })
        .collect()
}

impl Test {
    /// Reads what stands under a property. An object is a set of operators unless no key of it is a
    /// name that starts with `$`; then it is a plain value.
    pub fn read(written: &Value) -> Self {
        match written {
            Value::Object(object)
                if object.is_empty() || object.iter().any(|(key, _)| key.starts_with('$')) =>
            {
                Self::Operators(
                    object
                        .iter()
                        .map(|(name, operand)| (Operator::from_wire(name), operand.clone()))
                        .collect(),
                )
            }
            value => Self::Bare(value.clone()),
        }
    }
}
