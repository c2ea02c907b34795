//! Runs files of tests: what somebody may or may not do, against a workspace or against rules in
//! files beside the tests.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use chrono::Utc;
use reeve_app::access_tests::{
    AccessTest, Expected, Named, TestResult, TestRun, run_without_project, tests_from_text,
};
use reeve_app::simulate::{Decided, Verdict};
use reeve_policy::explain::{explain, explain_operation};
use serde_json::{Value as Json, json};

use crate::Ending;
use crate::args::Test;
use crate::check::member::open;
use crate::error::CliError;

/// Runs every test of every file, and says which failed and why.
pub fn run(arguments: &Test) -> Result<Ending, CliError> {
    let reeve = arguments.workspace.as_deref().map(open).transpose()?;
    let mut files = Vec::new();
    for file in &arguments.files {
        let tests = read(file)?;
        let runs = match &reeve {
            Some(reeve) => reeve.run_tests(tests).map_err(CliError::Deed)?,
            None => tests
                .into_iter()
                .map(|test| run_without_project(test, Utc::now()))
                .collect(),
        };
        files.push((file, runs));
    }
    let all = || files.iter().flat_map(|(_, runs)| runs);
    let output = if arguments.json {
        let list: Vec<Json> = files
            .iter()
            .flat_map(|(file, runs)| runs.iter().map(|run| as_json(file, run)))
            .collect();
        format!("{:#}\n", Json::Array(list))
    } else {
        as_text(&files)
    };
    std::io::stdout().lock().write_all(output.as_bytes())?;
    let broken = |run: &TestRun| matches!(run.result, TestResult::Broken(_));
    Ok(if all().any(broken) {
        Ending::NoAnswer
    } else if all().all(TestRun::passed) {
        Ending::Yes
    } else {
        Ending::No
    })
}

/// The tests of a file, with the rules that they name read from beside it.
fn read(file: &Path) -> Result<Vec<AccessTest>, CliError> {
    let text = text_of(file)?;
    let mut tests = tests_from_text(&text).map_err(|source| CliError::Tests {
        path: file.to_owned(),
        source,
    })?;
    let folder = file.parent().unwrap_or(Path::new(""));
    for test in &mut tests {
        if let Named::RulesFile(named) = &test.who {
            test.who = Named::Rules {
                rules: rules_of(&folder.join(named))?,
                folder_rules: None,
            };
        }
    }
    Ok(tests)
}

/// The list of rules in a file, which may stand under `permissions` or `rules`.
fn rules_of(file: &Path) -> Result<String, CliError> {
    let text = text_of(file)?;
    let json: Option<Json> = serde_json::from_str(&text).ok();
    let list = json.as_ref().and_then(|json| {
        let under = |key: &str| json.get(key).filter(|value| value.is_array());
        under("permissions").or_else(|| under("rules"))
    });
    // What is no JSON is said by whoever reads the rules.
    Ok(list.map_or(text, Json::to_string))
}

fn text_of(file: &Path) -> Result<String, CliError> {
    fs::read_to_string(file).map_err(|source| CliError::Input {
        path: file.to_owned(),
        source,
    })
}

fn as_text(files: &[(&std::path::PathBuf, Vec<TestRun>)]) -> String {
    let mut text = String::new();
    let (mut passed, mut failed) = (0, 0);
    for (file, runs) in files {
        for (number, run) in runs.iter().enumerate() {
            if run.passed() {
                passed += 1;
                continue;
            }
            failed += 1;
            let name = name_of(run, number);
            let _ = writeln!(text, "FAILED {}: {name}", file.display());
            for line in reason(run).lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    let _ = writeln!(text, "{passed} passed, {failed} failed");
    text
}

fn name_of(run: &TestRun, number: usize) -> String {
    if run.name.is_empty() {
        format!("test {}", number + 1)
    } else {
        run.name.clone()
    }
}

fn reason(run: &TestRun) -> String {
    let expected = run.test.as_ref().map_or("", |test| test.expect.word());
    match &run.result {
        TestResult::Passed(_) => String::new(),
        TestResult::Failed(verdict) => format!(
            "expected {expected}, but it is {}\n{}",
            Expected::of(verdict).word(),
            words(verdict)
        ),
        TestResult::Broken(problem) => format!("it cannot be asked: {problem}"),
    }
}

/// The answer in sentences, with what it depends on.
fn words(verdict: &Verdict) -> String {
    let name = verdict.asked.name();
    let explanation = match &verdict.decided {
        Decided::Action(decision) => explain(&name, decision, verdict.change),
        Decided::Operation(decision) => explain_operation(&name, decision, verdict.change),
    };
    let mut text = explanation.to_string();
    if !verdict.depends_on.is_empty() {
        let open: Vec<&str> = verdict.depends_on.iter().map(String::as_str).collect();
        let _ = write!(
            text,
            "\nIt depends on what was left open: {}.",
            open.join(", ")
        );
    }
    text
}

fn as_json(file: &Path, run: &TestRun) -> Json {
    let answer = match &run.result {
        TestResult::Passed(verdict) | TestResult::Failed(verdict) => {
            json!(Expected::of(verdict).word())
        }
        TestResult::Broken(_) => Json::Null,
    };
    json!({
        "file": file.display().to_string(),
        "name": run.name,
        "passed": run.passed(),
        "expected": run.test.as_ref().map(|test| test.expect.word()),
        "answer": answer,
        "reason": (!run.passed()).then(|| reason(run)),
    })
}
