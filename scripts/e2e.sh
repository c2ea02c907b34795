#!/usr/bin/env bash
# The journeys: in the browser against the loopback server, then in the app's real window.
source "$(dirname "$0")/common.sh"
npm_in tests run --silent e2e
