//! Turns written conditions into programs, refusing what the server's parser refuses.
//!
//! The rules are those of `@ucast/mongo` 2.4 with the operators that `@casl/ability` 6.5 registers
//! and the server's own `$glob`.

use reeve_domain::value::{Object, Value};

use super::CompileCache;
use super::javascript::members;
use super::path::{ITSELF, Path};
use super::pattern::Pattern;
use super::program::{Check, Order, Program, ServerFault, Test};
use super::screen::settled;
use crate::prototype::IN_EVERY_OBJECT;

/// Lowers the `conditions` of a rule, which JavaScript takes for true. Properties in `doubts` have
/// a value that nobody told.
pub(crate) fn lower(conditions: &Value, doubts: &[&str], cache: &mut CompileCache) -> Program {
    let mut lowering = Lowering {
        cache,
        doubts,
        tests: Vec::new(),
    };
    let fault = lowering.document(conditions).err();
    Program {
        fault,
        settled: settled(&lowering.tests),
        may_be_invalid: lowering.tests.iter().any(may_be_invalid),
        tests: lowering.tests.into(),
    }
}

fn may_be_invalid(test: &Test) -> bool {
    match &test.check {
        Check::Pattern(Pattern::Unsupported) => true,
        Check::Element(tests) => tests.iter().any(may_be_invalid),
        _ => false,
    }
}

struct Lowering<'a> {
    cache: &'a mut CompileCache,
    doubts: &'a [&'a str],
    tests: Vec<Test>,
}

impl Lowering<'_> {
    /// Properties with their tests.
    fn document(&mut self, conditions: &Value) -> Result<(), ServerFault> {
        for (property, written) in members(conditions) {
            // The library takes what every object has for operators.
            if OPERATORS.contains(&&*property) || IN_EVERY_OBJECT.contains(&&*property) {
                return Err(ServerFault::OperatorAsProperty);
            }
            match operators_in(&written) {
                Some(operators) => self.operators(&property, operators)?,
                None => self.push(&property, "$eq", written.clone(), equality(&written)),
            }
        }
        Ok(())
    }

    /// The operators under one property.
    fn operators(&mut self, property: &str, operators: &Object) -> Result<(), ServerFault> {
        for (name, operand) in members(&Value::Object(operators.clone())) {
            if !OPERATORS.contains(&&*name) {
                return Err(ServerFault::MixedOperators);
            }
            if let Some(check) = self.check(&name, &operand, operators)? {
                self.push(property, &name, operand, check);
            }
        }
        Ok(())
    }

    fn push(&mut self, property: &str, operator: &str, expected: Value, check: Check) {
        let doubtful = self.doubts.contains(&property);
        self.tests.push(Test {
            path: Path::new(property),
            check: if doubtful { Check::Doubtful } else { check },
            property: property.into(),
            operator: operator.into(),
            expected,
        });
    }

    /// `None` for an operator that only modifies its neighbour.
    fn check(
        &mut self,
        name: &str,
        operand: &Value,
        siblings: &Object,
    ) -> Result<Option<Check>, ServerFault> {
        Ok(Some(match name {
            "$eq" => equality(operand),
            "$ne" => Check::IsNot,
            "$in" => one_of(operand)?,
            "$nin" => list(operand, Check::NotIn)?,
            "$all" => list(operand, Check::All)?,
            "$gt" => order(operand, Order::Greater)?,
            "$gte" => order(operand, Order::GreaterOrEqual)?,
            "$lt" => order(operand, Order::Less)?,
            "$lte" => order(operand, Order::LessOrEqual)?,
            "$size" => size(operand)?,
            "$exists" => match operand {
                Value::Bool(wanted) => Check::Exists(*wanted),
                _ => return Err(ServerFault::WrongOperand),
            },
            "$glob" => match operand {
                Value::Text(pattern) if pattern.is_empty() => Check::EmptyGlob,
                Value::Text(pattern) => Check::Glob(self.cache.glob(pattern)),
                _ => return Err(ServerFault::WrongOperand),
            },
            "$regex" => match operand {
                Value::Text(pattern) => {
                    Check::Pattern(Pattern::new(pattern, siblings.get("$options"))?)
                }
                _ => return Err(ServerFault::WrongOperand),
            },
            "$elemMatch" => self.element(operand)?,
            _ => return Ok(None),
        }))
    }

    fn element(&mut self, operand: &Value) -> Result<Check, ServerFault> {
        let Some(object) = plain_object(operand) else {
            return Err(ServerFault::WrongOperand);
        };
        let mut inner = Lowering {
            cache: self.cache,
            doubts: &[],
            tests: Vec::new(),
        };
        match operators_in(operand) {
            Some(operators) => inner.operators(ITSELF, operators)?,
            None => inner.document(&Value::Object(object.clone()))?,
        }
        Ok(Check::Element(inner.tests.into()))
    }
}

/// What the library registers, and `$glob`.
const OPERATORS: &[&str] = &[
    "$eq",
    "$ne",
    "$lt",
    "$lte",
    "$gt",
    "$gte",
    "$in",
    "$nin",
    "$all",
    "$size",
    "$regex",
    "$options",
    "$elemMatch",
    "$exists",
    "$glob",
];

/// The object of operators that a value is; `None` for a plain value.
fn operators_in(value: &Value) -> Option<&Object> {
    plain_object(value).filter(|object| object.iter().any(|(key, _)| OPERATORS.contains(&key)))
}

/// The object that a value is, unless it hides where JavaScript finds its constructor.
fn plain_object(value: &Value) -> Option<&Object> {
    value
        .as_object()
        .filter(|object| object.get("constructor").is_none())
}

fn equality(operand: &Value) -> Check {
    match operand {
        Value::Text(text) => Check::IsText(text.clone()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Check::Is,
        Value::List(_) | Value::Object(_) => Check::Never,
    }
}

fn one_of(operand: &Value) -> Result<Check, ServerFault> {
    let texts: Option<Box<[Box<str>]>> = operand
        .as_list()
        .ok_or(ServerFault::WrongOperand)?
        .iter()
        .map(|item| item.as_text().map(Box::from))
        .collect();
    Ok(texts.map_or(Check::In, Check::InTexts))
}

fn list(operand: &Value, check: Check) -> Result<Check, ServerFault> {
    match operand {
        Value::List(_) => Ok(check),
        _ => Err(ServerFault::WrongOperand),
    }
}

fn order(operand: &Value, order: Order) -> Result<Check, ServerFault> {
    match operand {
        Value::Text(_) | Value::Number(_) => Ok(Check::Order(order)),
        _ => Err(ServerFault::WrongOperand),
    }
}

fn size(operand: &Value) -> Result<Check, ServerFault> {
    match operand {
        Value::Number(number) => number
            .parse()
            .map(Check::Size)
            .map_err(|_| ServerFault::WrongOperand),
        _ => Err(ServerFault::WrongOperand),
    }
}
