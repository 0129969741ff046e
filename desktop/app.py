"""The application: what it is started with, and the window over one database."""

import gc
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop import settings as machine
from desktop.models import cipher
from desktop.paths import default_database
from desktop.settings import Settings
from desktop.views import first_frame
from desktop.views.dressing import FIRST_FONTS, LATER_FONTS, dress, load_fonts, make_application, speak_chinese
from desktop.views.dressing import start_application as started
from desktop.views.faults import Faults
from desktop.views.shell import TITLE, Shell
from desktop.views.start_options import start_options

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow

FIRST_VIEW: Final = "registry"
OTHER_WINDOW: Final = "另一个窗口正在使用这个数据库，本窗口以只读方式打开：可以查看和导出，不能修改。"
FAULT: Final = "程序出了一个错，刚才那一步没有完成；已保存的内容不受影响。错误已记入日志：{log}。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; `--smoke` closes it after its first paint, `--walk FOLDER` walks the main road by itself."""
    # What is made before the first paint stays: looking for garbage among it only takes time.
    gc.disable()
    # A thread that works beside the window hands over after half a ms instead of 5: the window is what people look at.
    sys.setswitchinterval(0.0005)
    options = start_options(sys.argv[1:] if arguments is None else arguments)
    if options.walk is not None:
        return walk(options.walk)
    settings = machine.load()
    path = Path(options.database) if options.database else Path(settings.database or default_database())
    application = started()
    faults = Faults()
    faults.install()
    session = DeskSession(path, settings)
    faults.happened.connect(session.tell_fault)
    session.open_window()
    if options.smoke:
        session.painted.connect(session.close)
    return application.exec()


def walk(folder: Path) -> int:
    """Walk the road on a sample county through the real window; 0 when every step left what it should."""
    from desktop.views.walk import Walk

    application = make_application(Settings())
    return Walk(application, folder).run()


class DeskSession(QObject):
    """One window over one database, from the lock that keeps a second window out to the closing of the file.

    `painted` follows when the first page is on the screen and what it did not wait for has begun to load.
    """

    painted = Signal()

    def __init__(self, path: Path, settings: Settings) -> None:
        super().__init__()
        self.path = path
        self.settings = settings
        self._operator = ""
        self.shell: Shell | None = None
        self.window: MainWindow | None = None
        self.first_run: QWidget | None = None
        self._unlock: Callable[[], object] = lambda: None

    def open_window(self) -> None:
        """Show the register, or the first-run page when there is no database yet."""
        if cipher.is_locked(self.path):
            self._show_unlock()
        elif self.path.exists():
            self._show_desk(self.settings.operator)
        else:
            self._show_first_run()

    def _show_unlock(self) -> None:
        dress(started(), self.settings)
        from desktop.views.unlock_page import UnlockPage

        page = UnlockPage(self.path)
        page.unlocked.connect(self._open_unlocked)
        self._show_before(page)

    def _open_unlocked(self) -> None:
        self._show_desk(self.settings.operator)
        assert self.first_run is not None
        self.first_run.close()

    def _show_first_run(self) -> None:
        dress(started(), self.settings)
        from desktop.views.first_run import FirstRun

        page = FirstRun(self.path)
        page.made.connect(self._begin)
        self._show_before(page)

    def _show_before(self, page: QWidget) -> None:
        """Show a page that stands before the desk."""
        from desktop.views.panes import fit_screen

        page.setWindowTitle(TITLE)
        page.resize(1280, 720)
        fit_screen(page)
        page.show()
        self.first_run = page
        QTimer.singleShot(0, speak_chinese)
        QTimer.singleShot(0, gc.enable)
        QTimer.singleShot(0, self.painted.emit)

    def _begin(self, operator: str) -> None:
        self.settings = self.settings.changed(operator=operator)
        machine.save(self.settings)
        self._show_desk(operator)
        assert self.first_run is not None
        self.first_run.close()

    def _show_desk(self, operator: str, *, at_once: bool = False) -> None:
        self._operator = operator
        self.shell = Shell(self.settings.window)
        if at_once or not self._show_first_frame(self.shell):
            self._furnish()
            self.shell.show()

    def _show_first_frame(self, shell: Shell) -> bool:
        """Put the first page on the screen before the rest is loaded; False when no picture of it is kept."""
        size = None if shell.isMaximized() else (shell.width(), shell.height())
        picture = first_frame.kept(self.settings, size, shell.devicePixelRatioF())
        if picture is None:
            return False
        load_fonts(FIRST_FONTS[:1])
        frame = first_frame.FirstFrame(picture, self.path)
        if not frame.rows:
            return False
        self.window = None
        frame.painted.connect(self._frame_painted)
        shell.furnish(frame)
        shell.show()
        return True

    def _frame_painted(self) -> None:
        QTimer.singleShot(0, self._furnish_after_frame)

    def _furnish_after_frame(self) -> None:
        # The window may have been closed again at once, or painted twice.
        if self.shell is not None and self.shell.isVisible() and self.window is None:
            self._furnish()

    def _furnish(self) -> None:
        """Build the window's own page, and put it in the first frame's place."""
        assert self.shell is not None
        dress(started(), self.settings)
        from desktop.views.desk import Desk
        from desktop.views.main_window import MainWindow
        from desktop.views.operation import Operations

        # Nothing can be written until the lock is held, which the first paint does not wait for.
        operations = Operations(self.path, operator=self._operator, read_only=True)
        self.window = MainWindow(Desk(operations, self.settings))
        has_frame = self.shell.centralWidget() is not None
        self.window.show_view(FIRST_VIEW)
        self.shell.furnish(self.window)
        self.window.desk.rework_wanted.connect(self._rework_soon)
        self.window.desk.after_first_paint(lambda: self._after_first_paint(keep=not has_frame))

    def _rework_soon(self, work: Callable[[Path], str]) -> None:
        # The window asks from within itself, and is closed for it.
        QTimer.singleShot(0, lambda: self.rework(work))

    def _take_lock(self) -> bool:
        """Keep a second window from writing: the lock names this process and dies with it."""
        from PySide6.QtCore import QLockFile

        name = Path(f"{self.path}.window")
        lock = QLockFile(str(name))
        lock.setStaleLockTime(0)
        self._unlock = lock.unlock
        if lock.tryLock(0):
            return True
        # Cut off between making the file and writing the name: Qt alone would take it for held for ever.
        empty = name.exists() and not name.stat().st_size
        return empty and lock.removeStaleLockFile() and lock.tryLock(0)

    def _after_first_paint(self, *, keep: bool) -> None:
        assert self.window is not None
        if keep:
            self._keep_first_frame()
        gc.enable()
        operations = self.window.operations
        operations.read_only = not self._take_lock()
        if operations.read_only:
            self.window.current().strip.show_message(OTHER_WINDOW, "warn")
        from desktop.views.glyphs import GlyphWarmer
        from desktop.views.rest import Rest

        speak_chinese()
        load_fonts(LATER_FONTS)
        GlyphWarmer(self.window.font(), self.window.devicePixelRatioF(), self.window).follow(self.window.desk.registry)
        operations.ready.connect(self._check_place)
        operations.open_in_background()
        self.rest = Rest(operations, self.window)
        self.rest.load()
        self.painted.emit()

    def _keep_first_frame(self) -> None:
        from desktop.views import frame_keeping

        assert self.shell is not None
        assert self.window is not None
        page: Any = self.window.current()
        frame_keeping.keep(self.shell, page, self.settings)

    def _check_place(self) -> None:
        from desktop.services import identity, wall_clock

        assert self.window is not None
        operations = self.window.operations
        if operations.read_only:
            return
        told = [
            identity.check_place(operations.database) or "",
            operations.read(lambda session: wall_clock.alarm(session, date.today())),
        ]
        if any(told):
            self.window.current().strip.show_message("".join(told), "warn")
        self.window.menu.back_up_daily()

    def tell_fault(self, log: str) -> None:
        """Tell in words that the program failed and where the log is."""
        words = FAULT.format(log=log)
        if self.window is not None:
            self.window.current().strip.show_message(words, "fail")
        elif self.shell is not None:
            self.shell.tell(words)

    def rework(self, work: Callable[[Path], str]) -> None:
        """Close the window, do what needs the database's file alone, open it anew and say the sentence it returned."""
        from desktop.errors import DesktopError

        assert self.window is not None
        if self.window.operations.read_only:
            self.window.current().strip.show_message(OTHER_WINDOW, "warn")
            return
        QApplication.setQuitOnLastWindowClosed(False)
        self.close()
        said, role = "", "pass"
        try:
            said = work(self.path)
        except DesktopError as error:
            said, role = error.message, "fail"
        self.settings = self.window.desk.settings
        self._show_desk(self.settings.operator, at_once=True)
        QApplication.setQuitOnLastWindowClosed(True)
        self.window.current().strip.show_message(said, role)

    def close(self) -> None:
        """Close whatever window is open and give the lock back."""
        for window in (self.shell, self.first_run):
            if window is not None:
                window.close()
        self._unlock()


def import_the_rest() -> None:
    """Import at once, on the window's thread, what the window itself loads bit by bit."""
    from importlib import import_module

    from desktop.views import rest

    rest.load_libraries()
    for name in rest.pages():
        import_module(name)


if __name__ == "__main__":
    sys.exit(main())
