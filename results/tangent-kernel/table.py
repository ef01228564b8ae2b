# SPDX-License-Identifier: MIT
"""Theory sheet | ours | networks, from what the runs of this folder left:  python3 table.py"""

import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, in_digits_of, line, z_score  # noqa: E402

# By network, trained parameters, depth and cosine, 10 digits.
SHEET = {
    ("dense", "weights"): {1: (".9423311144", "2"), 2: ("1.3514795611", "3"), 3: ("1.7378446792", "4")},
    ("sparse", "weights"): {1: (".7225731476", "3.5427642423"), 2: (".5868256050", "10.0084142343"), 3: (".3615379568", "26.4490378371")},
    ("correlated", "field"): {1: (".7225731476", "3.5427642423"), 2: ("1.2065482698", "7.3824177387"), 3: ("1.6368053373", "13.1804145514")},
}  # fmt: skip
NAMES = {
    "dense": "f = 0.5, m = 0",
    "sparse": "f = 0.1, m = 0",
    "correlated": "f = 0.1, m = 12",
    "critical": "f = 0.1, m = m* = 27.07",
}


def limit(sweep: Sweep, point: dict, column: int) -> tuple[float, float, float]:
    """Predicted, measured, standard error of the output's tangent kernel of the first input and another."""
    (row,) = sweep.rows("extrapolation", point, layer="tangent_output", quantity="gram", row=0, column=column)
    return float(row["predicted"]), float(row["limit"]), float(row["standard_error"])


def main() -> None:
    header("network", "trained", "hidden layers", "c", "sheet", "theory", "difference", "networks, n → ∞", "z-score", "outcome")
    for name, words in NAMES.items():
        sweep = Sweep(here / name)
        for point in sweep.points:
            depth = int(point["values"]["network.depth"])
            trained = point["values"].get("tangent.trained", "weights").strip('"')
            for column, c in ((0, "1"), (1, "1/2"), (3, "−1")):
                predicted, measured, error = limit(sweep, point, column)
                printed = SHEET.get((name, trained), {}).get(depth)
                sheet = printed[1 - column] if printed and column < 2 else None
                line(
                    words,
                    trained,
                    depth,
                    c,
                    sheet or "–",
                    in_digits_of(sheet, predicted) if sheet else f"{predicted:.6f} | –",
                    f"{measured:.4f} ± {error:.4f}",
                    z_score(measured, predicted, error),
                    point["outcome"],
                )


if __name__ == "__main__":
    main()
