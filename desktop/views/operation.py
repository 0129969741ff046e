"""The one road for every change: opens the session, runs the service, commits, tells what changed, undoes."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from desktop.errors import DesktopError, NotAllowed
from desktop.views.background import Background, CancelledError, Otherwise, Progress, Then
from desktop.views.transaction import Committed, Session, commit, open_desk, read, undo_commits
from desktop.views.undo_stack import Step, UndoStack

if TYPE_CHECKING:
    from desktop.models.database import Database

EVERYTHING: Final = frozenset({"*"})
"""Stands for every noun in `changed`."""
AT_ONCE: Final = 100
"""A change of more records than these is taken back beside the window."""
READ_ONLY: Final = "本窗口以只读方式打开，不能修改。请在先打开的那个窗口里办理。"


class Operations(QObject):
    """Runs every read and change of the window over one database.

    `changed` carries the nouns (table names) that a change touched; `failed` a DesktopError that no caller took;
    `saved` the moment of the last commit; `working` (words, done, total) and `rested` frame long work.
    """

    ready = Signal()
    changed = Signal(object)
    failed = Signal(object)
    saved = Signal(object)
    working = Signal(str, int, int)
    rested = Signal()
    history_changed = Signal()

    def __init__(
        self, path: Path, *, operator: str = "", read_only: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.path = path
        self.operator = operator
        self.read_only = read_only
        self._database: Database | None = None
        self._steps = UndoStack()
        self._waiting: deque[Callable[[], object]] = deque()
        self._background = Background(self)
        self._background.working.connect(self.working)
        self._background.rested.connect(self.rested)
        self._background.rested.connect(self._run_waiting)
        self._background.failed.connect(self.failed)

    # -- opening ---------------------------------------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        """Whether the database is open."""
        return self._database is not None

    def open_in_background(self) -> None:
        """Import what the services need and open the database beside the living window; `ready` follows."""
        self.in_background("打开数据库", lambda _progress: open_desk(self.path), self._opened)

    def open_now(self) -> None:
        """Open the database at once (tests, the offscreen walk)."""
        if self._database is None:
            self._opened(open_desk(self.path))

    def when_ready(self, callback: Callable[[], object]) -> None:
        """Call back once the database is open: at once, or on `ready`."""
        if self.is_ready:
            callback()
        else:
            self.ready.connect(callback)

    def _opened(self, database: "Database") -> None:
        if self._database is not None:
            database.close()
            return
        self._database = database
        self.ready.emit()

    def close(self) -> None:
        """Stop long work, wait for it and release the file."""
        self._background.close()
        if self._database is not None:
            self._database.close()
            self._database = None

    @property
    def database(self) -> "Database":
        """The open database; opened on the spot when asked for before it is ready."""
        self.open_now()
        assert self._database is not None
        return self._database

    # -- quick work, on the window's thread ------------------------------------------------------------------------

    def read(self, query: Callable[[Session], Any]) -> Any:
        """Run a service that only looks and return what it gives."""
        return read(self.database, query)

    def run(
        self,
        words: str,
        change: Callable[[Session], Any],
        then: Then = None,
        otherwise: Otherwise = None,
        *,
        undoable: bool = True,
    ) -> bool:
        """Run a short change in one transaction; return whether it is saved.

        `words` say what was done (“修改场地面积”) for undo. A DesktopError goes to `otherwise`, or to `failed`. While
        long work writes, the change waits for it and False is returned.
        """
        if self._background.is_writing():
            self._waiting.append(lambda: self.run(words, change, then, otherwise, undoable=undoable))
            return False
        try:
            self._refuse_read_only()
            value = self._committed(words, commit(self.database, self.operator, change), undoable)
        except DesktopError as error:
            (otherwise or self.failed.emit)(error)
            return False
        if then is not None:
            then(value)
        return True

    def _run_waiting(self) -> None:
        while self._waiting and not self._background.is_writing():
            self._waiting.popleft()()

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise NotAllowed(READ_ONLY)

    def _committed(self, words: str, result: Committed, undoable: bool) -> Any:
        commits, changes, value = result
        if commits:
            if undoable:
                self._steps.remember(words, commits, len(changes))
                self.history_changed.emit()
            self.saved.emit(datetime.now())
            self.changed.emit(frozenset(noun for noun, _id in changes))
        return value

    # -- long work, beside it --------------------------------------------------------------------------------------

    def run_long(
        self,
        words: str,
        change: Callable[[Session, Progress], Any],
        then: Then = None,
        otherwise: Otherwise = None,
        *,
        undoable: bool = True,
    ) -> None:
        """Run a long change in one transaction off the window's thread, with progress and 取消."""

        def work(progress: Progress) -> Committed:
            self._refuse_read_only()
            return commit(self.database, self.operator, lambda session: change(session, progress))

        def done(result: Committed) -> None:
            value = self._committed(words, result, undoable)
            if then is not None:
                then(value)

        self._background.start(words, work, done, otherwise, writes=True)

    def run_over_database(
        self,
        words: str,
        work: Callable[["Database", Progress], Any],
        then: Then = None,
        otherwise: Otherwise = None,
        *,
        writes: bool = True,
    ) -> None:
        """Run a service that opens its own transaction (an import, its preview) off the window's thread.

        After one that `writes`, every view is told that anything may have changed, and nothing is put on the undo list.
        """

        def run(progress: Progress) -> Any:
            if writes:
                self._refuse_read_only()
            return work(self.database, progress)

        def done(value: Any) -> None:
            if writes:
                self.saved.emit(datetime.now())
                self.changed.emit(EVERYTHING)
            if then is not None:
                then(value)

        self._background.start(words, run, done, otherwise, writes=True)

    def read_long(
        self, words: str, query: Callable[[Session, Progress], Any], then: Then = None, otherwise: Otherwise = None
    ) -> None:
        """Run a slow query off the window's thread."""

        def work(progress: Progress) -> Any:
            return read(self.database, lambda session: query(session, progress))

        self._background.start(words, work, then, otherwise, writes=False)

    def in_background(
        self, words: str, function: Callable[[Progress], Any], then: Then = None, otherwise: Otherwise = None
    ) -> None:
        """Run anything slow that touches no record (a page to draw, a file to read) off the window's thread."""
        self._background.start(words, function, then, otherwise, writes=False)

    def cancel(self) -> None:
        """Ask the long work under way to stop."""
        self._background.cancel()

    def is_busy(self) -> bool:
        """Whether long work is under way."""
        return self._background.is_busy()

    # -- undo ------------------------------------------------------------------------------------------------------

    @property
    def undo_words(self) -> str:
        """What 撤销 would take back, or an empty string."""
        return self._steps.undo_words

    @property
    def redo_words(self) -> str:
        """What 重做 would do again, or an empty string."""
        return self._steps.redo_words

    def undo(self) -> None:
        """Take the last change back by a new commit that restores what it replaced."""
        self._reverse(redo=False)

    def redo(self) -> None:
        """Do again what was last undone."""
        self._reverse(redo=True)

    def _reverse(self, *, redo: bool) -> None:
        if self._background.is_writing():
            self._waiting.append(lambda: self._reverse(redo=redo))
            return
        step = self._steps.take(redo=redo)
        if step is None:
            return
        if step.size > AT_ONCE:
            self._reverse_beside(step, redo=redo)
            return
        try:
            self._refuse_read_only()
            result = commit(self.database, self.operator, lambda session: undo_commits(session, step.commits))
        except DesktopError as error:
            self.history_changed.emit()
            self.failed.emit(error)
            return
        self._reversed(step, result, redo=redo)

    def _reversed(self, step: Step, result: Committed, *, redo: bool) -> None:
        self._steps.reversed(step, result[0], redo=redo)
        self.history_changed.emit()
        self._committed(step.words, result, undoable=False)

    def _reverse_beside(self, step: Step, *, redo: bool) -> None:
        """Take back a large change off the window's thread; given up, it can still be taken back."""
        words = f"{'重做' if redo else '撤销'}：{step.words}"

        def change(session: Session, progress: Progress) -> None:
            session.info["report_progress"] = lambda done, total: progress.report(done, total, words)
            undo_commits(session, step.commits)

        def work(progress: Progress) -> Committed | None:
            self._refuse_read_only()
            try:
                return commit(self.database, self.operator, lambda session: change(session, progress))
            except CancelledError:
                return None

        def done(result: Committed | None) -> None:
            if result is not None:
                self._reversed(step, result, redo=redo)
                return
            self._steps.put_back(step, redo=redo)
            self.history_changed.emit()

        def failed(error: DesktopError) -> None:
            self.history_changed.emit()
            self.failed.emit(error)

        self.history_changed.emit()
        self._background.start(words, work, done, failed, writes=True)
