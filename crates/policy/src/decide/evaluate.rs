//! Evaluates the conditions of one rule against attributes, as `@ucast/js` 3.0 does.

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::Effect;
use reeve_domain::value::{Object, Value};

use super::UnknownReason;
use super::look::{
    Found, TestResult, Thing, Trouble, UNKNOWN_JAVASCRIPT, any, counted, elements, exists, look,
};
use super::verdict::Applies;
use crate::compile::path::{Path, Slots, Step};
use crate::compile::program::{Check, Order, Test};
use crate::compile::{CompiledRule, Program, ServerFault, is_greater};
use crate::glob::Unreproducible;

/// Is told the result of every test that is made.
pub(super) trait Observer {
    /// Whether it wants to be told at all.
    const LISTENS: bool;

    /// Test number `at` of the rule found `attribute` and came out as `result`.
    fn tested(&mut self, at: usize, attribute: &Found<'_>, result: TestResult);
}

/// Wants to know nothing.
pub(super) struct Silent;

impl Observer for Silent {
    const LISTENS: bool = false;

    fn tested(&mut self, _: usize, _: &Found<'_>, _: TestResult) {}
}

/// What a check says about the thing acted on, ready to be looked at many times.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// Nothing if the check is about no thing in particular.
    attributes: Option<&'a Object>,
    slots: Slots<'a>,
}

impl<'a> Asked<'a> {
    #[inline]
    pub fn new(attributes: &'a Attributes) -> Self {
        let attributes = match attributes {
            Attributes::Bare => None,
            Attributes::Of(object) => Some(object),
        };
        let mut asked = Self {
            attributes,
            slots: Slots::default(),
        };
        if let Some(object) = attributes {
            asked.slots.fill(object);
        }
        asked
    }

    /// What rules out most rules; nothing if conditions do not matter.
    pub fn slots(&self) -> Option<&Slots<'a>> {
        self.attributes.map(|_| &self.slots)
    }
}

/// Whether a rule that names the subject and the action applies. Who does not listen asks only for
/// rules that the index lets pass for these attributes.
pub(super) fn applies<O: Observer>(
    rule: &CompiledRule,
    asked: &Asked<'_>,
    observer: &mut O,
) -> Applies {
    if rule.has_fields && rule.effect == Effect::Forbid {
        return Applies::No;
    }
    let Some(program) = &rule.conditions else {
        return Applies::Yes;
    };
    match (asked.attributes, rule.effect) {
        (Some(object), _) => run(program, object, &asked.slots, observer),
        (None, Effect::Allow) => Applies::Yes,
        (None, Effect::Forbid) => Applies::No,
    }
}

fn run<O: Observer>(
    program: &Program,
    object: &Object,
    slots: &Slots<'_>,
    observer: &mut O,
) -> Applies {
    if let Some(fault) = program.fault {
        return Applies::Fault(fault);
    }
    if program.may_be_invalid {
        return Applies::Unknown {
            reason: UnknownReason::Pattern,
            may_fail: true,
        };
    }
    if O::LISTENS {
        return run_all(&program.tests, object, observer);
    }
    let mut tests = program.tests.get(program.settled..).unwrap_or_default();
    // Nearly all tests that are left are plain, and then this settles the rule.
    while let Some((test, rest)) = tests.split_first() {
        match plain(test, slots) {
            Some(true) => tests = rest,
            Some(false) => return Applies::No,
            None => return run_all(tests, object, observer),
        }
    }
    Applies::Yes
}

/// The result of a plain test: a text compared with a text.
fn plain(test: &Test, slots: &Slots<'_>) -> Option<bool> {
    let Path::Name(Step {
        slot: Some(slot), ..
    }) = &test.path
    else {
        return None;
    };
    let Some(Value::Text(found)) = slots.get(*slot) else {
        return None;
    };
    match &test.check {
        Check::IsText(wanted) => Some(found == wanted),
        Check::InTexts(wanted) => Some(wanted.contains(found)),
        Check::Glob(glob) => glob.matches(found).ok(),
        _ => None,
    }
}

fn run_all(tests: &[Test], object: &Object, observer: &mut impl Observer) -> Applies {
    fold(tests.iter().enumerate().map(|(at, test)| {
        let (found, result) = make_test(test, Thing::Object(object));
        observer.tested(at, &found, result);
        result
    }))
}

/// Whether a rule applies, given the results of its tests in order; asks for no more of them than
/// the server would.
pub(super) fn fold(results: impl Iterator<Item = TestResult>) -> Applies {
    let mut unknown: Option<(UnknownReason, bool)> = None;
    for result in results {
        match result {
            Ok(true) => {}
            Ok(false) => {
                // A test that may fail stands before this one, so "no" is not certain.
                return match unknown {
                    Some((reason, true)) => Applies::Unknown {
                        reason,
                        may_fail: true,
                    },
                    _ => Applies::No,
                };
            }
            Err(Trouble::Fault(fault)) => {
                return match unknown {
                    Some((reason, _)) => Applies::Unknown {
                        reason,
                        may_fail: true,
                    },
                    None => Applies::Fault(fault),
                };
            }
            Err(Trouble::Unknown { reason, may_fail }) => {
                let (first, fails) = unknown.unwrap_or((reason, false));
                unknown = Some((first, fails || may_fail));
            }
        }
    }
    match unknown {
        Some((reason, may_fail)) => Applies::Unknown { reason, may_fail },
        None => Applies::Yes,
    }
}

/// How one test comes out on these attributes.
pub(super) fn result_of(test: &Test, object: &Object) -> TestResult {
    make_test(test, Thing::Object(object)).1
}

/// Makes one test. Looking can fail by itself; then nothing was found.
pub(super) fn make_test<'a>(test: &Test, thing: Thing<'a>) -> (Found<'a>, TestResult) {
    match &test.check {
        Check::Size(size) => return counted(test, thing, *size),
        Check::Exists(wanted) => return exists(test, thing, *wanted),
        _ => {}
    }
    match look(&test.path, thing) {
        Ok(found) => {
            let result = compare(test, &found);
            (found, result)
        }
        Err(trouble) => (Found::Nothing, Err(trouble)),
    }
}

fn compare(test: &Test, found: &Found<'_>) -> TestResult {
    let expected = &test.expected;
    match &test.check {
        Check::IsText(_) | Check::Is => Ok(any_equal(found, expected)),
        Check::IsNot => Ok(!any_equal(found, expected)),
        Check::InTexts(_) | Check::In => Ok(any_in(found, expected)),
        Check::NotIn => Ok(!any_in(found, expected)),
        Check::All => Ok(has_all(found, expected)),
        Check::Never | Check::EmptyGlob => Ok(false),
        Check::Glob(glob) => match found {
            Found::One(Value::Text(value)) => glob.matches(value).map_err(trouble_of_glob),
            Found::Nothing | Found::One(Value::Null) => {
                Err(Trouble::Fault(ServerFault::GlobOnMissing))
            }
            Found::One(Value::List(_)) | Found::Many(_) => {
                Err(Trouble::Fault(ServerFault::GlobOnList))
            }
            Found::One(_) => Err(Trouble::Fault(ServerFault::GlobOnOther)),
        },
        Check::Order(order) => any(found, |value| is_ordered(value, *order, expected)),
        Check::Pattern(pattern) => any(found, |value| match value {
            Some(Value::Text(value)) => pattern.is_found_in(value).ok_or(UNKNOWN_PATTERN),
            _ => Ok(false),
        }),
        Check::Element(tests) => has_element(found, tests),
        Check::Doubtful => Err(Trouble::Unknown {
            reason: UnknownReason::NotTold,
            may_fail: &*test.operator == "$glob" && !matches!(found, Found::One(Value::Text(_))),
        }),
        Check::Size(_) | Check::Exists(_) => Ok(true),
    }
}

fn trouble_of_glob(reason: Unreproducible) -> Trouble {
    match reason {
        Unreproducible::ServerFails => Trouble::Fault(ServerFault::GlobFails),
        Unreproducible::NeverEnds => Trouble::Unknown {
            reason: UnknownReason::Glob,
            may_fail: true,
        },
        _ => Trouble::Unknown {
            reason: UnknownReason::Glob,
            may_fail: false,
        },
    }
}

const UNKNOWN_PATTERN: Trouble = Trouble::Unknown {
    reason: UnknownReason::Pattern,
    may_fail: false,
};

/// `$eq`: the value, or one of its elements. An expected list equals nothing.
fn any_equal(found: &Found<'_>, expected: &Value) -> bool {
    if matches!(expected, Value::List(_)) {
        return false;
    }
    elements(found).any(|value| value.is_strictly_equal(expected))
}

fn any_in(found: &Found<'_>, expected: &Value) -> bool {
    let list = expected.as_list().unwrap_or_default();
    elements(found).any(|value| list.iter().any(|item| value.is_strictly_equal(item)))
}

fn has_all(found: &Found<'_>, expected: &Value) -> bool {
    let is_list = matches!(found, Found::Many(_) | Found::One(Value::List(_)));
    is_list
        && expected
            .as_list()
            .unwrap_or_default()
            .iter()
            .all(|item| elements(found).any(|value| value.is_strictly_equal(item)))
}

/// The library takes everything that is neither the same nor greater for less, even what cannot be
/// compared at all.
fn is_ordered(value: Option<&Value>, order: Order, expected: &Value) -> TestResult {
    let same = value.is_some_and(|value| value.is_strictly_equal(expected));
    let greater = is_greater(value, expected).ok_or(UNKNOWN_JAVASCRIPT)?;
    Ok(match order {
        Order::Greater => greater && !same,
        Order::GreaterOrEqual => greater || same,
        Order::Less => !greater && !same,
        Order::LessOrEqual => !greater,
    })
}

fn has_element(found: &Found<'_>, tests: &[Test]) -> TestResult {
    let is_list = matches!(found, Found::Many(_) | Found::One(Value::List(_)));
    if !is_list {
        return Ok(false);
    }
    any(found, |value| match value {
        Some(value) => passes_all(tests, value),
        None => Ok(false),
    })
}

fn passes_all(tests: &[Test], value: &Value) -> TestResult {
    let mut trouble = None;
    for test in tests {
        match make_test(test, Thing::Value(value)).1 {
            Ok(true) => {}
            Ok(false) => {
                return match trouble {
                    Some(unknown @ Trouble::Unknown { may_fail: true, .. }) => Err(unknown),
                    _ => Ok(false),
                };
            }
            Err(Trouble::Fault(fault)) => return Err(trouble.unwrap_or(Trouble::Fault(fault))),
            Err(unknown) => {
                trouble.get_or_insert(unknown);
            }
        }
    }
    trouble.map_or(Ok(true), Err)
}
