//! Differences of meaning as people read them, held word for word to the texts in `tests/cases`.
//!
//! `REEVE_WRITE_CASES=1` writes the texts anew; read them before they are committed.

mod book;
mod chapters;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_analysis::{Cache, Scope, Universe, difference, words};
use reeve_domain::lifetime::Lifetime;
use reeve_domain::project::{CatalogueEdition, Semantics};
use reeve_policy::assemble::{Assembly, Grant, Source, assemble_as_written};
use reeve_policy::catalogue::predefined_roles;
use reeve_policy::compile::{CompileCache, CompiledRules, compile};

use book::{Book, project};

const EDITION: CatalogueEdition = CatalogueEdition::Current;

fn told(before: &CompiledRules, after: &CompiledRules, universe: &Universe) -> String {
    let cache = Cache::new();
    let difference = difference(before, after, &Scope::new(universe, &cache)).unwrap();
    let report = words::report(&difference, EDITION);
    let mut text = format!("{}\n", report.verdict);
    for line in report.lines() {
        writeln!(text, "{line}").unwrap();
    }
    for limit in &report.limits {
        writeln!(text, "not everything was looked at: {limit}").unwrap();
    }
    text
}

#[track_caller]
fn holds(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("cases")
        .join(file);
    if std::env::var_os("REEVE_WRITE_CASES").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (at, (is, should)) in text.lines().zip(expected.lines()).enumerate() {
        assert_eq!(is, should, "{file}, line {}", at + 1);
    }
    assert_eq!(text.lines().count(), expected.lines().count(), "{file}");
}

fn compiled(assembly: &Assembly) -> CompiledRules {
    compile(assembly, &mut CompileCache::new())
}

#[test]
fn differences_read_as_an_admin_would_say_them() {
    let mut book = Book::new();
    chapters::write(&mut book);
    assert!(book.count >= 25, "{}", book.count);
    holds("differences.txt", &book.text);
}

#[test]
fn the_default_roles_differ_as_told() {
    let universe = project();
    let roles: Vec<(&str, CompiledRules)> = predefined_roles(EDITION)
        .iter()
        .map(|role| {
            let grant = Grant {
                source: Source::AdHoc {
                    label: Arc::from(&*role.slug),
                },
                lifetime: Lifetime::Permanent,
                rules: role.rules.clone(),
            };
            let at = DateTime::<Utc>::UNIX_EPOCH;
            let assembly = assemble_as_written(&[grant], Semantics::ForbidWins, at);
            (&*role.slug, compiled(&assembly))
        })
        .collect();
    let mut text = String::new();
    for (a, before) in &roles {
        for (b, after) in roles.iter().filter(|(b, _)| b != a) {
            writeln!(text, "## {a} → {b}").unwrap();
            writeln!(text, "{}", told(before, after, &universe)).unwrap();
        }
    }
    holds("default-roles.txt", &text);
}
