# SPDX-License-Identifier: MIT
"""Each function's networks beside their limit, from what the run left:  python3 table.py"""

import json
import sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, str(here.parent))
from reading import Sweep, header, line, z_score  # noqa: E402


def main() -> None:
    header("φ(x)", "correlation of inputs 1 and 2 that layer 3 sees: limit", "n = 131,072", "(ours − limit)/error", "verdict")
    sweep = Sweep(here / "study")
    for point in sweep.points:
        predicted, mean, error = sweep.correlation(point, 3, 1)
        line(
            "`" + point["values"]["network.expression"].strip('"') + "`",
            f"{predicted:.5f}",
            f"{mean:.5f} ± {error:.1e}",
            z_score(mean, predicted, error),
            point["outcome"],
        )
    verdict = json.loads((here / "wrong.json").read_text())["verdict"]["outcome"]
    line("the second, beside the prediction of a jump at 0.505", "", "", "", verdict)


if __name__ == "__main__":
    main()
