// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::report {

/// The style of an HtmlPage. Nothing is wider than the screen but what lies in a .scroll box, and
/// in that nothing where it .stacks: a row of a narrow screen lists its cells below each other, and
/// from 1000 pixels on its cells break. In the dark, pictures, which are dark lines on a
/// transparent ground, are inverted, their hues kept; maps, whose colours are numbers, get a light
/// ground.
inline constexpr const char* html_style = R"(
:root {
  color-scheme: light dark;
  --ground: #fdfdfc; --raised: #f3f3f0; --text: #1c1c1a; --faint: #5b5b56; --line: #d5d5cf;
  --link: #0b57a4; --agree: #1a7431; --disagree: #b3261e; --inconclusive: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615; --raised: #222220; --text: #e8e8e4; --faint: #a9a9a2; --line: #3d3d39;
    --link: #8ab8f0; --agree: #6fcf87; --disagree: #ff8a80; --inconclusive: #f0b95a;
  }
  figure img { filter: invert(1) hue-rotate(180deg); }
  figure img.map { filter: none; background: #e6e6e1; border-radius: .25rem; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 17px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 75rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.06rem; margin: 1.75rem 0 .5rem; }
p, ul, dl { max-width: 44rem; margin: .6rem 0; overflow-wrap: anywhere; }
ul { padding-left: 1.25rem; }
li { margin: .3rem 0; }
a { color: var(--link); }
.subtitle { color: var(--faint); margin: 0 0 1.25rem; }
.verdict {
  background: var(--raised); border-left: .4rem solid var(--mark); border-radius: .25rem;
  padding: 1rem 1.1rem; margin: 1rem 0;
}
.verdict .word {
  color: var(--mark); font-weight: 700; font-size: .95rem; letter-spacing: .06em; text-transform: uppercase;
  margin: 0;
}
.verdict .sentence { font-size: 1.2rem; line-height: 1.4; font-weight: 600; margin: .2rem 0 0; max-width: 50rem; }
.verdict ul { margin: .7rem 0 0; max-width: 54rem; }
.agree { --mark: var(--agree); }
.disagree { --mark: var(--disagree); }
.inconclusive { --mark: var(--inconclusive); }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3rem 1.25rem; max-width: 54rem; }
dt { color: var(--faint); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: .9rem 0; -webkit-overflow-scrolling: touch; }
summary { cursor: pointer; color: var(--link); margin: .9rem 0; }
table { border-collapse: collapse; font-size: .94rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--faint); padding: 0 0 .4rem; font-size: .94rem; }
caption span { display: block; position: sticky; left: 0; max-width: min(44rem, calc(100vw - 2rem)); }
th, td { padding: .3rem .55rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
td:not(.number) { min-width: 6.5rem; }
td:not(.number):last-child { min-width: 13rem; }
thead th { border-bottom: 2px solid var(--faint); vertical-align: bottom; font-weight: 600; line-height: 1.3; }
thead .unit { display: block; color: var(--faint); font-weight: 400; }
tbody th { font-weight: 400; white-space: nowrap; }
th.number, td.number { text-align: right; white-space: nowrap; }
.stacks td:not(.number) { min-width: 0; }
.stacks td:not(.number):last-child { min-width: 10rem; }
.stacks tbody th, .stacks td.number { white-space: normal; }
.figures { display: grid; gap: 1.25rem 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 23rem), 1fr)); margin: 1rem 0; }
.figures.two { grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
.figures.one { grid-template-columns: minmax(0, 36rem); }
figure { margin: 0; min-width: 0; }
figure h3 { margin: 0 0 .35rem; }
figure img { display: block; width: 100%; height: auto; }
figcaption { font-size: .94rem; line-height: 1.45; color: var(--faint); margin-top: .35rem; overflow-wrap: anywhere; }
figcaption .files { white-space: nowrap; }
.missing { border: 1px dashed var(--line); border-radius: .25rem; padding: 2rem 1rem; color: var(--faint); text-align: center; }
pre { background: var(--raised); border-radius: .25rem; padding: .7rem .9rem; overflow-x: auto; }
pre, code { font: .94rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (max-width: 40rem) {
  body { font-size: 16px; }
  .verdict .sentence { font-size: 1.1rem; }
  figure img { width: calc(100% + 1.25rem); margin: 0 -.625rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media screen and (max-width: 40rem) {
  .stacks table, .stacks caption, .stacks tbody, .stacks tr, .stacks th, .stacks td { display: block; }
  .stacks thead { display: none; }
  .stacks tr { border-bottom: 1px solid var(--line); padding: .6rem 0; }
  .stacks caption + thead + tbody tr:first-child { border-top: 2px solid var(--faint); }
  .stacks tbody th { font-weight: 600; white-space: normal; }
  .stacks th, .stacks td, .stacks td.number, .stacks td:not(.number) {
    border: 0; min-width: 0; padding: .1rem 0; text-align: left; white-space: normal; overflow-wrap: anywhere;
  }
  .stacks td { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .75rem; }
  .stacks td::before { content: attr(data-name); color: var(--faint); }
  .stacks td:empty { display: none; }
}
@media print {
  body { font-size: 11pt; background: none; }
  main { max-width: none; padding: 0; }
  figure, tr, .verdict { break-inside: avoid; }
  .figures { grid-template-columns: repeat(3, 1fr) !important; }
  h2, h3, h2 + p, caption, thead { break-after: avoid; }
  h2 { margin-top: 1.5rem; }
  .scroll { overflow: visible; break-inside: avoid; }
  details .scroll { break-inside: auto; }
  table { font-size: 7.5pt; max-width: 100%; }
  thead { display: table-header-group; }
  th, td, td:not(.number), td:not(.number):last-child { min-width: 0; padding: .15rem .3rem; }
  th.number, td.number, tbody th, thead .unit { white-space: normal; }
  th, td { overflow-wrap: break-word; }
  thead .unit { overflow-wrap: anywhere; }
  details::details-content { display: block; content-visibility: visible; block-size: auto; }
  summary { display: none; }
}
)";

}  // namespace wideproof::report
