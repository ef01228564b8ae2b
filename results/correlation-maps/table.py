# SPDX-License-Identifier: MIT
"""Paper | ours | difference, from what the runs of this folder left:  python3 table.py"""

import math
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, in_digits_of, line, z_score  # noqa: E402


def plus_minus(value: float, error: float) -> str:
    digits = max(0, 1 - math.floor(math.log10(error))) if error > 0 else 6
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def degree(point: dict) -> str:
    return f"{point['network']['degree_of_correlation']:.0f}"


def maps() -> None:
    print("\n## Maps\n")
    header("f", "m", "verdict", "slope χ at c = 1", "m*", "fixed point c*", "c₈ from c₁ = 0.5: theory", "networks", "z")
    for name in ("sparsity", "degree"):
        sweep = Sweep(here / name)
        for point in sweep.points:
            network = point["network"]
            predicted, mean, error = sweep.correlation(point, layer=8, column=4)
            line(f"{network['active_fraction']:g}", degree(point), point["outcome"],
                 f"{network['slope_at_one']:.4f}", f"{network['critical_degree_of_correlation']:.2f}",
                 f"{network['fixed_point_correlation']:.6f}", f"{predicted:.5f}", plus_minus(mean, error),
                 z_score(mean, predicted, error))


def fixed_points() -> None:
    printed = {(0.45, "0"): ".919", (0.3, "0"): ".442", (0.2, "0"): ".219", (0.15, "0"): ".140498",
               (0.1, "0"): ".080", (0.07, "0"): ".050637", (0.03, "0"): ".019", (0.07, "14"): ".567417"}
    sweep = Sweep(here / "fixed-points")
    print("\n## Fixed points\n")
    header("f", "m", "paper", "ours: theory", "difference", "layer", "networks from c₁ = 0.98", "z", "from 0", "z", "verdict")
    for point in sweep.points:
        network = point["network"]
        depth = network["depth"]
        cells = []
        for column in (1, 2):
            predicted, mean, error = sweep.correlation(point, layer=depth, column=column)
            cells += [plus_minus(mean, error), z_score(mean, predicted, error)]
        paper = printed[network["active_fraction"], degree(point)]
        line(f"{network['active_fraction']:g}", degree(point), paper,
             in_digits_of(paper, network["fixed_point_correlation"]), depth, *cells, point["outcome"])


def iterates() -> None:
    sweep = Sweep(here / "iterates")
    print("\n## Iterates\n")
    header("run", "layer", "paper", "ours: theory", "difference", "ours: networks", "z")
    runs = (
        ("f = 0.07, 16 taps, from 0.5", 1, (".54141005", ".56333294", ".57575736", ".58306108", ".58744532")),
        ("f = 0.2, 5 taps, from 0.2", 2, (".462", ".578", ".645")),
        ("f = 0.07, 21 taps, from 0.2", 2, (".495", ".590", ".637")),
        ("f = 0.2, 5 taps, and 3 across receivers", 2, (".336", ".411", ".459")),
    )
    for point, (name, column, printed) in zip(sweep.points, runs):
        for i, paper in enumerate(printed):
            predicted, mean, error = sweep.correlation(point, layer=i + 2, column=column)
            line(name, i + 2, paper, in_digits_of(paper, predicted), plus_minus(mean, error),
                 z_score(mean, predicted, error))
    print("\nverdicts: " + ", ".join(point["outcome"] for point in sweep.points))


def critical_degrees() -> None:
    printed = {0.4: ".889", 0.3: "2.755", 0.2: "7.539", 0.1: "27.07", 0.05: "78.73", 0.02: "279.7"}
    sweep = Sweep(here / "critical")
    print("\n## Optimal degree of correlation\n")
    header("f", "paper", "ours: τ/μ", "difference", "ours: networks", "z")
    for point in sweep.points:
        network = point["network"]
        f = network["active_fraction"]
        paper = printed[f]
        (norm,) = sweep.rows("kernel", point, quantity="kernel", column=0)
        at_one = float(norm["mean"]) / network["weight_variance"]  # k(1)
        at_one_error = float(norm["standard_error"]) / network["weight_variance"]
        _, ratio, ratio_error = sweep.correlation(point, layer=2, column=1)  # k(0)/k(1)
        measured = (f / at_one - 1) / ratio
        error = math.hypot(f / at_one**2 * at_one_error / ratio, measured * ratio_error / ratio)
        theory = network["critical_degree_of_correlation"]
        line(f"{f:g}", paper, in_digits_of(paper, theory), plus_minus(measured, error),
             z_score(measured, theory, error))
    print("\nverdicts: " + ", ".join(point["outcome"] for point in sweep.points))


maps()
fixed_points()
iterates()
critical_degrees()
