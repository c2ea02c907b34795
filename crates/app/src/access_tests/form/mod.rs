//! Tests as text: JSON objects and files of YAML with such objects under `tests`.
//!
//! A file is read strictly: a key that is not known is refused with its place, since a test that is
//! not the one meant proves nothing.

mod place;
mod reader;

use reeve_domain::project::Semantics;
use reeve_domain::rule::{Action, Subject};
use serde_json::{Map, Value, json};

use super::{AccessTest, Expected, Named};
use crate::journal::{instant_text, read_instant};
use crate::simulate::{Place, What, When};
use place::{PLACE_KEYS, place_from, place_to};
pub(super) use reader::Reader;

/// Why a text holds no tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TestFormError {
    /// The text is not YAML.
    #[error("this is not YAML: {0}")]
    NotYaml(String),
    /// A line of a batch cannot be read.
    #[error("{0}")]
    NotRead(String),
    /// Something in it is not what it must be.
    #[error("{place}: {message}")]
    Wrong {
        /// Where, such as `tests.2.expect`.
        place: String,
        /// What is wrong and what to do.
        message: String,
    },
}

/// Reads a file of tests.
pub fn tests_from_text(text: &str) -> Result<Vec<AccessTest>, TestFormError> {
    let file: Value =
        serde_saphyr::from_str(text).map_err(|error| TestFormError::NotYaml(error.to_string()))?;
    let file = Reader::new(&file, "");
    let object = file.object()?;
    file.knows(&["tests", "server"])?;
    let server = match object.get("server") {
        None => None,
        Some(_) => file.server("server")?,
    };
    let list = file.at("tests")?;
    let Value::Array(items) = list.value else {
        return Err(list.wrong("a list of tests is needed"));
    };
    items
        .iter()
        .enumerate()
        .map(|(number, item)| {
            let mut read = test_from(&Reader::new(item, &format!("tests.{number}")))?;
            read.semantics = read.semantics.or(server);
            Ok(read)
        })
        .collect()
}

/// A file of `tests`.
pub fn tests_to_text(tests: &[AccessTest]) -> String {
    let list: Vec<Value> = tests.iter().map(test_to_json).collect();
    let file = json!({ "tests": list });
    // Every JSON text is YAML, so this never needs its second half.
    serde_saphyr::to_string(&file).unwrap_or_else(|_| format!("{file:#}\n"))
}

/// Reads a test that was saved.
pub(super) fn test_from_json(text: &str) -> Result<AccessTest, TestFormError> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| TestFormError::NotYaml(error.to_string()))?;
    read_test(&Reader::new(&value, ""))
}

/// Reads a test that somebody wrote. What would say nothing is refused, unlike in one that was saved.
pub(super) fn test_from(test: &Reader<'_>) -> Result<AccessTest, TestFormError> {
    let read = read_test(test)?;
    if let (What::Operation(_), Some((key, _))) = (&read.what, read.place.others.first()) {
        return Err(test.at("where")?.wrong(&format!(
            "no part of a place is called `{key}`; the parts are {}",
            PLACE_KEYS.map(|key| format!("`{key}`")).join(", ")
        )));
    }
    Ok(read)
}

fn read_test(test: &Reader<'_>) -> Result<AccessTest, TestFormError> {
    test.knows(&[
        "name", "who", "what", "where", "at", "server", "expect", "drafts", "with",
    ])?;
    let object = test.object()?;
    let who = who_from(&test.at("who")?)?;
    let what = what_from(&test.at("what")?)?;
    let place = match object.get("where") {
        None | Some(Value::Null) => Place::default(),
        Some(_) => place_from(&test.at("where")?, &what)?,
    };
    Ok(AccessTest {
        name: test.optional_text("name")?.unwrap_or_default(),
        who,
        what,
        place,
        when: when_from(test)?,
        semantics: test.server("server")?,
        role_drafts: matches!(object.get("drafts"), Some(Value::Bool(true))),
        privilege: rules_text(object.get("with")),
        expect: expected_from(&test.at("expect")?)?,
    })
}

/// A test as JSON, in the form of an item of a file.
pub(super) fn test_to_json(test: &AccessTest) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    if !test.name.is_empty() {
        put("name", json!(test.name));
    }
    put("who", who_to(&test.who));
    put("what", what_to(&test.what));
    let place = place_to(&test.place, &test.what);
    if place.as_object().is_some_and(|object| !object.is_empty()) {
        put("where", place);
    }
    match test.when {
        When::Now => {}
        When::AfterTimed => put("at", json!("after-timed")),
        When::At(at) => put("at", json!(instant_text(at))),
    }
    if let Some(semantics) = test.semantics {
        put("server", json!(server_word(semantics)));
    }
    if test.role_drafts {
        put("drafts", json!(true));
    }
    if let Some(rules) = &test.privilege {
        put("with", json_of(rules));
    }
    put("expect", json!(test.expect.word()));
    Value::Object(object)
}

fn who_from(who: &Reader<'_>) -> Result<Named, TestFormError> {
    if let Value::String(name) = who.value {
        return Ok(Named::Member(name.clone()));
    }
    let object = who.object()?;
    who.knows(&["member", "group", "name", "role", "rules", "folderRules"])?;
    for key in ["member", "group"] {
        if object.contains_key(key) {
            return Ok(Named::Member(who.text(key)?));
        }
    }
    if object.contains_key("role") {
        return Ok(Named::Role(who.text("role")?));
    }
    match object.get("rules") {
        Some(Value::String(file)) => Ok(Named::RulesFile(file.clone())),
        Some(rules @ Value::Array(_)) => Ok(Named::Rules {
            rules: rules.to_string(),
            folder_rules: rules_text(object.get("folderRules")),
        }),
        _ => Err(who.wrong("say `member`, `role` or `rules`")),
    }
}

fn who_to(who: &Named) -> Value {
    match who {
        Named::Member(member) => json!(member),
        Named::Role(role) => json!({ "role": role }),
        Named::RulesFile(file) => json!({ "rules": file }),
        Named::Rules {
            rules,
            folder_rules: None,
        } => json!({ "rules": json_of(rules) }),
        Named::Rules {
            rules,
            folder_rules: Some(folder),
        } => json!({ "rules": json_of(rules), "folderRules": json_of(folder) }),
    }
}

fn rules_text(value: Option<&Value>) -> Option<String> {
    match value {
        None | Some(Value::Null) => None,
        Some(value) => Some(value.to_string()),
    }
}

/// Rules as JSON again; text that is none stays text.
fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

fn what_from(what: &Reader<'_>) -> Result<What, TestFormError> {
    let Value::String(text) = what.value else {
        return Err(what.wrong(
            "name an operation such as `secret.read-value`, or an action such as \
             `secrets:readValue`",
        ));
    };
    Ok(match text.split_once(':') {
        Some((subject, action)) => What::Action(Subject::from(subject), Action::from(action)),
        None => What::Operation(text.clone()),
    })
}

fn what_to(what: &What) -> Value {
    match what {
        What::Operation(id) => json!(id),
        What::Action(subject, action) => json!(format!("{subject}:{action}")),
    }
}

fn when_from(test: &Reader<'_>) -> Result<When, TestFormError> {
    match test.optional_text("at")?.as_deref() {
        None | Some("now") => Ok(When::Now),
        Some("after-timed") => Ok(When::AfterTimed),
        Some(written) => read_instant(written).map(When::At).ok_or_else(|| {
            test.wrong_at(
                "at",
                "write `now`, `after-timed` or an instant such as `2026-01-31T12:00:00Z`",
            )
        }),
    }
}

fn expected_from(expect: &Reader<'_>) -> Result<Expected, TestFormError> {
    let word = expect.value.as_str().unwrap_or_default();
    Expected::ALL
        .into_iter()
        .find(|expected| expected.word() == word)
        .ok_or_else(|| expect.wrong("write `allowed`, `denied`, `depends`, `error` or `unknown`"))
}

fn server_word(semantics: Semantics) -> &'static str {
    match semantics {
        Semantics::ForbidWins => "forbid-wins",
        Semantics::LastMatch => "last-match",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "
server: last-match
tests:
  - name: the deployer reads what it deploys
    who: ci-deployer
    what: secret.read-value
    where: {environment: prod, path: /app/api, name: 42, tags: []}
    expect: allowed
  - who: {role: viewer}
    what: secrets:edit
    where: prod:/payments
    at: 2026-03-01T00:00:00Z
    server: forbid-wins
    expect: denied
  - who: {rules: [{subject: secrets, action: readValue}]}
    what: identity:edit
    where: {metadata: {team: db}, identityId: i1}
    at: after-timed
    expect: depends
  - who: ana
    what: import.create
    where: {environment: dev, path: /a, fromEnvironment: prod, fromPath: /b}
    expect: denied
  - who: ana
    what: secret.move
    where: {environment: dev, path: /a, name: K, toEnvironment: prod, toPath: /b}
    expect: denied
";

    #[test]
    fn a_file_says_the_same_after_it_was_written_again() {
        let tests = tests_from_text(FILE).unwrap();
        let [first, second, third, import, deed] = tests.as_slice() else {
            panic!("five tests");
        };
        assert_eq!(first.semantics, Some(Semantics::LastMatch));
        assert_eq!(first.place.situation.secret_name.as_deref(), Some("42"));
        assert_eq!(first.place.situation.secret_tags, Some(Vec::new()));
        assert_eq!(second.place.situation.environment.as_deref(), Some("prod"));
        assert_eq!(second.semantics, Some(Semantics::ForbidWins));
        assert_eq!(third.place.others, [("identityId".into(), "i1".into())]);
        assert_eq!(import.place.situation.second_place(), "prod:/b");
        assert_eq!(deed.place.situation.second_place(), "prod:/b");
        let written = tests_to_text(&tests);
        assert_eq!(written.matches("fromEnvironment: prod").count(), 1);
        assert_eq!(written.matches("toEnvironment: prod").count(), 1);
        assert_eq!(tests_from_text(&written).unwrap(), tests);
    }

    #[test]
    fn what_is_not_a_test_is_refused_with_its_place() {
        for (text, place) in [
            ("tests: 3", "tests"),
            ("- a", "the file"),
            ("test: []", "test"),
            ("tests: [{who: a, what: b}]", "tests.0.expect"),
            ("tests: [{who: a, what: b, expect: yes}]", "tests.0.expect"),
            ("tests: [{who: {}, what: b, expect: denied}]", "tests.0.who"),
            (
                "tests: [{who: a, what: b, expect: denied, were: x}]",
                "tests.0.were",
            ),
            (
                "tests: [{who: a, what: b, expect: denied, where: prod}]",
                "tests.0.where",
            ),
            (
                "tests: [{who: a, what: b, expect: denied, where: {tags: pci}}]",
                "tests.0.where.tags",
            ),
            (
                "tests: [{who: a, what: b, expect: denied, at: soon}]",
                "tests.0.at",
            ),
            (
                "tests: [{who: a, what: dynamic.lease, expect: denied, where: {identityId: i1}}]",
                "tests.0.where",
            ),
            (
                "tests: [{who: a, what: secret.move, expect: denied, where: {fromPath: /b}}]",
                "tests.0.where.fromPath",
            ),
            (
                "tests: [{who: a, what: import.create, expect: denied, \
                 where: {fromPath: /b, toPath: /c}}]",
                "tests.0.where.toPath",
            ),
        ] {
            match tests_from_text(text) {
                Err(TestFormError::Wrong { place: found, .. }) => {
                    assert_eq!(found, place, "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        assert!(matches!(
            tests_from_text("tests: ["),
            Err(TestFormError::NotYaml(_))
        ));
    }
}
