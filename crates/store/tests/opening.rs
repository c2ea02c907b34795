//! Making and opening workspaces, and what is refused without a trace.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail, and its numbers are small"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use reeve_store::open::OpenError;
use reeve_store::snapshot::Snapshot;
use reeve_store::workspace::Workspace;
use rusqlite::Connection;
use support::{Temporary, user};
use tempfile::TempDir;

/// What is in a folder: every file with its bytes and the time of its last change.
type Contents = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

fn contents(folder: &Path) -> Contents {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            let bytes = fs::read(&path).unwrap_or_default();
            (path, (bytes, changed))
        })
        .collect()
}

/// Opens `path`, which must be refused without a trace in its folder.
#[track_caller]
fn refused(path: &Path) -> OpenError {
    let folder = path.parent().unwrap();
    let before = contents(folder);
    let error = Workspace::open(path).unwrap_err();
    assert!(contents(folder) == before, "refusing left a trace: {error}");
    let message = error.to_string();
    assert!(message.contains(&*path.to_string_lossy()), "{message}");
    assert!(!message.ends_with('.'), "{message}");
    error
}

/// A workspace with some members, closed.
fn closed() -> (TempDir, PathBuf) {
    let Temporary { workspace, folder } = Temporary::new();
    workspace
        .writer()
        .transaction::<_, reeve_store::error::StoreError>(|transaction| {
            for number in 0..200 {
                transaction.insert_member(&user(&format!("m{number}"), "Someone"))?;
            }
            Ok(())
        })
        .unwrap();
    let path = workspace.path().to_owned();
    (folder, path)
}

fn pragma(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
    connection.close().unwrap();
}

#[test]
fn a_workspace_that_was_made_can_be_opened_and_is_one_file_when_closed() {
    let (folder, path) = closed();
    assert_eq!(contents(folder.path()).keys().collect::<Vec<_>>(), [&path]);
    let workspace = Workspace::open(&path).unwrap();
    assert_eq!(workspace.path(), path);
    let counts = workspace.reader().read(Snapshot::member_counts);
    assert_eq!(counts.unwrap().users, 200);
    assert_eq!(workspace.first_damage().unwrap(), None);
    drop(workspace);
    assert_eq!(contents(folder.path()).keys().collect::<Vec<_>>(), [&path]);
}

#[test]
fn opening_again_and_again_changes_nothing_in_the_file() {
    let (_folder, path) = closed();
    let before = fs::read(&path).unwrap();
    for _ in 0..3 {
        drop(Workspace::open(&path).unwrap());
    }
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn nothing_is_made_where_something_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "mine").unwrap();
    let error = Workspace::create(&path).unwrap_err();
    assert!(matches!(error, OpenError::AlreadyExists { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    let error = Workspace::create(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::AlreadyExists { .. }), "{error}");
}

#[test]
fn an_empty_file_that_a_crash_left_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.reeve");
    fs::write(&path, "").unwrap();
    drop(Workspace::create(&path).unwrap());
    let workspace = Workspace::open(&path).unwrap();
    let ann = user("u1", "Ann");
    workspace
        .writer()
        .transaction(|transaction| transaction.insert_member(&ann))
        .unwrap();
    let read = workspace.reader().read(|snapshot| snapshot.member(&ann.id));
    assert_eq!(read.unwrap(), Some(ann));
}

#[test]
fn nothing_is_made_in_a_folder_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = Workspace::create(&missing.join("new.reeve")).unwrap_err();
    assert!(
        matches!(&error, OpenError::NotFound { path } if *path == missing),
        "{error}"
    );
}

#[test]
fn a_file_that_is_not_there_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused(&folder.path().join("missing.reeve"));
    assert!(matches!(error, OpenError::NotFound { .. }), "{error}");
}

#[test]
fn what_is_no_workspace_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("short", b"SQLite format 3\0".to_vec()),
        ("text", b"garbage ".repeat(1000)),
        ("zeros", vec![0; 8192]),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, OpenError::NotAWorkspace { .. }),
            "{name}: {error}"
        );
    }
    fs::create_dir(folder.path().join("folder")).unwrap();
    let error = refused(&folder.path().join("folder"));
    assert!(matches!(error, OpenError::NotAWorkspace { .. }), "{error}");
}

#[test]
fn the_sqlite_file_of_another_program_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    for (name, sql) in [
        ("plain", "CREATE TABLE note (text TEXT)"),
        (
            "wal",
            "PRAGMA journal_mode = wal; CREATE TABLE note (text TEXT)",
        ),
        (
            "app",
            "PRAGMA application_id = 252006674; PRAGMA user_version = 1; CREATE TABLE member (a)",
        ),
    ] {
        let path = folder.path().join(name);
        pragma(&path, sql);
        let error = refused(&path);
        assert!(
            matches!(error, OpenError::NotAWorkspace { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn a_workspace_of_a_newer_reeve_is_refused_with_both_versions() {
    let (_folder, path) = closed();
    pragma(&path, "PRAGMA user_version = 1000");
    let own = {
        let (_folder, path) = closed();
        let version = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
        let connection = Connection::open(&path).unwrap();
        connection
            .pragma_query_value(None, "user_version", version)
            .unwrap()
    };
    let error = refused(&path);
    assert!(
        matches!(error, OpenError::NewerSchema { found: 1000, known, .. } if known == own),
        "{error}"
    );
}

#[test]
fn a_newer_version_that_is_only_in_the_log_of_a_crashed_program_is_refused_too() {
    let (folder, path) = closed();
    let elsewhere = folder.path().join("crashed");
    fs::create_dir(&elsewhere).unwrap();
    let copy = elsewhere.join("test.reeve");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA user_version = 1000")
        .unwrap();
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", path.display());
        fs::copy(from, format!("{}{suffix}", copy.display())).unwrap();
    }
    let before = contents(&elsewhere);
    let error = Workspace::open(&copy).unwrap_err();
    assert!(
        matches!(error, OpenError::NewerSchema { found: 1000, .. }),
        "{error}"
    );
    let after = contents(&elsewhere);
    for (file, stood) in before {
        assert!(after[&file].0 == stood.0, "{} changed", file.display());
    }
}

#[test]
fn what_a_crashed_program_had_committed_is_there() {
    let (folder, path) = closed();
    let copy = folder.path().join("copy.reeve");
    let workspace = Workspace::open(&path).unwrap();
    workspace
        .writer()
        .transaction(|transaction| transaction.insert_member(&user("late", "Late")))
        .unwrap();
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", path.display());
        fs::copy(from, format!("{}{suffix}", copy.display())).unwrap();
    }
    let recovered = Workspace::open(&copy).unwrap();
    let late = recovered
        .reader()
        .read(|snapshot| snapshot.member(&"late".into()));
    assert_eq!(late.unwrap().unwrap().name, "Late");
}

#[test]
fn a_schema_that_other_steps_made_is_refused() {
    let (_folder, path) = closed();
    pragma(&path, "UPDATE migration SET checksum = 'other'");
    let error = refused(&path);
    assert!(
        matches!(error, OpenError::OtherSchema { version: 1, .. }),
        "{error}"
    );
}

#[test]
fn a_truncated_workspace_is_damaged() {
    let (_folder, path) = closed();
    let whole = fs::read(&path).unwrap();
    for length in [whole.len() - 1, whole.len() / 2, 4096, 200] {
        fs::write(&path, &whole[..length]).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, OpenError::Corrupt { .. }),
            "{length}: {error}"
        );
    }
}

#[test]
fn a_workspace_with_overwritten_pages_is_damaged() {
    let (_folder, path) = closed();
    let whole = fs::read(&path).unwrap();
    let page = 4096;
    for first in [1, 4, 9] {
        let mut bytes = whole.clone();
        for byte in &mut bytes[first * page..(first + 2) * page] {
            *byte = 0xa5;
        }
        fs::write(&path, bytes).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, OpenError::Corrupt { .. }),
            "page {first}: {error}"
        );
    }
}

#[test]
fn a_workspace_that_another_program_keeps_to_itself_is_locked_and_opens_afterwards() {
    let (_folder, path) = closed();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE; DELETE FROM setting")
        .unwrap();
    let error = Workspace::open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    assert!(error.is_transient());
    drop(other);
    Workspace::open(&path).unwrap();
}

#[test]
fn a_workspace_that_another_program_is_writing_can_be_opened() {
    let (_folder, path) = closed();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("BEGIN IMMEDIATE; DELETE FROM setting")
        .unwrap();
    let workspace = Workspace::open(&path).unwrap();
    let counts = workspace.reader().read(Snapshot::member_counts);
    assert_eq!(counts.unwrap().users, 200);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use super::*;

    /// The user that owns nothing.
    const NOBODY: u32 = 65_534;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        contents(folder).into_keys().collect()
    }

    #[test]
    fn a_workspace_and_what_stands_beside_it_is_for_its_owner_alone() {
        let temporary = Temporary::new();
        temporary.write(|transaction| transaction.insert_member(&user("m", "Someone")));
        let files = files(temporary.folder.path());
        assert_eq!(files.len(), 3, "{files:?}");
        for file in files {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    #[test]
    fn a_pipe_is_no_workspace_and_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&path).status().unwrap();
        assert!(made.success());
        let error = Workspace::open(&path).unwrap_err();
        assert!(matches!(error, OpenError::NotAWorkspace { .. }), "{error}");
    }

    #[test]
    fn a_workspace_that_others_can_read_is_taken_back_when_it_is_opened() {
        let (folder, path) = closed();
        set_mode(&path, 0o664);
        let workspace = Workspace::open(&path).unwrap();
        workspace
            .writer()
            .transaction(|transaction| transaction.put_setting("key", "value"))
            .unwrap();
        for file in files(folder.path()) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    /// Permissions mean nothing to root, so that root runs this test again as nobody.
    #[test]
    fn what_cannot_be_written_is_refused() {
        let (folder, path) = closed();
        let is_root = fs::metadata(&path).unwrap().uid() == 0;
        if is_root && std::env::var_os("REEVE_TEST_AS_NOBODY").is_none() {
            return run_as_nobody("unix::what_cannot_be_written_is_refused");
        }

        set_mode(&path, 0o400);
        let error = refused(&path);
        assert!(matches!(error, OpenError::ReadOnly { .. }), "{error}");

        set_mode(&path, 0o600);
        set_mode(folder.path(), 0o500);
        let error = refused(&path);
        assert!(matches!(error, OpenError::ReadOnly { .. }), "{error}");
        let error = Workspace::create(&folder.path().join("new.reeve")).unwrap_err();
        assert!(matches!(error, OpenError::ReadOnly { .. }), "{error}");

        set_mode(folder.path(), 0o700);
        Workspace::open(&path).unwrap();
    }

    fn run_as_nobody(test: &str) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("test");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        let temporary = folder.path().join("tmp");
        fs::create_dir(&temporary).unwrap();
        set_mode(folder.path(), 0o755);
        set_mode(&program, 0o755);
        set_mode(&temporary, 0o777);
        let output = Command::new(&program)
            .args(["--exact", test, "--nocapture"])
            .env("REEVE_TEST_AS_NOBODY", "1")
            .env("TMPDIR", &temporary)
            .current_dir(&temporary)
            .uid(NOBODY)
            .gid(NOBODY)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let complained = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}{complained}");
        assert!(said.contains("1 passed"), "{said}{complained}");
    }
}
