"""Frame gaps: how long the window is blocked at most while the list of 150,000 workrooms is read and sorted beside it.

A timer beats every 5 ms in the window's thread; the longest pause between two beats is what a person would feel.
"""

import sys
import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.dataset import workrooms
from benchmarks.measure import Ratio, median, table
from desktop.settings import Settings

COUNTS = (5_000, 150_000)
BEAT_MS, LIMIT_MS = 5, 50.0
ROUNDS = 3
PATIENCE_S = 120


def measure() -> list[Ratio]:
    """Open the register at both sizes; take the longest pause while it loads and while it is sorted anew."""
    from desktop.views.dressing import make_application

    application = make_application(Settings())
    return [ratio for count in COUNTS for ratio in _measured(application, count)]


def _measured(application: QApplication, count: int) -> list[Ratio]:
    from desktop.views.desk import Desk
    from desktop.views.glyphs import GlyphWarmer
    from desktop.views.main_window import MainWindow
    from desktop.views.operation import Operations

    operations = Operations(workrooms(count), operator="操作人", read_only=True)
    window = MainWindow(Desk(operations, Settings()))
    window.show_view("registry")
    window.show()
    application.processEvents()
    source = window.desk.registry
    GlyphWarmer(window.font(), 1.0, window).follow(source)
    gaps: dict[str, list[float]] = {"read": [], "sorted by a column": []}
    for _ in range(ROUNDS):
        gaps["read"].append(_longest_gap(application, source.reload, operations.is_busy))
        for column in ("members", "level"):
            sort = lambda column=column: source.sort_by(column, False)  # noqa: E731
            gaps["sorted by a column"].append(_longest_gap(application, sort, operations.is_busy))
    window.close()
    against = f"the limit, {LIMIT_MS:.0f} ms"
    return [
        Ratio(f"{count:,} rows {work}: longest pause of the window", median(found), LIMIT_MS, "ms", 1, against)
        for work, found in gaps.items()
    ]


def _longest_gap(application: QApplication, begin: Callable[[], object], is_busy: Callable[[], bool]) -> float:
    """Begin long work; return the longest pause between two beats until it has ended, in ms."""
    beats = [time.perf_counter()]
    timer = QTimer(interval=BEAT_MS)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    begin()
    until = time.monotonic() + PATIENCE_S
    while is_busy() or len(beats) < 20:
        if time.monotonic() > until:
            raise TimeoutError
        application.processEvents()
        time.sleep(0.0005)
    timer.stop()
    return max(later - earlier for earlier, later in pairwise(beats)) * 1000


if __name__ == "__main__":
    sys.stdout.write(table(measure()) + "\n")
