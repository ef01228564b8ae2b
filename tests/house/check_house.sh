#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Reads a source tree and names every breach of the house's rules: arrows between rooms, licence
# lines, what may stand at the top, paths of somebody's machine. Status 1 if there is any.
#
#   check_house.sh ROOT
set -euo pipefail
cd -- "$1"

rooms='model theory compare report sim train app'
# Which rooms a room sees, itself included. theory and sim do not see each other: their agreement
# is evidence only if each was computed on its own. compare judges any numbers.
declare -A sees=(
  [model]='model'
  [theory]='theory model'
  [compare]='compare model'
  [report]='report compare model'
  [sim]='sim model'
  [train]='train sim model'
  [app]="$rooms"
  [tests/compare]='compare model'
  [tests/report]='report compare model'
)
without_libtorch='model theory compare report tests/compare tests/report'
at_the_top='model theory compare report sim train app tests bench results docs scripts cmake CMakeLists.txt
  CMakePresets.json README.md CONTRIBUTING.md CHANGELOG.md LICENSE'
untracked='build runs compile_commands.json CMakeUserPresets.json'

breaches=0
breach() {
  echo "$1"
  breaches=$((breaches + 1))
}

contains() { # contains LIST WORD
  [[ " $(echo $1) " == *" $2 "* ]]
}

check_includes() { # check_includes ROOM
  local file line header other
  while IFS=: read -r file line header; do
    case $header in
      \<wideproof/*)
        other=${header#<wideproof/}
        other=${other%%/*}
        contains "${sees[$1]}" "$other" || breach "$file:$line: $1 must not see $other"
        ;;
      \"*/*) breach "$file:$line: include other folders' headers as <wideproof/room/concept.hpp>" ;;
      \<torch/* | \<ATen/* | \<c10/*)
        if contains "$without_libtorch" "$1"; then
          breach "$file:$line: $1 must not see LibTorch"
        fi
        ;;
    esac
  done < <(grep -rHnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]+' "$1" |
    sed -E 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*/:/')
}

check_links() { # check_links ROOM
  local other
  for other in $(grep -ohE 'wideproof::[a-z]+' "$1/CMakeLists.txt" | sed 's/.*:://'); do
    contains "${sees[$1]}" "$other" || breach "$1/CMakeLists.txt: $1 must not link $other"
  done
  if contains "$without_libtorch" "$1" &&
    grep -qE 'TORCH_LIBRARIES|[^_A-Za-z]torch' "$1/CMakeLists.txt"; then
    breach "$1/CMakeLists.txt: $1 must not link LibTorch"
  fi
}

sources() {
  find . \( -name .git -o -path ./build -o -path ./runs -o -path ./.cache \) -prune -o -type f "$@"
}

for room in "${!sees[@]}"; do
  [[ -d $room ]] || continue
  check_includes "$room"
  [[ ! -f $room/CMakeLists.txt ]] || check_links "$room"
done

while IFS= read -r file; do
  head -n 3 "$file" | grep -q 'SPDX-License-Identifier: MIT' || breach "$file: no SPDX line"
done < <(sources \( -name '*.hpp' -o -name '*.cpp' -o -name '*.inc' -o -name '*.py' -o -name '*.sh' \
  -o -name '*.cmake' -o -name '*.cmake.in' -o -name CMakeLists.txt -o -path './scripts/*' \
  -o -path './.ci/*' \) -print)

for entry in *; do
  contains "$at_the_top $untracked" "$entry" || breach "$entry: does not belong at the top"
done

# A path below somebody's home or workplace; an address such as example.org/home/ is none.
while IFS= read -r found; do
  breach "$found: names a path of one machine"
done < <(sources -print0 | xargs -0 grep -InoE \
  '(^|[^A-Za-z0-9_.:/~-])/(home|root|work|Users)/[A-Za-z0-9_.-]+' || true)

((breaches == 0))
