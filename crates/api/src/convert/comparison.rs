//! Comparisons with the server in the window's words.

use chrono::{DateTime, TimeDelta, Utc};
use reeve_app::verify::{Comparison, Comparisons, Finding, Mismatch};

use super::common::{count, instant, kind};
use super::error::sentence;
use crate::dto::common::MemberRef;
use crate::dto::comparison as dto;

/// Of so many members that agree each is named.
const AGREEING_SHOWN: usize = 100;

/// What the last comparison found.
pub fn comparisons(found: Option<&Comparisons>, skew: TimeDelta) -> dto::ComparisonList {
    let members = found
        .map(|found| found.members.as_slice())
        .unwrap_or_default();
    let mut by_rank: [Vec<&Comparison>; 3] = Default::default();
    for one in members {
        let [different, not_told, same] = &mut by_rank;
        match &one.finding {
            Finding::Different(_) => different.push(one),
            Finding::GroupsOnly { .. } | Finding::NotTold { .. } => not_told.push(one),
            Finding::Same { .. } => same.push(one),
        }
    }
    let [different, not_told, same] = by_rank;
    dto::ComparisonList {
        at: found.map(|found| instant(found.at - skew)),
        same: count(same.len() as u64),
        different: count(different.len() as u64),
        not_told: count(not_told.len() as u64),
        members: different
            .into_iter()
            .chain(not_told)
            .chain(same.into_iter().take(AGREEING_SHOWN))
            .map(comparison)
            .collect(),
    }
}

fn comparison(one: &Comparison) -> dto::ComparisonView {
    dto::ComparisonView {
        member: MemberRef {
            id: one.member.to_string(),
            kind: kind(one.kind),
            name: one.name.clone(),
        },
        finding: match &one.finding {
            Finding::Same { sources, rules } => dto::ComparisonFinding::Same {
                sources: count(*sources as u64),
                rules: count(*rules as u64),
            },
            Finding::Different(mismatches) => dto::ComparisonFinding::Different {
                mismatches: mismatches.iter().map(mismatch).collect(),
            },
            Finding::NotTold { why, remedy } => dto::ComparisonFinding::NotTold {
                why: sentence(why),
                remedy: remedy.clone(),
            },
            Finding::GroupsOnly { groups } => groups_only(groups),
        },
    }
}

fn groups_only(groups: &[String]) -> dto::ComparisonFinding {
    let names: Vec<String> = groups.iter().map(|name| format!("`{name}`")).collect();
    let (kind, them) = match names.as_slice() {
        [_] => ("group", "it"),
        _ => ("groups", "them"),
    };
    dto::ComparisonFinding::NotTold {
        why: format!(
            "In the project through the {kind} {} only.",
            names.join(", ")
        ),
        remedy: format!(
            "The server gives an account of direct members, and none of them is in {them}."
        ),
    }
}

/// One thing that the server and Reeve do not agree on.
pub fn mismatch(mismatch: &Mismatch) -> dto::MismatchView {
    let plain = |sentence: String| dto::MismatchView {
        sentence,
        only_on_server: Vec::new(),
        only_here: Vec::new(),
    };
    match mismatch {
        Mismatch::OnlyOnServer(source) => plain(format!(
            "The server counts the {} `{}`, which Reeve does not have",
            source.kind, source.name
        )),
        Mismatch::OnlyHere(source) => plain(format!(
            "Reeve counts the {} `{}`, which the server does not",
            source.kind, source.name
        )),
        Mismatch::OtherRules {
            source,
            only_on_server,
            only_here,
        } => dto::MismatchView {
            sentence: match source {
                Some(source) => format!("The {} `{}` has other rules", source.kind, source.name),
                None => "The rules as a whole, templates filled in, are not the same".into(),
            },
            only_on_server: only_on_server.clone(),
            only_here: only_here.clone(),
        },
        Mismatch::OtherEnd {
            source,
            on_server,
            here,
        } => {
            let words =
                |end: &Option<DateTime<Utc>>| end.map_or_else(|| "never".to_owned(), instant);
            plain(format!(
                "The {} `{}` ends at {} on the server and at {} here",
                source.kind,
                source.name,
                words(on_server),
                words(here)
            ))
        }
    }
}
