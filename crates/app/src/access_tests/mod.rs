//! Tests of access: what somebody may or may not do, asked again after every change.
//!
//! A test is a question of the simulator with the answer that is expected. Tests are kept in the
//! workspace, and in files that can live beside other code.

mod batch;
mod form;
mod naming;
mod run;

use reeve_domain::project::Semantics;
use reeve_policy::decide::Outcome;
use reeve_store::access_test::SavedTest;

use crate::error::DeedError;
use crate::journal::new_id;
use crate::reeve::Reeve;
use crate::simulate::{Place, Question, Verdict, What, When};

pub use batch::{BatchLine, LINES_MAX, batch_from_text};
pub use form::{TestFormError, tests_from_text, tests_to_text};
use naming::named;
use run::run;
pub use run::run_without_project;

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
