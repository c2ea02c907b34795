//! `reeve validate`: what is wrong with rules.

use std::io::Write;
use std::path::Path;

use reeve_domain::project::CatalogueEdition;
use reeve_policy::validate::{Finding, Issue, PathPart, Severity, accept, findings};
use serde_json::{Value as Json, json};

use crate::Ending;
use crate::args;
use crate::batch::{self, NoAnswer};
use crate::error::CliError;
use crate::files::rules_of;
use crate::json::member;

/// Carries out the command.
pub fn run(arguments: &args::Validate) -> Result<Ending, CliError> {
    let edition = arguments.catalogue.edition();
    if let Some(file) = &arguments.batch {
        return batch::run(file, |question| answer(question, edition));
    }
    let mut output = std::io::stdout().lock();
    let mut ending = Ending::Yes;
    let mut all = Vec::new();
    for file in &arguments.files {
        let found = findings(&rules_of(file)?.0, edition);
        if found
            .iter()
            .any(|finding| finding.severity <= Severity::Dangerous)
        {
            ending = Ending::No;
        }
        if arguments.json {
            let found: Vec<Json> = found.iter().map(finding_as_json).collect();
            all.push(json!({ "file": file.display().to_string(), "findings": found }));
        } else {
            write_findings(&mut output, file, &found)?;
        }
    }
    if arguments.json {
        writeln!(output, "{:#}", Json::from(all))?;
    }
    Ok(ending)
}

fn answer(question: &Json, edition: CatalogueEdition) -> Result<Json, NoAnswer> {
    let acceptance = accept(member(question, "permissions")?, edition);
    let issues: Vec<Json> = acceptance.issues.iter().map(issue_as_json).collect();
    Ok(json!({
        "ok": acceptance.ok(),
        "stored": acceptance.stored,
        "issues": issues,
    }))
}

fn issue_as_json(issue: &Issue) -> Json {
    json!({ "path": path_as_json(&issue.path), "message": issue.message })
}

fn finding_as_json(finding: &Finding) -> Json {
    json!({
        "severity": severity_word(finding.severity),
        "code": finding.code,
        "path": path_as_json(&finding.path),
        "message": finding.message,
        "remedy": finding.remedy,
    })
}

fn path_as_json(path: &[PathPart]) -> Json {
    path.iter()
        .map(|part| match part {
            PathPart::Index(at) => Json::from(*at),
            PathPart::Key(key) => Json::from(&**key),
        })
        .collect()
}

fn write_findings(output: &mut impl Write, file: &Path, found: &[Finding]) -> std::io::Result<()> {
    let file = file.display();
    if found.is_empty() {
        return writeln!(output, "{file}: nothing to say");
    }
    for finding in found {
        let word = severity_word(finding.severity);
        writeln!(
            output,
            "{file}: {word}: {}: {}",
            place(&finding.path),
            finding.message
        )?;
        writeln!(output, "    {}", finding.remedy)?;
    }
    Ok(())
}

/// A place in words: `rule 3, conditions.environment.$in[0]`.
fn place(path: &[PathPart]) -> String {
    let Some((PathPart::Index(rule), within)) = path.split_first() else {
        return "all rules".to_owned();
    };
    let mut place = format!("rule {}", rule + 1);
    for (at, part) in within.iter().enumerate() {
        match part {
            PathPart::Key(key) => {
                place.push_str(if at == 0 { ", " } else { "." });
                place.push_str(key);
            }
            PathPart::Index(item) => {
                place.push('[');
                place.push_str(&item.to_string());
                place.push(']');
            }
        }
    }
    place
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Refused => "refused",
        Severity::Dangerous => "dangerous",
        Severity::Ineffective => "ineffective",
        Severity::Surprising => "surprising",
    }
}
