# SPDX-License-Identifier: MIT
"""The tables of this folder's README: reads what `run` left here.

  python3 table.py
"""
import csv
import json
import math
import pathlib

folder = pathlib.Path(__file__).parent
sparse, still, turned, dense = 0.026330846, 0.13511302, 0.18738883, 0.4999


def rows(sweep):
    """Lines of a sweep's table, with numbers where there are numbers."""
    with open(folder / sweep / "sweep.csv") as file:
        for line in csv.DictReader(file):
            point = {}
            for key, value in line.items():
                name = key.rsplit(".", 1)[-1]
                point[name] = value if name in ("outcome", "quantity") else float(value or "nan")
            yield point


def kernel(*sweeps):
    return [row for sweep in sweeps for row in rows(sweep) if math.isnan(row["width"])]


def claims(*sweeps):
    return [claim for sweep in sweeps for claim in json.loads((folder / sweep / "summary.json").read_text())["claims"]]


def interval(claim):
    return f"{claim['measurement']:.3f} ({claim['low']:.3f} to {claim['high']:.3f})"


print("The least error: paper (.135, 20) at P = 128, (.187, 0) beyond\n")
print("| P | points (f, m) | best of ours | error | next | error |")
print("|---|---|---|---|---|---|")
main = kernel("experiment", "thousand", "large")
for training in sorted({row["training_points"] for row in main}):
    found = sorted((row for row in main if row["training_points"] == training), key=lambda row: row["value"])
    cells = [f"({row['active_fraction']:.3f}, {row['degree']:.0f}) | {row['value']:.6f}" for row in found[:2]]
    print(f"| {training:.0f} | {len(found)} | " + " | ".join(cells) + " |")

print("\nThe claims: error at m = 20 over that at m = 0, with the interval that the outcome rests on\n")
columns = {sparse: "paper .87 to .90", still: "paper < 1", turned: "paper > 1", dense: "paper > 1"}
print("| P |" + "".join(f" f = {f:.3g}, {said} |" for f, said in columns.items()))
print("|---|" + "---|" * len(columns))
ratios = [claim for claim in claims("experiment", "thousand", "large") if claim["name"] == "ratio"]
by_training = {}
for claim in ratios:
    by_training.setdefault(int(claim["where"].split("P = ")[1]), []).append(claim)
for training, of in sorted(by_training.items()):
    cells = []
    for f in columns:
        claim = next(claim for claim in of if claim["statement"].endswith(f"f = {f:.3g}."))
        cells.append(f"{interval(claim)} {claim['outcome']}")
    print(f"| {training} | " + " | ".join(cells) + " |")

print("\nP = 3982, m = 0\n")
print("| f | hidden layers | paper | ours | difference |")
print("|---|---|---|---|---|")
for claim in claims("depth"):
    if claim["name"] == "value":
        where = claim["statement"].removeprefix("At f = ").split(" hidden")[0].split(" and ")
        difference = claim["measurement"] / claim["prediction"] - 1
        print(f"| {where[0]} | {where[1]} | {claim['prediction']:.5f} | {claim['measurement']:.5f} | {difference:+.1%} |")
print("\n| hidden layers | paper: error at f = .19 over that at f = .5 | ours | outcome |")
print("|---|---|---|---|")
for claim in claims("depth"):
    if claim["name"] == "ratio":
        said = claim["statement"].split(" is ")[1].split(" = ")[1].split(",")[0]
        print(f"| {claim['statement'].split()[1]} | {said} | {interval(claim)} | {claim['outcome']} |")

print("\nThe theory's error over that of kernel regression, less 1\n")
print("| N/P | P | f | m | theory/measured − 1 |")
print("|---|---|---|---|---|")
for row in rows("pool"):
    print(f"| {row['pool_ratio']:.0f} | {row['training_points']:.0f} | {row['active_fraction']:.3f} | {row['degree']:.0f} | "
          f"{row['predicted'] / row['value'] - 1:+.1%} |")
print("\n| P, N = 2P | points | lowest | highest |")
print("|---|---|---|---|")
compared = kernel("experiment", "thousand", "spectrum")
for training in sorted({row["training_points"] for row in compared}):
    off = [row["predicted"] / row["value"] - 1 for row in compared if row["training_points"] == training]
    print(f"| {training:.0f} | {len(off)} | {min(off):+.1%} | {max(off):+.1%} |")

print("\nP = 256: theory, kernel and networks\n")
networks = list(rows("networks"))
widths = sorted({row["width"] for row in networks if not math.isnan(row["width"])})
print("| f | m | theory | kernel |" + "".join(f" n = {width:,.0f} |" for width in widths))
print("|---|---|---|---|" + "---|" * len(widths))
for row in networks:
    if math.isnan(row["width"]):
        same = [other for other in networks if (other["active_fraction"], other["degree"]) == (row["active_fraction"], row["degree"])]
        cells = [f" {other['value']:.4f} |" for width in widths for other in same if other["width"] == width]
        print(f"| {row['active_fraction']:.4f} | {row['degree']:.0f} | {row['predicted']:.4f} | {row['value']:.4f} |" + "".join(cells))
