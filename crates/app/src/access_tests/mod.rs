//! Tests of access: what somebody may or may not do, asked again after every change.
//!
//! A test is a question of the simulator with the answer that is expected. Tests are kept in the
//! workspace, and in files that can live beside other code.

mod batch;
mod form;

use chrono::{DateTime, Utc};
use reeve_domain::id::MemberId;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_policy::decide::Outcome;
use reeve_store::access_test::SavedTest;
use reeve_store::snapshot::Snapshot;

use crate::error::DeedError;
use crate::journal::new_id;
use crate::reeve::Reeve;
use crate::simulate::{
    Answer, Place, Question, Unsaved, Verdict, What, When, Who, answer, answer_about_rules,
};

pub use batch::{BatchLine, LINES_MAX, batch_from_text};
pub use form::{TestFormError, tests_from_text, tests_to_text};

/// A question with the answer that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessTest {
    /// What it is called; may be empty.
    pub name: String,
    /// Who.
    pub who: Named,
    /// What they would do.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub when: When,
    /// How the server orders rules; as the project's does if it is `None`.
    pub semantics: Option<Semantics>,
    /// Whether drafts of roles count.
    pub role_drafts: bool,
    /// Policies that count as well, as JSON text.
    pub privilege: Option<String>,
    /// What is expected.
    pub expect: Expected,
}

/// Somebody, as a text names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A user, an identity or a group: its id, e-mail address or name.
    Member(String),
    /// A role, by its slug.
    Role(String),
    /// Rules as JSON text.
    Rules {
        /// The rules.
        rules: String,
        /// Those of grants on folders.
        folder_rules: Option<String>,
    },
    /// Rules in a file, to be read by whoever reads files.
    RulesFile(String),
}

/// The answer that is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Allowed, whatever was left open.
    Allowed,
    /// Denied, whatever was left open.
    Denied,
    /// It depends on what was left open.
    Depends,
    /// The server fails.
    Error,
    /// It cannot be known.
    Unknown,
}

/// A test with what came of it.
#[derive(Debug, Clone)]
pub struct TestRun {
    /// The id under which it is saved; `None` for a test from a file.
    pub id: Option<String>,
    /// The test; `None` if what is saved is none.
    pub test: Option<AccessTest>,
    /// What it is called.
    pub name: String,
    /// The question that was asked; `None` if it could not be put.
    pub question: Option<Question>,
    /// What came of it.
    pub result: TestResult,
}

/// What came of a test.
#[derive(Debug, Clone)]
pub enum TestResult {
    /// The answer is the expected one.
    Passed(Box<Verdict>),
    /// The answer is another one.
    Failed(Box<Verdict>),
    /// The question could not be put; the text says why.
    Broken(String),
}

impl Expected {
    /// All that can be expected.
    pub const ALL: [Self; 5] = [
        Self::Allowed,
        Self::Denied,
        Self::Depends,
        Self::Error,
        Self::Unknown,
    ];

    /// The word for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Depends => "depends",
            Self::Error => "error",
            Self::Unknown => "unknown",
        }
    }

    /// What `verdict` is.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict.outcome {
            _ if !verdict.depends_on.is_empty() => Self::Depends,
            Outcome::Allowed => Self::Allowed,
            Outcome::Denied => Self::Denied,
            Outcome::ServerError(_) => Self::Error,
            Outcome::Unknown(_) => Self::Unknown,
        }
    }
}

impl TestRun {
    /// Whether the answer was the expected one.
    pub fn passed(&self) -> bool {
        matches!(self.result, TestResult::Passed(_))
    }
}

impl Reeve {
    /// Runs all tests of the workspace.
    pub fn access_tests(&self) -> Result<Vec<TestRun>, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            snapshot
                .access_tests()?
                .into_iter()
                .map(|saved| match form::test_from_json(&saved.body) {
                    Ok(test) => {
                        let mut run = run(snapshot, test, now)?;
                        run.id = Some(saved.id);
                        run.name = saved.name;
                        Ok(run)
                    }
                    Err(error) => Ok(TestRun {
                        id: Some(saved.id),
                        test: None,
                        name: saved.name,
                        question: None,
                        result: TestResult::Broken(error.to_string()),
                    }),
                })
                .collect()
        })
    }

    /// Runs `tests` on the workspace.
    pub fn run_tests(&self, tests: Vec<AccessTest>) -> Result<Vec<TestRun>, DeedError> {
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            let runs = tests.into_iter().map(|test| run(snapshot, test, now));
            runs.collect()
        })
    }

    /// Answers every line of a batch: the number of the line, whether it says what is expected, and
    /// what came of it.
    ///
    /// While it works, another batch ends it with [`DeedError::Superseded`].
    pub fn run_batch(&self, text: &str) -> Result<Vec<(usize, bool, TestRun)>, DeedError> {
        let turn = self.batches.next();
        let now = self.now();
        self.workspace()?.reader().read(|snapshot| {
            batch_from_text(text)
                .into_iter()
                .map(|line| match line.test {
                    _ if turn.is_over() => Err(DeedError::Superseded),
                    Ok((asked, expects)) => Ok((line.number, expects, run(snapshot, asked, now)?)),
                    Err(error) => {
                        let unread = TestRun {
                            id: None,
                            test: None,
                            name: String::new(),
                            question: None,
                            result: TestResult::Broken(error.to_string()),
                        };
                        Ok((line.number, false, unread))
                    }
                })
                .collect()
        })
    }

    /// Saves `question` as a test called `name` that expects `expect`. Gives its id.
    pub fn save_test(
        &self,
        name: &str,
        question: &Question,
        expect: Expected,
    ) -> Result<String, DeedError> {
        let now = self.now();
        let workspace = self.workspace()?;
        let test = workspace
            .reader()
            .read(|snapshot| named(snapshot, name, question, expect))?;
        let saved = SavedTest {
            id: new_id(),
            name: test.name.clone(),
            body: form::test_to_json(&test).to_string(),
            created_at: now,
        };
        workspace
            .writer()
            .transaction(|transaction| Ok::<_, DeedError>(transaction.put_access_test(&saved)?))?;
        Ok(saved.id)
    }

    /// Lets the test `id` expect what is so now.
    pub fn expect_of_test(&self, id: &str, expect: Expected) -> Result<(), DeedError> {
        let workspace = self.workspace()?;
        workspace.writer().transaction(|transaction| {
            let missing = DeedError::Missing { what: "test" };
            let mut saved = transaction
                .access_tests()?
                .into_iter()
                .find(|saved| saved.id == id)
                .ok_or(missing)?;
            let mut test = form::test_from_json(&saved.body)
                .map_err(|_| DeedError::Missing { what: "test" })?;
            test.expect = expect;
            saved.body = form::test_to_json(&test).to_string();
            Ok(transaction.put_access_test(&saved)?)
        })
    }

    /// Removes the test `id`.
    pub fn remove_test(&self, id: &str) -> Result<(), DeedError> {
        self.workspace()?
            .writer()
            .transaction(|transaction| Ok(transaction.remove_access_test(id)?))
    }

    /// Adds the tests in `text`, a file of tests. Gives how many.
    pub fn import_tests(&self, text: &str) -> Result<Result<usize, TestFormError>, DeedError> {
        let tests = match tests_from_text(text) {
            Ok(tests) => tests,
            Err(error) => return Ok(Err(error)),
        };
        let now = self.now();
        self.workspace()?.writer().transaction(|transaction| {
            for test in &tests {
                transaction.put_access_test(&SavedTest {
                    id: new_id(),
                    name: test.name.clone(),
                    body: form::test_to_json(test).to_string(),
                    created_at: now,
                })?;
            }
            Ok::<_, DeedError>(())
        })?;
        Ok(Ok(tests.len()))
    }

    /// All tests of the workspace as a file of tests.
    pub fn export_tests(&self) -> Result<String, DeedError> {
        let saved = self
            .workspace()?
            .reader()
            .read(|snapshot| Ok::<_, DeedError>(snapshot.access_tests()?))?;
        let tests: Vec<AccessTest> = saved
            .into_iter()
            .filter_map(|saved| form::test_from_json(&saved.body).ok())
            .collect();
        Ok(tests_to_text(&tests))
    }
}

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

fn run(snapshot: &Snapshot, test: AccessTest, now: DateTime<Utc>) -> Result<TestRun, DeedError> {
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

fn broken(test: AccessTest, problem: String) -> TestRun {
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

/// Whom a text names, or why it names nobody.
fn resolve(snapshot: &Snapshot, named: &Named) -> Result<Result<Who, String>, DeedError> {
    Ok(match named {
        Named::Member(text) => member_named(snapshot, text)?.map(Who::Member),
        Named::Role(slug) => match snapshot.role_by_slug(slug)? {
            Some(role) => Ok(Who::Role(role.id)),
            None => Err(format!("there is no role `{slug}`")),
        },
        Named::Rules {
            rules,
            folder_rules,
        } => Ok(Who::Rules {
            rules: rules.clone(),
            folder_rules: folder_rules.clone(),
        }),
        Named::RulesFile(file) => Err(format!("the file `{file}` was not read")),
    })
}

/// How many members are looked through for the one that is named.
const LOOKED_THROUGH: usize = 200;

/// The one member whose id, e-mail address or name is `text`, or why there is none.
pub(crate) fn member_named(
    snapshot: &Snapshot,
    text: &str,
) -> Result<Result<MemberId, String>, DeedError> {
    let id = MemberId::from(text);
    if snapshot.member(&id)?.is_some() {
        return Ok(Ok(id));
    }
    let is_named = |word: &str| word.to_lowercase() == text.to_lowercase();
    let hits = snapshot.lookup(text, LOOKED_THROUGH)?.members;
    let mut fitting = hits
        .into_iter()
        .filter(|hit| is_named(&hit.handle) || is_named(&hit.member.name));
    Ok(match (fitting.next(), fitting.next()) {
        (Some(hit), None) => Ok(hit.member.id),
        (None, _) => Err(format!("there is no member `{text}`")),
        (Some(one), Some(other)) => Err(format!(
            "several members are called `{text}`; give an id, such as `{}` or `{}`",
            one.member.id, other.member.id
        )),
    })
}

/// `question` as a test that names whom it is about so that people can read it, where that is
/// unambiguous.
fn named(
    snapshot: &Snapshot,
    name: &str,
    question: &Question,
    expect: Expected,
) -> Result<AccessTest, DeedError> {
    let who = match &question.who {
        Who::Member(id) => {
            let member = snapshot
                .member(id)?
                .ok_or(DeedError::Missing { what: "member" })?;
            let by_name = member_named(snapshot, &member.name)?;
            Named::Member(if by_name.as_ref() == Ok(id) {
                member.name
            } else {
                id.to_string()
            })
        }
        Who::Role(id) => {
            let role = snapshot
                .role(id)?
                .ok_or(DeedError::Missing { what: "role" })?;
            Named::Role(role.slug)
        }
        Who::Rules {
            rules,
            folder_rules,
        } => Named::Rules {
            rules: rules.clone(),
            folder_rules: folder_rules.clone(),
        },
    };
    Ok(AccessTest {
        name: name.trim().to_owned(),
        who,
        what: question.what.clone(),
        place: question.place.clone(),
        when: question.when,
        semantics: question.semantics,
        role_drafts: question.unsaved.role_drafts,
        privilege: question.unsaved.privilege.clone(),
        expect,
    })
}
