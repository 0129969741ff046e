"""Started by the start-up benchmark: opens a window and tells when it was painted; bare, or ours over a database."""

import json
import os
import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QWidget


class Watch(QObject):
    """Notes when a window, and a table with rows in it, is first painted; ends the program when all is seen.

    Paint events come in a row, parents before children: the picture is complete when another kind of event follows.
    """

    def __init__(self, *awaited: str) -> None:
        super().__init__()
        self.awaited = awaited
        self.painting: set[str] = set()
        self.seen: dict[str, float] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See an event on its way to its widget."""
        if event.type() == QEvent.Type.Paint:
            self._note(watched)
        elif self.painting:
            self._keep()
        return False

    def _note(self, watched: QObject) -> None:
        if isinstance(watched, QWidget) and watched.window().isVisible():
            self.painting.add("window")
            view = watched.parent()
            if isinstance(view, QAbstractItemView) and view.model() is not None and view.model().rowCount() > 100:
                self.painting.add("table")

    def _keep(self) -> None:
        now, loaded = time.perf_counter(), sorted(HEAVY & set(sys.modules))
        self.seen |= {name: now for name in self.painting if name not in self.seen}
        self.painting.clear()
        if all(awaited in self.seen for awaited in self.awaited):
            print(json.dumps({**self.seen, "loaded": loaded}), flush=True)
            os._exit(0)


HEAVY = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "pypinyin", "pikepdf", "pypdfium2", "lxml", "docx", "PIL"}


def bare() -> None:
    """Open a window with nothing in it."""
    application = QApplication(sys.argv[:1])
    watch = Watch("window")
    application.installEventFilter(watch)
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    application.exec()


def ours(database: str) -> None:
    """Open the program's own window; the watch is set up just before its event loop begins."""
    watch = Watch("window", "table")

    class Application(QApplication):
        @staticmethod
        def exec() -> int:
            application = QApplication.instance()
            assert application is not None
            application.installEventFilter(watch)
            return QApplication.exec()

    QtWidgets.QApplication = Application  # type: ignore[misc]
    from desktop.__main__ import main

    main(["--database", database])


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(sys.argv[2])
