#!/usr/bin/env bash
# Builds the installable packages into target/release/bundle/.
source "$(dirname "$0")/common.sh"
scripts/setup.sh build
ui/node_modules/.bin/tauri build
find target/release/bundle -name '*.deb' -o -name '*.rpm'
