//! Two workspaces that are compared: what differs is found, and nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::Member;
use reeve_domain::project::{Environment, SecretName};
use reeve_store::comparison::{Rows, differing};
use reeve_store::error::StoreError;
use reeve_store::pulled::RawOf;
use reeve_store::transaction::Transaction;
use reeve_store::workspace::Workspace;
use support::{Temporary, assignment, folder_grant, group, privilege, role, user};

/// A workspace with a little of everything, which `change` changes. What is added last goes first
/// into the others, so that the order in which rows were added tells nothing.
fn workspace(
    backwards: bool,
    change: impl Fn(&Transaction) -> Result<(), StoreError>,
) -> Temporary {
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        let mut members: Vec<Member> = ["ann", "bob", "cid"].map(|id| user(id, id)).to_vec();
        members.push(group("team", "Team"));
        if backwards {
            members.reverse();
        }
        for member in &members {
            transaction.insert_member(member)?;
        }
        transaction.insert_role(&role("reader"))?;
        transaction.add_to_group(&"team".into(), &"ann".into())?;
        transaction.add_to_group(&"team".into(), &"bob".into())?;
        let held = assignment("held", "ann", "reader", Lifetime::Permanent);
        transaction.insert_assignment(&held)?;
        let own = privilege("own", "bob", "deploy", Lifetime::Permanent);
        transaction.insert_privilege(&own)?;
        let here = folder_grant("here", "bob", "read", Lifetime::Permanent);
        transaction.insert_folder_grant(&here, "{}")?;
        let gone = folder_grant("left", "bob", "read", Lifetime::Permanent);
        transaction.insert_folder_grant(&gone, "{}")?;
        transaction.put_environment(
            0,
            &Environment {
                slug: "dev".into(),
                name: "Dev".into(),
            },
        )?;
        transaction.put_secret_name(&secret("/", "KEY", &["blue"]))?;
        change(transaction)
    });
    temporary
}

fn secret(path: &str, name: &str, tags: &[&str]) -> SecretName {
    SecretName {
        environment: "dev".into(),
        path: path.into(),
        name: name.into(),
        tags: tags.iter().map(ToString::to_string).collect(),
    }
}

const ALL: [Rows; 7] = [
    Rows::Roles,
    Rows::Members,
    Rows::GroupMembers,
    Rows::Assignments,
    Rows::Privileges,
    Rows::FolderGrants,
    Rows::SecretNames,
];

/// What differs, one line each: the key, and whether it is in the first and in the second.
fn found(first: &Temporary, second: &Temporary) -> Vec<String> {
    first.read(|first| {
        second.workspace.reader().read(|second| {
            let mut found = Vec::new();
            for rows in ALL {
                for row in differing(rows, first, second)? {
                    let side = match (row.in_first, row.in_second) {
                        (true, true) => "changed",
                        (true, false) => "gone",
                        (false, true) => "new",
                        (false, false) => "nowhere",
                    };
                    found.push(format!("{rows:?} {} {side}", row.key.join(" ")));
                }
            }
            Ok::<_, StoreError>(found)
        })
    })
}

#[test]
fn workspaces_with_the_same_rows_in_another_order_do_not_differ() {
    let (one, other) = (workspace(false, |_| Ok(())), workspace(true, |_| Ok(())));
    assert_eq!(found(&one, &other), Vec::<String>::new());
}

#[test]
fn every_change_of_every_kind_is_found_by_its_key() {
    let one = workspace(false, |_| Ok(()));
    let other = workspace(true, |transaction| {
        transaction.insert_role(&role("writer"))?;
        transaction.put_raw(RawOf::Role("reader"), "{}")?;
        let mut ann = user("ann", "ann");
        ann.metadata.push(("team".into(), "core".into()));
        transaction.update_member(&ann)?;
        transaction.insert_member(&user("dan", "dan"))?;
        transaction.remove_member(&"cid".into())?;
        transaction.add_to_group(&"team".into(), &"dan".into())?;
        let held = assignment("held", "ann", "writer", Lifetime::Permanent);
        transaction.update_assignment(&held)?;
        let mut own = privilege("own", "bob", "deploy", Lifetime::Permanent);
        own.rules = "[]".into();
        transaction.update_privilege(&own)?;
        let here = folder_grant("here", "bob", "edit", Lifetime::Permanent);
        transaction.update_folder_grant(&here, "")?;
        transaction.put_raw(RawOf::FolderGrant("left"), r#"{"odd":1}"#)?;
        let more = folder_grant("more", "ann", "read", Lifetime::Permanent);
        transaction.insert_folder_grant(&more, "{}")?;
        transaction.put_secret_name(&secret("/", "KEY", &["red"]))?;
        transaction.put_secret_name(&secret("/app", "KEY", &[]))
    });
    assert_eq!(
        found(&one, &other),
        [
            "Roles reader changed",
            "Roles writer new",
            "Members ann changed",
            "Members cid gone",
            "Members dan new",
            "GroupMembers team dan new",
            "Assignments held changed",
            "Privileges own changed",
            "FolderGrants here changed",
            "FolderGrants left changed",
            "FolderGrants more new",
            "SecretNames dev / KEY changed",
            "SecretNames dev /app KEY new",
        ]
    );
}

#[test]
fn what_only_we_know_of_a_privilege_is_no_difference() {
    let one = workspace(false, |transaction| {
        let mut own = privilege("own", "bob", "deploy", Lifetime::Permanent);
        own.reason = "because".into();
        own.ticket = "T-1".into();
        transaction.update_privilege(&own)
    });
    assert_eq!(
        found(&one, &workspace(false, |_| Ok(()))),
        Vec::<String>::new()
    );
}

#[test]
fn a_long_answer_is_remembered_to_the_letter_and_replaced_as_a_whole() {
    // A letter of three bytes lies across every border between rows.
    let long = "€".repeat(300_000);
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        transaction.remember_answer("/users", "1", &long)?;
        transaction.remember_answer("/tags", "2", "")
    });
    let read = |request: &str| {
        temporary.read(|snapshot| {
            let etag = snapshot.remembered_etag(request)?;
            Ok::<_, StoreError>((etag, snapshot.remembered_body(request)?))
        })
    };
    assert_eq!(read("/users"), (Some("1".into()), long));
    assert_eq!(read("/tags"), (Some("2".into()), String::new()));
    temporary.write(|transaction| {
        transaction.remember_answer("/users", "3", "short")?;
        transaction.forget_answer("/tags")
    });
    assert_eq!(read("/users"), (Some("3".into()), "short".into()));
    assert_eq!(read("/tags"), (None, String::new()));
}

#[test]
fn a_passing_workspace_is_like_any_other_once_it_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passing.reeve");
    let passing = Workspace::create_passing(&path).unwrap();
    let put = |transaction: &Transaction| transaction.put_setting("key", "value");
    passing.writer().transaction(put).unwrap();
    drop(passing);
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "no log is left beside it");
    let opened = Workspace::open(&path).unwrap();
    let value = opened.reader().read(|snapshot| snapshot.setting("key"));
    assert_eq!(value.unwrap().as_deref(), Some("value"));
    let mode: String = rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
}
