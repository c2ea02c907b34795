//! Predicts whether the server lets an actor hand out what it wants to hand out.
//!
//! Servers know two systems. The older compares what the actor holds with what is handed out
//! ([`compare`]); it is a heuristic, and its mistakes in both directions are reproduced. The newer
//! asks for permission to assign ([`assigning`]). Which one an organisation uses is for the caller
//! to know. Nothing here is a proof of containment.

pub mod assigning;
pub(crate) mod glob_text;
mod held;
mod operators;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use reeve_domain::rule::{Action, Effect, Subject};
use reeve_domain::value::Object;

use crate::glob::Unreproducible;
pub use held::Held;
use held::HeldRule;
use operators::Operators;

/// Something the actor cannot hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPermission {
    /// The action.
    pub action: Action,
    /// The subject.
    pub subject: Subject,
    /// The conditions of the rule that goes too far; none if the actor lacks the action altogether
    /// or the rule has none.
    pub conditions: Option<Object>,
}

/// Why the server's answer cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BoundaryTrouble {
    /// A rule has a shape on which the server fails.
    #[error("the server fails on a rule of unusual shape")]
    UnusualRule,
    /// A condition has an operand of a type that the server's schema never lets in.
    #[error("a condition has an operand of the wrong type")]
    WrongOperand,
    /// A glob cannot be matched as the server does.
    #[error("a glob cannot be followed: {0}")]
    Glob(#[from] Unreproducible),
}

/// Answers as the older system does: what of `handed_out` the actor, who holds `held`, may not hand
/// out. Empty if nothing.
///
/// Each action on each subject is looked at once. Rules are compared one by one and never taken
/// together, so an actor with two rules, for `dev` and for `prod`, cannot hand out one rule for
/// both.
pub fn compare(held: &Held, handed_out: &Held) -> Result<Vec<MissingPermission>, BoundaryTrouble> {
    // Reading folders needs no permission, so the server does not ask for it.
    let mut seen = BTreeSet::from([(Subject::from("secret-folders"), Action::from("read"))]);
    let mut missing = Vec::new();
    for rule in handed_out.rules() {
        let subject = rule.subject_text().ok_or(BoundaryTrouble::UnusualRule)?;
        let fresh: Vec<&Action> = rule
            .actions
            .iter()
            .filter(|action| !seen.contains(&(subject.clone(), (*action).clone())))
            .collect();
        for action in &fresh {
            missing.extend(compare_one(held, handed_out, &subject, action)?);
        }
        seen.extend(
            fresh
                .into_iter()
                .map(|action| (subject.clone(), action.clone())),
        );
    }
    Ok(missing)
}

/// The first thing in the way of handing out `action` on `subject`.
fn compare_one(
    held: &Held,
    handed_out: &Held,
    subject: &Subject,
    action: &Action,
) -> Result<Option<MissingPermission>, BoundaryTrouble> {
    let own = held.candidates(subject, action);
    let missing = |conditions: Option<&Object>| {
        Some(MissingPermission {
            action: action.clone(),
            subject: subject.clone(),
            conditions: conditions.cloned(),
        })
    };
    if !own.iter().any(|rule| rule.effect() == Effect::Allow) {
        return Ok(missing(None));
    }
    if all_unconditional_allows(&own)? {
        return Ok(None);
    }
    for rule in handed_out.candidates(subject, action) {
        let conditions = rule.conditions()?;
        if !is_covered(&own, conditions)? || is_touched_by_forbid(&own, conditions)? {
            return Ok(missing(conditions));
        }
    }
    Ok(None)
}

fn all_unconditional_allows(own: &[&HeldRule<'_>]) -> Result<bool, BoundaryTrouble> {
    for rule in own {
        if rule.effect() == Effect::Forbid || rule.conditions()?.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether one Allow of the actor's covers everything under `conditions`.
fn is_covered(own: &[&HeldRule<'_>], conditions: Option<&Object>) -> Result<bool, BoundaryTrouble> {
    for rule in own.iter().filter(|rule| rule.effect() == Effect::Allow) {
        match rule.conditions()? {
            None => return Ok(true),
            Some(own) if covers_each(own, conditions)? => return Ok(true),
            Some(_) => {}
        }
    }
    Ok(false)
}

fn covers_each(own: &Object, conditions: Option<&Object>) -> Result<bool, BoundaryTrouble> {
    for (property, test) in own.iter() {
        let Some(other) = written(conditions, property) else {
            return Ok(false);
        };
        if !Operators::read(test)?.cover(&Operators::read(other)?)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether one Forbid of the actor's may touch something under `conditions`.
fn is_touched_by_forbid(
    own: &[&HeldRule<'_>],
    conditions: Option<&Object>,
) -> Result<bool, BoundaryTrouble> {
    for rule in own.iter().filter(|rule| rule.effect() == Effect::Forbid) {
        match rule.conditions()? {
            None => return Ok(true),
            Some(own) if !is_apart(own, conditions)? => return Ok(true),
            Some(_) => {}
        }
    }
    Ok(false)
}

/// Whether the tests of one property that both have show that nothing is under both. A property
/// that one of them lacks shows nothing.
fn is_apart(own: &Object, conditions: Option<&Object>) -> Result<bool, BoundaryTrouble> {
    for (property, test) in own.iter() {
        let Some(other) = written(conditions, property) else {
            continue;
        };
        if Operators::read(test)?.are_disjoint_from(&Operators::read(other)?)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The test of `property`, if there is one that JavaScript takes for true.
fn written<'a>(
    conditions: Option<&'a Object>,
    property: &str,
) -> Option<&'a reeve_domain::value::Value> {
    conditions?.get(property).filter(|test| test.is_truthy())
}
