#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps of a sweep's run what a reference run commits:

    gather.py [--every-width] RUN FOLDER [FIGURE…]

FOLDER gets summary.json, sweep.csv and the figures as they are, and of the points' tables one each,
with the point in front: claims.csv, fluctuation_limit.csv and, of the first input with each and of
the widest networks alone unless told otherwise, kernel.csv; of studies of dimension dimension.csv
and limits.csv in place of the last two; of studies of tangent kernels extrapolation.csv, of the
first input with each; of studies of training training.csv, limits.csv, of the inputs that train and the last step
activity.csv, and, from the points' summaries, regressions.csv; of projected layers activity.csv,
likewise.
"""

import argparse
import csv
import json
import shutil
from pathlib import Path


def joined(run: Path, name: str, keeps) -> list[list[str]]:
    table = []
    for folder in sorted((run / "points").iterdir()):
        with (folder / name).open(newline="") as file:
            header, *rows = csv.reader(file)
        table = table or [["point", *header]]
        named = [dict(zip(header, row)) for row in rows]
        widest = max((int(row["width"]) for row in named if "width" in row), default=0)
        table += [[folder.name, *row] for row, of in zip(rows, named) if keeps(of, widest)]
    return table


def main(run: Path, folder: Path, figures: list[str], every_width: bool) -> None:
    folder.mkdir(exist_ok=True)
    for name in ("summary.json", "sweep.csv"):
        shutil.copy(run / name, folder / name)
    for figure in figures:
        for kind in ("svg", "csv", "pdf"):
            shutil.copy(run / "figures" / f"{figure}.{kind}", folder)

    def of_first(row: dict, widest: int) -> bool:
        return row["row"] == "0" and (every_width or int(row["width"]) == widest)

    def of_tangents(row: dict, _widest: int) -> bool:
        return row["row"] == "0" and row["layer"].startswith("tangent")

    for name, keeps in (
        ("claims.csv", lambda *_: True),
        ("fluctuation_limit.csv", lambda *_: True),
        ("kernel.csv", of_first),
        ("dimension.csv", lambda *_: True),
        ("limits.csv", lambda *_: True),
        ("training.csv", lambda *_: True),
        ("extrapolation.csv", of_tangents),
    ):
        if not any((run / "points").glob(f"*/{name}")):
            continue
        table = joined(run, name, keeps)
        if len(table) < 2:
            continue
        with (folder / name).open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)


def gather_trained_activity(run: Path, folder: Path) -> None:
    """Sparsity and selectivity of the inputs that train, after the last step."""
    if not any((run / "points").glob("*/activity.csv")):
        return
    table = joined(run, "activity.csv", lambda row, _: row["inputs"] == "training")
    head = table[0]
    last = {}
    for row in table[1:]:
        last[row[0]] = max(last.get(row[0], 0), int(row[head.index("step")]))
    kept = [row for row in table[1:] if int(row[head.index("step")]) == last[row[0]]]
    with (folder / "activity.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *kept])


def gather_regressions(run: Path, folder: Path) -> None:
    """What kernel regression got on the test inputs of each point."""
    rows = []
    for point in sorted((run / "points").iterdir()):
        regressions = json.loads((point / "summary.json").read_text()).get("regressions", {})
        rows += [[point.name, kernel, score["test_loss"], score["test_accuracy"]] for kernel, score in regressions.items()]
    if rows:
        with (folder / "regressions.csv").open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([["point", "kernel", "test_loss", "test_accuracy"], *rows])


def gather_activity(run: Path, folder: Path) -> None:
    """Active fractions of each point's layers, of Gram studies, where layers are projected."""
    rows = []
    for point in sorted((run / "points").iterdir()):
        summary = json.loads((point / "summary.json").read_text())
        if (summary.get("network") or {}).get("activation") != "sparse-projection" or "measurement" not in summary:
            continue
        predicted = {layer["layer"]: layer["active_fraction"] for layer in summary["prediction"]}
        rows += [
            [point.name, at["width"], at["layer"], predicted[at["layer"]], at["active_fraction"]["mean"], at["active_fraction"]["standard_error"]]
            for at in summary["measurement"]
        ]
    if rows:
        header = ["point", "width", "layer", "predicted", "mean", "standard_error"]
        with (folder / "activity.csv").open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("run", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("figures", nargs="*")
    parser.add_argument("--every-width", action="store_true")
    arguments = parser.parse_args()
    main(**vars(arguments))
    gather_trained_activity(arguments.run, arguments.folder)
    gather_regressions(arguments.run, arguments.folder)
    gather_activity(arguments.run, arguments.folder)
