//! What the screens of members ask of a project with 100 000 members, from the command to its answer:
//! the median of each, and how many times it fits into the time that is aimed at.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program for developers that prints what it measured"
)]

use std::time::{Duration, Instant};

use reeve_tests::session::Session;
use reeve_tests::timing::{ratio, timed};
use serde_json::{Value, json};

const MEMBERS: u32 = 100_000;
/// As many rows as the window asks for at once.
const PAGE: usize = 200;
const ROUNDS: usize = 21;
/// A page of a list, and a page about one member, may take so long.
const AIM: Duration = Duration::from_millis(50);

fn main() {
    let since = Instant::now();
    let session = Session::on_large_sample(MEMBERS);
    println!("sample             {:.1} s", since.elapsed().as_secs_f64());
    println!(
        "{:<46}{:>10}{:>10}{:>12}",
        "", "median", "worst", "of 50 ms"
    );
    lists(&session);
    details(&session);
}

fn lists(session: &Session) {
    let first = rows(session, &json!({"kind": "group"}), "groups");
    let group = first["rows"][0]["id"].clone();
    let filters = [
        ("everybody", json!({})),
        ("users", json!({"kind": "user"})),
        ("search `a`", json!({"search": "a"})),
        ("search `ali`", json!({"search": "ali"})),
        ("search `example`", json!({"search": "example"})),
        ("one role", json!({"roles": ["member"]})),
        ("has a Forbid", json!({"facts": ["forbids"]})),
        ("wide access", json!({"facts": ["wide"]})),
        ("no permanent role", json!({"facts": ["noPermanentRole"]})),
        (
            "ends within 7 days",
            json!({"expiry": {"state": "ending", "minutes": 10_080}}),
        ),
        ("has ended", json!({"expiry": {"state": "ended"}})),
        ("via a group", json!({"group": group})),
        (
            "role, Forbid, ends and `a`",
            json!({"roles": ["member"], "facts": ["forbids", "privileges"], "search": "a",
                   "expiry": {"state": "ending", "minutes": 43_200}}),
        ),
    ];
    for (name, filter) in &filters {
        let total = rows(session, filter, "name")["total"].clone();
        for sort in ["name", "roles", "privileges", "nextEnd", "groups"] {
            measure(&format!("{name} ({total}) by {sort}"), || {
                rows(session, filter, sort);
            });
        }
    }
}

fn rows(session: &Session, filter: &Value, sort: &str) -> Value {
    session.call(
        "list_members",
        json!({"filter": filter, "sort": sort, "descending": true, "offset": 0, "limit": PAGE}),
    )
}

fn details(session: &Session) {
    let most = rows(session, &json!({}), "privileges")["rows"][0].clone();
    let groups = rows(session, &json!({"kind": "group"}), "name");
    let largest = groups["rows"]
        .as_array()
        .expect("a page has rows")
        .iter()
        .max_by_key(|row| {
            let detail = row["detail"].as_str().unwrap_or_default();
            detail
                .split(' ')
                .next()
                .and_then(|count| count.parse::<usize>().ok())
        })
        .expect("the sample has groups")
        .clone();
    for (name, row) in [
        ("who has most privileges", most),
        ("the largest group", largest),
    ] {
        let request = json!({"member": row["id"]});
        for command in ["member_detail", "effective_permissions"] {
            measure(&format!("{command}: {name}"), || {
                session.call(command, request.clone());
            });
        }
    }
}

fn measure(name: &str, mut ask: impl FnMut()) {
    ask();
    let mut took: Vec<Duration> = (0..ROUNDS).map(|_| timed(&mut ask)).collect();
    took.sort();
    let median = took[ROUNDS / 2];
    let worst = took[ROUNDS - 1];
    let share = ratio(median, AIM);
    println!("{name:<46}{median:>10.2?}{worst:>10.2?}{share:>11.2}x");
}
