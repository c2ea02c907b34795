//! Why an answer is as it is, as it travels: the checks, each with its rules in order and what was
//! compared.

use chrono::{DateTime, Utc};
use reeve_app::simulate::Decided;
use reeve_domain::condition::Operator;
use reeve_domain::lifetime;
use reeve_domain::rule::{Action, Rule};
use reeve_policy::assemble::Source;
use reeve_policy::catalogue::{Catalogue, SubjectEntry, operator_title};
use reeve_policy::decide::{
    AccessRequest, Bearing, Candidate, CheckResult, ConditionTrace, Decision, InactiveEffect,
    Outcome, RuleMatch,
};
use reeve_policy::explain::{Explanation, Part, Sentence, error_words, unknown_words};

use super::common::{instant, standing, tier_name};
use super::rule::{action_name, rule_view, values};
use super::simulate::outcome_kind;
use crate::dto::common::{Kind, MemberRef, Standing};
use crate::dto::simulate::{
    CandidateView, CheckView, ComparedCondition, ComparisonResult, Fate, InactiveView, SourceKind,
    SourceView, TextPart,
};

/// The checks in order; what else is to be said stands at the one that the answer hangs on.
pub(super) fn check_views(
    decided: &Decided,
    explanation: &Explanation,
    catalogue: &Catalogue,
) -> Vec<CheckView> {
    let notes: Vec<_> = explanation.notes.iter().map(text_parts).collect();
    match decided {
        Decided::Action(decision) => {
            let mut view = check_view(
                None,
                std::slice::from_ref(decision),
                decision.outcome,
                catalogue,
            );
            view.inactive = inactive_views(&decision.inactive);
            view.notes = notes;
            vec![view]
        }
        Decided::Operation(decision) => {
            let mut views: Vec<CheckView> = decision
                .checks
                .iter()
                .map(|check| CheckView {
                    reached: check.reached,
                    ..check_view(
                        Some(check.check.purpose),
                        &check.decisions,
                        check.outcome,
                        catalogue,
                    )
                })
                .collect();
            let last = views.len().saturating_sub(1);
            if let Some(view) = views.get_mut(decision.failed.unwrap_or(last)) {
                view.inactive = inactive_views(&decision.inactive);
                view.notes = notes;
            }
            views
        }
    }
}

/// One check. Where one of two actions will do, the rules about the one that is allowed come first.
fn check_view(
    purpose: Option<&str>,
    decisions: &[Decision],
    outcome: Outcome,
    catalogue: &Catalogue,
) -> CheckView {
    let mut ordered: Vec<&Decision> = decisions.iter().collect();
    ordered.sort_by_key(|decision| !decision.outcome.is_allowed());
    let requests: Vec<&AccessRequest> = ordered.iter().map(|decision| &decision.request).collect();
    let subject = requests
        .first()
        .map_or("", |request| request.subject.as_str());
    let entry = catalogue.subject(subject);
    let titles: Vec<String> = requests
        .iter()
        .map(|request| {
            action_name(&request.action, catalogue.subject(request.subject.as_str())).title
        })
        .collect();
    let asked = format!(
        "{} · {}",
        entry.map_or(subject, |entry| &entry.title),
        titles.join(" or ")
    );
    let mut seen: Vec<(Option<&Source>, usize)> = Vec::new();
    let mut candidates: Vec<CandidateView> = Vec::new();
    for decision in &ordered {
        let is_decided = candidates.iter().any(|other| other.fate == Fate::Decided);
        for candidate in &decision.candidates {
            // A rule that names both actions is shown once, where it weighs more.
            let key = (candidate.source.as_ref(), candidate.position);
            if candidate.source.is_some() && seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let mut view = candidate_view(candidate, decision.now, entry, catalogue);
            if is_decided && view.fate == Fate::Decided {
                view.fate = Fate::OtherAction;
            }
            candidates.push(view);
        }
    }
    CheckView {
        subject: subject.to_owned(),
        action: requests
            .first()
            .map_or_else(String::new, |request| request.action.to_string()),
        title: match purpose {
            Some(purpose) => format!("{} — {asked}", capital(purpose)),
            None => asked,
        },
        outcome: outcome_kind(outcome),
        reached: true,
        candidates,
        inactive: Vec::new(),
        notes: Vec::new(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), characters.as_str())
    })
}

fn inactive_views(effects: &[InactiveEffect]) -> Vec<InactiveView> {
    effects
        .iter()
        .map(|effect| InactiveView {
            source: source_view(&effect.source, Some(standing_view(effect.standing))),
            outcome: outcome_kind(effect.outcome),
        })
        .collect()
}

/// A rule that was tried.
pub(super) fn candidate_view(
    candidate: &Candidate,
    now: DateTime<Utc>,
    entry: Option<&SubjectEntry>,
    catalogue: &Catalogue,
) -> CandidateView {
    let lifetime = candidate.lifetime.as_ref();
    let empty = Rule::read(reeve_domain::value::Object::new());
    CandidateView {
        source: candidate
            .source
            .as_ref()
            .map(|source| source_view(source, lifetime.map(|lifetime| standing(lifetime, now)))),
        rule: rule_view(candidate.rule().unwrap_or(&empty), catalogue),
        fate: match (candidate.bearing, candidate.applies) {
            (Bearing::NotReached, _) => Fate::NotTried,
            (_, RuleMatch::Fails(_)) => Fate::Error,
            (_, RuleMatch::Unknown(_)) => Fate::Unknown,
            (Bearing::Decided, _) => Fate::Decided,
            _ => Fate::NotMatched,
        },
        conditions: candidate
            .conditions
            .iter()
            .map(|condition| condition_view(condition, entry))
            .collect(),
        note: match (candidate.applies, candidate.added_action) {
            (RuleMatch::Fails(reason), _) => Some(format!("{}.", capital(error_words(reason)))),
            (RuleMatch::Unknown(reason), _) => Some(format!("{}.", capital(unknown_words(reason)))),
            (_, Some(added)) => {
                let added = action_name(&Action::from(added), entry).title;
                Some(format!(
                    "The server adds the action {added} to this Forbid."
                ))
            }
            _ => None,
        },
    }
}

fn condition_view(condition: &ConditionTrace, entry: Option<&SubjectEntry>) -> ComparedCondition {
    let property = &*condition.property;
    let operator = Operator::from_wire(&condition.operator);
    let known = entry.and_then(|entry| entry.property(property));
    ComparedCondition {
        property: property.to_owned(),
        property_title: known.map_or(property, |known| &known.title).to_owned(),
        operator: condition.operator.to_string(),
        operator_title: known
            .map_or_else(
                || operator_title(&operator),
                |known| known.operator_title(&operator),
            )
            .to_owned(),
        expected: values(&condition.expected),
        actual: condition.found.as_ref().map(values),
        result: match condition.result {
            CheckResult::Matched => ComparisonResult::Matched,
            CheckResult::NotMatched => ComparisonResult::NotMatched,
            CheckResult::Missing => ComparisonResult::Missing,
            CheckResult::Fails(_) => ComparisonResult::Error,
            CheckResult::Unknown(_) => ComparisonResult::Unknown,
            CheckResult::NotReached => ComparisonResult::NotReached,
        },
    }
}

fn standing_view(standing: lifetime::Standing) -> Standing {
    match standing {
        lifetime::Standing::Permanent => Standing::Permanent,
        lifetime::Standing::ActiveUntil(end) => Standing::Active {
            end: instant(end),
            range: None,
        },
        lifetime::Standing::Ended(end) => Standing::Ended {
            end: instant(end),
            range: None,
        },
        lifetime::Standing::NeverActive => Standing::NeverActive,
    }
}

/// Where a rule comes from, as it travels.
pub fn source_view(source: &Source, standing: Option<Standing>) -> SourceView {
    let (kind, slug, id, through) = match source {
        Source::Role {
            id, slug, through, ..
        } => (
            SourceKind::Role,
            slug.to_string(),
            id.to_string(),
            through.as_ref().map(|group| MemberRef {
                id: group.id.to_string(),
                kind: Kind::Group,
                name: group.name.to_string(),
            }),
        ),
        Source::Privilege { id, slug } => (
            SourceKind::Privilege,
            slug.to_string(),
            id.to_string(),
            None,
        ),
        Source::Folder { id, tier, .. } => (
            SourceKind::FolderGrant,
            tier_name(tier.as_wire()),
            id.to_string(),
            None,
        ),
        Source::AdHoc { label } => (SourceKind::AdHoc, label.to_string(), String::new(), None),
    };
    SourceView {
        kind,
        slug,
        name: source_name(source),
        through,
        id,
        standing,
    }
}

/// The name shown: of a folder grant, where it is.
fn source_name(source: &Source) -> String {
    match source {
        Source::Folder {
            environment, path, ..
        } if !environment.is_empty() => format!("{environment}:{path}"),
        _ => source.name().to_owned(),
    }
}

/// A sentence in the parts that a screen can style.
pub fn text_parts(sentence: &Sentence) -> Vec<TextPart> {
    sentence
        .parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => TextPart::Text { text: text.clone() },
            Part::Code(text) => TextPart::Code { text: text.clone() },
            Part::Source(source) => TextPart::Source {
                article: match source {
                    Source::Role { .. } => "the role",
                    Source::Privilege { .. } => "the additional privilege",
                    Source::Folder { .. } => "the folder access to",
                    Source::AdHoc { .. } => "",
                }
                .into(),
                text: source_name(source),
            },
            Part::Instant(at) => TextPart::Instant { at: instant(*at) },
        })
        .collect()
}
