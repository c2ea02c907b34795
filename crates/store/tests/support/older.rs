//! Files as older builds made them.

use std::path::Path;

use reeve_store::workspace::Workspace;
use rusqlite::Connection;

/// The released steps of the schema.
const STEPS: [&str; 6] = [
    include_str!("../../../../migrations/0001_workspace.sql"),
    include_str!("../../../../migrations/0002_role_draft.sql"),
    include_str!("../../../../migrations/0003_grants.sql"),
    include_str!("../../../../migrations/0004_history_chain.sql"),
    include_str!("../../../../migrations/0005_access_test.sql"),
    include_str!("../../../../migrations/0006_pulled.sql"),
];

/// Makes an empty workspace at `path` with the first `version` steps only.
pub fn make(path: &Path, version: usize) -> Connection {
    let folder = tempfile::tempdir().unwrap();
    let newest = folder.path().join("newest.reeve");
    drop(Workspace::create(&newest).unwrap());
    let raw = Connection::open(path).unwrap();
    for step in &STEPS[..version] {
        raw.execute_batch(step).unwrap();
    }
    raw.execute("ATTACH ?1 AS newest", [newest.to_str().unwrap()])
        .unwrap();
    raw.execute_batch(&format!(
        "CREATE TABLE migration (version INTEGER PRIMARY KEY, checksum TEXT NOT NULL) STRICT;
         INSERT INTO migration SELECT * FROM newest.migration WHERE version <= {version};
         DETACH newest;
         PRAGMA application_id = {APPLICATION_ID};
         PRAGMA user_version = {version};"
    ))
    .unwrap();
    raw
}

/// `ReeV`, which marks the files of this program.
const APPLICATION_ID: i32 = 0x5265_6556;
