//! What the server checks for each plain-words operation.
//!
//! An operation is data: its words, what must be known about the case, and the checks in the order
//! in which the server makes them. Deciding one puts the single decisions together and says which
//! check fails first. What gates an operation besides rules (licences, sign-in) is not known here.

mod table;

use reeve_domain::attributes::Attributes;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};

use crate::compile::CompiledRules;
use crate::decide::{AccessRequest, Decision, InactiveEffect, Outcome, Together};
pub use table::OPERATIONS;

/// Something that people do, in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Identifies it; never changes.
    pub id: &'static str,
    /// The title, such as "Read a secret's value".
    pub title: &'static str,
    /// The heading it stands under.
    pub area: &'static str,
    /// What stands after "may", such as "read the value of"; then come the words in `object`.
    pub verb: &'static str,
    /// What it is done to, and where.
    pub object: &'static [Word],
    /// What must be known about the case.
    pub needs: &'static [Input],
    /// What may be known as well.
    pub takes: &'static [Input],
    /// What the server checks, in order. Empty if being a member is enough.
    pub checks: &'static [Check],
}

/// A piece of what an operation is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Words.
    Text(&'static str),
    /// The place, such as `prod:/payments/STRIPE_KEY`.
    Place,
    /// The second place.
    SecondPlace,
    /// The new name.
    NewName,
}

/// Something about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Input {
    /// The environment.
    Environment,
    /// The path of the folder.
    SecretPath,
    /// The name of the secret.
    SecretName,
    /// The tags of the secret, as slugs.
    SecretTags,
    /// The environment of the second place.
    SecondEnvironment,
    /// The path of the second place.
    SecondPath,
    /// The name the secret is to have.
    NewName,
    /// The tags the secret is to have; left out if they are not touched.
    NewTags,
    /// The metadata of the dynamic secret.
    Metadata,
    /// The metadata it is to have; left out if it is not touched.
    NewMetadata,
    /// The app connection of the rotation.
    Connection,
}

/// One check of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// What it is for, such as "see that the secret is there".
    pub purpose: &'static str,
    /// What is acted on.
    pub subject: &'static str,
    /// What is done.
    pub action: &'static str,
    /// What else will do.
    pub or: Or,
    /// What the check says about the thing acted on.
    pub about: About,
    /// When the server makes it.
    pub when: When,
    /// What happens if it fails.
    pub refusal: Refusal,
}

/// What else will do in place of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Or {
    /// Nothing.
    Nothing,
    /// This legacy action, which is asked first; a failure of the server there goes unnoticed.
    LegacyFirst(&'static str),
    /// This legacy action; both are asked.
    Legacy(&'static str),
    /// This action on this subject, asked second and only if the first is denied.
    Other(&'static str, &'static str),
}

/// What a check says about the thing acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing: "anywhere?"
    Anything,
    /// The attributes in this order. What is not known about the case is missing from the check.
    Of(&'static [Attribute]),
}

/// An attribute of a check and what of the case it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// `environment`
    Environment,
    /// `secretPath`
    Path,
    /// `secretPath`: the folder above.
    ParentPath,
    /// `secretName`
    Name,
    /// `secretTags`
    Tags,
    /// `environment` of the second place.
    SecondEnvironment,
    /// `secretPath` of the second place.
    SecondPath,
    /// `secretName`: the new one.
    NewName,
    /// `secretTags`: the new ones, or the old ones if they are not touched; missing if there are
    /// none.
    TagsToBe,
    /// `secretTags`: the new ones; an empty list if they are not touched.
    TagsSent,
    /// `metadata`
    Metadata,
    /// `metadata`: the new one.
    NewMetadata,
    /// `connectionId`
    Connection,
}

/// When a check is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// Only if this is known about the case.
    Given(Input),
}

/// What happens if a check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The request is refused (403).
    Refused,
    /// The request succeeds without this thing.
    LeftOut,
    /// The request is refused, unless the caller accepts that the value is hidden.
    RefusedOrHidden,
}

/// What is known about a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Situation {
    /// Where.
    pub environment: Option<String>,
    /// In which folder; for operations on a folder, the folder itself.
    pub secret_path: Option<String>,
    /// Which secret.
    pub secret_name: Option<String>,
    /// Its tags, as slugs; an empty list is a secret without tags.
    pub secret_tags: Option<Vec<String>>,
    /// The second place: where something is moved to or imported from.
    pub second_environment: Option<String>,
    /// The folder of the second place.
    pub second_path: Option<String>,
    /// The new name.
    pub new_name: Option<String>,
    /// The new tags.
    pub new_tags: Option<Vec<String>>,
    /// Keys and values of a dynamic secret.
    pub metadata: Option<Vec<(String, String)>>,
    /// New keys and values.
    pub new_metadata: Option<Vec<(String, String)>>,
    /// The id of an app connection.
    pub connection: Option<String>,
}

/// The decision about an operation.
#[derive(Debug, Clone)]
pub struct OperationDecision {
    /// The operation.
    pub operation: &'static Operation,
    /// The case.
    pub situation: Situation,
    /// The answer to all checks together.
    pub outcome: Outcome,
    /// The checks in order; those that do not concern this case are not among them.
    pub checks: Vec<CheckDecision>,
    /// The check that stands in the way: the first that is denied, or else the first that is not
    /// allowed.
    pub failed: Option<usize>,
    /// Grants that do not count now and would change the answer if they did.
    pub inactive: Vec<InactiveEffect>,
}

/// The decision about one check.
#[derive(Debug, Clone)]
pub struct CheckDecision {
    /// The check.
    pub check: &'static Check,
    /// The answer to the check.
    pub outcome: Outcome,
    /// The decisions behind it, in the order in which the server asks: one, or two where something
    /// else will do.
    pub decisions: Vec<Decision>,
    /// Whether the server gets as far as this check.
    pub reached: bool,
}

/// The operation with this id.
pub fn operation(id: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.id == id)
}

impl Operation {
    /// What must be known and is not.
    pub fn missing(&self, situation: &Situation) -> Vec<Input> {
        self.needs
            .iter()
            .copied()
            .filter(|input| !situation.has(*input))
            .collect()
    }
}

/// Decides `operation` for the actor whose rules these are.
pub fn decide_operation(
    rules: &CompiledRules,
    operation: &'static Operation,
    situation: &Situation,
) -> OperationDecision {
    let asked = ask(rules, operation, situation);
    let outcome = Together::sequence(asked.iter().map(|(_, together)| together));
    let position = |wanted: &dyn Fn(Outcome) -> bool| {
        asked
            .iter()
            .position(|(_, together)| wanted(together.outcome()))
    };
    let failed = position(&|check| check == outcome && !check.is_allowed())
        .or_else(|| position(&|check| !check.is_allowed()));
    let checks = asked
        .into_iter()
        .enumerate()
        .map(|(at, (check, together))| CheckDecision {
            check,
            outcome: together.outcome(),
            decisions: together.into_decisions(),
            reached: failed.is_none_or(|failed| at <= failed),
        })
        .collect();
    OperationDecision {
        operation,
        situation: situation.clone(),
        outcome,
        checks,
        failed,
        inactive: rules.inactive_effects(outcome, |alternative| {
            operation_outcome(alternative, operation, situation)
        }),
    }
}

/// The answer to all checks of `operation` together, without reasons.
pub fn operation_outcome(
    rules: &CompiledRules,
    operation: &'static Operation,
    situation: &Situation,
) -> Outcome {
    let asked = ask(rules, operation, situation);
    Together::sequence(asked.iter().map(|(_, together)| together))
}

fn ask(
    rules: &CompiledRules,
    operation: &'static Operation,
    situation: &Situation,
) -> Vec<(&'static Check, Together)> {
    operation
        .checks
        .iter()
        .filter(|check| check.concerns(situation))
        .map(|check| (check, check.decide(rules, situation)))
        .collect()
}

impl OperationDecision {
    /// The check that is in the way.
    pub fn failing(&self) -> Option<&CheckDecision> {
        self.checks.get(self.failed?)
    }
}

impl Check {
    fn concerns(&self, situation: &Situation) -> bool {
        match self.when {
            When::Always => true,
            When::Given(input) => situation.has(input),
        }
    }

    fn decide(&self, rules: &CompiledRules, situation: &Situation) -> Together {
        let attributes = self.attributes(situation);
        let request = |subject: &str, action: &str| AccessRequest {
            subject: Subject::from(subject),
            action: Action::from(action),
            attributes: attributes.clone(),
        };
        let own = request(self.subject, self.action);
        match self.or {
            Or::Nothing => Together::one(rules, &own),
            Or::LegacyFirst(legacy) => {
                Together::falling_back(rules, &request(self.subject, legacy), &own)
            }
            Or::Legacy(legacy) => Together::either(rules, &own, &request(self.subject, legacy)),
            Or::Other(subject, action) => Together::or_else(rules, &own, &request(subject, action)),
        }
    }

    /// The requests that the server makes for this check, in the order in which it makes them.
    pub fn requests(&self, situation: &Situation) -> Vec<AccessRequest> {
        let attributes = self.attributes(situation);
        let request = |subject: &str, action: &str| AccessRequest {
            subject: Subject::from(subject),
            action: Action::from(action),
            attributes: attributes.clone(),
        };
        let own = request(self.subject, self.action);
        match self.or {
            Or::Nothing => vec![own],
            Or::LegacyFirst(legacy) => vec![request(self.subject, legacy), own],
            Or::Legacy(legacy) => vec![own, request(self.subject, legacy)],
            Or::Other(subject, action) => vec![own, request(subject, action)],
        }
    }

    fn attributes(&self, situation: &Situation) -> Attributes {
        match self.about {
            About::Anything => Attributes::Bare,
            About::Of(attributes) => Attributes::Of(
                attributes
                    .iter()
                    .filter_map(|attribute| attribute.of(situation))
                    .collect(),
            ),
        }
    }
}

impl Attribute {
    /// The name on the wire and the value; `None` if it is missing from the check.
    fn of(self, situation: &Situation) -> Option<(&'static str, Value)> {
        let text = |value: &Option<String>| value.as_deref().map(Value::text);
        let tags = |value: &[String]| Value::texts(value.iter().map(String::as_str));
        Some(match self {
            Self::Environment => ("environment", text(&situation.environment)?),
            Self::SecondEnvironment => ("environment", text(&situation.second_environment)?),
            Self::Path => ("secretPath", text(&situation.secret_path)?),
            Self::SecondPath => ("secretPath", text(&situation.second_path)?),
            Self::ParentPath => {
                let path = parent(situation.secret_path.as_deref()?);
                ("secretPath", Value::text(path))
            }
            Self::Name => ("secretName", text(&situation.secret_name)?),
            Self::NewName => ("secretName", text(&situation.new_name)?),
            Self::Tags => ("secretTags", tags(situation.secret_tags.as_ref()?)),
            Self::TagsToBe => {
                let sent = situation.new_tags.as_ref();
                let to_be = sent.or(situation.secret_tags.as_ref())?;
                if to_be.is_empty() {
                    return None;
                }
                ("secretTags", tags(to_be))
            }
            Self::TagsSent => {
                let sent = situation.new_tags.as_deref();
                ("secretTags", tags(sent.unwrap_or_default()))
            }
            Self::Metadata => ("metadata", metadata(situation.metadata.as_ref()?)),
            Self::NewMetadata => ("metadata", metadata(situation.new_metadata.as_ref()?)),
            Self::Connection => ("connectionId", text(&situation.connection)?),
        })
    }
}

/// The path of the folder above; the root is its own parent.
fn parent(path: &str) -> &str {
    let path = path.strip_suffix('/').unwrap_or(path);
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/",
        Some((parent, _)) => parent,
    }
}

fn metadata(pairs: &[(String, String)]) -> Value {
    let item = |(key, value): &(String, String)| {
        let members = [("key", key), ("value", value)];
        let object: Object = members
            .into_iter()
            .map(|(name, text)| (name, Value::text(text.as_str())))
            .collect();
        Value::Object(object)
    };
    Value::List(pairs.iter().map(item).collect())
}

impl Situation {
    /// Whether this is known about the case.
    pub fn has(&self, input: Input) -> bool {
        match input {
            Input::Environment => self.environment.is_some(),
            Input::SecretPath => self.secret_path.is_some(),
            Input::SecretName => self.secret_name.is_some(),
            Input::SecretTags => self.secret_tags.is_some(),
            Input::SecondEnvironment => self.second_environment.is_some(),
            Input::SecondPath => self.second_path.is_some(),
            Input::NewName => self.new_name.is_some(),
            Input::NewTags => self.new_tags.is_some(),
            Input::Metadata => self.metadata.is_some(),
            Input::NewMetadata => self.new_metadata.is_some(),
            Input::Connection => self.connection.is_some(),
        }
    }

    /// The place, such as `prod:/payments/STRIPE_KEY`; empty if nothing is known about it.
    pub fn place(&self) -> String {
        place(
            self.environment.as_deref(),
            self.secret_path.as_deref(),
            self.secret_name.as_deref(),
        )
    }

    /// The second place.
    pub fn second_place(&self) -> String {
        place(
            self.second_environment.as_deref(),
            self.second_path.as_deref(),
            None,
        )
    }
}

/// A place in one word.
pub(crate) fn place(environment: Option<&str>, path: Option<&str>, name: Option<&str>) -> String {
    let mut place = String::new();
    if let Some(environment) = environment {
        place.push_str(environment);
    }
    if let Some(path) = path {
        if !place.is_empty() {
            place.push(':');
        }
        place.push_str(path);
    }
    if let Some(name) = name {
        if !place.is_empty() && !place.ends_with('/') {
            place.push('/');
        }
        place.push_str(name);
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_operation_has_its_own_id_and_asks_for_what_its_checks_use() {
        let mut ids = BTreeSet::new();
        for operation in OPERATIONS {
            assert!(ids.insert(operation.id), "{}", operation.id);
            let known =
                |input: Input| operation.needs.contains(&input) || operation.takes.contains(&input);
            for check in operation.checks {
                if let When::Given(input) = check.when {
                    assert!(operation.takes.contains(&input), "{}", operation.id);
                }
                let About::Of(attributes) = check.about else {
                    continue;
                };
                for attribute in attributes {
                    assert!(
                        input_of(*attribute).iter().all(|input| known(*input)),
                        "{}: {attribute:?}",
                        operation.id
                    );
                }
            }
        }
    }

    fn input_of(attribute: Attribute) -> &'static [Input] {
        match attribute {
            Attribute::Environment => &[Input::Environment],
            Attribute::Path | Attribute::ParentPath => &[Input::SecretPath],
            Attribute::Name => &[Input::SecretName],
            Attribute::Tags => &[Input::SecretTags],
            Attribute::SecondEnvironment => &[Input::SecondEnvironment],
            Attribute::SecondPath => &[Input::SecondPath],
            Attribute::NewName => &[Input::NewName],
            Attribute::TagsToBe => &[Input::SecretTags, Input::NewTags],
            Attribute::TagsSent => &[Input::NewTags],
            Attribute::Metadata => &[Input::Metadata],
            Attribute::NewMetadata => &[Input::NewMetadata],
            Attribute::Connection => &[Input::Connection],
        }
    }

    #[test]
    fn the_parent_of_a_folder_is_the_folder_above() {
        for (path, above) in [
            ("/a/b", "/a"),
            ("/a", "/"),
            ("/", "/"),
            ("/a/b/", "/a"),
            ("a", "/"),
        ] {
            assert_eq!(parent(path), above, "{path}");
        }
    }
}
