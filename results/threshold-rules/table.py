# SPDX-License-Identifier: MIT
"""How far single networks stray under the three threshold rules: reads summary.json of each.

  python3 table.py

Width times the relative variance of one network's norm, by layer, for the first input; beside it what the linear
response of one layer to the one before makes of one layer's own: kappa * (1 + r + r^2 + ...), where r is the
square of how much a layer magnifies a deviation of the norm, 1 for quantile and std, (f/k(1))^2 for fixed.
"""
import json
import math
import pathlib
import statistics

f = 0.1
tau = statistics.NormalDist().inv_cdf(1 - f)
k1 = (1 + tau**2) * f - tau * statistics.NormalDist().pdf(tau)
# n Var of a layer's norm, relative, by quadrature of the influence functions.
kappa = {"quantile": 30.831666, "std": 27.655622, "fixed": 38.586922}
magnification = {"quantile": 1, "std": 1, "fixed": (f / k1) ** 2}

folder = pathlib.Path(__file__).parent
for rule in kappa:
    summary = json.loads((folder / rule / "summary.json").read_text())
    rows = {}
    for entry in summary["measurement"]:
        value = entry["relative_variance_times_width"][0][0]
        rows.setdefault(entry["layer"], []).append((entry["width"], value, entry["replicates"]))
    widths = [width for width, _, _ in rows[1]]
    print(f"\n`{rule}`: {summary['verdict']['outcome']}\n")
    print("| layer |" + "".join(f" n = {width:,} |" for width in widths) + " linear response |")
    print("|---|" + "---|" * (len(widths) + 1))
    for layer, cells in rows.items():
        r = magnification[rule]
        response = kappa[rule] * sum(r**i for i in range(layer))
        print(f"| {layer} |" + "".join(f" {value:.3g} |" for _, value, _ in cells) + f" {response:.3g} |")
