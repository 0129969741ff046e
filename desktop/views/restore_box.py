"""从备份恢复: choosing a backup, and being told what becomes of the data there are now."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QListWidgetItem, QWidget

from desktop.services import backups
from desktop.views import formats, theme
from desktop.views.arranging import ROOM, Wide, beside, stacked
from desktop.views.icons import Button

WORDS: Final = (
    "现在的数据会先另存一份，再换成选中的备份；窗口会重新打开。备份之后在本机填写的内容不在备份里，"
    "已经带走过的可以从上级或另一台电脑再导入回来。"
)
PATH: Final = Qt.ItemDataRole.UserRole
MEGABYTE: Final = 1_000_000


class RestoreBox(QDialog):
    """Lists the copies there are of a database, the newest first; `wanted(work)` follows 恢复 with what does it."""

    wanted = Signal(object)

    def __init__(self, folder: Path, database: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._found = backups.listed(folder, database)
        self._build_layout()
        self._connect_signals()
        self._list()

    def _build_layout(self) -> None:
        self.setWindowTitle("从备份恢复")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.backups = QListWidget()
        self.backups.setAccessibleName("已有的备份")
        self.none = theme.label("备份文件夹里还没有备份。", "quiet")
        self.other = Button("选别的文件…", "folder")
        self.leave = Button("取消")
        self.restore = Button("恢复", role="primary")
        buttons = beside(self.other, ROOM, self.leave, self.restore)
        stacked(
            theme.label(WORDS, "quiet", wrap=True),
            self.none,
            Wide(self.backups),
            buttons,
            on=self,
            margins=(20, 16, 20, 16),
            spacing=12,
        )
        self.resize(theme.px(560), theme.px(420))

    def _connect_signals(self) -> None:
        self.backups.currentItemChanged.connect(lambda *_: self._show_button())
        self.backups.itemActivated.connect(lambda _item: self._take())
        self.other.clicked.connect(self._ask_for_file)
        self.leave.clicked.connect(self.reject)
        self.restore.clicked.connect(self._take)

    def _list(self) -> None:
        for one in self._found:
            self._add(one.path, one.made, one.size, one.kind)
        self.none.setVisible(not self._found)
        self.backups.setVisible(bool(self._found))
        self._show_button()

    def _add(self, path: Path, made: datetime, size: int, kind: str) -> QListWidgetItem:
        words = (f"{formats.date_text(made.date())} {made:%H:%M}", kind, f"{size / MEGABYTE:.1f} MB")
        item = QListWidgetItem("　".join(words))
        item.setToolTip(str(path))
        item.setData(PATH, path)
        self.backups.addItem(item)
        return item

    def _ask_for_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选择备份文件", str(self._folder), "数据库 (*.db)")
        if name:
            self.offer(Path(name))

    def offer(self, path: Path) -> None:
        """Put a file from elsewhere on the list and mark it."""
        self.none.hide()
        self.backups.show()
        found = path.stat()
        moment = datetime.fromtimestamp(found.st_mtime)
        self.backups.setCurrentItem(self._add(path, moment, found.st_size, path.name))

    def _show_button(self) -> None:
        self.restore.setEnabled(self.backups.currentItem() is not None)

    def _take(self) -> None:
        item = self.backups.currentItem()
        if item is not None:
            self.wanted.emit(restoring(item.data(PATH)))
            self.accept()


def restoring(backup: Path) -> Callable[[Path], str]:
    """Return what puts a backup in the place of a closed database file and says where that one is kept."""

    def restore(path: Path) -> str:
        from desktop.services import integrity

        return f"已恢复到选中的备份。恢复前的数据另存在：{integrity.restore(path, backup)['kept']}"

    return restore
