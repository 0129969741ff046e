"""Start-up: from the start of the process to the first paint, against a bare window of the same toolkit.

What is measured is the second and every later start on a machine: the first one keeps a picture of the page around the
list, and compiled code. The first paint holds the tabs, heads and buttons and the first workrooms, read from the
database in that start; the living list takes its place next, and search answers when the keys are read.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.dataset import workrooms
from benchmarks.measure import FOLDER, ROOT, Ratio, alternating, median, table

ROUNDS = 5
COUNT = 5_000
LIMIT_MB = 130.0
SCREEN = {"name": "", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
OWN = FOLDER / f"start-{os.getpid()}"
"""This run's own folder, so that another one at the same time takes nothing away from it."""
DATA, FRESH = OWN / "data", OWN / "fresh"


def _environment(data: Path) -> dict[str, str]:
    # Without the caller's Python settings: compiled modules are kept between starts, as they are for a user.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    OWN.mkdir(parents=True, exist_ok=True)
    screens = OWN / "screens.json"
    screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    platform = f"offscreen:configfile={screens}"
    return environment | {"QT_QPA_PLATFORM": platform, "WORKROOM_DESK_DATA": str(data)}


def _told(data: Path, *arguments: str) -> tuple[float, dict[str, float]]:
    """Start a window in a new process; return when, and what it told."""
    command = [sys.executable, "-m", "benchmarks.first_paint", *arguments]
    begun = time.perf_counter()
    environment = _environment(data)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    if told.get("loaded"):
        raise RuntimeError(f"{told['loaded']} heavy libraries were imported before the list was painted")
    return begun, told


def _timer(what: str, *arguments: str, fresh: bool = False) -> Callable[[], float]:
    def started() -> float:
        if fresh:
            shutil.rmtree(FRESH, ignore_errors=True)
        begun, told = _told(FRESH if fresh else DATA, *arguments)
        # The clock is the machine's, the same in both processes.
        return float((told[what] - begun) * 1000)

    return started


def _prepare(database: str) -> None:
    """Start and close the program twice, as on an earlier day."""
    for _ in range(2):
        command = [sys.executable, "-m", "desktop", "--database", database, "--smoke"]
        subprocess.run(command, cwd=ROOT, env=_environment(DATA), capture_output=True, timeout=120, check=True)


def measure() -> list[Ratio]:
    """Measure the bare window and each stage of ours, by turns; then what ours holds in memory when all is loaded."""
    try:
        return _measured(str(workrooms(COUNT)))
    finally:
        shutil.rmtree(OWN, ignore_errors=True)


def _measured(database: str) -> list[Ratio]:
    _prepare(database)
    timers = [_timer("window", "bare"), *(_timer(what, "ours", database, what) for what in ("rows", "page", "answer"))]
    timers.append(_timer("rows", "ours", database, "rows", fresh=True))
    for timer in timers:
        timer()
    base, rows, page, answer, first = (median(taken) for taken in alternating(ROUNDS, *timers))
    against, work = "a bare PySide6 window", f"{COUNT:,} workrooms: start →"
    ratios = [
        Ratio(f"{work} first paint, first page in it", rows, base, "ms", 1.3, against),
        Ratio(f"{work} the living list", page, base, "ms", 2, against),
        Ratio(f"{work} search answers", answer, base, "ms", 3.5, against),
        Ratio(f"{work} first paint, on the first day", first, base, "ms", 2, against),
    ]
    if sys.platform == "linux":
        stages = {"search answers": "answer", "every view is loaded": "settled"}
        for words, what in stages.items():
            held = _told(DATA, "ours", database, what)[1]["megabytes"]
            ratios.append(
                Ratio(f"{COUNT:,} workrooms: memory when {words}", held, LIMIT_MB, "MB", 1, "the limit, 130 MB")
            )
    return ratios


if __name__ == "__main__":
    print(table(measure()))
