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
    Paint events come in a row, parents before children: the picture is complete when another kind of event follows.
    """
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QWidget

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.painting: set[str] = set()
            self.seen: dict[str, float] = {}
            self.timer = QTimer(interval=1)
            self.timer.timeout.connect(self.look)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                if isinstance(watched, QWidget) and watched.window().isVisible():
                    self.painting |= shown(watched)
            elif self.painting:
                self.note(self.painting)
                self.painting.clear()
            return False

        def note(self, names: set[str]) -> None:
            now, loaded = time.perf_counter(), sorted(HEAVY & set(sys.modules))
            self.seen |= {name: now for name in names if name not in self.seen}
            if "page" in names and not self.timer.isActive():
                self.seen["loaded"] = len(loaded)
                self.timer.start()
            if all(name in self.seen for name in awaited):
                print(json.dumps({**self.seen, "megabytes": megabytes()}), flush=True)
                os._exit(0)

        def look(self) -> None:
            view = page()
            if view.source.registry is not None and not view.tools.field.text() and "answer" not in self.seen:
                view.tools.field.setText(ASKED)
            if "answer" in self.seen and view.operations.is_ready and not view.operations.is_busy() and loaded():
                self.note({"settled"})

    return Watch()


def page() -> Any:
    """Return the register in the window."""
    from PySide6.QtWidgets import QApplication

    from desktop.views.registry.registry_view import RegistryView

    return next(widget for widget in QApplication.allWidgets() if isinstance(widget, RegistryView))


def loaded() -> bool:
    """Tell whether the window has loaded all that it loads by itself."""
    from PySide6.QtWidgets import QApplication

    from desktop.views.rest import Rest

    return all(rest.is_loaded for window in QApplication.topLevelWidgets() for rest in window.findChildren(Rest))


def shown(widget: Any) -> set[str]:
    """Return what a painted widget shows: our first frame its rows, the viewport of a table its model's."""
    from PySide6.QtWidgets import QAbstractItemView

    if getattr(widget, "rows", None):
        return {"window", "rows"}
    view = widget.parent()
    model = view.model() if isinstance(view, QAbstractItemView) else None
    if model is None or model.rowCount() < 100:
        return {"window"}
    return {"window", "rows", "page"} | ({"answer"} if page().tools.field.text() else set())


def megabytes() -> float:
    """Return what this process holds in memory, in MB."""
    resident = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(resident) * os.sysconf("SC_PAGE_SIZE") / 1e6


def bare() -> None:
    """Open a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    watcher = watch("window")
    application.installEventFilter(watcher)
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    application.exec()


def ours(database: str, *awaited: str) -> None:
    """Open the program by its own door; the watch is set up just before its event loop begins."""
    from desktop.views import binding

    binding.load()
    from PySide6 import QtWidgets
    from PySide6.QtWidgets import QApplication

    class Application(QApplication):
        @staticmethod
        def exec() -> int:
            application, watcher = QApplication.instance(), watch(*awaited)
            assert application is not None
            application.installEventFilter(watcher)
            return QApplication.exec()

    QtWidgets.QApplication = Application  # type: ignore[misc]
    from desktop.__main__ import main

    main(["--database", database])


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(*sys.argv[2:])
