"""Opening every view over 5,000 workrooms with ten years of life, against the time in which it must be open.

Measured in the process's own processor time, all threads together: what else the machine does does not count.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.dataset import long_life
from benchmarks.measure import FOLDER, Ratio, alternating, median, table
from desktop.settings import Settings
from desktop.views.catalogue import TABS
from desktop.views.main_window import MainWindow

ROUNDS = 3
COUNT, YEARS = 5_000, 10
LIMIT_MS, STATISTICS_MS = 200.0, 500.0
PATIENCE_S = 60
QUIET_TURNS = 30
"""Turns of the event loop, 10 ms each, without work under way, after which a view is settled."""
ON = date(2026, 9, 1)


def measure() -> list[Ratio]:
    """Open each view of new windows by turns; count the statistics, also against the counts that each bar names."""
    os.environ.setdefault("WORKROOM_DESK_DATA", str(FOLDER / "data"))
    path = long_life(COUNT, YEARS)
    from desktop.app import import_the_rest
    from desktop.views.dressing import make_application

    application = make_application(Settings())
    import_the_rest()
    windows: list[MainWindow] = []
    timers = [_opener(application, windows, tab.view, path) for tab in TABS]
    taken = alternating(ROUNDS, *timers)
    life = f"{COUNT:,} workrooms × {YEARS} years"
    found = [
        Ratio(f"open {tab.view}, {life}", median(times), LIMIT_MS, "ms", 1, "the limit, 200 ms")
        for tab, times in zip(TABS, taken, strict=True)
    ]
    for window in windows:
        window.close()
    return [*found, *_statistics(path)]


def _opener(application: QApplication, windows: list[MainWindow], view: str, path: Path) -> Callable[[], float]:
    """Return a timer of one view's first opening; the first view of each round gets a new window."""

    def opened() -> float:
        if view == TABS[0].view:
            windows.append(_window(application, path))
        window = windows[-1]
        taken = _processor_ms(lambda: _shown(application, window, view))
        _settle(application, window)
        return taken

    return opened


def _processor_ms(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * 1000


def _window(application: QApplication, path: Path) -> MainWindow:
    from desktop.views.desk import Desk
    from desktop.views.operation import Operations

    operations = Operations(path, operator="操作人", read_only=True)
    operations.open_now()
    window = MainWindow(Desk(operations, Settings()))
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    return window


def _shown(application: QApplication, window: MainWindow, view: str) -> None:
    """Bring a view to the front and paint it; what it goes on reading beside the living window is not waited for."""
    window.show_view(view)
    application.processEvents()


def _settle(application: QApplication, window: MainWindow) -> None:
    """Let what follows an opening (figures, a page to draw, the record under the cursor) pass before the next one."""
    until = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < QUIET_TURNS:
        if time.monotonic() > until:
            raise TimeoutError(window.windowTitle())
        application.processEvents()
        time.sleep(0.01)
        quiet = 0 if window.operations.is_busy() else quiet + 1


def _statistics(path: Path) -> list[Ratio]:
    from desktop.services import statistics, store

    with closing_desk(path) as database, store.reading(database) as session:

        def ours() -> float:
            return _processor_ms(lambda: (statistics.breakdowns(session, ON), statistics.targets(session, ON)))

        ours()
        (times,) = alternating(ROUNDS, ours)
    return [Ratio("count the statistics", median(times), STATISTICS_MS, "ms", 1, "the limit, 500 ms")]


def closing_desk(path: Path) -> "closing":  # type: ignore[type-arg]
    """Return the open database, closed at the end."""
    from desktop.services import identity

    return closing(identity.open_desk(path))


if __name__ == "__main__":
    sys.stdout.write(table(measure()) + "\n")
