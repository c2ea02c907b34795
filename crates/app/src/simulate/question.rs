//! What can be asked: who, what, where, when, and on which kind of server.

use chrono::{DateTime, Utc};
use reeve_domain::attributes::Attributes;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::operation::Situation;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Who.
    pub who: Who,
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
    /// How the server orders rules; as the project's does if it is `None`.
    pub semantics: Option<Semantics>,
    /// What is not saved yet and shall count all the same.
    pub unsaved: Unsaved,
}

/// Who would do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A user or a machine identity with all it has, or the members of a group with what the group
    /// gives them.
    Member(MemberId),
    /// Whoever has just this role.
    Role(RoleId),
    /// Whoever has just these rules.
    Rules {
        /// A list of rules as JSON text.
        rules: String,
        /// Rules that come from grants on single folders, which servers append to all others.
        folder_rules: Option<String>,
    },
}

/// What is not saved yet and counts for the question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// Whether the drafts of roles count in place of the roles.
    pub role_drafts: bool,
    /// Rules as JSON text, taken for one more additional privilege.
    pub privilege: Option<String>,
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A plain-words operation, by its id.
    Operation(String),
    /// One action on one subject.
    Action(Subject, Action),
}

/// Where it would be done, and to what. What is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The case, as the checks of an operation take it.
    pub situation: Situation,
    /// Other attributes by their names on the wire, such as `identityId`.
    pub others: Vec<(String, String)>,
    /// For one action on one subject: whether the check carries nothing else, so that what is
    /// `None` is missing and not open. What an operation's checks carry is known.
    pub nothing_else: bool,
}

/// When it would be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Now.
    Now,
    /// At an instant.
    At(DateTime<Utc>),
    /// After everything timed that they have now has ended.
    AfterTimed,
}

impl Question {
    /// A question about a member as everything is saved, on the project's own server.
    pub fn about(member: MemberId, what: What, place: Place, when: When) -> Self {
        Self {
            who: Who::Member(member),
            what,
            place,
            when,
            semantics: None,
            unsaved: Unsaved::default(),
        }
    }
}

/// The attributes that `place` gives; a check without any asks "anywhere?".
pub(crate) fn attributes(place: &Place) -> Attributes {
    let mut object = Object::new();
    let mut put = |property: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.set(property, value);
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(Value::text);
    let situation = &place.situation;
    put("environment", text(&situation.environment));
    put("secretPath", text(&situation.secret_path));
    put("secretName", text(&situation.secret_name));
    let tags = situation.secret_tags.as_ref();
    put(
        "secretTags",
        tags.map(|tags| Value::texts(tags.iter().map(String::as_str))),
    );
    put("metadata", situation.metadata.as_deref().map(pairs));
    put("connectionId", text(&situation.connection));
    for (property, text) in &place.others {
        put(property, Some(Value::text(text.as_str())));
    }
    if object.is_empty() {
        Attributes::Bare
    } else {
        Attributes::Of(object)
    }
}

fn pairs(pairs: &[(String, String)]) -> Value {
    let item = |(key, value): &(String, String)| {
        let members = [("key", key), ("value", value)];
        Value::Object(
            members
                .into_iter()
                .map(|(name, text)| (name, Value::text(text.as_str())))
                .collect(),
        )
    };
    Value::List(pairs.iter().map(item).collect())
}
