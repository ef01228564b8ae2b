#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs a build and compiles installed headers by themselves.
#
#   install_and_include.sh BUILD LONE_HEADERS SOURCE [CMAKE-ARGUMENT…]
set -euo pipefail
build=$1
project=$2
source=$3
shift 3

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/prefix" >/dev/null
cmake -S "$project" -B "$scratch/build" -DSOURCE="$source" -DCMAKE_PREFIX_PATH="$scratch/prefix" "$@"
cmake --build "$scratch/build" --parallel 2
