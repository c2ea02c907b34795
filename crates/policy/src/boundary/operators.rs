//! Compares the tests of one property, as the server does: not always rightly.

use reeve_domain::value::Value;

use super::BoundaryTrouble;
use super::glob_text::{contains, have_disjoint_prefixes, is_glob};
use crate::glob::{Glob, Unreproducible};

/// The tests of one property, as far as the server compares them. Other operators are not looked
/// at, so a rule may go further in them than the actor.
#[derive(Debug, Clone, Default)]
pub struct Operators<'a> {
    eq: Option<&'a str>,
    ne: Option<&'a str>,
    glob: Option<&'a str>,
    among: Option<Vec<&'a str>>,
    /// Whether there is any operator besides `$glob` and `$ne`.
    has_fixed: bool,
}

impl<'a> Operators<'a> {
    /// Reads the test of a property; a bare text means "equal to".
    pub fn read(test: &'a Value) -> Result<Self, BoundaryTrouble> {
        match test {
            Value::Text(value) => Ok(Self {
                eq: Some(value),
                has_fixed: true,
                ..Self::default()
            }),
            Value::Object(operators) => Ok(Self {
                eq: text(operators.get("$eq"))?,
                ne: text(operators.get("$ne"))?,
                glob: text(operators.get("$glob"))?,
                among: texts(operators.get("$in"))?,
                has_fixed: operators
                    .iter()
                    .any(|(name, _)| name != "$glob" && name != "$ne"),
            }),
            _ => Err(BoundaryTrouble::WrongOperand),
        }
    }

    /// Whether these let through everything that `other` lets through.
    pub fn cover(&self, other: &Self) -> Result<bool, Unreproducible> {
        Ok(self.cover_value(other)? && self.cover_list(other)? && self.cover_glob(other)?)
    }

    fn cover_value(&self, other: &Self) -> Result<bool, Unreproducible> {
        match (given(other.eq), given(other.ne)) {
            (Some(value), _) => {
                let differs = given(self.eq).is_some_and(|eq| eq != value);
                let excluded = given(self.ne).is_some_and(|ne| ne == value);
                let unlisted = self
                    .among
                    .as_ref()
                    .is_some_and(|list| !list.contains(&value));
                Ok(!differs && !excluded && !unlisted && self.glob_takes(value)?)
            }
            (None, Some(value)) => {
                let fixed = given(self.eq).is_some() || self.among.is_some();
                let excludes_another = given(self.ne).is_some_and(|ne| ne != value);
                Ok(!fixed && !excludes_another && given(self.glob).is_none())
            }
            (None, None) => Ok(true),
        }
    }

    fn cover_list(&self, other: &Self) -> Result<bool, Unreproducible> {
        let Some(values) = &other.among else {
            return Ok(true);
        };
        let differs = given(self.eq).is_some_and(|eq| *values != [eq]);
        let excluded = given(self.ne).is_some_and(|ne| values.contains(&ne));
        let unlisted = self
            .among
            .as_ref()
            .is_some_and(|list| values.iter().any(|value| !list.contains(value)));
        if differs || excluded || unlisted {
            return Ok(false);
        }
        for value in values {
            if !self.glob_takes(value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn cover_glob(&self, other: &Self) -> Result<bool, Unreproducible> {
        let Some(glob) = given(other.glob) else {
            return Ok(true);
        };
        if is_glob(glob) && self.has_fixed {
            return Ok(false);
        }
        if given(self.eq).is_some_and(|eq| eq != glob) {
            return Ok(false);
        }
        if let Some(ne) = given(self.ne)
            && matches(glob, ne)?
        {
            return Ok(false);
        }
        let unlisted = self
            .among
            .as_ref()
            .is_some_and(|list| !list.contains(&glob));
        Ok(!unlisted && given(self.glob).is_none_or(|own| contains(own, glob)))
    }

    fn glob_takes(&self, value: &str) -> Result<bool, Unreproducible> {
        given(self.glob).map_or(Ok(true), |glob| matches(glob, value))
    }

    /// Whether it is certain that nothing passes both these and `other`. The first pair of operators
    /// that can be compared answers alone.
    pub fn are_disjoint_from(&self, other: &Self) -> Result<bool, Unreproducible> {
        let fixed = match self.disjoint_values(other)? {
            None => other.disjoint_values(self)?,
            known => known,
        };
        if let Some(answer) = fixed {
            return Ok(answer);
        }
        if let Some(answer) = self.disjoint_lists(other)? {
            return Ok(answer);
        }
        Ok(match (self.glob, other.glob) {
            (Some(one), Some(other)) => have_disjoint_prefixes(one, other),
            (Some(glob), None) => other.ne == Some(glob),
            (None, Some(glob)) => self.ne == Some(glob),
            (None, None) => false,
        })
    }

    /// The answer by our `$eq`, if `other` has something to compare it with.
    fn disjoint_values(&self, other: &Self) -> Result<Option<bool>, Unreproducible> {
        let Some(value) = self.eq else {
            return Ok(None);
        };
        if let Some(eq) = other.eq {
            return Ok(Some(value != eq));
        }
        if let Some(ne) = other.ne {
            return Ok(Some(value == ne));
        }
        if let Some(list) = &other.among {
            return Ok(Some(!list.contains(&value)));
        }
        other
            .glob
            .map(|glob| Ok(!matches(glob, value)?))
            .transpose()
    }

    /// The answer by a `$in`, when neither side has a `$eq` that could be compared.
    fn disjoint_lists(&self, other: &Self) -> Result<Option<bool>, Unreproducible> {
        let all = |list: &[&str], apart: &dyn Fn(&str) -> Result<bool, Unreproducible>| {
            for value in list {
                if !apart(value)? {
                    return Ok(Some(false));
                }
            }
            Ok(Some(true))
        };
        if let (Some(one), Some(two)) = (&self.among, &other.among) {
            return all(one, &|value| Ok(!two.contains(&value)));
        }
        for (list, glob) in [(&self.among, other.glob), (&other.among, self.glob)] {
            if let (Some(list), Some(glob)) = (list, glob) {
                return all(list, &|value| Ok(!matches(glob, value)?));
            }
        }
        for (list, ne) in [(&self.among, other.ne), (&other.among, self.ne)] {
            if let (Some(list), Some(ne)) = (list, ne) {
                return all(list, &|value| Ok(value == ne));
            }
        }
        Ok(None)
    }
}

/// An operand that JavaScript takes for true, which an empty text is not.
fn given(operand: Option<&str>) -> Option<&str> {
    operand.filter(|text| !text.is_empty())
}

fn matches(glob: &str, value: &str) -> Result<bool, Unreproducible> {
    Glob::new(glob).matches(value)
}

fn text(operand: Option<&Value>) -> Result<Option<&str>, BoundaryTrouble> {
    operand
        .map(|value| value.as_text().ok_or(BoundaryTrouble::WrongOperand))
        .transpose()
}

fn texts(operand: Option<&Value>) -> Result<Option<Vec<&str>>, BoundaryTrouble> {
    let Some(value) = operand else {
        return Ok(None);
    };
    let items = value.as_list().ok_or(BoundaryTrouble::WrongOperand)?;
    let values: Option<Vec<&str>> = items.iter().map(Value::as_text).collect();
    values.map(Some).ok_or(BoundaryTrouble::WrongOperand)
}
