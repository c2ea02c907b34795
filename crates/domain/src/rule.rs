//! Rules: actions on a subject, under conditions, allowed or forbidden.

use crate::condition::Conditions;
use crate::text::text_newtype;
use crate::value::{Object, Value};

text_newtype! {
    /// What is acted on, such as `secrets` or `secret-folders`; the wire name.
    Subject
}
text_newtype! {
    /// What is done, such as `read` or `create-root-credential`; the wire name.
    Action
}

/// Whether a rule grants or takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// The rule grants.
    Allow,
    /// The rule is inverted: it takes away.
    Forbid,
}

/// One rule, read from what was written and never apart from it.
///
/// The typed parts are a view; [`Rule::written`] is the rule exactly as it stands on the wire, with
/// unknown members, key order and single-or-list spelling. Edits change only what they name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    written: Object,
    unreadable: Option<Value>,
    subjects: Vec<Subject>,
    actions: Vec<Action>,
    effect: Effect,
    conditions: Conditions,
}

impl Rule {
    /// Reads a rule. This never fails: a part of an unexpected type reads as absent in the view and
    /// stays in [`Rule::written`]; what is wrong with it is for the validation to say.
    pub fn read(written: Object) -> Self {
        Self {
            subjects: texts(written.get("subject")).map(Subject::from).collect(),
            actions: texts(written.get("action")).map(Action::from).collect(),
            effect: if written.get("inverted").is_some_and(Value::is_truthy) {
                Effect::Forbid
            } else {
                Effect::Allow
            },
            conditions: Conditions::read(written.get("conditions")),
            written,
            unreadable: None,
        }
    }

    /// Keeps an item of a list of rules that is not an object. It has no action, so it never
    /// decides; it is kept so that writing the list back loses nothing.
    pub fn unreadable(item: Value) -> Self {
        Self {
            unreadable: Some(item),
            ..Self::read(Object::new())
        }
    }

    /// The item that stands where a rule was expected, if this is not a rule.
    pub fn unreadable_item(&self) -> Option<&Value> {
        self.unreadable.as_ref()
    }

    /// Makes a rule as the server's current API writes it. `conditions` is left out if `None`.
    pub fn new(
        subject: &Subject,
        actions: &[Action],
        effect: Effect,
        conditions: Option<Object>,
    ) -> Self {
        let mut written: Object = [
            ("subject", Value::text(subject.as_str())),
            ("action", Value::texts(actions.iter().map(Action::as_str))),
        ]
        .into_iter()
        .collect();
        if effect == Effect::Forbid {
            written.set("inverted", Value::Bool(true));
        }
        if let Some(conditions) = conditions {
            written.set("conditions", Value::Object(conditions));
        }
        Self::read(written)
    }

    /// The rule exactly as written; empty for an item that is not an object.
    pub fn written(&self) -> &Object {
        &self.written
    }

    /// The subjects; the server's API writes one, the library beneath it takes a list, and a
    /// missing subject means every subject.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The first subject, which is the only one in everything the server's API hands out.
    pub fn subject(&self) -> Option<&Subject> {
        self.subjects.first()
    }

    /// The actions in the order written, duplicates included.
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// Whether the rule grants or takes away.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Whether the rule takes away.
    pub fn inverted(&self) -> bool {
        self.effect == Effect::Forbid
    }

    /// The conditions.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// The same rule with other actions, written as a list; everything else stays as written.
    #[must_use]
    pub fn with_actions(&self, actions: &[Action]) -> Self {
        let mut written = self.written.clone();
        written.set("action", Value::texts(actions.iter().map(Action::as_str)));
        Self::read(written)
    }
}

/// The strings of a value that is a string or a list.
fn texts(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let single = value.and_then(Value::as_text);
    let listed = value.and_then(Value::as_list).unwrap_or_default();
    single
        .into_iter()
        .chain(listed.iter().filter_map(Value::as_text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(members: &[(&str, Value)]) -> Object {
        members.iter().map(|(k, v)| (*k, v.clone())).collect()
    }

    #[test]
    fn a_single_action_and_a_list_read_alike_and_stay_as_written() {
        let single = object(&[
            ("action", Value::text("read")),
            ("subject", Value::text("secrets")),
        ]);
        let listed = object(&[
            ("subject", Value::text("secrets")),
            ("action", Value::texts(["read"])),
        ]);
        assert_eq!(
            Rule::read(single.clone()).actions(),
            Rule::read(listed.clone()).actions()
        );
        assert_eq!(Rule::read(single.clone()).written(), &single);
        assert_eq!(Rule::read(listed.clone()).written(), &listed);
    }

    #[test]
    fn an_edit_of_the_actions_keeps_unknown_members_in_place() {
        let written = object(&[
            ("subject", Value::text("secrets")),
            ("x-note", Value::Null),
            ("action", Value::text("read")),
            ("inverted", Value::text("false")),
        ]);
        let edited = Rule::read(written).with_actions(&[Action::from("edit")]);
        assert_eq!(
            edited.effect(),
            Effect::Forbid,
            "any non-empty text is true"
        );
        let keys: Vec<_> = edited.written().iter().map(|(k, _)| k).collect();
        assert_eq!(keys, ["subject", "x-note", "action", "inverted"]);
    }

    #[test]
    fn empty_conditions_differ_from_none() {
        let with = |conditions: Value| {
            Rule::read(object(&[("conditions", conditions)]))
                .conditions()
                .clone()
        };
        assert_eq!(with(Value::Object(Object::new())), Conditions::All(vec![]));
        assert_eq!(with(Value::Null), Conditions::None);
        assert_eq!(
            with(Value::text("x")),
            Conditions::Malformed(Value::text("x"))
        );
    }
}
