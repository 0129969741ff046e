"""Run every benchmark in a process of its own and print one table of ratios.

python -m benchmarks [NAME …] [--write FILE]; FILE is a page of Markdown that is written anew with the table and the
machine (docs/performance.md holds the last one).
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.machine import described
from benchmarks.measure import ROOT, Ratio, table, written

# Files that hold a benchmark define measure(); the others are what they share.
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if "\ndef measure()" in path.read_text("utf-8"))
CHILD = "import dataclasses, json, sys; from benchmarks import {0}; "
CHILD += "json.dump([dataclasses.asdict(ratio) for ratio in {0}.measure()], sys.stdout)"

OPENING = """# Performance

What the program costs, beside the usual ways of doing the same, measured in one run: each row is our cost, the
baseline's, and their ratio, medians of rounds taken by turns, so that what else the machine does falls on both. A
baseline named as a limit is a fixed figure. `growth` is how our cost grew from 5,000 to 150,000 workrooms (or between
the sizes named), as a share of how the work grew: at most 1 is no worse than linear.

The page is written by `python -m benchmarks --write docs/performance.md`; `python -m benchmarks NAME` measures one
part. Start-up is that of the second day on a machine: the first one keeps the compiled code of Qt's bindings and a
picture of the page around the list, so that the first frame can show today's first workrooms before the rest is loaded.
"""


def measured(name: str) -> list[Ratio]:
    """Run one benchmark offscreen and return its ratios; a failing one ends the run."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", CHILD.format(name)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return [Ratio(**ratio) for ratio in json.loads(done.stdout)]


def main(words: list[str]) -> int:
    """Run the named benchmarks, or all, and print their table; write the page when one is named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure against peers in the same run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {' '.join(NAMES)}; all without any")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table and the machine to a page")
    options = parser.parse_args(words)
    unknown = [name for name in options.names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"No such benchmark: {' '.join(unknown)}; there are {' '.join(NAMES)}.\n")
        return 2
    machine, ratios = described(), []
    for name in options.names or NAMES:
        sys.stderr.write(f"measuring {name} …\n")
        ratios += measured(name)
    print(table(ratios))
    if options.write is not None:
        options.write.write_text(page(machine, ratios), encoding="utf-8")
    return 0


def page(machine: str, ratios: list[Ratio]) -> str:
    """Return the page that holds the last table."""
    missed = sum(ratio.verdict == "MISSED" for ratio in ratios)
    summary = f"{len(ratios) - missed} of {len(ratios)} goals are reached."
    return f"{OPENING}\n{machine}\n\n{summary}\n\n{written(ratios)}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
