//! `reeve glob`: whether values match a pattern.

use std::io::Write as _;

use reeve_policy::glob::Glob;
use serde_json::{Value as Json, json};

use crate::Ending;
use crate::args;
use crate::batch::{self, NoAnswer};
use crate::error::CliError;
use crate::json::text;
use crate::recent::Recent;

/// How many patterns a stream remembers.
const REMEMBERED: usize = 4096;

/// Carries out the command.
pub fn run(arguments: &args::Glob) -> Result<Ending, CliError> {
    if let Some(file) = &arguments.batch {
        let mut globs = Recent::new(REMEMBERED);
        return batch::run(file, |question| answer(question, &mut globs));
    }
    let glob = Glob::new(arguments.pattern.as_deref().unwrap_or_default());
    let mut output = std::io::stdout().lock();
    let mut ending = Ending::Yes;
    for value in &arguments.values {
        match glob.matches(value) {
            Ok(true) => writeln!(output, "match     {value}")?,
            Ok(false) => {
                writeln!(output, "no match  {value}")?;
                ending = worse(ending, Ending::No);
            }
            Err(reason) => {
                writeln!(output, "unknown   {value}: {reason}")?;
                ending = worse(ending, Ending::NoAnswer);
            }
        }
    }
    for diagnosis in glob.diagnoses() {
        writeln!(output, "note: {diagnosis}")?;
    }
    Ok(ending)
}

fn answer(question: &Json, globs: &mut Recent<Glob>) -> Result<Json, NoAnswer> {
    let pattern = text(question, "pattern")?;
    let path = text(question, "path")?;
    match globs.get(pattern, || Glob::new(pattern)).matches(path) {
        Ok(matches) => Ok(json!({ "match": matches })),
        Err(reason) => Err(reason.to_string()),
    }
}

fn worse(one: Ending, other: Ending) -> Ending {
    match (one, other) {
        (Ending::NoAnswer, _) | (_, Ending::NoAnswer) => Ending::NoAnswer,
        (Ending::Yes, other) => other,
        (one, _) => one,
    }
}
