//! `reeve diff`: how what two sets of rules mean differs.

mod json;
mod side;

use std::io::Write as _;

use reeve_analysis::words::report;
use reeve_analysis::{
    Cache, Change, Difference, Domain, Exhaustive, Form, Limit, Scope, Universe, Verdict,
    difference,
};
use reeve_app::blast_radius::Environments;
use reeve_app::reeve::Reeve;

use crate::Ending;
use crate::args;
use crate::check::member::open;
use crate::error::CliError;
use side::{Side, side};

/// What examples are made of first where nothing is known about a project.
const SHOWN_ENVIRONMENTS: [&str; 2] = ["dev", "prod"];
const SHOWN_NAMES: [&str; 2] = ["API_KEY", "DB_URL"];

/// Carries out the command.
pub fn run(arguments: &args::Diff) -> Result<Ending, CliError> {
    let workspace = match &arguments.workspace {
        Some(file) => Some(open(file)?),
        None => None,
    };
    let universe = universe(arguments, workspace.as_ref())?;
    let (a, b) = sides(arguments, workspace.as_ref())?;
    let cache = Cache::new();
    // It is never called off.
    let Ok(difference) = difference(&a.rules, &b.rules, &Scope::new(&universe, &cache)) else {
        return Ok(Ending::NoAnswer);
    };
    let text = if arguments.json {
        json::text(&difference, &a, &b, &universe)
    } else {
        text(arguments, &difference, &a, &b, &universe)
    };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ending(&difference))
}

fn sides(arguments: &args::Diff, workspace: Option<&Reeve>) -> Result<(Side, Side), CliError> {
    let b = arguments.b.as_ref().unwrap_or(&arguments.a);
    if arguments.a == "-" && b == "-" && arguments.b.is_some() {
        return Err(CliError::Argument(
            "only one of the two can be read from standard input".to_owned(),
        ));
    }
    let a = side(&arguments.a, arguments, workspace, side::Which::First)?;
    let b = side(b, arguments, workspace, side::Which::Second)?;
    Ok((a, b))
}

fn universe(arguments: &args::Diff, workspace: Option<&Reeve>) -> Result<Universe, CliError> {
    let listed = &arguments.environments;
    let Some(reeve) = workspace else {
        return Ok(Universe {
            environments: if listed.is_empty() {
                Domain::open(Form::Slug, SHOWN_ENVIRONMENTS)
            } else {
                Domain::closed(listed.iter().map(String::as_str))
            },
            names: Domain::open(Form::Name, SHOWN_NAMES),
            ..Universe::of(arguments.catalogue.edition())
        });
    };
    let environments = if arguments.open {
        Environments::Open
    } else if listed.is_empty() {
        Environments::Closed
    } else {
        Environments::Only(listed.clone())
    };
    reeve.universe(&environments).map_err(CliError::Deed)
}

fn text(
    arguments: &args::Diff,
    difference: &Difference,
    a: &Side,
    b: &Side,
    universe: &Universe,
) -> String {
    let report = report(difference, universe.edition);
    let mut lines = vec![report.verdict.clone()];
    lines.extend(report.lines());
    lines.extend(
        report
            .limits
            .iter()
            .map(|limit| format!("note: this may not be all: {limit}")),
    );
    for (name, side) in [("A", a), ("B", b)] {
        for rule in &side.odd_rules {
            lines.push(format!(
                "note: rule {rule} of {name} is unusual; `reeve validate` says how"
            ));
        }
    }
    lines.push(environments_note(arguments, universe));
    lines.join("\n") + "\n"
}

/// Which environments were reckoned with, and how to reckon with others.
fn environments_note(arguments: &args::Diff, universe: &Universe) -> String {
    let Domain::Closed(slugs) = &universe.environments else {
        return "note: environments can have any slug here, also ones that nobody has made yet; \
                `--environments` lists the only ones"
            .to_owned();
    };
    let slugs = slugs.join(", ");
    if arguments.environments.is_empty() {
        format!(
            "note: the only environments are those of the project, {slugs}; `--open` reckons with any"
        )
    } else {
        format!("note: the only environments are {slugs}")
    }
}

/// What is not proven is no answer.
fn ending(difference: &Difference) -> Ending {
    // A list that is cut short takes nothing from the verdict.
    let is_proven = match &difference.exhaustive {
        Exhaustive::Yes => true,
        Exhaustive::No(limits) => limits.iter().all(|it| matches!(it, Limit::Boxes { .. })),
    };
    if !is_proven || difference.changes.iter().any(Change::is_open) {
        return Ending::NoAnswer;
    }
    match difference.verdict {
        Verdict::Same | Verdict::SameAccess => Ending::Yes,
        Verdict::Narrower => Ending::No,
        Verdict::Wider => Ending::Wider,
        Verdict::Incomparable => Ending::Incomparable,
    }
}
