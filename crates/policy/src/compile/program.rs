//! Conditions as flat programs: tests that must all hold, in the order in which the server makes
//! them.

use std::sync::Arc;

use reeve_domain::value::Value;

use super::path::Path;
use super::pattern::Pattern;
use crate::glob::Glob;

/// The conditions of one rule.
#[derive(Debug)]
pub(crate) struct Program {
    pub tests: Box<[Test]>,
    /// How many tests, at the beginning, the index has settled for the rules that it lets pass.
    pub settled: usize,
    /// Set if the server fails as soon as it looks at these conditions, before any test.
    pub fault: Option<ServerFault>,
    /// Whether they hold a regular expression that is not reproduced and might not even be valid.
    pub may_be_invalid: bool,
}

/// One test.
#[derive(Debug)]
pub(crate) struct Test {
    pub path: Path,
    pub check: Check,
    /// The property as written.
    pub property: Box<str>,
    /// The operator as written; `$eq` for a bare value.
    pub operator: Box<str>,
    /// The value as written.
    pub expected: Value,
}

/// What is tested.
#[derive(Debug)]
pub(crate) enum Check {
    /// Equal to this text.
    IsText(Box<str>),
    /// Equal to another scalar, or one of the elements is.
    Is,
    /// Equal to a list or an object, which nothing ever is.
    Never,
    /// Not equal.
    IsNot,
    /// One of a list of texts.
    InTexts(Box<[Box<str>]>),
    /// One of another list.
    In,
    /// None of a list.
    NotIn,
    /// A list that has all of these.
    All,
    /// A glob.
    Glob(Arc<Glob>),
    /// An empty glob, which matches nothing and looks at nothing.
    EmptyGlob,
    /// `$gt`, `$gte`, `$lt`, `$lte`.
    Order(Order),
    /// The number of elements.
    Size(f64),
    /// Whether the attribute exists.
    Exists(bool),
    /// A regular expression.
    Pattern(Pattern),
    /// One of the elements passes all of these.
    Element(Box<[Test]>),
    /// It depends on something that nobody told.
    Doubtful,
}

/// An order between values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// Why the server answers 500 instead of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ServerFault {
    /// A `$glob` meets an attribute that is missing or null.
    GlobOnMissing,
    /// A `$glob` meets a list.
    GlobOnList,
    /// A `$glob` meets a number, a truth value or an object.
    GlobOnOther,
    /// A glob is such that the server's matcher fails on it, whatever the value.
    GlobFails,
    /// Known and unknown operators stand side by side.
    MixedOperators,
    /// An operator stands where a property is expected.
    OperatorAsProperty,
    /// The value of an operator is of the wrong type.
    WrongOperand,
    /// A regular expression is not valid.
    InvalidPattern,
    /// A property is read from something that has none, such as null.
    PropertyOfNothing,
    /// `fields` is an empty list, which makes the whole list of rules unusable.
    EmptyFields,
    /// A rule is null, which makes the whole list of rules unusable.
    RuleIsNull,
}
