# SPDX-License-Identifier: MIT
"""Puts the strength with which each regulariser did best on the validation split into a study with
new networks and new splits, and asks it whether regularisers help:

    python3 chosen.py RUN SEARCH.toml > CHOSEN.toml
"""

import csv
import re
import sys
from pathlib import Path

FRESH_SEED = 20261128
REPLICATES = 12
CLAIMS = (
    ("t1", "none", "T1 outperforms no regulariser"),
    ("t2", "none", "T2 outperforms no regulariser"),
    ("t1", "l1", "T1 outperforms L1"),
    ("t1", "l2", "T1 outperforms L2"),
    ("t2", "l1", "T2 outperforms L1"),
    ("t2", "l2", "T2 outperforms L2"),
    ("t1", "mean-correlation", "minimising all correlations is worse than T1"),
    ("t2", "mean-correlation", "minimising all correlations is worse than T2"),
)


def best_of_each_kind(run: Path) -> dict[str, str]:
    """By kind, the table whose networks are right most often on the validation split; of equal ones
    the first."""
    best: dict[str, tuple[float, str]] = {}
    with (run / "sweep.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["quantity"] != "validation accuracy":
                continue
            table = row["training.regularizer"]
            kind = re.search(r'kind = "([^"]+)"', table)[1]
            if kind not in best or float(row["value"]) > best[kind][0]:
                best[kind] = float(row["value"]), table
    return {kind: table for kind, (_, table) in best.items()}


def main(run: str, search: str) -> None:
    best = best_of_each_kind(Path(run))
    text = Path(search).read_text().partition("[sweep]")[0]
    text = re.sub(r"^# .*", "# By chosen.py: with the strengths that did best on the validation split.", text, count=1)
    text = re.sub(r"^seed = .*", f"seed = {FRESH_SEED}", text, flags=re.M)
    text = re.sub(r"^replicates = .*", f"replicates = {REPLICATES}", text, flags=re.M)
    print(text + "[sweep]\ntraining.regularizer = [\n" + "".join(f"  {table},\n" for table in best.values()) + "]")
    width = re.search(r"^widths = \[(\d+)\]", text, flags=re.M)[1]
    for kind, other, statement in CLAIMS:
        print(f'\n[[claims]]\nkind = "ratio"\nstatement = "{statement}"\nquantity = "test accuracy"\nwidth = {width}')
        print(f"at = {{ training.regularizer = {best[kind]} }}\nover = {{ training.regularizer = {best[other]} }}\nlow = 1.0")


if __name__ == "__main__":
    main(*sys.argv[1:])
