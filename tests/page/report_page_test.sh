#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Reports of every kind read on a phone and a desk, in light and in dark, with gnuplot and without,
# and (where pdftotext is installed) on paper; and a page with a fault is told from one without.
#
#   report_page_test.sh PROGRAM             exit status 77: there is no Chromium
set -euo pipefail
program=$1
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

if ! command -v chromium >/dev/null; then
  echo "Chromium is missing: install the Debian package chromium" >&2
  [[ ${CI:-} == true ]] && exit 1
  exit 77
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
run() {
  local status=0
  "$@" || status=$?
  ((status == 0 || status == 1 || status == 3)) && return
  echo "$* ended with status $status" >&2
  exit 1
}

settings=(--set 'simulation.widths=[64, 128, 256, 512]' --set simulation.replicates=16)
run "$program" validate --quiet --out run "${settings[@]}"
count=$(find run/figures -name '*.svg' | wc -l)
((count >= 10)) || { echo "only $count figures were drawn" >&2; exit 1; }
"$here/check_page.sh" run/report.html "$count" 400-light 400-dark 1000-light 1200-light

# Keys of many entries and of long ones: many layers, each with a map of its own.
run "$program" validate --quiet --out deep "${settings[@]}" --set simulation.replicates=8 \
  --set network.depth=12 --set network.weight_variance=12.0 --set network.bias_variance=0.2
"$here/check_page.sh" deep/report.html "$(find deep/figures -name '*.svg' | wc -l)" 400-light

# Names that are markup, and no pictures.
PATH='' run "$program" validate --quiet --out bare "${settings[@]}" \
  --set 'study.name="<b>\"&a-name-that-is-far-too-long-for-the-screen-of-a-telephone-to-hold"' 2>message
grep --quiet 'install gnuplot (Debian: gnuplot-nox)' message
"$here/check_page.sh" bare/report.html 0 400-light

# A study of generalization, with a table long enough to be folded, and a sweep of either kind.
small=(--set 'simulation.widths=[64, 128]' --set simulation.replicates=4 --set inputs.count=6)
"$program" init generalization >generalization.toml
errors=(--set 'inputs.source="circle"' --set inputs.count=400 --set 'targets.source="half-circle"'
  --set generalization.draws=4 --set 'simulation.widths=[64, 128]' --set simulation.replicates=1)
run "$program" validate generalization.toml --quiet --out errors "${errors[@]}" \
  --set 'generalization.training_points=[8, 16, 24, 32, 40, 48]' \
  --set 'simulation.widths=[64, 96, 128, 192, 256, 384, 512]'
"$here/check_page.sh" errors/report.html "$(find errors/figures -name '*.svg' | wc -l)"

"$program" init gram >gram_sweep.toml
cp generalization.toml error_sweep.toml
for kind in gram error; do
  cat >>${kind}_sweep.toml <<'END'

[sweep]
network.active_fraction = [0.1, 0.3]
network.presynaptic.taps = [3, 5, 9]
END
done
cat >>gram_sweep.toml <<'END'
network.postsynaptic = [{filter = "none"}, {filter = "uniform", degree = 2.0}]
END
run "$program" validate gram_sweep.toml --quiet --out gram_sweep "${small[@]}"
run "$program" validate error_sweep.toml --quiet --out error_sweep "${errors[@]}" \
  --set 'generalization.training_points=[16, 32]'
for sweep in gram_sweep error_sweep; do
  count=$(find $sweep/figures -name '*.svg' | wc -l)
  ((count >= 2)) || { echo "only $count figures of $sweep were drawn" >&2; exit 1; }
  "$here/check_page.sh" $sweep/report.html "$count" 400-light 1200-dark
done

# On paper: folded tables are unfolded, and wide ones keep their last column.
on_paper() {
  HOME=$folder timeout 600 chromium --headless=new --no-sandbox --disable-gpu \
    --disable-dev-shm-usage --no-first-run --user-data-dir="$folder/profile" \
    --print-to-pdf="$folder/paper.pdf" "file://$folder/$1" 2>/dev/null
  pdftotext -bbox "$folder/paper.pdf" "$folder/words"
  # Words beyond the right edge of an upright page are cut off.
  awk -F'"' '/<page/ { width = $2 } /<word/ && $6 > width { cut = 1 } END { exit cut }' words &&
    grep --quiet ">$2</word>" words
}
if command -v pdftotext >/dev/null; then
  on_paper errors/report.html 'unseen' || { echo "a folded table is not printed" >&2; exit 1; }
  on_paper error_sweep/report.html 'widest' || { echo "a wide table is cut off" >&2; exit 1; }
  sed 's|::details-content|::no-content|' errors/report.html >folded.html
  if on_paper folded.html 'unseen'; then
    echo "a folded table was taken for a printed one" >&2
    exit 1
  fi
  sed 's|@media print|@media no|' error_sweep/report.html >wide.html
  if on_paper wide.html 'widest'; then
    echo "a table that is cut off was taken for a whole one" >&2
    exit 1
  fi
fi

# Each has one fault, which has to be found.
must_fail() {
  local name=$1 fault=$2 complaint=$3
  sed "s|</main>|$fault</main>|" bare/report.html >"$name.html"
  grep --quiet --fixed-strings "$fault" "$name.html"
  if "$here/check_page.sh" "$name.html" "${4:-0}" 400-light 2>complaints; then
    echo "a page with a fault was let through: $name" >&2
    exit 1
  fi
  grep --quiet "$complaint" complaints || { cat complaints >&2; exit 1; }
}
must_fail overflow '<div style="width:700px">wide</div>' 'wide on a screen of 400'
must_fail picture '<img alt="none" src="data:image/svg+xml;base64,AAAA">' 'does not show' 1
cut=$(base64 --wrap=0 <<'END'
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><text x="250" y="40" font-size="20">layer 3</text></svg>
END
)
must_fail cut "<img alt=\"a key\" src=\"data:image/svg+xml;base64,$cut\">" '"layer 3" is cut off' 1
must_fail small '<p style="font-size:9px">small</p>' 'text of 9px'
must_fail faint '<p style="color:#bbb">faint</p>' 'contrast'
must_fail script '<script>throw new Error("oops")</script>' 'console: .*oops'
must_fail network '<img alt="far" src="https://example.invalid/a.png">' 'needs https://' 1
sed 's|\.stacks|.lies-flat|g' bare/report.html >flat.html
if "$here/check_page.sh" flat.html 0 400-light 2>complaints; then
  echo "a table of claims that has to be scrolled sideways was let through" >&2
  exit 1
fi
grep --quiet 'td.* reaches to .* on a screen of 400' complaints
grep --quiet 'a cell without its name: ' complaints
sed 's|prefers-color-scheme: dark|prefers-color-scheme: none|' bare/report.html >always-light.html
if "$here/check_page.sh" always-light.html 0 400-dark 2>complaints; then
  echo "a page without a dark mode was let through" >&2
  exit 1
fi
grep --quiet 'the ground has luminance' complaints
