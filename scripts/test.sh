#!/usr/bin/env bash
# Every check and test, from a bare machine on. STAGES narrows it, such as STAGES="rust ui".
source "$(dirname "$0")/common.sh"

stages=" ${STAGES:-format lint rust ui e2e} "
runs() { [[ $stages == *" $1 "* ]]; }

scripts/setup.sh build display test
scripts/build-ui.sh

if runs format; then
    say "Format"
    cargo fmt --check
    npm_in ui run --silent format:check
    npm_in tests run --silent format:check
fi
if runs lint; then
    say "Lint"
    cargo clippy --quiet --workspace --all-targets -- -D warnings
    npm_in ui run --silent typecheck
    npm_in ui run --silent lint
    npm_in tests run --silent typecheck
    npm_in tests run --silent lint
fi
if runs rust; then
    say "Rust tests"
    cargo run --quiet --package reeve-tests --bin bindings -- --check
    cargo test --quiet --workspace
    scripts/keyring-test.sh
fi
if runs ui; then
    say "UI tests"
    npm_in ui run --silent test
fi
if runs e2e; then
    say "End-to-end tests"
    cargo build --quiet --package reeve-desktop --package reeve-tests --bins
    scripts/e2e.sh
fi
say "All checks passed"
