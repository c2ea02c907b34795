//! Measures the store with 100 000 members, and beside it what reading everything would take.
//!
//! Run with `cargo bench -p reeve-store`; another number of members can be given after `--`.

#![allow(
    clippy::print_stdout,
    reason = "a bench exists to print what it measured"
)]

mod sample;

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use reeve_domain::history::HistoryEntry;
use reeve_domain::id::MemberId;
use reeve_domain::member::MemberKind;
use reeve_store::error::StoreError;
use reeve_store::fact::{FindFacts, RuleFacts, Server, StoredRules};
use reeve_store::filter::{Expiry, MemberFact, MemberFilter};
use reeve_store::history::HistoryQuery;
use reeve_store::page::{Direction, MemberQuery, MemberSort};
use reeve_store::snapshot::Snapshot;
use reeve_store::workspace::Workspace;
use rusqlite::Connection;
use sample::{Sample, id, privilege};

type Outcome<T> = Result<T, Box<dyn Error>>;

const MEMBERS: usize = 100_000;
const PAGE: usize = 50;
const ROUNDS: u32 = 20;

/// The list without the store's indices: everything is read and sorted.
const SCAN_PAGE: &str = "
    SELECT +member.id, +member.name,
           (SELECT count(*) FROM privilege WHERE privilege.member = member.seq) AS privileges,
           (SELECT min(end_at) FROM member_ending
            WHERE member_ending.member = member.seq AND end_at > ?1) AS next_end
    FROM member
    ORDER BY CASE ?2 WHEN 'name' THEN +sort_key WHEN 'privileges' THEN -privileges
                     ELSE coalesce(next_end, 9e18) END, +sort_key
    LIMIT 50 OFFSET ?3";

const SCAN_SEARCH: &str = "
    SELECT count(*) FROM member
    WHERE name LIKE ?1 OR handle LIKE ?1 OR id LIKE ?1
       OR EXISTS (SELECT 1 FROM member_metadata WHERE member = member.seq AND value LIKE ?1)";

/// What the filters know of members, from scratch.
const SCAN_FACTS: &str = "
    SELECT count(*) FROM member_fact WHERE forbid_until > ?1";

const SCAN_NEXT_END: &str = "
    SELECT min(end_at) FROM (
        SELECT +end_at AS end_at FROM role_assignment UNION ALL SELECT +end_at FROM privilege)
    WHERE end_at > ?1";

fn main() -> Outcome<()> {
    let count = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(MEMBERS);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("bench.reeve");
    let sample = Sample::of(count);
    let workspace = Workspace::create(&path)?;
    let started = Instant::now();
    workspace
        .writer()
        .transaction::<_, StoreError>(|transaction| transaction.insert_all(&sample.content()))?;
    println!("members            {count}");
    println!("assignments        {}", sample.assignments.len());
    println!("privileges         {}", sample.privileges.len());
    println!("group memberships  {}", sample.group_members.len());
    println!("bulk insert        {:>9.2?}", started.elapsed());
    drop(workspace);
    println!(
        "file               {} MB",
        std::fs::metadata(&path)?.len() / 1_000_000
    );
    let started = Instant::now();
    let workspace = Workspace::open(&path)?;
    println!("open               {:>9.2?}", started.elapsed());
    let started = Instant::now();
    let workspace = workspace.finding_facts_with(Arc::new(FromWords))?;
    println!("facts of all rules {:>9.2?}", started.elapsed());

    println!(
        "\n{:<44}{:>12}{:>12}{:>9}",
        "", "store", "full scan", "ratio"
    );
    let scan = Connection::open(&path)?;
    pages(&workspace, &scan, count)?;
    searches(&workspace, &scan)?;
    filters(&workspace, &scan, count)?;
    others(&workspace, &scan)?;
    writes(&workspace)?;
    Ok(())
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn pages(workspace: &Workspace, scan: &Connection, count: usize) -> Outcome<()> {
    let deep = count.saturating_sub(PAGE);
    for (name, sort, direction, word, offset) in [
        (
            "first page by name",
            MemberSort::Name,
            Direction::Ascending,
            "name",
            0,
        ),
        (
            "last page by name",
            MemberSort::Name,
            Direction::Ascending,
            "name",
            deep,
        ),
        (
            "first page by kind",
            MemberSort::Kind,
            Direction::Ascending,
            "",
            0,
        ),
        (
            "last page by kind",
            MemberSort::Kind,
            Direction::Ascending,
            "",
            deep,
        ),
        (
            "first page by privileges",
            MemberSort::Privileges,
            Direction::Descending,
            "privileges",
            0,
        ),
        (
            "last page by privileges",
            MemberSort::Privileges,
            Direction::Descending,
            "privileges",
            deep,
        ),
        (
            "first page by next end",
            MemberSort::NextEnd,
            Direction::Ascending,
            "end",
            0,
        ),
        (
            "page in the middle by next end",
            MemberSort::NextEnd,
            Direction::Ascending,
            "end",
            deep / 2,
        ),
        (
            "last page by next end",
            MemberSort::NextEnd,
            Direction::Ascending,
            "end",
            deep,
        ),
    ] {
        let query = MemberQuery {
            sort,
            direction,
            offset,
            ..query(None)
        };
        let store = read(workspace, |snapshot| snapshot.member_page(&query))?;
        let full = if word.is_empty() {
            None
        } else {
            Some(scanned(
                scan,
                SCAN_PAGE,
                (now().timestamp_millis(), word, i64::try_from(offset)?),
            )?)
        };
        report(name, store, full);
    }
    let query = MemberQuery {
        filter: MemberFilter {
            kind: Some(MemberKind::Identity),
            ..MemberFilter::default()
        },
        ..query(None)
    };
    let store = read(workspace, |snapshot| snapshot.member_page(&query))?;
    report("first page of identities by name", store, None);
    Ok(())
}

fn searches(workspace: &Workspace, scan: &Connection) -> Outcome<()> {
    for text in [
        "a",
        "al",
        "ali",
        "alice laurent",
        "acme",
        "example",
        "urent",
        "team-7",
        "00004242",
        "zzzz",
    ] {
        let query = query(Some(text));
        let store = read(workspace, |snapshot| snapshot.member_page(&query))?;
        let full = scanned(scan, SCAN_SEARCH, [format!("%{text}%")])?;
        report(&format!("search `{text}`"), store, Some(full));
    }
    for (name, sort) in [
        ("name", MemberSort::Name),
        ("next end", MemberSort::NextEnd),
    ] {
        for text in ["alice", "example"] {
            let query = MemberQuery {
                sort,
                ..query(Some(text))
            };
            let store = read(workspace, |snapshot| snapshot.member_page(&query))?;
            report(&format!("search `{text}` sorted by {name}"), store, None);
        }
    }
    let store = read(workspace, |snapshot| snapshot.lookup("ali", 5))?;
    report("lookup `ali`", store, None);
    Ok(())
}

/// The filters that are measured, by what they leave.
fn some_filters() -> Vec<(&'static str, MemberFilter)> {
    let role = |number: usize| vec![format!("role-{number}").into()];
    let facts = |facts: &[MemberFact]| MemberFilter {
        facts: facts.iter().copied().collect(),
        ..MemberFilter::default()
    };
    let expiry = |expiry| MemberFilter {
        expiry: Some(expiry),
        ..MemberFilter::default()
    };
    let roles = |number| MemberFilter {
        roles: role(number),
        ..MemberFilter::default()
    };
    let group = MemberFilter {
        group: Some(id(0)),
        ..MemberFilter::default()
    };
    let four = MemberFilter {
        roles: role(30),
        expiry: Some(Expiry::Ended),
        ..facts(&[MemberFact::Privileges, MemberFact::Forbids])
    };
    let nobody = MemberFilter {
        expiry: Some(Expiry::NothingTimed),
        ..facts(&[MemberFact::Privileges, MemberFact::NoPermanentRole])
    };
    let role_and_word = MemberFilter {
        search: Some("example".into()),
        ..roles(7)
    };
    let privileges_and_letter = MemberFilter {
        search: Some("a".into()),
        ..facts(&[MemberFact::Privileges])
    };
    vec![
        ("one role of 30", roles(7)),
        ("a role that everybody has", roles(30)),
        ("one group", group),
        ("has a Forbid", facts(&[MemberFact::Forbids])),
        ("wide access", facts(&[MemberFact::Wide])),
        ("has privileges", facts(&[MemberFact::Privileges])),
        ("no permanent role", facts(&[MemberFact::NoPermanentRole])),
        ("nothing timed", expiry(Expiry::NothingTimed)),
        (
            "ends within a week",
            expiry(Expiry::EndsWithin(TimeDelta::days(7))),
        ),
        ("has ended", expiry(Expiry::Ended)),
        ("four at once", four),
        ("many each, few together", nobody),
        ("a role and `example`", role_and_word),
        ("has privileges and `a`", privileges_and_letter),
    ]
}

fn filters(workspace: &Workspace, scan: &Connection, count: usize) -> Outcome<()> {
    for (name, filter) in some_filters() {
        filtered(workspace, scan, name, &filter, count)?;
    }
    for (name, sort) in [("roles", MemberSort::Roles), ("groups", MemberSort::Groups)] {
        for (place, offset) in [("first", 0), ("last", count.saturating_sub(PAGE))] {
            let query = MemberQuery {
                sort,
                offset,
                direction: Direction::Descending,
                ..query(None)
            };
            let store = read(workspace, |snapshot| snapshot.member_page(&query))?;
            report(&format!("{place} page by number of {name}"), store, None);
        }
    }
    Ok(())
}

fn filtered(
    workspace: &Workspace,
    scan: &Connection,
    name: &str,
    filter: &MemberFilter,
    count: usize,
) -> Outcome<()> {
    let query = MemberQuery {
        filter: filter.clone(),
        sort: MemberSort::Name,
        ..query(None)
    };
    let page = workspace
        .reader()
        .read(|snapshot| snapshot.member_page(&query))?;
    let total = usize::try_from(page.total.count)?.min(count);
    let store = read(workspace, |snapshot| snapshot.member_page(&query))?;
    let full = scanned(scan, SCAN_FACTS, [now().timestamp_millis()])?;
    report(&format!("{name}: {total}"), store, Some(full));
    let last = MemberQuery {
        offset: total.saturating_sub(PAGE),
        ..query.clone()
    };
    let store = read(workspace, |snapshot| snapshot.member_page(&last))?;
    report("  its last page", store, None);
    let by_end = MemberQuery {
        sort: MemberSort::NextEnd,
        ..query
    };
    let store = read(workspace, |snapshot| snapshot.member_page(&by_end))?;
    report("  by next end", store, None);
    Ok(())
}

fn others(workspace: &Workspace, scan: &Connection) -> Outcome<()> {
    let store = read(workspace, |snapshot| snapshot.next_end_after(now()))?;
    let full = scanned(scan, SCAN_NEXT_END, [now().timestamp_millis()])?;
    report("next end", store, Some(full));
    let week = now() + TimeDelta::days(7);
    let store = read(workspace, |snapshot| snapshot.expiring(now(), week, 100))?;
    report("ends within a week, 100 of them", store, None);
    let store = read(workspace, |snapshot| snapshot.expired(now(), 100))?;
    report("ended, 100 of them", store, None);
    let store = read(workspace, Snapshot::member_counts)?;
    report("counts by kind", store, None);
    let store = read(workspace, Snapshot::roles)?;
    report("roles with use", store, None);
    let member = MemberId::new("00001234-0000-4000-8000-000000000000");
    let store = read(workspace, |snapshot| snapshot.member_access(&member))?;
    report("access of one member", store, None);
    let ids = workspace
        .reader()
        .read(|snapshot| snapshot.actors_after(None, 1000))?;
    let store = read(workspace, |snapshot| snapshot.accesses(&ids))?;
    report("access of 1000 members", store, None);
    Ok(())
}

fn writes(workspace: &Workspace) -> Outcome<()> {
    let mut number = 0;
    let store = timed(|| {
        number += 1;
        let mut privilege = privilege(1 + 10 * number, number);
        privilege.id = format!("written-{number}").into();
        privilege.slug = format!("written-{number}");
        workspace
            .writer()
            .transaction::<_, StoreError>(|transaction| {
                transaction.insert_privilege(&privilege)?;
                transaction.append_history(&HistoryEntry {
                    id: format!("entry-{number}").into(),
                    at: now(),
                    deed: "privilege.attach".into(),
                    member: Some(privilege.member.clone()),
                    object: privilege.id.as_str().into(),
                    title: privilege.slug.clone(),
                    before: None,
                    after: Some("{}".into()),
                    reason: String::new(),
                    undoes: None,
                })
            })
    })?;
    report("attach a privilege, with history", store, None);
    let query = HistoryQuery {
        limit: PAGE,
        ..HistoryQuery::default()
    };
    let store = read(workspace, |snapshot| snapshot.history_page(&query))?;
    report("first page of the history", store, None);
    Ok(())
}

fn query(search: Option<&str>) -> MemberQuery {
    MemberQuery {
        filter: MemberFilter {
            search: search.map(str::to_owned),
            ..MemberFilter::default()
        },
        sort: MemberSort::Relevance,
        direction: Direction::Ascending,
        offset: 0,
        limit: PAGE,
        now: now(),
    }
}

fn read<T>(
    workspace: &Workspace,
    read: impl Fn(&Snapshot) -> Result<T, StoreError>,
) -> Result<Duration, StoreError> {
    timed(|| workspace.reader().read(&read))
}

fn scanned(
    scan: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params + Clone,
) -> rusqlite::Result<Duration> {
    let mut statement = scan.prepare_cached(sql)?;
    let started = Instant::now();
    let mut rows = statement.query(parameters)?;
    while rows.next()?.is_some() {}
    Ok(started.elapsed())
}

/// The median of [`ROUNDS`] runs, after one to warm up.
fn timed<T, E>(mut run: impl FnMut() -> Result<T, E>) -> Result<Duration, E> {
    run()?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        run()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

fn report(name: &str, store: Duration, full: Option<Duration>) {
    let store_text = format!("{store:.2?}");
    match full {
        None => println!("{name:<44}{store_text:>12}"),
        Some(full) => {
            let ratio = full.as_secs_f64() / store.as_secs_f64();
            let full = format!("{full:.2?}");
            println!("{name:<44}{store_text:>12}{full:>12}{ratio:>8.0}x");
        }
    }
}

/// Takes the facts of rules from their words.
struct FromWords;

impl FindFacts for FromWords {
    fn version(&self) -> &'static str {
        "1"
    }

    fn facts(&self, rules: StoredRules<'_>, _: Server) -> RuleFacts {
        let StoredRules::Written(rules) = rules else {
            return RuleFacts::default();
        };
        RuleFacts {
            forbids: rules.contains("inverted"),
            wide: !rules.contains("conditions"),
        }
    }
}
