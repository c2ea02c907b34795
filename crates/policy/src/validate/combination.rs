//! The actions and conditions that may not stand together in one rule.

use std::fmt;

use serde_json::Value as Json;

use crate::assemble::replaced_action;
use crate::catalogue::Catalogue;

/// Two things in one rule of which the server takes only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// A legacy action beside actions that replace it.
    LegacyAction {
        /// The subject.
        subject: String,
        /// The legacy action.
        legacy: &'static str,
        /// The actions beside it.
        beside: Vec<&'static str>,
    },
    /// A condition that an action does not take.
    Condition {
        /// The subject.
        subject: String,
        /// The property of the condition.
        property: String,
        /// The action.
        action: String,
    },
}

/// The first clash in `rules`, which have passed the schema; none if there is none.
pub fn check(rules: &[Json], catalogue: &Catalogue) -> Option<Clash> {
    rules
        .iter()
        .find_map(|rule| actions_clash(rule).or_else(|| condition_clash(rule, catalogue)))
}

/// A legacy action beside the actions that replace it.
fn actions_clash(rule: &Json) -> Option<Clash> {
    let actions = actions(rule);
    let subject = subject(rule);
    let (legacy, new) = replaced_action(subject)?;
    let beside: Vec<_> = new
        .iter()
        .copied()
        .filter(|a| actions.contains(a))
        .collect();
    (actions.contains(&legacy) && !beside.is_empty()).then(|| Clash::LegacyAction {
        subject: subject.to_owned(),
        legacy,
        beside,
    })
}

/// A condition that one of the rule's actions does not take.
fn condition_clash(rule: &Json, catalogue: &Catalogue) -> Option<Clash> {
    let subject = subject(rule);
    let entry = catalogue.subject(subject)?;
    let conditions = rule.get("conditions")?.as_object()?;
    actions(rule).into_iter().find_map(|action| {
        let only = entry.action(action)?.only_properties.as_ref()?;
        let property = conditions
            .keys()
            .find(|key| only.iter().all(|allowed| allowed.as_str() != *key))?;
        Some(Clash::Condition {
            subject: subject.to_owned(),
            property: property.clone(),
            action: action.to_owned(),
        })
    })
}

/// The server's words, up to the first full stop.
impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LegacyAction {
                subject,
                legacy,
                beside,
            } => {
                let chosen = match (beside.as_slice(), *legacy) {
                    (["readValue"], _) => "Read Value",
                    (["describeSecret"], _) => "Describe Secret",
                    (_, "read") => "both Read Value and Describe Secret",
                    (["assign-role"], _) => "Assign Role",
                    (["assign-additional-privileges"], _) => "Assign Additional Privileges",
                    _ => "both Assign Role and Assign Additional Privileges",
                };
                match (*legacy, subject.as_str()) {
                    ("read", _) => write!(f, "You have selected Read, and {chosen}"),
                    // The server leaves out the comma here.
                    (_, "groups") => write!(f, "You have selected Grant Privileges and {chosen}"),
                    _ => write!(f, "You have selected Grant Privileges, and {chosen}"),
                }
            }
            Self::Condition {
                subject,
                property,
                action,
            } => write!(
                f,
                "Condition \"{property}\" is not allowed for action \"{action}\" on subject \"{subject}\""
            ),
        }
    }
}

fn subject(rule: &Json) -> &str {
    rule.get("subject").and_then(Json::as_str).unwrap_or("")
}

fn actions(rule: &Json) -> Vec<&str> {
    rule.get("action")
        .and_then(Json::as_array)
        .map(|actions| actions.iter().filter_map(Json::as_str).collect())
        .unwrap_or_default()
}
