"""The offices that packages are exchanged with: what waits for each, and when it was last heard of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.views.status_line import moment_text

RELATIONS: Final = {"parent": "上级", "child": "下级", "peer": "平级"}
ITSELF: Final = "same"
"""The relation of this office's other PCs."""
ID: Final = Qt.ItemDataRole.UserRole
NAME: Final = Qt.ItemDataRole.UserRole + 1


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
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("给哪些工会")

    def show_partners(self, partners: Sequence[dict[str, Any]], waiting: dict[str, int]) -> None:
        """Show the accepted offices; those checked before stay so, the office above is checked at first."""
        before = set(self.chosen()) or {partner["id"] for partner in partners if partner["relation"] == "parent"}
        self.clear()
        for partner in partners:
            item = QListWidgetItem(partner_words(partner, waiting.get(partner["id"])))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if partner["id"] in before else Qt.CheckState.Unchecked)
            item.setData(ID, partner["id"])
            item.setData(NAME, partner["name"])
            item.setToolTip(f"密钥指纹 {partner['fingerprint']}" if partner["fingerprint"] else "")
            self.addItem(item)

    def chosen(self) -> list[str]:
        """Return the ids of the checked offices."""
        return self._checked(ID)

    def chosen_names(self) -> list[str]:
        """Return their names."""
        return self._checked(NAME)

    def _checked(self, role: int) -> list[str]:
        items = [self.item(row) for row in range(self.count())]
        return [str(item.data(role)) for item in items if item.checkState() == Qt.CheckState.Checked]


def partner_words(partner: dict[str, Any], count: int | None) -> str:
    """Return an office in a line: relation, what waits for it, when it was last heard of."""
    if partner["relation"] == ITSELF:
        return str(partner["name"])
    carried = "" if count is None else f"　待带走 {count} 条" if count else "　没有新内容"
    relation = RELATIONS.get(partner["relation"], "")
    revoked = "　密钥已作废" if partner.get("revoked_at") else ""
    return f"{partner['name']}（{relation}）{carried}　{heard_text(partner['last_heard'])}{revoked}"
