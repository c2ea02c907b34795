//! Folder grants: they are kept as they were, and hang on whose they are.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use reeve_domain::lifetime::Lifetime;
use reeve_store::error::StoreError;
use reeve_store::pulled::RawOf;
use reeve_store::snapshot::Snapshot;
use support::{Temporary, at, folder_grant, group, privilege, until, user, without_end};

fn team() -> Temporary {
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        transaction.insert_member(&user("ann", "Ann"))?;
        transaction.insert_member(&user("bob", "Bob"))?;
        transaction.insert_member(&group("ops", "Ops"))
    });
    temporary
}

#[test]
fn a_grant_is_read_back_unchanged_whatever_its_tier_and_folder() {
    let temporary = team();
    let mut grants = vec![
        folder_grant("1", "bob", "full-access", Lifetime::Permanent),
        folder_grant("2", "ann", "a tier of tomorrow", until(5)),
        folder_grant("3", "ann", "", without_end()),
    ];
    grants[1].path = "/Größe/ \"of\" it".into();
    temporary.write(|transaction| {
        for grant in &grants {
            transaction.insert_folder_grant(grant, "")?;
        }
        Ok(())
    });
    let wanted = ["2", "gone", "1", "3"].map(Into::into);
    let read = temporary.read(|snapshot| snapshot.folder_grants(&wanted));
    assert_eq!(
        read,
        [grants[1].clone(), grants[0].clone(), grants[2].clone()]
    );
    let people = ["ann", "bob", "ops", "nobody"].map(Into::into);
    let read = temporary.read(|snapshot| snapshot.accesses(&people));
    let held: Vec<_> = read.into_iter().map(|one| one.folder_grants).collect();
    assert_eq!(
        held,
        [
            grants[1..].to_vec(),
            grants[..1].to_vec(),
            Vec::new(), // the group
        ]
    );
    let of_members = temporary.read(|snapshot| snapshot.folder_grants_of_members(&people));
    assert_eq!(of_members, held.concat());
}

#[test]
fn the_text_beside_a_grant_stays_until_another_comes() {
    let temporary = team();
    let grant = folder_grant("1", "ann", "read", Lifetime::Permanent);
    let raw = || temporary.read(|snapshot| snapshot.raw(RawOf::FolderGrant("1")));
    temporary.write(|transaction| transaction.insert_folder_grant(&grant, r#"{"odd":1.0}"#));
    assert_eq!(raw().as_deref(), Some(r#"{"odd":1.0}"#));
    let mut changed = grant.clone();
    changed.tier = "edit".into();
    changed.updated_at = at(7);
    temporary.write(|transaction| transaction.update_folder_grant(&changed, ""));
    assert_eq!(raw().as_deref(), Some(r#"{"odd":1.0}"#));
    let read = temporary.read(|snapshot| snapshot.folder_grants(&["1".into()]));
    assert_eq!(read, [changed]);
    temporary.write(|transaction| transaction.update_folder_grant(&grant, "{}"));
    assert_eq!(raw().as_deref(), Some("{}"));
    temporary.write(|transaction| transaction.put_raw(RawOf::FolderGrant("1"), "[]"));
    assert_eq!(raw().as_deref(), Some("[]"));
}

#[test]
fn a_grant_is_an_actors_and_stays_its() {
    let temporary = team();
    let grant = |member| folder_grant("1", member, "read", Lifetime::Permanent);
    let refused = temporary.refuses(|t| t.insert_folder_grant(&grant("ops"), ""));
    assert!(
        matches!(&refused, StoreError::Refused { rule, .. } if rule.contains("group")),
        "{refused:?}"
    );
    let dangling = temporary.refuses(|t| t.insert_folder_grant(&grant("nobody"), ""));
    assert!(
        matches!(&dangling, StoreError::Dangling { .. }),
        "{dangling:?}"
    );
    temporary.write(|transaction| transaction.insert_folder_grant(&grant("ann"), ""));
    let moved = temporary.refuses(|t| t.update_folder_grant(&grant("bob"), ""));
    assert!(
        matches!(&moved, StoreError::Refused { rule, .. } if rule.contains("fixed")),
        "{moved:?}"
    );
    let twice = temporary.refuses(|t| t.insert_folder_grant(&grant("bob"), ""));
    assert!(matches!(&twice, StoreError::Exists { .. }), "{twice:?}");
}

#[test]
fn only_a_grant_that_is_there_is_changed_or_removed() {
    let temporary = team();
    let grant = folder_grant("1", "ann", "read", until(3));
    for refused in [
        temporary.refuses(|t| t.update_folder_grant(&grant, "")),
        temporary.refuses(|t| t.remove_folder_grant(&grant.id)),
    ] {
        assert!(
            matches!(&refused, StoreError::Missing { .. }),
            "{refused:?}"
        );
    }
    temporary.write(|transaction| transaction.insert_folder_grant(&grant, ""));
    temporary.write(|transaction| transaction.remove_folder_grant(&grant.id));
    assert_eq!(
        temporary.read(|snapshot| snapshot.folder_grants(std::slice::from_ref(&grant.id))),
        []
    );
}

#[test]
fn grants_go_with_their_member_and_are_no_privileges() {
    let temporary = team();
    temporary.write(|transaction| {
        let grant = |id, member| folder_grant(id, member, "read", until(3));
        transaction.insert_folder_grant(&grant("1", "ann"), "")?;
        transaction.insert_folder_grant(&grant("2", "bob"), "")?;
        transaction.insert_privilege(&privilege("3", "bob", "own", Lifetime::Permanent))?;
        transaction.remove_member(&"ann".into())
    });
    let left = temporary.read(|snapshot| snapshot.folder_grants(&["1".into(), "2".into()]));
    assert_eq!(
        left.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
    assert_eq!(temporary.read(Snapshot::privilege_count), 1);
}

#[test]
fn those_with_other_tiers_are_found_each_once() {
    let temporary = team();
    temporary.write(|transaction| {
        for (id, member, tier) in [
            ("1", "bob", "own"),
            ("2", "ann", "read"),
            ("3", "bob", "tomorrow's"),
            ("4", "ann", "edit"),
        ] {
            let grant = folder_grant(id, member, tier, Lifetime::Permanent);
            transaction.insert_folder_grant(&grant, "")?;
        }
        Ok(())
    });
    let others = |known: &[&str]| -> Vec<String> {
        let found = temporary.read(|snapshot| snapshot.with_other_tiers(known));
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(others(&["read", "edit"]), ["bob"]);
    assert_eq!(others(&["read", "own", "tomorrow's"]), ["ann"]);
    assert_eq!(others(&["read", "own", "edit", "tomorrow's"]), [""; 0]);
}
