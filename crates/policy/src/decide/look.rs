//! Finds what a condition looks at, as `@ucast/js` 3.0 does, and answers the questions that depend on
//! where it stands: how many there are, and whether it is there at all.

use reeve_domain::value::{Object, Value};

use super::UnknownReason;
use crate::compile::ServerFault;
use crate::compile::path::{Path, Step};
use crate::compile::program::Test;

/// What a test came to.
pub type TestResult = Result<bool, Trouble>;

/// Why a test has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The server fails.
    Fault(ServerFault),
    /// It is not known here.
    Unknown {
        /// Why.
        reason: UnknownReason,
        /// Whether the server might fail.
        may_fail: bool,
    },
}

/// What a condition found where it looked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found<'a> {
    Nothing,
    One(&'a Value),
    /// The elements that a path through a list gathered; they behave as a list.
    Many(Vec<&'a Value>),
}

/// What a path starts from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Thing<'a> {
    Object(&'a Object),
    Value(&'a Value),
}

pub(super) const UNKNOWN_JAVASCRIPT: Trouble = Trouble::Unknown {
    reason: UnknownReason::JavaScript,
    may_fail: true,
};

/// The elements of a list, or the one value.
pub(super) fn elements<'a>(found: &'a Found<'a>) -> impl Iterator<Item = &'a Value> {
    let (one, list, many): (Option<&Value>, &[Value], &[&Value]) = match found {
        Found::Nothing => (None, &[], &[]),
        Found::One(Value::List(items)) => (None, items, &[]),
        Found::One(value) => (Some(value), &[], &[]),
        Found::Many(items) => (None, &[], items),
    };
    one.into_iter().chain(list).chain(many.iter().copied())
}

/// Whether `test` holds for the value (`None` if missing) or, for a list, for one element.
pub(super) fn any(
    found: &Found<'_>,
    mut test: impl FnMut(Option<&Value>) -> TestResult,
) -> TestResult {
    match found {
        Found::Nothing => test(None),
        Found::One(value) if !matches!(value, Value::List(_)) => test(Some(value)),
        _ => {
            let mut trouble = None;
            for value in elements(found) {
                match test(Some(value)) {
                    Ok(true) => return trouble.map_or(Ok(true), Err),
                    Ok(false) => {}
                    Err(Trouble::Fault(fault)) => {
                        return Err(trouble.unwrap_or(Trouble::Fault(fault)));
                    }
                    Err(unknown) => {
                        trouble.get_or_insert(unknown);
                    }
                }
            }
            trouble.map_or(Ok(false), Err)
        }
    }
}

/// `$size`: the library looks at the last name on the path by itself.
pub(super) fn counted<'a>(test: &Test, thing: Thing<'a>, size: f64) -> (Found<'a>, TestResult) {
    let holder = match holder_of(&test.path, thing) {
        Ok(holder) => holder,
        Err(trouble) => return (Found::Nothing, Err(trouble)),
    };
    let result = match &holder {
        Holder::Whole(found) => Ok(has_size(found, size)),
        Holder::Attributes(object, last) => own(object, last).map(|found| has_size(&found, size)),
        Holder::Found(found, last) if is_list(found) && !last.numeric => {
            some_element(found, |element| {
                Ok(has_size(&look_name(last, Thing::Value(element))?, size))
            })
        }
        Holder::Found(Found::One(value), last) => {
            look_name(last, Thing::Value(value)).map(|found| has_size(&found, size))
        }
        Holder::Found(found, last) => step_into(found, last).map(|found| has_size(&found, size)),
    };
    (holder.found(), result)
}

#[allow(
    clippy::float_cmp,
    reason = "counts are whole numbers, and the server compares exactly"
)]
fn has_size(found: &Found<'_>, size: f64) -> bool {
    let count = match found {
        Found::One(Value::List(items)) => items.len(),
        Found::Many(items) => items.len(),
        _ => return false,
    };
    u32::try_from(count).is_ok_and(|count| f64::from(count) == size)
}

/// What the last name on a path is read from.
enum Holder<'a, 'p> {
    /// There is no name: the thing itself.
    Whole(Found<'a>),
    /// The attributes.
    Attributes(&'a Object, &'p Step),
    /// Something inside them.
    Found(Found<'a>, &'p Step),
}

impl<'a> Holder<'a, '_> {
    /// What a trace shows as found.
    fn found(self) -> Found<'a> {
        match self {
            Self::Whole(found) | Self::Found(found, _) => found,
            Self::Attributes(object, step) => {
                object.get(&step.name).map_or(Found::Nothing, Found::One)
            }
        }
    }
}

fn holder_of<'a, 'p>(path: &'p Path, thing: Thing<'a>) -> Result<Holder<'a, 'p>, Trouble> {
    match (path, thing) {
        (Path::Itself, _) => look(path, thing).map(Holder::Whole),
        (Path::Name(step), Thing::Object(object)) => Ok(Holder::Attributes(object, step)),
        (Path::Name(step), Thing::Value(value)) => Ok(Holder::Found(Found::One(value), step)),
        (Path::Dotted(steps), _) => match steps.split_last() {
            Some((last, before)) => Ok(Holder::Found(look_dotted(before, thing)?, last)),
            None => Err(UNKNOWN_JAVASCRIPT),
        },
    }
}

/// `$exists`: whether the holder has the last name on the path as its own.
pub(super) fn exists<'a>(test: &Test, thing: Thing<'a>, wanted: bool) -> (Found<'a>, TestResult) {
    // An element that is looked at as such exists, whatever is wanted.
    if test.path == Path::Itself {
        return (Found::Nothing, Ok(true));
    }
    let holder = match holder_of(&test.path, thing) {
        Ok(holder) => holder,
        Err(trouble) => return (Found::Nothing, Err(trouble)),
    };
    let result = match &holder {
        Holder::Whole(_) => Ok(true),
        Holder::Attributes(_, last) if &*last.name == MARKER => Err(UNKNOWN_JAVASCRIPT),
        Holder::Attributes(object, last) => Ok(object.get(&last.name).is_some() == wanted),
        Holder::Found(found, last) if is_list(found) && !last.numeric => {
            some_element(found, |element| Ok(has_own(element, last) == wanted))
        }
        Holder::Found(Found::Nothing, _) => Ok(!wanted),
        Holder::Found(Found::One(value), last) => Ok(has_own(value, last) == wanted),
        Holder::Found(Found::Many(items), last) => {
            Ok(last.index.is_some_and(|at| at < items.len()) == wanted)
        }
    };
    (holder.found(), result)
}

/// The name under which the library marks the attributes with their subject.
const MARKER: &str = "__caslSubjectType__";

fn has_own(value: &Value, step: &Step) -> bool {
    let is_below = |count: usize| step.index.is_some_and(|at| at < count);
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
        Value::Object(object) => object.get(&step.name).is_some(),
        Value::List(items) => is_below(items.len()) || &*step.name == "length",
        Value::Text(text) => is_below(text.encode_utf16().count()) || &*step.name == "length",
    }
}

fn some_element(found: &Found<'_>, mut test: impl FnMut(&Value) -> TestResult) -> TestResult {
    any(found, |value| value.map_or(Ok(false), &mut test))
}

pub(super) fn is_list(found: &Found<'_>) -> bool {
    matches!(found, Found::Many(_) | Found::One(Value::List(_)))
}

/// Looks where the path leads.
pub(super) fn look<'a>(path: &Path, thing: Thing<'a>) -> Result<Found<'a>, Trouble> {
    match (path, thing) {
        (Path::Itself, Thing::Value(value)) => Ok(Found::One(value)),
        // The attributes as a whole are an object, which a rule has no reason to look at.
        (Path::Itself, Thing::Object(_)) => Err(UNKNOWN_JAVASCRIPT),
        (Path::Name(step), _) => look_name(step, thing),
        (Path::Dotted(steps), _) => look_dotted(steps, thing),
    }
}

fn look_name<'a>(step: &Step, thing: Thing<'a>) -> Result<Found<'a>, Trouble> {
    match thing {
        Thing::Object(object) => own(object, step),
        Thing::Value(value) if value.is_truthy() => step_into(&Found::One(value), step),
        Thing::Value(_) => Err(Trouble::Fault(ServerFault::PropertyOfNothing)),
    }
}

/// Follows names one inside the other. Where something on the way is no object, nothing is found.
fn look_dotted<'a>(steps: &[Step], thing: Thing<'a>) -> Result<Found<'a>, Trouble> {
    let Some((first, rest)) = steps.split_first() else {
        return Err(UNKNOWN_JAVASCRIPT);
    };
    let mut found = look_name(first, thing)?;
    for step in rest {
        let is_object = matches!(
            found,
            Found::Many(_) | Found::One(Value::List(_) | Value::Object(_))
        );
        if !is_object {
            return Ok(Found::Nothing);
        }
        found = step_into(&found, step)?;
    }
    Ok(found)
}

/// One step. A list is indexed by a number and searched for any other name.
fn step_into<'a>(found: &Found<'a>, step: &Step) -> Result<Found<'a>, Trouble> {
    let items: Vec<&'a Value> = match found {
        Found::Nothing => return Err(Trouble::Fault(ServerFault::PropertyOfNothing)),
        Found::One(Value::List(items)) if step.numeric => {
            let item = step.index.and_then(|at| items.get(at));
            return Ok(item.map_or(Found::Nothing, Found::One));
        }
        Found::Many(items) if step.numeric => {
            let item = step.index.and_then(|at| items.get(at).copied());
            return Ok(item.map_or(Found::Nothing, Found::One));
        }
        Found::One(Value::List(items)) => items.iter().collect(),
        Found::Many(items) => items.clone(),
        Found::One(value) => return property(value, step),
    };
    let mut gathered = Vec::new();
    for item in items {
        match property(item, step)? {
            Found::Nothing => {}
            Found::One(Value::List(inner)) => gathered.extend(inner),
            Found::One(value) => gathered.push(value),
            Found::Many(inner) => gathered.extend(inner),
        }
    }
    Ok(Found::Many(gathered))
}

/// What `value[name]` gives in JavaScript.
fn property<'a>(value: &'a Value, step: &Step) -> Result<Found<'a>, Trouble> {
    match value {
        Value::Null => Err(Trouble::Fault(ServerFault::PropertyOfNothing)),
        Value::Object(object) => own(object, step),
        Value::List(items) => match step.index {
            Some(at) => Ok(items.get(at).map_or(Found::Nothing, Found::One)),
            None if step.inherited => Err(UNKNOWN_JAVASCRIPT),
            None => Ok(Found::Nothing),
        },
        Value::Text(text) => match step.index {
            Some(at) if at < text.encode_utf16().count() => Err(UNKNOWN_JAVASCRIPT),
            None if step.inherited => Err(UNKNOWN_JAVASCRIPT),
            _ => Ok(Found::Nothing),
        },
        Value::Bool(_) | Value::Number(_) if step.inherited => Err(UNKNOWN_JAVASCRIPT),
        Value::Bool(_) | Value::Number(_) => Ok(Found::Nothing),
    }
}

fn own<'a>(object: &'a Object, step: &Step) -> Result<Found<'a>, Trouble> {
    match object.get(&step.name) {
        Some(value) => Ok(Found::One(value)),
        None if step.inherited => Err(UNKNOWN_JAVASCRIPT),
        None => Ok(Found::Nothing),
    }
}
