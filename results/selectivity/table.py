# SPDX-License-Identifier: MIT
"""Sparsity and selectivity of trained networks, from what the run left:  python3 table.py"""

import csv
import json
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line  # noqa: E402


def with_error(row: dict, column: str = "") -> str:
    mean, error = (float(row[name]) for name in (column or "mean", f"{column}_standard_error".lstrip("_")))
    return f"{mean:.3f} ± {error:.3f}"


def trainings(study: str) -> None:
    print(f"\n{study}: the last layer on the inputs that train\n")
    header("optimiser", "rate", "batch", "Hoyer", "class selectivity", "CCMAS", "untrained", "null", "η²", "silent", "right in test, %")
    sweep = Sweep(here / study)
    for point in sweep.points:
        values = point["values"]
        of = {row["quantity"]: row for row in sweep.rows("activity", point, layer=2)}
        (trained,) = sweep.rows("training", point)
        line(
            values.get("training.optimizer", "sgd").strip('"'),
            values["training.learning_rate"],
            int(float(values["training.batch_size"])),
            with_error(of["hoyer"]),
            with_error(of["class_selectivity"]),
            with_error(of["ccmas"]),
            with_error(of["ccmas"], "untrained"),
            f"{float(of['ccmas']['null']):.3f}",
            with_error(of["eta_squared"]),
            f"{float(of['silent']['mean']):.3f}",
            f"{100 * float(trained['test_accuracy']):.2f} ± {100 * float(trained['test_accuracy_standard_error']):.2f}",
        )


def untrained_selectivity() -> None:
    print("\nSelectivity of untrained layers at width 4096\n")
    header("layer", "number", "mean", "predicted", "classes dealt out", "predicted")
    with (here / "untrained" / "selectivity.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["width"] != "4096":
                continue
            line(
                row["layer"],
                row["quantity"],
                f"{float(row['mean']):.4f} ± {float(row['standard_error']):.4f}",
                f"{float(row['predicted']):.4f}",
                f"{float(row['null']):.4f} ± {float(row['null_standard_error']):.4f}",
                f"{float(row['null_predicted']):.4f}",
            )


def claims(study: str) -> None:
    summary = json.loads((here / study / "summary.json").read_text())
    for claim in summary["claims"]:
        line(study, claim["statement"], f"{claim['measurement']:.3f} ({claim['low']:.3f} to {claim['high']:.3f})", claim["outcome"])


def untrained() -> None:
    header("layer", "number", "limit n → ∞", "predicted", "n·Var at 4096", "predicted")
    with (here / "untrained" / "sparsity.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["width"] != "4096" or not row["limit"]:
                continue
            line(
                row["layer"],
                row["quantity"],
                f"{float(row['limit']):.5f} ± {float(row['limit_standard_error']):.5f}",
                f"{float(row['predicted']):.5f}",
                *(f"{float(row[name]):.4f}" if row[name] else "–" for name in ("variance_times_width", "predicted_variance_times_width")),
            )


def main() -> None:
    untrained()
    untrained_selectivity()
    for study in ("digits", "mixture", "steps"):
        trainings(study)
    print()
    header("study", "claim", "measured", "verdict")
    for study in ("digits", "mixture", "steps"):
        claims(study)


if __name__ == "__main__":
    main()
