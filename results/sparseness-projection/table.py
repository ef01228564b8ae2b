# SPDX-License-Identifier: MIT
"""Projected layers beside their limit, and beside what is printed of them, from what the run left:  python3 table.py"""

import math
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line, z_score  # noqa: E402

# Read off Thom & Palm's figure 5, of trained networks of 1000 units.
in_the_figure = {"0.45": "≈ 50", "0.80": "10", "0.85": "5", "0.95": "1.1"}


def main() -> None:
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


if __name__ == "__main__":
    main()
