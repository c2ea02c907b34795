#!/usr/bin/env bash
# Starts the app on the sample project, waits until its window is drawn, takes a picture, and ends
# it. With REEVE_STAY=1 it stays until it is interrupted.
source "$(dirname "$0")/common.sh"
app=$1
picture=$2

# The project of a headless run is nobody's: it must not end up in a real home folder.
data=$(mktemp -d)
REEVE_DATA_DIR=$data "$app" --sample &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$data"' EXIT

previous=
for _ in $(seq 1 60); do
    sleep 1
    kill -0 "$pid" 2>/dev/null || die "the app ended before its window was drawn"
    scrot --overwrite --silent "$picture"
    # A window that is drawn has many colours, so its picture does not compress to nothing; and it
    # is the same twice.
    size=$(stat -c %s "$picture")
    if [ "$size" -gt 25000 ] && [ "$size" = "$previous" ]; then
        [ "${REEVE_STAY:-0}" = 1 ] && wait "$pid"
        exit 0
    fi
    previous=$size
done
die "the window was not drawn within a minute; see $picture"
