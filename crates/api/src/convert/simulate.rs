//! Questions to the judge and its answers, in words.

use std::collections::BTreeSet;

use reeve_app::pull::unseen::UnseenKind;
use reeve_app::simulate::{self as app, Decided};
use reeve_domain::id::{MemberId, RoleId};
use reeve_domain::project;
use reeve_domain::rule::{Action, Subject};
use reeve_policy::assemble::Source;
use reeve_policy::catalogue::Catalogue;
use reeve_policy::decide::{Decision, Outcome};
use reeve_policy::explain::{explain, explain_operation};
use reeve_policy::operation::{Input, OPERATIONS, SecondPlace, Situation};

use super::common::{count, instant, member_ref};
use super::privilege::remarks;
use super::rule::action_name;
use super::trace::{check_views, text_parts};
use super::workspace::semantics_view;
use crate::dto::catalogue::OperationView;
use crate::dto::simulate::{
    AskedView, Change, OpenField, OutcomeKind, Place, SimulateAnswer, SimulateRequest, TextPart,
    Unsaved, Verdict, What, When, Who,
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
            second_place: operation.second.map(|second| second_title(second).into()),
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

/// What the second place is called, by what is done there.
fn second_title(second: SecondPlace) -> &'static str {
    match second {
        SecondPlace::MovedTo => "Moved to",
        SecondPlace::ImportedFrom => "Imported from",
    }
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
    let second = match &verdict.decided {
        Decided::Action(_) => None,
        Decided::Operation(decision) => decision.operation.second,
    };
    let explanation = match &verdict.decided {
        Decided::Action(decision) => explain(&name, decision, verdict.change),
        Decided::Operation(decision) => explain_operation(&name, decision, verdict.change),
    };
    Verdict {
        outcome,
        headline: headline(outcome).into(),
        sentence: if outcome == OutcomeKind::Depends {
            depends_sentence(&name, &verdict.open_fields, second, catalogue)
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
                title: field_title(field, second, catalogue),
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
    let words = |kind: &UnseenKind| super::remote::unseen_words(*kind).0.to_lowercase();
    let what: Vec<String> = unseen.iter().map(words).collect();
    let (last, first) = what.split_last()?;
    let what = match first {
        [] => last.clone(),
        first => format!("{} and {last}", first.join(", ")),
    };
    Some(vec![TextPart::Text {
        text: format!(
            "What {name} may do here is not known: {what} could not be pulled, which could \
             change the answer."
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
fn depends_sentence(
    name: &str,
    fields: &BTreeSet<String>,
    second: Option<SecondPlace>,
    catalogue: &Catalogue,
) -> Vec<TextPart> {
    let text = |text: String| TextPart::Text { text };
    let titles: Vec<String> = fields
        .iter()
        .map(|field| match field.as_str() {
            "who" => "who it is, which a template asks".to_owned(),
            field => match (part_of_second(field), second) {
                (Some(part), Some(second)) => {
                    format!("the {part} it is {}", second_title(second).to_lowercase())
                }
                _ => format!(
                    "the {}",
                    field_title(field, second, catalogue).to_lowercase()
                ),
            },
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
fn field_title(field: &str, second: Option<SecondPlace>, catalogue: &Catalogue) -> String {
    if let (Some(part), Some(second)) = (part_of_second(field), second) {
        return format!("{}: {part}", second_title(second));
    }
    match field {
        "who" => "Who",
        "newName" => "New name",
        "newTags" => "New tags",
        "newMetadata" => "New metadata",
        "connection" => "App connection",
        property => property_title(property, catalogue),
    }
    .to_owned()
}

/// Which part of the second place a field of the question is.
fn part_of_second(field: &str) -> Option<&'static str> {
    match field {
        "secondEnvironment" => Some("environment"),
        "secondPath" => Some("path"),
        _ => None,
    }
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
