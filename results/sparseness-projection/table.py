# SPDX-License-Identifier: MIT
"""Projected layers beside their limit, and beside what is printed of them, from what the run left:  python3 table.py"""

import json
import math
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line, z_score  # noqa: E402

# Read off Thom & Palm's figure 5, of trained networks of 1000 units.
in_the_figure = {"0.45": "≈ 50", "0.80": "10", "0.85": "5", "0.95": "1.1"}


def untrained() -> None:
    sweep = Sweep(here / "projection")
    header("σ_H at n = 1000", "signed", "active, %: figure 5", "n = 1000, layers 1 to 3", "limit", "n = 8000, layer 3", "(ours − limit)/error", "verdict")
    for point in sweep.points:
        values = point["values"]
        signed = values["network.signed"] == "true"
        hoyer = f"{float(values['network.sparseness']) / (1 - 1 / math.sqrt(1000)):.2f}"
        narrow = [f"{100 * float(row['mean']):.3g}" for row in sweep.rows("activity", point, width=1000)]
        (wide,) = sweep.rows("activity", point, width=8000, layer=3)
        mean, predicted, error = (float(wide[key]) for key in ("mean", "predicted", "standard_error"))
        line(
            hoyer,
            "yes" if signed else "no",
            in_the_figure.get(hoyer, "") if signed else "",
            ", ".join(narrow),
            f"{100 * predicted:.4g}",
            f"{100 * mean:.4g} ± {100 * error:.2g}",
            z_score(mean, predicted, error),
            point["outcome"],
        )


def limit_of_signed(hoyer: float) -> float:
    """Active fraction of a random signed layer of 1000, from the run on untrained layers, in percent; NaN where that has none."""
    sweep = Sweep(here / "projection")
    for point in sweep.points:
        values = point["values"]
        if values["network.signed"] == "true" and abs(float(values["network.sparseness"]) / (1 - 1 / math.sqrt(1000)) - hoyer) < 1e-3:
            return 100 * float(sweep.rows("activity", point, width=1000, layer=1)[0]["predicted"])
    return math.nan


def trained_activity() -> None:
    header("σ_H", "active after training, %: figure 5", "ours, %", "untrained limit, %", "right in test, %")
    sweep = Sweep(here / "activity")
    for point in sweep.points:
        hoyer = float(point["values"]["network.sparseness"])
        (trained,) = sweep.rows("training", point)
        line(
            f"{hoyer:.2f}",
            in_the_figure.get(f"{hoyer:.2f}", ""),
            f"{100 * float(trained['active_fraction']):.4g} ± {100 * float(trained['active_fraction_standard_error']):.2g}",
            f"{limit_of_signed(hoyer):.4g}",
            percent(trained, "test_accuracy"),
        )


def percent(row: dict, quantity: str) -> str:
    return f"{100 * float(row[quantity]):.2f} ± {100 * float(row[quantity + '_standard_error']):.2f}"


def errors() -> None:
    names = ("SOAE-σ: sparse activity, sparse connectivity", "sparse activity alone", "tanh, sparse connectivity alone", "tanh, neither", "SOAE-L0: κ = 100, sparse connectivity", "MLP, tanh", "MLP, ReLU", "MLP, tanh, from samples")
    header("network", "rate", "wrong in test, %", "loss in test", "active, %")
    sweep = Sweep(here / "errors")
    for name, point in zip(names, sweep.points, strict=True):
        (trained,) = sweep.rows("training", point)
        wrong = 100 * (1 - float(trained["test_accuracy"]))
        line(
            name,
            point["values"]["training.learning_rate"],
            f"{wrong:.2f} ± {100 * float(trained['test_accuracy_standard_error']):.2f}",
            f"{float(trained['test_loss']):.4f} ± {float(trained['test_loss_standard_error']):.4f}",
            f"{100 * float(trained['active_fraction']):.3g}",
        )


def claims() -> None:
    header("claim", "ratio of accuracies (95%)", "verdict")
    for claim in json.loads((here / "errors" / "summary.json").read_text())["claims"]:
        line(claim["statement"], f"{claim['measurement']:.4f} ({claim['low']:.4f} to {claim['high']:.4f})", claim["outcome"])


def main() -> None:
    for table in (untrained, trained_activity, errors, claims):
        table()
        print()


if __name__ == "__main__":
    main()
