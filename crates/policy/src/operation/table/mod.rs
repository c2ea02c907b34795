//! The operations and their checks, in the server's order.

mod credential;
mod place;
mod role;
mod secret;

use std::sync::LazyLock;

use super::{About, Attribute, Check, Input, Operation, Or, Refusal, When, Word};

use Attribute::{
    Connection, Environment, Metadata, Name, ParentPath, Path, SecondEnvironment, SecondPath, Tags,
    TagsToBe,
};

const PLACE: &[Attribute] = &[Environment, Path];
const SECOND: &[Attribute] = &[SecondEnvironment, SecondPath];
const ABOVE: &[Attribute] = &[Environment, ParentPath];
const SECRET: &[Attribute] = &[Environment, Path, Name, Tags];
const DYNAMIC: &[Attribute] = &[Environment, Path, Metadata];
const ROTATION: &[Attribute] = &[Environment, Path, Connection];

const NEEDS_PLACE: &[Input] = &[Input::Environment, Input::SecretPath];
const NEEDS_SECRET: &[Input] = &[Input::Environment, Input::SecretPath, Input::SecretName];
const NEEDS_TWO: &[Input] = &[
    Input::Environment,
    Input::SecretPath,
    Input::SecondEnvironment,
    Input::SecondPath,
];
const TAKES_TAGS: &[Input] = &[Input::SecretTags];
const TAKES_ITEM: &[Input] = &[Input::SecretName, Input::SecretTags];

const OBJECT_SECRET: &[Word] = &[Word::Secret];
const OBJECT_FOLDER: &[Word] = &[Word::Folder];
const OBJECT_IN_PLACE: &[Word] = &[Word::Text("in "), Word::Place];

/// A check that is always made and refuses the request.
const fn check(
    purpose: &'static str,
    subject: &'static str,
    action: &'static str,
    about: About,
) -> Check {
    Check {
        purpose,
        subject,
        action,
        or: Or::Nothing,
        about,
        when: When::Always,
        refusal: Refusal::Refused,
    }
}

const fn of(
    purpose: &'static str,
    subject: &'static str,
    action: &'static str,
    attributes: &'static [Attribute],
) -> Check {
    check(purpose, subject, action, About::Of(attributes))
}

const fn bare(purpose: &'static str, subject: &'static str, action: &'static str) -> Check {
    check(purpose, subject, action, About::Anything)
}

const fn or_read(check: Check) -> Check {
    Check {
        or: Or::LegacyFirst("read"),
        ..check
    }
}

/// A filter on each thing of a list.
const fn filter(check: Check, input: Input) -> Check {
    Check {
        or: Or::Legacy("read"),
        when: When::Given(input),
        refusal: Refusal::LeftOut,
        ..check
    }
}

const DESCRIBE: Check = or_read(of(
    "see that the secret is there",
    "secrets",
    "describeSecret",
    SECRET,
));
const READ_VALUE: Check = or_read(of("read its value", "secrets", "readValue", SECRET));
const DESCRIBE_ANY: Check = or_read(bare(
    "see secrets anywhere in the project",
    "secrets",
    "describeSecret",
));
const DESCRIBE_ITEM: Check = filter(
    of("see this secret", "secrets", "describeSecret", SECRET),
    Input::SecretName,
);
const EDIT: Check = of("change the secret as it is", "secrets", "edit", SECRET);
const EDIT_TO_BE: Check = of(
    "change it with the tags it will have",
    "secrets",
    "edit",
    &[Environment, Path, Name, TagsToBe],
);

const fn operation(
    id: &'static str,
    title: &'static str,
    area: &'static str,
    verb: &'static str,
    object: &'static [Word],
) -> Operation {
    Operation {
        id,
        title,
        area,
        verb,
        object,
        second: None,
        needs: &[],
        takes: &[],
        checks: &[],
    }
}

const SECRETS: &str = "Secrets";
const FOLDERS: &str = "Folders";
const IMPORTS: &str = "Imports";
const DYNAMIC_SECRETS: &str = "Dynamic secrets";
const ROTATIONS: &str = "Rotations";
const ROLES: &str = "Roles and privileges";

/// All operations, area by area.
pub static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    [
        secret::OPERATIONS,
        place::OPERATIONS,
        credential::OPERATIONS,
        role::OPERATIONS,
    ]
    .concat()
});
