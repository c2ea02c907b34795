#!/usr/bin/env bash
# Runs a command with a display, a session bus and a throw-away keyring of its own.
source "$(dirname "$0")/common.sh"

runtime=$(mktemp -d)
chmod 700 "$runtime"
trap 'rm -rf "$runtime"' EXIT

export XDG_RUNTIME_DIR=$runtime NO_AT_BRIDGE=1 GTK_A11Y=none
# Software drawing is several times faster without compositing.
export WEBKIT_DISABLE_COMPOSITING_MODE=1
unset WAYLAND_DISPLAY

xvfb-run -a -s "-screen 0 1440x900x24 -nolisten tcp" \
    dbus-run-session -- bash -c '
        printf x | XDG_DATA_HOME=$XDG_RUNTIME_DIR gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || true
        exec "$@"
    ' headless "$@"
