#!/usr/bin/env bash
# Runs the tests of the keyring twice: with an unlocked throw-away keyring on a bus of its own, and
# without any. The user's own keyring is not touched.
source "$(dirname "$0")/common.sh"

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
tests=(cargo test --quiet --package reeve-keychain --test keyring)
"${tests[@]}" --no-run

say "The keyring, with one"
env HOME="$home" XDG_DATA_HOME="$home/data" XDG_RUNTIME_DIR="$home" \
    CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}" \
    REEVE_TEST_KEYRING=yes DBUS_SESSION_BUS_ADDRESS='' \
    dbus-run-session -- bash -c '
        printf x | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
        exec "$@"' keyring "${tests[@]}"

say "The keyring, without one"
env -u DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR="$home/nowhere" REEVE_TEST_KEYRING=no "${tests[@]}"
