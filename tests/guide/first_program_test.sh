#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The guide's first program, followed to the letter in an empty home: its commands install, configure
# and compile its files, and the program prints what the guide says.
#
#   first_program_test.sh BUILD GUIDE       BUILD takes the place of build/release
#
# Generator, compiler and its flags are given in the environment.
set -euo pipefail
build=$1
guide=$2

HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT
cd "$HOME"
mkdir build mine
ln -s "$build" build/release
# The n-th block of a language in the section.
block() { # block LANGUAGE N
  sed -n '/^## From C++/,/^\*\*A kernel/p' "$guide" |
    awk -v fence="\`\`\`$1" -v n="$2" '
      /^```$/ { inside = 0 }
      inside && found == n { print }
      $0 == fence { inside = 1; ++found }'
}

bash -euo pipefail -c "$(block sh 1)" >install.log || { cat install.log >&2; exit 1; }
cd mine
block cmake 1 >CMakeLists.txt
block cpp 1 >first_program.cpp
block text 1 >expected
[[ -s CMakeLists.txt && -s first_program.cpp && -s expected ]]
bash -euo pipefail -c "$(block sh 2)" >output || { cat output >&2; exit 1; }
tail -n "$(wc -l <expected)" output | diff expected - ||
  { echo "the guide's first program prints something else" >&2; exit 1; }
if grep -q '^Torch_DIR' build/CMakeCache.txt; then
  echo "COMPONENTS theory looks for LibTorch" >&2
  exit 1
fi

# Whatever vector instructions the program is compiled for, its matrices are the library's.
if grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo; then
  CXXFLAGS="${CXXFLAGS:-} -march=haswell" cmake -B wide -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_PREFIX_PATH="$(sed -n 's/^CMAKE_PREFIX_PATH:[A-Z]*=//p' build/CMakeCache.txt)" >wide.log
  cmake --build wide >>wide.log || { cat wide.log >&2; exit 1; }
  program=$(find wide -maxdepth 1 -type f -executable)
  "$program" >wide.out || { echo "with -march=haswell the program fails" >&2; exit 1; }
  tail -n "$(wc -l <expected)" wide.out | diff expected - ||
    { echo "with -march=haswell the first program prints something else" >&2; exit 1; }
fi
