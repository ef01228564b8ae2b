# SPDX-License-Identifier: MIT
"""Theory sheet | ours | difference, from what the runs of this folder left:  python3 table.py"""

import json
import re
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, in_digits_of, line, z_score  # noqa: E402

dimensionality, strength = "dimensionality", "correlation_strength"


class Dimensions(Sweep):
    """A sweep of this folder; points are named by the last words of their keys."""

    def __init__(self, name: str):
        super().__init__(here / name)
        self.claims = json.loads((self.folder / "summary.json").read_text())["claims"]

    def at(self, **values) -> dict:
        def is_meant(point):
            named = {key.rsplit(".", 1)[-1]: value for key, value in point["values"].items()}
            return all(
                value in named[key] if isinstance(value, str) else named[key] == value
                for key, value in values.items()
            )

        (point,) = filter(is_meant, self.points)
        return point

    def limit(self, point: dict, quantity: str, layer: int) -> tuple[float, float, float]:
        """Predicted, measured, standard error."""
        (row,) = self.rows("limits", point, quantity=quantity, layer=layer)
        return float(row["predicted"]), float(row["limit"]), float(row["standard_error"])

    def mean(self, point: dict, quantity: str, layer: int, width: int) -> tuple[float, float]:
        """At a width: measured, standard error."""
        (row,) = self.rows("dimension", point, quantity=quantity, layer=layer, width=width)
        return float(row["mean"]), float(row["standard_error"])


def beside(predicted: float, measured: float, error: float) -> str:
    return f"{predicted:.4f} | {measured:.4f} ± {error:.4f} | {z_score(measured, predicted, error)}"


def verdicts(sweep: Dimensions) -> None:
    print(f"\nVerdict: {sweep.verdict}; points: {', '.join(point['outcome'] for point in sweep.points)}\n")
    header("claim", "measured", "95% interval of all claims", "outcome")
    for claim in sweep.claims:
        line(claim["statement"], f"{claim['measurement']:.4g}", f"{claim['low']:.4g} to {claim['high']:.4g}", claim["outcome"])


def layers(sweep: Dimensions, names: dict[str, dict], depth: int) -> None:
    """All layers of the deepest networks."""
    header("", "layer", "D̃: theory", "networks, N → ∞", "z-score", "NΣ: theory", "networks, N → ∞", "z-score")
    for name, values in names.items():
        point = sweep.at(depth=depth, **values)
        for layer in range(1, depth + 1):
            line(name, layer, beside(*sweep.limit(point, dimensionality, layer)),
                 beside(*sweep.limit(point, strength, layer)))


def sheet() -> None:
    printed = {0: ".5646 .4007 .3155 .2640 .2298 .2058 .1881 .1747",
               1: ".3934 .2506 .1873 .1521 .1298 .1147 .1038 .0957"}
    sweep = Dimensions("depth")
    print("\n## The theory's numbers\n")
    header("r", "layer", "sheet", "ours: theory", "difference", "ours: networks, N → ∞", "difference")
    for r, row in printed.items():
        point = sweep.at(correlation=r, depth=8)
        for layer, number in enumerate(row.split(), start=1):
            predicted, measured, error = sweep.limit(point, dimensionality, layer)
            line(r, layer, number, in_digits_of(number, predicted), f"{measured:.4f} ± {error:.4f}",
                 f"{measured - float(number):+.4f}")


def depth() -> None:
    sweep = Dimensions("depth")
    print("\n## Depth and correlation\n")
    layers(sweep, {f"r = {r}": {"correlation": r} for r in (0, 1, 2)}, 8)
    verdicts(sweep)


def correlated() -> None:
    sweep = Dimensions("correlated")
    print("\n## Correlated inputs\n")
    layers(sweep, {f"r = {r}": {"correlation": r} for r in (0, 1)}, 8)
    verdicts(sweep)


def orthogonal() -> None:
    sweep = Dimensions("orthogonal")
    print("\n## Orthogonal synapses\n")
    layers(sweep, {f"{source} inputs": {"ensemble": source} for source in ("white", "correlated")}, 8)
    verdicts(sweep)


def scaling() -> None:
    formula = {128: 0.0431, 512: 0.0266, 2048: 0.0160, 8192: 0.0094}  # predict at r = N^0.2, layer 4
    sweep = Dimensions("scaling")
    print("\n## Scaling of the correlation with the width\n")
    header("α", "width", "D̃ of layer 4", "over r = 0", "theory of r = N^(1/2−α) at N → ∞")
    for exponent in (0.3, 0.5, 0.7, 1.0):
        point = sweep.at(correlation=1, exponent=exponent)
        for width in formula:
            value, error = sweep.mean(point, dimensionality, 4, width)
            plain, _ = sweep.mean(sweep.at(correlation=0), dimensionality, 4, width)
            theory = formula[width] if exponent == 0.3 else "–" if exponent != 0.5 else "0.1521"
            line(exponent, width, f"{value:.4f} ± {error:.4f}", f"{value / plain:.3f}", theory)
    verdicts(sweep)


def laws() -> None:
    sweep = Dimensions("laws")
    print("\n## Binary and Gaussian synapses\n")
    header("r", "layer", "D̃, N = 1200: Gaussian", "binary", "NΣ, N = 1200: Gaussian", "binary")
    for r in (0, 1):
        for layer in range(1, 5):
            cells = []
            for quantity in (dimensionality, strength):
                for law in ("gaussian", "binary"):
                    value, error = sweep.mean(sweep.at(law=law, correlation=r), quantity, layer, 1200)
                    cells.append(f"{value:.4f} ± {error:.4f}")
            line(r, layer, *cells)
    verdicts(sweep)


def learning() -> None:
    sweep = Dimensions("learning")
    print("\n## Synapses that learn\n")
    header("rule", "steps", "rows", "D̃ of layers 1", "2", "3", "NΣ of layers 1", "2", "3")
    for point in sweep.points:
        text = point["values"]["network.synapses"]
        rule = re.search(r'learning = "(\w+)"', text)[1]
        steps = re.search(r"steps = (\d+)", text)
        cells = []
        for quantity in (dimensionality, strength):
            for layer in (1, 2, 3):
                value, error = sweep.mean(point, quantity, layer, 200)
                cells.append(f"{value:.4f} ± {error:.4f}")
        line(rule, steps[1] if steps else "–", "shuffled" if "shuffled = true" in text else "as learnt" if steps else "–", *cells)
    verdicts(sweep)


def sparse() -> None:
    sweep = Dimensions("sparse")
    print("\n## Sparse layers, white inputs\n")
    header("threshold", "f", "taps", "layer", "D̃: theory", "networks, N → ∞", "z-score")
    for point in sweep.points:
        values = point["values"]
        if values["network.depth"] != 4:
            continue
        for layer in range(1, 5):
            line(values["network.threshold"].strip('"'), values["network.active_fraction"],
                 f"{values['network.presynaptic.taps']:.0f}", layer, beside(*sweep.limit(point, dimensionality, layer)))
    verdicts(sweep)


def digits() -> None:
    sweep = Dimensions("digits")
    inputs = json.loads((here / "digits" / "inputs.json").read_text())["prediction"][0]["dimensionality"]
    print(f"\n## Sparse layers, digits\n\nThe 100 digits themselves: N D̃ = {inputs:.2f}\n")
    header("f", "taps", "layer", "N D̃: theory", "networks, N → ∞", "z-score")
    for point in sweep.points:
        values = point["values"]
        if values["network.depth"] != 4:
            continue
        for layer in range(1, 5):
            predicted, measured, error = sweep.limit(point, dimensionality, layer)
            line(values["network.active_fraction"], f"{values['network.presynaptic.taps']:.0f}", layer,
                 f"{predicted:.2f} | {measured:.2f} ± {error:.2f} | {z_score(measured, predicted, error)}")
    verdicts(sweep)


for part in (sheet, depth, orthogonal, correlated, scaling, laws, learning, sparse, digits):
    part()
