# SPDX-License-Identifier: MIT
"""Trained networks beside both kernels on digits, from what the run left:  python3 table.py"""

import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line  # noqa: E402


def percent(row: dict) -> str:
    return f"{100 * float(row['test_accuracy']):.2f} ± {100 * float(row['test_accuracy_standard_error']):.2f}"


def main() -> None:
    header("trained", "f", "m", "right, step 0", "right at the end, %", "loss at the end", "NNGP, %", "tangent kernel, %", "effective dimension before", "after")
    sweep = Sweep(here / "digits")
    for point in sweep.points:
        values = point["values"]
        first, *_, last = sweep.rows("training", point)
        right = {row["kernel"]: 100 * float(row["test_accuracy"] or "nan") for row in sweep.rows("regressions", point)}
        line(
            values["training.layers"].strip('"'),
            values["network.active_fraction"],
            int(values["network.presynaptic.taps"]) - 1,
            f"{100 * float(first['test_accuracy']):.1f}",
            percent(last),
            f"{float(last['test_loss']):.4f} ± {float(last['test_loss_standard_error']):.4f}",
            f"{right['kernel']:.1f}",
            f"{right['tangent']:.1f}",
            f"{float(first['effective_dimension']):.1f}",
            f"{float(last['effective_dimension']):.1f}",
        )


if __name__ == "__main__":
    main()
