"""Long work beside the living window: one piece at a time, with progress and 取消."""

import gc
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal

from desktop.errors import DesktopError

Then: TypeAlias = Callable[[Any], object] | None
Otherwise: TypeAlias = Callable[[DesktopError], object] | None


class CancelledError(Exception):
    """The user pressed 取消; the transaction is rolled back and nothing is told as an error."""


@contextmanager
def steadily() -> Iterator[None]:
    """Look for no garbage meanwhile: among the many records of long work that would hold every thread up."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class Progress:
    """What long work reports through: call `report` between units of work; it raises CancelledError to stop it."""

    _tell: Callable[[int, int, str], None]
    _stop: threading.Event = field(default_factory=threading.Event)

    def report(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is; `total` 0 when unknown."""
        if self._stop.is_set():
            raise CancelledError
        self._tell(done, total, words)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()


@dataclass
class Work:
    """A piece of long work, what follows it, and what came of it."""

    words: str
    function: Callable[[Progress], Any]
    then: Then
    otherwise: Otherwise
    progress: Progress
    writes: bool
    value: Any = None
    error: BaseException | None = None


class Background(QObject):
    """Performs pieces of work in order on one thread beside the window's.

    `working` (words, done, total) and `rested` frame each; `failed` carries a DesktopError that nobody took.
    """

    working = Signal(str, int, int)
    rested = Signal()
    failed = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._queue: deque[Work] = deque()
        self._current: Work | None = None
        self._finished.connect(self._finish)

    def start(
        self, words: str, function: Callable[[Progress], Any], then: Then, otherwise: Otherwise, *, writes: bool
    ) -> None:
        """Put a piece of work in the queue; `then` and `otherwise` are called on the window's thread."""
        progress = Progress(lambda done, total, more: self.working.emit(more or words, done, total))
        self._queue.append(Work(words, function, then, otherwise, progress, writes))
        self._next()

    def is_writing(self) -> bool:
        """Whether work that holds, or will hold, the database's write lock is under way or waits."""
        return any(work.writes for work in (self._current, *self._queue) if work is not None)

    def is_busy(self) -> bool:
        """Whether any work is under way."""
        return self._current is not None

    def cancel(self) -> None:
        """Ask the work under way to stop."""
        if self._current is not None:
            self._current.progress.cancel()

    def close(self) -> None:
        """Drop what waits, stop what runs, and wait for its end."""
        self._queue.clear()
        self.cancel()
        if self._thread is not None:
            self._thread.join()

    def _next(self) -> None:
        if self._queue and self._current is None:
            self._current = self._queue.popleft()
            self.working.emit(self._current.words, 0, 0)
            self._thread = threading.Thread(target=self._perform, args=(self._current,), name="background")
            self._thread.start()

    def _perform(self, work: Work) -> None:
        try:
            with steadily():
                work.value = work.function(work.progress)
        except BaseException as error:
            work.error = error
        self._finished.emit(work)

    def _finish(self, work: Work) -> None:
        self._current = None
        try:
            self._follow(work)
        finally:
            self._next()
            if not self.is_busy():
                self.rested.emit()

    def _follow(self, work: Work) -> None:
        if isinstance(work.error, DesktopError):
            (work.otherwise or self.failed.emit)(work.error)
        elif work.error is not None and not isinstance(work.error, CancelledError):
            raise work.error
        elif work.error is None and work.then is not None:
            work.then(work.value)
