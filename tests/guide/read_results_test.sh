#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The C++ lines of the guide's section "Reading results.h5" compile, and read what gram.csv says;
# the Python lines too where there is an h5py.
#
#   read_results_test.sh PROGRAM GUIDE COMPILER [FLAG…] -- LIBRARY…
set -euo pipefail
program=$1
guide=$2
shift 2
compiler=()
while [[ $1 != -- ]]; do
  compiler+=("$1")
  shift
done
shift

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
lines_of() { # lines_of LANGUAGE
  sed -n '/^## Reading results.h5/,/^## [^R]/p' "$guide" | sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" | sed '1d;$d'
}

status=0
"$program" validate --quiet --out run --set 'simulation.widths=[256, 65536]' \
  --set simulation.replicates=4 --set inputs.count=3 2>messages || status=$?
((status == 3)) || { cat messages >&2; exit 1; }
cd run
expected=$(awk -F, '$1 == 65536 && $2 == 3 && $3 == 1 && $4 == 2 { print $6 }' gram.csv)
[[ -n $expected ]]
same() { # same NUMBER WHOSE
  awk -v a="$1" -v b="$expected" 'BEGIN { exit !(a - b < 1e-12 && b - a < 1e-12) }' ||
    { echo "$2 reads $1 where gram.csv says $expected" >&2; exit 1; }
}

cpp=$(lines_of cpp)
(($(wc -l <<<"$cpp") == 5)) || { echo "the guide has not five lines of C++" >&2; exit 1; }
cat >read.cpp <<END
#include <H5Cpp.h>
#include <cstdio>
#include <vector>
int main() {
$cpp
  std::printf("%.17g\n", gram.at(1 * shape[1] + 2));
}
END
"${compiler[@]}" -std=c++17 -o read read.cpp "$@" 2>log || { cat log >&2; exit 1; }
same "$(./read)" "the guide's C++"

if python3 -c 'import h5py' 2>/dev/null; then
  same "$(python3 - <<<"$(lines_of python)
print(repr(float(gram[1, 2])))" | tail -n 1)" "the guide's Python"
fi
