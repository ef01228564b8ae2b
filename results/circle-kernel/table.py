# SPDX-License-Identifier: MIT
"""Paper | ours | difference, from what the run of this folder left:  python3 table.py"""

import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, in_digits_of, line, z_score  # noqa: E402

# Kernel over its largest value for two of 50 points nearest to opposite each other, layers 2 to 5.
printed = (
    (".0000", ".3183", ".4936", ".6047"),
    (".0000", ".0396", ".0482", ".0502"),
    (".6524", ".7968", ".8620", ".8987"),
)
opposite = 25  # and 24: the angle is 180° ± 180°/49

sweep = Sweep(here)
print("\n| f | m | layer | paper | ours: theory | difference | ours: networks | z |\n" + "|---" * 8 + "|")
for point, papers in zip(sweep.points, printed):
    network = point["network"]
    for layer, paper in enumerate(papers, start=2):
        predicted, mean, error = sweep.correlation(point, layer, opposite)
        line(f"{network['active_fraction']:g}", f"{network['degree_of_correlation']:g}", layer, paper,
             in_digits_of(paper, predicted), f"{mean:.5f} ± {error:.5f}", z_score(mean, predicted, error))

print("\nLargest deviation over all pairs with the first point whose kernel is above 10⁻⁴, in standard errors:\n")
header("f", "m", "verdict", "layer 2", "layer 3", "layer 4", "layer 5", "pairs at layers 2 to 5")
for point in sweep.points:
    network = point["network"]
    rows = [sweep.rows("kernel", point, layer=layer, quantity="correlation") for layer in range(2, 6)]
    finite = [[abs(float(row["z"])) for row in of if row["column"] != "49" and float(row["predicted"]) > 1e-4] for of in rows]
    line(f"{network['active_fraction']:g}", f"{network['degree_of_correlation']:g}", point["outcome"],
         *(f"{max(of):.1f}" for of in finite), ", ".join(str(len(of)) for of in finite))
