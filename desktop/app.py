"""The application: fonts, language, look, the log of faults, and the window over one database."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from desktop import settings as machine
from desktop.paths import data_folder, default_database, resource_folder
from desktop.settings import Settings
from desktop.views import theme
from desktop.views.desk import Desk
from desktop.views.main_window import TITLE, MainWindow
from desktop.views.operation import Operations
from desktop.views.panes import fit_screen

FIRST_FONTS: Final = ("DeskSans.ttf", "DeskSans-Medium.ttf")
LATER_FONTS: Final = ("DeskRare.ttf",)
FIRST_VIEW: Final = "registry"
LOG_BYTES: Final = 1_000_000
OTHER_WINDOW: Final = "另一个窗口正在使用这个数据库，本窗口以只读方式打开：可以查看和导出，不能修改。"
FAULT: Final = "程序出了一个错，刚才那一步没有完成；已保存的内容不受影响。错误已记入日志：{log}。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; `--smoke` closes it after its first paint, `--walk FOLDER` walks the main road by itself."""
    # What is made before the first paint stays: looking for garbage among it only takes time.
    gc.disable()
    options = _options(sys.argv[1:] if arguments is None else arguments)
    if options.walk is not None:
        return walk(options.walk)
    settings = machine.load()
    path = Path(options.database) if options.database else Path(settings.database or default_database())
    application = make_application(settings)
    faults = Faults()
    faults.install()
    session = DeskSession(path, settings)
    faults.happened.connect(session.tell_fault)
    session.open_window()
    if options.smoke:
        session.painted.connect(session.close)
    return application.exec()


@dataclass(frozen=True)
class _Options:
    """What the window was started with."""

    database: str | None = None
    smoke: bool = False
    walk: Path | None = None


def _options(arguments: Sequence[str]) -> _Options:
    # The usual starts are told apart without the parser, which costs more than the rest of this module.
    if not arguments:
        return _Options()
    if len(arguments) == 2 and arguments[0] == "--database":
        return _Options(database=arguments[1])
    import argparse

    parser = argparse.ArgumentParser(prog="workroom-desk", description="创新工作室管理（窗口程序）")
    parser.add_argument("--database", metavar="文件", help="数据库文件；默认在用户的数据文件夹")
    parser.add_argument("--smoke", action="store_true", help="打开窗口，画出第一页后自行关闭")
    parser.add_argument("--walk", type=Path, metavar="文件夹", help="在示例县上把主要路径走一遍，把产物放进文件夹")
    return _Options(**vars(parser.parse_args(list(arguments))))


def walk(folder: Path) -> int:
    """Walk the road on a sample county through the real window; 0 when every step left what it should."""
    from desktop.views.walk import Walk

    application = make_application(Settings())
    return Walk(application, folder).run()


def make_application(settings: Settings) -> QApplication:
    """Make Qt's application with our fonts, look and language; the same one again when there is one already."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
    else:
        application = QApplication([*sys.argv[:1], "-style", "fusion"])
        application.setProperty(theme.STYLED, True)
    application.setApplicationName("workroom-desk")
    application.setApplicationDisplayName(TITLE)
    load_fonts(FIRST_FONTS)
    theme.apply(application, dark=settings.theme == "dark", large=settings.large_print)
    application.setWindowIcon(QIcon(str(resource_folder() / "icons" / "workroom-desk.svg")))
    return application


def load_fonts(names: Sequence[str]) -> None:
    """Add bundled fonts to Qt."""
    for name in names:
        QFontDatabase.addApplicationFont(str(resource_folder() / "fonts" / name))


def speak_chinese() -> None:
    """Let Qt's own dialogs speak Chinese, by the translation that comes with it."""
    # QLocale brings enumerations of all the world's languages with it: not before the first paint.
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    application = QApplication.instance()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(translator)


class DeskSession(QObject):
    """One window over one database, from the lock that keeps a second window out to the closing of the file.

    `painted` follows when the first page is on the screen and what it did not wait for has begun to load.
    """

    painted = Signal()

    def __init__(self, path: Path, settings: Settings) -> None:
        super().__init__()
        self.path = path
        self.settings = settings
        self.window: MainWindow | None = None
        self.first_run: QWidget | None = None
        self._unlock: Callable[[], object] = lambda: None

    def open_window(self) -> None:
        """Show the register, or the first-run page when there is no database yet."""
        if self.path.exists():
            self._show_desk(self.settings.operator)
        else:
            self._show_first_run()

    def _show_first_run(self) -> None:
        from desktop.views.first_run import FirstRun

        page = FirstRun(self.path)
        page.setWindowTitle(TITLE)
        page.resize(1280, 720)
        fit_screen(page)
        page.made.connect(self._begin)
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

    def _show_desk(self, operator: str) -> None:
        # Nothing can be written until the lock is held, which the first paint does not wait for.
        operations = Operations(self.path, operator=operator, read_only=True)
        self.window = MainWindow(Desk(operations, self.settings))
        if self.settings.window:
            self.window.restoreGeometry(QByteArray.fromBase64(self.settings.window.encode()))
        fit_screen(self.window)
        self.window.show_view(FIRST_VIEW)
        self.window.show()
        self.window.desk.restore_wanted.connect(self.restore, Qt.ConnectionType.QueuedConnection)
        self.window.desk.after_first_paint(self._after_first_paint)

    def _take_lock(self) -> bool:
        """Keep a second window from writing: the lock names this process and dies with it."""
        from PySide6.QtCore import QLockFile

        lock = QLockFile(f"{self.path}.window")
        lock.setStaleLockTime(0)
        self._unlock = lock.unlock
        return lock.tryLock(0)

    def _after_first_paint(self) -> None:
        assert self.window is not None
        gc.enable()
        operations = self.window.operations
        operations.read_only = not self._take_lock()
        if operations.read_only:
            self.window.current().strip.show_message(OTHER_WINDOW, "warn")
        speak_chinese()
        load_fonts(LATER_FONTS)
        operations.ready.connect(self._check_place)
        operations.open_in_background()
        operations.in_background("准备", lambda _progress: import_the_rest())
        self.painted.emit()

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
        if self.window is not None:
            self.window.current().strip.show_message(FAULT.format(log=log), "fail")

    def restore(self, backup: Path) -> None:
        """Put a backup in the database's place, the present file being kept, and open the window anew."""
        from desktop.errors import DesktopError
        from desktop.services import integrity

        assert self.window is not None
        if self.window.operations.read_only:
            self.window.current().strip.show_message(OTHER_WINDOW, "warn")
            return
        QApplication.setQuitOnLastWindowClosed(False)
        self.close()
        said, role = "", "pass"
        try:
            kept = integrity.restore(self.path, backup)["kept"]
            said = f"已恢复到选中的备份。恢复前的数据另存在：{kept}"
        except DesktopError as error:
            said, role = error.message, "fail"
        self.settings = self.window.desk.settings
        self._show_desk(self.settings.operator)
        QApplication.setQuitOnLastWindowClosed(True)
        self.window.current().strip.show_message(said, role)

    def close(self) -> None:
        """Close whatever window is open and give the lock back."""
        for window in (self.window, self.first_run):
            if window is not None:
                window.close()
        self._unlock()


def import_the_rest() -> None:
    """Import what the other views will need, while the first one is already in use."""
    from desktop.views.allocation import allocation_view  # noqa: F401
    from desktop.views.document import document_view  # noqa: F401
    from desktop.views.registry import workroom_page  # noqa: F401
    from desktop.views.wizard import wizard_view  # noqa: F401


class Faults(QObject):
    """Writes every unforeseen error to a log file and tells the window; the program goes on."""

    happened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.log = data_folder() / "logs" / "workroom-desk.log"

    def install(self) -> None:
        """Take over Python's hooks for errors that nobody caught."""
        sys.excepthook = self._caught
        threading.excepthook = lambda fault: self._caught(
            fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback
        )

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            os._exit(130)
        import traceback

        self._write("".join(traceback.format_exception(kind, error, trace)))
        self.happened.emit(str(self.log))

    def _write(self, words: str) -> None:
        """Add to the log; a full one is set aside first. A log that cannot be written must not hide the fault."""
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
                self.log.replace(self.log.with_suffix(".log.1"))
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {words}\n")
        except OSError:
            sys.stderr.write(words)


if __name__ == "__main__":
    sys.exit(main())
