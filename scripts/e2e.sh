#!/usr/bin/env bash
# The journeys: in the browser against the loopback server, then in the app's real window. Each
# window gets a display of its own. Words after it narrow it, such as `--project=browser expiry`.
source "$(dirname "$0")/common.sh"
npm_in tests run --silent e2e -- "$@"
