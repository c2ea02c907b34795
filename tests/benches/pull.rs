//! What a pull of a large project costs beside the same requests by a client that does nothing with
//! the answers, at the same number of requests at once, and how much memory it takes.
//!
//! The server runs in this program. Who asks it runs in a program of its own, so that what is
//! measured is not the server's.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a program for developers that prints ratios"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use futures_util::{StreamExt as _, stream};
use reeve_tests::infisical::Infisical;
use reeve_tests::infisical::auth::issue;
use reeve_tests::infisical::world::{Caller, USER, World};
use reeve_tests::linked::Linked;
use serde_json::{Value, json};

/// As many as the app has under way.
const AT_ONCE: usize = 8;

/// How often each is measured. Both sides take turns, so that a busy machine slows both.
const ROUNDS: usize = 5;

const MEMBERS: usize = 10_000;
const ROLES: usize = 200;
const PRIVILEGES: usize = 3_000;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    match words.get(1).map(String::as_str) {
        Some("as-reeve") => as_reeve(&words[2], &words[3], &words[4]),
        Some("bare") => bare(&words[2], &words[3]),
        _ => measure(),
    }
}

fn measure() {
    let usual = pulled(1, ROUNDS);
    let twice = pulled(2, 1);
    let Pulled {
        requests,
        ratio,
        placing,
        again,
        ..
    } = usual;
    println!("pull: {requests} requests; {ratio:.2} x the same requests by a bare client");
    println!("of that after the last answer came: {placing:.2}");
    println!("pull again, nothing new: {again:.2} x the first");
    for (members, pulled) in [(MEMBERS, usual), (2 * MEMBERS, twice)] {
        let Memory {
            before,
            peak,
            again,
        } = pulled.memory;
        println!(
            "memory, {members} members: {before} MB before, at most {peak} MB, again at most {again} MB"
        );
    }
}

/// Medians of several rounds.
struct Pulled {
    requests: usize,
    /// The time of a pull to that of the same requests by a bare client.
    ratio: f64,
    /// The part of it after the last answer came.
    placing: f64,
    /// The time of another pull to that of the first one.
    again: f64,
    /// In the round that took most.
    memory: Memory,
}

/// Resident memory in megabytes.
#[derive(Clone, Copy, Default)]
struct Memory {
    before: u64,
    peak: u64,
    /// At most while pulling again.
    again: u64,
}

/// Pulls a project of `times` the usual size so often.
fn pulled(times: usize, rounds: usize) -> Pulled {
    let server = Infisical::of(World::large(MEMBERS * times, ROLES, PRIVILEGES * times));
    let now = server.server().now();
    let token = issue(&mut server.world(), Caller::User(USER.into()), 36_000, now);
    let project = server.world().project["id"].clone();
    let project = project.as_str().expect("an id is a text");
    let mut targets = Vec::new();
    let (mut ratios, mut placings, mut agains) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = Memory::default();
    for _ in 0..rounds {
        server.asked();
        let told = child(&["as-reeve", &server.url(), &token, project], "");
        let number = |key: &str| told[key].as_f64().expect("the program tells a number");
        let megabytes = |key: &str| told[key].as_u64().expect("the program tells a number");
        if targets.is_empty() {
            let first = usize::try_from(megabytes("requests")).expect("a number of requests fits");
            targets = reads(&server.asked());
            targets.truncate(first);
        }
        let bare = child(&["bare", &server.url(), &token], &targets.join("\n"));
        let bare = bare["seconds"]
            .as_f64()
            .expect("the program tells a number");
        ratios.push(number("seconds") / bare);
        placings.push(1.0 - number("reading") / number("seconds"));
        agains.push(number("again") / number("seconds"));
        if megabytes("peak") > memory.peak {
            memory = Memory {
                before: megabytes("before"),
                peak: megabytes("peak"),
                again: megabytes("peakAgain"),
            };
        }
    }
    Pulled {
        requests: targets.len(),
        ratio: median(ratios),
        placing: median(placings),
        again: median(agains),
        memory,
    }
}

/// What was read, without what was asked by other methods.
fn reads(asked: &[String]) -> Vec<String> {
    let read = |line: &String| {
        let target = line.strip_prefix("GET ")?.split(' ').next()?;
        Some(target.to_owned())
    };
    asked.iter().filter_map(read).collect()
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Runs this program in another role and gives what it tells.
fn child(words: &[&str], input: &str) -> Value {
    let itself = std::env::current_exe().expect("a program knows where it is");
    let mut child = Command::new(itself)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program can be run again");
    let mut stdin = child.stdin.take().expect("it reads");
    stdin.write_all(input.as_bytes()).expect("it reads all");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("it tells JSON")
}

fn as_reeve(address: &str, token: &str, project: &str) {
    let mut linked = Linked::unconnected();
    linked.connect(address, &json!({"kind": "token", "token": token}));
    let before = memory("VmRSS:");
    forget_peak();
    let since = Instant::now();
    let ended = linked.try_link_to(&json!(project));
    let seconds = since.elapsed().as_secs_f64();
    assert_eq!(ended["state"], "done", "{ended}");
    let peak = memory("VmHWM:");
    let last = linked.status()["lastPull"].clone();
    forget_peak();
    let since = Instant::now();
    linked.pull();
    let again = since.elapsed().as_secs_f64();
    let reading = last["took"]
        .as_f64()
        .expect("a pull tells how long it took")
        / 1000.0;
    let told = json!({"seconds": seconds, "reading": reading, "again": again,
                      "requests": last["requests"], "before": before, "peak": peak,
                      "peakAgain": memory("VmHWM:")});
    println!("{told}");
}

/// The peak of memory so far does not count. Where that cannot be said it does.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn bare(address: &str, token: &str) {
    // Another client may have chosen it already, which is as good.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let targets = std::io::read_to_string(std::io::stdin()).expect("the targets come");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client can be made");
    let since = Instant::now();
    runtime.block_on(
        stream::iter(targets.lines())
            .map(|target| {
                let request = client.get(format!("{address}{target}")).bearer_auth(token);
                async move {
                    let response = request.send().await.expect("the server answers");
                    response.bytes().await.expect("the answer is whole").len()
                }
            })
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<_>>(),
    );
    let told = json!({"seconds": since.elapsed().as_secs_f64()});
    println!("{told}");
}

/// A line of what the system tells about this program, in megabytes; zero where it does not.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|told| told.strip_prefix(line));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1024)
}
