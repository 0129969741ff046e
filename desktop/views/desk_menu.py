"""The menu of this PC: look, operator, backups, where things lie; and the page of keys."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.paths import data_folder
from desktop.views import theme
from desktop.views.background import Progress
from desktop.views.desk import Desk
from desktop.views.editors import TextEditor
from desktop.views.icons import Button

if TYPE_CHECKING:
    from desktop.views.regulations.regulations_box import RegulationsBox

KEYS: Final = (
    ("Ctrl+K", "搜索：工作室、单位、领衔人，或去某一页"),
    ("Alt+1 … Alt+8", "换页"),
    ("Alt+←", "返回跳转之前的那一页"),
    ("Ctrl+N", "新增（工作室、申报……）"),
    ("Ctrl+F", "在本页里查找"),
    ("Ctrl+A · Shift+↑↓", "在台账里选中多个，可成批修改、导出、删除；Esc 取消选择"),
    ("Ctrl+I · Ctrl+E", "在台账里导入名册 · 导出现在列出的"),
    ("F4", "在单位、人员栏里打开它的页面"),
    ("Enter", "下一栏、下一格；在列表中打开"),
    ("Esc", "放弃正在输入的内容"),
    ("Delete", "删除选中的内容，可以撤销"),
    ("Ctrl+Z · Ctrl+Y", "撤销 · 重做，每一页都可以"),
    ("Ctrl+C", "复制选中的行，可直接粘贴到表格软件"),
    ("F5", "重新读取"),
    ("F1", "本页"),
)


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
        self.addSeparator()
        self.office = self.addAction("本工会的资料(&U)…")
        self.regulations = self.addAction("办法与工具设置(&R)…")
        self.operator = self.addAction("更改操作人(&O)…")
        self.backup = self.addAction("立即备份(&B)")
        self.folder = self.addAction("打开数据所在的文件夹(&F)")
        self.addSeparator()
        self.keys = self.addAction("帮助：按键一览(&H)")

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
        self.office.triggered.connect(self.show_office)
        self.regulations.triggered.connect(self.show_regulations)
        self.operator.triggered.connect(self.ask_operator)
        self.backup.triggered.connect(self.back_up_now)
        self.folder.triggered.connect(self._open_folder)
        self.keys.triggered.connect(self.show_help)

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
        moments = [path.stat().st_mtime for path in self.backup_folder().glob("*.db")]
        return datetime.fromtimestamp(max(moments)) if moments else None

    def back_up_now(self) -> None:
        """Copy the live database beside it under a dated name."""
        target = self.backup_folder() / f"{self._desk.operations.path.stem}-{datetime.now():%Y%m%d-%H%M%S}.db"

        def copy(_progress: Progress) -> Path:
            from desktop.services import integrity

            integrity.backup(self._desk.operations.database, target)
            return target

        self._desk.operations.in_background("备份", copy, lambda _path: self.backed_up.emit(self.last_backup()))

    def back_up_daily(self) -> None:
        """Make the first backup of the day."""
        last = self.last_backup()
        if last is None or last.date() < datetime.now().date():
            self.back_up_now()

    def _open_folder(self) -> None:
        folder = self._desk.operations.path.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.exists() else data_folder())))

    # -- operator and help -----------------------------------------------------------------------------------------

    def ask_operator(self) -> None:
        """Ask who sits at this PC; every change is signed with the name."""
        OperatorBox(self._desk, self.parentWidget()).open()

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

    def show_help(self) -> None:
        """Show the keys; nothing waits for the answer."""
        HelpBox(self.parentWidget()).show()


class OperatorBox(QDialog):
    """One field: the name of the person at this PC."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setWindowTitle("操作人")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        label = theme.label("谁在用这台电脑？每一次修改都以这个姓名记入历程。", "quiet", wrap=True)
        self.name = TextEditor()
        self.name.setAccessibleName("操作人姓名")
        self.name.set_value(self._desk.operator)
        self.save = Button("好", role="primary")
        self.save.setDefault(True)
        self.leave = Button("取消")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label)
        layout.addWidget(self.name)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.px(380))

    def _connect_signals(self) -> None:
        self.save.clicked.connect(self._take)
        self.leave.clicked.connect(self.reject)

    def _take(self) -> None:
        self.name.commit()
        self._desk.set_operator(str(self.name.value()))
        self.accept()


class HelpBox(QDialog):
    """The keys, on one page."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setWindowTitle("帮助")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(theme.label("按键一览", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for row, (key, words) in enumerate(KEYS):
            grid.addWidget(theme.label(key, "strong"), row, 0)
            grid.addWidget(theme.label(words), row, 1)
        layout.addLayout(grid)
        rule = QFrame()
        rule.setProperty("role", "rule")
        layout.addWidget(rule)
        layout.addWidget(theme.label("填写的内容随时保存，不用按保存；任何修改和删除都可以撤销。", "quiet", wrap=True))
        self.close_button = Button("关闭")
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)

    def _connect_signals(self) -> None:
        self.close_button.clicked.connect(self.close)
