"""Started by the start-up benchmark: opens a window and tells when it was painted; bare, or ours over a database."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

HEAVY = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "pypinyin", "pikepdf", "pypdfium2", "lxml", "docx", "PIL"}


ASKED = "焊接"


def watch(*awaited: str) -> Any:
    """Note when each of these is first on the screen; end the program when all are seen.

    `window` is the first paint of anything, `rows` that of the first workrooms, `page` that of the living list,
    `answer` that of the list as a search left it, `settled` the end of all that is loaded beside the window.
    Only the widgets that are followed are watched: a filter over the whole application makes the bindings look up the
    type of whatever an event goes to, which took a fifth of our start and nothing of the bare window's.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QObject

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.painting: set[str] = set()
            self.seen: dict[str, float] = {}
            self.register: Any = None
            self.timer: Any = None

        def follow(self, widget: Any) -> None:
            widget.installEventFilter(self)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if not self.painting:
                    # Delivered when the whole window is painted, before what the program does next.
                    QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
                self.painting |= shown(watched, self.register)
            return False

        def customEvent(self, event: QEvent) -> None:
            painted, self.painting = self.painting, set()
            self.note(painted)

        def note(self, names: set[str]) -> None:
            now, loaded = time.perf_counter(), sorted(HEAVY & set(sys.modules))
            self.seen |= {name: now for name in names if name not in self.seen}
            if "page" in names and self.timer is None:
                self.seen["loaded"] = len(loaded)
                self.begin_to_look()
            if all(name in self.seen for name in awaited):
                print(json.dumps({**self.seen, "megabytes": megabytes()}), flush=True)
                os._exit(0)

        def begin_to_look(self) -> None:
            from PySide6.QtCore import QTimer

            self.timer = QTimer(interval=1)
            self.timer.timeout.connect(self.look)
            self.timer.start()

        def look(self) -> None:
            view = self.register
            if view.source.registry is not None and not view.tools.field.text() and "answer" not in self.seen:
                view.tools.field.setText(ASKED)
            if "answer" in self.seen and view.operations.is_ready and not view.operations.is_busy() and loaded():
                self.note({"settled"})

    return Watch()


def loaded() -> bool:
    """Tell whether the window has loaded all that it loads by itself."""
    from PySide6.QtWidgets import QApplication

    from desktop.views.rest import Rest

    return all(rest.is_loaded for window in QApplication.topLevelWidgets() for rest in window.findChildren(Rest))


def shown(widget: Any, register: Any) -> set[str]:
    """Return what a painted widget shows: our first frame its rows, the viewport of the register's list its model's."""
    if getattr(widget, "rows", None):
        return {"window", "rows"}
    if register is None or widget is not register.table.viewport() or register.table.model().rowCount() < 100:
        return {"window"}
    return {"window", "rows", "page"} | ({"answer"} if register.tools.field.text() else set())


def megabytes() -> float:
    """Return what this process holds in memory, in MB."""
    resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(resident) * os.sysconf("SC_PAGE_SIZE") / 1e6


def bare() -> None:
    """Open a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    watcher = watch("window")
    window = QMainWindow()
    watcher.follow(window)
    window.resize(1280, 720)
    window.show()
    application.exec()


def ours(database: str, *awaited: str) -> None:
    """Open the program by its own door; the watch follows what the outermost window is furnished with."""
    from desktop.views import binding

    binding.load()
    from desktop.views.shell import Shell

    furnish = Shell.furnish
    watchers: list[Any] = []

    def furnished(shell: Any, page: Any) -> None:
        furnish(shell, page)
        if not watchers:
            watchers.append(watch(*awaited))
            watchers[0].follow(shell)
        watchers[0].follow(page)
        if hasattr(page, "current"):
            watchers[0].register = page.current()
            watchers[0].follow(page.current().table.viewport())

    Shell.furnish = furnished  # type: ignore[assignment, method-assign]
    from desktop.__main__ import main

    main(["--database", database])


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(*sys.argv[2:])
