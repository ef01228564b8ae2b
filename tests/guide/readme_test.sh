#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The README shows what comes out, calls the program where scripts/validate builds it, and is short.
#
#   readme_test.sh PROGRAM ROOT
set -euo pipefail
program=$1
root=$2
readme=$root/README.md

built=$(sed -n 's|.*"$root/\(build/.*/wideproof\)".*|\1|p' "$root/scripts/validate")
[[ -n $built ]]
others=$(grep -o 'build/[a-z-]*/bin/wideproof' "$readme" | sort -u | grep -vxF "$built" || true)
[[ -z $others ]] || { echo "scripts/validate builds $built, not $others" >&2; exit 1; }
grep -qF "$built" "$readme"

lines=$(wc -l <"$readme")
((lines < 170)) || { echo "README.md has $lines lines" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"$program" validate >out 2>err || { cat out err >&2; exit 1; }
without_time() { sed 's/ in [0-9.]* s$//'; }
awk '/^```$/ { inside = !inside; next } inside && /^sparse-correlated-ring:/ { shown = 1 }
     inside && shown { print } !inside { shown = 0 }' "$readme" | without_time >shown
[[ -s shown ]]
without_time <out | diff shown - || { echo "README.md shows another output" >&2; exit 1; }
