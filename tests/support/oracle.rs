//! The server's own libraries, asked in Node for random cases.
//!
//! `REEVE_FUZZ_CASES` sets the number of cases, `REEVE_FUZZ_SEED` the seed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// How many cases are wanted; `usual` if nothing else is.
pub fn cases(usual: usize) -> usize {
    setting("REEVE_FUZZ_CASES", usual)
}

/// Runs a script of the folder `oracle` with `seed`, if no other one is wanted, and more words, and
/// shows each line that it writes to `compare`, as text and as JSON.
pub fn ask(script: &str, seed: usize, words: &[&str], mut compare: impl FnMut(&str, &Value)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        folder.join("node_modules").exists(),
        "the server's libraries are not installed: run `npm ci` in the folder `tests`"
    );
    let mut oracle = Command::new("node")
        .current_dir(folder)
        .arg(Path::new("oracle").join(script))
        .args(["--seed", &setting("REEVE_FUZZ_SEED", seed).to_string()])
        .args(words)
        .stdout(Stdio::piped())
        .spawn()
        .expect("an oracle needs `node` on the path");
    let answers = BufReader::new(oracle.stdout.take().expect("a pipe from node"));
    for line in answers.lines() {
        let line = line.expect("a line from node");
        compare(&line, &serde_json::from_str(&line).expect("a line of JSON"));
    }
    let end = oracle.wait().expect("node ends");
    assert!(end.success(), "the oracle failed: {end}");
}

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
}
