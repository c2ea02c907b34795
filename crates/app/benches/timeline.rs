//! Bars and what their ends mean, over a sample of many members (`REEVE_BENCH_MEMBERS`, 100 000 if it
//! is not said). Prints times; nothing is asserted.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use reeve_app::clock::SystemClock;
use reeve_app::events::{Events, Topic};
use reeve_app::reeve::Reeve;
use reeve_app::sample::Size;
use reeve_app::timeline::{Effect, TimelineQuery};
use reeve_app::workspace::Opening;

struct Nobody;

impl Events for Nobody {
    fn changed(&self, _: &[Topic]) {}
}

fn main() -> Result<(), Box<dyn Error>> {
    let members = std::env::var("REEVE_BENCH_MEMBERS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(100_000);
    let folder = tempfile::tempdir()?;
    let reeve = open(folder.path(), members);
    let now = reeve.now();
    println!("{members} members");
    for days in [1, 7, 30] {
        let query = TimelineQuery {
            from: now - TimeDelta::days(days) / 12,
            to: now + TimeDelta::days(days),
            ends_within: false,
            kind: None,
            offset: 0,
            limit: 200,
        };
        let (first, page) = timed(|| reeve.timeline(&query))?;
        let total = usize::try_from(page.total.count)?;
        let last = TimelineQuery {
            offset: total.saturating_sub(200),
            ..query.clone()
        };
        let (deep, _) = timed(|| reeve.timeline(&last))?;
        println!(
            "{days:>3} days: {total:>6} bars, first page {first:>9.1?}, last page {deep:>9.1?}"
        );
        expiring(
            &reeve,
            &TimelineQuery {
                from: now,
                ends_within: true,
                limit: 400,
                ..query
            },
        )?;
    }
    Ok(())
}

/// Everything that ends in the span, twice: the second time what was found is known.
fn expiring(reeve: &Reeve, query: &TimelineQuery) -> Result<(), Box<dyn Error>> {
    for again in ["at first", "again"] {
        let started = Instant::now();
        let mut effects: BTreeMap<Effect, usize> = BTreeMap::new();
        let (mut offset, mut longest, mut calls, mut rows) = (Some(0), Duration::ZERO, 0, 0);
        while let Some(at) = offset {
            let asked = Instant::now();
            let page = reeve.expiring(&TimelineQuery {
                offset: at,
                ..query.clone()
            })?;
            longest = longest.max(asked.elapsed());
            calls += 1;
            rows += page.bars.len();
            for (_, end) in &page.bars {
                *effects.entry(end.worst.effect).or_default() += 1;
            }
            offset = page.next;
        }
        println!(
            "     expiring {again}: {rows} ends in {:.1?}, {calls} answers, the longest {longest:.1?}, {effects:?}",
            started.elapsed()
        );
    }
    Ok(())
}

fn open(folder: &Path, members: u32) -> Reeve {
    let reeve = Reeve::new(folder, Arc::new(SystemClock), Arc::new(Nobody));
    reeve.open(&Opening::Sample(Size::Members(members)));
    reeve
}

/// The median of five runs, after one to warm up, and the last answer.
fn timed<T, E>(run: impl Fn() -> Result<T, E>) -> Result<(Duration, T), E> {
    let mut answer = run()?;
    let mut times = Vec::new();
    for _ in 0..5 {
        let started = Instant::now();
        answer = run()?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    Ok((times.get(2).copied().unwrap_or_default(), answer))
}
