//! Guards what is built on: every dependency is used, comes from the registry, and may be shipped.

use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use spdx::{Expression, LicenseReq, ParseMode};

/// Licences under which code may be part of a program that is given away under MIT.
const LICENCES: &[&str] = &[
    "Apache-2.0",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    // Its files stay under it; nothing else has to.
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Crates for which another one was chosen: what is encrypted is so by `rustls` alone.
const BANNED: &[&str] = &["native-tls", "openssl", "openssl-sys"];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Everything that is built on this machine's platform.
fn metadata() -> Metadata {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml"))
        .other_options(["--locked", "--filter-platform", &platform].map(str::to_owned))
        .exec()
        .expect("cargo can read the workspace")
}

#[test]
fn everything_from_outside_comes_from_the_registry_and_may_be_shipped() {
    let metadata = metadata();
    let mut outside = 0;
    for package in &metadata.packages {
        let Some(source) = &package.source else {
            let folder = package.manifest_path.parent().expect("a folder");
            assert!(folder.starts_with(&metadata.workspace_root), "{folder}");
            continue;
        };
        outside += 1;
        let name = package.name.as_str();
        assert_eq!(source.repr, REGISTRY, "`{name}`");
        assert!(!BANNED.contains(&name), "`{name}`");
        let licence = package.license.as_deref().unwrap_or_default();
        let expression = Expression::parse_mode(licence, ParseMode::LAX);
        let expression = expression.unwrap_or_else(|error| panic!("`{name}`: {error}"));
        assert!(
            expression.evaluate(is_allowed),
            "`{name}` is under {licence}"
        );
    }
    assert!(outside > 100, "only {outside} were looked at");
}

fn is_allowed(licence: &LicenseReq) -> bool {
    LICENCES.iter().any(|name| {
        let id = spdx::license_id(name).expect("a licence that SPDX knows");
        licence.license.id() == Some(id)
    })
}

#[test]
fn every_dependency_is_used() {
    let metadata = metadata();
    let mut unused = Vec::new();
    for package in metadata.workspace_packages() {
        for dependency in &package.dependencies {
            let name = dependency.rename.as_ref().unwrap_or(&dependency.name);
            let word = name.replace('-', "_");
            if !sources(package, dependency.kind)
                .iter()
                .any(|text| has_word(text, &word))
            {
                unused.push(format!("{} does not use `{name}`", package.name));
            }
        }
    }
    assert!(unused.is_empty(), "{unused:#?}");
}

/// The sources in which a dependency of that kind is of use.
fn sources(package: &Package, kind: DependencyKind) -> Vec<String> {
    let is_meant = |target: &&cargo_metadata::Target| {
        let is_shipped = target.is_lib() || target.is_bin();
        match kind {
            DependencyKind::Build => target.is_custom_build(),
            DependencyKind::Normal => is_shipped,
            _ => !target.is_custom_build(),
        }
    };
    let mut texts = Vec::new();
    for target in package.targets.iter().filter(is_meant) {
        let path = target.src_path.as_std_path();
        if target.is_custom_build() {
            texts.push(std::fs::read_to_string(path).expect("a source file can be read"));
        } else {
            gather(path.parent().expect("a file is in a folder"), &mut texts);
        }
    }
    texts
}

fn gather(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            gather(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push(std::fs::read_to_string(&path).expect("a source file can be read"));
        }
    }
}

/// Whether `word` stands in `text` by itself.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part)
    })
}
