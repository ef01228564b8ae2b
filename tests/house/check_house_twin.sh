#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The twin of check_house.sh: a small sound house passes, and of the breaches then planted in it each
# is found.
set -euo pipefail
check=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)/check_house.sh

house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
spdx='// SPDX-License-Identifier: MIT'

for room in model theory compare report sim train app tests/compare tests/report; do
  mkdir -p "$house/$room"
  printf '%s\n#include <wideproof/model/network.hpp>\n' "$spdx" >"$house/$room/sound.cpp"
  printf '# SPDX-License-Identifier: MIT\nwideproof_room(LINK wideproof::model)\n' \
    >"$house/$room/CMakeLists.txt"
done
printf '#include <torch/torch.h>\n' >>"$house/sim/sound.cpp"
printf '#include <wideproof/theory/tau.hpp>\n#include "near.hpp"\n' >>"$house/app/sound.cpp"
printf 'See https://example.org/home/index.html\n' >"$house/README.md"

failed=false
if ! bash "$check" "$house"; then
  echo 'the sound house was rejected' >&2
  failed=true
fi

# plant FILE TEXT REPORT: TEXT added to FILE is to be reported as FILE: REPORT, a glob pattern.
expected=()
plant() {
  mkdir -p "$house/$(dirname "$1")"
  printf '%b\n' "$2" >>"$house/$1"
  expected+=("$1:$3")
}

for arrow in 'theory sim' 'theory train' 'theory compare' 'theory app' 'sim theory' 'sim train' \
  'sim compare' 'sim app' 'compare theory' 'compare sim' 'compare train' 'compare app' \
  'model theory' 'model sim' 'model compare' 'model train' 'model app' 'train theory' \
  'train compare' 'train report' 'train app' 'compare report' 'model report' 'theory report' \
  'sim report' 'report theory' 'report sim' 'report train' 'report app' 'tests/compare theory' \
  'tests/compare sim' 'tests/compare report' 'tests/report theory'; do
  read -r room other <<<"$arrow"
  plant "$room/sees_$other.hpp" "$spdx\n#include <wideproof/$other/concept.hpp>" \
    "2: $room must not see $other"
  plant "$room/CMakeLists.txt" "target_link_libraries(x wideproof::$other)" \
    " $room must not link $other"
done
for room in model theory compare report tests/compare tests/report; do
  plant "$room/types.cpp" "$spdx\n  # include <torch/types.h>" "2: $room must not see LibTorch"
  plant "$room/aten.cpp" "$spdx\n#include <ATen/ATen.h>" "2: $room must not see LibTorch"
  plant "$room/CMakeLists.txt" 'target_link_libraries(x ${TORCH_LIBRARIES})' \
    " $room must not link LibTorch"
done
plant theory/relative.cpp "$spdx\n#include \"../sim/random/philox.hpp\"" "2: include other folders*"
plant sim/unlicensed.cpp 'int x;' ' no SPDX line'
plant notes.txt 'a stray file at the top' ' does not belong at the top'
plant results/ring/command.txt "wideproof validate /ho""me/somebody/ring.toml" '1:*path of one machine'
plant docs/guide.md "cd \"/ro""ot/wideproof\"" '1:*path of one machine'

if report=$(bash "$check" "$house"); then
  echo 'a house full of breaches passed' >&2
  failed=true
fi
for breach in "${expected[@]}"; do
  while IFS= read -r line; do
    # shellcheck disable=SC2053  # a pattern on purpose
    [[ ${line#./} == $breach ]] && continue 2
  done <<<"$report"
  echo "not found: $breach" >&2
  failed=true
done
! $failed
