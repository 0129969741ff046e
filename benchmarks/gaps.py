"""Frame gaps: how long the window is blocked at most while 150,000 workrooms are read and sorted, 5,000 imported.

A timer beats every 5 ms in the window's thread; the longest pause between two beats is what a person would feel.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.dataset import workrooms
from benchmarks.measure import Ratio, median, table
from benchmarks.spreadsheets import region
from desktop.settings import Settings

COUNTS = (5_000, 150_000)
BEAT_MS, LIMIT_MS = 5, 50.0
ROUNDS = 3
PATIENCE_S = 120


def measure() -> list[Ratio]:
    """Open the register at both sizes; take the longest pause while it loads and while it is sorted anew."""
    from desktop.views.dressing import make_application

    # As the program does.
    sys.setswitchinterval(0.0005)
    application = make_application(Settings())
    return [*(ratio for count in COUNTS for ratio in _measured(application, count)), _imported(application)]


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


def _imported(application: QApplication) -> Ratio:
    """Import a list of workrooms beside the living window, to the signed commit."""
    from desktop.services import spreadsheet
    from desktop.services.identity import initialise
    from desktop.views.desk import Desk
    from desktop.views.main_window import MainWindow
    from desktop.views.operation import Operations

    found = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "import.db"
            initialise(path, "示例市总工会", "市级", "示例市", operator="操作人").close()
            file = region(Path(name), COUNTS[0])["workrooms"]
            operations = Operations(path, operator="操作人")
            operations.open_now()
            window = MainWindow(Desk(operations, Settings()))
            window.show_view("imports")
            window.show()
            application.processEvents()

            def take(session: Any, progress: Any, file: Path = file) -> Any:
                return spreadsheet.import_rows(session, "workrooms", file, report_progress=progress.report)

            begin = partial(operations.run_long, "导入名册", take)
            found.append(_longest_gap(application, begin, operations.is_busy))
            window.close()
            operations.close()
    work = f"{COUNTS[0]:,} rows imported: longest pause of the window"
    return Ratio(work, median(found), LIMIT_MS, "ms", 1, f"the limit, {LIMIT_MS:.0f} ms")


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
