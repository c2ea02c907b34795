//! Pages, access and ends against a model that does everything the long way, after random deeds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test may fail, and its numbers are small"
)]

mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;
use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use reeve_store::ending::{Ending, EndingObject};
use reeve_store::filter::{Expiry, MemberFact, MemberFilter};
use reeve_store::page::{Direction, MemberQuery, MemberRow, MemberSort, Total};
use reeve_store::snapshot::Snapshot;
use support::model::{Deed, Model, Telling, deed, minutes};
use support::{Temporary, at, query};

const SEARCHES: [&str; 16] = [
    "",
    "ann",
    "An",
    "a",
    "bob",
    "BOB annex",
    "bob-annex",
    "nne",
    "émile",
    "zoe 🚀",
    "🚀",
    "acme",
    "team-3",
    "login1",
    "member-1",
    "nothing such",
];

/// Does the deeds to a new workspace in small transactions, and to a model.
fn done(deeds: &[Deed]) -> (Temporary, Model) {
    let mut temporary = Temporary::new();
    temporary.workspace = temporary
        .workspace
        .clone()
        .finding_facts_with(Arc::new(Telling("1")))
        .unwrap();
    let mut model = temporary.write(Model::begin);
    for some in deeds.chunks(5) {
        temporary.write(|transaction| {
            some.iter()
                .try_for_each(|deed| model.apply(transaction, deed))
        });
    }
    (temporary, model)
}

fn some_query() -> impl Strategy<Value = MemberQuery> {
    let kind = prop_oneof![
        3 => Just(None),
        1 => Just(Some(MemberKind::User)),
        1 => Just(Some(MemberKind::Identity)),
        1 => Just(Some(MemberKind::Group)),
    ];
    let sort = prop_oneof![
        1 => Just(MemberSort::Relevance),
        1 => Just(MemberSort::Name),
        1 => Just(MemberSort::Kind),
        1 => Just(MemberSort::Privileges),
        2 => Just(MemberSort::NextEnd),
        1 => Just(MemberSort::Roles),
        1 => Just(MemberSort::Groups),
    ];
    let direction = prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)];
    let search = prop_oneof![Just(None), (0..SEARCHES.len()).prop_map(Some)];
    (
        kind,
        sort,
        direction,
        search,
        0..12_usize,
        0..9_usize,
        -1..13_i64,
        some_parts(),
    )
        .prop_map(
            |(kind, sort, direction, search, offset, limit, now, parts)| MemberQuery {
                filter: MemberFilter {
                    kind,
                    search: search.map(|index| SEARCHES[index].to_owned()),
                    ..parts
                },
                sort,
                direction,
                offset,
                limit,
                now: at(now),
            },
        )
}

/// A filter without kind and search; mostly of few parts, so that somebody passes.
fn some_parts() -> impl Strategy<Value = MemberFilter> {
    let role = prop_oneof![4 => Just("r0"), 3 => Just("r1"), 3 => Just("r2"), 1 => Just("r9")];
    let roles = prop_oneof![
        5 => Just(Vec::new()),
        2 => role.clone().prop_map(|role| vec![role.into()]),
        1 => prop::collection::vec(role.prop_map(Into::into), 2..4),
    ];
    let expiry = prop_oneof![
        6 => Just(None),
        1 => Just(Some(Expiry::NothingTimed)),
        2 => (0..9_i64).prop_map(|span| Some(Expiry::EndsWithin(TimeDelta::minutes(span)))),
        2 => Just(Some(Expiry::Ended)),
    ];
    let group = prop_oneof![
        7 => Just(None),
        2 => (1..20_usize).prop_map(|number| Some(format!("member-{number}").into())),
    ];
    let fact = prop_oneof![
        Just(MemberFact::Forbids),
        Just(MemberFact::Wide),
        Just(MemberFact::Privileges),
        Just(MemberFact::NoPermanentRole),
    ];
    let facts = prop_oneof![
        3 => Just(BTreeSet::new()),
        2 => prop::collection::btree_set(fact, 1..3),
    ];
    (roles, expiry, group, facts).prop_map(|(roles, expiry, group, facts)| MemberFilter {
        roles,
        expiry,
        group,
        facts,
        ..MemberFilter::default()
    })
}

/// The row that the list must show for a member.
fn assert_row(model: &Model, member: &Member, row: &MemberRow, query: &MemberQuery) {
    let now = (query.now - at(0)).num_minutes();
    let ends = model.ends(member);
    assert_eq!(row.id, member.id);
    assert_eq!(
        (row.kind, &row.name, &row.handle),
        (member.kind, &member.name, &member.handle)
    );
    assert_eq!(row.auth_methods, member.auth_methods);
    assert_eq!(row.privilege_count as usize, model.privileges(member).len());
    assert_eq!(
        row.next_end,
        ends.iter().find(|end| **end > now).map(|end| at(*end))
    );
    assert_eq!(
        row.past_end,
        ends.iter().rfind(|end| **end <= now).map(|end| at(*end))
    );
    let groups: Vec<&MemberId> = row.groups.iter().map(|group| &group.id).collect();
    let expected: Vec<&MemberId> = model.groups(member).iter().map(|group| &group.id).collect();
    assert_eq!(groups, expected);
    let size = model
        .memberships
        .iter()
        .filter(|(group, _)| group == member.id.as_str())
        .count();
    assert_eq!(row.group_size as usize, size);
    let chips: Vec<_> = row
        .roles
        .iter()
        .map(|chip| {
            let through = chip.through.as_ref().map(|group| group.name.as_str());
            (
                &chip.assignment,
                chip.slug.clone(),
                chip.name.clone(),
                &chip.lifetime,
                through,
            )
        })
        .collect();
    let expected: Vec<_> = model
        .held(member)
        .into_iter()
        .map(|(held, through)| {
            let (slug, name) = (format!("slug-{}", held.role), format!("Role {}", held.role));
            (
                &held.id,
                slug,
                name,
                &held.lifetime,
                through.map(|group| group.name.as_str()),
            )
        })
        .collect();
    assert_eq!(chips, expected);
}

/// What triggers keep must be what computing it anew gives.
fn assert_kept(temporary: &Temporary) {
    const DIFFERENCES: &str = "
        SELECT 'end', count(*) FROM (
            SELECT DISTINCT member, end_at FROM member_ending
            EXCEPT SELECT member, end_at FROM member_end)
        UNION ALL
        SELECT 'stale end', count(*) FROM (
            SELECT member, end_at FROM member_end EXCEPT SELECT member, end_at FROM member_ending)
        UNION ALL
        SELECT 'previous end', count(*) FROM member_end WHERE previous_end IS NOT (
            SELECT max(before.end_at) FROM member_end AS before
            WHERE before.member = member_end.member AND before.end_at < member_end.end_at)
        UNION ALL
        SELECT 'copy', count(*) FROM member_end JOIN member ON member.seq = member_end.member
            WHERE member.kind <> member_end.kind OR member.sort_key <> member_end.sort_key
        UNION ALL
        SELECT 'last end', count(*) FROM member WHERE last_end IS NOT (
            SELECT max(end_at) FROM member_ending WHERE member_ending.member = member.seq)
        UNION ALL
        SELECT 'privileges', count(*) FROM member WHERE privilege_count <> (
            SELECT count(*) FROM privilege WHERE privilege.member = member.seq)
        UNION ALL
        SELECT 'size', count(*) FROM member WHERE group_size <> (
            SELECT count(*) FROM group_member WHERE group_member.whole = member.seq)
        UNION ALL
        SELECT 'kinds', count(*) FROM member_count WHERE members <> (
            SELECT count(*) FROM member WHERE member.kind = member_count.kind)
        UNION ALL
        SELECT 'use by actors', count(*) FROM role WHERE actor_count <> (
            SELECT count(*) FROM role_assignment JOIN member ON member.seq = role_assignment.member
            WHERE role_assignment.role = role.seq AND member.kind <> 'group')
        UNION ALL
        SELECT 'use by groups', count(*) FROM role WHERE group_count <> (
            SELECT count(*) FROM role_assignment JOIN member ON member.seq = role_assignment.member
            WHERE role_assignment.role = role.seq AND member.kind = 'group')
        UNION ALL
        SELECT 'roles', count(*) FROM member WHERE role_count <> (
            SELECT count(*) FROM role_assignment WHERE role_assignment.member = member.seq)
        UNION ALL
        SELECT 'groups', count(*) FROM member WHERE group_count <> (
            SELECT count(*) FROM group_member WHERE group_member.member = member.seq)
        UNION ALL
        SELECT 'role', count(*) FROM (
            SELECT DISTINCT member, role FROM member_grant WHERE role IS NOT NULL
            EXCEPT SELECT member, role FROM member_role)
        UNION ALL
        SELECT 'stale role', count(*) FROM (
            SELECT member, role FROM member_role EXCEPT SELECT member, role FROM member_grant)
        UNION ALL
        SELECT 'facts', count(*) FROM member LEFT JOIN member_fact AS fact ON fact.member = seq
            WHERE member.has_permanent_role <> coalesce(fact.has_permanent_role, 0)
               OR member.forbid_until IS NOT fact.forbid_until
               OR member.wide_until IS NOT fact.wide_until
        UNION ALL
        SELECT 'search', abs((SELECT count(*) FROM member) - (SELECT count(*) FROM member_search))
        UNION ALL
        SELECT 'bulk', count(*) FROM bulk";
    let raw = temporary.raw();
    let mut statement = raw.prepare(DIFFERENCES).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let what: String = row.get(0).unwrap();
        assert_eq!(row.get::<_, i64>(1).unwrap(), 0, "{what}");
    }
    drop(rows);
    let broken: Vec<String> = raw
        .prepare("SELECT \"table\" FROM pragma_foreign_key_check")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(broken, Vec::<String>::new());
}

fn settings() -> ProptestConfig {
    ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn a_page_is_a_cut_of_the_whole_sorted_list(
        deeds in prop::collection::vec(deed(), 0..120),
        queries in prop::collection::vec(some_query(), 40),
    ) {
        let (temporary, model) = done(&deeds);
        for query in queries {
            let page = temporary.read(|snapshot| snapshot.member_page(&query));
            let all = model.sorted(&query);
            let count = all.len() as u64;
            assert_eq!(page.total, Total { count, exact: true }, "{query:?}");
            let expected: Vec<&Member> =
                all.into_iter().skip(query.offset).take(query.limit).collect();
            let names = |members: &[&Member]| -> Vec<String> {
                members.iter().map(|member| format!("{} {}", member.id, member.name)).collect()
            };
            let found: Vec<String> =
                page.rows.iter().map(|row| format!("{} {}", row.id, row.name)).collect();
            assert_eq!(found, names(&expected), "{query:?}");
            for (row, member) in page.rows.iter().zip(expected) {
                assert_row(&model, member, row, &query);
            }
            let mut ids = temporary.read(|snapshot| snapshot.matching_ids(&query.filter, query.now));
            ids.sort_unstable();
            let mut expected: Vec<MemberId> =
                model.sorted(&query).iter().map(|member| member.id.clone()).collect();
            expected.sort_unstable();
            assert_eq!(ids, expected, "{query:?}");
        }
        assert_kept(&temporary);
    }

    #[test]
    fn access_is_all_that_a_member_has(deeds in prop::collection::vec(deed(), 0..120)) {
        let (temporary, model) = done(&deeds);
        let mut ids: Vec<MemberId> =
            model.members.iter().map(|member| member.id.clone()).collect();
        ids.insert(ids.len() / 2, "nobody".into());
        let accesses = temporary.read(|snapshot| snapshot.accesses(&ids));
        assert_eq!(accesses.len(), model.members.len());
        for (access, member) in accesses.iter().zip(&model.members) {
            assert_eq!(&access.member, member);
            let groups: Vec<&MemberId> = access.groups.iter().map(|group| &group.id).collect();
            let expected: Vec<&MemberId> =
                model.groups(member).iter().map(|group| &group.id).collect();
            assert_eq!(groups, expected);
            let held: Vec<_> = access
                .roles
                .iter()
                .map(|held| {
                    assert_eq!(held.role.id, held.assignment.role);
                    let through = held.through.as_ref().map(|group| &group.id);
                    (&held.assignment, through)
                })
                .collect();
            let expected: Vec<_> = model
                .held(member)
                .into_iter()
                .map(|(held, through)| (held, through.map(|group| &group.id)))
                .collect();
            assert_eq!(held, expected);
            let privileges: Vec<_> = access.privileges.iter().collect();
            assert_eq!(privileges, model.privileges(member));
            let alone = temporary.read(|snapshot| snapshot.member_access(&member.id));
            assert_eq!(alone.as_ref(), Some(access));
        }
        let actors = temporary.read(|snapshot| snapshot.actors_after(None, 1000));
        let expected: Vec<MemberId> = model
            .members
            .iter()
            .filter(|member| member.kind != MemberKind::Group)
            .map(|member| member.id.clone())
            .collect();
        assert_eq!(actors, expected);
        if let [first, rest @ ..] = expected.as_slice() {
            let next = temporary.read(|snapshot| snapshot.actors_after(Some(first), 2));
            assert_eq!(next, rest[..rest.len().min(2)]);
        }
    }

    #[test]
    fn ends_are_found_in_order(
        deeds in prop::collection::vec(deed(), 0..120),
        now in -1..13_i64,
        span in 0..13_i64,
        limit in 0..6_usize,
    ) {
        let (temporary, model) = done(&deeds);
        let mut all: Vec<(i64, &str)> = model
            .assignments
            .iter()
            .filter_map(|held| Some((minutes(&held.lifetime)?, held.id.as_str())))
            .collect();
        all.extend(
            model
                .privileges
                .iter()
                .filter_map(|held| Some((minutes(&held.lifetime)?, held.id.as_str()))),
        );
        all.extend(
            model
                .folder_grants
                .iter()
                .filter_map(|held| Some((minutes(&held.lifetime)?, held.id.as_str()))),
        );
        all.sort_unstable();
        let next = temporary.read(|snapshot| snapshot.next_end_after(at(now)));
        assert_eq!(next, all.iter().find(|(end, _)| *end > now).map(|(end, _)| at(*end)));

        let soon = temporary.read(|snapshot| snapshot.expiring(at(now), at(now + span), 1000));
        let expected = all.iter().filter(|(end, _)| *end > now && *end <= now + span);
        assert_eq!(in_any_order(&soon.rows), expected.copied().collect::<Vec<_>>());
        assert!(soon.rows.is_sorted_by_key(|ending| ending.end));
        let few = temporary.read(|snapshot| snapshot.expiring(at(now), at(now + span), limit));
        assert_eq!(few.rows, soon.rows[..soon.rows.len().min(limit)]);
        assert_eq!(few.total.count as usize, soon.rows.len());

        let past = temporary.read(|snapshot| snapshot.expired(at(now), 1000));
        let expected = all.iter().filter(|(end, _)| *end <= now);
        assert_eq!(in_any_order(&past.rows), expected.copied().collect::<Vec<_>>());
        assert!(past.rows.iter().rev().is_sorted_by_key(|ending| ending.end));
        let few = temporary.read(|snapshot| snapshot.expired(at(now), limit));
        assert_eq!(few.rows, past.rows[..past.rows.len().min(limit)]);
        for ending in soon.rows.iter().chain(&past.rows) {
            assert_names(&model, ending);
        }
    }
}

fn in_any_order(endings: &[Ending]) -> Vec<(i64, &str)> {
    let mut all: Vec<(i64, &str)> = endings
        .iter()
        .map(|ending| {
            let id = match &ending.what {
                EndingObject::Assignment { id, .. } => id.as_str(),
                EndingObject::Privilege { id, .. } | EndingObject::FolderGrant { id, .. } => {
                    id.as_str()
                }
            };
            ((ending.end - at(0)).num_minutes(), id)
        })
        .collect();
    all.sort_unstable();
    all
}

fn assert_names(model: &Model, ending: &Ending) {
    let (member, lifetime) = match &ending.what {
        EndingObject::Assignment {
            id,
            role,
            slug,
            name,
        } => {
            let held = model
                .assignments
                .iter()
                .find(|held| held.id == *id)
                .unwrap();
            assert_eq!(role, &held.role);
            assert_eq!(
                (slug, name),
                (&format!("slug-{role}"), &format!("Role {role}"))
            );
            (&held.member, &held.lifetime)
        }
        EndingObject::Privilege { id, slug } => {
            let held = model.privileges.iter().find(|held| held.id == *id).unwrap();
            assert_eq!(slug, &held.slug);
            (&held.member, &held.lifetime)
        }
        EndingObject::FolderGrant {
            id,
            environment,
            path,
            tier,
        } => {
            let mut held = model.folder_grants.iter();
            let held = held.find(|held| held.id == *id).unwrap();
            assert_eq!(
                (environment, path, tier),
                (&held.environment, &held.path, &held.tier)
            );
            (&held.member, &held.lifetime)
        }
    };
    let member = model
        .members
        .iter()
        .find(|other| other.id == *member)
        .unwrap();
    assert_eq!(ending.member.id, member.id);
    assert_eq!(
        (ending.member.kind, &ending.member.name),
        (member.kind, &member.name)
    );
    assert_eq!(&ending.lifetime, lifetime);
}

#[test]
fn the_roles_of_members_are_counted_by_kind_of_holder() {
    let deeds = [
        Deed::AddMember(MemberKind::User, 0),
        Deed::AddMember(MemberKind::Group, 1),
        Deed::Assign(0, 0, support::until(1)),
        Deed::Assign(0, 1, support::until(2)),
        Deed::Assign(1, 0, support::until(3)),
        Deed::Reassign(0, 1, support::until(4)),
    ];
    let (temporary, _) = done(&deeds);
    let used: Vec<(String, u64, u64)> = temporary
        .read(Snapshot::roles)
        .into_iter()
        .map(|row| (row.role.slug, row.actor_count, row.group_count))
        .collect();
    let expected = [("slug-r0", 0, 1), ("slug-r1", 2, 0), ("slug-r2", 0, 0)];
    assert_eq!(
        used,
        expected.map(|(slug, actors, groups)| (slug.to_owned(), actors, groups))
    );
}

#[test]
fn an_empty_workspace_has_an_empty_page() {
    let temporary = Temporary::new();
    let page = temporary.read(|snapshot| snapshot.member_page(&query()));
    assert_eq!(page.rows, []);
    assert_eq!(
        page.total,
        Total {
            count: 0,
            exact: true
        }
    );
}
