//! The cases of an answer, in words.

use reeve_app::simulate::cases::{AnswerCase, AnswerCases};
use reeve_domain::rule::{Rule, Subject};
use reeve_policy::catalogue::Catalogue;

use super::common::count;
use super::simulate::outcome_kind;
use super::trace::candidate_view;
use crate::dto::cases::{AnswerCasesAnswer, CaseList, CaseView};

/// The cases as they travel.
pub fn answer(answer: Option<&AnswerCases>, catalogue: &Catalogue) -> AnswerCasesAnswer {
    let Some(found) = answer else {
        return AnswerCasesAnswer::default();
    };
    AnswerCasesAnswer {
        lists: found
            .lists
            .iter()
            .map(|list| CaseList {
                purposes: list.purposes.iter().map(|it| (*it).to_owned()).collect(),
                cases: list
                    .cases
                    .iter()
                    .map(|case| view(case, found, catalogue))
                    .collect(),
                more: count(list.more),
            })
            .collect(),
        limits: found.limits.clone(),
    }
}

fn view(case: &AnswerCase, found: &AnswerCases, catalogue: &Catalogue) -> CaseView {
    CaseView {
        words: case.words.clone(),
        example: case.example.clone(),
        outcome: outcome_kind(case.outcome),
        deciding: case.deciding.as_ref().map(|candidate| {
            let subjects = candidate.rule().map(Rule::subjects);
            let subject = subjects.and_then(|subjects| subjects.first());
            let entry = subject.and_then(|subject: &Subject| catalogue.subject(subject.as_str()));
            candidate_view(candidate, found.at, entry, catalogue)
        }),
    }
}
