//! `reeve verify`.

use std::io::Write as _;
use std::sync::Arc;

use chrono::Utc;
use reeve_app::verify::{Comparison, Comparisons, Finding, Mismatch, SourceName, Whom};
use serde_json::{Value, json};

use super::{linked_to, open, reach};
use crate::Ending;
use crate::args::Verify;
use crate::check::member::member_named;
use crate::error::CliError;

/// Compares the members that `arguments` name with the server.
pub fn run(arguments: &Verify) -> Result<Ending, CliError> {
    let address = linked_to(&arguments.workspace)?;
    let reached = reach(&arguments.reach, Some(&address))?;
    let compared = (|| {
        open(&reached.reeve, &arguments.workspace)?;
        let whom = match &arguments.member {
            Some(named) => Whom::One(member_named(&reached.reeve, named, Utc::now())?),
            None => Whom::All,
        };
        reached
            .reeve
            .verify(&whom, Arc::new(|_| {}))
            .map_err(CliError::Server)
    })();
    reached.leave();
    report(&compared?, arguments.json)
}

fn report(found: &Comparisons, as_json: bool) -> Result<Ending, CliError> {
    let count = |wanted: fn(&Finding) -> bool| {
        found
            .members
            .iter()
            .filter(|one| wanted(&one.finding))
            .count()
    };
    let same = count(|finding| matches!(finding, Finding::Same { .. }));
    let different = count(|finding| matches!(finding, Finding::Different(_)));
    let not_told = count(|finding| matches!(finding, Finding::NotTold { .. }));
    let groups_only = count(|finding| matches!(finding, Finding::GroupsOnly { .. }));
    let mut out = std::io::stdout().lock();
    if as_json {
        let members: Vec<Value> = found.members.iter().map(comparison).collect();
        let answer = json!({"same": same, "different": different, "notTold": not_told,
                            "groupsOnly": groups_only, "members": members});
        writeln!(out, "{answer}")?;
    } else {
        write!(out, "{same} agree, {different} do not, {not_told} not told")?;
        if groups_only > 0 {
            write!(out, ", {groups_only} in through groups only")?;
        }
        writeln!(out)?;
        for one in &found.members {
            match &one.finding {
                Finding::Same { .. } => {}
                Finding::Different(mismatches) => {
                    for mismatch in mismatches {
                        writeln!(out, "{}: {}", one.name, words(mismatch))?;
                    }
                }
                Finding::GroupsOnly { groups } => {
                    writeln!(out, "{}: {}", one.name, not_told_of(groups))?;
                }
                Finding::NotTold { why, .. } => writeln!(out, "{}: not told: {why}", one.name)?,
            }
        }
    }
    Ok(if different > 0 {
        Ending::No
    } else if not_told > 0 {
        Ending::NoAnswer
    } else if groups_only > 0 {
        Ending::AsFarAsTold
    } else {
        Ending::Yes
    })
}

fn comparison(one: &Comparison) -> Value {
    let finding = match &one.finding {
        Finding::Same { sources, rules } => {
            json!({"state": "same", "sources": sources, "rules": rules})
        }
        Finding::Different(mismatches) => json!({"state": "different",
            "mismatches": mismatches.iter().map(mismatch).collect::<Vec<_>>()}),
        Finding::GroupsOnly { groups } => json!({"state": "groupsOnly", "groups": groups}),
        Finding::NotTold { why, remedy } => {
            json!({"state": "notTold", "why": why, "remedy": remedy})
        }
    };
    json!({"member": one.member.as_str(), "name": one.name, "finding": finding})
}

fn not_told_of(groups: &[String]) -> String {
    let names: Vec<String> = groups.iter().map(|name| format!("`{name}`")).collect();
    format!(
        "in through groups only, and the server gives no account of anybody in {}",
        names.join(", ")
    )
}

fn mismatch(mismatch: &Mismatch) -> Value {
    let (only_on_server, only_here) = match mismatch {
        Mismatch::OtherRules {
            only_on_server,
            only_here,
            ..
        } => (only_on_server.clone(), only_here.clone()),
        Mismatch::OnlyOnServer { rules, .. } => (rules.clone(), Vec::new()),
        Mismatch::OnlyHere { rules, .. } => (Vec::new(), rules.clone()),
        Mismatch::OtherEnd { .. } => (Vec::new(), Vec::new()),
    };
    json!({"sentence": words(mismatch), "onlyOnServer": only_on_server, "onlyHere": only_here})
}

fn words(mismatch: &Mismatch) -> String {
    let source = |source: &SourceName| format!("the {} `{}`", source.kind, source.name);
    match mismatch {
        Mismatch::OnlyOnServer { source: name, .. } => {
            format!("only the server counts {}", source(name))
        }
        Mismatch::OnlyHere { source: name, .. } => format!("only Reeve counts {}", source(name)),
        Mismatch::OtherRules {
            source: Some(name), ..
        } => format!("{} has other rules", source(name)),
        Mismatch::OtherRules { source: None, .. } => "the merged rules are not the same".to_owned(),
        Mismatch::OtherEnd { source: name, .. } => format!("{} ends at another time", source(name)),
    }
}
