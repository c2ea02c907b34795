//! What is to be known about the values that conditions compare with.

mod paths;

use reeve_domain::value::Value;

use super::{Notes, Severity, Step};
use crate::boundary::glob_text::is_glob;
use crate::catalogue::{PropertyEntry, ValueForm};
use crate::glob::{Diagnosis, Glob};

/// The values of one test that are of the right type.
struct Values<'a> {
    /// Written as a bare text.
    bare: Option<&'a str>,
    eq: Option<&'a str>,
    ne: Option<&'a str>,
    glob: Option<&'a str>,
    among: Option<Vec<&'a str>>,
    all: Option<Vec<&'a str>>,
}

impl<'a> Values<'a> {
    fn read(test: &'a Value) -> Self {
        let operators = test.as_object();
        let single = |name: &str| operators?.get(name)?.as_text();
        let list = |name: &str| {
            let items = operators?.get(name)?.as_list()?;
            items.iter().map(Value::as_text).collect()
        };
        Self {
            bare: test.as_text(),
            eq: single("$eq"),
            ne: single("$ne"),
            glob: single("$glob"),
            among: list("$in"),
            all: list("$all"),
        }
    }
}

/// Notes what is to be known about the values of `test`, which stands at `path`.
pub fn note(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], test: &Value) {
    let values = Values::read(test);
    let under =
        |operator| -> Vec<Step<'_>> { path.iter().copied().chain([Step::Key(operator)]).collect() };
    if let Some(value) = values.bare {
        note_equal(notes, entry, path, value);
    }
    if let Some(value) = values.eq.filter(|value| entry_takes(entry, "$eq", value)) {
        note_equal(notes, entry, &under("$eq"), value);
    }
    if let Some(value) = values.ne.filter(|value| entry_takes(entry, "$ne", value)) {
        note_not_equal(notes, entry, &under("$ne"), value);
    }
    if let Some(list) = values.among.as_ref().filter(|_| takes(entry, "$in")) {
        note_list(notes, entry, &under("$in"), list);
    }
    if values.all.as_ref().is_some_and(Vec::is_empty) && takes(entry, "$all") {
        notes.add(
            notes.when_wider(),
            "empty-list",
            &under("$all"),
            format!("Contains All of nothing holds for any {}", entry.title),
            "list what must be there, or remove the condition".to_owned(),
        );
    }
    if let Some(pattern) = values
        .glob
        .filter(|value| entry_takes(entry, "$glob", value))
    {
        note_glob(notes, entry, &under("$glob"), pattern);
    }
    note_contradiction(notes, entry, path, &values);
}

fn takes(entry: &PropertyEntry, operator: &str) -> bool {
    entry
        .operators
        .iter()
        .any(|known| known.as_wire() == operator)
}

/// Whether the server keeps the operator and takes the value.
fn entry_takes(entry: &PropertyEntry, operator: &str, value: &str) -> bool {
    takes(entry, operator) && !value.is_empty()
}

fn note_equal(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], value: &str) {
    if is_templated(value) {
        return;
    }
    if let Some((why, remedy)) = never_stored(entry, value) {
        let never = notes.never();
        notes.add(
            notes.when_never(),
            "never-equal",
            path,
            format!("{}: {why}, so this never holds, and {never}", entry.title),
            remedy,
        );
    } else {
        note_literal_signs(notes, entry, path, value);
    }
}

fn note_not_equal(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], value: &str) {
    if is_templated(value) {
        return;
    }
    if let Some((why, remedy)) = never_stored(entry, value) {
        notes.add(
            notes.when_wider(),
            "always-unequal",
            path,
            format!("{}: {why}, so this always holds", entry.title),
            remedy,
        );
    } else {
        note_literal_signs(notes, entry, path, value);
    }
}

/// Why no attribute is ever equal to `value`, and what to write instead.
fn never_stored(entry: &PropertyEntry, value: &str) -> Option<(String, String)> {
    if value.trim() != value {
        return Some((
            format!("`{value}` begins or ends with a blank, which the server keeps"),
            format!("write `{}`", value.trim()),
        ));
    }
    if entry.form == ValueForm::Path && value.starts_with('/') {
        return paths::never_stored(value);
    }
    None
}

fn note_literal_signs(
    notes: &mut Notes<'_>,
    entry: &PropertyEntry,
    path: &[Step<'_>],
    value: &str,
) {
    if value.contains('*') {
        let glob = takes(entry, "$glob");
        notes.add(
            Severity::Surprising,
            "literal-star",
            path,
            format!(
                "{}: the `*` in `{value}` stands for itself here",
                entry.title
            ),
            if glob {
                "use Glob Match (`$glob`) for patterns".to_owned()
            } else {
                format!(
                    "{} takes no patterns; list the values with In (`$in`)",
                    entry.title
                )
            },
        );
    } else if value.contains(',') && matches!(entry.property.as_str(), "environment" | "secretPath")
    {
        notes.add(
            Severity::Surprising,
            "literal-comma",
            path,
            format!(
                "{}: `{value}` is compared as one text, comma and all",
                entry.title
            ),
            "use In (`$in`) for several values".to_owned(),
        );
    }
}

fn note_list(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], list: &[&str]) {
    if list.is_empty() {
        let never = notes.never();
        notes.add(
            notes.when_never(),
            "empty-list",
            path,
            format!(
                "{} is in an empty list: this never holds, and {never}",
                entry.title
            ),
            "list at least one value, or remove the condition".to_owned(),
        );
    }
    for (at, value) in list.iter().enumerate() {
        let path: Vec<Step<'_>> = path.iter().copied().chain([Step::Item(at)]).collect();
        // The server trims the elements of lists.
        let value = value.trim();
        if is_templated(value) {
            continue;
        }
        match never_stored(entry, value) {
            Some((why, remedy)) => notes.add(
                Severity::Ineffective,
                "never-equal",
                &path,
                format!("{}: {why}, so nothing is ever equal to it", entry.title),
                remedy,
            ),
            None => note_literal_signs(notes, entry, &path, value),
        }
    }
}

fn note_glob(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], pattern: &str) {
    if entry.list_valued {
        notes.add(
            Severity::Dangerous,
            "glob-on-list",
            path,
            format!(
                "{} is a list, and the server fails when it matches a list with a glob: every \
                 request that reaches this rule is an error",
                entry.title
            ),
            "use In (`$in`)".to_owned(),
        );
    } else if entry.property.as_str() == "secretName" {
        notes.add(
            Severity::Surprising,
            "glob-on-optional",
            path,
            "some checks are about a folder and have no secret name, such as the one before an \
             import is added; the server answers them with an error when they reach this glob"
                .to_owned(),
            "put conditions on environment and path first, or use In (`$in`)".to_owned(),
        );
    }
    if is_templated(pattern) {
        return;
    }
    let glob = Glob::new(pattern);
    for diagnosis in glob.diagnoses() {
        notes.add(
            weight(*diagnosis),
            "glob",
            path,
            format!("{}: {diagnosis}", entry.title),
            "write a simpler pattern, and try it on your folders".to_owned(),
        );
    }
    if entry.form == ValueForm::Path && paths::matches_no_path(&glob) {
        let never = notes.never();
        notes.add(
            notes.when_never(),
            "glob-matches-nothing",
            path,
            format!("no path of a folder matches `{pattern}`, and {never}"),
            paths::remedy(pattern),
        );
    } else if !is_glob(pattern) && !pattern.starts_with('!') {
        note_plain_glob(notes, entry, path, pattern);
    }
}

fn note_plain_glob(notes: &mut Notes<'_>, entry: &PropertyEntry, path: &[Step<'_>], pattern: &str) {
    let remedy = if entry.form == ValueForm::Path {
        format!(
            "write `{}/**` for the folder and all below it",
            pattern.trim_end_matches('/')
        )
    } else {
        "use Equal (`$eq`)".to_owned()
    };
    notes.add(
        Severity::Surprising,
        "glob-without-wildcard",
        path,
        format!(
            "{}: `{pattern}` has no wildcard and matches only itself",
            entry.title
        ),
        remedy,
    );
}

fn weight(diagnosis: Diagnosis) -> Severity {
    match diagnosis {
        Diagnosis::HangsServer
        | Diagnosis::FailsOnServer
        | Diagnosis::ExponentialBacktracking
        | Diagnosis::RiskyRepeat
        | Diagnosis::LostText => Severity::Dangerous,
        _ => Severity::Surprising,
    }
}

/// Tests of one property that cannot hold together.
fn note_contradiction(
    notes: &mut Notes<'_>,
    entry: &PropertyEntry,
    path: &[Step<'_>],
    values: &Values<'_>,
) {
    if entry.list_valued {
        return;
    }
    let candidates = match (values.eq, &values.among) {
        (Some(eq), _) => vec![eq],
        (None, Some(list)) => list.clone(),
        (None, None) => return,
    };
    let glob = values.glob.map(Glob::new);
    let passes = |value: &&str| {
        let listed = values
            .among
            .as_ref()
            .is_none_or(|list| list.contains(value));
        let matches = glob
            .as_ref()
            .is_none_or(|glob| glob.matches(value) != Ok(false));
        listed && matches && values.ne != Some(*value)
    };
    let templated = candidates
        .iter()
        .copied()
        .chain(values.ne)
        .chain(values.glob)
        .any(is_templated);
    if templated || candidates.is_empty() || candidates.iter().any(passes) {
        return;
    }
    let never = notes.never();
    notes.add(
        notes.when_never(),
        "contradiction",
        path,
        format!(
            "the tests of {} cannot hold together, and {never}",
            entry.title
        ),
        "all tests of one property must hold; make several rules for \"one or the other\""
            .to_owned(),
    );
}

fn is_templated(value: &str) -> bool {
    value.contains("{{")
}
