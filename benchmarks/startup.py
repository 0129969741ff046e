"""Start-up: from the start of the process to the first paint, against a bare window of the same toolkit."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.dataset import workrooms
from benchmarks.measure import FOLDER, ROOT, Ratio, alternating, median, table

ROUNDS = 9
COUNT = 5_000


def _started(what: str, *arguments: str) -> float:
    """Start a window in a new process; return when it was painted, in ms after the start."""
    # Without the caller's Python settings: compiled modules are kept between starts, as they are for a user.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "WORKROOM_DESK_DATA": str(FOLDER / "data")}
    command = [sys.executable, "-m", "benchmarks.first_paint", *arguments]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    if told["loaded"]:
        raise RuntimeError(f"imported before the table was painted: {' '.join(told['loaded'])}")
    # The clock is the machine's, the same in both processes.
    return float((told[what] - begun) * 1000)


def _timer(what: str, *arguments: str) -> Callable[[], float]:
    return lambda: _started(what, *arguments)


def measure() -> list[Ratio]:
    """Measure the bare window, our first paint, and our first paint with rows in the table, by turns."""
    database = str(workrooms(COUNT))
    timers = _timer("window", "bare"), _timer("window", "ours", database), _timer("table", "ours", database)
    for timer in timers:
        timer()
    base, window, rows = (median(taken) for taken in alternating(ROUNDS, *timers))
    against = "a bare PySide6 window"
    return [
        Ratio(f"start → first paint, {COUNT:,} workrooms", window, base, "ms", 2.0, against),
        Ratio(f"start → first page of {COUNT:,} workrooms", rows, base, "ms", 2.0, against),
    ]


if __name__ == "__main__":
    print(table(measure()))
