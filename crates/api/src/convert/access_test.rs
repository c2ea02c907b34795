//! Tests of access.

use reeve_app::access_tests::{AccessTest, Expected, Named, TestFormError, TestResult, TestRun};
use reeve_app::simulate as app;
use reeve_policy::catalogue::Catalogue;
use reeve_policy::operation::{SecondPlace, operation};

use super::common::count;
use super::simulate::{request, verdict_view};
use crate::dto::access_test::{
    AccessTestList, AccessTestView, BatchAnswer, BatchRow, ImportTestsAnswer,
};
use crate::dto::simulate::OutcomeKind;

/// All tests as they travel.
pub fn list(runs: &[TestRun], catalogue: &Catalogue) -> AccessTestList {
    let passed = runs.iter().filter(|run| run.passed()).count();
    AccessTestList {
        tests: runs.iter().map(|run| view(run, catalogue)).collect(),
        passed: count(passed),
        failed: count(runs.len() - passed),
    }
}

/// The answers to a batch as they travel.
pub fn batch(rows: &[(usize, bool, TestRun)], catalogue: &Catalogue) -> BatchAnswer {
    let row = |(line, expects, run): &(usize, bool, TestRun)| {
        let shown = view(run, catalogue);
        BatchRow {
            line: count(*line),
            expects: *expects,
            who: shown.who,
            what: shown.what,
            place: shown.place,
            expect: shown.expect.filter(|_| *expects),
            outcome: shown.verdict.as_ref().map(|verdict| verdict.outcome),
            until: shown
                .verdict
                .as_ref()
                .and_then(|verdict| Some(verdict.changes.as_ref()?.at.clone())),
            remarks: shown
                .verdict
                .iter()
                .flat_map(|verdict| &verdict.remarks)
                .map(|remark| remark.message.clone())
                .collect(),
            sentence: shown
                .verdict
                .map(|verdict| verdict.sentence)
                .unwrap_or_default(),
            problem: shown.problem,
            question: shown.question,
        }
    };
    BatchAnswer {
        rows: rows.iter().map(row).collect(),
    }
}

/// The place, and the second one if there is one, with what it is to the first.
fn place_words(test: &AccessTest) -> String {
    let situation = &test.place.situation;
    let (first, second) = (situation.place(), situation.second_place());
    if second.is_empty() {
        return first;
    }
    let asked = match &test.what {
        app::What::Operation(id) => operation(id).and_then(|operation| operation.second),
        app::What::Action(..) => None,
    };
    let word = match asked {
        Some(SecondPlace::MovedTo) => "to",
        Some(SecondPlace::ImportedFrom) => "from",
        None => "and",
    };
    format!("{first} {word} {second}")
}

fn view(run: &TestRun, catalogue: &Catalogue) -> AccessTestView {
    let test = run.test.as_ref();
    let (verdict, problem) = match &run.result {
        TestResult::Passed(verdict) | TestResult::Failed(verdict) => {
            (Some(verdict_view(verdict, catalogue)), None)
        }
        TestResult::Broken(problem) => (None, Some(problem.clone())),
    };
    AccessTestView {
        id: run.id.clone().unwrap_or_default(),
        name: run.name.clone(),
        who: test.map(who_words).unwrap_or_default(),
        what: test
            .map(|test| what_words(&test.what, catalogue))
            .unwrap_or_default(),
        place: test.map(place_words).unwrap_or_default(),
        expect: test.map(|test| expected_kind(test.expect)),
        passed: run.passed(),
        question: run.question.as_ref().map(request),
        verdict,
        problem,
    }
}

fn who_words(test: &AccessTest) -> String {
    match &test.who {
        Named::Member(name) => name.clone(),
        Named::Role(slug) => format!("role {slug}"),
        Named::Rules { .. } => "given policies".to_owned(),
        Named::RulesFile(file) => file.clone(),
    }
}

fn what_words(what: &app::What, catalogue: &Catalogue) -> String {
    match what {
        app::What::Operation(id) => {
            operation(id).map_or_else(|| id.clone(), |known| known.title.to_owned())
        }
        app::What::Action(subject, action) => {
            let entry = catalogue.subject(subject.as_str());
            let known = entry.and_then(|entry| entry.action(action.as_str()));
            match (entry, known) {
                (Some(entry), Some(known)) => format!("{} · {}", entry.title, known.title),
                _ => format!("{subject}:{action}"),
            }
        }
    }
}

/// What a test expects, as the use cases take it.
pub fn expected(outcome: OutcomeKind) -> Expected {
    match outcome {
        OutcomeKind::Allowed => Expected::Allowed,
        OutcomeKind::Denied => Expected::Denied,
        OutcomeKind::Depends => Expected::Depends,
        OutcomeKind::ServerError => Expected::Error,
        OutcomeKind::Unknown => Expected::Unknown,
    }
}

fn expected_kind(expected: Expected) -> OutcomeKind {
    match expected {
        Expected::Allowed => OutcomeKind::Allowed,
        Expected::Denied => OutcomeKind::Denied,
        Expected::Depends => OutcomeKind::Depends,
        Expected::Error => OutcomeKind::ServerError,
        Expected::Unknown => OutcomeKind::Unknown,
    }
}

/// What came of adding a file of tests.
pub fn imported(added: Result<usize, TestFormError>) -> ImportTestsAnswer {
    match added {
        Ok(added) => ImportTestsAnswer {
            added: count(added),
            problem: None,
        },
        Err(error) => ImportTestsAnswer {
            added: 0,
            problem: Some(error.to_string()),
        },
    }
}
