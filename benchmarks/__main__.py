"""Run every benchmark in a process of its own and print one table of ratios: python -m benchmarks [NAME …]."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import ROOT, Ratio, table

# Files that hold a benchmark define measure(); the others are what they share.
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if "\ndef measure()" in path.read_text("utf-8"))
CHILD = "import dataclasses, json, sys; from benchmarks import {0}; "
CHILD += "json.dump([dataclasses.asdict(ratio) for ratio in {0}.measure()], sys.stdout)"


def measured(name: str) -> list[Ratio]:
    """Run one benchmark offscreen and return its ratios; a failing one ends the run."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", CHILD.format(name)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return [Ratio(**ratio) for ratio in json.loads(done.stdout)]


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all, and print their table."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"No such benchmark: {' '.join(unknown)}; there are {' '.join(NAMES)}.\n")
        return 2
    ratios = []
    for name in names or NAMES:
        sys.stderr.write(f"measuring {name} …\n")
        ratios += measured(name)
    print(table(ratios))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
