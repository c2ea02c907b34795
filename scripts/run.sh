#!/usr/bin/env bash
# Builds the app and opens it on the sample project; without a display, under Xvfb, with a picture.
source "$(dirname "$0")/common.sh"

if has_display; then
    scripts/setup.sh build
else
    scripts/setup.sh build display
fi
scripts/build-ui.sh
say "Building the app (the first time takes some minutes)"
cargo build --quiet --package reeve-desktop
app=${CARGO_TARGET_DIR:-target}/debug/reeve-desktop

if has_display; then
    exec "$app" --sample
fi

say "There is no display here: the app runs under Xvfb"
picture=target/screenshots/run.png
mkdir -p "$(dirname "$picture")"
scripts/headless.sh scripts/screenshot-run.sh "$app" "$picture"
say "The app ran; its window is in $picture"
