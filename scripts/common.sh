# What the other scripts share. Sourced, never run.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
die() { printf '\033[31m✗ %s\033[0m\n' "$*" >&2; exit 1; }

# Node's own npm where it works; otherwise the version pinned, with its hash, in package.json.
npm_in() {
    local folder=$1
    shift
    if npm --version >/dev/null 2>&1; then
        (cd "$folder" && npm "$@")
    elif command -v corepack >/dev/null 2>&1; then
        (cd "$folder" && COREPACK_ENABLE_DOWNLOAD_PROMPT=0 corepack npm "$@")
    else
        die "npm is missing; install Node.js 20 or newer with npm"
    fi
}

has_display() { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }
