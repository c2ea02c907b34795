//! What the server checks for each plain-words operation.
//!
//! An operation is data: its words, what must be known about the case, and the checks in the order
//! in which the server makes them. Deciding one puts the single decisions together and says which
//! check fails first. What gates an operation besides rules (licences, sign-in) is not known here.

mod decide;
mod situation;
mod table;

pub use decide::{CheckDecision, OperationDecision, decide_operation, operation_outcome};
pub use situation::Situation;
pub(crate) use situation::place;
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
    /// What its second place is, if it has one.
    pub second: Option<SecondPlace>,
    /// What must be known about the case.
    pub needs: &'static [Input],
    /// What may be known as well.
    pub takes: &'static [Input],
    /// What the server checks, in order. Empty if being a member is enough.
    pub checks: &'static [Check],
}

/// What the second place of an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondPlace {
    /// Where something is moved to.
    MovedTo,
    /// Where something is imported from.
    ImportedFrom,
}

/// A piece of what an operation is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Words.
    Text(&'static str),
    /// The secret, such as `prod:/payments/STRIPE_KEY`, or secrets in a place.
    Secret,
    /// The folder itself.
    Folder,
    /// The place, such as `prod:/payments`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_second_place_says_what_it_is() {
        for operation in OPERATIONS.iter() {
            let asks = operation.needs.contains(&Input::SecondEnvironment);
            assert_eq!(operation.second.is_some(), asks, "{}", operation.id);
            let says = operation.object.contains(&Word::SecondPlace);
            assert_eq!(says, asks, "{}", operation.id);
        }
    }

    #[test]
    fn every_operation_has_its_own_id_and_asks_for_what_its_checks_use() {
        let mut ids = BTreeSet::new();
        for operation in OPERATIONS.iter() {
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
}
