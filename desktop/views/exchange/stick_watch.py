"""Watches for sticks beside the window's thread: a mount that hangs must not hold the window."""

import threading
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

INTERVAL_MS: Final = 2000


class StickWatch(QObject):
    """`changed` carries the sticks whenever others are plugged in than before; `sticks` are the last ones seen."""

    changed = Signal(object)
    _looked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sticks: list[Any] = []
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._begin)
        self._looked.connect(self._note)

    def start(self) -> None:
        """Look now, and again every two seconds."""
        self._begin()
        self._timer.start()

    def stop(self) -> None:
        """Look no more; what is being looked at ends by itself."""
        self._timer.stop()

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._look, name="sticks", daemon=True)
            self._thread.start()

    def _look(self) -> None:
        from desktop.services.parcel import stick

        found = stick.sticks()
        try:
            self._looked.emit(found)
        except RuntimeError:
            return  # the window was closed meanwhile

    def _note(self, found: list[Any]) -> None:
        if [one.path for one in found] != [one.path for one in self.sticks]:
            self.sticks = found
            self.changed.emit(found)


def size_words(count: int) -> str:
    """Return a number of bytes as people read it."""
    amount = float(count)
    for unit in ("字节", "KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "字节" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
