#!/usr/bin/env bash
# The one entry: build | demo | test | bench | bless | fuzz. `./build.sh help` lists them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly tools=$PWD/target/tools
readonly wasm_target=wasm32-unknown-unknown
readonly cores=(writer viewer keeper)
readonly core_raw_limit=$((450 * 1024)) core_gzip_limit=$((200 * 1024)) content_limit=$((20 * 1024))

say() { printf '%s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# --- What a machine needs -------------------------------------------------------------------------------------------

need() { command -v "$1" >/dev/null 2>&1 || die "$1 is missing; install $2 and run this again."; }

# Debian packages by name, where this machine can install them.
apt_install() {
  command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ] || return 1
  say "Installing $* (Debian packages)"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
    >"$tools/apt.log" 2>&1
}

has_source() { [ -d "$("$1" --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std" ]; }

# The core is compiled together with its standard library: that alone makes it a fifth smaller, and it needs no
# prebuilt target. Prints which toolchain has the library's source: `rustup` or `debian`.
wasm_toolchain() {
  if has_source rustc; then echo rustup
  elif [ -x /usr/bin/cargo ] && has_source /usr/bin/rustc && debian_linker >/dev/null; then echo debian
  elif command -v rustup >/dev/null 2>&1 && timeout 180 rustup component add rust-src >"$tools/rustup.log" 2>&1 \
    && has_source rustc; then echo rustup
  elif apt_install rustc-web cargo-web rust-web-src rust-web-clippy lld-22 >&2; then echo debian
  else die "the source of Rust's standard library is missing: run 'rustup component add rust-src', or on Debian 'apt-get install rustc-web cargo-web rust-web-src rust-web-clippy lld-22'."
  fi
}

debian_linker() {
  local linker
  for linker in /usr/bin/wasm-ld-22 /usr/bin/wasm-ld-2? /usr/bin/wasm-ld-1? /usr/bin/wasm-ld; do
    [ -x "$linker" ] && { echo "$linker"; return; }
  done
  return 1
}

# cargo for wasm32, whichever way this machine has; $1 is the subcommand.
wasm_cargo() {
  local way; way=${WASM_TOOLCHAIN:-$(wasm_toolchain)}
  local std=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size --lib --target "$wasm_target" --release --locked)
  # RUSTC_BOOTSTRAP: building the standard library and the size flags are still called unstable.
  local -x RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/wasm-$way${wasm_folder:-} CARGO_PROFILE_RELEASE_PANIC=abort
  # A panic ends the instance (core.js starts a new one); its words would be the largest part of the core.
  local -x RUSTFLAGS='-Cpanic=immediate-abort -Zunstable-options -Zlocation-detail=none -Zfmt-debug=none --cfg sha2_backend_soft="compact"'
  if [ "$way" = debian ]; then
    # Cargo calls clippy-driver and rustc by name: Debian's must come first on the path.
    local -x PATH=/usr/bin:$PATH RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(debian_linker)
    /usr/bin/cargo "$1" "${std[@]}" "${@:2}"
  else
    cargo "$1" "${std[@]}" "${@:2}"
  fi
  wasm_module=target/wasm-$way${wasm_folder:-}/$wasm_target/release/redress.wasm
}

need_cargo_fuzz() {
  [ -x "$tools/bin/cargo-fuzz" ] && return
  say "Installing cargo-fuzz into target/tools (about two minutes, once)"
  cargo install cargo-fuzz --version 0.13.2 --locked --root "$tools" --target-dir "$tools/build" >"$tools/cargo-fuzz.log" 2>&1 \
    || die "cargo-fuzz could not be installed; see target/tools/cargo-fuzz.log."
  rm -rf "$tools/build"
}

need_npm() {
  [ node_modules/.package-lock.json -nt package-lock.json ] && return
  say "Installing the npm tools of package-lock.json"
  npm ci --ignore-scripts --no-audit --no-fund >"$tools/npm.log" 2>&1 || die "npm ci failed; see target/tools/npm.log."
  touch node_modules/.package-lock.json
}

# Prints the path of a browser: $1 is the variable that may name it, the rest are program names; the last is also the
# Debian package that brings it.
find_browser() {
  local variable=$1 name; shift
  [ -n "${!variable:-}" ] && { echo "${!variable}"; return; }
  for name in "$@"; do command -v "$name" 2>/dev/null && return; done
  apt_install "${*: -1}" >&2 && command -v "${*: -1}" && return
  die "no ${*: -1} found: install it (Debian: apt-get install ${*: -1}) or set $variable to its path."
}

need_chromium() { CHROMIUM=$(find_browser CHROMIUM chromium-browser chromium); export CHROMIUM; }
need_firefox() { FIREFOX=$(find_browser FIREFOX firefox firefox-esr); export FIREFOX; }

# A small program that is also the name of a Debian package.
need_program() {
  command -v "$1" >/dev/null 2>&1 || { apt_install "$1" && command -v "$1" >/dev/null 2>&1; } || die "$1 is missing; install it and run this again."
}

need_tools() {
  need cargo "Rust (https://rustup.rs)"; need node "Node.js 20 or newer"; need npm "Node.js 20 or newer"
  mkdir -p "$tools"
  need_npm
}

# --- The extension --------------------------------------------------------------------------------------------------

size() { wc -c <"$1" | tr -d ' '; }

# Prints a size beside its limit and fails above it.
within() {
  say "$1: $2 bytes (limit $3)"
  [ "$2" -le "$3" ] || die "$1 is $(($2 - $3)) bytes over its limit of $3."
}

# The core is compiled for what is asked of it: $1 is `writer` (reading pages, cases), `keeper` (the vault) or `viewer`
# (our own pages). Each in a folder of its own: cargo keeps one result for a library, whatever its features.
compile_core() { wasm_folder=-$1 wasm_cargo build --quiet --no-default-features --features "$1"; }

build_core() {
  compile_core "$1"
  local core=target/core/$1_bg.wasm
  if [ ! -f "$core" ] || [ "$wasm_module" -nt "$core" ]; then
    mkdir -p target/core/raw
    target/debug/bindgen "$wasm_module" "$1" target/core/raw
    cp "target/core/raw/$1.js" target/core/
    # With --all-features the result does not load: these are the features rustc emits.
    # The lowest kilobyte is the far end of the stack. Flattening in between lets the second run see more alike.
    node_modules/.bin/wasm-opt --merge-similar-functions --low-memory-unused -Oz --flatten --rereloop -Oz -Oz --converge --strip-debug --strip-producers \
      --enable-bulk-memory --enable-sign-ext --enable-mutable-globals --enable-nontrapping-float-to-int \
      --enable-reference-types --enable-multivalue \
      "target/core/raw/$1_bg.wasm" -o "$core"
  fi
}

build_extension() {
  need_tools
  local core build builds=() first=${cores[0]}
  local -x WASM_TOOLCHAIN; WASM_TOOLCHAIN=$(wasm_toolchain)
  cargo build --quiet --locked --package bindgen
  # The standard library and the dependencies are the same for all: compiled once.
  compile_core "$first"
  for core in "${cores[@]:1}"; do
    [ -d "target/wasm-$WASM_TOOLCHAIN-$core" ] || cp -a "target/wasm-$WASM_TOOLCHAIN-$first" "target/wasm-$WASM_TOOLCHAIN-$core"
  done
  # Side by side: most of the rest is wasm-opt, which uses one processor.
  for core in "${cores[@]}"; do build_core "$core" & builds+=($!); done
  mkdir -p target/core
  cargo run --quiet --locked -- pages >target/core/pages.json
  for build in "${builds[@]}"; do wait "$build"; done
  node extension/assemble.js
  for core in "${cores[@]}"; do
    within "core of the $core, raw" "$(size dist/core/${core}_bg.wasm)" "$core_raw_limit"
    within "core of the $core, gzip" "$(gzip -9c dist/core/${core}_bg.wasm | wc -c | tr -d ' ')" "$core_gzip_limit"
  done
  within "content scripts" "$(node extension/assemble.js --content-bytes)" "$content_limit"
}

# --- Commands -------------------------------------------------------------------------------------------------------

command_test() {
  build_extension
  cargo fmt --check
  cargo clippy --locked --workspace --all-targets --quiet -- -D warnings
  # Again for wasm32, or crate/web would never be linted; where what it needs is compiled already.
  wasm_folder=-${cores[0]} wasm_cargo clippy --quiet -- -D warnings
  cargo test --locked --quiet
  need_chromium; need_firefox; need_program openssl; need_program unzip
  node --test --test-concurrency=2 tests/site/*.test.js tests/e2e/*.test.js
}

command_demo() { build_extension; need_chromium; need_program openssl; cargo build --locked --quiet; node tests/e2e/demo.js "$@"; }

command_bench() { build_extension; need_chromium; need_program openssl; node tests/bench/bench.js "$@"; }

# The pictures in docs/pictures/, to be looked at before they are committed.
command_bless() { build_extension; need_chromium; need_program openssl; node tests/e2e/pictures.js; }

# Runs every fuzz target from its seeds. What made one panic stays in tests/fuzz/artifacts.
command_fuzz() {
  local seconds=600 target log failed=() fuzz=tests/fuzz
  [ "${1:-}" = --seconds ] && seconds=${2:?a number of seconds}
  need cargo "Rust (https://rustup.rs)"; need c++ "a C++ compiler"
  mkdir -p "$tools"
  need_cargo_fuzz
  # RUSTC_BOOTSTRAP: sanitizers are still called unstable.
  local -x PATH=$tools/bin:$PATH RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$PWD/target/fuzz
  cargo fuzz build --fuzz-dir "$fuzz"
  for target in $(cargo fuzz list --fuzz-dir "$fuzz"); do
    log=$tools/fuzz-$target.log
    mkdir -p "$fuzz/corpus/$target"
    cargo fuzz run --fuzz-dir "$fuzz" "$target" "$fuzz/corpus/$target" "$fuzz/seeds/$target" -- \
      -max_total_time="$seconds" -runs=10000000 -print_final_stats=1 >"$log" 2>&1 || failed+=("$target")
    say "fuzz $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions, $(find "$fuzz/corpus/$target" -type f | wc -l | tr -d ' ') inputs kept"
  done
  [ ${#failed[@]} = 0 ] || die "these failed: ${failed[*]}; see target/tools/fuzz-*.log and $fuzz/artifacts."
}

command_help() {
  cat <<'HELP'
./build.sh build      the extension, unpacked, in dist/
./build.sh demo       the extension in a browser, on a sample order (--headless --out DIR: without a person)
./build.sh test       every test, natively and in real browsers
./build.sh bench      figures, also in target/bench.json
./build.sh bless      pictures of every screen in docs/pictures/; fails where one is cut off or covers another
./build.sh fuzz       every parser on texts that a fuzzer invents (--seconds N for each; 600)
HELP
}

case ${1:-help} in
  build) build_extension ;;
  demo | test | bench | bless | fuzz | help) command=$1; shift; "command_$command" "$@" ;;
  *) command_help >&2; die "there is no command '$1'." ;;
esac
