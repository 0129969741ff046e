"""The offices that packages are exchanged with: what waits for each, and when it was last heard of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.views.status_line import moment_text

RELATIONS: Final = {"parent": "上级", "child": "下级", "peer": "平级"}
ID: Final = Qt.ItemDataRole.UserRole


def heard_text(heard: str | None) -> str:
    """Return when a package of an office last came."""
    if not heard:
        return "还没有收到过它的数据包"
    return f"上次收到 {moment_text(datetime.fromisoformat(heard).replace(tzinfo=None), date.today())}"


class PartnerList(QListWidget):
    """Checked offices receive the package."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_layout()

    def _build_layout(self) -> None:
        self.setProperty("role", "plain")
        self.setAccessibleName("给哪些工会")

    def show_partners(self, partners: Sequence[dict[str, Any]], waiting: dict[str, int]) -> None:
        """Show the accepted offices; those checked before stay so, the office above is checked at first."""
        before = set(self.chosen()) or {partner["id"] for partner in partners if partner["relation"] == "parent"}
        self.clear()
        for partner in partners:
            count = waiting.get(partner["id"])
            carried = "" if count is None else f"　待带走 {count} 条" if count else "　没有新内容"
            relation = RELATIONS.get(partner["relation"], "")
            item = QListWidgetItem(f"{partner['name']}（{relation}）{carried}　{heard_text(partner['last_heard'])}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if partner["id"] in before else Qt.CheckState.Unchecked)
            item.setData(ID, partner["id"])
            item.setToolTip(f"密钥指纹 {partner['fingerprint']}")
            self.addItem(item)

    def chosen(self) -> list[str]:
        """Return the ids of the checked offices."""
        items = [self.item(row) for row in range(self.count())]
        return [str(item.data(ID)) for item in items if item.checkState() == Qt.CheckState.Checked]
