//! Fills in the templates of one rule by itself, where that is what filling in the whole list gives.

use reeve_domain::rule::Rule;
use reeve_domain::value::Value;

use super::ActorFacts;
use crate::read::{rule_to_value, rules_from_text, value_to_text};
use crate::template::{Rendering, UnresolvedName, render};

/// A rule with the templates of one actor filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledRule {
    /// The rule.
    pub rule: Rule,
    /// The properties whose value depends on what nobody told.
    pub doubtful: Vec<String>,
    /// Templates that had no value, in order.
    pub unresolved: Vec<UnresolvedName>,
}

/// Fills in the templates of `rule` for `actor`. `None` if that is not certain to give what the
/// server's rendering of the whole list gives: templates outside conditions, or values that break
/// out of their string.
pub fn filled_in(actor: &ActorFacts, rule: &Rule) -> Option<FilledRule> {
    let (new, rendering) = render_rule(actor, rule)?;
    Some(FilledRule {
        doubtful: if rendering.doubtful {
            doubtful_properties(actor, rule)?
        } else {
            Vec::new()
        },
        rule: new,
        unresolved: rendering.unresolved,
    })
}

/// Renders one rule, if the result is one rule that differs in its conditions only.
fn render_rule(actor: &ActorFacts, rule: &Rule) -> Option<(Rule, Rendering)> {
    let rendering = render(&value_to_text(&rule_to_value(rule)), actor).ok()?;
    let (mut rules, _) = rules_from_text(&format!("[{}]", rendering.text)).ok()?;
    let new = rules.pop().filter(|_| rules.is_empty())?;
    let alike =
        new.written().len() == rule.written().len()
            && rule.written().iter().zip(new.written().iter()).all(
                |((key, old), (new_key, new))| {
                    key == new_key && (old == new || key == "conditions")
                },
            )
            && same_keys(rule, &new);
    (alike && !rendering.open_ended).then_some((new, rendering))
}

/// Whether the conditions have the same properties, so that each stands for the one it was.
fn same_keys(old: &Rule, new: &Rule) -> bool {
    let keys = |rule: &Rule| -> Vec<String> {
        rule.written()
            .get("conditions")
            .and_then(Value::as_object)
            .map(|object| object.iter().map(|(key, _)| key.to_owned()).collect())
            .unwrap_or_default()
    };
    keys(old) == keys(new)
}

/// The properties of a rule whose rendered value depends on what nobody told.
fn doubtful_properties(actor: &ActorFacts, rule: &Rule) -> Option<Vec<String>> {
    let mut properties = Vec::new();
    for (property, test) in rule.written().get("conditions")?.as_object()?.iter() {
        if render(&value_to_text(test), actor).ok()?.doubtful {
            properties.push(property.to_owned());
        }
    }
    Some(properties)
}
