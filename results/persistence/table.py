# SPDX-License-Identifier: MIT
"""Regularised networks and what was claimed of them, from what the runs left:  python3 table.py"""

import json
import re
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line  # noqa: E402

NETWORKS = {"mlp": "450-350-200", "dropout": "450-350-200, dropout", "deep": "300-250-200-150-100"}


def kind_and_strength(point: dict) -> tuple[str, str]:
    table = point["values"]["training.regularizer"]
    strength = re.search(r"strength = ([^ }]+)", table)
    return re.search(r'kind = "([^"]+)"', table)[1], strength[1] if strength else ""


def percent(row: dict, quantity: str) -> str:
    return f"{100 * float(row[quantity]):.2f} ± {100 * float(row[quantity + '_standard_error']):.2f}"


def last_row(sweep: Sweep, point: dict) -> dict:
    return sweep.rows("training", point)[-1]


def searches() -> None:
    header("network", "regulariser", "λ", "right in validation, %", "right in test, %", "R")
    for study, network in NETWORKS.items():
        sweep = Sweep(here / study)
        for point in sweep.points:
            row = last_row(sweep, point)
            line(network, *kind_and_strength(point), percent(row, "validation_accuracy"), percent(row, "test_accuracy"), row["regularizer"] and f"{float(row['regularizer']):.4g}")


def chosen(studies: list[tuple[str, str]]) -> None:
    header("network", "regulariser", "λ", "right in test, %", "loss in test", "R at the end")
    for study, network in studies:
        sweep = Sweep(here / study)
        for point in sweep.points:
            row = last_row(sweep, point)
            line(network, *kind_and_strength(point), percent(row, "test_accuracy"), f"{float(row['test_loss']):.4f} ± {float(row['test_loss_standard_error']):.4f}", row["regularizer"] and f"{float(row['regularizer']):.4g}")


def claims(studies: list[tuple[str, str]]) -> None:
    header("network", "claim", "ratio of accuracies (95%)", "verdict")
    for study, network in studies:
        for claim in json.loads((here / study / "summary.json").read_text())["claims"]:
            line(network, claim["statement"], f"{claim['measurement']:.4f} ({claim['low']:.4f} to {claim['high']:.4f})", claim["outcome"])


def main() -> None:
    searches()
    studies = [(f"{study}-chosen", network) for study, network in NETWORKS.items()]
    print()
    chosen(studies)
    print()
    claims(studies)
    print()
    claims([(f"{study}-again", network) for study, network in NETWORKS.items() if study == "mlp"])


if __name__ == "__main__":
    main()
