//! The tests and rules of all questions of one analysis, each written down once, so that what is
//! the same on both sides is the same number.

use std::collections::BTreeMap;

use reeve_domain::condition::Property;
use reeve_domain::rule::Effect;
use reeve_domain::value::Value;
use reeve_policy::decide::Outcome;
use reeve_policy::decide::open::{Applies, OpenQuestion, OpenRule, OpenTest};
use reeve_policy::read::{rule_to_value, value_to_text};

use crate::bits::Table;

/// All tests and rules.
#[derive(Default)]
pub(crate) struct Book<'a> {
    pub tests: Vec<BookTest<'a>>,
    pub rules: Vec<BookRule>,
    test_numbers: BTreeMap<TestKey, usize>,
    rule_numbers: BTreeMap<RuleKey, usize>,
    by_address: Table<usize, usize>,
}

/// A test.
pub(crate) struct BookTest<'a> {
    pub open: OpenTest<'a>,
    /// The attribute it depends on; nothing if it comes out the same for everything.
    pub property: Option<Property>,
}

/// A rule.
pub(crate) struct BookRule {
    pub effect: Effect,
    /// Whether it applies, if that is the same for everything that has attributes.
    pub on_all: Option<Applies>,
    pub on_bare: Applies,
    /// The first template that is written in it.
    pub template: Option<Box<str>>,
    /// The numbers of its tests, in the order made.
    pub tests: Vec<usize>,
}

/// One side of a question: the numbers of the rules in the order tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Side {
    /// The answer to everything, if the rules cannot be used.
    pub fault: Option<Outcome>,
    pub rules: Vec<usize>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct TestKey {
    property: Box<str>,
    operator: Box<str>,
    expected: String,
    /// Beside `$regex` stand options that change its meaning, and what nobody told has no meaning.
    told: Told,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    All,
    Nothing,
    /// Not comparable with any other test.
    Apart(usize),
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RuleKey {
    effect: Effect,
    always: String,
    bare: String,
    tests: Vec<usize>,
}

impl<'a> Book<'a> {
    /// Writes down one side of a question.
    pub fn side(&mut self, question: &OpenQuestion<'a>) -> Side {
        Side {
            fault: question.fault,
            rules: question.rules.iter().map(|rule| self.rule(*rule)).collect(),
        }
    }

    fn rule(&mut self, open: OpenRule<'a>) -> usize {
        if let Some(number) = self.by_address.get(&open.address()) {
            return *number;
        }
        let on_all = open.on_all();
        let tests: Vec<usize> = match on_all {
            Some(_) => Vec::new(),
            None => open.tests().map(|test| self.test(test)).collect(),
        };
        let key = RuleKey {
            effect: open.effect(),
            always: format!("{on_all:?}"),
            bare: format!("{:?}", open.on_bare()),
            tests,
        };
        let number = if let Some(number) = self.rule_numbers.get(&key) {
            *number
        } else {
            self.rules.push(BookRule {
                effect: key.effect,
                on_all,
                on_bare: open.on_bare(),
                template: template_in(&rule_to_value(open.written())),
                tests: key.tests.clone(),
            });
            self.rule_numbers.insert(key, self.rules.len() - 1);
            self.rules.len() - 1
        };
        self.by_address.insert(open.address(), number);
        number
    }

    fn test(&mut self, open: OpenTest<'a>) -> usize {
        let key = TestKey {
            property: open.property().into(),
            operator: open.operator().into(),
            expected: value_to_text(open.expected()),
            told: match open.operator() {
                _ if open.is_doubtful() => Told::Nothing,
                "$regex" => Told::Apart(self.tests.len()),
                _ => Told::All,
            },
        };
        let next = self.tests.len();
        *self.test_numbers.entry(key).or_insert_with(|| {
            self.tests.push(BookTest {
                open,
                property: open.attribute().map(Property::from),
            });
            next
        })
    }
}

/// The first template in a value: from `{{` to the next `}}`.
fn template_in(value: &Value) -> Option<Box<str>> {
    match value {
        Value::Text(text) => {
            let (_, after) = text.split_once("{{")?;
            let inner = after.split_once("}}").map_or(after, |(inner, _)| inner);
            Some(format!("{{{{{inner}}}}}").into())
        }
        Value::List(items) => items.iter().find_map(template_in),
        Value::Object(object) => object
            .iter()
            .find_map(|(name, item)| template_in(&Value::text(name)).or_else(|| template_in(item))),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
