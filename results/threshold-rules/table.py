# SPDX-License-Identifier: MIT
"""How far single networks stray under the three threshold rules: reads summary.json of each.

  python3 table.py

Width times the relative variance of one network's norm, by layer, for the first input; beside it what the theory of
finite width predicts of it.
"""
import json
import pathlib

folder = pathlib.Path(__file__).parent
for rule in ("quantile", "std", "fixed"):
    summary = json.loads((folder / rule / "summary.json").read_text())
    rows = {}
    predicted = {}
    for entry in summary["measurement"]:
        value = entry["relative_variance_times_width"][0][0]
        rows.setdefault(entry["layer"], []).append((entry["width"], value, entry["replicates"]))
        predicted[entry["layer"]] = entry["predicted_relative_variance_times_width"][0][0]
    widths = [width for width, _, _ in rows[1]]
    print(f"\n`{rule}`: {summary['verdict']['outcome']}\n")
    print("| layer |" + "".join(f" n = {width:,} |" for width in widths) + " predicted |")
    print("|---|" + "---|" * (len(widths) + 1))
    for layer, cells in rows.items():
        print(f"| {layer} |" + "".join(f" {value:.3g} |" for _, value, _ in cells) + f" {predicted[layer]:.3g} |")
