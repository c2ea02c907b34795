//! How SQLite means to carry out a statement, for tests that it uses what it was given.

use rusqlite::Connection;

use crate::migration;

/// The steps of the plan of `sql` over an empty workspace.
pub(crate) fn of(sql: &str) -> Vec<String> {
    let mut connection = Connection::open_in_memory().unwrap();
    migration::migrate(&mut connection).unwrap();
    let mut statement = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let mut rows = statement.raw_query();
    let mut steps = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        steps.push(row.get("detail").unwrap());
    }
    steps
}

/// Whether the plan sorts something.
pub(crate) fn sorts(plan: &[String]) -> bool {
    plan.iter().any(|step| step.contains("TEMP B-TREE"))
}

/// The steps that read all of something that is stored; what a step before has read is not.
pub(crate) fn scans(plan: &[String]) -> Vec<&String> {
    let passing = ["VIRTUAL TABLE", "CONSTANT ROW", "(subquery-", "SCAN ending"];
    plan.iter()
        .filter(|step| step.starts_with("SCAN"))
        .filter(|step| !passing.iter().any(|kind| step.contains(kind)))
        .collect()
}
