//! Tests of access.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::simulate::{OutcomeKind, SimulateRequest, TextPart, Verdict};

/// All tests with what comes of them now.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessTestList {
    /// The tests, in the order in which they were saved.
    pub tests: Vec<AccessTestView>,
    /// How many passed.
    pub passed: u32,
    /// How many failed or could not be asked.
    pub failed: u32,
}

/// A test with what comes of it now.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AccessTestView {
    /// Its id.
    pub id: String,
    /// What it is called; made from the question if it has no name.
    pub name: String,
    /// Whom it names.
    pub who: String,
    /// What they would do, in words.
    pub what: String,
    /// The place, such as `prod:/payments/STRIPE_KEY`.
    pub place: String,
    /// What is expected; `None` if what is saved is no test.
    pub expect: Option<OutcomeKind>,
    /// Whether the answer is the expected one.
    pub passed: bool,
    /// The question, to be asked again; `None` if it could not be put.
    pub question: Option<SimulateRequest>,
    /// The answer; `None` if there is none.
    pub verdict: Option<Verdict>,
    /// Why the question could not be put.
    pub problem: Option<String>,
}

/// A check to be saved as a test.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SaveTestRequest {
    /// What to call it; may be empty.
    pub name: String,
    /// The question.
    pub question: SimulateRequest,
    /// What is expected.
    pub expect: OutcomeKind,
}

/// Many questions at once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchRequest {
    /// Lines of JSON, or a table with a head.
    pub text: String,
}

/// The answers, line by line.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchAnswer {
    /// The answers, in the order of the lines.
    pub rows: Vec<BatchRow>,
}

/// The answer to one line.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BatchRow {
    /// The number of the line, from 1.
    pub line: u32,
    /// Whether the line says what is expected.
    pub expects: bool,
    /// Whom it names.
    pub who: String,
    /// What they would do, in words.
    pub what: String,
    /// The place.
    pub place: String,
    /// What is expected, if the line says.
    pub expect: Option<OutcomeKind>,
    /// The answer; `None` if the question could not be put.
    pub outcome: Option<OutcomeKind>,
    /// The answer as a sentence.
    pub sentence: Vec<TextPart>,
    /// When the answer changes, if something timed makes it change.
    pub until: Option<String>,
    /// Why the question could not be put.
    pub problem: Option<String>,
    /// What is odd about the question; the answer is to the question as it was put.
    pub remarks: Vec<String>,
    /// The question, to be looked at alone.
    pub question: Option<SimulateRequest>,
}

/// A test was saved.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedTestAnswer {
    /// Its id.
    pub id: String,
}

/// A test and the answer it shall expect.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectOfTestRequest {
    /// The id of the test.
    pub id: String,
    /// What is expected.
    pub expect: OutcomeKind,
}

/// One test.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TestRequest {
    /// The id of the test.
    pub id: String,
}

/// A file of tests.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportTestsRequest {
    /// The text of the file.
    pub text: String,
}

/// What came of adding a file of tests.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportTestsAnswer {
    /// How many were added.
    pub added: u32,
    /// Why none was, with the place in the file.
    pub problem: Option<String>,
}

/// A file of tests.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportTestsAnswer {
    /// The text of the file.
    pub text: String,
}
