#!/usr/bin/env bash
# Installs what is missing for the named purposes: build, display, test, and oracle, which is the
# server's own libraries beside what compiles the judge. Does nothing where everything is there.
source "$(dirname "$0")/common.sh"

compiler_packages=(build-essential pkg-config ca-certificates)
build_packages=("${compiler_packages[@]}" libwebkit2gtk-4.1-dev)
display_packages=(xvfb xauth dbus dbus-x11 gnome-keyring fonts-dejavu-core librsvg2-common scrot)
test_packages=(webkit2gtk-driver)

packages=()
want_pages=no want_tests=no want_oracles=no
for purpose in "$@"; do
    case $purpose in
        build) packages+=("${build_packages[@]}"); want_pages=yes ;;
        display) packages+=("${display_packages[@]}") ;;
        test) packages+=("${test_packages[@]}"); want_tests=yes want_oracles=yes ;;
        oracle) packages+=("${compiler_packages[@]}"); want_oracles=yes ;;
        *) die "unknown purpose: $purpose" ;;
    esac
done

is_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'; }

browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        # Ubuntu's `chromium-browser` is a stub that asks for a snap.
        if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

install_packages() {
    local missing=() package
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || die "please install: ${missing[*]} (this script knows only apt)"
    say "Installing ${missing[*]}"
    local sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_packages "${packages[@]}"

if [ "$want_tests" = yes ] && ! browser >/dev/null; then
    if apt-cache policy chromium 2>/dev/null | grep -q 'Candidate: [0-9]'; then
        install_packages chromium
    fi
fi

command -v cargo >/dev/null || die "cargo is missing; install Rust (stable) from https://rustup.rs"
if [ "$want_tests" = yes ]; then
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
fi
command -v node >/dev/null || die "Node.js is missing; install version 20 or newer"

# npm writes this file last, so it is as new as the lock file only after a complete install.
install_node_modules() {
    local folder=$1
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return 0
    say "Installing the npm packages of $folder/"
    npm_in "$folder" ci --no-audit --no-fund --loglevel=error
    touch "$folder/node_modules/.package-lock.json"
}

if [ "$want_pages" = yes ]; then
    install_node_modules ui
fi
if [ "$want_oracles" = yes ]; then
    install_node_modules tests
fi
if [ "$want_tests" = yes ] && ! browser >/dev/null; then
    say "No Chromium in the packages: installing Playwright's"
    (cd tests && node node_modules/playwright/cli.js install --with-deps chromium)
fi
