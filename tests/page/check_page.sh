#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Opens a copy of a report in headless Chromium and says what a reader would trip over: console
# errors, pictures that do not show, a page wider than the screen, text too small or too faint.
#
#   check_page.sh PAGE PICTURES [VIEW…]     PICTURES: how many there have to be
#                                           VIEW: width-light or width-dark, such as 400-dark
set -euo pipefail
page=$1
pictures=$2
shift 2
(($#)) || set -- 400-light 400-dark 1200-light
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
complain() {
  echo "$page, $view: $1" >&2
  failed=1
}

# A window of the browser is never as narrow as a telephone; a frame is.
cat >"$folder/frame.html" <<'END'
<!DOCTYPE html><body style="margin:0"><script>
const frame = document.createElement("iframe");
frame.width = location.hash.slice(1);
frame.height = 800;
frame.style.border = 0;
frame.src = "page.html";
document.body.append(frame);
addEventListener("message", (event) => {
  const result = document.createElement("pre");
  result.textContent = event.data;
  document.body.append(result);
});
</script></body>
END
for view in "$@"; do
  width=${view%-*}
  dark=false
  [[ $view == *-dark ]] && dark=true
  {
    cat "$page"
    echo "<script>const screen_width = $width, dark = $dark;"
    cat "$here/probe.js"
    echo "</script>"
  } >"$folder/page.html"
  scheme=1
  $dark && scheme=0
  # Root has no sandbox; a chroot may have no /dev/shm.
  HOME=$folder timeout 600 chromium --headless=new --no-sandbox --disable-gpu \
    --disable-dev-shm-usage --no-first-run --user-data-dir="$folder/profile" \
    --window-size=1400,900 --hide-scrollbars --blink-settings=preferredColorScheme=$scheme \
    --enable-logging=stderr --virtual-time-budget=10000 --dump-dom "file://$folder/frame.html#$width" \
    >"$folder/dom" 2>"$folder/log" || complain "chromium ended with status $?: $(tail -n 1 "$folder/log")"
  if grep --quiet 'PROBE-END</pre>' "$folder/dom"; then
    while IFS= read -r problem; do
      complain "$problem"
    done < <(sed -n '/<pre>PROBE-BEGIN/,/PROBE-END<\/pre>/p' "$folder/dom" | sed '1d;$d')
    grep --quiet ">PROBE-BEGIN $pictures pictures" "$folder/dom" ||
      complain "not $pictures pictures but $(grep -o 'PROBE-BEGIN [0-9]*' "$folder/dom" | head -n 1)"
  else
    complain "was not rendered: $(tail -n 1 "$folder/log")"
  fi
  while IFS= read -r message; do
    complain "console: $message"
  done < <(grep ':CONSOLE' "$folder/log" || true)
done
exit $failed
