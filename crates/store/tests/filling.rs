//! Filling a workspace at once leaves the same as adding everything one by one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use reeve_domain::folder_grant::FolderGrant;
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::project::{Environment, Folder, Tag};
use reeve_domain::role::Role;
use reeve_store::content::Content;
use reeve_store::error::StoreError;
use reeve_store::filter::MemberFilter;
use reeve_store::page::MemberQuery;
use support::model::named;
use support::{Temporary, assignment, folder_grant, privilege, query, role, until, user};

struct Sample {
    environments: Vec<Environment>,
    folders: Vec<Folder>,
    tags: Vec<Tag>,
    roles: Vec<Role>,
    members: Vec<Member>,
    group_members: Vec<(MemberId, MemberId)>,
    assignments: Vec<RoleAssignment>,
    privileges: Vec<AdditionalPrivilege>,
    folder_grants: Vec<FolderGrant>,
}

/// A sample whose ids begin with `mark`, of `count` members, one in ten a group.
fn sample(mark: &str, count: usize) -> Sample {
    let id = |number: usize| format!("{mark}{number}");
    let kind = |number: usize| match number % 10 {
        0 => MemberKind::Group,
        1..7 => MemberKind::User,
        _ => MemberKind::Identity,
    };
    let lifetime = |number: usize| match number % 4 {
        0 => Lifetime::Permanent,
        _ => until(i64::try_from(number % 17).unwrap()),
    };
    let actors = || (0..count).filter(|number| number % 10 != 0);
    Sample {
        environments: vec![Environment {
            slug: mark.into(),
            name: mark.into(),
        }],
        folders: vec![Folder {
            environment: mark.into(),
            path: "/".into(),
        }],
        tags: vec![Tag {
            slug: mark.into(),
            color: None,
        }],
        roles: vec![role(&format!("{mark}-role"))],
        members: (0..count)
            .map(|number| named(kind(number), &id(number), number))
            .collect(),
        group_members: actors()
            .filter(|number| number % 3 == 0)
            .map(|number| (id(number % 7 * 10).into(), id(number).into()))
            .collect(),
        assignments: (0..count)
            .filter(|number| number % 2 == 0)
            .map(|number| {
                let role = format!("{mark}-role");
                assignment(&id(number), &id(number), &role, lifetime(number))
            })
            .collect(),
        privileges: actors()
            .filter(|number| number % 5 < 3)
            .map(|number| privilege(&id(number), &id(number), "slug", lifetime(number + 1)))
            .collect(),
        folder_grants: actors()
            .filter(|number| number % 5 > 1)
            .map(|number| folder_grant(&id(number), &id(number), "read", lifetime(number + 2)))
            .collect(),
    }
}

impl Sample {
    fn content(&self) -> Content<'_> {
        Content {
            environments: &self.environments,
            folders: &self.folders,
            tags: &self.tags,
            roles: &self.roles,
            members: &self.members,
            group_members: &self.group_members,
            assignments: &self.assignments,
            privileges: &self.privileges,
            folder_grants: &self.folder_grants,
        }
    }
}

/// Every row of every table, as text.
fn dump(temporary: &Temporary) -> Vec<String> {
    let raw = temporary.raw();
    let tables: Vec<String> = raw
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table'
             AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'member_search%' ORDER BY name",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut dump = Vec::new();
    for table in tables {
        let mut statement = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns)
                .map(|column| format!("{:?}", row.get_ref(column).unwrap()))
                .collect();
            dump.push(format!("{table} {}", values.join(" ")));
        }
    }
    let indices = "SELECT name || coalesce(sql, '') FROM sqlite_schema WHERE type = 'index'";
    let mut statement = raw.prepare(&format!("{indices} ORDER BY 1")).unwrap();
    dump.extend(
        statement
            .query_map([], |row| row.get::<_, String>(0))
            .unwrap()
            .map(Result::unwrap),
    );
    dump
}

#[test]
fn filling_at_once_gives_what_adding_one_by_one_gives() {
    let (small, large) = (sample("s", 90), sample("l", 1500));
    let at_once = Temporary::new();
    at_once.write(|transaction| transaction.insert_all(&small.content()));
    at_once.write(|transaction| transaction.insert_all(&large.content()));
    let one_by_one = Temporary::new();
    for Sample {
        environments,
        folders,
        tags,
        roles,
        members,
        group_members,
        assignments,
        privileges,
        folder_grants,
    } in [&small, &large]
    {
        one_by_one.write(|transaction| {
            let position = usize::from(members.len() > 100);
            transaction.put_environment(position, &environments[0])?;
            transaction.put_folder(&folders[0])?;
            transaction.put_tag(&tags[0])?;
            transaction.insert_role(&roles[0])?;
            for member in members {
                transaction.insert_member(member)?;
            }
            for (whole, member) in group_members {
                transaction.add_to_group(whole, member)?;
            }
            for assignment in assignments {
                transaction.insert_assignment(assignment)?;
            }
            for privilege in privileges {
                transaction.insert_privilege(privilege)?;
            }
            for grant in folder_grants {
                transaction.insert_folder_grant(grant, "")?;
            }
            Ok(())
        });
    }
    assert_same(&at_once, &one_by_one);
}

/// Both hold the same and find the same.
#[track_caller]
fn assert_same(at_once: &Temporary, one_by_one: &Temporary) {
    let (at_once_dump, one_by_one_dump) = (dump(at_once), dump(one_by_one));
    for (one, other) in at_once_dump.iter().zip(&one_by_one_dump) {
        assert_eq!(one, other);
    }
    assert_eq!(at_once_dump.len(), one_by_one_dump.len());
    for text in ["ann", "bob annex", "a", "method", "login7", "team-3", "nne"] {
        let query = MemberQuery {
            filter: MemberFilter {
                search: Some(text.into()),
                ..MemberFilter::default()
            },
            limit: 5,
            ..query()
        };
        assert_eq!(
            at_once.read(|snapshot| snapshot.member_page(&query)),
            one_by_one.read(|snapshot| snapshot.member_page(&query)),
            "{text}"
        );
    }
    assert_eq!(at_once.workspace.first_damage().unwrap(), None);
}

#[test]
fn filling_thing_by_thing_gives_what_adding_one_by_one_gives() {
    let sample = sample("l", 1500);
    let at_once = Temporary::new();
    at_once.write(|transaction| transaction.insert_all(&sample.content()));
    let filled = Temporary::new();
    filled.write(|transaction| {
        let filling = transaction.begin_filling()?;
        transaction.put_environment(0, &sample.environments[0])?;
        transaction.put_folder(&sample.folders[0])?;
        transaction.put_tag(&sample.tags[0])?;
        transaction.insert_role(&sample.roles[0])?;
        for member in &sample.members {
            assert!(transaction.fill_in_member(member, "")?);
        }
        assert!(!transaction.fill_in_member(&sample.members[0], "again")?);
        for (whole, member) in &sample.group_members {
            transaction.add_to_group(whole, member)?;
        }
        for assignment in &sample.assignments {
            transaction.fill_in_assignment(assignment, "")?;
        }
        for privilege in &sample.privileges {
            transaction.fill_in_privilege(privilege, "")?;
        }
        for grant in &sample.folder_grants {
            transaction.fill_in_folder_grant(grant, "")?;
        }
        transaction.finish_filling(filling)
    });
    assert_same(&filled, &at_once);
}

#[test]
fn a_filling_that_fails_leaves_the_workspace_as_it_was() {
    let temporary = Temporary::new();
    temporary.write(|transaction| transaction.insert_all(&sample("s", 90).content()));
    let before = dump(&temporary);
    let mut broken = sample("l", 3000);
    broken.members.push(user("l7", "The same again"));
    let error = temporary.refuses(|transaction| transaction.insert_all(&broken.content()));
    assert!(
        matches!(&error, StoreError::Exists { what: "member", id } if id == "l7"),
        "{error}"
    );
    assert_eq!(dump(&temporary), before);
    temporary.write(|transaction| transaction.insert_all(&sample("l", 3000).content()));
    assert_eq!(
        temporary
            .read(|snapshot| snapshot.member_page(&query()))
            .total
            .count,
        3090
    );
}
