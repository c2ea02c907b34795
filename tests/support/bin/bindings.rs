//! Writes the TypeScript twin of the command table, or with `--check` says whether it is stale.

#![allow(clippy::print_stderr, reason = "a program that a person runs")]

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(reeve_api::export::BINDINGS_PATH);
    let fresh = reeve_api::export::typescript();
    if std::env::args().any(|argument| argument == "--check") {
        return check(&path, &fresh);
    }
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&path, fresh));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not write {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn check(path: &std::path::Path, fresh: &str) -> ExitCode {
    if std::fs::read_to_string(path).is_ok_and(|stored| stored == fresh) {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "{} does not fit the command table; run `make bindings`",
        reeve_api::export::BINDINGS_PATH
    );
    ExitCode::FAILURE
}
