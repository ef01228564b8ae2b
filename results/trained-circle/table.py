# SPDX-License-Identifier: MIT
"""Trained networks beside their limit, from what the runs of this folder left:  python3 table.py"""

import csv
import json
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line  # noqa: E402


def with_error(row: dict, name: str) -> str:
    return f"{float(row[name]):.4f} ± {float(row[name + '_standard_error']):.4f}"


def sweep_table() -> None:
    """The last recorded step of the widest networks."""
    header("trained", "f", "hidden layers", "test loss, n = 4096", "limit", "test loss, n = 256", "drift of Θ̂, n = 4096", "outcome")
    sweep = Sweep(here / "sweep")
    for point in sweep.points:
        values = point["values"]
        rows = sweep.rows("training", point, step=60)
        narrow = next(row for row in rows if row["width"] == "256")
        wide = next(row for row in rows if row["width"] == "4096")
        line(
            values["training.layers"].strip('"'),
            values["network.active_fraction"],
            int(values["network.depth"]),
            with_error(wide, "test_loss"),
            f"{float(wide['expected_test_loss']):.4f}",
            with_error(narrow, "test_loss"),
            f"{float(wide['tangent_drift']):.4f}",
            point["outcome"],
        )


def widths_table(study: str, steps: tuple[int, ...]) -> None:
    header("width", "step", "loss", "in the limit", "test loss", "in the limit", "drift of Θ̂")
    with (here / study / "training.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if int(row["step"]) not in steps:
                continue
            line(
                f"{int(row['width']):,}",
                row["step"],
                f"{float(row['loss']):.4g} ± {float(row['loss_standard_error']):.1g}",
                f"{float(row['expected_loss']):.4g}",
                with_error(row, "test_loss"),
                f"{float(row['expected_test_loss']):.4f}",
                f"{float(row['tangent_drift']):.5f}" if row["tangent_drift"] else "–",
            )


def verdict(study: str) -> str:
    return json.loads((here / study / "summary.json").read_text())["verdict"]["outcome"]


def main() -> None:
    sweep_table()
    for study, steps in (("wide", (5, 20, 40)), ("posterior", (10, 1000, 100000))):
        print(f"\n{study}: {verdict(study)}\n")
        widths_table(study, steps)


if __name__ == "__main__":
    main()
