"""Making search keys that wait beside the living window: after a large import, or when their form has changed."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop.errors import DesktopError
from desktop.views.background import CancelledError, Progress
from desktop.views.operation import Operations

WORDS: Final = "整理检索"
BEGIN_AFTER_MS: Final = 2000
"""The window is used first: what waits since an earlier day is begun this much later."""
PIECE_SECONDS: Final = 0.5
"""After this long other work that waits has its turn."""
PAUSE_SECONDS: Final = 0.02
"""Left between transactions to whoever wants to save something."""


class KeyUpkeep(QObject):
    """Makes the keys in short pieces; edits go on meanwhile. Cancelled or closed, it goes on at the next opening."""

    def __init__(self, operations: Operations, finished: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._finished = finished
        self._total = self._made = 0
        self.is_working = self._put_off = False
        self._progress: Progress | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BEGIN_AFTER_MS)
        self._timer.timeout.connect(self.begin)

    def begin_later(self) -> None:
        """Begin when the window has had time for what is seen first."""
        if not (self.is_working or self._put_off or self._timer.isActive()):
            self._timer.start()

    def begin(self) -> None:
        """Begin now, unless nothing waits or it is at work already."""
        from desktop.services.search import upkeep

        self._timer.stop()
        if self.is_working or self._operations.read_only or not self._operations.is_ready:
            return
        self._total = upkeep.outstanding(self._operations.path)
        if self._total:
            self.is_working, self._made = True, 0
            self._go_on()

    def close(self) -> None:
        """Begin nothing more."""
        self._timer.stop()

    def _go_on(self) -> None:
        self._operations.in_background(WORDS, self._make_some, self._followed, self._stopped)

    def _make_some(self, progress: Progress) -> bool:
        """Make keys until other work should have its turn; return whether any may be left."""
        from desktop.services import store
        from desktop.services.search import upkeep

        self._progress = progress
        database, until = self._operations.database, monotonic() + PIECE_SECONDS
        while monotonic() < until and not self._is_cancelled():
            with store.writing(database, "") as session:
                made = upkeep.make_some(session)
            if not made:
                return False
            self._made += made
            sleep(PAUSE_SECONDS)
        return True

    def _is_cancelled(self) -> bool:
        assert self._progress is not None
        try:
            self._progress.report(self._made, max(self._total, self._made), WORDS)
        except CancelledError:
            return True
        return False

    def _followed(self, more: bool) -> None:
        # Also asked here: 取消 may have been pressed when the piece had just been done.
        self._put_off = more and self._is_cancelled()
        self.is_working = more and not self._put_off
        if self.is_working:
            self._go_on()
        elif not more:
            self._finished()

    def _stopped(self, _error: DesktopError) -> None:
        # The file is held by another program: the keys are made at the next opening, and all else tells of it.
        self.is_working = False
