//! Conditions written shorter, with the proof that they mean the same.

use reeve_domain::project::Semantics;
use reeve_domain::rule::Rule;
use reeve_domain::value::{Object, Value};

use crate::limit::Cancelled;
use crate::scope::Scope;
use crate::standing::{Beside, Compiling};

/// The same rule with the shortest conditions that were found to mean the same, wherever the rule
/// stands; `None` if its own are the shortest.
///
/// What means the same depends on the universe: where environments are listed, a list of all of
/// them is no condition at all. Pass open ones for a proof that outlives the making of another.
/// Conditions with templates are left as they are.
pub fn smallest_equivalent(
    rule: &Rule,
    semantics: Semantics,
    scope: &Scope<'_>,
) -> Result<Option<Rule>, Cancelled> {
    let mut compiling = Compiling::new(semantics);
    let pairs = compiling.pairs_of(rule, &[], scope);
    let scope = scope.only(&pairs);
    let mut smallest = rule.clone();
    while let Some(smaller) = step(rule, &smallest, &mut compiling, &scope)? {
        smallest = smaller;
    }
    Ok((smallest != *rule).then_some(smallest))
}

/// The first rule that is one step shorter and means the same.
fn step(
    rule: &Rule,
    known: &Rule,
    compiling: &mut Compiling,
    scope: &Scope<'_>,
) -> Result<Option<Rule>, Cancelled> {
    for shorter in shorter(known) {
        let (one, other) = (std::slice::from_ref(rule), std::slice::from_ref(&shorter));
        if compiling.compare(one, other, Beside::Anything, scope)?.0 {
            return Ok(Some(shorter));
        }
    }
    Ok(None)
}

/// Rules that are one step shorter, the greatest steps first.
fn shorter(rule: &Rule) -> Vec<Rule> {
    let Some(Value::Object(conditions)) = rule.written().get("conditions") else {
        return Vec::new();
    };
    let with = |conditions: Option<Object>| {
        let mut written = rule.written().clone();
        match conditions {
            Some(conditions) => written.set("conditions", Value::Object(conditions)),
            None => drop(written.remove("conditions")),
        }
        Rule::read(written)
    };
    let mut rules = vec![with(None)];
    for (property, test) in conditions.iter() {
        let mut fewer = conditions.clone();
        fewer.remove(property);
        rules.push(with(Some(fewer)));
        for shorter in shorter_tests(test) {
            let mut changed = conditions.clone();
            changed.set(property, shorter);
            rules.push(with(Some(changed)));
        }
    }
    rules
}

/// Tests that are one step shorter.
fn shorter_tests(test: &Value) -> Vec<Value> {
    let Value::Object(operators) = test else {
        return Vec::new();
    };
    let mut tests = Vec::new();
    for (operator, _) in operators.iter().filter(|_| operators.len() > 1) {
        let mut fewer = operators.clone();
        fewer.remove(operator);
        tests.push(Value::Object(fewer));
    }
    for (operator, operand) in operators.iter() {
        let replaced = |new: &str, value: Value| {
            let members = operators.iter().map(|(name, old)| {
                if name == operator {
                    (new, value.clone())
                } else {
                    (name, old.clone())
                }
            });
            Value::Object(members.collect())
        };
        match (operator, operand) {
            ("$in" | "$all" | "$nin", Value::List(items)) if items.len() > 1 => {
                for at in 0..items.len() {
                    let fewer = items.iter().enumerate().filter(|(other, _)| *other != at);
                    let fewer = Value::List(fewer.map(|(_, item)| item.clone()).collect());
                    tests.push(replaced(operator, fewer));
                }
            }
            ("$in", Value::List(items)) if operators.get("$eq").is_none() => {
                if let [Value::Text(only)] = items.as_slice() {
                    tests.push(replaced("$eq", Value::Text(only.clone())));
                }
            }
            ("$glob", Value::Text(pattern)) if operators.get("$eq").is_none() => {
                tests.push(replaced("$eq", Value::Text(pattern.clone())));
            }
            _ => {}
        }
    }
    tests
}
