"""Started by the start-up benchmark: opens a window and tells when it was painted; bare, or ours over a database."""

import json
import os
import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QWidget


class Watch(QObject):
    """Notes the first paint of a window and of a table with rows in it, and ends the program when all are seen."""

    def __init__(self, *awaited: str) -> None:
        super().__init__()
        self.awaited = awaited
        self.seen: dict[str, float] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a paint event on its way; what it paints is on the screen when the next event comes."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            if watched.window().isVisible():
                self._note("window")
            view = watched.parent()
            if isinstance(view, QAbstractItemView) and view.model() is not None and view.model().rowCount() > 100:
                self._note("table")
        return False

    def _note(self, name: str) -> None:
        if name not in self.seen:
            QTimer.singleShot(0, lambda: self._keep(name))

    def _keep(self, name: str) -> None:
        self.seen.setdefault(name, time.perf_counter())
        if all(awaited in self.seen for awaited in self.awaited):
            print(json.dumps({**self.seen, "loaded": sorted(HEAVY & set(sys.modules))}), flush=True)
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
