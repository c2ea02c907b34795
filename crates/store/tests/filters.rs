//! Filters over more members than are listed at once, facts of rules, and files from before them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::manual_is_multiple_of,
    reason = "a test may fail, and its numbers are small and mean what they say"
)]

mod support;

use std::sync::Arc;

use chrono::TimeDelta;
use reeve_domain::id::MemberId;
use reeve_domain::lifetime::Lifetime;
use reeve_domain::member::{Member, MemberKind, RoleAssignment};
use reeve_domain::privilege::AdditionalPrivilege;
use reeve_domain::role::Role;
use reeve_store::content::Content;
use reeve_store::filter::{Expiry, MemberFact, MemberFilter};
use reeve_store::page::{Direction, MemberQuery, MemberSort, Total};
use reeve_store::workspace::Workspace;
use support::model::{Telling, rules_of};
use support::{Temporary, assignment, at, member, privilege, query, role, until, user};

const MANY: usize = 5000;

fn id(number: usize) -> String {
    format!("m{number:05}")
}

/// Every third has r1, which forbids; every fourth r2, which is wide; every fifth a privilege that
/// ends; the others r0. Those with r2 have it for a while only.
fn many() -> Temporary {
    let mut temporary = Temporary::new();
    let names = ["r0", "r1", "r2"];
    let roles: Vec<Role> = names
        .iter()
        .map(|name| Role {
            rules: rules_of(name),
            ..role(name)
        })
        .collect();
    let members: Vec<Member> = (0..MANY)
        .map(|number| user(&id(number), &format!("ann {number:05}")))
        .collect();
    let mut assignments: Vec<RoleAssignment> = Vec::new();
    let mut privileges: Vec<AdditionalPrivilege> = Vec::new();
    for number in 0..MANY {
        let one = format!("a{number}");
        let held = if number % 3 == 0 { "r1" } else { "r0" };
        if number % 4 == 0 {
            let end = i64::try_from(number).unwrap();
            assignments.push(assignment(&one, &id(number), "r2", until(end)));
        } else {
            assignments.push(assignment(&one, &id(number), held, Lifetime::Permanent));
        }
        if number % 5 == 0 {
            privileges.push(privilege(&one, &id(number), "slug-0", until(10)));
        }
    }
    temporary.workspace = temporary
        .workspace
        .clone()
        .finding_facts_with(Arc::new(Telling("1")))
        .unwrap();
    temporary.write(|transaction| {
        transaction.insert_all(&Content {
            roles: &roles,
            members: &members,
            assignments: &assignments,
            privileges: &privileges,
            ..Content::default()
        })
    });
    temporary
}

/// The numbers of the members that pass, by the rules above.
fn numbers(passes: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..MANY).filter(|number| passes(*number)).collect()
}

#[track_caller]
fn check(temporary: &Temporary, filter: &MemberFilter, passes: impl Fn(usize) -> bool) {
    let expected = numbers(passes);
    let names: Vec<String> = expected
        .iter()
        .map(|number| format!("ann {number:05}"))
        .collect();
    for direction in [Direction::Ascending, Direction::Descending] {
        let mut names = names.clone();
        if direction == Direction::Descending {
            names.reverse();
        }
        for (offset, limit) in [
            (0, 7),
            (names.len() / 2, 50),
            (names.len().saturating_sub(3), 9),
        ] {
            let query = MemberQuery {
                filter: filter.clone(),
                sort: MemberSort::Name,
                direction,
                offset,
                limit,
                now: at(100),
            };
            let page = temporary.read(|snapshot| snapshot.member_page(&query));
            let found: Vec<&String> = page.rows.iter().map(|row| &row.name).collect();
            let cut: Vec<&String> = names.iter().skip(offset).take(limit).collect();
            assert_eq!(found, cut, "{query:?}");
            let total = names.len() as u64;
            let exact = page.total.exact;
            let count = if exact { total } else { 1000 };
            assert_eq!(page.total, Total { count, exact }, "{query:?}");
            // Only a search over many may leave the number open.
            assert!(exact || (filter.search.is_some() && total > 1000));
        }
    }
    let ids: Vec<MemberId> = expected.iter().map(|number| id(*number).into()).collect();
    let matching = temporary.read(|snapshot| snapshot.matching_ids(filter, at(100)));
    assert_eq!(matching, ids, "{filter:?}");
}

fn has_r1(number: usize) -> bool {
    number % 3 == 0 && number % 4 != 0
}

#[test]
fn many_members_pass_a_filter_as_few_do() {
    let temporary = many();
    let all = MemberFilter::default();
    let forbids = MemberFilter {
        facts: [MemberFact::Forbids].into(),
        ..all.clone()
    };
    check(&temporary, &forbids, has_r1);
    // Those of r2 that count at the hundredth minute.
    let wide = MemberFilter {
        facts: [MemberFact::Wide].into(),
        ..all.clone()
    };
    check(&temporary, &wide, |number| number % 4 == 0 && number > 100);
    let both = MemberFilter {
        facts: [MemberFact::Privileges, MemberFact::Wide].into(),
        ..all.clone()
    };
    check(&temporary, &both, |number| number % 20 == 0 && number > 100);
    let role = MemberFilter {
        roles: vec!["r2".into()],
        ..all.clone()
    };
    check(&temporary, &role, |number| number % 4 == 0);
    let any = MemberFilter {
        roles: vec!["r1".into(), "r2".into()],
        ..all.clone()
    };
    check(&temporary, &any, |number| number % 4 == 0 || has_r1(number));
    let no_role = MemberFilter {
        roles: vec!["nothing".into()],
        ..all.clone()
    };
    check(&temporary, &no_role, |_| false);
    let fleeting = MemberFilter {
        facts: [MemberFact::NoPermanentRole].into(),
        ..all.clone()
    };
    check(&temporary, &fleeting, |number| number % 4 == 0);
}

#[test]
fn ends_are_told_apart_by_the_clock() {
    let temporary = many();
    let expiry = |expiry| MemberFilter {
        expiry: Some(expiry),
        ..MemberFilter::default()
    };
    let ended = |number: usize| number % 5 == 0 || (number % 4 == 0 && number <= 100);
    check(&temporary, &expiry(Expiry::Ended), ended);
    check(&temporary, &expiry(Expiry::NothingTimed), |number| {
        number % 4 != 0 && number % 5 != 0
    });
    let soon = expiry(Expiry::EndsWithin(TimeDelta::minutes(3900)));
    check(&temporary, &soon, |number| {
        number % 4 == 0 && number > 100 && number <= 4000
    });
    let soon_and_ended = MemberFilter {
        facts: [MemberFact::Privileges].into(),
        ..soon
    };
    check(&temporary, &soon_and_ended, |number| {
        number % 20 == 0 && number > 100 && number <= 4000
    });
}

#[test]
fn a_search_and_a_filter_hold_together() {
    let temporary = many();
    let filter = MemberFilter {
        search: Some("ann".into()),
        facts: [MemberFact::Forbids].into(),
        ..MemberFilter::default()
    };
    check(&temporary, &filter, has_r1);
    let filter = MemberFilter {
        search: Some("0123".into()),
        facts: [MemberFact::Forbids].into(),
        ..MemberFilter::default()
    };
    let relevance = MemberQuery {
        filter: filter.clone(),
        sort: MemberSort::Relevance,
        now: at(100),
        ..query()
    };
    let few: Vec<String> =
        numbers(|number| format!("{number:05}").contains("0123") && has_r1(number))
            .into_iter()
            .map(|number| format!("ann {number:05}"))
            .collect();
    assert!(!few.is_empty());
    let mut found = temporary.names(&relevance);
    found.sort();
    assert_eq!(found, few);
    // Best matches of a text that thousands have are those among them that pass.
    let relevance = MemberQuery {
        filter: MemberFilter {
            search: Some("ann".into()),
            ..filter
        },
        limit: 20,
        ..relevance
    };
    let first: Vec<String> = numbers(has_r1)
        .into_iter()
        .take(20)
        .map(|number| format!("ann {number:05}"))
        .collect();
    assert_eq!(temporary.names(&relevance), first);
}

#[test]
fn who_is_in_a_group_passes_with_what_the_group_has() {
    let temporary = many();
    temporary.write(|transaction| {
        transaction.insert_member(&member(MemberKind::Group, "g", "group"))?;
        transaction.insert_assignment(&assignment("ag", "g", "r1", until(200)))?;
        for number in 1..=40 {
            transaction.add_to_group(&"g".into(), &id(number).into())?;
        }
        Ok(())
    });
    let in_group = |number: usize| (1..=40).contains(&number);
    let filter = MemberFilter {
        group: Some("g".into()),
        ..MemberFilter::default()
    };
    check(&temporary, &filter, in_group);
    let filter = MemberFilter {
        kind: Some(MemberKind::User),
        facts: [MemberFact::Forbids].into(),
        ..MemberFilter::default()
    };
    check(&temporary, &filter, |number| {
        in_group(number) || has_r1(number)
    });
    temporary.write(|transaction| transaction.remove_member(&"g".into()));
    check(&temporary, &filter, has_r1);
}

#[test]
fn facts_follow_the_rules_of_a_role_to_all_who_have_it() {
    let temporary = many();
    let wide = MemberFilter {
        facts: [MemberFact::Wide].into(),
        ..MemberFilter::default()
    };
    temporary.write(|transaction| {
        transaction.update_role(&Role {
            rules: "wide".into(),
            ..role("r1")
        })
    });
    check(&temporary, &wide, |number| {
        has_r1(number) || (number % 4 == 0 && number > 100)
    });
}

#[test]
fn facts_are_found_out_for_a_file_that_lacks_them_and_again_for_another_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.reeve");
    let raw = support::older::make(&path, 6);
    raw.execute_batch(
        "INSERT INTO member (id, kind, name, handle, username, sort_key)
         VALUES ('ann', 'user', 'Ann', '', '', 'ann'), ('team', 'group', 'Team', '', '', 'team');
         INSERT INTO group_member VALUES (2, 1);
         INSERT INTO role (id, kind, slug, name, description, rules, search_key)
         VALUES ('r', 'custom', 'r', 'R', '', 'forbids', 'r');
         INSERT INTO role_assignment (id, member, role, by_group, is_temporary)
         VALUES ('a', 2, 1, 1, 0);
         INSERT INTO privilege (id, member, slug, is_temporary, rules, reason, ticket, created_at,
                                updated_at)
         VALUES ('p', 1, 'p', 0, 'wide', '', '', 0, 0);",
    )
    .unwrap();
    drop(raw);
    let names = |workspace: &Workspace, filter: MemberFilter| -> Vec<String> {
        let query = MemberQuery { filter, ..query() };
        let page = workspace
            .reader()
            .read(|snapshot| snapshot.member_page(&query));
        page.unwrap().rows.into_iter().map(|row| row.name).collect()
    };
    let all = MemberFilter::default;
    let forbids = || MemberFilter {
        facts: [MemberFact::Forbids].into(),
        ..all()
    };
    let wide = || MemberFilter {
        facts: [MemberFact::Wide].into(),
        ..all()
    };
    let fleeting = || MemberFilter {
        facts: [MemberFact::NoPermanentRole].into(),
        ..all()
    };
    let workspace = Workspace::open(&path).unwrap();
    assert_eq!(names(&workspace, forbids()), Vec::<String>::new());
    // What needs nobody to look into rules is right at once.
    assert_eq!(names(&workspace, fleeting()), Vec::<String>::new());
    let grouped = MemberQuery {
        sort: MemberSort::Groups,
        direction: Direction::Descending,
        ..query()
    };
    let page = workspace
        .reader()
        .read(|snapshot| snapshot.member_page(&grouped));
    assert_eq!(page.unwrap().rows[0].name, "Ann");

    let workspace = workspace
        .finding_facts_with(Arc::new(Telling("1")))
        .unwrap();
    assert_eq!(names(&workspace, forbids()), ["Ann", "Team"]);
    assert_eq!(names(&workspace, wide()), ["Ann"]);

    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch("UPDATE privilege SET is_wide = 0; UPDATE role SET forbids = 0;")
        .unwrap();
    let workspace = workspace
        .finding_facts_with(Arc::new(Telling("1")))
        .unwrap();
    assert_eq!(names(&workspace, wide()), Vec::<String>::new());
    let workspace = workspace
        .finding_facts_with(Arc::new(Telling("2")))
        .unwrap();
    assert_eq!(names(&workspace, forbids()), ["Ann", "Team"]);
    assert_eq!(names(&workspace, wide()), ["Ann"]);
}
