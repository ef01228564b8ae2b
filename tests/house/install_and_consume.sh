#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs a build and builds a program of somebody else's against it.
#
#   install_and_consume.sh BUILD CONSUMER [CMAKE-ARGUMENT…]
set -euo pipefail
build=$1
consumer=$2
shift 2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/prefix" >/dev/null
cmake -S "$consumer" -B "$scratch/build" -DCMAKE_PREFIX_PATH="$scratch/prefix" "$@"
cmake --build "$scratch/build"
"$scratch/build/consumer"
