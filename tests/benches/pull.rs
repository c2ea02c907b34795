//! What a pull of a large project costs beside the same requests by a client that does nothing with
//! the answers, at the same number of requests at once.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program for developers that prints ratios"
)]

use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};
use reeve_tests::infisical::Infisical;
use reeve_tests::infisical::auth::issue;
use reeve_tests::infisical::world::{Caller, USER, World};
use reeve_tests::linked::Linked;

/// As many as the app has under way.
const AT_ONCE: usize = 8;

fn main() {
    let server = Infisical::of(World::large(10_000, 200, 3_000));
    server.asked();
    let before = memory();
    let since = Instant::now();
    let linked = Linked::as_user(&server);
    let pulled = since.elapsed();
    let after = memory();
    let asked: Vec<String> = server
        .asked()
        .into_iter()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            let method = parts.next()?;
            (method == "GET").then(|| parts.next().map(str::to_owned))?
        })
        .collect();
    let bare = bare(&server, &asked);
    let again = {
        let since = Instant::now();
        linked.pull();
        since.elapsed()
    };
    let ratio = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
    println!(
        "pull: {} requests, {:.1} s; {:.2} x the same requests by a bare client",
        asked.len(),
        pulled.as_secs_f64(),
        ratio(pulled, bare)
    );
    println!(
        "pull again, nothing new: {:.2} x the first",
        ratio(again, pulled)
    );
    println!("memory: {before} MB before, {after} MB after");
}

fn bare(server: &Infisical, targets: &[String]) -> Duration {
    let now = server.server().now();
    let token = issue(&mut server.world(), Caller::User(USER.into()), 3600, now);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client can be made");
    let since = Instant::now();
    runtime.block_on(
        stream::iter(targets)
            .map(|target| {
                let request = client
                    .get(format!("{}{target}", server.url()))
                    .bearer_auth(&token);
                async move {
                    let response = request.send().await.expect("the server answers");
                    response.bytes().await.expect("the answer is whole").len()
                }
            })
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<_>>(),
    );
    since.elapsed()
}

/// The resident memory of this program in megabytes; zero where the system does not tell.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes / 1024)
}
