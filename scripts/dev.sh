#!/usr/bin/env bash
# Opens the app with hot reload of the window's pages.
source "$(dirname "$0")/common.sh"
has_display || die "make dev needs a display; make run works without one"
scripts/setup.sh build
scripts/build-ui.sh
exec ui/node_modules/.bin/tauri dev --config '{"build":{"devUrl":"http://127.0.0.1:1420"}}' -- -- --sample
