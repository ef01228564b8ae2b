#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A report reads on a phone and a desk, in light and in dark, with gnuplot and without; and a page
# with a fault is told from one without.
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
"$here/check_page.sh" run/report.html "$count"

# Names that are markup, and no pictures.
PATH='' run "$program" validate --quiet --out bare "${settings[@]}" \
  --set 'study.name="<b>\"&a-name-that-is-far-too-long-for-the-screen-of-a-telephone-to-hold"' 2>message
grep --quiet 'install gnuplot (Debian: gnuplot-nox)' message
"$here/check_page.sh" bare/report.html 0 400-light

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
must_fail small '<p style="font-size:9px">small</p>' 'text of 9px'
must_fail faint '<p style="color:#bbb">faint</p>' 'contrast'
must_fail script '<script>throw new Error("oops")</script>' 'console: .*oops'
must_fail network '<img alt="far" src="https://example.invalid/a.png">' 'needs https://' 1
sed 's|prefers-color-scheme: dark|prefers-color-scheme: none|' bare/report.html >always-light.html
if "$here/check_page.sh" always-light.html 0 400-dark 2>complaints; then
  echo "a page without a dark mode was let through" >&2
  exit 1
fi
grep --quiet 'the ground has luminance' complaints
