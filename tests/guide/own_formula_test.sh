#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# What the guide's section "Your own formula" shows runs as it stands, and the formula agrees; with
# a degree of correlation of 0 it disagrees. Without NumPy the test is skipped, save in CI.
#
#   own_formula_test.sh PROGRAM GUIDE PYTHON
set -euo pipefail
program=$1
guide=$2
python=
for candidate in "$3" /usr/bin/python3; do # Debian's has NumPy where another comes first
  if "$candidate" -c 'import numpy' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [[ -z $python ]]; then
  echo "$3 has no NumPy" >&2
  [[ ${CI:-} == true ]] && exit 1
  exit 77
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# The n-th block of a language in the section.
block() { # block LANGUAGE N
  sed -n '/^## Your own formula/,/^## [^Y]/p' "$guide" |
    awk -v fence="\`\`\`$1" -v n="$2" '
      /^```$/ { inside = 0 }
      inside && found == n { print }
      $0 == fence { inside = 1; ++found }'
}

status_of() { # status_of ARGUMENT…
  local status=0
  "$program" "$@" >out 2>&1 || status=$?
  echo "$status"
}

block python 1 >mine.py
block python 2 >sparse_k.py
block toml 1 >mine.toml
[[ -s mine.py && -s sparse_k.py && -s mine.toml ]]
(($(grep -c . mine.py) <= 15)) || { echo "the guide has more than 15 lines of Python" >&2; exit 1; }

"$python" mine.py
found=$(status_of validate mine.toml --out run --set simulation.replicates=200)
((found == 0)) || { cat out >&2; exit 1; }
scale=$(sed -n 's/^ *"gram_scale": \([0-9.]*\),*$/\1/p' run/summary.json)
[[ $scale == 0.5 ]] || { echo "gram_scale is $scale, and k(1) is 0.5" >&2; exit 1; }
"$program" predict mine.toml >out
grep -q '^Largest |mine − theory| of mine.npy:$' out

sed 's/^G, m = \[\], 4/G, m = [], 0/' mine.py >wrong.py
"$python" wrong.py
found=$(status_of validate mine.toml --out wrong --set simulation.replicates=200)
((found == 1)) || { cat out >&2; exit 1; }

# Weights without correlation: K^(l+1) is G^l, and the file agrees as either.
for kind in gram kernel; do
  found=$(status_of validate mine.toml --out "$kind" --set simulation.replicates=200 \
    --set 'network.presynaptic={filter="none"}' --set "compare.prediction_kind=$kind")
  ((found == 0)) || { cat out >&2; exit 1; }
done

# The thresholded ReLU's k in the place of the ReLU's.
{
  sed '/^def k/,$d' mine.py
  cat sparse_k.py
  sed '1,/^    return/d; s/m \/ (2 \* np.pi)/m * mu**2/' mine.py
} >sparse.py
"$python" sparse.py
found=$(status_of validate mine.toml --out sparse --set simulation.replicates=200 \
  --set network.active_fraction=0.1)
((found == 0)) || { cat out >&2; exit 1; }
