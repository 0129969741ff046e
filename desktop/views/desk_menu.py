"""The menu of this PC: look, operator, backups, where things lie, help."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop.paths import data_folder
from desktop.services import backups
from desktop.views import theme
from desktop.views.background import Progress
from desktop.views.desk import Desk

if TYPE_CHECKING:
    from desktop.views.help_box import HelpBox
    from desktop.views.name_box import NameBox
    from desktop.views.protect_box import ProtectBox
    from desktop.views.regulations.regulations_box import RegulationsBox
    from desktop.views.restore_box import RestoreBox
    from desktop.views.second_pc import EnrolBox


class DeskMenu(QMenu):
    """What belongs to this PC and not to a view."""

    backed_up = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.dark = self._checkable("深色(&D)", self._desk.settings.theme == "dark")
        self.large = self._checkable("大字(&L)", self._desk.settings.large_print)
        self.addSeparator()
        self.imports = self.addAction("导入名册(&I)…")
        self.duplicates = self.addAction("查重与合并(&M)…")
        self.seals = self.addAction("用印管理(&P)…")
        self.numbers = self.addAction("发文字号登记(&N)…")
        self.addSeparator()
        self.office = self.addAction("本工会的资料(&U)…")
        self.regulations = self.addAction("办法与工具设置(&R)…")
        self.operator = self.addAction("更改操作人(&O)…")
        self.data = self.addMenu("数据与备份(&B)")
        self.backup = self.data.addAction("立即备份(&B)")
        self.restore = self.data.addAction("从备份恢复(&S)…")
        self.protect = self.data.addAction("数据库口令(&W)…")
        self.enrol = self.data.addAction("给本工会的另一台电脑(&E)…")
        self.folder = self.data.addAction("打开数据所在的文件夹(&F)")
        self.addSeparator()
        self.help = self.addAction("使用手册(&H)")
        self.keys = self.addAction("按键一览(&K)")

    def _checkable(self, words: str, checked: bool) -> QAction:
        action = self.addAction(words)
        action.setCheckable(True)
        action.setChecked(checked)
        return action

    def _connect_signals(self) -> None:
        self.dark.toggled.connect(lambda on: self._look(theme="dark" if on else "light"))
        self.large.toggled.connect(lambda on: self._look(large_print=on))
        self.imports.triggered.connect(lambda: self._desk.go.emit("imports", "", ""))
        self.duplicates.triggered.connect(lambda: self._desk.go.emit("duplicates", "", ""))
        self.seals.triggered.connect(lambda: self._desk.go.emit("seals", "", ""))
        self.numbers.triggered.connect(lambda: self._desk.go.emit("numbers", "", ""))
        self.office.triggered.connect(self.show_office)
        self.regulations.triggered.connect(self.show_regulations)
        self.operator.triggered.connect(self.ask_operator)
        self.backup.triggered.connect(self.back_up_now)
        self.protect.triggered.connect(self.show_protection)
        self.enrol.triggered.connect(self.show_enrolment)
        self.folder.triggered.connect(self._open_folder)
        self.restore.triggered.connect(self.show_backups)
        self.help.triggered.connect(self.show_help)
        self.keys.triggered.connect(lambda: self.show_help().show_keys())

    def open_under(self, widget: QWidget) -> None:
        """Open the menu under its button."""
        self.popup(widget.mapToGlobal(QPoint(widget.width() - self.sizeHint().width(), widget.height() + 4)))

    def _look(self, **changed: object) -> None:
        self._desk.remember(**changed)
        settings = self._desk.settings
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, dark=settings.theme == "dark", large=settings.large_print)

    # -- backups ---------------------------------------------------------------------------------------------------

    def backup_folder(self) -> Path:
        """Return where dated backups of this database are kept."""
        chosen = self._desk.settings.backups
        return Path(chosen) if chosen else self._desk.operations.path.parent / "backups"

    def last_backup(self) -> datetime | None:
        """Return when the newest backup was made."""
        return backups.newest(self.backup_folder(), self._desk.operations.path)

    def back_up_now(self, *, daily: bool = False) -> None:
        """Copy the live database beside it under a dated name."""
        folder = self.backup_folder()

        def copy(_progress: Progress) -> Path:
            return backups.make(self._desk.operations.database, folder, datetime.now(), daily=daily)

        self._desk.operations.in_background("备份", copy, lambda _path: self.backed_up.emit(self.last_backup()))

    def back_up_daily(self) -> None:
        """Make the first backup of the day."""
        if backups.is_due(self.backup_folder(), self._desk.operations.path, datetime.now()):
            self.back_up_now(daily=True)

    def show_backups(self) -> "RestoreBox":
        """Show the backups there are; the one chosen takes the database's place when the window opens anew."""
        from desktop.views.restore_box import RestoreBox

        box = RestoreBox(self.backup_folder(), self._desk.operations.path, self.parentWidget())
        box.wanted.connect(self._desk.rework_wanted)
        box.open()
        return box

    def show_protection(self) -> "ProtectBox":
        """Ask for the passphrase that the database is to have from now on, or none."""
        from desktop.services import store
        from desktop.views.protect_box import ProtectBox

        path = self._desk.operations.path
        box = ProtectBox(path, store.is_encrypted(path), self.parentWidget())
        box.wanted.connect(self._desk.rework_wanted)
        box.open()
        return box

    def show_enrolment(self) -> "EnrolBox":
        """Ask for the passphrase of the file from which another PC of this office starts."""
        from desktop.views.second_pc import EnrolBox

        box = EnrolBox(self._desk, self.parentWidget())
        box.open()
        return box

    def _open_folder(self) -> None:
        folder = self._desk.operations.path.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.exists() else data_folder())))

    # -- operator and help -----------------------------------------------------------------------------------------

    def ask_operator(self) -> "NameBox":
        """Ask who sits at this PC; every change is signed with the name."""
        from desktop.views.name_box import NameBox

        box = NameBox(
            "操作人", "谁在用这台电脑？每一次修改都以这个姓名记入历程。", self._desk.operator, self.parentWidget()
        )
        box.named.connect(self._desk.set_operator)
        box.open()
        return box

    def show_office(self) -> None:
        """Show this office's own record; nothing waits for it."""
        from desktop.views.office_box import OfficeBox

        OfficeBox(self._desk, self.parentWidget()).show()

    @cached_property
    def regulations_box(self) -> "RegulationsBox":
        """The page of regulations and tool settings, built when first asked for."""
        from desktop.views.regulations.regulations_box import RegulationsBox

        return RegulationsBox(self._desk, self.parentWidget())

    def show_regulations(self) -> None:
        """Show the regulations and tool settings; nothing waits for them."""
        self.regulations_box.show()
        self.regulations_box.raise_()

    def show_help(self) -> "HelpBox":
        """Show the manual and the keys; nothing waits for the answer."""
        from desktop.views.help_box import HelpBox

        box = HelpBox(self.parentWidget())
        box.show()
        return box
