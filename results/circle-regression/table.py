# SPDX-License-Identifier: MIT
"""The errors that the authors print beside those of this folder: reads summary.json.

  python3 table.py

`paper` is Chun & Lee 2024; `program` are errors that the authors' program printed.
"""
import json
import pathlib

summary = json.loads((pathlib.Path(__file__).parent / "summary.json").read_text())
print("| f | hidden layers | printed | by | ours | difference |")
print("|---|---|---|---|---|---|")
for claim, said in zip(summary["claims"], summary["claims"]):
    f, depth = claim["statement"].removeprefix("At f = ").split(" hidden")[0].split(" and ")
    by = "paper" if "the paper" in claim["statement"] else "program"
    printed, ours = claim["prediction"], claim["measurement"]
    print(f"| {f} | {depth} | {printed:.2e} | {by} | {ours:.4e} | {ours / printed - 1:+.2%} |")
