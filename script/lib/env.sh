# Sourced by every script: where the clone is, how ccache is used, and how a preset is built.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root" || exit 1

# Another clone beside this one finds the same cache entries.
export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$(dirname "$root")}"
export CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros
export LC_ALL=C.UTF-8

jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  [ $# -lt 2 ] || printf '  try: %s\n' "$2" >&2
  exit 1
}

# configure PRESET [OPTION…]: only where nothing is configured yet, the presets have changed, or options are given.
configure() {
  local preset=$1 folder="build/$1"
  shift
  if [ $# -gt 0 ] || [ ! -f "$folder/build.ninja" ] || [ CMakePresets.json -nt "$folder/CMakeCache.txt" ]; then
    cmake --preset "$preset" "$@" && touch "$folder/CMakeCache.txt"
  fi
}

# build PRESET [TARGET…]
build() {
  local preset=$1
  shift
  configure "$preset" || return 1
  cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"}
}

# C++ files of the project, whether git knows them already or not; without git, all of them.
cxx_files() {
  if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard -- '*.cc' '*.h'
  else
    find . -path ./build -prune -o \( -name '*.cc' -o -name '*.h' \) -print | sed 's|^\./||'
  fi | sort -u | while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
}
