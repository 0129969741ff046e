"""Setting a paper again as it changes: soon, while typing after a short pause; beside the window, latest only."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.services.paper.composing import PaperDraft
from desktop.services.paper.filed import content_of
from desktop.views.background import Progress
from desktop.views.operation import Operations

PAUSE_MS = 250


class Preview(QObject):
    """Turns drafts into PDF; `ready` carries the bytes, `failed` the refusal."""

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._draft: PaperDraft | None = None
        self._busy = False
        self._waits = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._paused)

    def show(self, draft: PaperDraft, *, at_once: bool = False) -> None:
        """Set this draft, or, while others follow each other quickly, the latest of them when they pause.

        `at_once` begins as soon as the window is painted: setting beside it would only keep it from being painted.
        """
        self._draft = draft
        self._waits = at_once or self._timer.isActive()
        self._timer.start(0 if at_once else PAUSE_MS)
        if not self._waits:
            self._set()

    def clear(self) -> None:
        """Forget what was to be set."""
        self._draft, self._waits = None, False
        self._timer.stop()

    def is_busy(self) -> bool:
        """Whether a draft is being set or waits to be."""
        return self._busy or self._waits

    def _paused(self) -> None:
        if self._waits:
            self._waits = False
            self._set()

    def _set(self) -> None:
        if self._busy or self._draft is None or not self._operations.is_ready:
            return
        draft, self._busy = self._draft, True
        self._operations.in_background(
            "排版", _work(draft), lambda pdf: self._finish(draft, pdf), lambda error: self._finish(draft, error)
        )

    def _finish(self, draft: PaperDraft, result: object) -> None:
        self._busy = False
        if not self._operations.is_ready:
            # The window has closed meanwhile; nobody is left to show it to.
            return
        if draft is not self._draft:
            self._set()
        elif isinstance(result, bytes):
            self.ready.emit(result)
        else:
            self.failed.emit(result)


def _work(draft: PaperDraft) -> Callable[[Progress], bytes]:
    return lambda _progress: content_of(draft, "pdf")
