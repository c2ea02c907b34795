//! Bars over a span of time, held to a plain filter over all that is timed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod support;

use proptest::prelude::*;
use reeve_domain::lifetime::{Lifetime, Timed};
use reeve_domain::scheduled::{ScheduledGrant, ScheduledObject};
use reeve_store::timeline::{Bar, BarKind, BarObject, TimelineQuery};
use support::{Temporary, assignment, at, folder_grant, privilege, role, user};

/// A bar as a test makes it: kind, start, end, in minutes.
type Made = (u8, Option<i64>, i64);

fn lifetime(start: Option<i64>, end: i64) -> Lifetime {
    Lifetime::Timed(Timed {
        range: None,
        start: start.map(at),
        end: Some(at(end)),
    })
}

fn scheduled(id: &str, start: i64, end: Option<i64>) -> ScheduledGrant {
    ScheduledGrant {
        id: id.into(),
        member: "ann".into(),
        what: ScheduledObject::Role("r".into()),
        start: at(start),
        lifetime: end.map_or(Lifetime::Permanent, |end| lifetime(Some(start), end)),
        reason: String::new(),
        ticket: String::new(),
        created_at: at(0),
        updated_at: at(0),
        trouble: None,
    }
}

fn with(bars: &[Made]) -> Temporary {
    let temporary = Temporary::new();
    temporary.write(|transaction| {
        transaction.insert_member(&user("ann", "Ann"))?;
        transaction.insert_role(&role("r"))?;
        // What is permanent is no bar.
        transaction.insert_privilege(&privilege("p", "ann", "p", Lifetime::Permanent))?;
        for (number, (kind, start, end)) in bars.iter().enumerate() {
            let id = format!("b{number}");
            match kind {
                0 => transaction.insert_assignment(&assignment(
                    &id,
                    "ann",
                    "r",
                    lifetime(*start, *end),
                ))?,
                1 => transaction.insert_privilege(&privilege(
                    &id,
                    "ann",
                    &id,
                    lifetime(*start, *end),
                ))?,
                2 => {
                    transaction.insert_scheduled(&scheduled(
                        &id,
                        start.unwrap_or(0),
                        Some(*end),
                    ))?;
                }
                3 => transaction.insert_scheduled(&scheduled(&id, start.unwrap_or(0), None))?,
                _ => {
                    let grant = folder_grant(&id, "ann", "read", lifetime(*start, *end));
                    transaction.insert_folder_grant(&grant, "")?;
                }
            }
        }
        Ok(())
    });
    temporary
}

fn query(from: i64, to: i64) -> TimelineQuery {
    TimelineQuery {
        from: at(from),
        to: at(to),
        ends_within: false,
        kind: None,
        offset: 0,
        limit: 100,
    }
}

fn id(bar: &Bar) -> String {
    match &bar.what {
        BarObject::Assignment { id, .. } => id.to_string(),
        BarObject::Privilege { id, .. } | BarObject::FolderGrant { id, .. } => id.to_string(),
        BarObject::ScheduledRole { id, .. } | BarObject::ScheduledPrivilege { id, .. } => {
            id.to_string()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_bars_of_a_span_are_those_that_touch_it(
        made in prop::collection::vec((0..5_u8, prop::option::of(0..60_i64), 0..60_i64), 0..24),
        from in 0..60_i64,
        length in 1..60_i64,
        ends_within: bool,
        kind in prop::option::of(0..4_u8),
    ) {
        let temporary = with(&made);
        let to = from + length;
        let mut expected: Vec<(i64, u8, usize)> = made
            .iter()
            .enumerate()
            .filter_map(|(number, (what, start, end))| {
                let end = if *what == 3 { i64::MAX } else { *end };
                let start = if [2, 3].contains(what) { Some(start.unwrap_or(0)) } else { *start };
                let touches = end > from && start.is_none_or(|start| start < to);
                let fits = !ends_within || end <= to;
                // As they are sorted: by the word for them.
                let class = [0, 2, 3, 3, 1][usize::from(*what)];
                (touches && fits && kind.is_none_or(|kind| kind == class)).then_some((end, class, number))
            })
            .collect();
        expected.sort_unstable();
        let asked = TimelineQuery {
            ends_within,
            kind: kind.map(|kind| [BarKind::Assignment, BarKind::FolderGrant, BarKind::Privilege, BarKind::Scheduled][usize::from(kind)]),
            ..query(from, to)
        };
        let page = temporary.read(|snapshot| snapshot.bars(&asked));
        let expected: Vec<String> = expected.iter().map(|(_, _, number)| format!("b{number}")).collect();
        prop_assert_eq!(page.total.count, expected.len() as u64);
        prop_assert_eq!(page.bars.iter().map(id).collect::<Vec<_>>(), expected.clone());
        let mut paged = Vec::new();
        for offset in (0..expected.len()).step_by(5) {
            let part = temporary.read(|snapshot| {
                snapshot.bars(&TimelineQuery { offset, limit: 5, ..asked.clone() })
            });
            paged.extend(part.bars.iter().map(id));
        }
        prop_assert_eq!(paged, expected);
    }
}

#[test]
fn a_span_that_ends_before_it_begins_has_no_bars() {
    let temporary = with(&[(0, Some(0), 30), (1, Some(5), 6)]);
    let page = temporary.read(|snapshot| snapshot.bars(&query(40, 10)));
    assert_eq!(page.bars, []);
}

#[test]
fn a_bar_bears_its_names_and_instants() {
    let temporary = with(&[(0, Some(1), 30), (3, Some(5), 0)]);
    let page = temporary.read(|snapshot| snapshot.bars(&query(0, 60)));
    let [held, planned] = page.bars.as_slice() else {
        panic!("{page:?}")
    };
    assert_eq!((held.start, held.end), (Some(at(1)), Some(at(30))));
    assert_eq!(held.member.name, "Ann");
    let BarObject::Assignment { role, .. } = &held.what else {
        panic!("{held:?}")
    };
    assert_eq!(
        (role.slug.as_str(), role.name.as_str()),
        ("slug-r", "Role r")
    );
    assert_eq!((planned.start, planned.end), (Some(at(5)), None));
}
