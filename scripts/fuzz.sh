#!/usr/bin/env bash
# Compares the judge with the server's own libraries on random cases until interrupted.
source "$(dirname "$0")/common.sh"
scripts/setup.sh build test
cargo build --release --quiet --package reeve-tests --tests
while true; do
    REEVE_FUZZ_SEED=$RANDOM$RANDOM REEVE_FUZZ_CASES=${REEVE_FUZZ_CASES:-200000} \
        cargo test --release --quiet --package reeve-tests fuzz
done
