//! Reads rules from files.

use std::io::Read as _;
use std::path::Path;

use reeve_domain::rule::Rule;
use reeve_policy::read::{ReadError, ReadProblem, rules_from_text};
use serde_json::Value as Json;

use crate::batch::open;
use crate::error::CliError;

/// The text of a file, or of standard input for `-`.
pub fn text_of(file: &Path) -> Result<String, CliError> {
    let mut text = String::new();
    open(file)?
        .read_to_string(&mut text)
        .map_err(|source| CliError::Input {
            path: file.to_owned(),
            source,
        })?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The rules in a file, as they are written, and what is odd about them.
pub fn rules_of(file: &Path) -> Result<(Vec<Rule>, Vec<ReadProblem>), CliError> {
    let text = text_of(file)?;
    let list = list_in(&text).unwrap_or(text);
    rules_from_text(&list).map_err(|source| unreadable(file, source))
}

/// The text of the list under `permissions` or `rules`, if the text is an object with one.
fn list_in(text: &str) -> Option<String> {
    let json: Json = serde_json::from_str(text).ok()?;
    let object = json.as_object()?;
    let list = object.get("permissions").or_else(|| object.get("rules"))?;
    list.is_array().then(|| list.to_string())
}

fn unreadable(file: &Path, source: ReadError) -> CliError {
    CliError::Rules {
        path: file.to_owned(),
        source,
    }
}
