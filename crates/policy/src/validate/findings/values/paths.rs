//! What the paths of folders look like on the server: `/`, or names with a slash before each.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::glob::{Automaton, Glob, State};

/// Why no folder has the path `value`, which starts with a slash, and what to write instead.
pub fn never_stored(value: &str) -> Option<(String, String)> {
    if value == "/" {
        return None;
    }
    let mended: Vec<&str> = value.split('/').filter(|name| !name.is_empty()).collect();
    let mended = format!("/{}", mended.join("/"));
    (mended != value).then(|| {
        let why = if value.ends_with('/') {
            format!("no path ends with a slash, as `{value}` does")
        } else {
            format!("no path has an empty name in it, as `{value}` has")
        };
        (why, format!("write `{mended}`"))
    })
}

/// Whether it is certain that no path of a folder matches.
pub fn matches_no_path(glob: &Glob) -> bool {
    static PATHS: OnceLock<Option<Automaton>> = OnceLock::new();
    let paths = PATHS.get_or_init(|| Automaton::of_regex("^(?:/|(?:/[^/]+)+)$"));
    match (paths, glob.automaton()) {
        (Some(paths), Ok(pattern)) => are_disjoint(paths, pattern),
        _ => false,
    }
}

/// What to write instead of a pattern that matches no path.
pub fn remedy(pattern: &str) -> String {
    let trimmed = pattern.trim().trim_end_matches('/');
    if trimmed.starts_with('/') {
        format!("write `{trimmed}` for the folder, `{trimmed}/**` for it and all below it")
    } else {
        format!("paths start with a slash: write `/{trimmed}`")
    }
}

/// Whether no text is in both languages. Languages too large to compare are not disjoint as far as
/// anyone knows.
fn are_disjoint(one: &Automaton, other: &Automaton) -> bool {
    const LIMIT: usize = 50_000;
    let (_, classes) = one.alphabet().join(other.alphabet());
    let start = (one.start(), other.start());
    let mut seen: BTreeSet<(State, State)> = BTreeSet::from([start]);
    let mut open = vec![start];
    while let Some((a, b)) = open.pop() {
        if (one.accepts(a) && other.accepts(b)) || seen.len() > LIMIT {
            return false;
        }
        for (in_one, in_other) in &classes {
            let next = (one.step(a, *in_one), other.step(b, *in_other));
            let alive = !one.is_dead(next.0) && !other.is_dead(next.1);
            if alive && seen.insert(next) {
                open.push(next);
            }
        }
    }
    true
}
