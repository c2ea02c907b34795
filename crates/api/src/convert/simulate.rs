//! Questions to the judge and its answers, in words.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use reeve_app::pull::unseen::UnseenKind;
use reeve_app::simulate::{self as app, Decided};
use reeve_domain::condition::Operator;
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::rule::{Action, Rule, Subject};
use reeve_domain::{lifetime, project};
use reeve_policy::assemble::Source;
use reeve_policy::catalogue::{Catalogue, SubjectEntry, operator_title};
use reeve_policy::decide::{
    AccessRequest, Bearing, Candidate, CheckResult, ConditionTrace, Decision, InactiveEffect,
    Outcome, RuleMatch,
};
use reeve_policy::explain::{
    Explanation, Part, Sentence, error_words, explain, explain_operation, unknown_words,
};
use reeve_policy::operation::{Input, OPERATIONS, Situation};

use super::common::{count, instant, member_ref, standing};
use super::privilege::remarks;
use super::rule::{action_name, rule_view, values};
use super::workspace::semantics_view;
use crate::dto::catalogue::OperationView;
use crate::dto::common::{Kind, MemberRef, Standing};
use crate::dto::simulate::{
    AskedView, CandidateView, Change, CheckView, ComparedCondition, ComparisonResult, Fate,
    InactiveView, OpenField, OutcomeKind, Place, SimulateAnswer, SimulateRequest, SourceKind,
    SourceView, TextPart, Unsaved, Verdict, What, When, Who,
};
use crate::dto::what_else::{ElseThere, WhatElseAnswer};
use crate::dto::workspace::Semantics;
use crate::error::ApiError;

/// A question as the use cases take it.
pub fn question(request: SimulateRequest) -> Result<app::Question, ApiError> {
    Ok(app::Question {
        who: who(request.who),
        what: what(request.what),
        place: place(request.place),
        when: when(request.when)?,
        semantics: request.semantics.map(semantics),
        unsaved: app::Unsaved {
            role_drafts: request.unsaved.role_drafts,
            privilege: request.unsaved.privilege,
        },
    })
}

/// A question as it travels, so that it can be asked again.
pub fn request(question: &app::Question) -> SimulateRequest {
    let place = &question.place;
    let situation = &place.situation;
    SimulateRequest {
        who: match &question.who {
            app::Who::Member(member) => Who::Member {
                member: member.to_string(),
            },
            app::Who::Role(role) => Who::Role {
                role: role.to_string(),
            },
            app::Who::Rules {
                rules,
                folder_rules,
            } => Who::Rules {
                rules: rules.clone(),
                folder_rules: folder_rules.clone(),
            },
        },
        what: match &question.what {
            app::What::Operation(operation) => What::Operation {
                operation: operation.clone(),
            },
            app::What::Action(subject, action) => What::Action {
                subject: subject.to_string(),
                action: action.to_string(),
            },
        },
        place: Place {
            environment: situation.environment.clone(),
            secret_path: situation.secret_path.clone(),
            secret_name: situation.secret_name.clone(),
            secret_tags: situation.secret_tags.clone(),
            second_environment: situation.second_environment.clone(),
            second_path: situation.second_path.clone(),
            new_name: situation.new_name.clone(),
            new_tags: situation.new_tags.clone(),
            metadata: situation.metadata.clone(),
            new_metadata: situation.new_metadata.clone(),
            connection: situation.connection.clone(),
            others: place.others.clone(),
            nothing_else: place.nothing_else,
        },
        when: match question.when {
            app::When::Now => When::Now,
            app::When::AfterTimed => When::AfterTimed,
            app::When::At(at) => When::At {
                instant: instant(at),
            },
        },
        semantics: question.semantics.map(semantics_view),
        unsaved: Unsaved {
            role_drafts: question.unsaved.role_drafts,
            privilege: question.unsaved.privilege.clone(),
        },
    }
}

/// Who, as the use cases take it.
pub fn who(who: Who) -> app::Who {
    match who {
        Who::Member { member } => app::Who::Member(MemberId::from(member)),
        Who::Role { role } => app::Who::Role(RoleId::from(role)),
        Who::Rules {
            rules,
            folder_rules,
        } => app::Who::Rules {
            rules,
            folder_rules,
        },
    }
}

/// What, as the use cases take it.
pub fn what(what: What) -> app::What {
    match what {
        What::Operation { operation } => app::What::Operation(operation),
        What::Action { subject, action } => {
            app::What::Action(Subject::from(subject), Action::from(action))
        }
    }
}

/// Where, as the use cases take it.
pub fn place(place: Place) -> app::Place {
    let situation = Situation {
        environment: place.environment,
        secret_path: place.secret_path,
        secret_name: place.secret_name,
        secret_tags: place.secret_tags,
        second_environment: place.second_environment,
        second_path: place.second_path,
        new_name: place.new_name,
        new_tags: place.new_tags,
        metadata: place.metadata,
        new_metadata: place.new_metadata,
        connection: place.connection,
    };
    app::Place {
        situation,
        others: place.others,
        nothing_else: place.nothing_else,
    }
}

/// When, as the use cases take it.
pub fn when(when: When) -> Result<app::When, ApiError> {
    Ok(match when {
        When::Now => app::When::Now,
        When::AfterTimed => app::When::AfterTimed,
        When::At { instant } => app::When::At(
            reeve_app::journal::read_instant(&instant)
                .ok_or_else(|| ApiError::bad_request("an instant cannot be read"))?,
        ),
    })
}

/// How a server orders rules, as the judge takes it.
pub fn semantics(semantics: Semantics) -> project::Semantics {
    match semantics {
        Semantics::ForbidWins => project::Semantics::ForbidWins,
        Semantics::LastMatch => project::Semantics::LastMatch,
    }
}

/// What else may be done in the same place, as it travels.
pub fn what_else(found: &[app::what_else::ElseThere]) -> WhatElseAnswer {
    let view = |it: &app::what_else::ElseThere| ElseThere {
        operation: it.operation.id.to_owned(),
        title: it.operation.title.to_owned(),
        outcome: if it.depends {
            OutcomeKind::Depends
        } else {
            outcome_kind(it.outcome)
        },
    };
    WhatElseAnswer {
        operations: found.iter().map(view).collect(),
    }
}

/// The plain-words operations.
pub fn operations(catalogue: &Catalogue) -> Vec<OperationView> {
    OPERATIONS
        .iter()
        .map(|operation| OperationView {
            id: operation.id.to_owned(),
            title: operation.title.to_owned(),
            area: operation.area.to_owned(),
            inputs: operation
                .needs
                .iter()
                .chain(operation.takes)
                .map(|input| input_name(*input).to_owned())
                .collect(),
            checks: operation
                .checks
                .iter()
                .map(|check| {
                    let entry = catalogue.subject(check.subject);
                    action_name(&Action::from(check.action), entry)
                })
                .collect(),
        })
        .collect()
}

/// The field of a place that an input is.
fn input_name(input: Input) -> &'static str {
    match input {
        Input::Environment => "environment",
        Input::SecretPath => "secretPath",
        Input::SecretName => "secretName",
        Input::SecretTags => "secretTags",
        Input::SecondEnvironment => "secondEnvironment",
        Input::SecondPath => "secondPath",
        Input::NewName => "newName",
        Input::NewTags => "newTags",
        Input::Metadata => "metadata",
        Input::NewMetadata => "newMetadata",
        Input::Connection => "connection",
    }
}

/// An answer as it travels.
pub fn answer(answer: &app::Answer, catalogue: &Catalogue) -> SimulateAnswer {
    match answer {
        app::Answer::Decided(verdict) => {
            SimulateAnswer::Decided(Box::new(verdict_view(verdict, catalogue)))
        }
        app::Answer::Incomplete(problems) => SimulateAnswer::Incomplete {
            problems: remarks(problems),
        },
    }
}

/// What was decided, as it travels.
pub fn verdict_view(verdict: &app::Verdict, catalogue: &Catalogue) -> Verdict {
    let outcome = if verdict.depends_on.is_empty() || !verdict.unseen.is_empty() {
        outcome_kind(verdict.outcome)
    } else {
        OutcomeKind::Depends
    };
    let name = verdict.asked.name();
    let explanation = match &verdict.decided {
        Decided::Action(decision) => explain(&name, decision, verdict.change),
        Decided::Operation(decision) => explain_operation(&name, decision, verdict.change),
    };
    Verdict {
        outcome,
        headline: headline(outcome).into(),
        sentence: if outcome == OutcomeKind::Depends {
            depends_sentence(&name, &verdict.open_fields, catalogue)
        } else if let Some(unseen) = unseen_sentence(&name, &verdict.unseen) {
            unseen
        } else if verdict.outcome != verdict.decided.outcome() {
            whatever_sentence(verdict.outcome)
        } else {
            text_parts(&explanation.headline)
        },
        asked: asked_view(&verdict.asked),
        name,
        at: instant(verdict.at),
        // When it changes depends on what was left open, too.
        changes: verdict
            .change
            .filter(|_| outcome != OutcomeKind::Depends && verdict.unseen.is_empty())
            .map(|change| Change {
                at: instant(change.at),
                outcome: outcome_kind(change.outcome),
            }),
        depends_on: verdict.depends_on.iter().cloned().collect(),
        open_fields: verdict
            .open_fields
            .iter()
            .map(|field| OpenField {
                field: field.clone(),
                title: field_title(field, catalogue),
            })
            .collect(),
        semantics: semantics_view(verdict.semantics),
        remarks: remarks(&verdict.remarks),
        checks: check_views(&verdict.decided, &explanation, catalogue),
        rules: count(verdict.rules),
        concerned: count(concerned(&verdict.decided)),
    }
}

/// Says what could not be pulled, if that is why nobody knows.
fn unseen_sentence(name: &str, unseen: &[UnseenKind]) -> Option<Vec<TextPart>> {
    let first = unseen.first()?;
    let what = super::remote::unseen_words(*first).0.to_lowercase();
    let more = match unseen.len() {
        1 => String::new(),
        number => format!(" and {} more", number - 1),
    };
    Some(vec![TextPart::Text {
        text: format!(
            "What {name} may do here is not known: {what}{more} could not be pulled, which \
             could change the answer."
        ),
    }])
}

fn headline(outcome: OutcomeKind) -> &'static str {
    match outcome {
        OutcomeKind::Allowed => "Allowed",
        OutcomeKind::Denied => "Denied",
        OutcomeKind::Depends => "It depends",
        OutcomeKind::ServerError => "The server would answer with an error",
        OutcomeKind::Unknown => "Unknown",
    }
}

/// Yes, no, or why neither.
pub fn outcome_kind(outcome: Outcome) -> OutcomeKind {
    match outcome {
        Outcome::Allowed => OutcomeKind::Allowed,
        Outcome::Denied => OutcomeKind::Denied,
        Outcome::ServerError(_) => OutcomeKind::ServerError,
        Outcome::Unknown(_) => OutcomeKind::Unknown,
    }
}

/// Says on what an answer depends, in the names of the catalogue.
fn depends_sentence(name: &str, fields: &BTreeSet<String>, catalogue: &Catalogue) -> Vec<TextPart> {
    let text = |text: String| TextPart::Text { text };
    let titles: Vec<String> = fields
        .iter()
        .map(|field| match field.as_str() {
            "who" => "who it is, which a template asks".to_owned(),
            field => format!("the {}", field_title(field, catalogue).to_lowercase()),
        })
        .collect();
    vec![
        text("Whether ".to_owned()),
        TextPart::Code { text: name.into() },
        text(format!(
            " may depends on what was left open: {}",
            titles.join(", ")
        )),
    ]
}

/// What a field of the question is called.
fn field_title(field: &str, catalogue: &Catalogue) -> String {
    match field {
        "who" => "Who",
        "secondEnvironment" => "Second environment",
        "secondPath" => "Second path",
        "newName" => "New name",
        "newTags" => "New tags",
        "newMetadata" => "New metadata",
        "connection" => "App connection",
        property => property_title(property, catalogue),
    }
    .to_owned()
}

/// Says that what was left open changes nothing.
fn whatever_sentence(outcome: Outcome) -> Vec<TextPart> {
    let text = match outcome {
        Outcome::Allowed => "Allowed: whatever is filled in for what was left open",
        _ => "Denied: no policy allows this, whatever is filled in for what was left open",
    };
    vec![TextPart::Text { text: text.into() }]
}

fn asked_view(asked: &app::Asked) -> AskedView {
    match asked {
        app::Asked::Member(member) => AskedView::Member {
            member: member_ref(member),
        },
        app::Asked::Role(role) => AskedView::Role {
            role: role.id.to_string(),
            slug: role.slug.clone(),
            name: role.name.clone(),
        },
        app::Asked::Rules => AskedView::Rules,
    }
}

/// The name of a property, as the first subject that has it calls it.
fn property_title<'a>(property: &'a str, catalogue: &'a Catalogue) -> &'a str {
    catalogue
        .subjects()
        .iter()
        .find_map(|entry| entry.property(property))
        .map_or(property, |entry| &entry.title)
}

/// How many distinct rules name what is asked about.
fn concerned(decided: &Decided) -> usize {
    let decisions: Vec<&Decision> = match decided {
        Decided::Action(decision) => vec![decision],
        Decided::Operation(decision) => decision
            .checks
            .iter()
            .flat_map(|check| &check.decisions)
            .collect(),
    };
    let mut seen: Vec<(Option<&Source>, usize)> = Vec::new();
    for candidate in decisions.iter().flat_map(|decision| &decision.candidates) {
        let key = (candidate.source.as_ref(), candidate.position);
        if !seen.contains(&key) {
            seen.push(key);
        }
    }
    seen.len()
}

/// The checks in order; what else is to be said stands at the one that the answer hangs on.
fn check_views(
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
        Source::Folder { id, path, .. } => (
            SourceKind::FolderGrant,
            path.to_string(),
            id.to_string(),
            None,
        ),
        Source::AdHoc { label } => (SourceKind::AdHoc, label.to_string(), String::new(), None),
    };
    SourceView {
        kind,
        slug,
        name: source.name().to_owned(),
        through,
        id,
        standing,
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
                    Source::Folder { .. } => "the folder grant on",
                    Source::AdHoc { .. } => "",
                }
                .into(),
                text: source.name().to_owned(),
            },
            Part::Instant(at) => TextPart::Instant { at: instant(*at) },
        })
        .collect()
}
