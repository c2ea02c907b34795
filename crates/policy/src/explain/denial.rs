//! Why something is denied.

use reeve_domain::rule::Effect;
use reeve_domain::value::Value;

use super::{Sentence, say_source, say_standing, wire_name};
use crate::decide::{CheckResult, ConditionTrace, Decision, InactiveEffect, RuleMatch};
use crate::read::value_to_text;

/// How many rules that nearly apply are told.
const NEAR_MISSES_MAX: usize = 3;

/// Says why none of `decisions` allows: they are alternatives, each of which would do.
pub(super) fn say_why(
    sentence: &mut Sentence,
    decisions: &[&Decision],
    inactive: Option<&InactiveEffect>,
) {
    let forbid = decisions.iter().find_map(|decision| decision.deciding());
    if let Some(candidate) = forbid {
        sentence.text("the Forbid in ");
        say_source(sentence, candidate.source.as_ref());
        sentence.text(" matches");
    } else if let Some(effect) = inactive {
        sentence
            .source(&effect.source)
            .text(" would have allowed this; ");
        say_standing(sentence, effect.standing);
    } else {
        let names: Vec<String> = decisions.iter().map(|d| wire_name(&d.request)).collect();
        let candidates = || decisions.iter().flat_map(|decision| &decision.candidates);
        if candidates().next().is_none() {
            sentence.text("no rule mentions ").codes(&names, " or ");
        } else if candidates().all(|candidate| candidate.effect == Effect::Forbid) {
            sentence.text("no rule allows ").codes(&names, " or ");
        } else {
            sentence
                .text("the conditions of every rule that allows ")
                .codes(&names, " or ")
                .text(" exclude this case");
        }
    }
}

/// The Allows that do not apply, each with the condition that is in the way.
pub(super) fn near_misses(decision: &Decision) -> Vec<Sentence> {
    decision
        .candidates
        .iter()
        .filter(|candidate| {
            candidate.effect == Effect::Allow && candidate.applies == RuleMatch::DoesNotApply
        })
        .filter_map(|candidate| {
            let failed = candidate.conditions.iter().find(|condition| {
                matches!(
                    condition.result,
                    CheckResult::NotMatched | CheckResult::Missing
                )
            })?;
            let mut sentence = Sentence::new("the Allow in ");
            say_source(&mut sentence, candidate.source.as_ref());
            sentence.text(" does not apply, because ");
            say_condition(&mut sentence, failed);
            Some(sentence)
        })
        .take(NEAR_MISSES_MAX)
        .collect()
}

/// A condition that does not hold.
fn say_condition(sentence: &mut Sentence, condition: &ConditionTrace) {
    sentence.code(&condition.property);
    let wanted = values(&condition.expected);
    match &condition.found {
        None => sentence.text(" is missing"),
        Some(Value::List(items)) if items.is_empty() => sentence.text(" is empty"),
        Some(found) => sentence.text(" is ").codes(&values(found), " and "),
    };
    match (&*condition.operator, &condition.found) {
        (_, None) => {}
        ("$eq", _) => {
            sentence.text(", not ").codes(&wanted, " or ");
        }
        ("$ne" | "$nin", _) => {
            sentence.text(", which it excludes");
        }
        ("$in", _) => {
            sentence.text(", and it asks for ").codes(&wanted, " or ");
        }
        ("$all", _) => {
            sentence
                .text(", and it asks for all of ")
                .codes(&wanted, " and ");
        }
        ("$glob", _) => {
            sentence
                .text(", which ")
                .codes(&wanted, " or ")
                .text(" does not match");
        }
        (operator, _) => {
            sentence
                .text(", and it asks for ")
                .code(operator)
                .text(" ")
                .code(value_to_text(&condition.expected));
        }
    }
}

fn values(value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        other => value_to_text(other),
    };
    match value {
        Value::List(items) => items.iter().map(one).collect(),
        other => vec![one(other)],
    }
}
