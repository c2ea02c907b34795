#!/usr/bin/env bash
# Prints what the fast paths cost, as ratios measured in the same run.
source "$(dirname "$0")/common.sh"
scripts/setup.sh build test
cargo bench --quiet --package reeve-store --bench store
cargo bench --quiet --package reeve-policy --bench judge
cargo bench --quiet --package reeve-analysis --bench proof
cargo bench --quiet --package reeve-tests --bench pull
cargo bench --quiet --package reeve-tests --bench people
cargo bench --quiet --package reeve-tests --bench role_effect
cargo bench --quiet --package reeve-tests --bench simulate
npm_in tests run --silent bench
