# SPDX-License-Identifier: MIT
"""What the tables of reference runs read: summaries and CSV tables as gather.py leaves them."""

import csv
import json
from pathlib import Path


class Sweep:
    """A sweep's committed output."""

    def __init__(self, folder: Path):
        self.folder = folder
        summary = json.loads((folder / "summary.json").read_text())
        self.verdict = summary["verdict"]["outcome"]
        self.points = summary["sweep"]["points"]

    def rows(self, table: str, point: dict, **fields) -> list[dict]:
        """The point's rows of a table that have these fields, in order."""
        with (self.folder / f"{table}.csv").open(newline="") as file:
            return [
                row
                for row in csv.DictReader(file)
                if point["folder"].endswith(row["point"])
                and all(row[key] == str(value) for key, value in fields.items())
            ]

    def correlation(self, point: dict, layer: int, column: int) -> tuple[float, float, float]:
        """What `layer` sees of the first input and another: predicted, measured, standard error."""
        (row,) = self.rows("kernel", point, layer=layer, quantity="correlation", column=column)
        return float(row["predicted"]), float(row["mean"]), float(row["standard_error"])


def in_digits_of(printed: str, number: float) -> str:
    """A number and its difference from a printed one, with one digit more than that has."""
    digits = len(printed.partition(".")[2]) + 1
    return f"{number:.{digits}f} | {number - float(printed):+.{digits}f}"


def z_score(mean: float, predicted: float, error: float) -> str:
    return f"{(mean - predicted) / error:+.1f}" if error > 0 else "–"


def header(*names: str) -> None:
    print("| " + " | ".join(names) + " |\n|" + "---|" * len(names))


def line(*cells) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |")
