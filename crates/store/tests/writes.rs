//! What writes keep, what they refuse and what they leave alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::{HistoryId, MemberId};
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::member::{Member, MemberKind};
use reeve_domain::project::{
    CatalogueEdition, Environment, Folder, Project, ProjectKind, Semantics, Tag,
};
use reeve_domain::role::{Role, RoleKind};
use reeve_store::error::StoreError;
use reeve_store::history::{HistoryPage, HistoryQuery};
use reeve_store::place::Places;
use reeve_store::snapshot::{Reader, Snapshot};
use reeve_store::transaction::Writer;
use reeve_store::workspace::Workspace;
use support::{
    Temporary, assignment, at, entry, group, member, privilege, query, role, until, user,
    without_end,
};

/// Two users, an identity and a group with roles.
fn team() -> Temporary {
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        for member in [
            user("ann", "Ann"),
            user("bob", "Bob"),
            member(MemberKind::Identity, "ci", "ci"),
            group("ops", "Ops"),
        ] {
            transaction.insert_member(&member)?;
        }
        transaction.insert_role(&role("r"))?;
        transaction.insert_role(&role("s"))?;
        transaction.add_to_group(&"ops".into(), &"ann".into())
    });
    temporary
}

#[test]
fn what_is_written_is_read_back_unchanged() {
    let temporary = team();
    let odd = Timed {
        range: Some("  ½h 'quoted' ".into()),
        start: Some(DateTime::UNIX_EPOCH - TimeDelta::milliseconds(1)),
        end: None,
    };
    let lifetimes = [
        Lifetime::Permanent,
        until(5),
        without_end(),
        Lifetime::Timed(Timed::default()),
        Lifetime::Timed(odd),
    ];
    for (number, lifetime) in lifetimes.into_iter().enumerate() {
        let mut given = privilege(
            &format!("p{number}"),
            "ann",
            &format!("s{number}"),
            lifetime,
        );
        given.rules = "not even JSON \u{0} \u{feff}".into();
        given.created_at = at(0) + TimeDelta::milliseconds(123);
        temporary.write(|transaction| transaction.insert_privilege(&given));
        let read = temporary.read(|snapshot| snapshot.privilege(&given.id));
        assert_eq!(read.as_ref(), Some(&given));
        let read =
            temporary.read(|snapshot| snapshot.privilege_by_slug(&given.member, &given.slug));
        assert_eq!(read.as_ref(), Some(&given));
        let held = assignment(&format!("a{number}"), "ops", "r", given.lifetime.clone());
        temporary.write(|transaction| transaction.insert_assignment(&held));
        assert_eq!(
            temporary.read(|snapshot| snapshot.assignment(&held.id)),
            Some(held)
        );
    }
}

#[test]
fn a_project_its_places_and_its_roles_are_read_back_unchanged() {
    let temporary = Temporary::new();
    assert_eq!(temporary.read(Snapshot::project), None);
    let mut project = Project {
        id: "p".into(),
        name: "Checkout".into(),
        slug: "checkout".into(),
        kind: ProjectKind::Local,
        semantics: Semantics::LastMatch,
        catalogue: CatalogueEdition::Seed,
    };
    temporary.write(|transaction| transaction.put_project(&project));
    assert_eq!(temporary.read(Snapshot::project).as_ref(), Some(&project));
    project.kind = ProjectKind::Linked;
    project.semantics = Semantics::ForbidWins;
    project.catalogue = CatalogueEdition::Current;
    temporary.write(|transaction| transaction.put_project(&project));
    assert_eq!(temporary.read(Snapshot::project), Some(project));

    let environment = |slug: &str| Environment {
        slug: slug.into(),
        name: slug.to_uppercase(),
    };
    let folder = |environment: &str, path: &str| Folder {
        environment: environment.into(),
        path: path.into(),
    };
    let tag = |slug: &str, color: Option<&str>| Tag {
        slug: slug.into(),
        color: color.map(Into::into),
    };
    temporary.write(|transaction| {
        transaction.put_environment(1, &environment("prod"))?;
        transaction.put_environment(0, &environment("dev"))?;
        for (slug, path) in [("prod", "/b"), ("prod", "/a"), ("dev", "/c"), ("dev", "/c")] {
            transaction.put_folder(&folder(slug, path))?;
        }
        transaction.put_tag(&tag("pii", None))?;
        transaction.put_tag(&tag("pii", Some("#ff0000")))
    });
    let places = Places {
        environments: vec![environment("dev"), environment("prod")],
        folders: vec![
            folder("dev", "/c"),
            folder("prod", "/a"),
            folder("prod", "/b"),
        ],
        tags: vec![tag("pii", Some("#ff0000"))],
    };
    assert_eq!(temporary.read(Snapshot::places), places);

    temporary.write(|transaction| {
        transaction.remove_environment(&"prod".into())?;
        transaction.remove_tag("pii")
    });
    let left = Places {
        environments: vec![environment("dev")],
        folders: vec![folder("dev", "/c")],
        tags: Vec::new(),
    };
    assert_eq!(temporary.read(Snapshot::places), left);
    let error = temporary.refuses(|transaction| transaction.put_folder(&folder("prod", "/x")));
    assert!(matches!(error, StoreError::Dangling { .. }), "{error}");
}

#[test]
fn roles_are_listed_predefined_first_and_found_by_id_and_slug() {
    let temporary = Temporary::new();
    let called = |id: &str, kind: RoleKind, name: &str| Role {
        kind,
        name: name.into(),
        ..role(id)
    };
    let roles = [
        called("1", RoleKind::Custom, "Zoo"),
        called("2", RoleKind::Predefined, "Viewer"),
        called("3", RoleKind::Custom, "Élan"),
        called("4", RoleKind::Predefined, "Admin"),
    ];
    temporary.write(|transaction| {
        roles
            .iter()
            .try_for_each(|role| transaction.insert_role(role))
    });
    let listed = temporary.read(Snapshot::roles);
    let names: Vec<_> = listed.iter().map(|row| row.role.name.as_str()).collect();
    assert_eq!(names, ["Viewer", "Admin", "Élan", "Zoo"]);
    assert_eq!(
        temporary.read(|snapshot| snapshot.role(&"3".into())),
        Some(roles[2].clone())
    );
    let by_slug = temporary.read(|snapshot| snapshot.role_by_slug("slug-4"));
    assert_eq!(by_slug, Some(roles[3].clone()));
    let changed = Role {
        slug: "slug-1".into(),
        ..roles[2].clone()
    };
    let error = temporary.refuses(|transaction| transaction.update_role(&changed));
    assert!(matches!(error, StoreError::SlugTaken { slug } if slug == "slug-1"));
    let changed = Role {
        slug: "new".into(),
        rules: "[1]".into(),
        ..roles[2].clone()
    };
    temporary.write(|transaction| transaction.update_role(&changed));
    assert_eq!(
        temporary.read(|snapshot| snapshot.role_by_slug("new")),
        Some(changed)
    );
}

#[test]
fn a_slug_is_unique_for_a_member_and_free_for_another() {
    let temporary = team();
    temporary.write(|transaction| {
        transaction.insert_privilege(&privilege("p1", "ann", "deploy", until(1)))?;
        transaction.insert_privilege(&privilege("p2", "ann", "other", until(1)))?;
        transaction.insert_privilege(&privilege("p3", "bob", "deploy", until(1)))
    });
    for write in [
        |t: &reeve_store::transaction::Transaction| {
            t.insert_privilege(&privilege("p4", "ann", "deploy", until(1)))
        },
        |t: &reeve_store::transaction::Transaction| {
            t.update_privilege(&privilege("p2", "ann", "deploy", until(1)))
        },
    ] {
        let error = temporary.refuses(write);
        assert!(
            matches!(&error, StoreError::SlugTaken { slug } if slug == "deploy"),
            "{error}"
        );
    }
    let error = temporary.refuses(|transaction| {
        transaction.insert_privilege(&privilege("p1", "ann", "fresh", until(1)))
    });
    assert!(
        matches!(&error, StoreError::Exists { what: "privilege", id } if id == "p1"),
        "{error}"
    );
}

#[test]
fn a_group_has_no_privileges_and_holds_no_groups() {
    let temporary = team();
    let error = temporary.refuses(|transaction| {
        transaction.insert_privilege(&privilege("p", "ops", "deploy", until(1)))
    });
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
    for (whole, part) in [("ops", "ops"), ("ann", "bob"), ("ann", "ops")] {
        let error =
            temporary.refuses(|transaction| transaction.add_to_group(&whole.into(), &part.into()));
        assert!(
            matches!(error, StoreError::Refused { .. }),
            "{whole} {part}: {error}"
        );
    }
}

#[test]
fn nothing_refers_to_what_is_not_there() {
    let temporary = team();
    let errors = [
        temporary.refuses(|t| t.insert_privilege(&privilege("p", "nobody", "x", until(1)))),
        temporary.refuses(|t| t.insert_assignment(&assignment("a", "nobody", "r", until(1)))),
        temporary.refuses(|t| t.insert_assignment(&assignment("a", "ann", "nothing", until(1)))),
        temporary.refuses(|t| t.add_to_group(&"ops".into(), &"nobody".into())),
        temporary.refuses(|t| t.add_to_group(&"nothing".into(), &"ann".into())),
    ];
    for error in errors {
        assert!(matches!(error, StoreError::Dangling { .. }), "{error}");
    }
}

#[test]
fn actors_are_not_listed_on_from_one_who_is_gone() {
    let temporary = team();
    let after = |id: &str| {
        let id = MemberId::new(id);
        let reader = temporary.workspace.reader();
        reader.read(|snapshot| snapshot.actors_after(Some(&id), 10))
    };
    assert_eq!(after("bob").unwrap(), [MemberId::new("ci")]);
    assert!(matches!(after("nobody"), Err(StoreError::Missing { .. })));
}

#[test]
fn only_what_is_there_is_changed_or_removed() {
    let temporary = team();
    let errors = [
        temporary.refuses(|t| t.update_member(&user("nobody", "N"))),
        temporary.refuses(|t| t.remove_member(&"nobody".into())),
        temporary.refuses(|t| t.update_privilege(&privilege("p", "ann", "x", until(1)))),
        temporary.refuses(|t| t.remove_privilege(&"p".into())),
        temporary.refuses(|t| t.update_assignment(&assignment("a", "ann", "r", until(1)))),
        temporary.refuses(|t| t.remove_assignment(&"a".into())),
        temporary.refuses(|t| t.update_role(&role("nothing"))),
        temporary.refuses(|t| t.remove_role(&"nothing".into())),
        temporary.refuses(|t| t.remove_from_group(&"ops".into(), &"bob".into())),
        temporary.refuses(|t| t.remove_environment(&"nothing".into())),
        temporary.refuses(|t| t.remove_tag("nothing")),
    ];
    for error in errors {
        assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    }
}

#[test]
fn a_member_stays_what_it_is_and_keeps_what_it_has() {
    let temporary = team();
    temporary.write(|transaction| {
        transaction.insert_privilege(&privilege("p", "ann", "x", until(1)))?;
        transaction.insert_assignment(&assignment("a", "ann", "r", until(1)))
    });
    let errors = [
        temporary.refuses(|t| t.update_member(&group("ann", "Ann"))),
        temporary.refuses(|t| t.update_privilege(&privilege("p", "bob", "x", until(1)))),
        temporary.refuses(|t| t.update_assignment(&assignment("a", "bob", "r", until(1)))),
    ];
    for error in errors {
        assert!(matches!(error, StoreError::Refused { .. }), "{error}");
    }
}

#[test]
fn removing_a_member_removes_what_it_had_and_nothing_else() {
    let temporary = team();
    temporary.write(|transaction| {
        transaction.insert_privilege(&privilege("p1", "ann", "x", until(1)))?;
        transaction.insert_privilege(&privilege("p2", "bob", "x", until(1)))?;
        transaction.insert_assignment(&assignment("a1", "ann", "r", until(1)))?;
        transaction.insert_assignment(&assignment("a2", "ops", "r", until(1)))?;
        transaction.append_history(&entry("h", Some("ann")))?;
        transaction.remove_member(&"ann".into())
    });
    temporary.read(|snapshot| {
        assert_eq!(snapshot.member(&"ann".into())?, None);
        assert_eq!(snapshot.privilege(&"p1".into())?, None);
        assert!(snapshot.privilege(&"p2".into())?.is_some());
        assert_eq!(snapshot.assignment(&"a1".into())?, None);
        assert!(snapshot.assignment(&"a2".into())?.is_some());
        assert_eq!(snapshot.group_members(&"ops".into(), 0, 10)?.total, 0);
        assert!(snapshot.history_entry(&"h".into())?.is_some());
        Ok(())
    });
}

#[test]
fn removing_a_group_takes_its_roles_from_its_members() {
    let temporary = team();
    temporary
        .write(|transaction| transaction.insert_assignment(&assignment("a", "ops", "r", until(7))));
    let ann = |temporary: &Temporary| {
        let page = temporary.read(|snapshot| snapshot.member_page(&query()));
        page.rows.into_iter().find(|row| row.name == "Ann").unwrap()
    };
    assert_eq!(ann(&temporary).next_end, Some(at(7)));
    temporary.write(|transaction| transaction.remove_member(&"ops".into()));
    let ann = ann(&temporary);
    assert_eq!(
        (ann.next_end, ann.roles, ann.groups),
        (None, Vec::new(), Vec::new())
    );
}

#[test]
fn what_changes_for_a_group_changes_for_its_members() {
    let temporary = team();
    let next_ends = |temporary: &Temporary| -> Vec<Option<i64>> {
        let page = temporary.read(|snapshot| snapshot.member_page(&query()));
        let minutes = |end: DateTime<Utc>| (end - at(0)).num_minutes();
        page.rows
            .iter()
            .map(|row| row.next_end.map(minutes))
            .collect()
    };
    // In the order of names: Ann, who is in Ops, then Bob, ci, Ops.
    temporary.write(|t| t.insert_assignment(&assignment("a", "ops", "r", until(7))));
    assert_eq!(next_ends(&temporary), [Some(7), None, None, Some(7)]);
    temporary.write(|t| t.add_to_group(&"ops".into(), &"bob".into()));
    assert_eq!(next_ends(&temporary), [Some(7), Some(7), None, Some(7)]);
    temporary.write(|t| t.update_assignment(&assignment("a", "ops", "r", until(9))));
    assert_eq!(next_ends(&temporary), [Some(9), Some(9), None, Some(9)]);
    temporary.write(|t| t.remove_from_group(&"ops".into(), &"ann".into()));
    assert_eq!(next_ends(&temporary), [None, Some(9), None, Some(9)]);
    temporary.write(|t| t.update_assignment(&assignment("a", "ops", "r", Lifetime::Permanent)));
    assert_eq!(next_ends(&temporary), [None, None, None, None]);
    temporary.write(|t| t.update_assignment(&assignment("a", "ops", "r", until(3))));
    assert_eq!(next_ends(&temporary), [None, Some(3), None, Some(3)]);
    temporary.write(|t| t.remove_assignment(&"a".into()));
    assert_eq!(next_ends(&temporary), [None, None, None, None]);
}

#[test]
fn a_role_that_somebody_has_is_not_removed() {
    let temporary = team();
    temporary.write(|t| t.insert_assignment(&assignment("a", "ann", "r", until(1))));
    let error = temporary.refuses(|transaction| transaction.remove_role(&"r".into()));
    assert!(
        matches!(&error, StoreError::InUse { what: "role", id } if id == "r"),
        "{error}"
    );
    temporary.write(|transaction| {
        transaction.remove_role(&"s".into())?;
        transaction.remove_assignment(&"a".into())?;
        transaction.remove_role(&"r".into())
    });
    assert_eq!(temporary.read(Snapshot::roles), Vec::new());
}

#[test]
fn the_members_of_a_group_are_listed_by_name() {
    let temporary = team();
    temporary.write(|transaction| {
        transaction.add_to_group(&"ops".into(), &"ci".into())?;
        transaction.add_to_group(&"ops".into(), &"bob".into())?;
        transaction.add_to_group(&"ops".into(), &"bob".into())
    });
    let listed = temporary.read(|snapshot| snapshot.group_members(&"ops".into(), 1, 5));
    assert_eq!(listed.total, 3);
    let names: Vec<_> = listed
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(names, ["Bob", "ci"]);
}

#[test]
fn history_is_neither_changed_nor_removed_nor_replaced() {
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        transaction.append_history(&entry("h1", None))?;
        transaction.append_history(&HistoryEntry {
            undoes: Some("h1".into()),
            ..entry("h2", Some("ann"))
        })
    });
    let raw = temporary.raw();
    for sql in [
        "UPDATE history SET reason = 'other'",
        "UPDATE history SET seq = seq + 10",
        "DELETE FROM history",
        "DELETE FROM history WHERE id = 'h1'",
        "INSERT OR REPLACE INTO history (id, at, deed, object, title, reason)
         VALUES ('h1', 0, '', '', '', '')",
        "INSERT OR REPLACE INTO history (seq, id, at, deed, object, title, reason)
         VALUES (1, 'h3', 0, '', '', '', '')",
        "INSERT INTO history (id, at, deed, object, title, reason)
         VALUES ('h1', 0, '', '', '', '') ON CONFLICT (id) DO UPDATE SET reason = 'other'",
    ] {
        let error = raw.execute_batch(sql).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{sql}: {error}");
    }
    let error = temporary.refuses(|transaction| transaction.append_history(&entry("h1", None)));
    assert!(matches!(error, StoreError::Exists { .. }), "{error}");
    let error = temporary.refuses(|transaction| {
        let undoes = Some(HistoryId::new("nothing"));
        transaction.append_history(&HistoryEntry {
            undoes,
            ..entry("h3", None)
        })
    });
    assert!(matches!(error, StoreError::Dangling { .. }), "{error}");
    let read = temporary.read(|snapshot| snapshot.history_entry(&"h1".into()));
    assert_eq!(read, Some(entry("h1", None)));
    let undo = temporary.read(|snapshot| snapshot.undo_of(&"h1".into()));
    assert_eq!(undo.unwrap().id, HistoryId::new("h2"));
}

#[test]
fn history_is_paged_newest_first_in_the_order_of_adding() {
    let temporary = Temporary::new();
    let entries: Vec<HistoryEntry> = (0..25)
        .map(|number| HistoryEntry {
            // The clock may jump; the order of adding counts.
            at: at(-number % 7),
            ..entry(
                &format!("h{number}"),
                Some(if number % 3 == 0 { "ann" } else { "bob" }),
            )
        })
        .collect();
    temporary.write(|transaction| {
        entries
            .iter()
            .try_for_each(|entry| transaction.append_history(entry))
    });
    for member in [None, Some("ann"), Some("bob"), Some("nobody")] {
        let mut expected: Vec<HistoryEntry> = entries
            .iter()
            .filter(|entry| {
                member.is_none() || entry.member.as_ref().map(MemberId::as_str) == member
            })
            .cloned()
            .collect();
        expected.reverse();
        let mut found = Vec::new();
        let mut before = None;
        loop {
            let asked = HistoryQuery {
                member: member.map(Into::into),
                before,
                limit: 4,
                ..HistoryQuery::default()
            };
            let HistoryPage { entries, older } =
                temporary.read(|snapshot| snapshot.history_page(&asked));
            found.extend(entries.into_iter().map(|recorded| recorded.entry));
            assert_eq!(older.is_some(), found.len() < expected.len());
            before = older;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(found, expected, "{member:?}");
    }
    let asked = HistoryQuery {
        before: Some("nothing".into()),
        limit: 4,
        ..HistoryQuery::default()
    };
    let refused = temporary
        .workspace
        .reader()
        .read(|snapshot| snapshot.history_page(&asked));
    assert!(matches!(refused, Err(StoreError::Missing { .. })));
}

#[test]
fn settings_are_kept_until_they_are_removed() {
    let temporary = Temporary::new();
    let setting = || temporary.read(|snapshot| snapshot.setting("theme"));
    assert_eq!(setting(), None);
    temporary.write(|transaction| transaction.put_setting("theme", "dark"));
    temporary.write(|transaction| transaction.put_setting("theme", "light"));
    assert_eq!(setting().as_deref(), Some("light"));
    temporary.write(|transaction| transaction.remove_setting("theme"));
    assert_eq!(setting(), None);
}

#[test]
fn a_failed_transaction_leaves_nothing_and_the_next_one_works() {
    let temporary = team();
    let revision = temporary.workspace.revision().unwrap();
    temporary.refuses(|transaction| {
        transaction.insert_member(&user("eve", "Eve"))?;
        transaction.append_history(&entry("h", None))?;
        transaction.remove_privilege(&"nothing".into())
    });
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        temporary
            .workspace
            .writer()
            .transaction(|transaction| -> Result<(), StoreError> {
                transaction.insert_member(&user("eve", "Eve"))?;
                panic!("in the middle of a transaction")
            })
    }));
    assert!(panicked.is_err());
    assert_eq!(
        temporary.read(|snapshot| snapshot.member(&"eve".into())),
        None
    );
    assert_eq!(
        temporary.names(&support::query()),
        ["Ann", "Bob", "ci", "Ops"]
    );
    assert_eq!(temporary.workspace.revision().unwrap(), revision);
    temporary.write(|transaction| transaction.insert_member(&user("eve", "Eve")));
    assert_eq!(temporary.names(&support::query()).len(), 5);
}

#[test]
fn the_revision_grows_by_one_with_every_transaction_that_changes_something() {
    let temporary = Temporary::new();
    let revision = || temporary.workspace.revision().unwrap();
    assert_eq!(revision(), 0);
    temporary.write(|transaction| {
        transaction.insert_member(&user("ann", "Ann"))?;
        transaction.insert_member(&user("bob", "Bob"))
    });
    assert_eq!(revision(), 1);
    temporary.write(|transaction| transaction.member(&"ann".into()));
    temporary.write(|transaction| transaction.remove_setting("nothing"));
    temporary.read(|snapshot| snapshot.member_page(&query()));
    assert_eq!(revision(), 1);
    temporary.write(|transaction| transaction.remove_member(&"ann".into()));
    assert_eq!(revision(), 2);
    let path = temporary.workspace.path().to_owned();
    let Temporary { workspace, folder } = temporary;
    drop(workspace);
    assert_eq!(Workspace::open(&path).unwrap().revision().unwrap(), 2);
    drop(folder);
}

#[test]
fn a_snapshot_does_not_see_what_is_written_meanwhile() {
    let temporary = team();
    let (before, after) = temporary.read(|snapshot| {
        let before = (snapshot.member_counts()?, snapshot.revision()?);
        temporary.write(|transaction| transaction.insert_member(&user("eve", "Eve")));
        Ok((before, (snapshot.member_counts()?, snapshot.revision()?)))
    });
    assert_eq!(before, after);
    assert_eq!(temporary.read(Snapshot::member_counts).users, 3);
}

#[test]
fn many_threads_read_while_one_writes() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let temporary = team();
    shared::<Workspace>(&temporary.workspace);
    shared::<Reader>(temporary.workspace.reader());
    shared::<Writer>(temporary.workspace.writer());
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let mut last = 0;
                while last < 50 {
                    let (members, revision) = temporary.read(|snapshot| {
                        let page = snapshot.member_page(&query())?;
                        Ok((page.total.count, snapshot.revision()?))
                    });
                    assert_eq!(members, 3 + revision, "a page is of one revision");
                    assert!(revision >= last);
                    last = revision;
                }
            });
        }
        for number in 0..50 {
            let new = Member {
                name: format!("New {number}"),
                ..user(&format!("n{number}"), "")
            };
            temporary.write(|transaction| transaction.insert_member(&new));
        }
    });
}
