//! Asks tests, and holds the answers to what is expected.

use chrono::{DateTime, Utc};
use reeve_domain::project::CatalogueEdition;
use reeve_store::snapshot::Snapshot;

use super::naming::resolve;
use super::{AccessTest, Expected, Named, TestResult, TestRun};
use crate::error::DeedError;
use crate::simulate::{Answer, Question, Unsaved, Who, answer, answer_about_rules};

/// Runs a test about bare rules without any project, on a server with today's catalogue.
pub fn run_without_project(test: AccessTest, now: DateTime<Utc>) -> TestRun {
    let who = match &test.who {
        Named::Rules {
            rules,
            folder_rules,
        } => Who::Rules {
            rules: rules.clone(),
            folder_rules: folder_rules.clone(),
        },
        _ => {
            return broken(
                test,
                "a workspace is needed to ask about members and roles".to_owned(),
            );
        }
    };
    let question = question_of(&test, who);
    let answer = answer_about_rules(&question, CatalogueEdition::Current, now);
    judged(test, question, answer)
}

/// Asks `test` of what `snapshot` shows.
pub(super) fn run(
    snapshot: &Snapshot,
    test: AccessTest,
    now: DateTime<Utc>,
) -> Result<TestRun, DeedError> {
    let who = match resolve(snapshot, &test.who)? {
        Ok(who) => who,
        Err(problem) => return Ok(broken(test, problem)),
    };
    let question = question_of(&test, who);
    let answer = answer(snapshot, &question, now)?;
    Ok(judged(test, question, answer))
}

fn judged(test: AccessTest, question: Question, answer: Answer) -> TestRun {
    let result = match answer {
        Answer::Decided(verdict) if Expected::of(&verdict) == test.expect => {
            TestResult::Passed(verdict)
        }
        Answer::Decided(verdict) => TestResult::Failed(verdict),
        Answer::Incomplete(remarks) => {
            let words: Vec<String> = remarks.into_iter().map(|remark| remark.message).collect();
            TestResult::Broken(words.join("; "))
        }
    };
    TestRun {
        id: None,
        name: test.name.clone(),
        test: Some(test),
        question: Some(question),
        result,
    }
}

/// A test that cannot be asked, and why.
pub(super) fn broken(test: AccessTest, problem: String) -> TestRun {
    TestRun {
        id: None,
        name: test.name.clone(),
        test: Some(test),
        question: None,
        result: TestResult::Broken(problem),
    }
}

fn question_of(test: &AccessTest, who: Who) -> Question {
    Question {
        who,
        what: test.what.clone(),
        place: test.place.clone(),
        when: test.when,
        semantics: test.semantics,
        unsaved: Unsaved {
            role_drafts: test.role_drafts,
            privilege: test.privilege.clone(),
        },
    }
}
