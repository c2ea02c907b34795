#!/usr/bin/env bash
# Builds the window's pages into ui/dist, if something they are made of is newer.
source "$(dirname "$0")/common.sh"

newest=ui/dist/index.html
if [ -f "$newest" ] && [ -z "$(find ui/src ui/public ui/index.html ui/package-lock.json ui/vite.config.ts ui/tsconfig.json -newer "$newest" -print -quit)" ]; then
    exit 0
fi
say "Building the pages of the window"
npm_in ui run build --silent
