//! Comparisons with the server in the window's words.

use chrono::TimeDelta;
use reeve_app::verify::{Comparison, Comparisons, Finding, Mismatch};
use reeve_policy::catalogue::Catalogue;
use reeve_policy::read::rules_from_text;

use super::common::{count, instant, kind};
use super::error::sentence;
use super::rule::{is_known, rule_view};
use crate::dto::common::MemberRef;
use crate::dto::comparison::{self as dto, DiffersIn};

/// Of so many members that agree each is named.
const AGREEING_SHOWN: usize = 100;

/// What the last comparison found.
pub fn comparisons(
    found: Option<&Comparisons>,
    skew: TimeDelta,
    catalogue: &Catalogue,
) -> dto::ComparisonList {
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
            .map(|one| comparison(one, catalogue))
            .collect(),
    }
}

fn comparison(one: &Comparison, catalogue: &Catalogue) -> dto::ComparisonView {
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
                mismatches: mismatches
                    .iter()
                    .map(|it| mismatch(it, catalogue))
                    .collect(),
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
fn mismatch(mismatch: &Mismatch, catalogue: &Catalogue) -> dto::MismatchView {
    let rules = |rules: &[String]| -> Vec<dto::ComparedRule> {
        rules.iter().map(|rule| compared(rule, catalogue)).collect()
    };
    let plain = |differs_in, sentence| dto::MismatchView {
        differs_in,
        sentence,
        only_on_server: Vec::new(),
        only_here: Vec::new(),
        ends: None,
    };
    match mismatch {
        Mismatch::OnlyOnServer {
            source,
            rules: theirs,
        } => dto::MismatchView {
            only_on_server: rules(theirs),
            ..plain(
                DiffersIn::MissingHere,
                format!(
                    "The server counts the {} `{}`, which Reeve does not have",
                    source.kind, source.name
                ),
            )
        },
        Mismatch::OnlyHere {
            source,
            rules: ours,
        } => dto::MismatchView {
            only_here: rules(ours),
            ..plain(
                DiffersIn::MissingOnServer,
                format!(
                    "Reeve counts the {} `{}`, which the server does not",
                    source.kind, source.name
                ),
            )
        },
        Mismatch::OtherRules {
            source,
            only_on_server,
            only_here,
        } => dto::MismatchView {
            only_on_server: rules(only_on_server),
            only_here: rules(only_here),
            ..plain(
                DiffersIn::Rules,
                match source {
                    Some(source) => {
                        format!("The {} `{}` has other rules", source.kind, source.name)
                    }
                    None => "The rules as a whole, templates filled in, are not the same".into(),
                },
            )
        },
        Mismatch::OtherEnd {
            source,
            on_server,
            here,
        } => dto::MismatchView {
            ends: Some(dto::ComparedEnds {
                on_server: on_server.map(instant),
                here: here.map(instant),
            }),
            ..plain(
                DiffersIn::End,
                format!(
                    "The {} `{}` counts until another instant",
                    source.kind, source.name
                ),
            )
        },
    }
}

/// A rule of one side.
fn compared(written: &str, catalogue: &Catalogue) -> dto::ComparedRule {
    let read = rules_from_text(&format!("[{written}]"));
    let (rule, problems) = match &read {
        Ok((rules, problems)) => (rules.first(), problems.as_slice()),
        Err(_) => (None, [].as_slice()),
    };
    let rule = rule.filter(|rule| rule.unreadable_item().is_none());
    dto::ComparedRule {
        rule: rule.map(|rule| rule_view(rule, catalogue)),
        understood: problems.is_empty() && rule.is_some_and(|rule| is_known(rule, catalogue)),
        written: written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use reeve_domain::project::CatalogueEdition;

    use super::*;

    fn told(written: &str) -> (Option<String>, bool) {
        let told = compared(written, Catalogue::of(CatalogueEdition::Current));
        assert_eq!(told.written, written, "nothing is lost");
        (told.rule.map(|rule| rule.subject_title), told.understood)
    }

    #[test]
    fn a_rule_is_told_in_words() {
        let written = r#"{"subject":"secrets","action":["readValue"],"inverted":true,
            "conditions":{"environment":{"$eq":"prod"}}}"#;
        assert_eq!(told(written), (Some("Secrets".into()), true));
    }

    #[test]
    fn what_the_words_do_not_say_is_not_understood() {
        for (written, title) in [
            (r#"{"subject":"martians","action":["greet"]}"#, "martians"),
            (r#"{"subject":"secrets","action":["greet"]}"#, "Secrets"),
            (
                r#"{"subject":["secrets","role"],"action":["read"]}"#,
                "Secrets",
            ),
            (
                r#"{"subject":"secrets","action":["read"],"conditions":5}"#,
                "Secrets",
            ),
            (
                r#"{"subject":"secrets","action":["read"],"conditions":{"moon":{"$eq":"full"}}}"#,
                "Secrets",
            ),
            (
                r#"{"subject":"secrets","action":["read"],"note":"x"}"#,
                "Secrets",
            ),
        ] {
            assert_eq!(told(written), (Some(title.into()), false), "{written}");
        }
    }

    #[test]
    fn what_is_no_rule_has_no_words() {
        for written in ["\"anything\"", "null", "no JSON", "[]"] {
            assert_eq!(told(written), (None, false), "{written}");
        }
    }
}
