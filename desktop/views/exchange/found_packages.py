"""The packages that lie on the sticks plugged in: whose, which number, when made, whether taken in already."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.views.status_line import moment_text

PATH: Final = Qt.ItemDataRole.UserRole


class FoundPackages(QListWidget):
    """`opened` carries the path of a package that is to be looked at."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()
        self._connect_signals()

    def _build_layout(self) -> None:
        self.setProperty("role", "plain")
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("U盘上的数据包")
        self.hide()

    def _connect_signals(self) -> None:
        self.itemActivated.connect(lambda item: self.opened.emit(str(item.data(PATH))))
        self.itemClicked.connect(lambda item: self.opened.emit(str(item.data(PATH))))

    def show_packages(self, found: Sequence[dict[str, Any]]) -> None:
        """Show the packages for this office, those not taken in yet first, and files that cannot be read."""
        self.clear()
        mine = sorted((one for one in found if one["ours"]), key=lambda one: one["taken_at"] is not None)
        for one in (*mine, *(one for one in found if one["fault"])):
            item = QListWidgetItem(package_words(one))
            item.setData(PATH, one["path"])
            item.setToolTip(one["fault"] or one["path"])
            if one["fault"]:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setVisible(self.count() > 0)

    def waiting(self) -> Path | None:
        """Return the package to take in next: the one chosen, else the latest that was not taken in."""
        chosen = self.currentItem() or self.item(0)
        return Path(str(chosen.data(PATH))) if chosen is not None and chosen.flags() else None


def package_words(one: dict[str, Any]) -> str:
    """Return a package in a line."""
    if one["fault"]:
        return f"{Path(one['path']).name}　打不开"
    made = moment_text(datetime.fromisoformat(one["made_at"]).replace(tzinfo=None), date.today())
    state = "　已带回" if one["taken_at"] else f"　{one['commits']} 处修改"
    return f"{one['maker']}　第 {one['number']} 号　{made}{state}"
