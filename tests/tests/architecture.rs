//! Guards the arrows between rooms: who may use whom, and which outside crates reach which room.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Every crate of the workspace, and the crates of ours it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("reeve-domain", &[]),
    ("reeve-policy", &["reeve-domain"]),
    ("reeve-analysis", &["reeve-domain", "reeve-policy"]),
    ("reeve-exchange", &["reeve-domain", "reeve-policy"]),
    ("reeve-change", &["reeve-domain"]),
    ("reeve-remote", &["reeve-domain"]),
    ("reeve-store", &["reeve-domain"]),
    (
        "reeve-app",
        &[
            "reeve-analysis",
            "reeve-change",
            "reeve-domain",
            "reeve-exchange",
            "reeve-policy",
            "reeve-remote",
            "reeve-store",
        ],
    ),
    ("reeve-api", &["reeve-app", "reeve-domain", "reeve-policy"]),
    (
        "reeve-cli",
        &[
            "reeve-analysis",
            "reeve-app",
            "reeve-domain",
            "reeve-keychain",
            "reeve-policy",
        ],
    ),
    ("reeve-keychain", &["reeve-app"]),
    ("reeve-desktop", &["reeve-api", "reeve-keychain"]),
    (
        "reeve-tests",
        &[
            "reeve-analysis",
            "reeve-api",
            "reeve-app",
            "reeve-domain",
            "reeve-policy",
            "reeve-store",
        ],
    ),
];

/// Outside crates that only these rooms may use.
const RESERVED: &[(&str, &[&str])] = &[
    // The tests change files as another program would.
    ("rusqlite", &["reeve-store", "reeve-tests"]),
    ("rusqlite_migration", &["reeve-store"]),
    ("globset", &["reeve-policy"]),
    ("ts-rs", &["reeve-api"]),
    ("keyring", &["reeve-keychain"]),
    ("reqwest", &["reeve-remote"]),
    ("serde", &["reeve-api", "reeve-remote"]),
    ("tauri", &["reeve-desktop"]),
    ("clap", &["reeve-cli"]),
    ("axum", &["reeve-tests"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo can read the workspace")
}

/// What each crate of the workspace ships with; what only its tests use does not count.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    metadata()
        .packages
        .iter()
        .map(|package| {
            let used = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .map(|dependency| dependency.name.clone())
                .collect();
            (package.name.to_string(), used)
        })
        .collect()
}

#[test]
fn every_arrow_between_rooms_is_allowed() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    for (room, used) in dependencies() {
        let may = allowed
            .get(room.as_str())
            .unwrap_or_else(|| panic!("the table of rooms does not know `{room}`"));
        for name in used.iter().filter(|name| name.starts_with("reeve-")) {
            assert!(
                may.contains(&name.as_str()),
                "`{room}` may not use `{name}`"
            );
        }
    }
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    for (room, used) in dependencies() {
        for (name, rooms) in RESERVED {
            assert!(
                !used.contains(*name) || rooms.contains(&room.as_str()),
                "`{room}` may not use `{name}`, which belongs to {rooms:?}"
            );
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let mut silent = Vec::new();
    for folder in ["crates", "src-tauri", "tests/support", "tests/tests"] {
        visit(&root().join(folder), &mut |file| {
            let text = std::fs::read_to_string(file).expect("a source file can be read");
            if !text.starts_with("//!") {
                silent.push(file.display().to_string());
            }
        });
    }
    assert!(silent.is_empty(), "without a `//!` paragraph: {silent:#?}");
}

#[test]
fn the_architecture_page_names_only_what_exists() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the page exists");
    assert!(
        page.lines().count() <= 150,
        "the page has at most 150 lines"
    );
    let mut named = 0;
    for code in page.split('`').skip(1).step_by(2) {
        let is_path = code.contains('/') && !code.contains([' ', '*', '{', '<', ':', '$']);
        if is_path && !code.starts_with('/') {
            named += 1;
            assert!(root().join(code).exists(), "`{code}` does not exist");
        }
    }
    assert!(named > 10, "the page names the rooms by their paths");
}

fn visit(folder: &Path, on_source: &mut impl FnMut(&Path)) {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    for entry in entries {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            visit(&path, on_source);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            on_source(&path);
        }
    }
}
