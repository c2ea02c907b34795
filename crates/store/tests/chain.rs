//! The history shows when somebody changed it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::fmt::Write;

use reeve_domain::history::HistoryEntry;
use reeve_domain::id::HistoryId;
use reeve_store::chain::{ChainBreak, ChainCheck, Link};
use reeve_store::history::{Concern, HistoryQuery};
use reeve_store::workspace::Workspace;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use support::{Temporary, at, entry, user};

/// Takes the guards off, as somebody with a tool for SQLite would.
fn without_guards(connection: &Connection) {
    connection
        .execute_batch(
            "DROP TRIGGER history_is_not_changed; DROP TRIGGER history_is_not_removed;
             DROP TRIGGER history_is_not_replaced; DROP TRIGGER history_is_chained;
             PRAGMA foreign_keys = off;",
        )
        .unwrap();
}

fn with_entries(count: usize) -> Temporary {
    let temporary = Temporary::new();
    temporary.workspace.writer().sign_as("ann");
    for number in 1..=count {
        temporary.write(|transaction| {
            transaction.append_history(&HistoryEntry {
                before: (number % 2 == 0).then(|| format!("{{\"n\":{number}}}")),
                reason: format!("reason {number}"),
                ..entry(&format!("h{number}"), None)
            })
        });
    }
    temporary
}

fn checked(temporary: &Temporary) -> ChainCheck {
    temporary.read(|snapshot| snapshot.check_chain(Link::START))
}

fn changed(number: i64) -> ChainBreak {
    ChainBreak::Changed {
        number,
        id: HistoryId::new(format!("h{number}")),
        at: at(0),
        title: entry("h", None).title,
    }
}

#[track_caller]
fn after(tampering: &str) -> Vec<ChainBreak> {
    let temporary = with_entries(6);
    let raw = temporary.raw();
    without_guards(&raw);
    raw.execute_batch(tampering).unwrap();
    checked(&temporary).breaks
}

#[test]
fn a_history_that_nobody_touched_is_whole() {
    assert_eq!(checked(&Temporary::new()).breaks, []);
    let temporary = with_entries(6);
    let check = checked(&temporary);
    assert_eq!((check.entries, check.head.number), (6, 6));
    assert_eq!(check.breaks, []);
}

#[test]
fn the_hash_is_what_the_description_says() {
    let temporary = Temporary::new();
    temporary.workspace.writer().sign_as("zoë");
    temporary.write(|transaction| transaction.append_history(&entry("h1", Some("ann"))));
    let written = temporary
        .read(|snapshot| snapshot.recorded_entry(&"h1".into()))
        .unwrap();
    let mut bytes = vec![0; 32];
    let mut add = |kind: u8, value: &[u8]| {
        bytes.push(kind);
        bytes.extend((value.len() as u64).to_be_bytes());
        bytes.extend(value);
    };
    let HistoryEntry {
        deed,
        object,
        title,
        reason,
        at,
        before,
        after,
        ..
    } = written.entry;
    add(1, &1_i64.to_be_bytes());
    add(2, b"h1");
    add(1, &at.timestamp_millis().to_be_bytes());
    add(2, "zoë".as_bytes());
    add(2, deed.as_bytes());
    add(2, b"ann");
    add(2, object.as_bytes());
    add(2, title.as_bytes());
    for side in [before, after] {
        match side {
            None => add(0, b""),
            Some(text) => add(2, text.as_bytes()),
        }
    }
    add(2, reason.as_bytes());
    add(0, b"");
    let mut expected = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(expected, "{byte:02x}").unwrap();
    }
    assert_eq!(written.link.fingerprint.to_string(), expected);
    assert_eq!(written.author, "zoë");
}

#[test]
fn a_changed_entry_is_named_and_no_other() {
    for change in [
        "reason = 'other'",
        "at = at + 1",
        "author = 'bob'",
        "deed = 'role.edit'",
        "member = 'bob'",
        "object = 'x'",
        "before = NULL, after = before",
        "before = '{\"n\":4.0}'",
        "undoes = 'h1'",
        "hash = zeroblob(32)",
    ] {
        let breaks = after(&format!("UPDATE history SET {change} WHERE seq = 4"));
        let numbers: Vec<i64> = breaks
            .iter()
            .map(|found| match found {
                ChainBreak::Changed { number, .. } => *number,
                ChainBreak::Missing { .. } => 0,
            })
            .collect();
        // What follows an entry with another hash was not written after it.
        let expected: &[i64] = if change.starts_with("hash") {
            &[4, 5]
        } else {
            &[4]
        };
        assert_eq!(numbers, expected, "{change}");
    }
    assert_eq!(
        after("UPDATE history SET reason = '' WHERE seq = 2"),
        [changed(2)]
    );
}

#[test]
fn two_entries_that_changed_places_are_both_named() {
    let breaks = after(
        "UPDATE history SET seq = -1 WHERE seq = 3; UPDATE history SET seq = 3 WHERE seq = 4;
         UPDATE history SET seq = 4 WHERE seq = -1",
    );
    assert!(breaks.len() >= 2, "{breaks:?}");
}

#[test]
fn removed_entries_are_missed_wherever_they_stood() {
    let gone = |first, last| ChainBreak::Missing { first, last };
    assert_eq!(
        after("DELETE FROM history WHERE seq IN (3, 4)"),
        [gone(3, 4)]
    );
    assert_eq!(after("DELETE FROM history WHERE seq = 1"), [gone(1, 1)]);
    assert_eq!(after("DELETE FROM history WHERE seq >= 5"), [gone(5, 6)]);
    assert_eq!(after("DELETE FROM history"), [gone(1, 6)]);
}

#[test]
fn an_entry_put_in_by_hand_is_seen() {
    let breaks = after(
        "INSERT INTO history (id, at, deed, object, title, reason, hash)
         VALUES ('h7', 0, '', '', '', '', zeroblob(32))",
    );
    assert!(
        matches!(breaks[..], [ChainBreak::Changed { number: 7, .. }]),
        "{breaks:?}"
    );
}

#[test]
fn a_broken_history_goes_on_and_stays_broken() {
    let temporary = with_entries(4);
    let raw = temporary.raw();
    without_guards(&raw);
    raw.execute_batch(
        "UPDATE history SET reason = '' WHERE seq = 2; DELETE FROM history WHERE seq = 4",
    )
    .unwrap();
    temporary.write(|transaction| transaction.append_history(&entry("h5", None)));
    let check = checked(&temporary);
    assert_eq!(
        check.breaks,
        [changed(2), ChainBreak::Missing { first: 4, last: 4 }]
    );
    assert_eq!(check.head.number, 5);
}

#[test]
fn a_check_goes_on_where_the_last_one_stopped() {
    let temporary = with_entries(3);
    let known = checked(&temporary).head;
    temporary.write(|transaction| transaction.append_history(&entry("h4", None)));
    let check = temporary.read(|snapshot| snapshot.check_chain(known));
    assert_eq!((check.entries, check.breaks), (1, Vec::new()));
}

#[test]
fn an_entry_that_was_refused_leaves_no_gap() {
    let temporary = with_entries(2);
    temporary.refuses(|transaction| transaction.append_history(&entry("h1", None)));
    temporary.write(|transaction| transaction.append_history(&entry("h3", None)));
    assert_eq!(checked(&temporary).breaks, []);
}

#[test]
fn entries_of_an_older_file_are_chained_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.reeve");
    let raw = support::older::make(&path, 3);
    raw.execute_batch(
        "INSERT INTO history (id, at, deed, member, object, title, reason)
         VALUES ('h1', 0, 'privilege.attach', 'ann', 'p', 'x', ''),
                ('h2', 0, 'privilege.remove', 'ann', 'p', 'x', 'over');
         INSERT INTO history_member VALUES ('bob', 1)",
    )
    .unwrap();
    drop(raw);
    let workspace = Workspace::open(&path).unwrap();
    let read = |raw: &dyn Fn(&Connection)| raw(&Connection::open(&path).unwrap());
    let check = || {
        workspace
            .reader()
            .read(|snapshot| snapshot.check_chain(Link::START))
            .unwrap()
    };
    assert_eq!((check().entries, check().breaks), (2, Vec::new()));
    for (member, count) in [("ann", 2), ("bob", 1)] {
        let page = workspace.reader().read(|snapshot| {
            snapshot.history_page(&HistoryQuery {
                member: Some(member.into()),
                limit: 10,
                ..HistoryQuery::default()
            })
        });
        assert_eq!(page.unwrap().entries.len(), count, "{member}");
    }
    read(&|raw| {
        without_guards(raw);
        raw.execute_batch("UPDATE history SET reason = 'never' WHERE id = 'h2'")
            .unwrap();
    });
    assert_eq!(check().breaks.len(), 1);
}

#[test]
fn the_history_is_found_by_member_role_deed_and_words() {
    let temporary = Temporary::new();
    temporary.workspace.writer().sign_as("Zoë Admin");
    temporary.write(|transaction| {
        transaction.insert_member(&user("ann", "Ann Ängström"))?;
        let entries = [
            (
                "h1",
                Some("ann"),
                "privilege.attach",
                "incident 4711",
                "/payments/**",
            ),
            ("h2", Some("bob"), "privilege.attach", "", "/billing"),
            ("h3", None, "role.edit", "tidy up", "/payments/eu"),
            ("h4", None, "member.attach-many", "", ""),
        ];
        for (id, member, deed, reason, after) in entries {
            transaction.append_history(&HistoryEntry {
                deed: deed.into(),
                reason: reason.into(),
                after: Some(format!("{{\"secretPath\":\"{after}\"}}")),
                ..entry(id, member)
            })?;
        }
        transaction.note_concerned(&"h3".into(), [Concern::Role("r".into())])?;
        transaction.note_concerned(
            &"h4".into(),
            [
                Concern::Member("ann".into()),
                Concern::Member("bob".into()),
                Concern::Role("r".into()),
                Concern::Role("r".into()),
            ],
        )
    });
    let found = |query: HistoryQuery| -> Vec<String> {
        let page =
            temporary.read(|snapshot| snapshot.history_page(&HistoryQuery { limit: 10, ..query }));
        let ids = page.entries.into_iter().map(|one| one.entry.id.to_string());
        ids.collect()
    };
    let query = HistoryQuery::default;
    let member = |id: &str| HistoryQuery {
        member: Some(id.into()),
        ..query()
    };
    let role = |id: &str| HistoryQuery {
        role: Some(id.into()),
        ..query()
    };
    let text = |text: &str| HistoryQuery {
        text: text.into(),
        ..query()
    };
    assert_eq!(found(query()), ["h4", "h3", "h2", "h1"]);
    assert_eq!(found(member("ann")), ["h4", "h1"]);
    assert_eq!(found(role("r")), ["h4", "h3"]);
    assert_eq!(
        found(HistoryQuery {
            member: Some("bob".into()),
            ..role("r")
        }),
        ["h4"]
    );
    assert_eq!(found(member("nobody")), Vec::<String>::new());
    let deeds = vec!["role.edit".into(), "privilege.attach".into()];
    assert_eq!(
        found(HistoryQuery {
            deeds: deeds.clone(),
            ..query()
        }),
        ["h3", "h2", "h1"]
    );
    assert_eq!(
        found(HistoryQuery {
            deeds,
            ..member("ann")
        }),
        ["h1"]
    );
    assert_eq!(found(text("INCIDENT")), ["h1"]);
    assert_eq!(found(text(" angstrom  4711 ")), ["h1"]);
    assert_eq!(found(text("/Payments")), ["h3", "h1"]);
    assert_eq!(found(text("tidy /payments")), ["h3"]);
    assert_eq!(found(text("zoe")).len(), 4);
    assert_eq!(found(text("nothing such")), Vec::<String>::new());
    let done = temporary.read(reeve_store::snapshot::Snapshot::deeds_done);
    assert_eq!(
        done,
        ["member.attach-many", "privilege.attach", "role.edit"]
    );
}
