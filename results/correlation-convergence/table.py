# SPDX-License-Identifier: MIT
"""Reference | ours | difference, from what the runs of this folder left:  python3 table.py"""

import csv
import re
import statistics
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, in_digits_of, line, z_score  # noqa: E402

networks = 1000  # of one-layer.toml at each width


def variance_of_norm(sweep: Sweep, point: dict, layer: int) -> dict:
    """n·Var of one network's norm: predicted, and the limit that was measured with its interval."""
    row = sweep.rows("fluctuation_limit", point, layer=layer, quantity="gram", row=0, column=0)[0]
    return {key: float(row[key]) for key in ("predicted", "limit", "low", "high")}


def one_layer() -> None:
    reference = {(0.07, 1): "57.3", (0.07, 13): "72.3", (0.07, 48): "85.8",
                 (0.1, 1): "38.6", (0.1, 13): "51.3", (0.1, 48): "60.1"}
    sweep = Sweep(here / "one-layer")
    print("\n## What one layer hands on\n")
    header("f", "taps", "reference", "ours: theory", "difference", "ours: networks", "z-score", "verdict")
    for point in sweep.points:
        network = point["network"]
        f, taps = network["active_fraction"], network["presynaptic"].get("taps", 1)
        # Fixed thresholds: n Var(2) = n Var(1) + chi^2 n Var(kernel), chi = f/k(1).
        first, second = (variance_of_norm(sweep, point, layer)["predicted"] for layer in (1, 2))
        theory = (second - first) / (f / network["gram_scale"]) ** 2
        measured = [
            int(row["width"]) * networks * (float(row["standard_error"]) / float(row["mean"])) ** 2
            for row in sweep.rows("kernel", point, layer=2, quantity="kernel", column=0)
        ]
        mean = statistics.mean(measured)
        error = statistics.stdev(measured) / len(measured) ** 0.5
        paper = reference[f, taps]
        line(f, taps, paper, in_digits_of(paper, theory), f"{mean:.1f} ± {error:.1f}", z_score(mean, theory, error),
             point["outcome"])


def three_layers() -> None:
    sweep = Sweep(here / "experiment")
    print("\n## Three layers\n")
    header("taps", "verdict", "layer", "n Var(G_aa): predicted", "measured, 95%", "over 1 tap: predicted", "measured")
    plain = {layer: variance_of_norm(sweep, sweep.points[0], layer) for layer in (1, 2, 3)}
    for point in sweep.points:
        for layer in (1, 2, 3):
            of = variance_of_norm(sweep, point, layer)
            line(point["network"]["presynaptic"].get("taps", 1), point["outcome"], layer, f"{of['predicted']:.1f}",
                 f"{of['limit']:.1f} ({of['low']:.1f} to {of['high']:.1f})",
                 f"{of['predicted'] / plain[layer]['predicted']:.2f}", f"{of['limit'] / plain[layer]['limit']:.2f}")
    print("\n## All entries of the third layer\n")
    header("taps", "(deviation of G)² over 1 tap: predicted", "measured over eight widths")
    with (here / "experiment" / "sweep_deviation_by_width.csv").open(newline="") as file:
        deviations = list(csv.DictReader(file))
    of = lambda series, point: [float(row["y"]) for row in deviations if (row["series"], row["point"]) == (series, point)]
    for number, taps in enumerate((1, 13, 48), start=1):
        predicted, measured = (
            [(one / plain) ** 2 for one, plain in zip(of(series, str(number)), of(series, "1"))]
            for series in ("predicted", "measured")
        )
        error = statistics.stdev(measured) / len(measured) ** 0.5
        line(taps, f"{statistics.mean(predicted):.2f}", f"{statistics.mean(measured):.2f} ± {error:.2f}")
    print("\n## Needed widths\n")
    header("taps", "least n for ±0.01 on every correlation", "over 1 tap", "needed by")
    first = None
    for number, taps in enumerate((1, 13, 48), start=1):
        text = (here / "experiment" / f"predict-{number:02}.txt").read_text()
        needed = int(re.search(r"n ≥ ([\d,]+)", text)[1].replace(",", ""))
        first = first or needed
        line(taps, f"{needed:,}", f"{needed / first:.2f}", re.search(r"inputs \d+ and \d+ at layer \d+", text)[0])


one_layer()
three_layers()
