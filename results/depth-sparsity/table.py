# SPDX-License-Identifier: MIT
"""Which active fraction is best at each depth, of the kernel and of networks: reads sweep.csv.

  python3 table.py
"""
import csv
import pathlib

error = {}
predicted = {}
with open(pathlib.Path(__file__).parent / "sweep.csv") as file:
    for line in csv.DictReader(file):
        point = float(line["network.active_fraction"]), int(line["network.depth"])
        error[(*point, line["width"])] = float(line["value"])
        predicted[point] = float(line["predicted"])
fractions = sorted({f for f, _ in predicted})
depths = sorted({depth for _, depth in predicted})
kernel, networks = sorted({width for _, _, width in error})

print("| hidden layers | best f of the kernel | error | best f of the networks | error |")
print("|---|---|---|---|---|")
for depth in depths:
    cells = []
    for width in (kernel, networks):
        best = min(fractions, key=lambda f: error[f, depth, width])
        cells.append(f"{best:.3f} | {error[best, depth, width]:.4f}")
    print(f"| {depth} | " + " | ".join(cells) + " |")


def table(title, of):
    print(f"\n{title}\n")
    print("| hidden layers |" + "".join(f" f = {f:.3f} |" for f in fractions))
    print("|---|" + "---|" * len(fractions))
    for depth in depths:
        print(f"| {depth} |" + "".join(f" {of(f, depth):+.1%} |" for f in fractions))


table("Networks over the kernel", lambda f, depth: error[f, depth, networks] / error[f, depth, kernel] - 1)
table("Theory over the kernel", lambda f, depth: predicted[f, depth] / error[f, depth, kernel] - 1)
