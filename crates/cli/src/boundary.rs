//! `reeve boundary`: what an actor may not hand out.

use std::io::Write as _;

use reeve_domain::project::Semantics;
use reeve_domain::rule::Rule;
use reeve_domain::value::Value;
use reeve_policy::boundary::{BoundaryTrouble, Held, MissingPermission, compare};
use reeve_policy::read::{rules_from_json, value_to_json};
use serde_json::{Value as Json, json};

use crate::Ending;
use crate::args;
use crate::batch::{self, NoAnswer};
use crate::error::CliError;
use crate::files::rules_of;
use crate::json::{list, member};

/// Carries out the command.
pub fn run(arguments: &args::Boundary) -> Result<Ending, CliError> {
    let semantics = arguments.profile.semantics();
    if let Some(file) = &arguments.batch {
        return batch::run(file, |question| answer(question, semantics));
    }
    let (Some(parent), Some(subset)) = (&arguments.parent, &arguments.subset) else {
        return Err(CliError::Argument(
            "two files with rules are needed".to_owned(),
        ));
    };
    let (parent, subset) = (rules_of(parent)?.0, rules_of(subset)?.0);
    let mut output = std::io::stdout().lock();
    match missing(&parent, &subset, semantics) {
        Err(trouble) => {
            writeln!(output, "unknown: {trouble}")?;
            Ok(Ending::NoAnswer)
        }
        Ok(missing) => {
            if arguments.json {
                writeln!(output, "{:#}", as_json(&missing))?;
            } else if missing.is_empty() {
                writeln!(output, "may be handed out")?;
            }
            for one in missing.iter().filter(|_| !arguments.json) {
                writeln!(output, "may not be handed out: {}", in_words(one))?;
            }
            Ok(if missing.is_empty() {
                Ending::Yes
            } else {
                Ending::No
            })
        }
    }
}

fn answer(question: &Json, semantics: Semantics) -> Result<Json, NoAnswer> {
    let rules = |key: &str| -> Result<Vec<Rule>, NoAnswer> {
        list(question, key)?;
        Ok(rules_from_json(member(question, key)?).0)
    };
    let (parent, subset) = (rules("parent")?, rules("subset")?);
    missing(&parent, &subset, semantics)
        .map(|missing| as_json(&missing))
        .map_err(|trouble| trouble.to_string())
}

fn missing(
    parent: &[Rule],
    subset: &[Rule],
    semantics: Semantics,
) -> Result<Vec<MissingPermission>, BoundaryTrouble> {
    compare(
        &Held::of_list(parent, semantics),
        &Held::of_list(subset, semantics),
    )
}

fn as_json(missing: &[MissingPermission]) -> Json {
    let one = |missing: &MissingPermission| {
        let mut json = json!({
            "action": missing.action.as_str(),
            "subject": missing.subject.as_str(),
        });
        if let (Some(conditions), Some(object)) = (&missing.conditions, json.as_object_mut()) {
            let conditions = value_to_json(&Value::Object(conditions.clone()));
            object.insert("conditions".to_owned(), conditions);
        }
        json
    };
    let list: Vec<Json> = missing.iter().map(one).collect();
    json!({ "isValid": missing.is_empty(), "missingPermissions": list })
}

fn in_words(missing: &MissingPermission) -> String {
    let what = format!("`{}` on `{}`", missing.action, missing.subject);
    match &missing.conditions {
        None => what,
        Some(conditions) => {
            let conditions = value_to_json(&Value::Object(conditions.clone()));
            format!("{what} where {conditions}")
        }
    }
}
