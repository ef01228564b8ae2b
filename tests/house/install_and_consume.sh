#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs a build and builds programs of somebody else's against it, one for each room.
#
#   install_and_consume.sh BUILD CONSUMER "ROOM…" [CMAKE-ARGUMENT…]
set -euo pipefail
build=$1
consumer=$2
rooms=$3
shift 3
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/prefix" >/dev/null
headers=$scratch/prefix/include/wideproof
configure() { # configure COMPONENT [CMAKE-ARGUMENT…]
  cmake -S "$consumer" -B "$scratch/$1" -DCOMPONENT="$1" -DCMAKE_PREFIX_PATH="$scratch/prefix" "${@:2}"
}

for room in $rooms; do
  configure "$room" "$@"
  cmake --build "$scratch/$room"
  "$scratch/$room/consumer" || { echo "the program that uses $room fails" >&2; exit 1; }
done

# The examples build by themselves as well.
cmake -S "$root/examples" -B "$scratch/examples" -DCMAKE_PREFIX_PATH="$scratch/prefix" "$@"
cmake --build "$scratch/examples" --target kernel_of_two_inputs
"$scratch/examples/kernel_of_two_inputs" >/dev/null

for none in app rings; do
  if configure "$none" "$@" 2>"$scratch/complaint"; then
    echo "$none was found, which is no library" >&2
    exit 1
  fi
  # CMake breaks lines.
  tr -s ' \n' ' ' <"$scratch/complaint" |
    grep -q "has no component $none; it has model, theory, compare, report" ||
    { cat "$scratch/complaint" >&2; exit 1; }
done

# What is not for users stays behind, and an umbrella has one name.
for header in model/files/npy_header.hpp theory/regression/lapack.hpp theory/theory.hpp \
  compare/statistics/power_of_two.hpp report/page/html_style.hpp sim/random/box_muller-inl.hpp; do
  [[ -f $root/$header ]] ||
    { echo "$header: no such header, name another one" >&2; exit 1; }
  [[ ! -e $headers/$header ]] || { echo "$header: installed" >&2; exit 1; }
done
