//! `reeve check`: whether an action is allowed, and why.

pub mod member;
mod report;
mod stream;

use std::io::Write as _;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_app::clock::{Clock as _, SystemClock};
use reeve_domain::attributes::Attributes;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::rule::{Action, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::assemble::{Grant, Source, assemble_as_written};
use reeve_policy::compile::{CompileCache, compile};
use reeve_policy::decide::{AccessRequest, Outcome, decide};
use reeve_policy::read::attributes_from_json;

use crate::Ending;
use crate::args::{self, Place, Profile};
use crate::error::CliError;
use crate::files::rules_of;
use report::Report;

/// Carries out the command.
pub fn run(arguments: &args::Check) -> Result<Ending, CliError> {
    if let Some(file) = &arguments.batch {
        return stream::run(file, arguments.profile);
    }
    let request = request(arguments)?;
    let at = arguments.at.unwrap_or_else(|| SystemClock.now());
    let report = match (&arguments.workspace, &arguments.member) {
        (Some(file), Some(member)) => member::report(file, member, &request, at)?,
        _ => of_rules(arguments, &request, at)?,
    };
    let text = if arguments.json {
        report.as_json(arguments.explain)
    } else {
        report.as_text(arguments.explain)
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ending(report.outcome()))
}

/// The answer to a question about a file of rules, whoever has them.
fn of_rules(
    arguments: &args::Check,
    request: &AccessRequest,
    at: DateTime<Utc>,
) -> Result<Report, CliError> {
    let file = arguments.rules.as_deref().unwrap_or("-".as_ref());
    let (rules, problems) = rules_of(file)?;
    let grant = Grant {
        source: Source::AdHoc {
            label: Arc::from(format!("the rules in `{}`", file.display())),
        },
        lifetime: Lifetime::Permanent,
        rules: rules.into(),
    };
    let profile = arguments.profile.unwrap_or(Profile::ForbidWins);
    let assembly = assemble_as_written(&[grant], profile.semantics(), at);
    let decision = decide(&compile(&assembly, &mut CompileCache::new()), request);
    Ok(Report::of_rules(decision, &problems))
}

fn request(arguments: &args::Check) -> Result<AccessRequest, CliError> {
    let given = |value: &Option<String>| value.clone().unwrap_or_default();
    Ok(AccessRequest {
        subject: Subject::from(given(&arguments.subject)),
        action: Action::from(given(&arguments.action)),
        attributes: match &arguments.attributes {
            None => attributes_of(&arguments.place),
            Some(text) => attributes_in(text)?,
        },
    })
}

fn attributes_in(text: &str) -> Result<Attributes, CliError> {
    let json = serde_json::from_str(text)
        .map_err(|error| CliError::Argument(format!("the attributes are not JSON: {error}")))?;
    attributes_from_json(Some(&json))
        .ok_or_else(|| CliError::Argument("the attributes are not a JSON object".to_owned()))
}

/// The attributes that the parts give; without any, the question is "anywhere?".
fn attributes_of(place: &Place) -> Attributes {
    let text = |value: &Option<String>| value.as_deref().map(Value::text);
    let tags = (place.no_tags || !place.tag.is_empty())
        .then(|| Value::texts(place.tag.iter().map(String::as_str)));
    let object: Object = [
        ("environment", text(&place.environment)),
        ("secretPath", text(&place.path)),
        ("secretName", text(&place.name)),
        ("secretTags", tags),
    ]
    .into_iter()
    .filter_map(|(property, value)| Some((property, value?)))
    .collect();
    if object.is_empty() {
        Attributes::Bare
    } else {
        Attributes::Of(object)
    }
}

fn ending(outcome: Outcome) -> Ending {
    match outcome {
        Outcome::Allowed => Ending::Yes,
        Outcome::Denied => Ending::No,
        Outcome::ServerError(_) | Outcome::Unknown(_) => Ending::NoAnswer,
    }
}
