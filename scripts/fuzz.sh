#!/usr/bin/env bash
# Compares the judge with the server's own libraries on ever new random cases until interrupted.
# REEVE_FUZZ_CASES says how many there are in one round.
source "$(dirname "$0")/common.sh"
scripts/setup.sh oracle
export REEVE_FUZZ_CASES=${REEVE_FUZZ_CASES:-200000}
while true; do
    export REEVE_FUZZ_SEED=$((RANDOM * 32768 + RANDOM))
    say "Seed $REEVE_FUZZ_SEED, $REEVE_FUZZ_CASES cases each"
    cargo test --release --quiet --package reeve-tests \
        --test casl_fuzz --test template_fuzz --test glob_vectors
done
